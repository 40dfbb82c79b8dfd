#include "schancfg/facts/advance_names.hpp"

namespace schancfg::facts {
namespace {

// The names are those of TLS 1.3 draft 17 of October 2016, so 1703 is the first release that can have them; from Windows 11 and Server 2022
// on the pages list them.
constexpr std::string_view names[] = {"TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256"};
constexpr Build from{10, 0, 15063};
constexpr Build on_page_from{10, 0, 20348};

constexpr std::uint32_t build_1709 = 16299;
constexpr std::uint32_t build_2004 = 19041, build_21h1 = 19043;
constexpr std::string_view hive_1709 =
    "SYSTEM hives of Windows 10 1709 (mkorman90/regipy:regipy_tests/data/SYSTEM_B.xz, SYSTEM_WIN_10_1709.xz)";
constexpr std::string_view hive_2004 = "SYSTEM hive of a Windows 10 2004 (19041)";
constexpr std::string_view neighbours = "SYSTEM hives of Windows 10 1709 and 2004";
constexpr std::string_view server_2019 = "nabla-c0d3/sslyze#463 (Get-TlsCipherSuite of a Server 2019 starts without them)";

}  // namespace

AdvanceNames advance_names(const Release& release) {
    if (release.build < from || release.build >= on_page_from) return {};
    const std::uint32_t number = release.build.number;
    if (number == build_1709) return {names, Confidence::observed, true, hive_1709, {}};
    // 2004 to 22H2 are one code with one servicing; a hive of the first was read.
    if (number >= build_2004) return {names, number <= build_21h1 ? Confidence::observed : Confidence::inferred_from_neighbour, true, hive_2004, {}};
    return {names, Confidence::inferred_from_neighbour, false, neighbours, server_2019};
}

}  // namespace schancfg::facts
