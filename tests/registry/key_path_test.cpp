#include "schancfg/registry/key_path.hpp"

#include "catch.hpp"

using namespace schancfg::registry;

TEST_CASE("a slash is an ordinary character of a key name", "[registry]") {
    const auto path = KeyPath::parse("HKLM\\SYSTEM\\Ciphers\\AES 128/128");
    REQUIRE(path);
    CHECK(path->name() == "AES 128/128");
    CHECK(path->parent().to_string() == "HKLM\\SYSTEM\\Ciphers");
}

TEST_CASE("paths compare without case and keep the case they were given", "[registry]") {
    const KeyPath a = KeyPath::parse("hklm\\Software\\\xC3\xA9t\xC3\xA9").value();
    const KeyPath b = KeyPath::parse("HKEY_LOCAL_MACHINE\\SOFTWARE\\\xC3\x89T\xC3\x89\\").value();
    CHECK(a == b);
    CHECK(std::is_eq(a <=> b));
    CHECK(a.to_string() == "HKLM\\Software\\\xC3\xA9t\xC3\xA9");
}

TEST_CASE("children sort directly behind their parent", "[registry]") {
    const KeyPath parent(Root::local_machine, "A");
    const KeyPath child(Root::local_machine, "A\\Z");
    const KeyPath sibling(Root::local_machine, "A B");
    CHECK(parent < child);
    CHECK(child < sibling);
    CHECK(child.is_within(parent));
    CHECK_FALSE(sibling.is_within(parent));
}

TEST_CASE("paths that share a long beginning are compared from where they part", "[registry]") {
    const KeyPath base(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL");
    CHECK(base < base.below("A"));
    CHECK(base.below("Protocols\\B") > base.below("Protocols\\a"));
    CHECK(base.below("Protocols\\TLS 1.1\\Server") > base.below("Protocols\\TLS 1.1"));
    CHECK(base.below("A B") > base.below("A\\Z"));
    CHECK(base.below("AB") < base.below("aB\\C"));
    CHECK(base.below("Ciphers").is_within(base));
    CHECK(base.is_within(base));
    CHECK(!KeyPath(Root::local_machine, base.path() + "2").is_within(base));
    CHECK(base.below("X").is_within(KeyPath(Root::local_machine)));
}

TEST_CASE("key paths that Windows refuses are malformed", "[registry]") {
    CHECK(KeyPath::parse("\\HKLM\\A").error().code == schancfg::ErrorCode::malformed);
    CHECK(KeyPath::parse("HKEY_CURRENT_USERS\\A").error().code == schancfg::ErrorCode::malformed);
    CHECK(KeyPath::parse("HKLM\\" + std::string(255, 'a')).has_value());
    CHECK(KeyPath::parse("HKLM\\" + std::string(256, 'a')).error().code == schancfg::ErrorCode::malformed);
}

TEST_CASE("the policies of both views are one key", "[registry]") {
    const KeyPath twin = KeyPath::parse("HKLM\\Software\\WOW6432Node\\Policies\\Microsoft").value();
    CHECK(canonical(twin) == KeyPath::parse("HKLM\\SOFTWARE\\Policies\\Microsoft").value());
    const KeyPath other = KeyPath::parse("HKLM\\SOFTWARE\\Wow6432Node\\Microsoft").value();
    CHECK(canonical(other) == other);
}
