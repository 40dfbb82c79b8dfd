#include "schancfg/effect/restart.hpp"

#include <algorithm>

#include "catch.hpp"

using namespace schancfg;
using effect::RestartNeed;
using registry::KeyPath;
using registry::Root;
using registry::Value;

namespace {

const std::string schannel_key = "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL";

plan::Change change(std::string_view key, std::optional<std::string> value = "Enabled") {
    plan::Change made;
    made.key = KeyPath(Root::local_machine, std::string(key));
    made.value_name = std::move(value);
    return made;
}

effect::Restart restart(std::vector<plan::Change> changes, std::string_view release = {}) {
    return effect::restart(changes, release.empty() ? nullptr : facts::find_release(release));
}

}  // namespace

TEST_CASE("Without a change, and for keys alone, nothing is restarted", "[effect]") {
    CHECK(restart({}).needed == RestartNeed::no);
    CHECK(restart({}).scope == effect::RestartScope::nothing);
    CHECK(restart({change(schannel_key + "\\Protocols\\TLS 1.0", std::nullopt)}).reasons.empty());
}

TEST_CASE("Microsoft's pages are inconsistent about protocols, and both sides are named", "[effect]") {
    const auto needed = restart({change(schannel_key + "\\protocols\\TLS 1.0\\Server")});
    CHECK(needed.needed == RestartNeed::disputed);
    CHECK(needed.scope == effect::RestartScope::computer);
    REQUIRE(needed.reasons.size() == 1);
    CHECK_FALSE(needed.reasons[0].for_restart.empty());
    CHECK_FALSE(needed.reasons[0].against_restart.empty());
}

TEST_CASE("A switch of a protocol that the release does not have waits for no restart", "[effect]") {
    const plan::Change tls13 = change(schannel_key + "\\Protocols\\TLS 1.3\\Server");
    CHECK(restart({tls13}, "2016").reasons.empty());
    CHECK(restart({tls13}, "2022").needed == RestartNeed::disputed);
    CHECK(restart({tls13}).needed == RestartNeed::disputed);
}

TEST_CASE("The cipher suite policy needs a restart of the computer; programs of .NET Framework are started anew", "[effect]") {
    const plan::Change policy = change("SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002", "Functions");
    const plan::Change dotnet = change("SOFTWARE\\Wow6432Node\\Microsoft\\.NETFramework\\v4.0.30319", "SchUseStrongCrypto");
    CHECK(restart({policy}).needed == RestartNeed::yes);
    const auto alone = restart({dotnet});
    CHECK(alone.needed == RestartNeed::no);
    CHECK(alone.scope == effect::RestartScope::processes);
    const auto both = restart({dotnet, policy});
    CHECK(both.needed == RestartNeed::yes);
    CHECK(both.scope == effect::RestartScope::computer);
    REQUIRE(both.reasons.size() == 2);
    CHECK(both.reasons[0].subject == "cipher suite policy list");
}

TEST_CASE("What asks for the computer outweighs what asks for services with the same certainty", "[effect]") {
    const plan::Change winhttp = change("SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\WinHttp", "DefaultSecureProtocols");
    CHECK(restart({winhttp}).scope == effect::RestartScope::services);
    CHECK(restart({winhttp, change(schannel_key + "\\Protocols\\TLS 1.0\\Client")}).scope == effect::RestartScope::computer);
}

TEST_CASE("Each kind of value has its own reason", "[effect]") {
    const auto subject = [](std::string_view key, std::string_view value) {
        return std::string(restart({change(key, std::string(value))}).reasons.at(0).subject);
    };
    CHECK(subject(schannel_key + "\\KeyExchangeAlgorithms\\PKCS", "ClientMinKeyBitLength") == "key lengths");
    CHECK(subject(schannel_key + "\\KeyExchangeAlgorithms\\PKCS", "Enabled") == "ciphers, hashes and key exchanges");
    CHECK(subject(schannel_key + "\\Ciphers\\RC4 128/128", "Enabled") == "ciphers, hashes and key exchanges");
    CHECK(subject(schannel_key, "EventLogging") == "event logging");
    CHECK(subject(schannel_key, "ServerCacheTime") == "other values");
    CHECK(subject("SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002", "EccCurves") == "curve list");
    CHECK(subject("SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002", "Functions") == "cipher suite list");
    CHECK(subject("SYSTEM\\CurrentControlSet\\Control\\Lsa\\FipsAlgorithmPolicy", "Enabled") == "FIPS mode");
    CHECK(subject("SYSTEM\\CurrentControlSet\\Control\\Lsa", "MaxAsyncWorkerThreadsPerCpu") == "other values");
    CHECK(subject("SYSTEM\\CurrentControlSet\\Services\\HTTP\\Parameters", "EnableHttp2Tls") == "HTTP/2 and HTTP/3");
    // A name that begins alike is another key.
    CHECK(subject(schannel_key + "X\\Protocols", "Enabled") == "other values");
}
