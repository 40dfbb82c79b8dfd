#include <algorithm>

#include "handshake/causes.hpp"
#include "schancfg/ascii.hpp"
#include "schancfg/text.hpp"

namespace schancfg::handshake {
namespace {

constexpr std::size_t longest_host = 253;

/// A host that can stand in a command as it is; anything else is left for the reader to fill in.
std::string host_of(const End& end) {
    const std::string& host = end.peer.host;
    const bool plain = !host.empty() && host.size() <= longest_host && host.front() != '-' && std::ranges::all_of(host, [](char c) {
        return ascii::is_alphanumeric(c) || c == '.' || c == '-' || c == ':' || c == '_';
    });
    return plain ? host : "HOST";
}

std::string port_of(const End& end) { return end.peer.port ? std::to_string(*end.peer.port) : "PORT"; }

enum class Command : std::uint8_t { none, nmap_suites, nmap_certificate, nmap_dh, s_client, fixed };
enum class About : std::uint8_t { client, server, both, windows };  ///< windows: the end that is, the client before the server

struct Row {
    ReasonId cause;
    About about;
    std::string_view text;      ///< `{}` stands for the end's name
    Command kind;
    std::string_view command;   ///< with fixed: as it is; with s_client: what follows the address
};

// The commands are those of the manuals of nmap 7.9, openssl-s_client(1ssl), certutil and PowerShell.
constexpr Row rows[] = {
    {ReasonId::no_connection, About::server, "does the port of {} answer from the client's network?", Command::fixed, "powershell Test-NetConnection HOST -Port PORT"},
    {ReasonId::no_answer, About::server, "does {} answer a ClientHello at that port, from the client's network?", Command::s_client, {}},
    {ReasonId::not_tls, About::server, "what does {} answer at that port?", Command::s_client, {}},
    {ReasonId::private_key, About::windows, "does the program on {} use a certificate, and may its account read the private key?", Command::fixed, "certutil -v -store My"},
    {ReasonId::access_denied, About::server, "which clients does {} let in?", Command::none, {}},
    {ReasonId::no_protocol_left, About::client, "which program is it on {}, and which protocols does it ask for? .NET before 4.7 and WinHTTP choose for themselves",
     Command::fixed, R"(reg query "HKLM\SOFTWARE\Microsoft\.NETFramework\v4.0.30319")"},
    {ReasonId::app_protocols, About::client, "which program is it on {}, and which protocols does it ask for? .NET before 4.7 and WinHTTP choose for themselves",
     Command::fixed, R"(reg query "HKLM\SOFTWARE\Microsoft\.NETFramework\v4.0.30319")"},
    {ReasonId::no_common_protocol, About::server, "which protocols does {} take?", Command::nmap_suites, {}},
    {ReasonId::early_tls13, About::windows, "is the TLS 1.3 key of {} set on purpose, and do connections succeed without it?", Command::fixed,
     R"(reg query "HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols\TLS 1.3" /s)"},
    {ReasonId::version_hole, About::server, "which protocols does {} take?", Command::nmap_suites, {}},
    {ReasonId::no_common_suite, About::windows, "which cipher suites are in effect on {}?", Command::fixed, "powershell Get-TlsCipherSuite"},
    {ReasonId::certificate_type, About::server, "has the certificate of {} an RSA or an ECDSA key?", Command::nmap_certificate, {}},
    {ReasonId::no_common_curve, About::windows, "which curves are in effect on {}?", Command::fixed, "powershell Get-TlsEccCurve"},
    {ReasonId::dh_too_short, About::server, "how long is the Diffie-Hellman group of {}?", Command::nmap_dh, {}},
    {ReasonId::dh_too_long, About::server, "how long is the Diffie-Hellman group of {}?", Command::nmap_dh, {}},
    {ReasonId::certificate_key_too_short, About::server, "how long is the key of the certificate of {}?", Command::nmap_certificate, {}},
    {ReasonId::certificate_key_too_long, About::server, "how long is the key of the certificate of {}?", Command::nmap_certificate, {}},
    {ReasonId::certificate_signature_hash, About::server, "which hash is the certificate of {} signed with?", Command::nmap_certificate, {}},
    {ReasonId::certificate_rejected, About::server, "which key, hash and purpose has the certificate of {}?", Command::nmap_certificate, {}},
    {ReasonId::no_common_signature, About::server, "which signature does {} make?", Command::s_client, {}},
    {ReasonId::certificate_not_trusted, About::server, "does the chain that {} sends end in a root that the client has?", Command::s_client, " -showcerts"},
    {ReasonId::certificate_not_valid, About::server, "from when to when is the certificate of {} valid, and are both clocks right?", Command::nmap_certificate, {}},
    {ReasonId::certificate_revoked, About::server, "is the certificate of {} revoked?", Command::fixed, "certutil -verify -urlfetch CERTIFICATE"},
    {ReasonId::revocation_not_checked, About::client, "do the revocation addresses in the certificate answer on {}?", Command::fixed, "certutil -verify -urlfetch CERTIFICATE"},
    {ReasonId::certificate_name, About::server, "which names has the certificate of {}, and which one did the client ask for?", Command::nmap_certificate, {}},
    {ReasonId::legacy_key_provider, About::client, "has the client certificate on {} a key in a provider of the old CryptoAPI? The line Provider says it", Command::fixed,
     "certutil -v -store My"},
    {ReasonId::client_certificate, About::server, "which issuers of client certificates does {} name?", Command::s_client, {}},
    {ReasonId::strict_renegotiation, About::server, "has {} secure renegotiation? openssl says whether it is supported", Command::s_client, " -tls1_2"},
    {ReasonId::extended_master_secret, About::server, "has {} the extended master secret? openssl says so", Command::s_client, " -tls1_2"},
    {ReasonId::version_intolerance, About::server, "does {} complete a handshake with an older protocol?", Command::s_client, " -tls1_1"},
    {ReasonId::broken_dh, About::server, "does {} complete a handshake without TLS_DHE?", Command::s_client, " -tls1_2 -cipher ALL:-DHE"},
    {ReasonId::dhe_leading_zero, About::windows, "is KB4537806 or KB4540670, or a later update, installed on {}?", Command::fixed, "powershell Get-HotFix"},
    {ReasonId::october_2022_update, About::windows, "which update of October 2022 or later is the newest on {}?", Command::fixed, "powershell Get-HotFix"},
    {ReasonId::ticket_lifetime, About::server, "what is ServerCacheTime on {}?", Command::fixed,
     R"(reg query HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL /v ServerCacheTime)"},
    {ReasonId::credssp_update, About::both, "which updates have both ends?", Command::fixed, "powershell Get-HotFix"},
    {ReasonId::logon_refused, About::both, "can the account log on there by another way, and is a domain controller reached?", Command::fixed, "nltest /dsgetdc:DOMAIN"},
    {ReasonId::fips_mode, About::windows, "is FIPS mode on at {}?", Command::fixed, R"(reg query HKLM\SYSTEM\CurrentControlSet\Control\Lsa\FIPSAlgorithmPolicy)"},
    {ReasonId::interception, About::both, "does the same certificate arrive from the server's own network, where nothing stands between the two?", Command::s_client, {}},
    {ReasonId::closed_by_peer, About::both, "what do the logs of both ends say at the time of the failure?", Command::none, {}},
    {ReasonId::no_application_protocol, About::server, "which application protocols (ALPN) does {} take?", Command::s_client, " -alpn h2,http/1.1"},
    {ReasonId::http2_suite_order, About::windows, "which cipher suites are in effect on {}, and in which order?", Command::fixed, "powershell Get-TlsCipherSuite"},
};

static_assert(std::size(rows) == reason_ids.size());  // each cause has its question

Side side_of(About about, const End& client, const End& server) {
    switch (about) {
        case About::client: return Side::client;
        case About::server: return Side::server;
        case About::both: return Side::both;
        case About::windows: break;
    }
    return client.kind != EndKind::windows && server.kind == EndKind::windows ? Side::server : Side::client;
}

std::string command_of(const Row& row, const End& server) {
    switch (row.kind) {
        case Command::none: return {};
        case Command::nmap_suites: return nmap_command(server, "ssl-enum-ciphers");
        case Command::nmap_certificate: return nmap_command(server, "ssl-cert");
        case Command::nmap_dh: return nmap_command(server, "ssl-dh-params,ssl-enum-ciphers");
        case Command::s_client: return "openssl s_client -connect " + address_in_command(server) + std::string(row.command);
        case Command::fixed: break;
    }
    return std::string(row.command);
}

}  // namespace

std::string nmap_command(const End& server, std::string_view scripts) {
    const std::string host = host_of(server);
    const std::string six = host.find(':') == std::string::npos ? "" : "-6 ";
    return "nmap " + six + "-Pn -p " + port_of(server) + " --script " + std::string(scripts) + " -oX scan.xml " + host;
}

std::string address_in_command(const End& server) {
    const std::string host = host_of(server);
    return (host.find(':') == std::string::npos ? host : "[" + host + "]") + ":" + port_of(server);
}

Question question_of_cause(const Reason& reason, const End& client, const End& server) {
    const auto* row = std::ranges::find(rows, reason.code, &Row::cause);
    Question question;
    question.side = side_of(row->about, client, server);
    if (reason.code == ReasonId::early_tls13) question.side = server.early_tls13 ? Side::server : Side::client;
    const std::string name = shorten((question.side == Side::server ? server : client).label);
    question.text = row->text;
    if (const std::size_t at = question.text.find("{}"); at != std::string::npos) question.text.replace(at, 2, name);
    question.command = command_of(*row, server);
    // A command of Windows says nothing at an end that is not Windows.
    const bool at_windows = row->kind != Command::fixed || (question.side == Side::server ? server : client).kind == EndKind::windows || question.side == Side::both;
    if (!at_windows) question.command.clear();
    return question;
}

}  // namespace schancfg::handshake
