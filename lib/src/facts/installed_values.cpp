#include "schancfg/facts/installed_values.hpp"

namespace schancfg::facts {
namespace {

using enum Confidence;

// SYSTEM hives of machines that run Windows 7 SP1, 8 and 10 1709, as libhivex reads them.
constexpr std::string_view hive_7 = "SYSTEM hive of Windows 7 SP1 (mkorman90/regipy:regipy_tests/data/SYSTEM.xz)";
constexpr std::string_view hive_8 = "SYSTEM hive of Windows 8 (mkorman90/regipy:regipy_tests/data/SYSTEM_2.xz)";
constexpr std::string_view hive_1709 =
    "SYSTEM hives of Windows 10 1709 (mkorman90/regipy:regipy_tests/data/SYSTEM_B.xz, SYSTEM_WIN_10_1709.xz)";
constexpr std::string_view hive_8_1 = "SYSTEM hive of an untouched Windows 8.1 (6.3.9600.17031)";
constexpr std::string_view hive_2004 = "SYSTEM hive of a Windows 10 2004 (19041)";
// Windows 10 2004, 20H2 and 21H1 are one code with one servicing.
constexpr std::string_view security_layer_old = "SYSTEM hives of Windows 7 SP1 and 8.1 (6.3.9600.17031)";
constexpr std::string_view security_layer_new = "SYSTEM hives of Windows 10 1709 and 2004";
constexpr std::string_view rdp_tcp = "SYSTEM\\CurrentControlSet\\Control\\Terminal Server\\WinStations\\RDP-Tcp";
constexpr std::string_view event_logging_page =
    "MicrosoftDocs/windowsserverdocs:WindowsServerDocs/security/tls/tls-registry-settings.md (\"normally present as "
    "1\"); observed on 7 SP1, 8 and 10 1709 (mkorman90/regipy:regipy_tests/data)";
// The protocols page has the SSL 2.0 client off from Vista on and SSL 2.0 gone from 1607 on; the hives of 1709 do not
// hold the value any more.
constexpr std::string_view ssl2_source =
    "observed on 7 SP1 and 8, absent on 10 1709 (mkorman90/regipy:regipy_tests/data); tmccamant/Windows-TLS:"
    "Default-SSL.ps1 (third party, names no release)";
constexpr std::string_view fips_source =
    "observed on 7 SP1, 8 and 10 1709 (mkorman90/regipy:regipy_tests/data)";

constexpr std::string_view signatures =
    "SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010003";
constexpr std::string_view signatures_7[] = {"RSA/SHA256",   "RSA/SHA384", "RSA/SHA1", "ECDSA/SHA256",
                                             "ECDSA/SHA384", "ECDSA/SHA1", "DSA/SHA1"};
constexpr std::string_view signatures_1709[] = {"RSA/SHA256",   "RSA/SHA384", "RSA/SHA1",
                                                "ECDSA/SHA256", "ECDSA/SHA384", "ECDSA/SHA1",
                                                "DSA/SHA1",     "RSA/SHA512", "ECDSA/SHA512"};
constexpr std::string_view signatures_2004[] = {"RSAE-PSS/SHA256", "RSAE-PSS/SHA384", "RSAE-PSS/SHA512", "RSA/SHA256",
                                                "RSA/SHA384",      "RSA/SHA1",        "ECDSA/SHA256",    "ECDSA/SHA384",
                                                "ECDSA/SHA1",      "DSA/SHA1",        "RSA/SHA512",      "ECDSA/SHA512"};

// Columns: from, to, key, name, number, strings, confidence, source. Signature lists are there only for releases of
// which one was seen.
constexpr InstalledValue table[] = {
    {{}, {}, "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL", "EventLogging", 1, {}, documented,
     event_logging_page},
    {"windows-vista", "windows-10-1511",
     "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\SSL 2.0\\Client", "DisabledByDefault",
     1, {}, secondary, ssl2_source},
    {"windows-vista", {}, "SYSTEM\\CurrentControlSet\\Control\\Lsa\\FIPSAlgorithmPolicy", "Enabled", 0, {}, observed,
     fips_source},
    {"windows-7", "windows-server-2008-r2", signatures, "Functions", 0, signatures_7, observed, hive_7},
    {"windows-8", "windows-server-2012", signatures, "Functions", 0, signatures_7, observed, hive_8},
    {"windows-8.1", "windows-server-2012-r2", signatures, "Functions", 0, signatures_7, observed, hive_8_1},
    {"windows-10-2004", "windows-10-21h1", signatures, "Functions", 0, signatures_2004, observed, hive_2004},
    {"windows-7", "windows-8.1", rdp_tcp, "SecurityLayer", 1, {}, observed, security_layer_old, InstalledOn::clients},
    {"windows-10-1709", "windows-10-21h1", rdp_tcp, "SecurityLayer", 2, {}, observed, security_layer_new, InstalledOn::clients},
    {"windows-10-1709", "windows-10-1709", signatures, "Functions", 0, signatures_1709, observed, hive_1709},
};

}  // namespace

std::span<const InstalledValue> installed_values() { return table; }

bool holds(const Release& release, const InstalledValue& value) {
    if (value.on == InstalledOn::clients && release.server) return false;
    const auto build_of = [](std::string_view id, const Build& otherwise) {
        const Release* found = id.empty() ? nullptr : find_release(id);
        return found == nullptr ? otherwise : found->build;
    };
    return build_of(value.from, release.build) <= release.build && release.build <= build_of(value.to, release.build);
}

}  // namespace schancfg::facts
