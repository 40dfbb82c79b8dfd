#include "schancfg/facts/curves.hpp"

#include <algorithm>

#include "schancfg/utf.hpp"

namespace schancfg::facts {
namespace {

constexpr std::string_view groups_24h2 =
    "MicrosoftDocs/win32:desktop-src/SecAuthN/tls-supported-groups-in-windows-11-24h2-and-later.md";
constexpr std::string_view curves_1607 =
    "MicrosoftDocs/win32:desktop-src/SecAuthN/tls-elliptic-curves-in-windows-10-1607-and-later.md";
constexpr std::string_view curves_1507 =
    "MicrosoftDocs/win32:desktop-src/SecAuthN/tls-elliptic-curves-in-windows-10-1507-and-1511.md";
constexpr std::string_view brainpool_code_points =
    "TLS 1.3 uses separate code points 0x001F-0x0021 (RFC 8734); page claims TLS 1.3 support on 24H2+ but does not say "
    "which code points";
constexpr std::string_view ml_kem_preview =
    "off by default; needs build 26100.8514, 26200.8514 or 28000.2173; on Server 2025 it is not certain";
// The page (2026-05-20) calls 28000 Windows 11 26H2 in its text and 26H1 in its link, and 29550 Server 2025 and Server vNext (conflict C22).
constexpr Revision ml_kem_builds[] = {{26100, 8514}, {26200, 8514}, {28000, 2173}};
constexpr std::string_view tls10_13 = "TLS 1.0;TLS 1.1;TLS 1.2;TLS 1.3";
constexpr std::string_view tls10_12_not_per_curve = "TLS 1.0;TLS 1.1;TLS 1.2 (not stated per curve)";
constexpr std::string_view not_per_curve = "not stated per curve";

// Columns: name, group, IANA name, available in FIPS mode, protocols, source. `secP256r1` and `NistP256` (192, 224,
// 384, 521 likewise) are two names of one curve; only the Nist form is in default lists.
constexpr Curve table[] = {
    {"curve25519", 0x001D, "x25519", false, tls10_13, groups_24h2},
    {"NistP256", 0x0017, "secp256r1", true, tls10_13, groups_24h2},
    {"NistP384", 0x0018, "secp384r1", true, tls10_13, groups_24h2},
    {"x25519_mlkem768", 0x11EC, "X25519MLKEM768", false, "TLS 1.3", groups_24h2},
    {"secp256r1_mlkem768", 0x11EB, "SecP256r1MLKEM768", false, "TLS 1.3", groups_24h2},
    {"secp384r1_mlkem1024", 0x11ED, "SecP384r1MLKEM1024", false, "TLS 1.3", groups_24h2},
    {"brainpoolP256r1", 0x001A, "brainpoolP256r1", false, tls10_13, groups_24h2},
    {"brainpoolP384r1", 0x001B, "brainpoolP384r1", false, tls10_13, groups_24h2},
    {"brainpoolP512r1", 0x001C, "brainpoolP512r1", false, tls10_13, groups_24h2},
    {"nistP192", 0x0013, "secp192r1", false, tls10_13, groups_24h2},
    {"nistP224", 0x0015, "secp224r1", false, tls10_13, groups_24h2},
    {"nistP521", 0x0019, "secp521r1", true, tls10_13, groups_24h2},
    {"secP160k1", 0x000F, "secp160k1", false, tls10_13, groups_24h2},
    {"secP160r1", 0x0010, "secp160r1", false, tls10_13, groups_24h2},
    {"secP160r2", 0x0011, "secp160r2", false, tls10_13, groups_24h2},
    {"secP192k1", 0x0012, "secp192k1", false, tls10_13, groups_24h2},
    {"secP192r1", 0x0013, "secp192r1", false, tls10_13, groups_24h2},
    {"secP224k1", 0x0014, "secp224k1", false, tls10_13, groups_24h2},
    {"secP224r1", 0x0015, "secp224r1", false, tls10_13, groups_24h2},
    {"secP256k1", 0x0016, "secp256k1", false, tls10_13, groups_24h2},
    {"secP256r1", 0x0017, "secp256r1", false, tls10_13, groups_24h2},
    {"secP384r1", 0x0018, "secp384r1", false, tls10_13, groups_24h2},
    {"secP521r1", 0x0019, "secp521r1", false, tls10_13, groups_24h2},
};

// Columns: curve, place in the default list, enabled by default, source, notes, protocols.
constexpr ReleaseCurve lists_1507[] = {
    {"NistP256", 1, true, curves_1507, {}, tls10_12_not_per_curve},
    {"NistP384", 2, true, curves_1507, {}, tls10_12_not_per_curve},
    {"brainpoolP256r1", 0, false, curves_1507, brainpool_code_points, tls10_12_not_per_curve},
    {"brainpoolP384r1", 0, false, curves_1507, brainpool_code_points, tls10_12_not_per_curve},
    {"brainpoolP512r1", 0, false, curves_1507, brainpool_code_points, tls10_12_not_per_curve},
    {"nistP192", 0, false, curves_1507, {}, tls10_12_not_per_curve},
    {"nistP224", 0, false, curves_1507, {}, tls10_12_not_per_curve},
    {"nistP521", 0, false, curves_1507, {}, tls10_12_not_per_curve},
    {"secP160k1", 0, false, curves_1507, {}, tls10_12_not_per_curve},
    {"secP160r1", 0, false, curves_1507, {}, tls10_12_not_per_curve},
    {"secP160r2", 0, false, curves_1507, {}, tls10_12_not_per_curve},
    {"secP192k1", 0, false, curves_1507, {}, tls10_12_not_per_curve},
    {"secP192r1", 0, false, curves_1507, "same curve as nistP192", tls10_12_not_per_curve},
    {"secP224k1", 0, false, curves_1507, {}, tls10_12_not_per_curve},
    {"secP224r1", 0, false, curves_1507, "same curve as nistP224", tls10_12_not_per_curve},
    {"secP256k1", 0, false, curves_1507, {}, tls10_12_not_per_curve},
    {"secP256r1", 0, false, curves_1507, "same curve as NistP256", tls10_12_not_per_curve},
    {"secP384r1", 0, false, curves_1507, "same curve as NistP384", tls10_12_not_per_curve},
    {"secP521r1", 0, false, curves_1507, "same curve as nistP521", tls10_12_not_per_curve},
};

constexpr ReleaseCurve lists_1607[] = {
    {"curve25519", 1, true, curves_1607, "IANA name x25519", not_per_curve},
    {"NistP256", 2, true, curves_1607, {}, not_per_curve},
    {"NistP384", 3, true, curves_1607, {}, not_per_curve},
    {"brainpoolP256r1", 0, false, curves_1607, brainpool_code_points, not_per_curve},
    {"brainpoolP384r1", 0, false, curves_1607, brainpool_code_points, not_per_curve},
    {"brainpoolP512r1", 0, false, curves_1607, brainpool_code_points, not_per_curve},
    {"nistP192", 0, false, curves_1607, {}, not_per_curve},
    {"nistP224", 0, false, curves_1607, {}, not_per_curve},
    {"nistP521", 0, false, curves_1607, {}, not_per_curve},
    {"secP160k1", 0, false, curves_1607, {}, not_per_curve},
    {"secP160r1", 0, false, curves_1607, {}, not_per_curve},
    {"secP160r2", 0, false, curves_1607, {}, not_per_curve},
    {"secP192k1", 0, false, curves_1607, {}, not_per_curve},
    {"secP192r1", 0, false, curves_1607, "same curve as nistP192", not_per_curve},
    {"secP224k1", 0, false, curves_1607, {}, not_per_curve},
    {"secP224r1", 0, false, curves_1607, "same curve as nistP224", not_per_curve},
    {"secP256k1", 0, false, curves_1607, {}, not_per_curve},
    {"secP256r1", 0, false, curves_1607, "same curve as NistP256", not_per_curve},
    {"secP384r1", 0, false, curves_1607, "same curve as NistP384", not_per_curve},
    {"secP521r1", 0, false, curves_1607, "same curve as nistP521", not_per_curve},
};

constexpr ReleaseCurve lists_24h2[] = {
    {"curve25519", 1, true, groups_24h2, "IANA name x25519", tls10_13},
    {"NistP256", 2, true, groups_24h2, "the page spells it nistP256", tls10_13},
    {"NistP384", 3, true, groups_24h2, "the page spells it nistP384", tls10_13},
    {"x25519_mlkem768", 0, false, groups_24h2, ml_kem_preview, "TLS 1.3", ml_kem_builds},
    {"secp256r1_mlkem768", 0, false, groups_24h2, ml_kem_preview, "TLS 1.3", ml_kem_builds},
    {"secp384r1_mlkem1024", 0, false, groups_24h2, ml_kem_preview, "TLS 1.3", ml_kem_builds},
    {"brainpoolP256r1", 0, false, groups_24h2, brainpool_code_points, tls10_13},
    {"brainpoolP384r1", 0, false, groups_24h2, brainpool_code_points, tls10_13},
    {"brainpoolP512r1", 0, false, groups_24h2, brainpool_code_points, tls10_13},
    {"nistP192", 0, false, groups_24h2, {}, tls10_13},
    {"nistP224", 0, false, groups_24h2, {}, tls10_13},
    {"nistP521", 0, false, groups_24h2, {}, tls10_13},
    {"secP160k1", 0, false, groups_24h2, {}, tls10_13},
    {"secP160r1", 0, false, groups_24h2, {}, tls10_13},
    {"secP160r2", 0, false, groups_24h2, {}, tls10_13},
    {"secP192k1", 0, false, groups_24h2, {}, tls10_13},
    {"secP192r1", 0, false, groups_24h2, "same curve as nistP192", tls10_13},
    {"secP224k1", 0, false, groups_24h2, {}, tls10_13},
    {"secP224r1", 0, false, groups_24h2, "same curve as nistP224", tls10_13},
    {"secP256k1", 0, false, groups_24h2, {}, tls10_13},
    {"secP256r1", 0, false, groups_24h2, "same curve as NistP256", tls10_13},
    {"secP384r1", 0, false, groups_24h2, "same curve as NistP384", tls10_13},
    {"secP521r1", 0, false, groups_24h2, "same curve as nistP521", tls10_13},
};

constexpr std::uint32_t build_1507 = 10240;
constexpr std::uint32_t build_1607 = 14393;
constexpr std::uint32_t build_24h2 = 26100;

}  // namespace

std::span<const Curve> curves() { return table; }

const Curve* find_curve(std::string_view name) {
    const auto* found =
        std::ranges::find_if(table, [&](const Curve& row) { return utf::equal_no_case(row.name, name); });
    return found == std::end(table) ? nullptr : found;
}

bool has_curve_list(const Release& release) { return release.build >= Build{10, 0, build_1507}; }

std::span<const ReleaseCurve> curves_of(const Release& release) {
    if (!has_curve_list(release)) return {};
    if (release.build.number >= build_24h2) return lists_24h2;
    if (release.build.number >= build_1607) return lists_1607;
    return lists_1507;
}

Presence presence(const Release& release, const ReleaseCurve& curve, std::uint32_t revision) {
    if (curve.since.empty()) return Presence::there;
    const auto first = std::ranges::find(curve.since, release.build.number, &Revision::build);
    if (release.server || first == curve.since.end() || revision == 0) return Presence::not_known;
    return revision >= first->revision ? Presence::there : Presence::not_there;
}

bool knows_curve(const Release& release, std::string_view name) {
    return std::ranges::any_of(curves_of(release),
                               [&](const ReleaseCurve& row) { return utf::equal_no_case(row.curve, name); });
}

}  // namespace schancfg::facts
