#include <algorithm>
#include <iterator>

#include "remedy/steps.hpp"
#include "schancfg/text.hpp"
#include "words.hpp"

namespace schancfg::remedy {
namespace {

enum class At : std::uint8_t {
    fault,   ///< the end that lacks it
    device,  ///< the end that is not Windows
    client, server, both,
};

struct Advice {
    handshake::ReasonId reason;
    At at;
    std::string_view title;
};

// Of what no offer shows; the sentences behind it are the reason's remedy.
constexpr Advice table[] = {
    {handshake::ReasonId::no_answer, At::server, "Find out who answers at that port"},
    {handshake::ReasonId::not_tls, At::server, "Find out who answers at that port"},
    {handshake::ReasonId::private_key, At::fault, "Import the certificate with its private key, or let the account read it"},
    {handshake::ReasonId::access_denied, At::both, "Ask which clients the other end lets in"},
    {handshake::ReasonId::certificate_not_trusted, At::fault, "Install the issuer's certificate"},
    {handshake::ReasonId::certificate_not_valid, At::server, "Renew the certificate, and look at both clocks"},
    {handshake::ReasonId::certificate_revoked, At::server, "Get a new certificate"},
    {handshake::ReasonId::certificate_name, At::server, "Use the name that is in the certificate"},
    {handshake::ReasonId::certificate_rejected, At::server, "Look at the certificate"},
    {handshake::ReasonId::client_certificate, At::client, "Give the client a certificate that the server takes"},
    {handshake::ReasonId::extended_master_secret, At::device, "Update this end: it lacks the extended master secret"},
    {handshake::ReasonId::version_intolerance, At::device, "Update this end's firmware: it breaks the protocol that it claims"},
    {handshake::ReasonId::broken_dh, At::device, "Update this end's firmware: its Diffie-Hellman is broken"},
    {handshake::ReasonId::dhe_leading_zero, At::both, "Install the updates of Windows"},
    {handshake::ReasonId::http2_suite_order, At::server, "Put the suites with ECDHE and AES-GCM first"},
    {handshake::ReasonId::no_application_protocol, At::both, "Look at the settings of the application"},
    {handshake::ReasonId::fips_mode, At::both, "Use algorithms that FIPS mode allows"},
    {handshake::ReasonId::interception, At::both, "Try from the server's own network"},
    {handshake::ReasonId::closed_by_peer, At::device, "Look into this end's log"},
};

handshake::Side side_of(At at, const handshake::Agreement& agreement, const handshake::End& client, const handshake::End& server) {
    switch (at) {
        case At::fault: return agreement.at_fault;
        case At::client: return handshake::Side::client;
        case At::server: return handshake::Side::server;
        case At::both: return handshake::Side::both;
        case At::device: break;
    }
    const bool client_is = client.kind != handshake::EndKind::windows, server_is = server.kind != handshake::EndKind::windows;
    return client_is == server_is ? agreement.at_fault : client_is ? handshake::Side::client : handshake::Side::server;
}

}  // namespace

Fix advice(const handshake::Agreement& agreement, const handshake::End& client, const handshake::End& server) {
    Fix fix;
    fix.kind = FixKind::advice;
    fix.reason = agreement.reason;
    const auto* row = std::ranges::find(table, agreement.reason->code, &Advice::reason);
    fix.side = row == std::end(table) ? agreement.at_fault : side_of(row->at, agreement, client, server);
    const handshake::End* end = fix.side == handshake::Side::client ? &client : fix.side == handshake::Side::server ? &server : nullptr;
    fix.title = row == std::end(table) ? std::string(agreement.reason->title) : std::string(row->title);
    if (end != nullptr) fix.title.append(" (").append(shorten(end->label)).append(")");
    fix.text = agreement.reason->remedy;
    // HTTP.sys of Server 2022 asks for it after the handshake, which TLS 1.3 has another way for and most clients refuse.
    const bool asks_late = agreement.reason->code == handshake::ReasonId::client_certificate && server.kind == handshake::EndKind::windows && agreement.handshake.protocol == "TLS 1.3";
    if (asks_late) {
        fix.side = handshake::Side::server;
        fix.title = "Ask for the client certificate at connect, or turn TLS 1.3 off for that binding";
        fix.text = "Over TLS 1.3 a server that asks after the handshake is refused by clients that do not take that. In IIS and HTTP.sys: negotiate client certificates for the whole binding.";
    }
    return fix;
}

Fix nothing_known(const handshake::Agreement& agreement) {
    Fix fix;
    fix.side = handshake::Side::both;
    fix.title = "No change of one end alone is known to fix this";
    std::vector<std::string> obstacles;
    for (const handshake::Blocker& blocker : agreement.blockers) {
        const std::string what = blocker.missing.gates.empty() ? blocker.missing.name : blocker.missing.gates.front().words();
        add_once(obstacles, "on the " + std::string(handshake::side_name(blocker.side)) + " " + shorten(what));
    }
    fix.text = obstacles.empty() ? "Replace or update the end that has less." : "Missing: " + schancfg::join(obstacles) + ".";
    return fix;
}

}  // namespace schancfg::remedy
