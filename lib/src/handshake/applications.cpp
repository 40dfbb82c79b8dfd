#include <algorithm>
#include <array>

#include "schancfg/handshake/end.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::handshake {
namespace {

constexpr std::string_view net_page = "dotnet/docs:docs/framework/network-programming/tls.md";
constexpr std::string_view v2 = "v2.0.50727", v4 = "v4.0.30319";
constexpr std::string_view any_35 = "3.5", before_46 = "before 4.6", since_46 = "4.6 to 4.6.2", since_47 = "4.7 and later";

// What counts for .NET is the version that the program is built for, not the one that is installed. Cases: effect_layers.
constexpr std::array table{
    Application{"schannel", "Schannel", {}, {}, "MicrosoftDocs/sdk-api: SCHANNEL_CRED, SCH_CREDENTIALS"},
    Application{"winhttp", "WinHTTP", {}, {}, "MicrosoftDocs/win32:desktop-src/WinHttp/option-flags.md; KB3140245"},
    Application{"dotnet-2.0", ".NET Framework 2.0", v2, any_35, net_page},
    Application{"dotnet-3.0", ".NET Framework 3.0", v2, any_35, net_page},
    Application{"dotnet-3.5", ".NET Framework 3.5", v2, any_35, net_page},
    Application{"dotnet-4.0", ".NET Framework 4.0", v4, before_46, net_page},
    Application{"dotnet-4.5", ".NET Framework 4.5", v4, before_46, net_page},
    Application{"dotnet-4.5.1", ".NET Framework 4.5.1", v4, before_46, net_page},
    Application{"dotnet-4.5.2", ".NET Framework 4.5.2", v4, before_46, net_page},
    Application{"dotnet-4.6", ".NET Framework 4.6", v4, since_46, net_page},
    Application{"dotnet-4.6.1", ".NET Framework 4.6.1", v4, since_46, net_page},
    Application{"dotnet-4.6.2", ".NET Framework 4.6.2", v4, since_46, net_page},
    Application{"dotnet-4.7", ".NET Framework 4.7", v4, since_47, net_page},
    Application{"dotnet-4.7.1", ".NET Framework 4.7.1", v4, since_47, net_page},
    Application{"dotnet-4.7.2", ".NET Framework 4.7.2", v4, since_47, net_page},
    Application{"dotnet-4.8", ".NET Framework 4.8", v4, since_47, net_page},
    Application{"dotnet-4.8.1", ".NET Framework 4.8.1", v4, since_47, net_page},
};

}  // namespace

std::span<const Application> applications() { return table; }

const Application* find_application(std::string_view id) {
    const auto found = std::ranges::find_if(table, [&](const Application& row) { return utf::equal_no_case(row.id, id); });
    return found == table.end() ? nullptr : &*found;
}

}  // namespace schancfg::handshake
