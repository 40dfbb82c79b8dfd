// The manual of the format names every rule that a diagnostic can carry, and no other.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>

#include "catch.hpp"

namespace {

std::string read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::set<std::string> rules_in(const std::string& text, const std::regex& form) {
    std::set<std::string> rules;
    for (std::sregex_iterator found(text.begin(), text.end(), form), end; found != end; ++found) rules.insert((*found)[1]);
    return rules;
}

}  // namespace

TEST_CASE("every rule of the .reg reader is documented, with the rows that it comes from", "[codec]") {
    const std::filesystem::path source(SCHANCFG_SOURCE_DIR);
    std::set<std::string> used;
    for (const auto& entry : std::filesystem::directory_iterator(source / "lib/src/codec")) {
        if (!entry.path().filename().string().starts_with("reg_text")) continue;
        used.merge(rules_in(read_file(entry.path()), std::regex("\"(reg-[a-z0-9-]+)\"")));
    }
    CHECK(used.size() > 25);
    const std::string page = read_file(source / "lib/docs/formats/reg.md");
    const std::string tables = page.substr(page.find("## Rules"));
    CHECK(rules_in(tables, std::regex("`(reg-[a-z0-9-]+)`")) == used);
    // Every row that a comment or a test names is there.
    for (const char* rows : {"H13", "E9", "A4", "L6", "K15", "D6", "V15", "S13", "W5", "X14", "C19", "O14", "N4"}) {
        CHECK(page.find("| " + std::string(rows) + " |") != std::string::npos);
    }
}
