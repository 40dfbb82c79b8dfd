// Real `.reg` files from public repositories: <corpus>/reg-tls and <corpus>/reg-general.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "reg_only_law.hpp"
#include "reg_text_dump.hpp"
#include "schancfg/schannel/managed.hpp"

using namespace reg_test;

namespace {

std::string read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::filesystem::path> corpus() {
    std::vector<std::filesystem::path> files;
    for (const char* folder : {"reg-tls", "reg-general"}) {
        for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(SCHANCFG_CORPUS) / folder)) {
            if (entry.path().extension() == ".reg") files.push_back(entry.path());
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

// Files of which Windows would import nothing, each looked at by hand, and why.
const std::vector<std::pair<std::string, std::string>> not_imported{
    {"Atlas-OS__Atlas__NVIDIA_Thread_Priority",
     "the header is followed by other characters, so Windows would import nothing: \"Windows Registry Editor Version 5.00                                             …\""},
    {"MrGrappleMan__Fynelium-NT__NetworkingInternet", "the first line is empty, so Windows would import nothing"},
    {"MrGrappleMan__Fynelium-NT__Update", "the first line is empty, so Windows would import nothing"},
    {"Raphire__Win11Debloat__Enable_Windows_Suggestions",
     "the file is UTF-16LE without the byte order mark FF FE, of which Windows would import nothing"},
    {"RosinanteGit__win-10-registry-tweaks__tweaks", "the first line is not a .reg header"},
    {"StambyZD__Registry__Kodi",
     "the header is followed by other characters, so Windows would import nothing: \"Windows Registry Editor Version 5.00; Kodi\""},
    {"StambyZD__Registry__WiseCare365",
     "the header is followed by other characters, so Windows would import nothing: \"Windows Registry Editor Version 5.00; Kodi\""},
    {"StambyZD__Registry__WormsDoorCleaner",
     "the header is followed by other characters, so Windows would import nothing: \"Windows Registry Editor Version 5.00; Kodi\""},
    {"cagefigter__windows-reg-tweaks__Enable_Old_Battery_Flyout_UI",
     "Windows does not know the header \"Windows Registry Editor Version 5.0\""},
    {"cagefigter__windows-reg-tweaks__Undo",
     "the header is followed by other characters, so Windows would import nothing: \"Windows Registry Editor Version 5.00; \""},
    {"jelbo__Windows10Tweaks__Windows_11_tweaks", "the first line is not a .reg header"},
};

std::vector<std::string> split(const std::string& bytes) {
    const std::string text = bytes.starts_with("\xFF\xFE") ? utf::from_utf16le(std::string_view(bytes).substr(2)) : bytes;
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find_first_of("\r\n", at), text.size());
        lines.push_back(text.substr(at, end - at));
        at = end + (text.compare(end, 2, "\r\n") == 0 ? 2 : 1);
    }
    return lines;
}

bool is_blank_or_comment(const std::string& line) {
    const std::size_t first = line.find_first_not_of(" \t");
    return first == std::string::npos || line[first] == ';';
}

// Does it end in a backslash, but for blanks and a comment?
bool goes_on(const std::string& line) {
    const std::size_t at = line.rfind('\\');
    return at != std::string::npos && is_blank_or_comment(line.substr(at + 1));
}

// Lines that an operation or a diagnostic speaks of, with the lines that hex data goes on in.
std::set<std::size_t> spoken_of(const std::vector<std::string>& lines, const registry::Patch& patch, const Diagnostics& diagnostics) {
    std::set<std::size_t> numbers;
    for (const registry::Operation& operation : patch.operations) {
        std::size_t line = operation.line;
        numbers.insert(line);
        if (operation.op != registry::Op::set_value || lines[line - 1].find("=hex") == std::string::npos) continue;
        while (line < lines.size() && goes_on(lines[line - 1])) {
            do numbers.insert(++line);
            while (line < lines.size() && is_blank_or_comment(lines[line - 1]));
        }
    }
    for (const Diagnostic& diagnostic : diagnostics) {
        numbers.insert(diagnostic.span.line);
        unsigned long first = 0;
        unsigned long last = 0;
        const std::size_t range = diagnostic.message.find("(lines ");
        if (range == std::string::npos) continue;
        REQUIRE(std::sscanf(diagnostic.message.c_str() + range, "(lines %lu to %lu)", &first, &last) == 2);
        for (std::size_t line = first; line <= last; ++line) numbers.insert(line);
    }
    return numbers;
}

}  // namespace

TEST_CASE("real files are read as Windows would, and no line of them is dropped in silence", "[codec]") {
    const auto files = corpus();
    REQUIRE(files.size() > 50);
    std::size_t refused = 0;
    for (const auto& path : files) {
        const std::string name = path.filename().string();
        CAPTURE(name);
        const std::string bytes = read_file(path);
        const auto decoded = decode(bytes, {.file = name});
        const auto reason = std::find_if(not_imported.begin(), not_imported.end(), [&](const auto& row) { return name.starts_with(row.first); });
        if (reason != not_imported.end()) {
            ++refused;
            REQUIRE(decoded.diagnostics.size() == 1);
            CHECK(decoded.diagnostics[0].message == reason->second);
            continue;
        }
        REQUIRE(decoded);
        const std::vector<std::string> lines = split(bytes);
        const std::set<std::size_t> numbers = spoken_of(lines, *decoded.value, decoded.diagnostics);
        for (std::size_t line = 2; line <= lines.size(); ++line) {
            if (is_blank_or_comment(lines[line - 1]) || numbers.contains(line)) continue;
            CAPTURE(line, lines[line - 1]);
            FAIL_CHECK("no operation and no diagnostic speaks of the line");
        }
    }
    CHECK(refused == not_imported.size());
}

TEST_CASE("what real files say comes back after being written", "[codec]") {
    for (const auto& path : corpus()) {
        CAPTURE(path.filename().string());
        auto first = codec::decode_reg(read_file(path), {});
        if (!first) continue;
        const std::string written = codec::encode_reg(*first.value);
        auto second = codec::decode_reg(written, {});
        REQUIRE(second);
        for (auto* patch : {&*first.value, &*second.value}) {
            for (registry::Operation& operation : patch->operations) operation.line = operation.column = 0;
        }
        CHECK((first.value->operations == second.value->operations));
        CHECK((codec::encode_reg(*second.value) == written));
        for (const Diagnostic& diagnostic : second.diagnostics) CHECK(diagnostic.rule == "reg-duplicate");
    }
}

TEST_CASE("what is wanted of a real file is read without the rest of it", "[codec]") {
    for (const auto& path : corpus()) {
        CAPTURE(path.filename().string());
        const std::string bytes = read_file(path);
        for (const auto& areas : {small_areas(), schannel::managed_keys()}) {
            const char* broken = broken_law(bytes, areas);
            CHECK(std::string(broken == nullptr ? "" : broken) == "");
        }
    }
}
