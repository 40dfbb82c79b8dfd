#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>

#include "catch.hpp"
#include "profile_text.hpp"
#include "schancfg/codec/reg_text.hpp"
#include "schancfg/facts/cipher_suites.hpp"
#include "schancfg/schannel/builtin.hpp"
#include "schancfg/schannel/settings.hpp"
#include "schancfg/utf.hpp"

using namespace schancfg;
using profile_text::Lines;
using profile_text::wanted;

namespace {

std::string text_of(std::string_view name) {
    const auto* profile = schannel::find_builtin_profile(name);
    REQUIRE(profile != nullptr);
    return std::string(profile->text);
}

// Errors, notes and values.
Lines translated(std::string_view name, std::string_view release = {}) { return wanted(text_of(name), release); }

registry::Wanted wanted_of(std::string_view name, const facts::Release* release) {
    const auto decoded = codec::decode_profile(text_of(name), "built-in:" + std::string(name), {});
    REQUIRE(decoded);
    auto asked = schannel::translate(*decoded.value, {.release = release});
    for (const auto& d : asked.diagnostics) UNSCOPED_INFO(profile_text::line(d));
    REQUIRE(asked);
    return std::move(*asked.value);
}

// The release that a profile is looked at for: none, unless its lists differ from release to release.
const facts::Release* release_needed(std::string_view name) {
    const auto decoded = codec::decode_profile(text_of(name), name, {});
    REQUIRE(decoded);
    if (schannel::translate(*decoded.value, {})) return nullptr;
    const facts::Release* server = facts::find_release("windows-server-2022");
    return schannel::is_for(*decoded.value, *server).value_or(true) ? server : facts::find_release("windows-11-24h2");
}

const registry::KeyPath policy(registry::Root::local_machine,
                               "SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002");

}  // namespace

TEST_CASE("Shipped profiles are those that are promised, each with a name and a description", "[codec]") {
    std::set<std::string_view> names;
    for (const schannel::BuiltinProfile& profile : schannel::builtin_profiles()) {
        INFO(profile.name);
        names.insert(profile.name);
        CHECK(profile.text.starts_with("# For "));
        const auto decoded = codec::decode_profile(profile.text, profile.name, {});
        for (const auto& d : decoded.diagnostics) UNSCOPED_INFO(profile_text::line(d));
        REQUIRE(decoded);
        CHECK(decoded.diagnostics.empty());
        CHECK_FALSE(decoded.value->name.empty());
        CHECK_FALSE(decoded.value->description.empty());
    }
    for (const char* name : {"best-practices", "strict", "windows-defaults", "weak-dh-peer", "no-dh", "tls11-tls12-server"}) {
        CHECK(names.contains(name));
    }
}

TEST_CASE("The vendors' fixes say exactly what the vendors say", "[codec]") {
    CHECK(translated("weak-dh-peer") == Lines{"~\\KeyExchangeAlgorithms\\Diffie-Hellman ClientMinKeyBitLength = 512"});
    CHECK(translated("no-dh") == Lines{"~\\KeyExchangeAlgorithms\\Diffie-Hellman Enabled = 0"});
    CHECK(translated("tls11-tls12-server") ==
          Lines{"~\\Protocols\\SSL 3.0\\Server DisabledByDefault = 1", "~\\Protocols\\SSL 3.0\\Server Enabled = 0",
                "~\\Protocols\\TLS 1.0\\Server DisabledByDefault = 1", "~\\Protocols\\TLS 1.0\\Server Enabled = 0",
                "~\\Protocols\\TLS 1.1\\Server DisabledByDefault = 0", "~\\Protocols\\TLS 1.1\\Server Enabled = 1",
                "~\\Protocols\\TLS 1.2\\Server DisabledByDefault = 0", "~\\Protocols\\TLS 1.2\\Server Enabled = 1"});
}

TEST_CASE("No shipped profile but that of TLS 1.3 alone switches TLS 1.3", "[codec]") {
    for (const schannel::BuiltinProfile& profile : schannel::builtin_profiles()) {
        INFO(profile.name);
        for (const registry::WantedValue& item : wanted_of(profile.name, release_needed(profile.name)).values) {
            if (item.key.to_string().find("TLS 1.3") == std::string::npos) continue;
            CHECK(item.value.has_value() == (profile.name == "mozilla-modern" && item.key.to_string().ends_with("Server")));
        }
    }
}

TEST_CASE("TLS 1.2 stays usable with RSA and ECDSA certificates on every release a profile is for", "[codec]") {
    for (const char* name : {"best-practices", "strict"}) {
        const auto profile = codec::decode_profile(text_of(name), name, {});
        REQUIRE(profile);
        std::size_t releases = 0;
        for (const facts::Release& release : facts::releases()) {
            if (!schannel::is_for(*profile.value, release).value()) continue;
            ++releases;
            INFO(name << " on " << release.id);
            const registry::Wanted asked = wanted_of(name, &release);
            const registry::WantedValue* list = asked.find(policy, "Functions");
            REQUIRE(list != nullptr);
            const std::string suites = list->value.value().as_string().value();
            CHECK(suites.size() <= 1023);
            CHECK(suites.find(' ') == std::string::npos);
            bool rsa = false;
            bool ecdsa = false;
            for (const facts::ReleaseSuite& row : facts::suites_of(release)) {
                if (row.protocols.find("TLS 1.2") == std::string_view::npos) continue;
                if (("," + suites + ",").find("," + std::string(row.suite) + ",") == std::string::npos) continue;
                const facts::CipherSuite& suite = *facts::find_cipher_suite(row.suite);
                CHECK(suite.forward_secrecy);
                rsa = rsa || suite.authentication == "RSA";
                ecdsa = ecdsa || suite.authentication == "ECDSA";
            }
            CHECK(rsa);
            CHECK(ecdsa);
        }
        CHECK(releases > 15);
    }
}

TEST_CASE("Strict keeps suites with forward secrecy and AEAD and no others", "[codec]") {
    const auto profile = codec::decode_profile(text_of("strict"), "strict", {});
    for (const facts::Release& release : facts::releases()) {
        if (!schannel::is_for(*profile.value, release).value()) continue;
        INFO(release.id);
        const auto asked = wanted_of("strict", &release);
        const std::string list = asked.find(policy, "Functions")->value.value().as_string().value() + ",";
        for (std::size_t at = 0; at < list.size(); at = list.find(',', at) + 1) {
            const facts::CipherSuite* suite = facts::find_cipher_suite(list.substr(at, list.find(',', at) - at));
            REQUIRE(suite != nullptr);
            INFO(suite->name);
            CHECK(suite->aead);
            CHECK((suite->forward_secrecy || suite->name.starts_with("TLS_AES_")));
            CHECK(suite->key_exchange != "DHE");
        }
    }
}

TEST_CASE("Best practices turn no suite on that the release leaves off by itself", "[codec]") {
    for (const std::string_view name : {"best-practices", "compatible", "strict"}) {
        const auto profile = codec::decode_profile(text_of(name), name, {});
        for (const facts::Release& release : facts::releases()) {
            if (!schannel::is_for(*profile.value, release).value()) continue;
            INFO(name << " on " << release.id);
            const std::string list = wanted_of(name, &release).find(policy, "Functions")->value.value().as_string().value() + ",";
            for (std::size_t at = 0; at < list.size(); at = list.find(',', at) + 1) {
                const std::string suite = list.substr(at, list.find(',', at) - at);
                INFO(suite);
                const auto rows = facts::suites_of(release);
                const auto row = std::ranges::find(rows, suite, &facts::ReleaseSuite::suite);
                REQUIRE(row != rows.end());
                CHECK(row->list == facts::SuiteList::enabled);
                CHECK_FALSE(row->explicit_request_only);
            }
        }
    }
}

TEST_CASE("The post-quantum profile puts one group in front of those that the release offers by itself", "[codec]") {
    CHECK(translated("post-quantum", "11-24h2") ==
          Lines{"HKLM\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002 EccCurves = "
                "[x25519_mlkem768|curve25519|NistP256|NistP384]"});
}

TEST_CASE("The Windows defaults name every setting but those they leave alone", "[codec]") {
    const facts::Release* release = facts::find_release("windows-server-2022");
    const registry::Wanted asked = wanted_of("windows-defaults", release);
    std::set<std::string> missing;
    for (const schannel::Setting& setting : schannel::settings()) {
        if (asked.find(setting.key, setting.value_name) == nullptr) missing.insert(setting.name());
    }
    CHECK(missing == std::set<std::string>{"fips.enabled", "fips.legacy_enabled", "schannel.machine_id",
                                           "signature_algorithms.local.order"});
    for (const facts::Release& each : facts::releases()) {
        INFO(each.id);
        (void)wanted_of("windows-defaults", &each);
    }
}

namespace {

// As `git diff` can show it: UTF-16LE with its mark and CRLF, which it must be, as UTF-8 with LF.
std::string as_text(std::string_view reg) {
    REQUIRE(reg.starts_with("\xFF\xFE"));
    std::string text = utf::from_utf16le(reg.substr(2));
    std::size_t ends = 0;
    for (std::size_t at = text.find("\r\n"); at != std::string::npos; at = text.find("\r\n", at)) {
        text.erase(at, 1);
        ++ends;
    }
    CHECK(text.find('\r') == std::string::npos);
    CHECK(ends == static_cast<std::size_t>(std::ranges::count(text, '\n')));
    return text;
}

}  // namespace

TEST_CASE("The .reg file of each shipped profile is the one that was looked through", "[codec]") {
    const bool approve = std::getenv("SCHANCFG_APPROVE") != nullptr;
    const auto look = [&](std::string_view name, const facts::Release* release, const std::string& file) {
        const std::string found = as_text(codec::encode_reg(registry::to_patch(wanted_of(name, release))));
        const std::string path = SCHANCFG_SOURCE_DIR "/tests/golden/" + file + ".reg.txt";
        if (approve) std::ofstream(path, std::ios::binary) << found;
        std::ifstream golden_file(path, std::ios::binary);
        const std::string golden{std::istreambuf_iterator<char>(golden_file), {}};
        INFO(path << ": SCHANCFG_APPROVE=1 rewrites it");
        CHECK(golden == found);
    };
    for (const schannel::BuiltinProfile& profile : schannel::builtin_profiles()) {
        look(profile.name, release_needed(profile.name), std::string(profile.name));
    }
    // Lists that are computed are another one where suites carry a curve.
    for (const char* name : {"best-practices", "compatible"}) {
        look(name, facts::find_release("windows-server-2012-r2"), std::string(name) + "@windows-server-2012-r2");
    }
}
