// Evenings that people have had: two ends that cannot talk, what is wrong, and what fixes it.
#pragma once

#include <functional>

#include "two_ends.hpp"

namespace two_ends {

struct NamedScene {
    std::string_view name;
    std::string_view reason;
    std::function<Scene()> make;
};

inline Peer tls12_only_server() {
    Peer server = scanned({{"TLS 1.2", {"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 secp256r1", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256 secp256r1",
                                        "TLS_RSA_WITH_AES_128_CBC_SHA256"}}});
    server.certificates = {certificate("RSA", 2048, "SHA256")};
    return server;
}

inline Peer tls12_only_client() {
    Peer client = caller({{"TLS 1.2", {"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256", "TLS_RSA_WITH_AES_128_CBC_SHA256",
                                       "TLS_RSA_WITH_AES_128_CBC_SHA"}}});
    client.groups = {"secp256r1"};
    return client;
}

inline Machine program(Machine machine, std::string_view application) {
    machine.options.application = handshake::find_application(application);
    REQUIRE(machine.options.application != nullptr);
    return machine;
}

inline Machine with_certificate(Machine machine, const PeerCertificate& certificate) {
    machine.options.certificates = {certificate};
    return machine;
}

inline Machine switched_off(Machine machine, std::string_view below) {
    set(machine, below, "Enabled", 0);
    return machine;
}

/// An old printer: TLS 1.0, a short DH group, and perhaps RSA key exchange as well.
inline Peer printer(int dh_bits, bool also_rsa) {
    std::string dh = "TLS_DHE_RSA_WITH_AES_128_CBC_SHA dh" + std::to_string(dh_bits);
    Peer server = also_rsa ? scanned({{"TLS 1.0", {dh, "TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_RSA_WITH_3DES_EDE_CBC_SHA"}}}) : scanned({{"TLS 1.0", {dh}}});
    server.certificates = {certificate("RSA", 2048, "SHA256")};
    return server;
}

inline Peer tls12_claimer() {
    Peer server = scanned({{"TLS 1.0", {"TLS_RSA_WITH_AES_128_CBC_SHA"}}, {"TLS 1.1", {"TLS_RSA_WITH_AES_128_CBC_SHA"}},
                           {"TLS 1.2", {"TLS_RSA_WITH_AES_128_CBC_SHA"}}});
    server.certificates = {certificate("RSA", 2048, "SHA256")};
    return server;
}

inline Machine other_cipher(std::string_view release, std::string_view off) {
    Machine made = with_certificate(machine(release), certificate("RSA", 2048, "SHA256"));
    set(made, std::string("Ciphers\\").append(off), "Enabled", 0);
    only_tls12(made);
    return made;
}

inline std::vector<NamedScene> scenes() {
    const auto tls12 = [](Machine machine) {
        only_tls12(machine);
        return machine;
    };
    return {
        {"2008 R2 calls a server with TLS 1.2 only", "no-common-protocol", [] { return connect(machine("2008-r2"), tls12_only_server()); }},
        {"2019 with an ECDSA certificate is called by a device with suites for RSA keys alone", "certificate-type",
         [] { return connect(tls12_only_client(), with_certificate(machine("2019"), certificate("ECDSA", 256, "SHA256", "secp256r1"))); }},
        {"2019 with an RSA certificate is called by a device with suites for ECDSA keys alone", "certificate-type",
         [] {
             Peer client = caller({{"TLS 1.2", {"TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"}}});
             client.groups = {"secp256r1"};
             return connect(std::move(client), with_certificate(machine("2019"), certificate("RSA", 2048, "SHA256")));
         }},
        {"2008 R2 is called by a device with TLS 1.2 only", "no-common-protocol", [] { return connect(tls12_only_client(), machine("2008-r2")); }},
        {"WinHTTP on 2008 R2 calls a server with TLS 1.2 only", "app-protocols",
         [] { return connect(program(machine("2008-r2"), "winhttp"), tls12_only_server()); }},
        {".NET 4.0 on 2008 R2 calls a server with TLS 1.2 only", "app-protocols",
         [] { return connect(program(machine("2008-r2"), "dotnet-4.0"), tls12_only_server()); }},
        {".NET 3.5 on Windows 7 calls a server with TLS 1.2 only", "app-protocols",
         [] { return connect(program(machine("7"), "dotnet-3.5"), tls12_only_server()); }},
        {".NET 4.0 on 2012 R2 calls a machine forced to TLS 1.2", "app-protocols",
         [tls12] { return connect(program(machine("2012-r2"), "dotnet-4.0"), with_certificate(tls12(machine("2019")), certificate("RSA", 2048, "SHA256"))); }},
        {"AES 256 is off on the client", "no-common-suite",
         [] {
             Peer server = scanned({{"TLS 1.2", {"TLS_RSA_WITH_AES_256_CBC_SHA256"}}});
             return connect(switched_off(machine("2019"), "Ciphers\\AES 256/256"), server);
         }},
        {"SHA is off on the server", "no-common-suite",
         [] {
             Peer client = caller({{"TLS 1.2", {"TLS_RSA_WITH_AES_128_CBC_SHA"}}});
             return connect(client, with_certificate(switched_off(machine("2016"), "Hashes\\SHA"), certificate("RSA", 2048, "SHA256")));
         }},
        {"ECDH is off on the client", "no-common-suite",
         [] {
             Peer server = scanned({{"TLS 1.2", {"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 secp384r1"}}});
             return connect(switched_off(machine("windows-10-22h2"), "KeyExchangeAlgorithms\\ECDH"), server);
         }},
        {"printer with 512-bit DH and nothing else", "dh-too-short", [] { return connect(machine("windows-10-1507"), printer(512, false)); }},
        {"printer with 512-bit DH, 2012 R2 with the updates", "dh-too-short",
         [] { return connect(machine("2012-r2", {"KB3061518", "KB3174644"}), printer(512, false)); }},
        {"printer with 512-bit DH and RSA key exchange", "dh-too-short", [] { return connect(machine("windows-10-1507"), printer(512, true)); }},
        {"printer whose DH is broken", "broken-dh",
         [] { return with_error(connect(machine("windows-10-1511"), printer(1024, true)), "SEC_E_DECRYPT_FAILURE"); }},
        {"printer that claims TLS 1.2 and breaks it", "version-intolerance",
         [] { return with_error(connect(machine("windows-10-1809"), tls12_claimer()), "Schannel 36887: fatal alert code 20"); }},
        {"SHA-512 certificate and 2012 R2 without KB2973337", "certificate-signature-hash",
         [] {
             Peer server = tls12_only_server();
             server.certificates = {certificate("RSA", 2048, "SHA512")};
             return connect(machine("2012-r2"), server);
         }},
        {"SHA-512 client certificate and 2012 R2 without KB2973337", "certificate-signature-hash",
         [] {
             Peer client = tls12_only_client();
             client.certificates = {certificate("RSA", 2048, "SHA512")};
             return connect(client, with_certificate(machine("2012-r2"), certificate("RSA", 2048, "SHA256")));
         }},
        {"device that speaks newer protocols than an old server has on", "no-common-protocol",
         [] {
             Peer client = caller({{"TLS 1.1", {"TLS_RSA_WITH_AES_128_CBC_SHA"}}, {"TLS 1.2", {"TLS_RSA_WITH_AES_128_CBC_SHA"}}});
             return connect(client, with_certificate(machine("7"), certificate("RSA", 2048, "SHA256")));
         }},
        {"device that cannot verify a SHA-256 certificate", "certificate-signature-hash",
         [] {
             Peer client = caller({{"TLS 1.0", {"TLS_RSA_WITH_AES_128_CBC_SHA"}}});
             client.signature_hashes = {"SHA1", "MD5"};
             return connect(client, with_certificate(machine("2012-r2"), certificate("RSA", 2048, "SHA256")));
         }},
        {"device that takes RSA keys of 1024 bits at most", "certificate-key-too-long",
         [] {
             Peer client = caller({{"TLS 1.0", {"TLS_RSA_WITH_AES_128_CBC_SHA"}}});
             client.rsa_max_bits = 1024;
             return connect(client, with_certificate(machine("2012-r2"), certificate("RSA", 2048, "SHA256")));
         }},
        {"512-bit RSA certificate after a change to TLS 1.2 only", "certificate-key-too-short",
         [tls12] {
             Peer server = tls12_only_server();
             server.certificates = {certificate("RSA", 512, "SHA256")};
             return with_error(connect(tls12(machine("2016")), server), "System.Security.Authentication.AuthenticationException: A call to SSPI failed");
         }},
        {"two servers with different ciphers switched off", "no-common-suite",
         [] { return connect(other_cipher("2016", "AES 256/256"), [] {
                  Machine server = other_cipher("2019", "AES 128/128");
                  set(server, "Ciphers\\Triple DES 168", "Enabled", 0);
                  return server;
              }()); }},
    };
}

}  // namespace two_ends
