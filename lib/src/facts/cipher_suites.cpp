#include "schancfg/facts/cipher_suites.hpp"

#include "schancfg/utf.hpp"

namespace schancfg::facts {
namespace {

// Sources.
constexpr std::string_view vista_page =
    "MicrosoftDocs/win32:desktop-src/SecAuthN/schannel-cipher-suites-in-windows-vista.md (first page listing it); id "
    "from IANA registry / SSL 2.0 spec";
constexpr std::string_view win7_page =
    "MicrosoftDocs/win32:desktop-src/SecAuthN/tls-cipher-suites-in-windows-7.md (first page listing it); id from IANA "
    "registry / SSL 2.0 spec";
constexpr std::string_view iana_only = "absence from all win32 SecAuthN suite pages; id from IANA registry";
constexpr std::string_view v1507_page =
    "MicrosoftDocs/win32:desktop-src/SecAuthN/tls-cipher-suites-in-windows-10--version-1507.md (first page listing "
    "it); id from IANA registry / SSL 2.0 spec";
constexpr std::string_view v1607_page =
    "MicrosoftDocs/win32:desktop-src/SecAuthN/tls-cipher-suites-in-windows-10-v1607.md (first page listing it); id "
    "from IANA registry / SSL 2.0 spec";
constexpr std::string_view ssl_page = "MicrosoftDocs/win32:desktop-src/SecAuthN/secure-sockets-layer-protocol.md";
constexpr std::string_view kb245030 =
    "SupportArticles-docs restrict-cryptographic-algorithms-protocols-schannel.md (KB245030)";
constexpr std::string_view win11_page =
    "MicrosoftDocs/win32:desktop-src/SecAuthN/tls-cipher-suites-in-windows-11.md (first page listing it); id from IANA "
    "registry / SSL 2.0 spec";

// Evidence for the gates, and wordings that rows share.
constexpr std::string_view prf_by_version = "SHA256 (TLS 1.2), MD5+SHA1 (earlier)";
constexpr std::string_view by_adml = "Harvester57 ADML (secondary)";
constexpr std::string_view by_name = "inferred from algorithm name; undocumented by Microsoft";
constexpr std::string_view not_listed = "negative: not listed";
constexpr std::string_view by_kb245030_adml = "KB245030 (2003 and earlier) + Harvester57 ADML (secondary)";
constexpr std::string_view by_adml_and_name = "Harvester57 ADML (secondary, MD5 and cipher keys) + algorithm";
constexpr std::string_view absent_everywhere = "absent from every Microsoft suite page";
constexpr std::string_view gcm_gate =
    "no MAC hash; Get-TlsCipherSuite shows empty Hash for GCM, but the third-party ADML attaches GCM suites to "
    "Hashes\\SHA256 or SHA384 by PRF hash";
constexpr std::string_view suffix_names =
    "suffix names are listed only on Vista to 8.1; docs say the curve list overrides the suffix from Windows 10, but a "
    "Server 2016 capture shows suffix entries resolving to nothing";
constexpr std::string_view length_rsa = "Get-TlsCipherSuite capture on Server 2016: exchange length 512-16384";
constexpr std::string_view length_ecdhe = "Get-TlsCipherSuite capture on Server 2019: exchange length 0-65536";
constexpr std::string_view psk_only = "only when app sets SCH_USE_PRESHAREDKEY_ONLY; Windows 10 1607+";
constexpr std::string_view pkcs_on_ecdhe =
    "KB245030 calls PKCS key exchange and authentication; effect of PKCS=0 on ECDHE_RSA on Vista+ undocumented";
constexpr std::string_view pkcs_on_dhe =
    "KB245030 calls PKCS key exchange and authentication; effect of PKCS=0 on DHE_RSA on Vista+ undocumented; subject "
    "to Diffie-Hellman Min/Max bit lengths; leading-zero bug KB4537806 on older builds";
constexpr std::string_view pkcs_on_ecdhe_suffix =
    "KB245030 calls PKCS key exchange and authentication; effect of PKCS=0 on ECDHE_RSA on Vista+ undocumented; suffix "
    "names are listed only on Vista to 8.1; docs say the curve list overrides the suffix from Windows 10, but a Server "
    "2016 capture shows suffix entries resolving to nothing";
constexpr std::string_view gcm_gate_suffix =
    "no MAC hash; Get-TlsCipherSuite shows empty Hash for GCM, but the third-party ADML attaches GCM suites to "
    "Hashes\\SHA256 or SHA384 by PRF hash; suffix names are listed only on Vista to 8.1; docs say the curve list "
    "overrides the suffix from Windows 10, but a Server 2016 capture shows suffix entries resolving to nothing";
constexpr std::string_view pkcs_on_ecdhe_dead_suffix =
    "KB245030 calls PKCS key exchange and authentication; effect of PKCS=0 on ECDHE_RSA on Vista+ undocumented; suffix "
    "names are listed only on Vista to 8.1; docs say the curve list overrides the suffix from Windows 10, but a Server "
    "2016 capture shows suffix entries resolving to nothing; Get-TlsCipherSuite capture on Server 2016 shows this name "
    "as a dead entry: suite id 0, no cipher, no protocols";
constexpr std::string_view gcm_gate_pkcs_on_dhe =
    "no MAC hash; Get-TlsCipherSuite shows empty Hash for GCM, but the third-party ADML attaches GCM suites to "
    "Hashes\\SHA256 or SHA384 by PRF hash; KB245030 calls PKCS key exchange and authentication; effect of PKCS=0 on "
    "DHE_RSA on Vista+ undocumented; subject to Diffie-Hellman Min/Max bit lengths; leading-zero bug KB4537806 on "
    "older builds";
constexpr std::string_view gcm_gate_length_rsa =
    "no MAC hash; Get-TlsCipherSuite shows empty Hash for GCM, but the third-party ADML attaches GCM suites to "
    "Hashes\\SHA256 or SHA384 by PRF hash; Get-TlsCipherSuite capture on Server 2016: exchange length 512-16384";
constexpr std::string_view gcm_gate_pkcs_on_ecdhe_length =
    "no MAC hash; Get-TlsCipherSuite shows empty Hash for GCM, but the third-party ADML attaches GCM suites to "
    "Hashes\\SHA256 or SHA384 by PRF hash; KB245030 calls PKCS key exchange and authentication; effect of PKCS=0 on "
    "ECDHE_RSA on Vista+ undocumented; Get-TlsCipherSuite capture on Server 2019: exchange length 0-65536";
constexpr std::string_view pkcs_on_ecdhe_length =
    "KB245030 calls PKCS key exchange and authentication; effect of PKCS=0 on ECDHE_RSA on Vista+ undocumented; "
    "Get-TlsCipherSuite capture on Server 2019: exchange length 0-65536";
constexpr std::string_view gcm_gate_length =
    "no MAC hash; Get-TlsCipherSuite shows empty Hash for GCM, but the third-party ADML attaches GCM suites to "
    "Hashes\\SHA256 or SHA384 by PRF hash; Get-TlsCipherSuite capture on Server 2019: exchange length 0-65536";
constexpr std::string_view gcm_gate_psk_only =
    "no MAC hash; Get-TlsCipherSuite shows empty Hash for GCM, but the third-party ADML attaches GCM suites to "
    "Hashes\\SHA256 or SHA384 by PRF hash; only when app sets SCH_USE_PRESHAREDKEY_ONLY; Windows 10 1607+";
constexpr std::string_view ssl3_name_kb = "SSL 3.0 name in KB245030";
constexpr std::string_view ssl2_name = "SSL 2.0 name on XP/2003 page";
constexpr std::string_view gcm_gate_dead_suffix =
    "no MAC hash; Get-TlsCipherSuite shows empty Hash for GCM, but the third-party ADML attaches GCM suites to "
    "Hashes\\SHA256 or SHA384 by PRF hash; suffix names are listed only on Vista to 8.1; docs say the curve list "
    "overrides the suffix from Windows 10, but a Server 2016 capture shows suffix entries resolving to nothing; "
    "Get-TlsCipherSuite capture on Server 2016 shows this name as a dead entry: suite id 0, no cipher, no protocols";
constexpr std::string_view dead_suffix =
    "suffix names are listed only on Vista to 8.1; docs say the curve list overrides the suffix from Windows 10, but a "
    "Server 2016 capture shows suffix entries resolving to nothing; Get-TlsCipherSuite capture on Server 2016 shows "
    "this name as a dead entry: suite id 0, no cipher, no protocols";

// Columns: name, id, in Schannel, alias of; key exchange, authentication, cipher, mode, key bits, effective bits; curve
// suffix, MAC hash, PRF hash; gates: cipher, hash, key exchange, authentication, hash contested; protocols from and to;
// forward secrecy, AEAD, HTTP/2 blocklist; evidence for the gates, notes, source.
constexpr CipherSuite table[] = {
    {"TLS_RSA_WITH_AES_128_CBC_SHA", 0x002F, true, {}, "RSA", "RSA", "AES", "CBC", 128, 128, {}, "SHA", prf_by_version,
     "AES 128/128", "SHA", "PKCS", "PKCS", false, "TLS 1.0", "TLS 1.2", false, false, true, by_adml, length_rsa,
     vista_page},
    {"TLS_RSA_WITH_AES_256_CBC_SHA", 0x0035, true, {}, "RSA", "RSA", "AES", "CBC", 256, 256, {}, "SHA", prf_by_version,
     "AES 256/256", "SHA", "PKCS", "PKCS", false, "TLS 1.0", "TLS 1.2", false, false, true, by_adml, length_rsa,
     vista_page},
    {"TLS_RSA_WITH_RC4_128_SHA", 0x0005, true, {}, "RSA", "RSA", "RC4", "stream", 128, 128, {}, "SHA", prf_by_version,
     "RC4 128/128", "SHA", "PKCS", "PKCS", false, "SSL 3.0", "TLS 1.2", false, false, true, by_kb245030_adml, {},
     vista_page},
    {"TLS_RSA_WITH_3DES_EDE_CBC_SHA", 0x000A, true, {}, "RSA", "RSA", "3DES", "CBC", 168, 112, {}, "SHA",
     prf_by_version, "Triple DES 168", "SHA", "PKCS", "PKCS", false, "TLS 1.0", "TLS 1.2", false, false, true,
     by_kb245030_adml,
     "key named Triple DES 168/168 before Vista; Get-TlsCipherSuite capture on Server 2016: exchange length 512-16384; "
     "protocols include 768 (SSL 3.0) although the suite page lists only TLS 1.0-1.2", vista_page},
    {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA_P256", 0xC009, true, "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA", "ECDHE",
     "ECDSA", "AES", "CBC", 128, 128, "NistP256", "SHA", prf_by_version, "AES 128/128", "SHA", "ECDH", {}, false,
     "TLS 1.0", "TLS 1.2", true, false, true, by_adml, suffix_names, vista_page},
    {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA_P384", 0xC009, true, "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA", "ECDHE",
     "ECDSA", "AES", "CBC", 128, 128, "NistP384", "SHA", prf_by_version, "AES 128/128", "SHA", "ECDH", {}, false,
     "TLS 1.0", "TLS 1.2", true, false, true, by_adml, suffix_names, vista_page},
    {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA_P521", 0xC009, true, "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA", "ECDHE",
     "ECDSA", "AES", "CBC", 128, 128, "NistP521", "SHA", prf_by_version, "AES 128/128", "SHA", "ECDH", {}, false,
     "TLS 1.0", "TLS 1.2", true, false, true, by_adml, suffix_names, vista_page},
    {"TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA_P256", 0xC00A, true, "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA", "ECDHE",
     "ECDSA", "AES", "CBC", 256, 256, "NistP256", "SHA", prf_by_version, "AES 256/256", "SHA", "ECDH", {}, false,
     "TLS 1.0", "TLS 1.2", true, false, true, by_adml, suffix_names, vista_page},
    {"TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA_P384", 0xC00A, true, "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA", "ECDHE",
     "ECDSA", "AES", "CBC", 256, 256, "NistP384", "SHA", prf_by_version, "AES 256/256", "SHA", "ECDH", {}, false,
     "TLS 1.0", "TLS 1.2", true, false, true, by_adml, suffix_names, vista_page},
    {"TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA_P521", 0xC00A, true, "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA", "ECDHE",
     "ECDSA", "AES", "CBC", 256, 256, "NistP521", "SHA", prf_by_version, "AES 256/256", "SHA", "ECDH", {}, false,
     "TLS 1.0", "TLS 1.2", true, false, true, by_adml, suffix_names, vista_page},
    {"TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA_P256", 0xC013, true, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", "ECDHE", "RSA",
     "AES", "CBC", 128, 128, "NistP256", "SHA", prf_by_version, "AES 128/128", "SHA", "ECDH", "PKCS", false, "TLS 1.0",
     "TLS 1.2", true, false, true, by_adml, pkcs_on_ecdhe_dead_suffix, vista_page},
    {"TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA_P384", 0xC013, true, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", "ECDHE", "RSA",
     "AES", "CBC", 128, 128, "NistP384", "SHA", prf_by_version, "AES 128/128", "SHA", "ECDH", "PKCS", false, "TLS 1.0",
     "TLS 1.2", true, false, true, by_adml, pkcs_on_ecdhe_suffix, vista_page},
    {"TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA_P521", 0xC013, true, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", "ECDHE", "RSA",
     "AES", "CBC", 128, 128, "NistP521", "SHA", prf_by_version, "AES 128/128", "SHA", "ECDH", "PKCS", false, "TLS 1.0",
     "TLS 1.2", true, false, true, by_adml, pkcs_on_ecdhe_suffix, vista_page},
    {"TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA_P256", 0xC014, true, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA", "ECDHE", "RSA",
     "AES", "CBC", 256, 256, "NistP256", "SHA", prf_by_version, "AES 256/256", "SHA", "ECDH", "PKCS", false, "TLS 1.0",
     "TLS 1.2", true, false, true, by_adml, pkcs_on_ecdhe_suffix, vista_page},
    {"TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA_P384", 0xC014, true, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA", "ECDHE", "RSA",
     "AES", "CBC", 256, 256, "NistP384", "SHA", prf_by_version, "AES 256/256", "SHA", "ECDH", "PKCS", false, "TLS 1.0",
     "TLS 1.2", true, false, true, by_adml, pkcs_on_ecdhe_suffix, vista_page},
    {"TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA_P521", 0xC014, true, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA", "ECDHE", "RSA",
     "AES", "CBC", 256, 256, "NistP521", "SHA", prf_by_version, "AES 256/256", "SHA", "ECDH", "PKCS", false, "TLS 1.0",
     "TLS 1.2", true, false, true, by_adml, pkcs_on_ecdhe_suffix, vista_page},
    {"TLS_DHE_DSS_WITH_AES_128_CBC_SHA", 0x0032, true, {}, "DHE", "DSS", "AES", "CBC", 128, 128, {}, "SHA",
     prf_by_version, "AES 128/128", "SHA", "Diffie-Hellman", {}, false, "TLS 1.0", "TLS 1.2", true, false, true,
     by_adml, {}, vista_page},
    {"TLS_DHE_DSS_WITH_AES_256_CBC_SHA", 0x0038, true, {}, "DHE", "DSS", "AES", "CBC", 256, 256, {}, "SHA",
     prf_by_version, "AES 256/256", "SHA", "Diffie-Hellman", {}, false, "TLS 1.0", "TLS 1.2", true, false, true,
     by_adml, {}, vista_page},
    {"TLS_DHE_DSS_WITH_3DES_EDE_CBC_SHA", 0x0013, true, {}, "DHE", "DSS", "3DES", "CBC", 168, 112, {}, "SHA",
     prf_by_version, "Triple DES 168", "SHA", "Diffie-Hellman", {}, false, "SSL 3.0", "TLS 1.2", true, false, true,
     by_adml, "key named Triple DES 168/168 before Vista", vista_page},
    {"TLS_RSA_WITH_RC4_128_MD5", 0x0004, true, {}, "RSA", "RSA", "RC4", "stream", 128, 128, {}, "MD5", prf_by_version,
     "RC4 128/128", "MD5", "PKCS", "PKCS", false, "SSL 3.0", "TLS 1.2", false, false, true, by_kb245030_adml, {},
     vista_page},
    {"SSL_CK_RC4_128_WITH_MD5", 0x010080, true, {}, "RSA", "RSA", "RC4", "stream", 128, 128, {}, "MD5", "MD5",
     "RC4 128/128", "MD5", "PKCS", "PKCS", false, "SSL 2.0", "SSL 2.0", false, false, false, by_adml_and_name, {},
     vista_page},
    {"SSL_CK_DES_192_EDE3_CBC_WITH_MD5", 0x0700C0, true, {}, "RSA", "RSA", "3DES", "CBC", 168, 112, {}, "MD5", "MD5",
     "Triple DES 168", "MD5", "PKCS", "PKCS", false, "SSL 2.0", "SSL 2.0", false, false, false, by_adml_and_name,
     "key named Triple DES 168/168 before Vista", vista_page},
    {"TLS_RSA_WITH_NULL_MD5", 0x0001, true, {}, "RSA", "RSA", "NULL", "none", 0, 0, {}, "MD5", prf_by_version, "NULL",
     "MD5", "PKCS", "PKCS", false, "SSL 3.0", "TLS 1.2", false, false, true, by_kb245030_adml,
     "only offered when application explicitly asks", vista_page},
    {"TLS_RSA_WITH_NULL_SHA", 0x0002, true, {}, "RSA", "RSA", "NULL", "none", 0, 0, {}, "SHA", prf_by_version, "NULL",
     "SHA", "PKCS", "PKCS", false, "SSL 3.0", "TLS 1.2", false, false, true, by_kb245030_adml,
     "only offered when application explicitly asks", vista_page},
    {"TLS_RSA_EXPORT_WITH_RC4_40_MD5", 0x0003, true, {}, "RSA_EXPORT", "RSA", "RC4", "stream", 128, 40, {}, "MD5",
     prf_by_version, "RC4 40/128", "MD5", "PKCS", "PKCS", false, "SSL 3.0", "TLS 1.2", false, false, true,
     by_kb245030_adml, {}, vista_page},
    {"TLS_RSA_EXPORT1024_WITH_RC4_56_SHA", 0x0064, true, {}, "RSA_EXPORT1024", "RSA", "RC4", "stream", 128, 56, {},
     "SHA", prf_by_version, "RC4 56/128", "SHA", "PKCS", "PKCS", false, "SSL 3.0", "TLS 1.2", false, false, false,
     by_kb245030_adml, "HTTP/2 blocklist does not apply: code point not registered", vista_page},
    {"TLS_RSA_EXPORT1024_WITH_DES_CBC_SHA", 0x0062, true, {}, "RSA_EXPORT1024", "RSA", "DES", "CBC", 56, 56, {}, "SHA",
     prf_by_version, "DES 56/56", "SHA", "PKCS", "PKCS", false, "SSL 3.0", "TLS 1.2", false, false, false,
     by_kb245030_adml, "HTTP/2 blocklist does not apply: code point not registered", vista_page},
    {"SSL_CK_RC4_128_EXPORT40_MD5", 0x020080, true, "SSL_CK_RC4_128_EXPORT40_WITH_MD5", "RSA", "RSA", "RC4", "stream",
     128, 40, {}, "MD5", "MD5", "RC4 40/128", "MD5", "PKCS", "PKCS", false, "SSL 2.0", "SSL 2.0", false, false, false,
     by_adml_and_name, "Vista page spelling", vista_page},
    {"SSL_CK_DES_64_CBC_WITH_MD5", 0x060040, true, {}, "RSA", "RSA", "DES", "CBC", 56, 56, {}, "MD5", "MD5",
     "DES 56/56", "MD5", "PKCS", "PKCS", false, "SSL 2.0", "SSL 2.0", false, false, false, by_adml_and_name, {},
     vista_page},
    {"TLS_RSA_WITH_DES_CBC_SHA", 0x0009, true, {}, "RSA", "RSA", "DES", "CBC", 56, 56, {}, "SHA", prf_by_version,
     "DES 56/56", "SHA", "PKCS", "PKCS", false, "SSL 3.0", "TLS 1.2", false, false, true, by_kb245030_adml, {},
     vista_page},
    {"TLS_DHE_DSS_EXPORT1024_WITH_DES_CBC_SHA", 0x0063, true, {}, "DHE_EXPORT1024", "DSS", "DES", "CBC", 56, 56, {},
     "SHA", prf_by_version, "DES 56/56", "SHA", "Diffie-Hellman", {}, false, "SSL 3.0", "TLS 1.2", false, false, false,
     by_adml, "HTTP/2 blocklist does not apply: code point not registered", vista_page},
    {"TLS_DHE_DSS_WITH_DES_CBC_SHA", 0x0012, true, {}, "DHE", "DSS", "DES", "CBC", 56, 56, {}, "SHA", prf_by_version,
     "DES 56/56", "SHA", "Diffie-Hellman", {}, false, "SSL 3.0", "TLS 1.2", true, false, true, by_adml, {}, vista_page},
    {"TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384_P256", 0xC028, true, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384", "ECDHE",
     "RSA", "AES", "CBC", 256, 256, "NistP256", "SHA384", "SHA384", "AES 256/256", "SHA384", "ECDH", "PKCS", false,
     "TLS 1.2", "TLS 1.2", true, false, true, by_adml, pkcs_on_ecdhe_suffix, win7_page},
    {"TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384_P384", 0xC028, true, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384", "ECDHE",
     "RSA", "AES", "CBC", 256, 256, "NistP384", "SHA384", "SHA384", "AES 256/256", "SHA384", "ECDH", "PKCS", false,
     "TLS 1.2", "TLS 1.2", true, false, true, by_adml, pkcs_on_ecdhe_suffix, win7_page},
    {"TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256_P256", 0xC027, true, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256", "ECDHE",
     "RSA", "AES", "CBC", 128, 128, "NistP256", "SHA256", "SHA256", "AES 128/128", "SHA256", "ECDH", "PKCS", false,
     "TLS 1.2", "TLS 1.2", true, false, true, by_adml, pkcs_on_ecdhe_dead_suffix, win7_page},
    {"TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256_P384", 0xC027, true, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256", "ECDHE",
     "RSA", "AES", "CBC", 128, 128, "NistP384", "SHA256", "SHA256", "AES 128/128", "SHA256", "ECDH", "PKCS", false,
     "TLS 1.2", "TLS 1.2", true, false, true, by_adml, pkcs_on_ecdhe_suffix, win7_page},
    {"TLS_DHE_RSA_WITH_AES_256_GCM_SHA384", 0x009F, true, {}, "DHE", "RSA", "AES", "GCM", 256, 256, {}, "AEAD",
     "SHA384", "AES 256/256", "SHA384", "Diffie-Hellman", "PKCS", true, "TLS 1.2", "TLS 1.2", true, true, false,
     by_name, gcm_gate_pkcs_on_dhe, win7_page},
    {"TLS_DHE_RSA_WITH_AES_128_GCM_SHA256", 0x009E, true, {}, "DHE", "RSA", "AES", "GCM", 128, 128, {}, "AEAD",
     "SHA256", "AES 128/128", "SHA256", "Diffie-Hellman", "PKCS", true, "TLS 1.2", "TLS 1.2", true, true, false,
     by_name, gcm_gate_pkcs_on_dhe, win7_page},
    {"TLS_DHE_RSA_WITH_AES_256_CBC_SHA", 0x0039, true, {}, "DHE", "RSA", "AES", "CBC", 256, 256, {}, "SHA",
     prf_by_version, "AES 256/256", "SHA", "Diffie-Hellman", "PKCS", false, "TLS 1.0", "TLS 1.2", true, false, true,
     by_name, pkcs_on_dhe, win7_page},
    {"TLS_DHE_RSA_WITH_AES_128_CBC_SHA", 0x0033, true, {}, "DHE", "RSA", "AES", "CBC", 128, 128, {}, "SHA",
     prf_by_version, "AES 128/128", "SHA", "Diffie-Hellman", "PKCS", false, "TLS 1.0", "TLS 1.2", true, false, true,
     by_name, pkcs_on_dhe, win7_page},
    {"TLS_RSA_WITH_AES_256_GCM_SHA384", 0x009D, true, {}, "RSA", "RSA", "AES", "GCM", 256, 256, {}, "AEAD", "SHA384",
     "AES 256/256", "SHA384", "PKCS", "PKCS", true, "TLS 1.2", "TLS 1.2", false, true, true, by_name,
     gcm_gate_length_rsa, win7_page},
    {"TLS_RSA_WITH_AES_128_GCM_SHA256", 0x009C, true, {}, "RSA", "RSA", "AES", "GCM", 128, 128, {}, "AEAD", "SHA256",
     "AES 128/128", "SHA256", "PKCS", "PKCS", true, "TLS 1.2", "TLS 1.2", false, true, true, by_name,
     gcm_gate_length_rsa, win7_page},
    {"TLS_RSA_WITH_AES_256_CBC_SHA256", 0x003D, true, {}, "RSA", "RSA", "AES", "CBC", 256, 256, {}, "SHA256", "SHA256",
     "AES 256/256", "SHA256", "PKCS", "PKCS", false, "TLS 1.2", "TLS 1.2", false, false, true, by_adml, length_rsa,
     win7_page},
    {"TLS_RSA_WITH_AES_128_CBC_SHA256", 0x003C, true, {}, "RSA", "RSA", "AES", "CBC", 128, 128, {}, "SHA256", "SHA256",
     "AES 128/128", "SHA256", "PKCS", "PKCS", false, "TLS 1.2", "TLS 1.2", false, false, true, by_adml, length_rsa,
     win7_page},
    {"TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384_P384", 0xC02C, true, "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "ECDHE",
     "ECDSA", "AES", "GCM", 256, 256, "NistP384", "AEAD", "SHA384", "AES 256/256", "SHA384", "ECDH", {}, true,
     "TLS 1.2", "TLS 1.2", true, true, false, by_adml, gcm_gate_suffix, win7_page},
    {"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256_P256", 0xC02B, true, "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "ECDHE",
     "ECDSA", "AES", "GCM", 128, 128, "NistP256", "AEAD", "SHA256", "AES 128/128", "SHA256", "ECDH", {}, true,
     "TLS 1.2", "TLS 1.2", true, true, false, by_adml, gcm_gate_dead_suffix, win7_page},
    {"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256_P384", 0xC02B, true, "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "ECDHE",
     "ECDSA", "AES", "GCM", 128, 128, "NistP384", "AEAD", "SHA256", "AES 128/128", "SHA256", "ECDH", {}, true,
     "TLS 1.2", "TLS 1.2", true, true, false, by_adml, gcm_gate_suffix, win7_page},
    {"TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384_P384", 0xC024, true, "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384", "ECDHE",
     "ECDSA", "AES", "CBC", 256, 256, "NistP384", "SHA384", "SHA384", "AES 256/256", "SHA384", "ECDH", {}, false,
     "TLS 1.2", "TLS 1.2", true, false, true, by_adml, suffix_names, win7_page},
    {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256_P256", 0xC023, true, "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256", "ECDHE",
     "ECDSA", "AES", "CBC", 128, 128, "NistP256", "SHA256", "SHA256", "AES 128/128", "SHA256", "ECDH", {}, false,
     "TLS 1.2", "TLS 1.2", true, false, true, by_adml, dead_suffix, win7_page},
    {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256_P384", 0xC023, true, "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256", "ECDHE",
     "ECDSA", "AES", "CBC", 128, 128, "NistP384", "SHA256", "SHA256", "AES 128/128", "SHA256", "ECDH", {}, false,
     "TLS 1.2", "TLS 1.2", true, false, true, by_adml, suffix_names, win7_page},
    {"TLS_DHE_DSS_WITH_AES_256_CBC_SHA256", 0x006A, true, {}, "DHE", "DSS", "AES", "CBC", 256, 256, {}, "SHA256",
     "SHA256", "AES 256/256", "SHA256", "Diffie-Hellman", {}, false, "TLS 1.2", "TLS 1.2", true, false, true, by_adml,
     {}, win7_page},
    {"TLS_DHE_DSS_WITH_AES_128_CBC_SHA256", 0x0040, true, {}, "DHE", "DSS", "AES", "CBC", 128, 128, {}, "SHA256",
     "SHA256", "AES 128/128", "SHA256", "Diffie-Hellman", {}, false, "TLS 1.2", "TLS 1.2", true, false, true, by_adml,
     {}, win7_page},
    {"TLS_RSA_WITH_NULL_SHA256", 0x003B, true, {}, "RSA", "RSA", "NULL", "none", 0, 0, {}, "SHA256", "SHA256", "NULL",
     "SHA256", "PKCS", "PKCS", false, "TLS 1.2", "TLS 1.2", false, false, true, by_adml,
     "only offered when application explicitly asks", win7_page},
    {"TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384_P521", 0xC028, true, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384", "ECDHE",
     "RSA", "AES", "CBC", 256, 256, "NistP521", "SHA384", "SHA384", "AES 256/256", "SHA384", "ECDH", "PKCS", false,
     "TLS 1.2", "TLS 1.2", true, false, true, by_adml, pkcs_on_ecdhe_suffix, win7_page},
    {"TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256_P521", 0xC027, true, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256", "ECDHE",
     "RSA", "AES", "CBC", 128, 128, "NistP521", "SHA256", "SHA256", "AES 128/128", "SHA256", "ECDH", "PKCS", false,
     "TLS 1.2", "TLS 1.2", true, false, true, by_adml, pkcs_on_ecdhe_suffix, win7_page},
    {"TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384_P521", 0xC02C, true, "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "ECDHE",
     "ECDSA", "AES", "GCM", 256, 256, "NistP521", "AEAD", "SHA384", "AES 256/256", "SHA384", "ECDH", {}, true,
     "TLS 1.2", "TLS 1.2", true, true, false, by_adml, gcm_gate_suffix, win7_page},
    {"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256_P521", 0xC02B, true, "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "ECDHE",
     "ECDSA", "AES", "GCM", 128, 128, "NistP521", "AEAD", "SHA256", "AES 128/128", "SHA256", "ECDH", {}, true,
     "TLS 1.2", "TLS 1.2", true, true, false, by_adml, gcm_gate_suffix, win7_page},
    {"TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384_P521", 0xC024, true, "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384", "ECDHE",
     "ECDSA", "AES", "CBC", 256, 256, "NistP521", "SHA384", "SHA384", "AES 256/256", "SHA384", "ECDH", {}, false,
     "TLS 1.2", "TLS 1.2", true, false, true, by_adml, suffix_names, win7_page},
    {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256_P521", 0xC023, true, "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256", "ECDHE",
     "ECDSA", "AES", "CBC", 128, 128, "NistP521", "SHA256", "SHA256", "AES 128/128", "SHA256", "ECDH", {}, false,
     "TLS 1.2", "TLS 1.2", true, false, true, by_adml, suffix_names, win7_page},
    {"SSL_CK_RC4_128_EXPORT40_WITH_MD5", 0x020080, true, {}, "RSA", "RSA", "RC4", "stream", 128, 40, {}, "MD5", "MD5",
     "RC4 40/128", "MD5", "PKCS", "PKCS", false, "SSL 2.0", "SSL 2.0", false, false, false, by_adml_and_name, {},
     win7_page},
    {"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", 0xC030, true, {}, "ECDHE", "RSA", "AES", "GCM", 256, 256, {}, "AEAD",
     "SHA384", "AES 256/256", "SHA384", "ECDH", "PKCS", true, "TLS 1.2", "TLS 1.2", true, true, false, by_name,
     gcm_gate_pkcs_on_ecdhe_length, v1507_page},
    {"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", 0xC02F, true, {}, "ECDHE", "RSA", "AES", "GCM", 128, 128, {}, "AEAD",
     "SHA256", "AES 128/128", "SHA256", "ECDH", "PKCS", true, "TLS 1.2", "TLS 1.2", true, true, false, by_name,
     gcm_gate_pkcs_on_ecdhe_length, v1507_page},
    {"TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384", 0xC028, true, {}, "ECDHE", "RSA", "AES", "CBC", 256, 256, {}, "SHA384",
     "SHA384", "AES 256/256", "SHA384", "ECDH", "PKCS", false, "TLS 1.2", "TLS 1.2", true, false, true, by_name,
     pkcs_on_ecdhe_length, v1507_page},
    {"TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256", 0xC027, true, {}, "ECDHE", "RSA", "AES", "CBC", 128, 128, {}, "SHA256",
     "SHA256", "AES 128/128", "SHA256", "ECDH", "PKCS", false, "TLS 1.2", "TLS 1.2", true, false, true, by_name,
     pkcs_on_ecdhe_length, v1507_page},
    {"TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA", 0xC014, true, {}, "ECDHE", "RSA", "AES", "CBC", 256, 256, {}, "SHA",
     prf_by_version, "AES 256/256", "SHA", "ECDH", "PKCS", false, "TLS 1.0", "TLS 1.2", true, false, true, by_name,
     pkcs_on_ecdhe, v1507_page},
    {"TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", 0xC013, true, {}, "ECDHE", "RSA", "AES", "CBC", 128, 128, {}, "SHA",
     prf_by_version, "AES 128/128", "SHA", "ECDH", "PKCS", false, "TLS 1.0", "TLS 1.2", true, false, true, by_name,
     pkcs_on_ecdhe, v1507_page},
    {"TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", 0xC02C, true, {}, "ECDHE", "ECDSA", "AES", "GCM", 256, 256, {}, "AEAD",
     "SHA384", "AES 256/256", "SHA384", "ECDH", {}, true, "TLS 1.2", "TLS 1.2", true, true, false, by_name,
     gcm_gate_length, v1507_page},
    {"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", 0xC02B, true, {}, "ECDHE", "ECDSA", "AES", "GCM", 128, 128, {}, "AEAD",
     "SHA256", "AES 128/128", "SHA256", "ECDH", {}, true, "TLS 1.2", "TLS 1.2", true, true, false, by_name,
     gcm_gate_length, v1507_page},
    {"TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384", 0xC024, true, {}, "ECDHE", "ECDSA", "AES", "CBC", 256, 256, {},
     "SHA384", "SHA384", "AES 256/256", "SHA384", "ECDH", {}, false, "TLS 1.2", "TLS 1.2", true, false, true, by_name,
     length_ecdhe, v1507_page},
    {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256", 0xC023, true, {}, "ECDHE", "ECDSA", "AES", "CBC", 128, 128, {},
     "SHA256", "SHA256", "AES 128/128", "SHA256", "ECDH", {}, false, "TLS 1.2", "TLS 1.2", true, false, true, by_name,
     length_ecdhe, v1507_page},
    {"TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA", 0xC00A, true, {}, "ECDHE", "ECDSA", "AES", "CBC", 256, 256, {}, "SHA",
     prf_by_version, "AES 256/256", "SHA", "ECDH", {}, false, "TLS 1.0", "TLS 1.2", true, false, true, by_name, {},
     v1507_page},
    {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA", 0xC009, true, {}, "ECDHE", "ECDSA", "AES", "CBC", 128, 128, {}, "SHA",
     prf_by_version, "AES 128/128", "SHA", "ECDH", {}, false, "TLS 1.0", "TLS 1.2", true, false, true, by_name, {},
     v1507_page},
    {"TLS_PSK_WITH_AES_256_GCM_SHA384", 0x00A9, true, {}, "PSK", "PSK", "AES", "GCM", 256, 256, {}, "AEAD", "SHA384",
     "AES 256/256", "SHA384", {}, {}, true, "TLS 1.2", "TLS 1.2", false, true, true, by_name, gcm_gate_psk_only,
     v1607_page},
    {"TLS_PSK_WITH_AES_128_GCM_SHA256", 0x00A8, true, {}, "PSK", "PSK", "AES", "GCM", 128, 128, {}, "AEAD", "SHA256",
     "AES 128/128", "SHA256", {}, {}, true, "TLS 1.2", "TLS 1.2", false, true, true, by_name, gcm_gate_psk_only,
     v1607_page},
    {"TLS_PSK_WITH_AES_256_CBC_SHA384", 0x00AF, true, {}, "PSK", "PSK", "AES", "CBC", 256, 256, {}, "SHA384", "SHA384",
     "AES 256/256", "SHA384", {}, {}, false, "TLS 1.2", "TLS 1.2", false, false, true, by_name, psk_only, v1607_page},
    {"TLS_PSK_WITH_AES_128_CBC_SHA256", 0x00AE, true, {}, "PSK", "PSK", "AES", "CBC", 128, 128, {}, "SHA256", "SHA256",
     "AES 128/128", "SHA256", {}, {}, false, "TLS 1.2", "TLS 1.2", false, false, true, by_name, psk_only, v1607_page},
    {"TLS_PSK_WITH_NULL_SHA384", 0x00B1, true, {}, "PSK", "PSK", "NULL", "none", 0, 0, {}, "SHA384", "SHA384", "NULL",
     "SHA384", {}, {}, false, "TLS 1.2", "TLS 1.2", false, false, true, by_name, psk_only, v1607_page},
    {"TLS_PSK_WITH_NULL_SHA256", 0x00B0, true, {}, "PSK", "PSK", "NULL", "none", 0, 0, {}, "SHA256", "SHA256", "NULL",
     "SHA256", {}, {}, false, "TLS 1.2", "TLS 1.2", false, false, true, by_name, psk_only, v1607_page},
    {"TLS_AES_256_GCM_SHA384", 0x1302, true, {}, "any TLS 1.3 group", "any", "AES", "GCM", 256, 256, {}, "AEAD",
     "SHA384", "AES 256/256", "SHA384", {}, {}, true, "TLS 1.3", "TLS 1.3", true, true, false, by_name, gcm_gate,
     win11_page},
    {"TLS_AES_128_GCM_SHA256", 0x1301, true, {}, "any TLS 1.3 group", "any", "AES", "GCM", 128, 128, {}, "AEAD",
     "SHA256", "AES 128/128", "SHA256", {}, {}, true, "TLS 1.3", "TLS 1.3", true, true, false, by_name, gcm_gate,
     win11_page},
    {"TLS_CHACHA20_POLY1305_SHA256", 0x1303, true, {}, "any TLS 1.3 group", "any", "ChaCha20-Poly1305", "AEAD", 256,
     256, {}, "AEAD", "SHA256", {}, "SHA256", {}, {}, true, "TLS 1.3", "TLS 1.3", true, true, false, by_name,
     "no MAC hash; Get-TlsCipherSuite shows empty Hash for GCM, but the third-party ADML attaches GCM suites to "
     "Hashes\\SHA256 or SHA384 by PRF hash; no Ciphers subkey documented; disabled by default; enable through suite "
     "list", win11_page},
    {"SSL_RC4_128_WITH_MD5", 0x010080, true, "SSL_CK_RC4_128_WITH_MD5", "RSA", "RSA", "RC4", "stream", 128, 128, {},
     "MD5", "MD5", "RC4 128/128", "MD5", "PKCS", "PKCS", false, "SSL 2.0", "SSL 2.0", false, false, false,
     "name variant", ssl2_name, ssl_page},
    {"SSL_DES_192_EDE3_CBC_WITH_MD5", 0x0700C0, true, "SSL_CK_DES_192_EDE3_CBC_WITH_MD5", "RSA", "RSA", "3DES", "CBC",
     168, 112, {}, "MD5", "MD5", "Triple DES 168", "MD5", "PKCS", "PKCS", false, "SSL 2.0", "SSL 2.0", false, false,
     false, "name variant", ssl2_name, ssl_page},
    {"SSL_DES_64_CBC_WITH_MD5", 0x060040, true, "SSL_CK_DES_64_CBC_WITH_MD5", "RSA", "RSA", "DES", "CBC", 56, 56, {},
     "MD5", "MD5", "DES 56/56", "MD5", "PKCS", "PKCS", false, "SSL 2.0", "SSL 2.0", false, false, false, "name variant",
     ssl2_name, ssl_page},
    {"SSL_RC4_128_EXPORT40_WITH_MD5", 0x020080, true, "SSL_CK_RC4_128_EXPORT40_WITH_MD5", "RSA", "RSA", "RC4", "stream",
     128, 40, {}, "MD5", "MD5", "RC4 40/128", "MD5", "PKCS", "PKCS", false, "SSL 2.0", "SSL 2.0", false, false, false,
     "name variant", ssl2_name, ssl_page},
    {"SSL_RSA_WITH_RC4_128_MD5", 0x0004, true, "TLS_RSA_WITH_RC4_128_MD5", "RSA", "RSA", "RC4", "stream", 128, 128, {},
     "MD5", prf_by_version, "RC4 128/128", "MD5", "PKCS", "PKCS", false, "SSL 3.0", "TLS 1.2", false, false, true,
     "name variant", ssl3_name_kb, kb245030},
    {"SSL_RSA_WITH_RC4_128_SHA", 0x0005, true, "TLS_RSA_WITH_RC4_128_SHA", "RSA", "RSA", "RC4", "stream", 128, 128, {},
     "SHA", prf_by_version, "RC4 128/128", "SHA", "PKCS", "PKCS", false, "SSL 3.0", "TLS 1.2", false, false, true,
     "name variant", ssl3_name_kb, kb245030},
    {"SSL_RSA_WITH_DES_CBC_SHA", 0x0009, true, "TLS_RSA_WITH_DES_CBC_SHA", "RSA", "RSA", "DES", "CBC", 56, 56, {},
     "SHA", prf_by_version, "DES 56/56", "SHA", "PKCS", "PKCS", false, "SSL 3.0", "TLS 1.2", false, false, true,
     "name variant", ssl3_name_kb, kb245030},
    {"SSL_RSA_WITH_3DES_EDE_CBC_SHA", 0x000A, true, "TLS_RSA_WITH_3DES_EDE_CBC_SHA", "RSA", "RSA", "3DES", "CBC", 168,
     112, {}, "SHA", prf_by_version, "Triple DES 168", "SHA", "PKCS", "PKCS", false, "TLS 1.0", "TLS 1.2", false, false,
     true, "name variant", ssl3_name_kb, kb245030},
    {"SSL_RSA_EXPORT_WITH_RC4_40_MD5", 0x0003, true, "TLS_RSA_EXPORT_WITH_RC4_40_MD5", "RSA_EXPORT", "RSA", "RC4",
     "stream", 128, 40, {}, "MD5", prf_by_version, "RC4 40/128", "MD5", "PKCS", "PKCS", false, "SSL 3.0", "TLS 1.2",
     false, false, true, "name variant", ssl3_name_kb, kb245030},
    {"SSL_RSA_WITH_NULL_MD5", 0x0001, true, "TLS_RSA_WITH_NULL_MD5", "RSA", "RSA", "NULL", "none", 0, 0, {}, "MD5",
     prf_by_version, "NULL", "MD5", "PKCS", "PKCS", false, "SSL 3.0", "TLS 1.2", false, false, true, "name variant",
     "SSL 3.0 name", "name variant of the TLS row"},
    {"SSL_RSA_WITH_NULL_SHA", 0x0002, true, "TLS_RSA_WITH_NULL_SHA", "RSA", "RSA", "NULL", "none", 0, 0, {}, "SHA",
     prf_by_version, "NULL", "SHA", "PKCS", "PKCS", false, "SSL 3.0", "TLS 1.2", false, false, true, "name variant",
     "SSL 3.0 name", "name variant of the TLS row"},
    {"RSA_EXPORT1024_DES_CBC_SHA", 0x0062, true, "TLS_RSA_EXPORT1024_WITH_DES_CBC_SHA", "RSA_EXPORT1024", "RSA", "DES",
     "CBC", 56, 56, {}, "SHA", prf_by_version, "DES 56/56", "SHA", "PKCS", "PKCS", false, "SSL 3.0", "TLS 1.2", false,
     false, false, "name variant",
     "spelling used in sample code of prioritizing-schannel-cipher-suites.md; not a valid listed name; HTTP/2 "
     "blocklist does not apply: code point not registered",
     "MicrosoftDocs/win32:desktop-src/SecAuthN/prioritizing-schannel-cipher-suites.md"},
    {"TLS_RSA_EXPORT_WITH_RC2_CBC_40_MD5", 0x0006, true, {}, "RSA_EXPORT", "RSA", "RC2", "CBC", 128, 40, {}, "MD5",
     "MD5+SHA1", "RC2 40/128", "MD5", "PKCS", "PKCS", false, "SSL 3.0", "TLS 1.0", false, false, true,
     "KB245030 + Harvester57 ADML", "not in any Vista+ suite list; Windows Server 2003 and earlier only", kb245030},
    {"SSL_RC2_CBC_128_CBC_WITH_MD5", 0x030080, true, {}, "RSA", "RSA", "RC2", "CBC", 128, 128, {}, "MD5", "MD5",
     "RC2 128/128", "MD5", "PKCS", "PKCS", false, "SSL 2.0", "SSL 2.0", false, false, false,
     "secure-sockets-layer-protocol.md", "name as spelt on XP/2003 page; Windows Server 2003 and earlier only",
     ssl_page},
    {"SSL_FORTEZZA_KEA_WITH_FORTEZZA_CBC_SHA", 0x001D, true, {}, "FORTEZZA_KEA", "FORTEZZA", "FORTEZZA", "CBC", 80, 80,
     {}, "SHA", "MD5+SHA1", {}, "SHA", {}, {}, false, "SSL 3.0", "SSL 3.0", false, false, false,
     "secure-sockets-layer-protocol.md",
     "SSL 3.0 only; Windows Server 2003 and earlier only; its KeyExchangeAlgorithms key, Fortezza, is undocumented",
     ssl_page},
    {"TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", 0xCCA9, false, {}, "ECDHE", "ECDSA", "ChaCha20-Poly1305", "AEAD",
     256, 256, {}, {}, {}, {}, {}, {}, {}, false, "TLS 1.2", "TLS 1.2", true, true, false, not_listed,
     absent_everywhere, iana_only},
    {"TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", 0xCCA8, false, {}, "ECDHE", "RSA", "ChaCha20-Poly1305", "AEAD", 256,
     256, {}, {}, {}, {}, {}, {}, {}, false, "TLS 1.2", "TLS 1.2", true, true, false, not_listed, absent_everywhere,
     iana_only},
    {"TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256", 0xCCAA, false, {}, "DHE", "RSA", "ChaCha20-Poly1305", "AEAD", 256,
     256, {}, {}, {}, {}, {}, {}, {}, false, "TLS 1.2", "TLS 1.2", true, true, false, not_listed, absent_everywhere,
     iana_only},
    {"TLS_AES_128_CCM_SHA256", 0x1304, false, {}, "any TLS 1.3 group", "any", "AES", "CCM", 128, 128, {}, {}, {}, {},
     {}, {}, {}, false, "TLS 1.3", "TLS 1.3", true, true, false, not_listed, absent_everywhere, iana_only},
    {"TLS_AES_128_CCM_8_SHA256", 0x1305, false, {}, "any TLS 1.3 group", "any", "AES", "CCM_8", 128, 128, {}, {}, {},
     {}, {}, {}, {}, false, "TLS 1.3", "TLS 1.3", true, true, false, not_listed, absent_everywhere, iana_only},
    {"TLS_ECDHE_ECDSA_WITH_AES_128_CCM", 0xC0AC, false, {}, "ECDHE", "ECDSA", "AES", "CCM", 128, 128, {}, {}, {}, {},
     {}, {}, {}, false, "TLS 1.2", "TLS 1.2", true, true, false, not_listed, absent_everywhere, iana_only},
    {"TLS_ECDHE_ECDSA_WITH_AES_256_CCM", 0xC0AD, false, {}, "ECDHE", "ECDSA", "AES", "CCM", 256, 256, {}, {}, {}, {},
     {}, {}, {}, false, "TLS 1.2", "TLS 1.2", true, true, false, not_listed, absent_everywhere, iana_only},
    {"TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA", 0xC012, false, {}, "ECDHE", "RSA", "3DES", "CBC", 168, 168, {}, {}, {}, {},
     {}, {}, {}, false, "TLS 1.0", "TLS 1.2", true, false, true, not_listed, absent_everywhere, iana_only},
    {"TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA", 0x0016, false, {}, "DHE", "RSA", "3DES", "CBC", 168, 168, {}, {}, {}, {}, {},
     {}, {}, false, "TLS 1.0", "TLS 1.2", true, false, true, not_listed, absent_everywhere, iana_only},
    {"TLS_DHE_RSA_WITH_AES_128_CBC_SHA256", 0x0067, false, {}, "DHE", "RSA", "AES", "CBC", 128, 128, {}, {}, {}, {}, {},
     {}, {}, false, "TLS 1.2", "TLS 1.2", true, false, true, not_listed, absent_everywhere, iana_only},
    {"TLS_DHE_RSA_WITH_AES_256_CBC_SHA256", 0x006B, false, {}, "DHE", "RSA", "AES", "CBC", 256, 256, {}, {}, {}, {}, {},
     {}, {}, false, "TLS 1.2", "TLS 1.2", true, false, true, not_listed, absent_everywhere, iana_only},
    {"TLS_DHE_DSS_WITH_AES_128_GCM_SHA256", 0x00A2, false, {}, "DHE", "DSS", "AES", "GCM", 128, 128, {}, {}, {}, {}, {},
     {}, {}, false, "TLS 1.2", "TLS 1.2", true, true, false, not_listed, absent_everywhere, iana_only},
    {"TLS_DHE_DSS_WITH_AES_256_GCM_SHA384", 0x00A3, false, {}, "DHE", "DSS", "AES", "GCM", 256, 256, {}, {}, {}, {}, {},
     {}, {}, false, "TLS 1.2", "TLS 1.2", true, true, false, not_listed, absent_everywhere, iana_only},
    {"TLS_ECDHE_PSK_WITH_AES_128_GCM_SHA256", 0xD001, false, {}, "ECDHE", "PSK", "AES", "GCM", 128, 128, {}, {}, {}, {},
     {}, {}, {}, false, "TLS 1.2", "TLS 1.2", true, true, false, not_listed, absent_everywhere, iana_only},
    {"TLS_ECDHE_PSK_WITH_AES_256_GCM_SHA384", 0xD002, false, {}, "ECDHE", "PSK", "AES", "GCM", 256, 256, {}, {}, {}, {},
     {}, {}, {}, false, "TLS 1.2", "TLS 1.2", true, true, false, not_listed, absent_everywhere, iana_only},
    {"TLS_RSA_WITH_CAMELLIA_128_CBC_SHA", 0x0041, false, {}, "RSA", "RSA", "CAMELLIA", "CBC", 128, 128, {}, {}, {}, {},
     {}, {}, {}, false, "TLS 1.0", "TLS 1.2", false, false, true, not_listed, absent_everywhere, iana_only},
    {"TLS_RSA_WITH_CAMELLIA_256_CBC_SHA", 0x0084, false, {}, "RSA", "RSA", "CAMELLIA", "CBC", 256, 256, {}, {}, {}, {},
     {}, {}, {}, false, "TLS 1.0", "TLS 1.2", false, false, true, not_listed, absent_everywhere, iana_only},
    {"TLS_ECDH_ECDSA_WITH_AES_128_GCM_SHA256", 0xC02D, false, {}, "ECDH static", "ECDSA", "AES", "GCM", 128, 128, {},
     {}, {}, {}, {}, {}, {}, false, "TLS 1.2", "TLS 1.2", false, true, true, not_listed, absent_everywhere, iana_only},
    {"TLS_ECDH_RSA_WITH_AES_128_GCM_SHA256", 0xC031, false, {}, "ECDH static", "RSA", "AES", "GCM", 128, 128, {}, {},
     {}, {}, {}, {}, {}, false, "TLS 1.2", "TLS 1.2", false, true, true, not_listed, absent_everywhere, iana_only},
    {"TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384_P256", 0, false, {}, "ECDHE", "ECDSA", "AES", "GCM", 256, 256, "NistP256",
     {}, {}, {}, {}, {}, {}, false, "TLS 1.2", "TLS 1.2", true, true, false, not_listed,
     "suffix form absent from the Windows 7/8/8.1 pages although sibling suffixes exist; used in Exchange 2012 / 2012 "
     "R2 guidance", iana_only},
    {"TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384_P256", 0, false, {}, "ECDHE", "ECDSA", "AES", "CBC", 256, 256, "NistP256",
     {}, {}, {}, {}, {}, {}, false, "TLS 1.2", "TLS 1.2", true, false, true, not_listed,
     "suffix form absent from the Windows 7/8/8.1 pages although sibling suffixes exist; used in Exchange 2012 / 2012 "
     "R2 guidance", iana_only},
    {"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384_P256", 0, false, {}, "ECDHE", "RSA", "AES", "GCM", 256, 256, "NistP256", {},
     {}, {}, {}, {}, {}, false, "TLS 1.2", "TLS 1.2", true, true, false, not_listed,
     "suffix form absent from the Windows 7/8/8.1 pages although sibling suffixes exist", iana_only},
    {"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384_P384", 0, false, {}, "ECDHE", "RSA", "AES", "GCM", 256, 256, "NistP384", {},
     {}, {}, {}, {}, {}, false, "TLS 1.2", "TLS 1.2", true, true, false, not_listed,
     "suffix form absent from the Windows 7/8/8.1 pages although sibling suffixes exist; used in Skype TLSDisable.reg",
     iana_only},
    {"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256_P256", 0, false, {}, "ECDHE", "RSA", "AES", "GCM", 128, 128, "NistP256", {},
     {}, {}, {}, {}, {}, false, "TLS 1.2", "TLS 1.2", true, true, false, not_listed,
     "suffix form absent from the Windows 7/8/8.1 pages although sibling suffixes exist; appears in CSS-Exchange "
     "capture from Server 2016 as a dead list entry (suite id 0, no protocols); used in Skype TLSDisable.reg",
     iana_only},
};

}  // namespace

std::span<const CipherSuite> cipher_suites() { return table; }

const CipherSuite* find_cipher_suite(std::string_view name) {
    for (const CipherSuite& suite : table) {
        if (suite.name.size() == name.size() && utf::equal_no_case(suite.name, name)) return &suite;
    }
    return nullptr;
}

}  // namespace schancfg::facts
