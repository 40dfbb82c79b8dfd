#include "schancfg/audit/usage.hpp"

#include <algorithm>

#include "catch.hpp"

using namespace schancfg;

namespace {

audit::Usage usage_of(std::vector<codec::LoggedUse> uses, bool anonymous = false) {
    audit::Usage usage(anonymous);
    for (const codec::LoggedUse& use : uses) usage.add(use);
    usage.finish();
    return usage;
}

const std::vector<codec::LoggedUse> uses{{"198.51.100.7", "", "400", "6610", "800d", "ae06", 5, "2026-10-01 06:00:00", "2026-10-05 06:00:00"},
                                         {"198.51.100.8", "", "40", "6603", "8004", "a400", 2, "2026-10-02 06:00:00", "2026-10-03 06:00:00"},
                                         {"198.51.100.7", "", "40", "6603", "8004", "a400", 1, "2026-09-02 06:00:00", "2026-09-02 06:00:00"},
                                         {"198.51.100.9", "", "7777", "-", "", "ae06", 1, "", ""}};

std::string shown(const audit::Usage& usage) {
    std::string out;
    for (const audit::WayUsage& way : usage.ways()) {
        out += way.way.words() + ": " + std::to_string(way.clients) + '/' + std::to_string(way.requests) + ' ' + way.first.substr(0, 10) + ' ' + way.last.substr(0, 10) + '\n';
    }
    for (const audit::ClientUsage& client : usage.clients()) out += client.client + ": " + usage.used_by(client) + '\n';
    return out;
}

}  // namespace

TEST_CASE("what was used is gathered by way and by client, oldest protocol first, in any order of the logs", "[audit]") {
    const std::string expected =
        "TLS 1.0, RSA, 3DES, SHA-1: 2/3 2026-09-02 2026-10-03\n"
        "TLS 1.2, ECDHE, AES-256, SHA-384: 1/5 2026-10-01 2026-10-05\n"
        "not known (7777), ECDHE: 1/1  \n"
        "198.51.100.7: TLS 1.0, RSA, 3DES, SHA-1; TLS 1.2, ECDHE, AES-256, SHA-384\n"
        "198.51.100.8: TLS 1.0, RSA, 3DES, SHA-1\n"
        "198.51.100.9: not known (7777), ECDHE\n";
    auto order = uses;
    std::ranges::sort(order, {}, &codec::LoggedUse::first);
    do CHECK(shown(usage_of(order)) == expected);
    while (std::ranges::next_permutation(order, {}, &codec::LoggedUse::first).found);
    CHECK(shown(usage_of(uses, true)).ends_with("\n198.51.100.0/24: TLS 1.0, RSA, 3DES, SHA-1; TLS 1.2, ECDHE, AES-256, SHA-384; not known (7777), ECDHE\n"));
}

TEST_CASE("as a peer a client knows what it used and nothing else", "[audit]") {
    const audit::Usage usage = usage_of(uses);
    const schannel::Peer both = usage.peer_of(usage.clients()[0]);
    CHECK(both.role == facts::Role::client);
    CHECK(both.protocol("TLS 1.0")->offered == schannel::Answer::yes);
    CHECK(both.protocol("TLS 1.1")->offered == schannel::Answer::no);
    const auto has = [&](const schannel::Peer& peer, std::string_view protocol, std::string_view name) {
        return std::ranges::any_of(peer.suites, [&](const schannel::PeerSuite& suite) { return suite.protocol == protocol && suite.name == name; });
    };
    CHECK(has(both, "TLS 1.0", "TLS_RSA_WITH_3DES_EDE_CBC_SHA"));
    CHECK(has(both, "TLS 1.2", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"));
    CHECK(has(both, "TLS 1.2", "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384"));
    CHECK_FALSE(has(both, "TLS 1.2", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"));
    CHECK_FALSE(has(both, "TLS 1.0", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"));
    CHECK(both.protocol("TLS 1.0")->suites_complete);
    // Of a protocol that nobody knows nothing follows.
    CHECK_FALSE(usage.peer_of(usage.clients()[2]).tls_answered);
}
