#include "schancfg/schannel/settings.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <map>

#include "schancfg/ascii.hpp"
#include "schancfg/facts/algorithms.hpp"
#include "schancfg/facts/protocols.hpp"
#include "schancfg/schannel/spelling.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::schannel {
namespace {

using registry::KeyPath;
using registry::Root;

constexpr std::uint32_t any = std::numeric_limits<std::uint32_t>::max();

constexpr char schannel_key[] = "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL";
constexpr char local_key[] = "SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL";
constexpr char policy_key[] = "SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002";
constexpr char lsa_key[] = "SYSTEM\\CurrentControlSet\\Control\\Lsa";

// Both values of a role together: KB245030 and the TLS registry settings page. What a profile calls on-request is the page's
// DisabledByDefault: not offered by itself, but an application may name it. The data for "on" are 1 on that page and 0xFFFFFFFF in KB245030.
constexpr Word enabled_words[] = {{"enabled", 1}, {"disabled", 0}, {"on-request", 1}};
constexpr Word by_default_words[] = {{"enabled", 0}, {"disabled", 1}, {"on-request", 1}};
// KB245030 writes 0xffffffff to allow an algorithm. What any other number does there is written nowhere, so nothing else meets it.
constexpr Word state_words[] = {{"enabled", 0xFFFFFFFF}, {"disabled", 0}};

constexpr Word event_words[] = {{"errors", 1}, {"warnings", 2}, {"informational", 4}, {"none", 0}};
constexpr Word mapping_words[] = {
    {"subject-issuer", 0x1}, {"issuer", 0x2}, {"upn", 0x4}, {"s4u2self", 0x8}, {"s4u2self-explicit", 0x10}};
constexpr Word trust_words[] = {{"machine", 0}, {"exclusive-root", 1}, {"exclusive-ca", 2}};
constexpr Word extra_record_words[] = {{"opt-in", 0}, {"all", 1}, {"off", 2}};

struct RootRow {
    std::string_view word, value_name;
    Form form;
    std::span<const Word> words;
    std::uint32_t maximum;
    bool nonzero_alike;  // where the page says "nonzero" and not "1"
    std::string_view label;
};
// TLS registry settings page (windowsserverdocs: WindowsServerDocs/security/tls/tls-registry-settings.md), KB980436 and
// KB977377 for renegotiation, KB2643584 for SendExtraRecord, KB4528489 for the extended master secret.
constexpr RootRow root_rows[] = {
    {"event_logging", "EventLogging", Form::flags, event_words, 7, false, "Event logging"},
    {"certificate_mapping_methods", "CertificateMappingMethods", Form::flags, mapping_words, 0x1F, false,
     "Certificate mapping methods"},
    {"client_auth_trust_mode", "ClientAuthTrustMode", Form::word, trust_words, 2, false, "Trust mode for client certificates"},
    {"client_cache_time", "ClientCacheTime", Form::number, {}, any, false, "Client session cache time (ms)"},
    {"server_cache_time", "ServerCacheTime", Form::number, {}, any, false, "Server session cache time (ms)"},
    {"maximum_cache_size", "MaximumCacheSize", Form::number, {}, any, false, "Session cache size (elements)"},
    {"issuer_cache_size", "IssuerCacheSize", Form::number, {}, any, false, "Issuer cache size (elements)"},
    {"issuer_cache_time", "IssuerCacheTime", Form::number, {}, any, false, "Issuer cache time (ms)"},
    {"send_trusted_issuer_list", "SendTrustedIssuerList", Form::boolean, {}, 1, false, "Send the list of trusted issuers"},
    {"enable_ocsp_stapling_for_sni", "EnableOcspStaplingForSni", Form::boolean, {}, 1, false, "OCSP stapling for SNI bindings"},
    {"allow_insecure_reneg_clients", "AllowInsecureRenegoClients", Form::boolean, {}, 1, true,
     "Renegotiation with clients without RFC 5746"},
    {"allow_insecure_reneg_servers", "AllowInsecureRenegoServers", Form::boolean, {}, 1, true,
     "Renegotiation with servers without RFC 5746"},
    {"disable_reneg_on_client", "DisableRenegoOnClient", Form::boolean, {}, 1, true, "No renegotiation as a client"},
    {"disable_reneg_on_server", "DisableRenegoOnServer", Form::boolean, {}, 1, true, "No renegotiation as a server"},
    {"use_scsv_for_tls", "UseScsvForTls", Form::boolean, {}, 1, true, "Renegotiation signalled by SCSV"},
    {"send_extra_record", "SendExtraRecord", Form::word, extra_record_words, 2, false, "Record splitting against BEAST"},
    {"disable_server_extended_master_secret", "DisableServerExtendedMasterSecret", Form::boolean, {}, 1, true,
     "No extended master secret as a server"},
    {"disable_client_extended_master_secret", "DisableClientExtendedMasterSecret", Form::boolean, {}, 1, true,
     "No extended master secret as a client"},
    // "any except 0xFFFFFFFF"
    {"machine_id", "MachineID", Form::number, {}, any - 1, false, "Machine id in session ids"},
};
// The 2023 text of the page says at most 2^16, the 2019 text 2^24-1; the wider range is taken.
constexpr std::uint32_t message_limit = (1u << 24) - 1;
constexpr RootRow messaging_rows[] = {
    {"message_limit_client", "MessageLimitClient", Form::number, {}, message_limit, false, "Message limit as a client (bytes)"},
    {"message_limit_server", "MessageLimitServer", Form::number, {}, message_limit, false,
     "Message limit as a server (bytes)"},
    {"message_limit_server_client_auth", "MessageLimitServerClientAuth", Form::number, {}, message_limit, false,
     "Message limit as a server that asks for certificates (bytes)"},
};

struct BitsRow {
    std::string_view algorithm, word, value_name, label;
};
constexpr BitsRow bits_rows[] = {
    {"Diffie-Hellman", "client_min_bits", "ClientMinKeyBitLength", "Diffie-Hellman, smallest group a client accepts (bits)"},
    {"Diffie-Hellman", "client_max_bits", "ClientMaxKeyBitLength", "Diffie-Hellman, largest group a client accepts (bits)"},
    {"Diffie-Hellman", "server_min_bits", "ServerMinKeyBitLength", "Diffie-Hellman, group a server uses (bits)"},
    {"PKCS", "client_min_bits", "ClientMinKeyBitLength", "PKCS, smallest RSA key a client accepts (bits)"},
    {"PKCS", "client_max_bits", "ClientMaxKeyBitLength", "PKCS, largest RSA key a client accepts (bits)"},
};
// Windows' providers know Diffie-Hellman and RSA keys from 512 bits on, RSA up to 16384 (win32: SecCNG/cng-algorithm-identifiers).
constexpr std::uint32_t smallest_key = 512, largest_key = 16384;

// Bits of WINHTTP_OPTION_SECURE_PROTOCOLS, the same as SP_PROT_*_CLIENT (win32: WinHttp/option-flags).
std::span<const Word> winhttp_words() {
    static const auto words = [] {
        std::array<Word, 6> made{{{"SSL 2.0"}, {"SSL 3.0"}, {"TLS 1.0"}, {"TLS 1.1"}, {"TLS 1.2"}, {"TLS 1.3"}}};
        for (Word& word : made) {
            if (const facts::Protocol* protocol = facts::find_protocol(word.word)) word.number = protocol->client_bit;
        }
        return made;
    }();
    return words;
}

bool has_name(facts::Confidence confidence) {
    return confidence == facts::Confidence::documented || confidence == facts::Confidence::secondary;
}

KeyPath machine(std::string path) { return KeyPath(Root::local_machine, std::move(path)); }

void add_protocols(std::vector<Setting>& rows) {
    const KeyPath base = machine(schannel_key).child("Protocols");
    for (const facts::Protocol& protocol : facts::protocols()) {
        for (const facts::Role role : {facts::Role::client, facts::Role::server}) {
            Setting row{
                .paths = {{"protocols", protocol.name}, {"protocols", protocol.name, facts::role_name(role)}},
                .key = base.child(protocol.name).child(facts::role_key(role)),
                .value_name = "Enabled",
                .words = enabled_words,
                .maximum = any,
                .on_meets = registry::Meets::dword_one_or_all,
                .protocol = protocol.name,
                .label = std::string(protocol.name) + " (" + std::string(facts::role_name(role)) + ")",
            };
            rows.push_back(row);
            row.value_name = "DisabledByDefault";
            row.words = by_default_words;
            row.on_meets = registry::Meets::exact;
            rows.push_back(std::move(row));
        }
    }
}

void add_algorithms(std::vector<Setting>& rows, std::string_view section, std::string_view key,
                    std::span<const facts::Algorithm> algorithms) {
    for (const facts::Algorithm& algorithm : algorithms) {
        if (!has_name(algorithm.confidence)) continue;
        rows.push_back({
            .paths = {{section, algorithm.name}},
            .key = machine(schannel_key).child(key).child(algorithm.name),
            .value_name = "Enabled",
            .words = state_words,
            .maximum = any,
            .label = std::string(algorithm.name),
        });
    }
}

void add_key_exchanges(std::vector<Setting>& rows) {
    const std::size_t first = rows.size();
    add_algorithms(rows, "key_exchange_algorithms", "KeyExchangeAlgorithms", facts::key_exchanges());
    for (std::size_t i = first; i < rows.size(); ++i) {
        std::vector<std::string_view> full = rows[i].path();
        full.emplace_back("state");
        rows[i].paths.push_back(std::move(full));
    }
    const KeyPath base = machine(schannel_key).child("KeyExchangeAlgorithms");
    for (const BitsRow& row : bits_rows) {
        rows.push_back({.paths = {{"key_exchange_algorithms", row.algorithm, row.word}},
                        .key = base.child(row.algorithm),
                        .value_name = std::string(row.value_name),
                        .form = Form::number,
                        .minimum = smallest_key,
                        .maximum = largest_key,
                        .label = std::string(row.label)});
    }
    // Known from Microsoft Q&A alone; 0 makes a new key for every handshake.
    rows.push_back({.paths = {{"key_exchange_algorithms", "ECDH", "ephem_key_reuse_time"}},
                    .key = base.child("ECDH"),
                    .value_name = "EphemKeyReuseTime",
                    .form = Form::number,
                    .maximum = any,
                    .label = "ECDH, reuse of ephemeral keys"});
}

// The policy list of suites is one comma separated string (CipherSuiteOrder.admx), the other lists hold a name a string.
void add_lists(std::vector<Setting>& rows) {
    const KeyPath suites = machine(local_key).child("00010002");
    const KeyPath policy = machine(policy_key);
    rows.push_back({.paths = {{"cipher_suites", "local", "order"}}, .key = suites, .value_name = "Functions",
                    .form = Form::suites, .label = "Cipher suite order (local)"});
    rows.push_back({.paths = {{"cipher_suites", "policy", "order"}}, .key = policy, .value_name = "Functions",
                    .form = Form::suites, .list_form = WriteList::Form::comma_separated,
                    .label = "Cipher suite order (policy)"});
    rows.push_back({.paths = {{"elliptic_curves", "local", "order"}}, .key = suites, .value_name = "EccCurves",
                    .form = Form::curves, .label = "Elliptic curve order (local)"});
    rows.push_back({.paths = {{"elliptic_curves", "policy", "order"}}, .key = policy, .value_name = "EccCurves",
                    .form = Form::curves, .label = "Elliptic curve order (policy)"});
    rows.push_back({.paths = {{"signature_algorithms", "local", "order"}}, .key = machine(local_key).child("00010003"),
                    .value_name = "Functions", .form = Form::signatures, .label = "Signature algorithm order (local)"});
}

void add_root(std::vector<Setting>& rows, std::vector<std::string_view> path, const KeyPath& key,
              std::span<const RootRow> table) {
    for (const RootRow& row : table) {
        path.push_back(row.word);
        rows.push_back({.paths = {path},
                        .key = key,
                        .value_name = std::string(row.value_name),
                        .form = row.form,
                        .words = row.words,
                        .maximum = row.maximum,
                        .on_meets = row.nonzero_alike ? registry::Meets::dword_on : registry::Meets::exact,
                        .label = std::string(row.label)});
        path.pop_back();
    }
}

// HKLM\SOFTWARE is redirected for 32-bit programs, so each value has a twin (win32: WinProg64/shared-registry-keys).
struct View {
    std::string_view word, software, label;
};
constexpr View views[] = {{"view64", "SOFTWARE\\", "64-bit"}, {"view32", "SOFTWARE\\Wow6432Node\\", "32-bit"}};

void add_winhttp(std::vector<Setting>& rows) {
    constexpr std::string_view word = "default_secure_protocols";
    for (const View& view : views) {
        rows.push_back({.paths = {{"winhttp", word}, {"winhttp", view.word, word}},
                        .key = machine(std::string(view.software) +
                                       "Microsoft\\Windows\\CurrentVersion\\Internet Settings\\WinHttp"),
                        .value_name = "DefaultSecureProtocols",
                        .form = Form::protocols,
                        .words = winhttp_words(),
                        .maximum = any,
                        .list_form = WriteList::Form::client_bits,
                        .label = "WinHTTP default protocols (" + std::string(view.label) + ")"});
    }
}

void add_dotnet(std::vector<Setting>& rows) {
    struct Row {
        std::string_view word, value_name, label;
    };
    constexpr Row switches[] = {{"strong_crypto", "SchUseStrongCrypto", "strong cryptography"},
                                {"system_default_tls_versions", "SystemDefaultTlsVersions", "versions left to Schannel"}};
    constexpr std::pair<std::string_view, std::string_view> versions[] = {{"v4.0.30319", ".NET 4"},
                                                                          {"v2.0.50727", ".NET 3.5"}};
    for (const auto& [version, version_label] : versions) {
        for (const View& view : views) {
            for (const Row& row : switches) {
                rows.push_back({.paths = {{"dotnet", row.word},
                                          {"dotnet", version, row.word},
                                          {"dotnet", version, view.word, row.word}},
                                .key = machine(std::string(view.software) + "Microsoft\\.NETFramework\\" +
                                               std::string(version)),
                                .value_name = std::string(row.value_name),
                                .form = Form::boolean,
                                .maximum = 1,
                                .label = std::string(version_label) + " " + std::string(row.label) + " (" +
                                         std::string(view.label) + ")"});
            }
        }
    }
}

void add_fips(std::vector<Setting>& rows) {
    rows.push_back({.paths = {{"fips", "enabled"}}, .key = machine(lsa_key).child("FIPSAlgorithmPolicy"),
                    .value_name = "Enabled", .form = Form::boolean, .maximum = 1, .on_meets = registry::Meets::dword_on, .label = "FIPS mode"});
    // Windows XP and Server 2003 kept the switch as a value of Lsa itself.
    rows.push_back({.paths = {{"fips", "legacy_enabled"}}, .key = machine(lsa_key), .value_name = "FipsAlgorithmPolicy",
                    .form = Form::boolean, .maximum = 1, .on_meets = registry::Meets::dword_on,
                    .label = "FIPS mode (Windows XP and Server 2003)"});
}

std::vector<Setting> make_settings() {
    std::vector<Setting> rows;
    rows.reserve(128);
    add_protocols(rows);
    add_algorithms(rows, "ciphers", "Ciphers", facts::ciphers());
    add_algorithms(rows, "hashes", "Hashes", facts::hashes());
    add_key_exchanges(rows);
    add_lists(rows);
    add_root(rows, {"schannel"}, machine(schannel_key), root_rows);
    add_root(rows, {"schannel", "messaging"}, machine(schannel_key).child("Messaging"), messaging_rows);
    add_winhttp(rows);
    add_dotnet(rows);
    add_fips(rows);
    return rows;
}

bool is_own_word(std::string_view word) {
    return std::ranges::all_of(word, [](char c) { return ascii::is_lower(c) || ascii::is_digit(c) || c == '_'; });
}

PathNode make_paths() {
    PathNode root;
    for (const Setting& row : settings()) {
        for (const auto& path : row.paths) {
            PathNode* node = &root;
            for (const std::string_view word : path) {
                auto found = std::ranges::find(node->children, word, &PathNode::word);
                if (found == node->children.end()) {
                    node->children.push_back({.word = word, .windows_name = !is_own_word(word), .settings = {}, .children = {}});
                    found = std::prev(node->children.end());
                }
                node = &*found;
            }
            node->settings.push_back(&row);
        }
    }
    return root;
}

std::string value_id(const KeyPath& key, std::string_view name) {
    return utf::fold_case(key.to_string()) + '\n' + utf::fold_case(name);
}

}  // namespace

std::string Setting::name() const { return toml_path(path()); }

Write Setting::write(std::uint32_t number) const {
    return {registry::Value::dword(number), number != 0 ? on_meets : registry::Meets::exact};
}

std::span<const Setting> settings() {
    static const std::vector<Setting> rows = make_settings();
    return rows;
}

const Setting* find_setting(const KeyPath& key, std::string_view value_name) {
    static const auto index = [] {
        std::map<std::string, const Setting*> made;
        for (const Setting& row : settings()) made.emplace(value_id(row.key, row.value_name), &row);
        return made;
    }();
    const auto found = index.find(value_id(registry::canonical(key), value_name));
    return found == index.end() ? nullptr : found->second;
}

const PathNode* PathNode::find(std::string_view child) const {
    const auto found = std::ranges::find_if(children, [&](const PathNode& node) {
        return node.windows_name ? utf::equal_no_case(node.word, child) : node.word == child;
    });
    return found == children.end() ? nullptr : &*found;
}

const PathNode& setting_paths() {
    static const PathNode root = make_paths();
    return root;
}

}  // namespace schancfg::schannel
