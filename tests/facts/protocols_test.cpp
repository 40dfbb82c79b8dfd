#include "schancfg/facts/protocols.hpp"

#include <map>
#include <set>
#include <string>
#include <tuple>

#include "catch.hpp"

using namespace schancfg::facts;

namespace {
const ProtocolDefault& row(std::string_view release, Role role, std::string_view protocol) {
    const ProtocolDefault* found = protocol_default(*find_release(release), role, protocol);
    REQUIRE(found != nullptr);
    return *found;
}
}  // namespace

TEST_CASE("protocols have Windows' names and the bits of schannel.h", "[facts]") {
    CHECK(protocols().size() == 10);
    CHECK(protocols().front().name == "PCT 1.0");
    CHECK(protocols().back().name == "Multi-Protocol Unified Hello");
    CHECK(find_protocol("tls 1.2")->name == "TLS 1.2");
    CHECK(find_protocol("TLS 1.2")->client_bit == 0x800);
    CHECK(find_protocol("TLS 1.3")->server_bit == 0x1000);
    CHECK(find_protocol("DTLS 1.2")->client_bit == 0x80000);
    CHECK(find_protocol("DTLS 1.1") == nullptr);
    for (const Protocol& protocol : protocols()) CHECK_FALSE(protocol.source.empty());
}

TEST_CASE("every release has one row for each role and protocol, with its source", "[facts]") {
    std::set<std::tuple<std::string_view, Role, std::string_view>> keys;
    std::map<std::string_view, int> rows_of;
    for (const ProtocolDefault& each : protocol_defaults()) {
        INFO(each.release << ' ' << role_name(each.role) << ' ' << each.protocol);
        CHECK(keys.emplace(each.release, each.role, each.protocol).second);
        CHECK_FALSE(each.source.empty());
        CHECK(each.alternative.empty() == each.alternative_source.empty());
        if (each.release != every_release) CHECK(find_release(each.release) != nullptr);
        ++rows_of[each.release];
    }
    for (const Release& release : releases()) {
        INFO(release.id);
        CHECK(rows_of[release.tables()] == 18);
        for (const Protocol& protocol : protocols()) {
            CHECK(protocol_default(release, Role::client, protocol.name) != nullptr);
            CHECK(protocol_default(release, Role::server, protocol.name) != nullptr);
        }
    }
}

TEST_CASE("only what sources leave open is uncertain", "[facts]") {
    int uncertain = 0;
    for (const ProtocolDefault& each : protocol_defaults()) {
        if (each.state != DefaultState::uncertain) continue;
        INFO(each.release << ' ' << role_name(each.role) << ' ' << each.protocol);
        ++uncertain;
        CHECK((each.confidence == Confidence::undocumented || each.confidence == Confidence::conflict));
        CHECK((each.confidence == Confidence::undocumented) == each.alternative.empty());
    }
    CHECK(uncertain == 13);
}

TEST_CASE("well-known defaults are as Microsoft's page has them", "[facts]") {
    CHECK(row("windows-server-2022", Role::server, "TLS 1.3").state == DefaultState::on);
    CHECK(row("windows-server-2019", Role::server, "TLS 1.3").state == DefaultState::not_supported);
    CHECK(row("windows-7", Role::client, "TLS 1.2").state == DefaultState::on_request);
    CHECK(row("windows-8.1", Role::client, "TLS 1.2").state == DefaultState::on);
    CHECK(row("windows-10-1607", Role::client, "SSL 2.0").state == DefaultState::not_supported);
    CHECK(row("windows-xp", Role::client, "TLS 1.1").confidence == Confidence::secondary);
    CHECK(row("windows-7", Role::server, "multi-protocol unified hello").state == DefaultState::on);
    CHECK(row("windows-7", Role::client, "DTLS 1.1").state == DefaultState::not_supported);
    CHECK(protocol_default(*find_release("windows-7"), Role::client, "TLS 1.4") == nullptr);
}

TEST_CASE("a conflict carries both answers and both sources", "[facts]") {
    const ProtocolDefault& tls10 = row("windows-server-2025", Role::server, "TLS 1.0");
    CHECK(tls10.state == DefaultState::uncertain);
    CHECK(tls10.confidence == Confidence::conflict);
    CHECK(tls10.stated == DefaultState::on);
    CHECK(tls10.source ==
          "MicrosoftDocs/win32:desktop-src/SecAuthN/protocols-in-tls-ssl--schannel-ssp-.md (2025-03-20)");
    CHECK(tls10.alternative == state_name(DefaultState::on_request));
    CHECK(tls10.alternative_source ==
          "MicrosoftDocs/windowsserverdocs:WindowsServerDocs/get-started/removed-deprecated-features-windows-server.md "
          "(2025-09-24)");
}

TEST_CASE("a gap filled from the neighbours says so", "[facts]") {
    const ProtocolDefault& tls12 = row("windows-server-23h2", Role::server, "TLS 1.2");
    CHECK(tls12.state == DefaultState::on);
    CHECK(tls12.stated == DefaultState::uncertain);
    CHECK(confidence_name(tls12.confidence) == "inferred-from-neighbour");
    CHECK(tls12.change == "no row; neighbour Server 2022 is enabled");
}
