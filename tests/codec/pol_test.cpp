#include "schancfg/codec/pol.hpp"

#include "catch.hpp"
#include "carrier_golden.hpp"
#include "policy_text.hpp"
#include "schancfg/utf.hpp"

using namespace schancfg;
using policy_text::shown;

namespace {

const std::string header{"PReg\x01\0\0\0", 8};
const std::string suites = "SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002";

std::string raw(const std::string& key, const std::string& name, std::uint32_t type, const std::string& data, const std::string& key_end = std::string(2, '\0'), const std::string& name_end = std::string(2, '\0')) {
    const auto number = [](std::uint32_t value) {
        std::string out;
        for (int shift = 0; shift < 32; shift += 8) out += static_cast<char>((value >> shift) & 0xFF);
        return out;
    };
    const std::string semicolon(";\0", 2);
    return std::string("[\0", 2) + utf::to_utf16le(key) + key_end + semicolon + utf::to_utf16le(name) + name_end + semicolon + number(type) + semicolon + number(static_cast<std::uint32_t>(data.size())) + semicolon + data +
           std::string("]\0", 2);
}

std::vector<std::string> lines(const std::string& entries) {
    auto decoded = codec::decode_pol_lines(header + entries, "p.pol");
    REQUIRE(decoded);
    return shown(decoded.value->patch);
}

std::string mistake(const std::string& bytes) {
    const auto decoded = codec::decode_pol(bytes, "p.pol");
    REQUIRE_FALSE(decoded);
    REQUIRE(decoded.diagnostics.size() == 1);
    const Diagnostic& found = decoded.diagnostics.front();
    return std::to_string(found.span.line) + ": " + found.rule + ": " + found.message;
}

}  // namespace

TEST_CASE("A policy without entries is its header", "[codec]") {
    const auto decoded = codec::decode_pol(header, "p.pol");
    REQUIRE(decoded);
    CHECK(decoded.value->empty());
    CHECK(codec::encode_pol({}) == header);
}

TEST_CASE("An entry has the bytes that the specification says", "[codec]") {
    const std::string bytes = codec::encode_pol({{.key = "K", .name = "V", .type = 4, .data = std::string("\x01\0\0\0", 4)}});
    CHECK(registry::to_hex(bytes) == "5052656701000000" "5b00" "4b000000" "3b00" "56000000" "3b00" "04000000" "3b00" "04000000" "3b00" "01000000" "5d00");
    CHECK(bytes == header + raw("K", "V", 4, std::string("\x01\0\0\0", 4)));
}

TEST_CASE("What is no policy is refused with what would be one", "[codec]") {
    CHECK(mistake("") == "0: pol-header: this is not a registry.pol: it does not begin with PReg");
    CHECK(mistake(header.substr(0, 7)) == "0: pol-header: this is not a registry.pol: it does not begin with PReg");
    CHECK(mistake("REGEDIT4") == "0: pol-header: this is not a registry.pol: it does not begin with PReg");
    CHECK(mistake(std::string("PReg\x02\0\0\0", 8)) == "0: pol-header: this registry.pol is not of version 1");
}

TEST_CASE("Data are taken by their size, whatever they hold", "[codec]") {
    const std::string data(0x3B, ']');
    const auto decoded = codec::decode_pol(header + raw("SOFTWARE\\AES 128/128", "a;b]c", 0x5D, data) + raw("K", "V", 3, std::string(";\0]\0[\0", 6)), "p.pol");
    REQUIRE(decoded);
    CHECK(decoded.diagnostics.empty());
    REQUIRE(decoded.value->size() == 2);
    CHECK((*decoded.value)[0].name == "a;b]c");
    CHECK((*decoded.value)[0].data == data);
    CHECK((*decoded.value)[1].data == std::string(";\0]\0[\0", 6));
    CHECK(codec::encode_pol(*decoded.value) == header + raw("SOFTWARE\\AES 128/128", "a;b]c", 0x5D, data) + raw("K", "V", 3, std::string(";\0]\0[\0", 6)));
}

TEST_CASE("A policy that is cut anywhere is refused with the place, and never read in part", "[codec]") {
    const std::string whole = header + raw(suites, "Functions", 1, utf::to_utf16le("TLS_AES_256_GCM_SHA384") + std::string(2, '\0'));
    for (std::size_t length = header.size() + 1; length < whole.size(); ++length) {
        CAPTURE(length);
        const auto decoded = codec::decode_pol(whole.substr(0, length), "p.pol");
        REQUIRE_FALSE(decoded);
        CHECK(decoded.diagnostics.back().message.find("byte") != std::string::npos);
        CHECK(decoded.diagnostics.back().span.line == 1);
    }
}

TEST_CASE("A size of gigabytes takes no memory", "[codec]") {
    std::string bytes = header + raw("K", "V", 3, "");
    bytes.replace(bytes.size() - 8, 4, "\xFF\xFF\xFF\xFF");
    CHECK(mistake(bytes).find("take 4294967295 bytes, and 2 are left") != std::string::npos);
}

TEST_CASE("The forms of other tools are read with a warning", "[codec]") {
    const std::string one("\x01\0\0\0", 4);
    const std::string none;
    const std::string two(4, '\0');
    for (const auto& [entry, said] : {std::pair{raw("K", "V", 4, one, two), "several NULs end the name of a key"}, {raw("K", "V", 4, one, none), "the name of a key lacks its NUL"},
                                      {raw("K", "V", 4, one, std::string(2, '\0'), none), "the name of a value lacks its NUL"}, {raw("K", "V", 4, one) + std::string(3, '\0'), "zero bytes follow the last entry"}}) {
        CAPTURE(said);
        const auto decoded = codec::decode_pol(header + entry, "p.pol");
        REQUIRE(decoded);
        REQUIRE(decoded.value->size() == 1);
        CHECK(decoded.value->front().key == "K");
        CHECK(decoded.value->front().name == "V");
        // A key without its NUL runs into the name that follows.
        REQUIRE(decoded.diagnostics.size() == 1);
        CHECK(decoded.diagnostics.front().message.find(said) != std::string::npos);
    }
    CHECK(mistake(header + raw("K", "V", 4, one) + "abc").find("pol-syntax") != std::string::npos);
}

TEST_CASE("A name that looks like a type is a name, where the rest is an entry with it", "[codec]") {
    const std::vector<codec::PolEntry> entries{{.key = "K;**soft", .name = "\x04", .type = 4, .data = std::string(4, '\1')}};
    const auto again = codec::decode_pol(codec::encode_pol(entries), "x.pol");
    REQUIRE(again);
    REQUIRE(again.value->size() == 1);
    CHECK(again.value->front().key == "K;**soft");
    CHECK(again.value->front().name == "\x04");
    CHECK(again.diagnostics.empty());
}

TEST_CASE("Data beyond what a policy may hold are read with a warning", "[codec]") {
    CHECK(codec::decode_pol(header + raw("K", "V", 3, std::string(65535, 'x')), "p.pol").diagnostics.empty());
    const auto decoded = codec::decode_pol(header + raw("K", "V", 3, std::string(65536, 'x')), "p.pol");
    REQUIRE(decoded);
    CHECK(decoded.diagnostics.size() == 1);
}

TEST_CASE("Special names do what the client does", "[codec]") {
    using Lines = std::vector<std::string>;
    const std::string blank(" \0\0\0", 4);
    const auto text = [](const char* words) { return utf::to_utf16le(words) + std::string(2, '\0'); };
    CHECK(lines(raw("K", "**del.Enabled", 1, blank)) == Lines{"1 unset K Enabled"});
    CHECK(lines(raw("K", "**DEL.Enabled", 4, std::string(" \0\0\0", 4))) == Lines{"1 unset K Enabled"});
    CHECK(lines(raw("K", "**delvals.", 1, blank)) == Lines{"1 clear K"});
    CHECK(lines(raw("K", "**DelVals", 1, blank)) == Lines{"1 clear K"});
    CHECK(lines(raw("K", "**DeleteValues", 1, text("a; b;"))) == Lines{"1 unset K a", "1 unset K b"});
    CHECK(lines(raw("K", "**DeleteKeys", 1, text("x;AES 128/128"))) == Lines{"1 erase K\\x", "1 erase K\\AES 128/128"});
    CHECK(lines(raw("K", "**soft.X", 4, std::string("\x01\0\0\0", 4))) == Lines{"1 set? K X 4:01000000"});
    CHECK(lines(raw("K", "", 0, "")) == Lines{"1 create K"});
    for (const char* name : {"**SecureKey", "**SecureKey=1", "**unknown.x"}) {
        const auto decoded = codec::decode_pol_lines(header + raw("K", name, 4, std::string("\x01\0\0\0", 4)) + raw("K", "V", 4, std::string("\x01\0\0\0", 4)), "p.pol");
        REQUIRE(decoded);
        CHECK(decoded.diagnostics.size() == 1);
        CHECK(shown(decoded.value->patch) == Lines{"2 set K V 4:01000000"});
    }
    const auto empty = codec::decode_pol_lines(header + raw("K", "V", 4, ""), "p.pol");
    REQUIRE(empty);
    CHECK(empty.diagnostics.front().message == "\"V\" has no data, so that the client makes its key alone (entry at byte 8)");
    CHECK(shown(empty.value->patch) == Lines{"1 create K"});
}

TEST_CASE("What a .pol cannot say is a gap with its reason", "[codec]") {
    registry::Wanted wanted;
    const registry::KeyPath key(registry::Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL");
    const auto add = [&](const std::string& name, std::optional<registry::Value> value) { wanted.values.push_back({.key = key, .name = name, .value = std::move(value), .origin = {}, .overridden = {}}); };
    add("**x", registry::Value::dword(1));
    add("Empty", registry::Value{registry::reg_binary, ""});
    add("EventLogging", registry::Value::dword(3));
    add("Gone", std::nullopt);
    add("Large", registry::Value::binary(std::string(65536, 'x')));
    codec::CarrierInput input{.name = "n", .label = "l"};
    input.variants.push_back({{}, wanted});
    const auto carried = codec::encode_pol_carrier(input);
    REQUIRE(carried);
    std::vector<std::string> gaps;
    for (const auto& gap : carried->gaps) gaps.push_back(gap.value + ": " + gap.reason);
    CHECK(gaps == std::vector<std::string>{"**x: in a .pol a name that begins with ** is a command", "Empty: a .pol cannot hold a value without data", "Large: a .pol holds at most 65,535 bytes in a value"});
    const auto decoded = codec::decode_pol_lines(carried->files.front().bytes, "p.pol");
    REQUIRE(decoded);
    // Deletions come first, as the client wants it.
    CHECK(shown(decoded.value->patch) == std::vector<std::string>{"1 unset " + key.path() + " Gone", "2 set " + key.path() + " EventLogging 4:03000000"});
}

TEST_CASE("Where releases differ each has a .pol, the same as that of an export for it alone", "[codec]") {
    const schannel::BuiltinProfile& profile = *schannel::find_builtin_profile("strict");
    for (const bool removal : {false, true}) {
        const auto all = codec::encode_pol_carrier(carrier_golden::input_of_shipped(profile, {.removal = removal}));
        REQUIRE(all);
        CHECK(all->gaps.empty());
        std::size_t found = 0;
        for (const facts::Release& release : facts::releases()) {
            const auto file = std::ranges::find(all->files, "registry." + std::string(release.id) + ".pol", &codec::CarrierFile::path);
            if (file == all->files.end()) continue;
            ++found;
            const auto alone = codec::encode_pol_carrier(carrier_golden::input_of_shipped(profile, {.release = &release, .removal = removal}));
            REQUIRE(alone);
            CHECK(alone->files.front().path == "registry.pol");
            CHECK((alone->files.front().bytes == file->bytes));
        }
        CHECK(found == 32);
        CHECK(found == all->files.size());
    }
}
