#include <algorithm>
#include <array>

#include "schancfg/handshake/end.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::handshake {
namespace {

constexpr std::string_view net_page = "dotnet/docs:docs/framework/network-programming/tls.md";
constexpr std::string_view cred_page = "MicrosoftDocs/sdk-api: SCHANNEL_CRED, SCH_CREDENTIALS (TLS 1.3 needs the latter)";
constexpr std::string_view core_source = "dotnet/runtime:src/libraries/System.Net.Security/src/System/Net/Security/SslStreamPal.Windows.cs";
constexpr std::string_view v2 = "v2.0.50727", v4 = "v4.0.30319";
constexpr std::string_view any_35 = "3.5", before_46 = "before 4.6", since_46 = "4.6 to 4.6.2", since_47 = "4.7 and later";

// What counts for .NET is the version that the program is built for, not the one that is installed. Cases: effect_layers.
constexpr std::array table{
    Application{"schannel", "Schannel", {}, {}, "MicrosoftDocs/sdk-api: SCHANNEL_CRED, SCH_CREDENTIALS"},
    Application{"schannel-cred", "Schannel by the old structure SCHANNEL_CRED", {}, {}, cred_page, "TLS 1.2"},
    Application{"dotnet", ".NET 5 to 10", {}, {}, core_source, {}, true},
    Application{"wininet", "WinINet", {}, {}, "inetres.admx (SecureProtocols); KB5017811"},
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
    constexpr std::string_view core = "dotnet-";
    if (utf::equal_no_case(id.substr(0, core.size()), core)) {
        std::string_view number = id.substr(core.size());
        if (number.ends_with(".0")) number.remove_suffix(2);
        constexpr std::array<std::string_view, 6> versions{"5", "6", "7", "8", "9", "10"};
        if (std::ranges::find(versions, number) != versions.end()) id = id.substr(0, core.size() - 1);
    }
    const auto found = std::ranges::find_if(table, [&](const Application& row) { return utf::equal_no_case(row.id, id); });
    return found == table.end() ? nullptr : &*found;
}

}  // namespace schancfg::handshake
