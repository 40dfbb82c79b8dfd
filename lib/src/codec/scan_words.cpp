#include "scan_words.hpp"

#include <algorithm>
#include <charconv>

#include "schancfg/ascii.hpp"
#include "schancfg/facts/groups.hpp"

namespace schancfg::codec::scan {
namespace {

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = ascii::to_lower(c);
    return out;
}

}  // namespace

bool contains(std::string_view text, std::string_view word) {
    return !std::ranges::search(text, word, [](char a, char b) { return ascii::to_lower(a) == ascii::to_lower(b); }).empty();
}

std::string_view protocol_name(std::string_view word) {
    // What differs between the spellings is case, the `v` and what parts the numbers.
    if (word.size() < 4 || word.size() > 10) return {};
    std::string plain;
    for (const char c : lower(word)) {
        if (c != 'v' && c != '.' && c != '_' && c != '-' && c != ' ') plain += c;
    }
    struct Row {
        std::string_view plain, name;
    };
    constexpr Row rows[] = {{"ssl2", "SSL 2.0"},   {"ssl20", "SSL 2.0"}, {"ssl3", "SSL 3.0"},  {"ssl30", "SSL 3.0"}, {"tls1", "TLS 1.0"},
                            {"tls10", "TLS 1.0"}, {"tls11", "TLS 1.1"}, {"tls12", "TLS 1.2"}, {"tls13", "TLS 1.3"}};
    const auto* const found = std::ranges::find(rows, plain, &Row::plain);
    return found == std::end(rows) ? std::string_view() : found->name;
}

std::string_view group_name(std::string_view word) {
    const facts::Group* group = facts::find_group(word);
    return group == nullptr ? std::string_view() : group->name;
}

std::string_view hash_name(std::string_view word) {
    struct Row {
        std::string_view part, name;
    };
    constexpr Row rows[] = {{"sha512", "SHA512"}, {"sha-512", "SHA512"}, {"sha384", "SHA384"}, {"sha-384", "SHA384"}, {"sha256", "SHA256"},
                            {"sha-256", "SHA256"}, {"sha224", "SHA224"}, {"sha-224", "SHA224"}, {"sha1", "SHA1"},     {"sha-1", "SHA1"},
                            {"md5", "MD5"},        {"md4", "MD4"},       {"md2", "MD2"}};
    for (const Row& row : rows) {
        if (contains(word, row.part)) return row.name;
    }
    return {};
}

std::string_view key_name(std::string_view word) {
    if (contains(word, "rsa")) return "RSA";
    if (contains(word, "ed25519")) return "ED25519";
    if (contains(word, "ed448")) return "ED448";
    if (contains(word, "ellipticcurve") || contains(word, "ecdsa") || lower(word) == "ec" || lower(word) == "ecpublickey" || lower(word) == "id-ecpublickey") {
        return "ECDSA";
    }
    return contains(word, "dsa") || contains(word, "dss") ? "DSA" : std::string_view();
}

void read_signature(std::string_view word, schannel::PeerCertificate& certificate) {
    if (const std::string_view hash = hash_name(word); !hash.empty()) certificate.signature_hash = hash;
    if (contains(word, "pss")) {
        certificate.signature_key = "RSA-PSS";
    } else if (const std::string_view key = key_name(word); !key.empty()) {
        certificate.signature_key = key;
    }
}

std::string signature_scheme(std::string_view word) {
    if (contains(word, "ed25519")) return "ED25519";
    if (contains(word, "ed448")) return "ED448";
    const std::string_view hash = hash_name(word);
    const std::string_view key = contains(word, "pss") ? "RSA-PSS" : key_name(word);
    if (hash.empty() || key.empty()) return {};
    return std::string(key) + "+" + std::string(hash);
}

std::vector<std::string_view> words_of(std::string_view text) {
    std::vector<std::string_view> words;
    constexpr std::string_view blanks = " \t\r\n";
    for (std::size_t at = text.find_first_not_of(blanks); at != std::string_view::npos;) {
        const std::size_t end = std::min(text.find_first_of(blanks, at), text.size());
        words.push_back(text.substr(at, end - at));
        at = text.find_first_not_of(blanks, end);
    }
    return words;
}

std::optional<int> number_of(std::string_view word) {
    int number = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
    const bool is_number = error == std::errc{} && end == word.data() + word.size() && word.size() <= 9 && number >= 0 && !word.starts_with('-');
    return is_number ? std::optional(number) : std::nullopt;
}

std::optional<std::uint16_t> port_of(std::string_view word) {
    const auto number = number_of(word);
    if (!number || *number > 0xFFFF) return std::nullopt;
    return static_cast<std::uint16_t>(*number);
}

}  // namespace schancfg::codec::scan
