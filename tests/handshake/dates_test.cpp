#include "two_ends.hpp"

#include <algorithm>

using namespace two_ends;

namespace {

constexpr std::int64_t day = 86400;
constexpr std::int64_t today = 1764201600;  // 2025-11-27

/// A server with an RSA and, if asked for, an ECDSA certificate, seen as many days ago.
End server(std::optional<std::int64_t> until, std::optional<std::int64_t> seen_days_ago = {}, std::optional<std::int64_t> second_until = {}) {
    Peer peer = scanned({{"TLS 1.2", {"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 secp256r1"}}});
    PeerCertificate first = certificate("RSA", 2048, "SHA256");
    first.valid_from = today - 400 * day;
    if (until) first.valid_until = today + *until * day;
    peer.certificates = {first};
    if (second_until) {
        PeerCertificate second = first;
        second.subject = "CN=second";
        second.valid_until = today + *second_until * day;
        peer.certificates.push_back(second);
    }
    if (seen_days_ago) peer.seen_at = today - *seen_days_ago * day;
    End end = handshake::make_end(std::move(peer));
    end.looked_at = today;
    return end;
}

End client() { return remedy::make_end(machine("2019"), Role::client); }

bool says(const std::vector<std::string>& conditions, std::string_view text) {
    return std::ranges::any_of(conditions, [text](const std::string& each) { return each.find(text) != std::string::npos; });
}

bool looked_at_dates(const Agreement& agreement) {
    return std::ranges::find(agreement.not_checked, handshake::Unchecked::dates) == agreement.not_checked.end();
}

}  // namespace

TEST_CASE("A certificate that has expired leaves an agreement open, and says since when", "[handshake]") {
    const Agreement agreement = handshake::agree(client(), server(-3));
    CHECK(dump(agreement) == "unknown certificate-not-valid");
    CHECK(agreement.at_fault == handshake::Side::server);
    CHECK(agreement.message.find("the server's certificate expired on 2025-11-24") != std::string::npos);
    CHECK(agreement.message.find("TLS 1.2 with TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384") != std::string::npos);
    CHECK(agreement.questions.size() == 1);
    CHECK(looked_at_dates(agreement));
    const auto decides = std::ranges::find(agreement.evidence, true, &handshake::Evidence::decides);
    REQUIRE(decides != agreement.evidence.end());
    CHECK(decides->server == "RSA 2048 bits, signed with SHA256, expired on 2025-11-24");
}

TEST_CASE("A certificate is expired after its last second, not at it, and not valid before its first", "[handshake]") {
    End end = server(0);
    CHECK(handshake::agree(client(), end).verdict == Verdict::agree);
    end.looked_at = today + 1;
    CHECK(handshake::agree(client(), end).verdict == Verdict::unknown);
    end.looked_at = today - 400 * day;
    CHECK(handshake::agree(client(), end).verdict == Verdict::agree);
    end.looked_at = today - 400 * day - 1;
    const Agreement early = handshake::agree(client(), end);
    CHECK(dump(early) == "unknown certificate-not-valid");
    CHECK(early.message.find("is not valid before 2024-10-23") != std::string::npos);
}

TEST_CASE("A certificate that is valid is shown with its end, and its dates count as looked at", "[handshake]") {
    const Agreement agreement = handshake::agree(client(), server(30));
    CHECK(agreement.verdict == Verdict::agree);
    CHECK(looked_at_dates(agreement));
    CHECK(std::ranges::any_of(agreement.evidence, [](const handshake::Evidence& each) { return each.server.find("valid until 2025-12-27") != std::string::npos; }));
}

TEST_CASE("A certificate that no suite of the agreement can use is not the one that is shown", "[handshake]") {
    End end = server(30, {}, -3);
    CHECK(says(handshake::agree(client(), end).provided, "the server shows another certificate"));
    end.peer.certificates[1].key_type = "ECDSA";
    const Agreement agreement = handshake::agree(client(), end);
    CHECK(agreement.verdict == Verdict::agree);
    CHECK_FALSE(says(agreement.provided, "expired"));
}

TEST_CASE("Without a date, or without a clock, nothing is said of dates", "[handshake]") {
    CHECK(!looked_at_dates(handshake::agree(client(), server({}))));
    End end = server(-3);
    end.looked_at.reset();
    const Agreement agreement = handshake::agree(client(), end);
    CHECK(agreement.verdict == Verdict::agree);
    CHECK(!looked_at_dates(agreement));
}

TEST_CASE("A certificate that has expired since the scan is taken to be renewed, as a condition", "[handshake]") {
    const Agreement since = handshake::agree(client(), server(-3, 10));
    CHECK(since.verdict == Verdict::agree);
    CHECK(says(since.provided, "has been renewed since the scan: the one that it saw expired on 2025-11-24"));
    CHECK(handshake::agree(client(), server(-3, 1)).verdict == Verdict::unknown);
}

TEST_CASE("One of two certificates that has expired is a condition, both are a doubt", "[handshake]") {
    const Agreement one = handshake::agree(client(), server(-3, {}, 30));
    CHECK(one.verdict == Verdict::agree);
    CHECK(says(one.provided, "expired on 2025-11-24"));
    CHECK(handshake::agree(client(), server(-3, {}, -4)).verdict == Verdict::unknown);
}

TEST_CASE("What can't agree anyway stays so, and what is not known keeps its reason", "[handshake]") {
    Machine other = machine("2019");
    set(other, "Ciphers\\AES 256/256", "Enabled", 0);
    CHECK(dump(handshake::agree(remedy::make_end(other, Role::client), server(-3))) == "disagree no-common-suite");
    End open = server(-3);
    open.peer.protocols.back().offered = Answer::unknown;
    open.peer.protocols[4].offered = Answer::unknown;
    const Agreement unknown = handshake::agree(client(), open);
    CHECK(dump(unknown) == "unknown no-common-protocol");
    CHECK(says(unknown.provided, "the client does not look at dates: the server's certificate expired on 2025-11-24"));
}

TEST_CASE("An expired certificate is shown as the cause of an error about validity, and renewing it is the advice", "[handshake]") {
    const auto symptom = handshake::read_symptom("SEC_E_CERT_EXPIRED");
    REQUIRE(symptom);
    const End ours = client(), theirs = server(-3);
    const handshake::Diagnosis diagnosis = handshake::diagnose(ours, theirs, &*symptom);
    REQUIRE(!diagnosis.causes.empty());
    CHECK(diagnosis.causes.front().reason->id == "certificate-not-valid");
    CHECK(diagnosis.causes.front().fit == handshake::Fit::shown);
    CHECK(diagnosis.causes.front().why == "the server's certificate expired on 2025-11-24");
    const Machine of = machine("2019");
    const auto fixes = remedy::fixes(handshake::diagnose(ours, theirs, nullptr), {&ours, &theirs, &of, nullptr});
    REQUIRE(fixes.size() == 1);
    CHECK(fixes[0].side == handshake::Side::server);
    CHECK(fixes[0].title.starts_with("Renew the certificate"));
    const handshake::Diagnosis valid = handshake::diagnose(ours, server(30), &*symptom);
    CHECK(valid.causes.front().fit == handshake::Fit::possible);
    CHECK(valid.causes.front().why == "by its dates the server's certificate is valid; whether the clocks are right is not known");
    CHECK(handshake::diagnose(ours, server({}), &*symptom).causes.front().why == "what both ends offer does not show it");
}

TEST_CASE("Where no certificate is shown its dates do not matter", "[handshake]") {
    Peer peer = scanned({{"TLS 1.2", {"TLS_DH_anon_WITH_AES_128_CBC_SHA"}}});
    peer.certificates = {certificate("RSA", 2048, "SHA256")};
    peer.certificates.front().valid_until = today - day;
    End anonymous = handshake::make_end(std::move(peer));
    anonymous.looked_at = today;
    const Agreement agreement = handshake::agree(handshake::make_end(caller({{"TLS 1.2", {"TLS_DH_anon_WITH_AES_128_CBC_SHA"}}})), anonymous);
    CHECK(agreement.verdict == Verdict::agree);
    CHECK_FALSE(looked_at_dates(agreement));
}
