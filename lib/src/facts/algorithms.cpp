#include "schancfg/facts/algorithms.hpp"

#include <algorithm>

#include "schancfg/utf.hpp"

namespace schancfg::facts {
namespace {

constexpr std::string_view src_kb245030_2023 =
    "MicrosoftDocs/SupportArticles-docs: restrict-cryptographic-algorithms-protocols-schannel.md (KB245030); "
    "MicrosoftDocs/windowsserverdocs:WindowsServerDocs/security/tls/tls-registry-settings.md (2023-04 text)";
constexpr std::string_view src_dsc_adml_2023 =
    "dsccommunity/SChannelDsc; Harvester57/Security-ADMX:en-US/AdditionalNetworkHardening.adml (third party); "
    "MicrosoftDocs/windowsserverdocs:WindowsServerDocs/security/tls/tls-registry-settings.md (2023-04 text)";
constexpr std::string_view src_dsc_adml =
    "dsccommunity/SChannelDsc; Harvester57/Security-ADMX:en-US/AdditionalNetworkHardening.adml (third party)";
constexpr std::string_view hash_releases = "all (MD5, SHA); Vista+ (others)";

constexpr Algorithm cipher_table[] = {
    {"NULL", Confidence::documented, "NT4 to current", src_kb245030_2023},
    {"DES 56/56", Confidence::documented, "all", src_kb245030_2023},
    {"RC2 40/128", Confidence::documented, "2003 and earlier", src_kb245030_2023},
    {"RC2 56/128", Confidence::documented, "2003 and earlier", src_kb245030_2023},
    {"RC2 128/128", Confidence::documented, "2003 and earlier", src_kb245030_2023},
    {"RC4 40/128", Confidence::documented, "all", src_kb245030_2023},
    {"RC4 56/128", Confidence::documented, "all", src_kb245030_2023},
    {"RC4 64/128", Confidence::documented, "all", src_kb245030_2023},
    {"RC4 128/128", Confidence::documented, "all", src_kb245030_2023},
    {"Triple DES 168", Confidence::documented, "Vista / 2008+", src_kb245030_2023},
    {"Triple DES 168/168", Confidence::documented, "2003 and earlier", src_kb245030_2023},
    {"AES 128/128", Confidence::secondary, "2003 with KB948963, Vista+", src_dsc_adml_2023},
    {"AES 256/256", Confidence::secondary, "2003 with KB948963, Vista+", src_dsc_adml_2023},
    {"RC2 56/56", Confidence::folklore, "none",
     "Exchange Server TLS configuration best practices (Microsoft, 2025 text); microsoft/CSS-Exchange"},
    {"DES 56", Confidence::folklore, "none",
     "MicrosoftDocs/SupportArticles-docs: restrict-cryptographic-algorithms-protocols-schannel.md (KB245030)"},
};

constexpr Algorithm hash_table[] = {
    {"MD5", Confidence::documented, hash_releases, src_kb245030_2023},
    {"SHA", Confidence::documented, hash_releases, src_kb245030_2023},
    {"SHA256", Confidence::secondary, hash_releases, src_dsc_adml_2023},
    {"SHA384", Confidence::secondary, hash_releases, src_dsc_adml_2023},
    {"SHA512", Confidence::secondary, hash_releases, src_dsc_adml_2023},
};

constexpr SignatureHash signature_hash_table[] = {{"SHA256", "SHA256"}, {"SHA384", "SHA384"}, {"SHA512", "SHA512"}, {"SHA1", "SHA"}, {"MD5", "MD5"}};

constexpr Algorithm key_exchange_table[] = {
    {"Diffie-Hellman", Confidence::secondary, "all", src_dsc_adml},
    {"PKCS", Confidence::documented, "all",
     "MicrosoftDocs/SupportArticles-docs: restrict-cryptographic-algorithms-protocols-schannel.md (KB245030)"},
    {"ECDH", Confidence::secondary, "Vista+", src_dsc_adml},
};

}  // namespace

std::span<const Algorithm> ciphers() { return cipher_table; }
std::span<const Algorithm> hashes() { return hash_table; }
std::span<const Algorithm> key_exchanges() { return key_exchange_table; }
std::span<const SignatureHash> signature_hashes() { return signature_hash_table; }

const Algorithm* find_algorithm(std::span<const Algorithm> among, std::string_view name) {
    const auto found =
        std::ranges::find_if(among, [&](const Algorithm& row) { return utf::equal_no_case(row.name, name); });
    return found == among.end() ? nullptr : &*found;
}

}  // namespace schancfg::facts
