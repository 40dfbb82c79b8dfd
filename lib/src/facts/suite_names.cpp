#include "schancfg/facts/suite_names.hpp"

#include <charconv>

#include "schancfg/utf.hpp"

namespace schancfg::facts {
namespace {

constexpr std::string_view with = "_WITH_";

struct Replacement {
    std::string_view from, to;
};

// OpenSSL: ciphers(1), "CIPHER SUITE NAMES". RSA key exchange is left unsaid.
constexpr Replacement openssl_exchanges[] = {{"RSA", ""},
                                             {"DHE_RSA", "DHE-RSA"},
                                             {"DHE_DSS", "DHE-DSS"},
                                             {"ECDHE_RSA", "ECDHE-RSA"},
                                             {"ECDHE_ECDSA", "ECDHE-ECDSA"},
                                             {"ECDHE_PSK", "ECDHE-PSK"},
                                             {"ECDH_RSA", "ECDH-RSA"},
                                             {"ECDH_ECDSA", "ECDH-ECDSA"},
                                             {"PSK", "PSK"},
                                             {"RSA_EXPORT", "EXP"},
                                             {"RSA_EXPORT1024", "EXP1024"},
                                             {"DHE_DSS_EXPORT1024", "EXP1024-DHE-DSS"}};
constexpr Replacement openssl_ciphers[] = {{"AES_128_CBC", "AES128"},
                                           {"AES_256_CBC", "AES256"},
                                           {"AES_128_GCM", "AES128-GCM"},
                                           {"AES_256_GCM", "AES256-GCM"},
                                           {"AES_128_CCM", "AES128-CCM"},
                                           {"AES_256_CCM", "AES256-CCM"},
                                           {"CAMELLIA_128_CBC", "CAMELLIA128"},
                                           {"CAMELLIA_256_CBC", "CAMELLIA256"},
                                           {"CHACHA20_POLY1305", "CHACHA20-POLY1305"},
                                           {"3DES_EDE_CBC", "DES-CBC3"},
                                           {"DES_CBC", "DES-CBC"},
                                           {"RC4_128", "RC4"},
                                           {"RC4_56", "RC4"},
                                           {"RC4_40", "RC4"},
                                           {"RC2_CBC_40", "RC2-CBC"},
                                           {"NULL", "NULL"}};

struct Parts {
    std::string_view exchange, cipher, hash;  ///< `hash` is empty where the name ends with the mode (CCM)
};

/// Of an IANA name up to TLS 1.2.
std::optional<Parts> parts_of(std::string_view iana) {
    const std::size_t at = iana.find(with);
    if (!iana.starts_with("TLS_") || at == std::string_view::npos) return std::nullopt;
    Parts parts{iana.substr(4, at - 4), iana.substr(at + with.size()), {}};
    const std::size_t last = parts.cipher.rfind('_');
    if (last != std::string_view::npos) {
        const std::string_view end = parts.cipher.substr(last + 1);
        if (end.starts_with("SHA") || end == "MD5") {
            parts.hash = end;
            parts.cipher = parts.cipher.substr(0, last);
        }
    }
    return parts;
}

template <std::size_t N>
const Replacement* find(const Replacement (&table)[N], std::string_view from) {
    for (const Replacement& each : table) {
        if (each.from == from) return &each;
    }
    return nullptr;
}

bool is_tls13(const CipherSuite& suite) { return suite.min_protocol == "TLS 1.3"; }

bool equal(std::string_view a, std::string_view b) { return a.size() == b.size() && utf::equal_no_case(a, b); }

std::optional<std::uint32_t> hex_of(std::string_view word) {
    if (word.size() < 3 || word[0] != '0' || (word[1] != 'x' && word[1] != 'X')) return std::nullopt;
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(word.data() + 2, word.data() + word.size(), number, 16);
    if (error != std::errc{} || end != word.data() + word.size()) return std::nullopt;
    return number;
}

}  // namespace

std::string_view iana_name(const CipherSuite& suite) {
    if (!suite.alias_of.empty()) return suite.alias_of;
    for (const std::string_view suffix : {"_P256", "_P384", "_P521"}) {
        if (suite.name.ends_with(suffix)) return suite.name.substr(0, suite.name.size() - suffix.size());
    }
    return suite.name;
}

std::string openssl_name(const CipherSuite& suite) {
    const std::string_view iana = iana_name(suite);
    if (is_tls13(suite)) return std::string(iana);
    const auto parts = parts_of(iana);
    if (!parts) return {};
    const Replacement* exchange = find(openssl_exchanges, parts->exchange);
    const Replacement* cipher = find(openssl_ciphers, parts->cipher);
    if (exchange == nullptr || cipher == nullptr) return {};
    std::string name(exchange->to);
    const auto add = [&](std::string_view part) { name.append(name.empty() ? "" : "-").append(part); };
    add(cipher->to);
    // Of the suites with pre-shared keys those with CBC say so; nothing else does.
    if (parts->exchange == "PSK" && parts->cipher.ends_with("_CBC")) add("CBC");
    if (!parts->hash.empty() && parts->cipher != "CHACHA20_POLY1305") add(parts->hash);
    return name;
}

std::string gnutls_name(const CipherSuite& suite) {
    const std::string_view iana = iana_name(suite);
    if (is_tls13(suite)) return std::string(iana);
    const auto parts = parts_of(iana);
    // GnuTLS: lib/algorithms/ciphersuites.c. It has no single DES, no export keys, no RC2 and no static ECDH.
    if (!parts || parts->exchange.find("EXPORT") != std::string_view::npos || parts->exchange.starts_with("ECDH_")) return {};
    if (parts->cipher == "DES_CBC" || parts->cipher.starts_with("RC2")) return {};
    std::string name = "TLS_" + std::string(parts->exchange) + "_";
    name += parts->cipher == "RC4_128" ? std::string_view("ARCFOUR_128") : parts->cipher;
    if (parts->cipher == "CHACHA20_POLY1305" || parts->hash.empty()) return name;
    return name.append("_").append(parts->hash == "SHA" ? "SHA1" : parts->hash);
}

std::optional<std::uint32_t> parse_suite_id(std::string_view word) {
    const std::size_t comma = word.find(',');
    if (comma == std::string_view::npos) {
        // Four digits, so that no other number is taken for a suite; six for SSL 2.0.
        return word.size() == 6 || word.size() == 8 ? hex_of(word) : std::nullopt;
    }
    const auto high = hex_of(word.substr(0, comma));
    const auto low = hex_of(word.substr(comma + 1));
    if (!high || !low || *high > 0xFF || *low > 0xFF) return std::nullopt;
    return *high << 8 | *low;
}

std::vector<const CipherSuite*> find_suites(std::string_view word) {
    if (word.empty()) return {};  // some suites have no name elsewhere
    const CipherSuite* exact = find_cipher_suite(word);
    if (exact != nullptr && !exact->curve_suffix.empty()) return {exact};
    std::string modern(word);
    if (const std::size_t old = modern.find("EDH-"); old == 0 || (old != std::string::npos && modern[old - 1] == '-')) {
        modern.replace(old, 4, "DHE-");
    }
    const auto id = parse_suite_id(word);
    std::vector<const CipherSuite*> found;
    for (const CipherSuite& suite : cipher_suites()) {
        const bool same = &suite == exact || (id && suite.id == *id && suite.id != 0) || equal(iana_name(suite), word) ||
                          equal(openssl_name(suite), modern) || equal(gnutls_name(suite), word);
        if (same) found.push_back(&suite);
    }
    return found;
}

}  // namespace schancfg::facts
