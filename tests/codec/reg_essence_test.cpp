// What of an export decides the state that it holds.
#include "schancfg/codec/reg_essence.hpp"

#include <random>
#include <string>
#include <vector>

#include "catch.hpp"
#include "schancfg/codec/reg_text.hpp"
#include "schancfg/utf.hpp"

using namespace schancfg;
using codec::RegEssence;
using registry::KeyPath;
using registry::Root;
using registry::Tree;

namespace {

const KeyPath own(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\ComputerName\\ComputerName");

bool decides(const KeyPath&, std::string_view name) { return name.empty() || utf::equal_no_case(name.substr(0, 1), "d"); }

std::string file(std::string_view lines) {
    std::string text = "Windows Registry Editor Version 5.00\r\n";
    for (const char c : lines) text += c == '\n' ? "\r\n" : std::string(1, c);
    return "\xFF\xFE" + utf::to_utf16le(text);
}

codec::RegState state_of(std::string_view bytes) {
    auto decoded = codec::decode_reg_state(bytes, {.file = "a.reg"});
    REQUIRE(decoded);
    return std::move(*decoded.value);
}

/// The values of the tree that decide, a line each, and the keys.
std::string shown(const codec::RegState& state) {
    std::string out = state.coverage.whole() ? "whole\n" : "";
    for (const KeyPath& key : state.coverage.keys()) out += "of " + key.to_string() + '\n';
    for (const Root root : {Root::local_machine, Root::current_user}) {
        state.tree.for_each(KeyPath(root), [&](const KeyPath& path, const registry::Key& key) {
            out += path.to_string() + '\n';
            for (const registry::NamedValue& value : key.values) {
                if (decides(path, value.name) && !(path == own && utf::equal_no_case(value.name, "ComputerName"))) out += value.name + ' ' + std::to_string(static_cast<std::uint32_t>(value.value.type)) + ' ' + value.value.bytes + '\n';
            }
        });
    }
    return out;
}

}  // namespace

TEST_CASE("Exports that differ in names and idle values have one essence", "[codec]") {
    RegEssence essence(decides, own, "ComputerName");
    const auto with = [](std::string_view name, std::string_view idle) {
        return file("\n[HKEY_LOCAL_MACHINE\\" + own.path() + "]\n\"ComputerName\"=\"" + std::string(name) + "\"\n\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\A]\n\"Idle\"=" + std::string(idle) +
                    "\n\"Decides\"=dword:00000001\n\"Deep\"=hex(7):41,00,00,00,\\\n  42,00,00,00,00,00\n");
    };
    const auto first = essence.find(with("WEB-01", "\"x\""));
    REQUIRE(first);
    CHECK(first->own == "WEB-01");
    const std::string bytes(first->bytes);
    for (const std::string_view idle : {"dword:00000007", "\"a\\\\b;\\\"\"", "hex:00,01,02,\\\n  03,04,\\\n  05", "-", "nonsense"}) {
        INFO(idle);
        const auto other = essence.find(with("db 2", idle));
        REQUIRE(other);
        CHECK(other->own == "db 2");
        CHECK(other->bytes == bytes);
    }
    const auto changed = essence.find(file("\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\A]\n\"Decides\"=dword:00000002\n"));
    REQUIRE(changed);
    CHECK(changed->own.empty());
    CHECK(changed->bytes != bytes);
}

TEST_CASE("A file is declined where it is not certain what its lines do", "[codec]") {
    RegEssence essence(decides, own, "ComputerName");
    const std::string key = "[HKEY_LOCAL_MACHINE\\SOFTWARE\\A]\n";
    const std::string name = "[HKEY_LOCAL_MACHINE\\" + own.path() + "]\n";
    for (const std::string& lines : std::vector<std::string>{
             key + "\"Idle\"=hex:00,\\\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\B]\n\"Decides\"=dword:1\n",  // swallowed by the hex data
             key + "\"Idle\"=hex:00,\\\n\"Decides\"=dword:1\n", key + " [HKEY_LOCAL_MACHINE\\SOFTWARE\\B]\n", key + "  \"Idle\"=dword:1\n", key + "\"Idle\" =dword:1\n",
             key + "\"Idle\"=\"a\rb\"\n", std::string("\"Idle\"=dword:1\n"), "[-HKEY_LOCAL_MACHINE\\SOFTWARE\\A]\n", "[HKEY_LOCAL_MACHINE\\SOFTWARE\\A\n\"Idle\"=dword:1\n",
             name + "\"ComputerName\"=\"A\"\n\"computername\"=\"B\"\n", name + "\"ComputerName\"=\"A\"\n" + name, name + "\"ComputerName\"=\"A\\\\B\"\n", name + "\"ComputerName\"=hex(1):41,00,00,00\n",
             name + "\"Computer\\Name\"=\"A\"\n", name + "\"ComputerName\"=\"A\"\n[HKEY_LOCAL_MACHINE\\" + own.path() + "\\]\n"}) {
        INFO(lines);
        CHECK_FALSE(essence.find(file(lines)));
    }
    CHECK_FALSE(essence.find("\xFF\xFE" + utf::to_utf16le("Windows Registry Editor Version 5.00\n[HKEY_LOCAL_MACHINE\\A]\n")));
    CHECK_FALSE(essence.find("Windows Registry Editor Version 5.00\r\n"));
    CHECK_FALSE(essence.find(file(key).substr(0, 101)));
    CHECK_FALSE(essence.find(""));
    CHECK_FALSE(essence.find(file(key + std::string(codec::reg_max_essence, ';'))));
}

TEST_CASE("The essence holds what the file does, but for the values that decide nothing", "[codec]") {
    const std::vector<std::string> lines{"\n", "[HKEY_LOCAL_MACHINE\\SOFTWARE\\A]\n", "[HKEY_LOCAL_MACHINE\\software\\a\\B]\n", "[HKLM\\" + own.path() + "]\n", "[HKEY_LOCAL_MACHINE\\" + own.path() + "]\n",
                                         "[HKEY_CURRENT_USER\\X\\\\Y]\n", "[-HKEY_LOCAL_MACHINE\\SOFTWARE\\A]\n", "[broken\n", "[HKEY_LOCAL_MACHINE\\Z]junk]\n", "\"ComputerName\"=\"WEB\"\n", "\"ComputerName\"=dword:1\n",
                                         "\"Idle\"=dword:00000001\n", "\"Decides\"=dword:00000002\n", "\"Decides\"=\"a\\\\b\"\n", "\"idle\"=hex:01,\\\n", "\"d2\"=hex(7):61,00,\\\n", "  00,00\n", "  62,00,\\\n", "  zz\n",
                                         "\"Decides\"=-\n", "\"Idle\"=-\n", "\"I\\dle\"=\"x\"\n", "\"D\\\"\"=\"x\"\n", "@=\"d\"\n", "@=dword:3\n", "; comment\n", std::string(codec::reg_whole_comment) + "\n", "garbage\n",
                                         "\"Idle\"=\"open\n", "\"Idle\"=hex:01,02 ; \\\n", "\xEF\xBB\xBFWindows Registry Editor Version 5.00\n", "\"Dx\"=hex:0\\1,\\\n", "\"Ix\"=hex:gg,\\\n", "\t\n", "\"\"=dword:1\n"};
    std::mt19937 dice(16);
    RegEssence kept(decides, own, "ComputerName");
    std::size_t found = 0;
    for (int round = 0; round < 6000; ++round) {
        std::string text;
        const bool is_tame = round % 2 == 0;
        if (is_tame) text = lines[1 + dice() % 4];
        for (std::size_t i = dice() % 12; i > 0; --i) text += lines[dice() % lines.size()];
        const std::string bytes = file(text);
        const auto essence = kept.find(bytes);
        if (!essence) continue;
        ++found;
        INFO(text);
        const codec::RegState whole = state_of(bytes), part = state_of(essence->bytes);
        REQUIRE(shown(whole) == shown(part));
        const registry::Value* name = whole.tree.find_value(own, "ComputerName");
        REQUIRE((name == nullptr ? std::string() : name->as_string().value_or("")) == essence->own);
        REQUIRE(part.tree.find_value(own, "ComputerName") == nullptr);
    }
    CHECK(found > 600);
}
