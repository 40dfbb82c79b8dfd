#include "lint/todays_peers.hpp"

#include <algorithm>
#include <initializer_list>
#include <string_view>
#include <vector>

#include "schancfg/facts/cipher_suites.hpp"
#include "schancfg/handshake/agreement.hpp"

namespace schancfg::lint {
namespace {

using effect::Answer;
using facts::Role;
using handshake::End;
using schannel::Peer;
using schannel::PeerCertificate;
using Names = std::initializer_list<std::string_view>;

// Chrome and Firefox offer these together: chromium/chromium net/socket/ssl_client_socket_impl.cc with google/boringssl ssl/ssl_cipher.cc;
// Firefox 132 as captured in mar1xlatino/utls profiles/Firefox132Windows11.go. Go's servers and OpenSSL's default list take them as well
// (golang/go crypto/tls/defaults.go; openssl/openssl doc/man1/openssl-ciphers.pod).
constexpr std::string_view tls13_suites[]{"TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"};
constexpr std::string_view tls12_suites[]{
    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",    "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",   "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
    "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",      "TLS_RSA_WITH_AES_128_GCM_SHA256",         "TLS_RSA_WITH_AES_256_GCM_SHA384",
    "TLS_RSA_WITH_AES_128_CBC_SHA",            "TLS_RSA_WITH_AES_256_CBC_SHA"};
// Of servers alone: Mozilla's intermediate 5.7 (mozilla/ssl-config-generator src/static/guidelines/5.7.json), OpenSSL's defaults, and Java's, which have DHE with
// CBC as well (openjdk/jdk src/java.base/share/classes/sun/security/ssl/CipherSuite.java).
constexpr std::string_view server_suites[]{"TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",     "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384",
                                           "TLS_DHE_RSA_WITH_AES_128_CBC_SHA256",     "TLS_DHE_RSA_WITH_AES_256_CBC_SHA256",
                                           "TLS_DHE_RSA_WITH_AES_128_CBC_SHA",        "TLS_DHE_RSA_WITH_AES_256_CBC_SHA",
                                           "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
                                           "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",   "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
                                           "TLS_RSA_WITH_AES_128_CBC_SHA256",         "TLS_RSA_WITH_AES_256_CBC_SHA256"};

const PeerCertificate rsa{.key_type = "RSA", .key_bits = 2048, .curve = {}, .signature_hash = "SHA256", .signature_key = "RSA", .subject = {}};
const PeerCertificate ecdsa{
    .key_type = "ECDSA", .key_bits = 256, .curve = "secp256r1", .signature_hash = "SHA256", .signature_key = "ECDSA", .subject = {}};
// As services with higher demands have them.
const PeerCertificate long_rsa{.key_type = "RSA", .key_bits = 4096, .curve = {}, .signature_hash = "SHA384", .signature_key = "RSA", .subject = {}};
const PeerCertificate long_ecdsa{
    .key_type = "ECDSA", .key_bits = 384, .curve = "secp384r1", .signature_hash = "SHA384", .signature_key = "ECDSA", .subject = {}};

void add(Peer& peer, std::string_view protocol, std::span<const std::string_view> names) {
    for (const std::string_view name : names) {
        const facts::CipherSuite* suite = facts::find_cipher_suite(name);
        peer.suites.push_back({.protocol = std::string(protocol), .id = suite == nullptr ? 0 : suite->id, .name = std::string(name), .group = {}, .dh_bits = 0});
    }
}

Peer today(Role role) {
    Peer peer = schannel::unknown_peer(role);
    for (schannel::PeerProtocol& protocol : peer.protocols) {
        const bool offered = protocol.name == "TLS 1.2" || protocol.name == "TLS 1.3";
        protocol.offered = offered ? Answer::yes : Answer::no;
        protocol.suites_complete = true;
        protocol.preference = role == Role::server ? schannel::Preference::server : schannel::Preference::unknown;
    }
    add(peer, "TLS 1.2", tls12_suites);
    if (role == Role::server) add(peer, "TLS 1.2", server_suites);
    add(peer, "TLS 1.3", tls13_suites);
    peer.groups = {"X25519MLKEM768", "x25519", "secp256r1", "secp384r1", "secp521r1"};
    peer.groups_complete = true;
    peer.signature_hashes = {"SHA256", "SHA384", "SHA512", "SHA1"};
    peer.signature_hashes_complete = true;
    peer.secure_renegotiation = peer.extended_master_secret = Answer::yes;
    if (role == Role::server) peer.dh_min_bits = peer.dh_max_bits = 2048;
    peer.not_tested.clear();
    return peer;
}

std::vector<End> servers() {
    std::vector<End> all;
    for (const PeerCertificate* certificate : {&rsa, &ecdsa, &long_rsa, &long_ecdsa}) {
        Peer peer = today(Role::server);
        peer.certificates = {*certificate};
        all.push_back(handshake::make_end(peer));
    }
    return all;
}

}  // namespace

std::span<const End> todays_peers(Role role) {
    static const std::vector<End> browsers{handshake::make_end(today(Role::client))};
    static const std::vector<End> of_the_web = servers();
    return role == Role::server ? browsers : of_the_web;
}

Answer reaches_todays_peers(const effect::Effect& effect, Role role) {
    Answer best = Answer::no;
    // A server answers with one certificate at a time.
    std::vector<End> machine;
    if (role == Role::client) machine.push_back(handshake::make_end(effect, role, {}));
    if (role == Role::server) {
        for (const PeerCertificate* certificate : {&rsa, &ecdsa}) {
            handshake::EndOptions options;
            options.certificates = {*certificate};
            machine.push_back(handshake::make_end(effect, role, options));
        }
    }
    for (const End& own : machine) {
        for (const End& peer : todays_peers(role)) {
            const handshake::Verdict verdict =
                (role == Role::server ? handshake::agree_briefly(peer, own) : handshake::agree_briefly(own, peer)).verdict;
            if (verdict == handshake::Verdict::agree) return Answer::yes;
            if (verdict == handshake::Verdict::unknown) best = Answer::unknown;
        }
    }
    return best;
}

}  // namespace schancfg::lint
