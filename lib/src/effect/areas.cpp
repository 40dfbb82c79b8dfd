#include "schancfg/effect/areas.hpp"

#include <algorithm>
#include <iterator>
#include <string>

namespace schancfg::effect {
namespace {

struct AreaKey {
    Area area;
    std::string_view path;  ///< below HKLM
};

constexpr AreaKey places[] = {
    {Area::protocols, R"(SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols)"},
    {Area::algorithms, R"(SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Ciphers)"},
    {Area::algorithms, R"(SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Hashes)"},
    {Area::algorithms, R"(SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\KeyExchangeAlgorithms)"},
    {Area::schannel_values, R"(SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL)"},
    {Area::local_lists, R"(SYSTEM\CurrentControlSet\Control\Cryptography\Configuration\Local\SSL\00010002)"},
    {Area::local_lists, R"(SYSTEM\CurrentControlSet\Control\Cryptography\Configuration\Local\SSL\00010003)"},
    {Area::policy_lists, R"(SOFTWARE\Policies\Microsoft\Cryptography\Configuration\SSL\00010002)"},
    {Area::winhttp, R"(SOFTWARE\Microsoft\Windows\CurrentVersion\Internet Settings\WinHttp)"},
    {Area::winhttp, R"(SOFTWARE\Wow6432Node\Microsoft\Windows\CurrentVersion\Internet Settings\WinHttp)"},
    {Area::dotnet, R"(SOFTWARE\Microsoft\.NETFramework\v2.0.50727)"},
    {Area::dotnet, R"(SOFTWARE\Wow6432Node\Microsoft\.NETFramework\v2.0.50727)"},
    {Area::dotnet, R"(SOFTWARE\Microsoft\.NETFramework\v4.0.30319)"},
    {Area::dotnet, R"(SOFTWARE\Wow6432Node\Microsoft\.NETFramework\v4.0.30319)"},
    {Area::fips, R"(SYSTEM\CurrentControlSet\Control\Lsa\FIPSAlgorithmPolicy)"},
};

}  // namespace

std::string_view area_id(Area area) {
    switch (area) {
        case Area::protocols: return "protocols";
        case Area::algorithms: return "algorithms";
        case Area::schannel_values: return "schannel-values";
        case Area::local_lists: return "local-lists";
        case Area::policy_lists: return "policy-lists";
        case Area::winhttp: return "winhttp";
        case Area::dotnet: return "dotnet";
        case Area::fips: return "fips";
    }
    return "protocols";
}

std::string_view area_name(Area area) {
    switch (area) {
        case Area::protocols: return "other protocols";
        case Area::algorithms: return "other ciphers, hashes and key exchanges";
        case Area::schannel_values: return "values of SCHANNEL";
        case Area::local_lists: return "local lists of cipher suites and curves";
        case Area::policy_lists: return "policy lists";
        case Area::winhttp: return "WinHTTP";
        case Area::dotnet: return ".NET";
        case Area::fips: return "FIPS mode";
    }
    return "other protocols";
}

std::vector<Area> assumed_areas(const registry::Coverage& coverage) {
    std::vector<Area> areas;
    if (coverage.whole()) return areas;
    for (const AreaKey& place : places) {
        const bool known = !areas.empty() && areas.back() == place.area;
        if (known || coverage.speaks_for(registry::KeyPath(registry::Root::local_machine, std::string(place.path)))) continue;
        areas.push_back(place.area);
    }
    return areas;
}

}  // namespace schancfg::effect
