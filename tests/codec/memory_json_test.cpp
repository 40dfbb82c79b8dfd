#include "schancfg/codec/memory_json.hpp"

#include "catch.hpp"

using namespace schancfg;
using namespace schancfg::registry;

namespace {

const KeyPath schannel(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL");

Error refusal(std::string_view text) {
    const auto decoded = codec::decode_memory(text, "m.json");
    REQUIRE_FALSE(decoded);
    return decoded.error();
}

std::string with_value(const std::string& value) {
    return R"({"format_version":"1.0","keys":[{"key":"HKLM\\A","values":[)" + value + "]}]}";
}

}  // namespace

TEST_CASE("a memory file is read as it is written by hand", "[codec]") {
    const auto file = codec::decode_memory(R"({
        "format_version": "1.0",
        "os": "windows-server-2022",
        "keys": [
            {"key": "HKLM\\SYSTEM\\Ciphers\\AES 128/128", "values": [
                {"name": "Enabled", "type": "REG_DWORD", "data": 4294967295},
                {"name": "", "type": "REG_SZ", "data": "caf\u00e9"},
                {"name": "List", "type": "REG_MULTI_SZ", "data": ["a", "b"]},
                {"name": "Odd", "type": "REG_DWORD", "hex": "0102Ff"}]},
            {"key": "HKCU\\Empty"}]})",
                                           "m.json");
    REQUIRE(file);
    CHECK(file->os == "windows-server-2022");
    const KeyPath key(Root::local_machine, "SYSTEM\\Ciphers\\AES 128/128");
    CHECK(*file->tree.find_value(key, "enabled") == Value::dword(0xFFFFFFFF));
    CHECK(*file->tree.find_value(key, "") == Value::sz("caf\xC3\xA9"));
    CHECK(*file->tree.find_value(key, "List") == Value::multi_sz({"a", "b"}));
    CHECK(*file->tree.find_value(key, "Odd") == Value{reg_dword, "\x01\x02\xFF"});
    CHECK(file->tree.find(KeyPath(Root::current_user, "Empty")) != nullptr);
}

TEST_CASE("a memory file gives back every byte, order and name that it was made of", "[codec]") {
    codec::MemoryFile file{.os = "windows-11-24h2", .tree = {}};
    Key& key = file.tree.create(schannel);
    key.set_value("z", Value::dword(1));
    key.set_value("", Value::sz("default"));
    key.set_value("three bytes", {reg_dword, "abc"});
    key.set_value("unterminated", {reg_sz, std::string("a\0b\0", 4)});
    key.set_value("inner NUL", {reg_sz, std::string("a\0\0\0b\0\0\0", 8)});
    key.set_value("lone surrogate", {reg_sz, std::string("\x00\xD8\0\0", 4)});
    key.set_value("one terminator", {reg_multi_sz, std::string("a\0\0\0", 4)});
    key.set_value("empty list", Value::multi_sz({}));
    key.set_value("empty string", Value::sz(""));
    key.set_value("nothing", {reg_sz, ""});
    key.set_value("big", Value::qword(~std::uint64_t{0}));
    key.set_value("type 4660", {0x1234, "x"});
    key.set_value("back\\slash \"quoted\"", Value::expand_sz("%windir%"));
    std::string surrogate = "name ";
    surrogate += "\xED\xA0\x80";
    key.set_value(surrogate, Value::binary(std::string("\0\xFF", 2)));
    file.tree.create(schannel.child("sub " + surrogate));
    const std::string text = codec::encode_memory(file);
    const auto again = codec::decode_memory(text, "m.json");
    REQUIRE(again);
    CHECK(again->os == file.os);
    CHECK(again->tree.same_content(file.tree));
    CHECK(again->tree.find(schannel)->values == key.values);
    CHECK(codec::encode_memory(*again) == text);
}

TEST_CASE("a memory file that is not JSON is refused with its place", "[codec]") {
    const Error broken = refusal("{\n  \"format_version\": \"1.0\",\n  \"keys\": [}\n");
    CHECK(broken.code == ErrorCode::malformed);
    CHECK(broken.message == "this is not JSON");
    CHECK(broken.where == Span{"m.json", 3, 12});
    CHECK(refusal("").message == "the JSON ends too early");
    CHECK(refusal("{\"a\": \"\xFF\"}").message == "the JSON is not valid UTF-8");
    CHECK(refusal(std::string(3, '[') + '\x01').message == "this is not JSON");
    CHECK(refusal("{\"os\": 1e999}").message == "this is not JSON");
}

TEST_CASE("a memory file of hostile depth is refused before it is built", "[codec]") {
    CHECK(refusal(std::string(1u << 20, '[')).message == "the JSON is nested deeper than 8 levels");
    std::string wide = "[0";
    for (std::size_t i = 0; i < (8u << 20); ++i) wide += ",0";
    CHECK(refusal(wide + "]").message == "the JSON has more than 8388608 items");
    CHECK(refusal(std::string((64u << 20) + 1, ' ')).message == "the JSON is larger than 64 MiB");
}

TEST_CASE("what a memory file may not say is an error that says what would be right", "[codec]") {
    CHECK(refusal("[]").message == R"(the file is an object with "format_version", "os" and "keys")");
    CHECK(refusal(R"({"keys":[]})").message == R"("format_version" is to be "1.0")");
    CHECK(refusal(R"({"format_version":"2.0","keys":[]})").message == R"("format_version" is to be "1.0")");
    CHECK(refusal(R"({"format_version":"1.0"})").message == R"("keys" is an array)");
    CHECK(refusal(R"({"format_version":"1.0","keys":[],"Keys":[]})").message ==
          R"(the member "Keys" is unknown; known are "format_version", "os" and "keys")");
    CHECK(refusal(R"({"format_version":"1.0","keys":[{"key":"HKLM\\A"},{"key":"SOFTWARE"}]})").message ==
          R"("keys"[1]: a key path starts with a root such as HKLM or HKEY_LOCAL_MACHINE)");
    CHECK(refusal(R"({"format_version":"1.0","keys":[{"values":[]}]})").message == R"("keys"[0]: needs a "key")");
    CHECK(refusal(R"({"format_version":"1.0","format_version":"1.0","keys":[]})").message ==
          "the JSON gives a member twice in one object");
    CHECK(refusal(with_value(R"({"type":"REG_SZ","data":""})")).message == R"("keys"[0]: a value: needs a "name")");
    CHECK(refusal(with_value(R"({"name":"a","type":"REG_DWORD","data":-1})")).message ==
          R"("keys"[0]: "data" of a REG_DWORD is a number from 0 to 4294967295)");
    CHECK(refusal(with_value(R"({"name":"a","type":"REG_DWORD","data":4294967296})")).message ==
          R"("keys"[0]: "data" of a REG_DWORD is a number from 0 to 4294967295)");
    CHECK(refusal(with_value(R"({"name":"a","type":"REG_DWORD","data":1,"hex":"01000000"})")).message ==
          R"("keys"[0]: a value needs either "data" or "hex")");
    CHECK(refusal(with_value(R"({"name":"a","type":"REG_BINARY","data":[1]})")).message ==
          R"("keys"[0]: a value of type REG_BINARY is given as "hex", not as "data")");
    CHECK(refusal(with_value(R"({"name":"a","type":"REG_BINARY","hex":"0"})")).message ==
          R"("keys"[0]: "hex" is a string of an even number of hexadecimal digits)");
    CHECK(refusal(with_value(R"({"name":"a","type":"DWORD","data":1})")).message ==
          R"("keys"[0]: a value has an unknown "type"; expected one such as "REG_DWORD")");
    CHECK(refusal(with_value(R"({"name":"a","type":"REG_SZ","data":"1"},{"name":"A","type":"REG_SZ","data":"2"})")).message ==
          R"("keys"[0]: a value of that key is given twice)");
}
