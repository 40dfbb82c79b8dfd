#include <algorithm>
#include <iterator>
#include <set>

#include "catch.hpp"
#include "profile_text.hpp"
#include "schancfg/schannel/builtin.hpp"

using namespace schancfg;
using profile_text::Lines;

namespace {

constexpr std::string_view baselines[] = {
    "bsi-tr-02102-2", "cis-iis10", "cnsa-1.0", "disa-stig-dotnet", "disa-stig-iis10", "disa-stig-windows-client",
    "disa-stig-windows-server", "exchange", "exchange-2012r2", "fips140", "mozilla-intermediate", "mozilla-intermediate-57",
    "mozilla-modern", "mozilla-old", "mozilla-old-57", "nist-sp800-52r2", "pci-dss-4",
};

std::string_view text_of(std::string_view name) {
    const auto* profile = schannel::find_builtin_profile(name);
    REQUIRE(profile != nullptr);
    return profile->text;
}

Lines translated(std::string_view name, std::string_view release = {}) { return profile_text::wanted(text_of(name), release); }

// The part of the lines that holds `text`.
Lines holding(const Lines& lines, std::string_view text) {
    Lines found;
    std::ranges::copy_if(lines, std::back_inserter(found), [&](const std::string& line) { return line.find(text) != std::string::npos; });
    return found;
}

// Names of a list in the policy, in order.
Lines policy_list(std::string_view name, std::string_view release = {}) {
    const Lines lines = holding(translated(name, release), "Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002 Functions = ");
    REQUIRE(lines.size() == 1);
    const std::size_t from = lines[0].find('"') + 1;
    const std::string all = lines[0].substr(from, lines[0].size() - from - 1) + ",";
    CHECK(all.size() - 1 <= 1023);
    Lines names;
    for (std::size_t at = 0; at < all.size(); at = all.find(',', at) + 1) names.push_back(all.substr(at, all.find(',', at) - at));
    return names;
}

}  // namespace

TEST_CASE("Each baseline says for whom it is, from which edition, and what it cannot express", "[codec]") {
    for (const std::string_view name : baselines) {
        INFO(name);
        const std::string_view text = text_of(name);
        const std::string_view header = text.substr(0, text.find("\nformat = 1"));
        CHECK(header.starts_with("# For "));
        CHECK(header.find("\n# Edition: ") != std::string_view::npos);
        CHECK(header.find("\n# What it cannot express: ") != std::string_view::npos);
    }
}

TEST_CASE("Each baseline can be written for every release that it is for", "[codec]") {
    for (const schannel::BuiltinProfile& builtin : schannel::builtin_profiles()) {
        const auto profile = codec::decode_profile(builtin.text, builtin.name, {});
        REQUIRE(profile);
        if (profile.value->windows.empty()) continue;
        std::size_t releases = 0;
        for (const facts::Release& release : facts::releases()) {
            if (!schannel::is_for(*profile.value, release).value()) continue;
            ++releases;
            INFO(builtin.name << " on " << release.id);
            const auto asked = schannel::translate(*profile.value, {.release = &release});
            for (const auto& d : asked.diagnostics) UNSCOPED_INFO(profile_text::line(d));
            REQUIRE(asked);
            CHECK_FALSE(asked.value->values.empty());
        }
        CHECK(releases >= 2);
    }
}

TEST_CASE("Lists of baselines are those of their sources", "[codec]") {
    CHECK(policy_list("mozilla-modern") == Lines{"TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"});
    const std::set<std::string_view> dhe{"TLS_DHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384"};
    for (const std::string_view name : {"mozilla-intermediate", "mozilla-old"}) {
        INFO(name);
        Lines older = policy_list(std::string(name) + "-57");
        CHECK(std::erase_if(older, [&](const std::string& suite) { return dhe.contains(suite); }) == 2);
        CHECK(older == policy_list(name));
    }
    CHECK(policy_list("mozilla-intermediate").size() == 7);
    CHECK(policy_list("mozilla-old").size() == 22);
    CHECK(policy_list("cis-iis10").size() == 8);
    for (const std::string& suite : policy_list("cnsa-1.0")) CHECK(suite.ends_with("AES_256_GCM_SHA384"));
    for (const std::string_view name : {"nist-sp800-52r2", "bsi-tr-02102-2", "cnsa-1.0"}) {
        for (const std::string& suite : policy_list(name)) {
            INFO(name << " " << suite);
            CHECK(suite.find("TLS_RSA_") == std::string::npos);
            CHECK(suite.find("CHACHA20") == std::string::npos);
        }
        CHECK(holding(translated(name), "curve25519").empty());
    }
    for (const std::string& suite : policy_list("bsi-tr-02102-2")) CHECK_FALSE(suite.ends_with("_SHA"));
}

TEST_CASE("CIS and the STIGs come out value by value as they are written", "[codec]") {
    const Lines cis = translated("cis-iis10");
    CHECK(holding(cis, "~\\Ciphers\\") ==
          Lines{"~\\Ciphers\\AES 128/128 Enabled = 0", "~\\Ciphers\\AES 256/256 Enabled = 1", "~\\Ciphers\\DES 56/56 Enabled = 0",
                "~\\Ciphers\\NULL Enabled = 0", "~\\Ciphers\\RC4 128/128 Enabled = 0", "~\\Ciphers\\RC4 40/128 Enabled = 0",
                "~\\Ciphers\\RC4 56/128 Enabled = 0", "~\\Ciphers\\RC4 64/128 Enabled = 0"});
    CHECK(holding(cis, "TLS 1.2") ==
          Lines{"~\\Protocols\\TLS 1.2\\Server DisabledByDefault = 0", "~\\Protocols\\TLS 1.2\\Server Enabled = 1"});
    CHECK(holding(cis, "~\\Protocols\\").size() == 18);

    CHECK(translated("disa-stig-iis10") ==
          Lines{"~\\Protocols\\SSL 2.0\\Server DisabledByDefault = 1", "~\\Protocols\\SSL 2.0\\Server Enabled = 0",
                "~\\Protocols\\SSL 3.0\\Server DisabledByDefault = 1", "~\\Protocols\\SSL 3.0\\Server Enabled = 0",
                "~\\Protocols\\TLS 1.0\\Server DisabledByDefault = 1", "~\\Protocols\\TLS 1.0\\Server Enabled = 0",
                "~\\Protocols\\TLS 1.1\\Server DisabledByDefault = 1", "~\\Protocols\\TLS 1.1\\Server Enabled = 0",
                "~\\Protocols\\TLS 1.2\\Server DisabledByDefault = 0"});
    // V-218821.d and .g, SSL 2.0, are written also where Windows has it no more: the machine form looks for them.
    for (const char* release : {"2016", "2019", "2022", "2025"}) CHECK(translated("disa-stig-iis10", release) == translated("disa-stig-iis10"));
    CHECK(holding(translated("cis-iis10", "2019"), "~\\Protocols\\SSL 2.0").size() == 4);
    CHECK(translated("disa-stig-windows-server") ==
          Lines{"HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa\\FIPSAlgorithmPolicy Enabled = 1"});
    CHECK(translated("disa-stig-windows-client") ==
          Lines{"HKLM\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002 EccCurves = [NistP384|NistP256]",
                "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa\\FIPSAlgorithmPolicy Enabled = 1"});
    CHECK(translated("disa-stig-dotnet") ==
          Lines{"HKLM\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319 SchUseStrongCrypto = 1",
                "HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\.NETFramework\\v4.0.30319 SchUseStrongCrypto = 1"});
}

TEST_CASE("Exchange's values are Microsoft's, but for the cipher that Windows does not know", "[codec]") {
    const Lines exchange = translated("exchange");
    CHECK(holding(exchange, "~\\Ciphers\\").size() == 9);
    CHECK(holding(exchange, "~\\Protocols\\").size() == 12);
    CHECK(holding(exchange, ".NETFramework").size() == 8);
    CHECK(holding(exchange, "~\\Hashes\\") == Lines{"~\\Hashes\\MD5 Enabled = 0"});
    CHECK(holding(exchange, "AllowInsecureReneg").size() == 2);
    CHECK(holding(exchange, "EccCurves = ") ==
          Lines{"HKLM\\SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002 "
                "EccCurves = [NistP384|NistP256]"});
    CHECK(holding(exchange, "Policies").empty());
    // What 2012 R2 has instead, and nothing else: its own list and no curves.
    Lines old = translated("exchange-2012r2");
    Lines rest = exchange;
    for (Lines* lines : {&old, &rest}) {
        std::erase_if(*lines, [](const std::string& line) { return line.find("Local\\SSL") != std::string::npos; });
    }
    CHECK(old == rest);
    CHECK(holding(translated("exchange-2012r2"), "EccCurves").empty());
}

TEST_CASE("The compatible profile serves old clients and offers old protocols only to programs that ask", "[codec]") {
    const Lines lines = translated("compatible", "2022");
    for (const std::string protocol : {"TLS 1.0", "TLS 1.1"}) {
        CHECK(holding(lines, protocol) == Lines{"~\\Protocols\\" + protocol + "\\Client DisabledByDefault = 1",
                                                "~\\Protocols\\" + protocol + "\\Client Enabled = 1",
                                                "~\\Protocols\\" + protocol + "\\Server DisabledByDefault = 0",
                                                "~\\Protocols\\" + protocol + "\\Server Enabled = 1"});
    }
    for (const facts::Release& release : facts::releases()) {
        if (release.build < facts::find_release("windows-8.1")->build) continue;
        for (const std::string& suite : policy_list("compatible", release.id)) {
            INFO(release.id << " " << suite);
            CHECK(suite.find("_AES_") != std::string::npos);
            if (suite.starts_with("TLS_DHE_")) CHECK(suite.find("_GCM_") != std::string::npos);
        }
    }
}

TEST_CASE("Benchmarks are exact, and no other profile is", "[codec]") {
    for (const schannel::BuiltinProfile& builtin : schannel::builtin_profiles()) {
        const auto profile = codec::decode_profile(builtin.text, builtin.name, {});
        REQUIRE(profile);
        INFO(builtin.name);
        const bool is_benchmark = builtin.name.starts_with("disa-") || builtin.name.starts_with("cis-");
        for (const schannel::Layer& layer : profile.value->layers) CHECK(layer.exact == is_benchmark);
    }
}
