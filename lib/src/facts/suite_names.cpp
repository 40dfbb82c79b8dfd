#include "schancfg/facts/suite_names.hpp"

#include <charconv>

#include "name_index.hpp"
#include "schancfg/ascii.hpp"
#include "schancfg/facts/groups.hpp"
#include "schancfg/facts/iana_suites.hpp"
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
                                             {"DH_RSA", "DH-RSA"},
                                             {"DH_DSS", "DH-DSS"},
                                             {"DH_anon", "ADH"},
                                             {"ECDHE_RSA", "ECDHE-RSA"},
                                             {"ECDHE_ECDSA", "ECDHE-ECDSA"},
                                             {"ECDHE_PSK", "ECDHE-PSK"},
                                             {"ECDH_RSA", "ECDH-RSA"},
                                             {"ECDH_ECDSA", "ECDH-ECDSA"},
                                             {"ECDH_anon", "AECDH"},
                                             {"PSK", "PSK"},
                                             {"DHE_PSK", "DHE-PSK"},
                                             {"PSK_DHE", "DHE-PSK"},
                                             {"RSA_PSK", "RSA-PSK"},
                                             {"SRP_SHA", "SRP"},
                                             {"SRP_SHA_RSA", "SRP-RSA"},
                                             {"SRP_SHA_DSS", "SRP-DSS"},
                                             {"KRB5", "KRB5"},
                                             {"KRB5_EXPORT", "EXP-KRB5"},
                                             {"RSA_EXPORT", "EXP"},
                                             {"DHE_RSA_EXPORT", "EXP-DHE-RSA"},
                                             {"DHE_DSS_EXPORT", "EXP-DHE-DSS"},
                                             {"DH_RSA_EXPORT", "EXP-DH-RSA"},
                                             {"DH_DSS_EXPORT", "EXP-DH-DSS"},
                                             {"DH_anon_EXPORT", "EXP-ADH"},
                                             {"RSA_EXPORT1024", "EXP1024"},
                                             {"DHE_DSS_EXPORT1024", "EXP1024-DHE-DSS"}};
constexpr Replacement openssl_ciphers[] = {{"AES_128_CBC", "AES128"},
                                           {"AES_256_CBC", "AES256"},
                                           {"AES_128_GCM", "AES128-GCM"},
                                           {"AES_256_GCM", "AES256-GCM"},
                                           {"AES_128_CCM", "AES128-CCM"},
                                           {"AES_256_CCM", "AES256-CCM"},
                                           {"AES_128_CCM_8", "AES128-CCM8"},
                                           {"AES_256_CCM_8", "AES256-CCM8"},
                                           {"ARIA_128_GCM", "ARIA128-GCM"},
                                           {"ARIA_256_GCM", "ARIA256-GCM"},
                                           {"CAMELLIA_128_CBC", "CAMELLIA128"},
                                           {"CAMELLIA_256_CBC", "CAMELLIA256"},
                                           {"CHACHA20_POLY1305", "CHACHA20-POLY1305"},
                                           {"3DES_EDE_CBC", "DES-CBC3"},
                                           {"DES_CBC", "DES-CBC"},
                                           {"DES40_CBC", "DES-CBC"},
                                           {"DES_CBC_40", "DES-CBC"},
                                           {"IDEA_CBC", "IDEA-CBC"},
                                           {"SEED_CBC", "SEED"},
                                           {"RC4_128", "RC4"},
                                           {"RC4_56", "RC4"},
                                           {"RC4_40", "RC4"},
                                           {"RC2_CBC_40", "RC2-CBC"},
                                           {"RC2_CBC_56", "RC2-CBC"},
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

bool is_tls13(std::string_view iana) { return iana.find(with) == std::string_view::npos && iana.starts_with("TLS_"); }

bool has_preshared_key(std::string_view exchange) { return exchange.find("PSK") != std::string_view::npos; }

// The names of the suites with ARIA leave out that RSA signs, where it signs an elliptic curve; SRP and pre-shared keys have older ones.
std::string openssl_cipher(const Parts& parts, std::string_view usual) {
    if (parts.exchange.starts_with("SRP")) {
        if (parts.cipher == "AES_128_CBC") return "AES-128-CBC";
        if (parts.cipher == "AES_256_CBC") return "AES-256-CBC";
    }
    if (parts.cipher == "3DES_EDE_CBC" && (has_preshared_key(parts.exchange) || parts.exchange.starts_with("SRP"))) return "3DES-EDE-CBC";
    // Of the suites with pre-shared keys those with AES in CBC say so.
    if (has_preshared_key(parts.exchange) && parts.cipher.starts_with("AES") && parts.cipher.ends_with("_CBC")) return std::string(usual) + "-CBC";
    return std::string(usual);
}

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

std::string openssl_name(std::string_view iana) {
    if (is_tls13(iana)) return std::string(iana);
    const auto parts = parts_of(iana);
    if (!parts) return {};
    const Replacement* exchange = find(openssl_exchanges, parts->exchange);
    const Replacement* cipher = find(openssl_ciphers, parts->cipher);
    if (exchange == nullptr || cipher == nullptr) return {};
    std::string name(exchange->to);
    const auto add = [&](std::string_view part) { name.append(name.empty() ? "" : "-").append(part); };
    if (parts->cipher.starts_with("ARIA") && (name == "ECDHE-RSA" || name == "ECDH-RSA")) name.resize(name.size() - 4);
    add(openssl_cipher(*parts, cipher->to));
    if (!parts->hash.empty() && parts->cipher != "CHACHA20_POLY1305") add(parts->hash);
    return name;
}

std::string openssl_name(const CipherSuite& suite) { return openssl_name(iana_name(suite)); }

std::string gnutls_name(std::string_view iana) {
    if (is_tls13(iana)) return std::string(iana);
    const auto parts = parts_of(iana);
    // GnuTLS: lib/algorithms/ciphersuites.c. It has no single DES, no export keys, no RC2 and no static ECDH.
    if (!parts || parts->exchange.find("EXPORT") != std::string_view::npos || parts->exchange.starts_with("ECDH_RSA") ||
        parts->exchange.starts_with("ECDH_ECDSA")) {
        return {};
    }
    if (parts->cipher == "DES_CBC" || parts->cipher.starts_with("RC2")) return {};
    std::string name = "TLS_";
    for (const char c : parts->exchange == "PSK_DHE" ? std::string_view("DHE_PSK") : parts->exchange) name += ascii::to_upper(c);
    name += '_';
    name += parts->cipher == "RC4_128" ? std::string_view("ARCFOUR_128") : parts->cipher;
    if (parts->cipher == "CHACHA20_POLY1305" || parts->hash.empty()) return name;
    return name.append("_").append(parts->hash == "SHA" ? "SHA1" : parts->hash);
}

std::string gnutls_name(const CipherSuite& suite) { return gnutls_name(iana_name(suite)); }

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

namespace {

// OpenSSL wrote EDH before 1.1.0.
std::string modern_name(std::string_view word) {
    std::string modern(word);
    if (const std::size_t old = modern.find("EDH-"); old == 0 || (old != std::string::npos && modern[old - 1] == '-')) {
        modern.replace(old, 4, "DHE-");
    }
    return modern;
}

struct Identities {
    std::vector<SuiteIdentity> rows;
    NameIndex names;

    Identities() {
        for (const IanaSuite& suite : iana_suites()) {
            add(suite.name, {suite.id, suite.name, {}});
            names.add(openssl_name(suite.name), rows.size() - 1);
            names.add(gnutls_name(suite.name), rows.size() - 1);
        }
        for (const CipherSuite& suite : cipher_suites()) {
            const IanaSuite* iana = find_iana_suite(suite.id);
            if (iana != nullptr && iana->name == suite.name) continue;
            add(suite.name, {suite.id, iana != nullptr ? iana->name : iana_name(suite), group_of(suite.curve_suffix)});
        }
        names.sort();
    }

private:
    void add(std::string_view name, SuiteIdentity identity) {
        rows.push_back(identity);
        names.add(name, rows.size() - 1);
    }
    static std::string_view group_of(std::string_view curve) {
        const Group* group = find_group(curve);
        return group == nullptr ? std::string_view() : group->name;
    }
};

}  // namespace

std::optional<SuiteIdentity> identify_suite(std::string_view word) {
    static const Identities known;
    if (word.empty() || word.size() > 100) return std::nullopt;
    const auto by_name = [&](std::string_view name) -> std::optional<SuiteIdentity> {
        const auto row = known.names.find(name);
        if (!row) return std::nullopt;
        return known.rows[*row];
    };
    if (const auto found = by_name(word)) return found;
    if (const auto id = parse_suite_id(word)) {
        const IanaSuite* suite = find_iana_suite(*id);
        if (suite == nullptr) return std::nullopt;
        return SuiteIdentity{suite->id, suite->name, {}};
    }
    // nselib/tls.lua of nmap: suites of TLS 1.3 have a key exchange of their own in their names.
    constexpr std::string_view nmap_prefix = "TLS_AKE_WITH_";
    if (word.starts_with(nmap_prefix)) return by_name("TLS_" + std::string(word.substr(nmap_prefix.size())));
    // Java's names of what SSL 3.0 had already.
    if (word.starts_with("SSL_")) return by_name("TLS_" + std::string(word.substr(4)));
    const std::string modern = modern_name(word);
    return modern == word ? std::nullopt : by_name(modern);
}

std::vector<const CipherSuite*> find_suites(std::string_view word) {
    if (word.empty()) return {};  // some suites have no name elsewhere
    const CipherSuite* exact = find_cipher_suite(word);
    if (exact != nullptr && !exact->curve_suffix.empty()) return {exact};
    const std::string modern = modern_name(word);
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
