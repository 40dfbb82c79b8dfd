// Real policies from public repositories and captures of Windows' own writers: <corpus>/pol and <corpus>/gpp.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>

#include "catch.hpp"
#include "policy_text.hpp"
#include "schancfg/codec/gpp_xml.hpp"
#include "schancfg/codec/pol.hpp"

using namespace schancfg;

namespace {

std::string read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

const std::filesystem::path corpus = SCHANCFG_CORPUS;

// What Samba's reader made of it: one `<Entry` each, with key and name.
std::size_t entries_by_samba(const std::filesystem::path& pol) {
    const std::string xml = read_file(corpus / "expected" / "pol" / (pol.filename().string() + ".samba.xml"));
    std::size_t count = 0;
    for (std::size_t at = 0; (at = xml.find("<Entry ", at)) != std::string::npos; ++at) ++count;
    return count;
}

}  // namespace

TEST_CASE("Every real registry.pol is read without a warning and written to the same bytes", "[codec]") {
    std::size_t files = 0, entries = 0;
    for (const auto& entry : std::filesystem::directory_iterator(corpus / "pol")) {
        CAPTURE(entry.path().filename().string());
        const std::string bytes = read_file(entry.path());
        const auto decoded = codec::decode_pol(bytes, "p.pol");
        REQUIRE(decoded);
        CHECK(decoded.diagnostics.empty());
        CHECK(codec::encode_pol(*decoded.value) == bytes);
        CHECK(decoded.value->size() == entries_by_samba(entry.path()));
        CHECK(codec::decode_pol_lines(bytes, "p.pol"));
        ++files;
        entries += decoded.value->size();
    }
    CHECK(files == 31);
    CHECK(entries > 4000);
}

TEST_CASE("What Windows' writers of Preferences wrote is written to the same bytes", "[codec]") {
    for (const auto& [name, form] : {std::pair{"native-cmdlet-ws2025__Machine_Registry.xml", codec::GppForm::cmdlet}, {"native-cmdlet-ws2025__User_Registry.xml", codec::GppForm::cmdlet},
                                     {"native-gpmc-editor__Registry.xml", codec::GppForm::editor}}) {
        CAPTURE(name);
        const std::string bytes = read_file(corpus / "gpp" / name);
        const auto tree = codec::decode_gpp_tree(bytes, name);
        REQUIRE(tree);
        CHECK(codec::encode_gpp_tree(*tree.value, form) == bytes);
        CHECK(codec::decode_gpp(bytes, name).diagnostics.empty());
    }
}

TEST_CASE("What Windows' writers of Preferences wrote is read item for item", "[codec]") {
    using Lines = std::vector<std::string>;
    const auto lines = [](const char* name) {
        const auto decoded = codec::decode_gpp(read_file(corpus / "gpp" / name), name);
        REQUIRE(decoded);
        return policy_text::shown(decoded.value->patch);
    };
    const std::string key = "Software\\GPOStudio\\GppRegistry";
    CHECK(lines("native-cmdlet-ws2025__Machine_Registry.xml") == Lines{
        "3 set? " + key + " CreateString 1:61006c007000680061000000", "6 set " + key + " UpdateDword 4:2a000000",
        "9 set " + key + " ReplaceExpand 2:2500530079007300740065006d0052006f006f00740025005c0078000000", "12 unset " + key + " DeleteMe",
        "15 set? " + key + " CreateBinary 3:cafe0001", "18 create " + key + "\\KeyOnly"});
    CHECK(lines("native-gpmc-editor__Registry.xml") == Lines{
        "2 set SOFTWARE\\SAMCON Pfad 2:2500530079007300740065006d0052006f006f00740025005c00540065006d0070000000",
        "3 set SOFTWARE\\SAMCON Liste 7:650069006e0073000000" "7a007700650069000000" "64007200650069000000" "0000", "4 set SOFTWARE\\SAMCON Bytes 3:000fff", "5 set SOFTWARE\\SAMCON Gross 4:ff000000"});
}
