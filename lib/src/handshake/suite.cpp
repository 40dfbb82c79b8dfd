#include "handshake/suite.hpp"

#include <algorithm>
#include <initializer_list>
#include <vector>

#include "schancfg/facts/iana_suites.hpp"

namespace schancfg::handshake {
namespace {

struct Cipher {
    std::string_view in_name;
    int bits;
};
// Longer names before those that they contain. RC4 and DES are worth less than their keys are long (RFC 7465, RFC 5469).
constexpr Cipher ciphers[] = {{"3DES", 112},         {"DES192", 112},      {"DES40", 40},        {"DES_64", 56},        {"DES_CBC", 56},
                              {"RC4_128_EXPORT", 40}, {"RC4_40", 40},       {"RC4_56", 56},       {"RC4_64", 56},        {"RC4", 64},
                              {"RC2_128_CBC_EXP", 40}, {"RC2_CBC_40", 40},  {"RC2", 64},          {"AES_256", 256},      {"AES_128", 128},
                              {"CHACHA20", 256},      {"CAMELLIA_256", 256}, {"CAMELLIA_128", 128}, {"ARIA_256", 256},    {"ARIA_128", 128},
                              {"SM4", 128},           {"GOST", 256},        {"KUZNYECHIK", 256},  {"MAGMA", 256},        {"SEED", 128},
                              {"IDEA", 128}};

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

bool contains_any(std::string_view text, std::initializer_list<std::string_view> parts) {
    return std::ranges::any_of(parts, [text](std::string_view part) { return contains(text, part); });
}

Exchange exchange_of(std::string_view name) {
    if (name.starts_with("TLS_ECDHE_")) return Exchange::ecdhe;
    if (name.starts_with("TLS_DHE_")) return Exchange::dhe;
    if (name.starts_with("TLS_RSA_PSK")) return Exchange::other;
    constexpr std::string_view rsa[] = {"TLS_RSA_", "SSL_RSA_", "SSL_CK_", "SSL2_"};
    return std::ranges::any_of(rsa, [name](std::string_view lead) { return name.starts_with(lead); }) ? Exchange::rsa : Exchange::other;
}

Authentication authentication_of(std::string_view name) {
    if (contains_any(name, {"_anon_", "PSK"})) return Authentication::none;
    if (contains(name, "ECDSA")) return Authentication::ecdsa;
    if (contains(name, "_DSS_")) return Authentication::dss;
    return contains(name, "RSA_") || exchange_of(name) == Exchange::rsa ? Authentication::rsa : Authentication::any;
}

SuiteTraits read_traits(std::uint32_t id, std::string_view name) {
    SuiteTraits traits;
    for (const Cipher& cipher : ciphers) {
        if (contains(name, cipher.in_name)) {
            traits.bits = cipher.bits;
            break;
        }
    }
    traits.aead = contains_any(name, {"GCM", "CCM", "POLY1305"});
    if ((id >> 8U) == 0x13) {  // RFC 8446, B.4
        traits.exchange = Exchange::tls13;
        traits.forward_secrecy = true;
        traits.oldest = traits.newest = tls13;
        return traits;
    }
    traits.exchange = exchange_of(name);
    traits.authentication = authentication_of(name);
    traits.forward_secrecy = traits.exchange == Exchange::ecdhe || traits.exchange == Exchange::dhe;
    if ((id >> 16U) != 0) {  // SSL 2.0 kinds
        traits.oldest = traits.newest = 0;
        return traits;
    }
    // RFC 5246 and 5288: AEAD and MACs other than MD5 and SHA-1 came with TLS 1.2; RFC 8422: curves with TLS 1.0.
    const bool new_mac = name.ends_with("_SHA256") || name.ends_with("_SHA384");
    traits.oldest = traits.aead || new_mac ? tls12 : traits.exchange == Exchange::ecdhe ? 2 : 1;
    traits.newest = tls12;
    return traits;
}

std::vector<SuiteTraits> read_all() {
    std::vector<SuiteTraits> all;
    for (const facts::IanaSuite& suite : facts::iana_suites()) all.push_back(read_traits(suite.id, suite.name));
    return all;
}

}  // namespace

std::size_t version_index(std::string_view protocol) {
    return static_cast<std::size_t>(std::ranges::find(tls_versions, protocol) - tls_versions.begin());
}

SuiteTraits traits_of(std::uint32_t id, std::string_view name) {
    // The same few are asked for again with every peer.
    static const std::vector<SuiteTraits> known = read_all();
    const facts::IanaSuite* suite = facts::find_iana_suite(id);
    if (suite == nullptr || suite->name != name) return read_traits(id, name);
    return known[static_cast<std::size_t>(suite - facts::iana_suites().data())];
}

}  // namespace schancfg::handshake
