#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "schancfg/codec/iis_log.hpp"

namespace schancfg::codec {
namespace {

struct Meaning {
    std::uint32_t number;
    std::string_view name;
};

// Schannel.h (SP_PROT_*_SERVER and _CLIENT; win32 Schannel/transport-layer-security-protocol, SecPkgContext_ConnectionInfo).
constexpr Meaning protocols[] = {{0x1, "PCT 1.0"},    {0x2, "PCT 1.0"},    {0x4, "SSL 2.0"},    {0x8, "SSL 2.0"},    {0x10, "SSL 3.0"},   {0x20, "SSL 3.0"},
                                 {0x40, "TLS 1.0"},   {0x80, "TLS 1.0"},   {0x100, "TLS 1.1"},  {0x200, "TLS 1.1"},  {0x400, "TLS 1.2"},  {0x800, "TLS 1.2"},
                                 {0x1000, "TLS 1.3"}, {0x2000, "TLS 1.3"}};
// wincrypt.h (win32 SecCrypto/alg-id).
constexpr Meaning ciphers[] = {{0x6601, "DES"}, {0x6602, "RC2"}, {0x6603, "3DES"}, {0x6609, "3DES"}, {0x660e, "AES-128"}, {0x660f, "AES-192"}, {0x6610, "AES-256"}, {0x6801, "RC4"}};
constexpr Meaning hashes[] = {{0x8003, "MD5"}, {0x8004, "SHA-1"}, {0x800c, "SHA-256"}, {0x800d, "SHA-384"}, {0x800e, "SHA-512"}};
constexpr Meaning key_exchanges[] = {{0xa400, "RSA"}, {0xaa01, "DH"}, {0xaa02, "DHE"}, {0xaa05, "ECDH"}, {0xae06, "ECDHE"}};

std::string_view meaning_of(std::string_view text, std::span<const Meaning> among) {
    if (text.starts_with("0x") || text.starts_with("0X")) text.remove_prefix(2);
    for (const int base : {16, 10}) {
        std::uint32_t number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
        if (error != std::errc{} || end != text.data() + text.size() || text.empty()) continue;
        const auto found = std::ranges::find(among, number, &Meaning::number);
        if (found != among.end()) return found->name;
    }
    return {};
}

std::optional<std::array<unsigned, 4>> ipv4(std::string_view text) {
    std::array<unsigned, 4> parts{};
    for (std::size_t i = 0; i < 4; ++i) {
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), parts[i]);
        if (error != std::errc{} || parts[i] > 255) return std::nullopt;
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        if (i == 3) return text.empty() ? std::optional(parts) : std::nullopt;
        if (!text.starts_with('.')) return std::nullopt;
        text.remove_prefix(1);
    }
    return std::nullopt;
}

/// The first three groups of sixteen bits; nullopt: it is no IPv6 address.
std::optional<std::array<unsigned, 3>> ipv6(std::string_view text) {
    if (text.find(':') == std::string_view::npos) return std::nullopt;
    std::array<unsigned, 3> groups{};
    for (std::size_t i = 0; i < 3; ++i) {
        if (text.starts_with("::") || (i > 0 && text.starts_with(':')) || text.empty()) return groups;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), groups[i], 16);
        if (error != std::errc{} || groups[i] > 0xFFFF) return std::nullopt;
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        if (!text.starts_with(':')) return std::nullopt;
        text.remove_prefix(1);
    }
    return groups;
}

std::string hex(unsigned number) {
    char text[8];
    return {text, std::to_chars(text, text + sizeof text, number, 16).ptr};
}

}  // namespace

TlsWay tls_way(const LoggedUse& use) {
    return {meaning_of(use.protocol, protocols), meaning_of(use.key_exchange, key_exchanges), meaning_of(use.cipher, ciphers), meaning_of(use.hash, hashes)};
}

std::string network_of(std::string_view client) {
    if (client.starts_with("::ffff:") && ipv4(client.substr(7))) client.remove_prefix(7);
    if (const auto parts = ipv4(client)) {
        return std::to_string((*parts)[0]) + '.' + std::to_string((*parts)[1]) + '.' + std::to_string((*parts)[2]) + ".0/24";
    }
    const auto groups = ipv6(client);
    if (!groups) return "other";
    std::string out;
    std::size_t most = 3;
    while (most > 0 && (*groups)[most - 1] == 0) --most;
    for (std::size_t i = 0; i < most; ++i) out += (i == 0 ? "" : ":") + hex((*groups)[i]);
    return out + "::/48";
}

}  // namespace schancfg::codec
