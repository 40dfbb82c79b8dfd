// Numbered control sets in a file: whoever opens it hears of them, as a profile or as a state.
#include "schancfg/backend/control_sets.hpp"

#include "catch.hpp"
#include "schancfg/codec/reg_text.hpp"

using namespace schancfg;

namespace {

constexpr std::string_view numbered = "[HKEY_LOCAL_MACHINE\\SYSTEM\\ControlSet001\\Control\\SecurityProviders\\SCHANNEL]\n\"EventLogging\"=dword:1\n";
constexpr std::string_view second = "[HKEY_LOCAL_MACHINE\\SYSTEM\\controlset002\\Control\\Lsa]\n\"a\"=dword:1\n";
constexpr std::string_view current = "[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL]\n\"EventLogging\"=dword:1\n";
constexpr std::string_view others = "[HKEY_LOCAL_MACHINE\\SYSTEM\\Setup]\n\"a\"=dword:1\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\ControlSet001]\n\"a\"=dword:1\n[HKEY_LOCAL_MACHINE\\SYSTEM\\ControlSet0001\\Control]\n\"a\"=dword:1\n";

// The same of the lines and of the tree.
Diagnostics of(std::string text) {
    text.insert(0, "Windows Registry Editor Version 5.00\n");
    const auto patch = codec::decode_reg(text, {.file = "a.reg"});
    const auto tree = codec::decode_reg_tree(text, {.file = "a.reg"});
    REQUIRE(patch);
    REQUIRE(tree);
    Diagnostics lines = backend::numbered_control_sets(*patch.value, "a.reg");
    const Diagnostics keys = backend::numbered_control_sets(*tree.value, "a.reg");
    REQUIRE(lines.size() == keys.size());
    for (std::size_t i = 0; i < lines.size(); ++i) {
        CHECK(lines[i].message == keys[i].message);
        CHECK(lines[i].severity == keys[i].severity);
    }
    return lines;
}

}  // namespace

TEST_CASE("a numbered control set alone is a warning that names it, once", "[backend]") {
    const Diagnostics found = of(std::string(numbered) + std::string(numbered) + std::string(others));
    REQUIRE(found.size() == 1);
    CHECK(found.front().rule == "numbered-control-set");
    CHECK(found.front().severity == Severity::warning);
    CHECK(found.front().message == "the file has HKLM\\SYSTEM\\ControlSet001 and no CurrentControlSet; only CurrentControlSet is read");
    CHECK(of(std::string(numbered) + std::string(second)).size() == 2);
    CHECK(of(std::string(others)).empty());
}

TEST_CASE("beside the current one it is a note", "[backend]") {
    const Diagnostics found = of(std::string(current) + std::string(numbered));
    REQUIRE(found.size() == 1);
    CHECK(found.front().severity == Severity::note);
    CHECK(found.front().message == "HKLM\\SYSTEM\\ControlSet001 beside CurrentControlSet is ignored");
}
