#include <algorithm>

#include "handshake/causes.hpp"
#include "schancfg/text.hpp"

namespace schancfg::handshake {
namespace {

constexpr std::size_t longest_host = 253;

/// A host that can stand in a command as it is; anything else is left for the reader to fill in.
std::string host_of(const End& end) {
    const std::string& host = end.peer.host;
    const bool plain = !host.empty() && host.size() <= longest_host && host.front() != '-' && std::ranges::all_of(host, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == ':' || c == '_';
    });
    return plain ? host : "HOST";
}

std::string port_of(const End& end) { return end.peer.port ? std::to_string(*end.peer.port) : "PORT"; }

enum class Command : std::uint8_t { none, nmap_suites, nmap_certificate, nmap_dh, s_client, fixed };
enum class About : std::uint8_t { client, server, both, windows };  ///< windows: the end that is, the client before the server

struct Row {
    std::string_view cause;
    About about;
    std::string_view text;      ///< `{}` stands for the end's name
    Command kind;
    std::string_view command;   ///< with fixed: as it is; with s_client: what follows the address
};

// The commands are those of the manuals of nmap 7.9, openssl-s_client(1ssl), certutil and PowerShell.
constexpr Row rows[] = {
    {"no-connection", About::server, "does the port of {} answer from the client's network?", Command::fixed, "powershell Test-NetConnection HOST -Port PORT"},
    {"no-answer", About::server, "does {} answer a ClientHello at that port, from the client's network?", Command::s_client, {}},
    {"not-tls", About::server, "what does {} answer at that port?", Command::s_client, {}},
    {"private-key", About::windows, "does the program on {} use a certificate, and may its account read the private key?", Command::fixed, "certutil -v -store My"},
    {"access-denied", About::server, "which clients does {} let in?", Command::none, {}},
    {"no-protocol-left", About::client, "which program is it on {}, and which protocols does it ask for? .NET before 4.7 and WinHTTP choose for themselves",
     Command::fixed, R"(reg query "HKLM\SOFTWARE\Microsoft\.NETFramework\v4.0.30319")"},
    {"app-protocols", About::client, "which program is it on {}, and which protocols does it ask for? .NET before 4.7 and WinHTTP choose for themselves",
     Command::fixed, R"(reg query "HKLM\SOFTWARE\Microsoft\.NETFramework\v4.0.30319")"},
    {"no-common-protocol", About::server, "which protocols does {} take?", Command::nmap_suites, {}},
    {"early-tls13", About::windows, "is the TLS 1.3 key of {} set on purpose, and do connections succeed without it?", Command::fixed,
     R"(reg query "HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols\TLS 1.3" /s)"},
    {"version-hole", About::server, "which protocols does {} take?", Command::nmap_suites, {}},
    {"no-common-suite", About::windows, "which cipher suites are in effect on {}?", Command::fixed, "powershell Get-TlsCipherSuite"},
    {"certificate-type", About::server, "has the certificate of {} an RSA or an ECDSA key?", Command::nmap_certificate, {}},
    {"no-common-curve", About::windows, "which curves are in effect on {}?", Command::fixed, "powershell Get-TlsEccCurve"},
    {"dh-too-short", About::server, "how long is the Diffie-Hellman group of {}?", Command::nmap_dh, {}},
    {"dh-too-long", About::server, "how long is the Diffie-Hellman group of {}?", Command::nmap_dh, {}},
    {"certificate-key-too-short", About::server, "how long is the key of the certificate of {}?", Command::nmap_certificate, {}},
    {"certificate-key-too-long", About::server, "how long is the key of the certificate of {}?", Command::nmap_certificate, {}},
    {"certificate-signature-hash", About::server, "which hash is the certificate of {} signed with?", Command::nmap_certificate, {}},
    {"certificate-rejected", About::server, "which key, hash and purpose has the certificate of {}?", Command::nmap_certificate, {}},
    {"no-common-signature", About::server, "which signature does {} make?", Command::s_client, {}},
    {"certificate-not-trusted", About::server, "does the chain that {} sends end in a root that the client has?", Command::s_client, " -showcerts"},
    {"certificate-not-valid", About::server, "from when to when is the certificate of {} valid, and are both clocks right?", Command::nmap_certificate, {}},
    {"certificate-revoked", About::server, "is the certificate of {} revoked?", Command::fixed, "certutil -verify -urlfetch CERTIFICATE"},
    {"revocation-not-checked", About::client, "do the revocation addresses in the certificate answer on {}?", Command::fixed, "certutil -verify -urlfetch CERTIFICATE"},
    {"certificate-name", About::server, "which names has the certificate of {}, and which one did the client ask for?", Command::nmap_certificate, {}},
    {"legacy-key-provider", About::client, "has the client certificate on {} a key in a provider of the old CryptoAPI? The line Provider says it", Command::fixed,
     "certutil -v -store My"},
    {"client-certificate", About::server, "which issuers of client certificates does {} name?", Command::s_client, {}},
    {"strict-renegotiation", About::server, "has {} secure renegotiation? openssl says whether it is supported", Command::s_client, " -tls1_2"},
    {"extended-master-secret", About::server, "has {} the extended master secret? openssl says so", Command::s_client, " -tls1_2"},
    {"version-intolerance", About::server, "does {} complete a handshake with an older protocol?", Command::s_client, " -tls1_1"},
    {"broken-dh", About::server, "does {} complete a handshake without TLS_DHE?", Command::s_client, " -tls1_2 -cipher ALL:-DHE"},
    {"dhe-leading-zero", About::windows, "is KB4537806 or KB4540670, or a later update, installed on {}?", Command::fixed, "powershell Get-HotFix"},
    {"october-2022-update", About::windows, "which update of October 2022 or later is the newest on {}?", Command::fixed, "powershell Get-HotFix"},
    {"ticket-lifetime", About::server, "what is ServerCacheTime on {}?", Command::fixed,
     R"(reg query HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL /v ServerCacheTime)"},
    {"credssp-update", About::both, "which updates have both ends?", Command::fixed, "powershell Get-HotFix"},
    {"fips-mode", About::windows, "is FIPS mode on at {}?", Command::fixed, R"(reg query HKLM\SYSTEM\CurrentControlSet\Control\Lsa\FIPSAlgorithmPolicy)"},
    {"interception", About::both, "does the same certificate arrive from the server's own network, where nothing stands between the two?", Command::s_client, {}},
    {"closed-by-peer", About::both, "what do the logs of both ends say at the time of the failure?", Command::none, {}},
    {"no-application-protocol", About::server, "which application protocols (ALPN) does {} take?", Command::s_client, " -alpn h2,http/1.1"},
    {"http2-suite-order", About::windows, "which cipher suites are in effect on {}, and in which order?", Command::fixed, "powershell Get-TlsCipherSuite"},
};

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

std::optional<Question> question_of_cause(const Reason& reason, const End& client, const End& server) {
    const auto* row = std::ranges::find(rows, reason.id, &Row::cause);
    if (row == std::end(rows)) return std::nullopt;
    Question question;
    question.side = side_of(row->about, client, server);
    if (reason.id == "early-tls13") question.side = server.early_tls13 ? Side::server : Side::client;
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
