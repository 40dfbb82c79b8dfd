#include <algorithm>
#include <iterator>

#include "remedy/steps.hpp"
#include "schancfg/text.hpp"

namespace schancfg::remedy {
namespace {

enum class At : std::uint8_t {
    fault,   ///< the end that lacks it
    device,  ///< the end that is not Windows
    client, server, both,
};

struct Advice {
    std::string_view reason;
    At at;
    std::string_view title;
};

// Of what no offer shows; the sentences behind it are the reason's remedy.
constexpr Advice table[] = {
    {"no-answer", At::server, "Find out who answers at that port"},
    {"not-tls", At::server, "Find out who answers at that port"},
    {"private-key", At::fault, "Import the certificate with its private key, or let the account read it"},
    {"access-denied", At::both, "Ask which clients the other end lets in"},
    {"certificate-not-trusted", At::fault, "Install the issuer's certificate"},
    {"certificate-not-valid", At::server, "Renew the certificate, and look at both clocks"},
    {"certificate-revoked", At::server, "Get a new certificate"},
    {"certificate-name", At::server, "Use the name that is in the certificate"},
    {"certificate-rejected", At::server, "Look at the certificate"},
    {"client-certificate", At::client, "Give the client a certificate that the server takes"},
    {"extended-master-secret", At::device, "Update this end: it lacks the extended master secret"},
    {"version-intolerance", At::device, "Update this end's firmware: it breaks the protocol that it claims"},
    {"broken-dh", At::device, "Update this end's firmware: its Diffie-Hellman is broken"},
    {"dhe-leading-zero", At::both, "Install the updates of Windows"},
    {"http2-suite-order", At::server, "Put the suites with ECDHE and AES-GCM first"},
    {"no-application-protocol", At::both, "Look at the settings of the application"},
    {"fips-mode", At::both, "Use algorithms that FIPS mode allows"},
    {"interception", At::both, "Try from the server's own network"},
    {"closed-by-peer", At::device, "Look into this end's log"},
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
    const auto* row = std::ranges::find(table, agreement.reason->id, &Advice::reason);
    fix.side = row == std::end(table) ? agreement.at_fault : side_of(row->at, agreement, client, server);
    const handshake::End* end = fix.side == handshake::Side::client ? &client : fix.side == handshake::Side::server ? &server : nullptr;
    fix.title = row == std::end(table) ? std::string(agreement.reason->title) : std::string(row->title);
    if (end != nullptr) fix.title.append(" (").append(shorten(end->label)).append(")");
    fix.text = agreement.reason->remedy;
    // HTTP.sys of Server 2022 asks for it after the handshake, which TLS 1.3 has another way for and most clients refuse.
    const bool asks_late = agreement.reason->id == "client-certificate" && server.kind == handshake::EndKind::windows && agreement.handshake.protocol == "TLS 1.3";
    if (asks_late) {
        fix.side = handshake::Side::server;
        fix.title = "Ask for the client certificate at connect, or turn TLS 1.3 off for that binding";
        fix.text = "Over TLS 1.3 a server that asks after the handshake is refused by clients that do not take that. In IIS and HTTP.sys: negotiate client certificates for the whole binding.";
    }
    return fix;
}

}  // namespace schancfg::remedy
