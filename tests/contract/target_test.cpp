#include "catch.hpp"
#include "schancfg/backend/source.hpp"
#include "targets.hpp"

using namespace schancfg;
using namespace schancfg::backend;
using namespace schancfg::registry;
using contract::scratch;
using contract::target_kinds;

namespace {

const KeyPath top = scratch();

Value value_of(const Source& source, const KeyPath& key, std::string_view name) {
    const auto content = source.read(key);
    REQUIRE(content);
    for (const NamedValue& value : content->values) {
        if (value.name == name) return value.value;
    }
    FAIL("no value '" << name << "' in " << key.to_string());
    return {};
}

void check_error(const Result<void>& result, ErrorCode code, const std::string& message) {
    REQUIRE_FALSE(result);
    CHECK(result.error().code == code);
    CHECK(result.error().message == message);
}

}  // namespace

// The body runs once for each kind of Target, each time on an empty scratch key.
#define FOR_EVERY_TARGET(bench)                                                               \
    for (const auto& kind : target_kinds())                                                   \
        DYNAMIC_SECTION(kind.name)                                                            \
            if (const auto bench = kind.make())

TEST_CASE("a key that does not exist is not found, and says so in the same words everywhere", "[contract]") {
    FOR_EVERY_TARGET(bench) {
        Target& target = bench->target();
        const auto content = target.read(top);
        REQUIRE_FALSE(content);
        CHECK(content.error().code == ErrorCode::not_found);
        CHECK(content.error().message == "the key HKCU\\Software\\schancfg-test does not exist");
        check_error(target.set(top, "a", Value::dword(1)), ErrorCode::not_found, "the key HKCU\\Software\\schancfg-test does not exist");
        check_error(target.unset(top, "a"), ErrorCode::not_found, "the key HKCU\\Software\\schancfg-test does not exist");
        check_error(target.erase(top), ErrorCode::not_found, "the key HKCU\\Software\\schancfg-test does not exist");
    }
}

TEST_CASE("creating a key makes its parents and leaves what is there alone", "[contract]") {
    FOR_EVERY_TARGET(bench) {
        Target& target = bench->target();
        REQUIRE(target.create(top.below("A\\B\\C")));
        CHECK(target.read(top.below("A\\B"))->children == std::vector<std::string>{"C"});
        REQUIRE(target.set(top.below("A\\B"), "kept", Value::dword(7)));
        REQUIRE(target.create(top.below("A\\B")));
        REQUIRE(target.create(top.below("A\\B\\D")));
        CHECK(value_of(target, top.below("A\\B"), "kept") == Value::dword(7));
        CHECK(target.read(top.below("A\\B"))->children == std::vector<std::string>{"C", "D"});
        CHECK_FALSE(target.read(top.below("A\\B"))->is_link);
    }
}

TEST_CASE("names meet without case, keep their first spelling, and a slash is an ordinary character", "[contract]") {
    FOR_EVERY_TARGET(bench) {
        Target& target = bench->target();
        REQUIRE(target.create(top.below("Ciphers\\AES 128/128")));
        REQUIRE(target.create(top.below("CIPHERS\\aes 128/128")));
        CHECK(target.read(top.child("ciphers"))->children == std::vector<std::string>{"AES 128/128"});
        const KeyPath key = top.below("cIPHERS\\AES 128/128");
        REQUIRE(target.set(key, "Enabled", Value::dword(0)));
        REQUIRE(target.set(key, "ENABLED", Value::dword(1)));
        REQUIRE(target.set(key, "\xC3\x89", Value::dword(2)));
        REQUIRE(target.set(key, "\xC3\xA9", Value::dword(3)));
        CHECK(target.read(key)->values.size() == 2);
        CHECK(value_of(target, key, "Enabled") == Value::dword(1));
        CHECK(value_of(target, key, "\xC3\x89") == Value::dword(3));
        REQUIRE(target.unset(key, "eNABLED"));
        REQUIRE(target.erase(key));
        CHECK(target.read(top.child("Ciphers"))->children.empty());
    }
}

TEST_CASE("every type and length of data comes back as it was written, also after a commit", "[contract]") {
    const std::string nul(1, '\0');
    std::vector<NamedValue> values{
        {"", Value::sz("default")},
        {"back\\slash/slash \"quote\" = @ ]", Value::sz("x")},
        {"dword", Value::dword(0xFFFFFFFF)},
        {"three bytes", {reg_dword, "abc"}},
        {"eight bytes", {reg_dword, "abcdefgh"}},
        {"big endian", {reg_dword_big_endian, "abcd"}},
        {"qword", Value::qword(0x0123456789ABCDEF)},
        {"list", Value::multi_sz({"a", "b"})},
        {"list with one terminator", {reg_multi_sz, "a" + nul + nul + nul}},
        {"empty list", Value::multi_sz({})},
        {"inner NUL", {reg_sz, "a" + nul + nul + nul + "b" + nul + nul + nul}},
        {"lone surrogate", {reg_sz, nul + "\xD8" + nul + nul}},
        {"line breaks", Value::sz("a\r\nb\nc\td")},
        {"expand", Value::expand_sz("%windir%")},
        {"link", {reg_link, "\\"}},
        {"none", {reg_none, "x"}},
        {"other type", {0x12345678, "x"}},
        {"resource list", {reg_resource_list, std::string(9, '\x07')}},
        {"long", Value::binary(std::string(100000, '\xA5'))},
        {"long string", Value::sz(std::string(70000, 'x'))},
    };
    for (std::uint32_t type = 0; type < 12; ++type) values.push_back({"nothing of type " + std::to_string(type), {type, ""}});
    const std::vector<NamedValue> unterminated{
        {"no NUL", {reg_sz, "a" + nul + "b" + nul}},
        {"odd", {reg_sz, "a" + nul + "b"}},
        {"odd list", {reg_multi_sz, "a" + nul + nul}},
        {"expand without NUL", {reg_expand_sz, "a" + nul}},
    };
    FOR_EVERY_TARGET(bench) {
        std::vector<NamedValue> all = values;
        if (bench->keeps_unterminated()) all.insert(all.end(), unterminated.begin(), unterminated.end());
        REQUIRE(bench->target().create(top));
        for (const NamedValue& value : all) {
            INFO(value.name);
            REQUIRE(bench->target().set(top, value.name, value.value));
        }
        for (const char* when : {"at once", "after a commit"}) {
            INFO(when);
            CHECK(bench->target().read(top)->values.size() == all.size());
            for (const NamedValue& value : all) {
                INFO(value.name);
                CHECK(value_of(bench->target(), top, value.name) == value.value);
            }
            bench->reopen();
        }
    }
}

TEST_CASE("a value that is not there cannot be removed", "[contract]") {
    FOR_EVERY_TARGET(bench) {
        Target& target = bench->target();
        REQUIRE(target.create(top));
        check_error(target.unset(top, "a"), ErrorCode::not_found, "the key HKCU\\Software\\schancfg-test does not hold the value 'a'");
        check_error(target.unset(top, ""), ErrorCode::not_found, "the key HKCU\\Software\\schancfg-test does not hold the default value");
        REQUIRE(target.set(top, "a", Value::dword(1)));
        REQUIRE(target.unset(top, "a"));
        CHECK(target.read(top)->values.empty());
    }
}

TEST_CASE("a key with keys below it is not removed, a leaf goes with its values", "[contract]") {
    FOR_EVERY_TARGET(bench) {
        Target& target = bench->target();
        REQUIRE(target.create(top.child("A")));
        REQUIRE(target.set(top, "a", Value::dword(1)));
        check_error(target.erase(top), ErrorCode::conflict,
                    "the key HKCU\\Software\\schancfg-test has keys below it and cannot be removed");
        CHECK(target.read(top)->values.size() == 1);
        REQUIRE(target.erase(top.child("A")));
        REQUIRE(target.erase(top));
        CHECK(target.read(top).error().code == ErrorCode::not_found);
        bench->reopen();
        CHECK(bench->target().read(top).error().code == ErrorCode::not_found);
    }
}

TEST_CASE("a root is always there and never removed", "[contract]") {
    FOR_EVERY_TARGET(bench) {
        Target& target = bench->target();
        CHECK(target.read(KeyPath(Root::current_user)));
        CHECK(target.create(KeyPath(Root::current_user)));
        check_error(target.erase(KeyPath(Root::current_user)), ErrorCode::unsupported, "the root key HKCU cannot be removed");
    }
}

TEST_CASE("names that Windows does not take are refused before anything is done", "[contract]") {
    const std::string long_name(255, 'k');
    // Two bytes a character, one unit each.
    std::string accents;
    for (int i = 0; i < 255; ++i) accents += "\xC3\xA9";
    FOR_EVERY_TARGET(bench) {
        Target& target = bench->target();
        CHECK(target.create(top.child(long_name)));
        CHECK(target.create(top.child(accents)));
        check_error(target.create(top.child(long_name + "k")), ErrorCode::malformed, "a key name is longer than 255 characters");
        check_error(target.create(top.child(accents + "k")), ErrorCode::malformed, "a key name is longer than 255 characters");
        check_error(target.create(KeyPath(Root::current_user, "\\Software")), ErrorCode::malformed,
                    "the key path HKCU\\\\Software has an empty name in it");
        check_error(target.create(top.below("A\\")), ErrorCode::malformed,
                    "the key path HKCU\\Software\\schancfg-test\\A\\ has an empty name in it");
        check_error(target.create(top.child(std::string("a\0b", 3))), ErrorCode::malformed, "a key name holds a NUL");
        CHECK(target.read(top.child(long_name + "k")).error().code == ErrorCode::malformed);
        CHECK(target.set(top, std::string(16383, 'v'), Value::dword(1)));
        check_error(target.set(top, std::string(16384, 'v'), Value::dword(1)), ErrorCode::malformed,
                    "a value name is longer than 16383 characters");
        check_error(target.set(top, std::string("a\0b", 3), Value::dword(1)), ErrorCode::malformed, "a value name holds a NUL");
        CHECK(value_of(target, top, std::string(16383, 'v')) == Value::dword(1));
    }
}

TEST_CASE("a key can be made 512 levels deep and no deeper", "[contract]") {
    FOR_EVERY_TARGET(bench) {
        KeyPath key = top;  // two levels
        for (int level = 3; level <= 512; ++level) key = key.child("x");
        REQUIRE(bench->target().create(key));
        CHECK(bench->target().read(key));
        check_error(bench->target().create(key.child("x")), ErrorCode::malformed, "a key path is deeper than 512 levels");
    }
}

TEST_CASE("children come in registry order whatever the order in which they were made", "[contract]") {
    FOR_EVERY_TARGET(bench) {
        for (const char* name : {"b", "A", "_", "a b", "Z", "\xC3\xA4", "AES 128/128"}) REQUIRE(bench->target().create(top.child(name)));
        CHECK(bench->target().read(top)->children ==
              std::vector<std::string>{"A", "a b", "AES 128/128", "b", "Z", "_", "\xC3\xA4"});
    }
}

TEST_CASE("a snapshot is what was written", "[contract]") {
    FOR_EVERY_TARGET(bench) {
        Tree written;
        written.set_value(top.below("Protocols\\TLS 1.2\\Client"), "Enabled", Value::dword(1));
        written.set_value(top, "EventLogging", Value::dword(3));
        written.create(top.child("Empty"));
        written.for_each(top, [&](const KeyPath& path, const Key& key) {
            REQUIRE(bench->target().create(path));
            for (const NamedValue& value : key.values) REQUIRE(bench->target().set(path, value.name, value.value));
        });
        const auto taken = snapshot(bench->target(), {{top, true}});
        REQUIRE(taken);
        CHECK(taken->same_content(written));
    }
}
