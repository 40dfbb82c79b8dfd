#include <algorithm>

#include "explain/parts.hpp"
#include "schancfg/facts/cipher_suites.hpp"
#include "schancfg/facts/curves.hpp"
#include "schancfg/facts/protocols.hpp"
#include "schancfg/facts/registry_values.hpp"
#include "schancfg/schannel/managed.hpp"
#include "schancfg/schannel/settings.hpp"

namespace schancfg::explain {
namespace {

using facts::RegistryValue;

struct Trap {
    std::string_view value, rule;
};

// Values on their own; those of protocols, ciphers, hashes and key exchanges are reported with their names.
constexpr Trap value_traps[] = {
    {"AllowInsecureRenegoServers", "renegotiation-strict"},
    {"AllowInsecureRenegoServers", "insecure-renegotiation"},
    {"AllowInsecureRenegoClients", "insecure-renegotiation"},
    {"DisableRenegoOnServer", "renegotiation-off"},
    {"DisableServerExtendedMasterSecret", "ems-off"},
    {"DisableClientExtendedMasterSecret", "ems-off"},
    {"ServerCacheTime", "session-cache-off"},
    {"MaximumCacheSize", "session-cache-off"},
    {"ClientCacheTime", "session-cache-off"},
    {"DefaultSecureProtocols", "winhttp-refused"},
    {"DefaultSecureProtocols", "wow64-twin"},
    {"DefaultSecureProtocols", "needs-update"},
    {"SchUseStrongCrypto", "dotnet35-strong-crypto"},
    {"SchUseStrongCrypto", "dotnet-legacy"},
    {"SchUseStrongCrypto", "wow64-twin"},
    {"SystemDefaultTlsVersions", "dotnet-legacy"},
    {"SystemDefaultTlsVersions", "wow64-twin"},
    {"ClientMinKeyBitLength", "key-too-short"},
    {"ServerMinKeyBitLength", "key-too-short"},
    {"EccCurves", "curve-unknown"},
    {"EccCurves", "duplicate-name"},
    {"Enabled", "value-wrong-type"},
    {"DisabledByDefault", "protocol-one-value"},
};

std::string full_key(const RegistryValue& row) { return std::string(row.hive).append(1, '\\').append(row.key); }

void add_traps(Explanation& out, const RegistryValue& row) {
    for (const Trap& trap : value_traps) {
        if (row.name.find(trap.value) != std::string_view::npos) out.traps.push_back(trap.rule);
    }
    if (row.name == "Functions" && row.section == "cng-policy") {
        out.traps = {"policy-list-blanks", "policy-list-semicolons", "policy-list-set", "policy-list-too-long", "policy-shadows-local", "suite-name-dead"};
    } else if (row.name == "Functions" && row.section == "cng-local") {
        out.traps = {"local-list-edited", "local-list-joined", "policy-shadows-local"};
    } else if (row.section == "fips") {
        out.traps = {"fips-curve25519"};
    }
    if (row.confidence == facts::Confidence::folklore || row.confidence == facts::Confidence::negative) out.traps = {"folklore-value"};
    if (row.key.ends_with("Protocols\\<name>")) out.traps = {"protocol-key-without-role"};
}

Explanation of(const RegistryValue& row) {
    Explanation out;
    out.kind = "value";
    out.name = row.name;
    out.summary = row.meaning.empty() ? std::string("a registry value") : std::string(row.meaning);
    add_detail(out, "key", full_key(row));
    add_detail(out, "type", row.type);
    add_detail(out, "data", row.allowed);
    add_detail(out, "when absent", row.default_when_absent);
    add_detail(out, "applies to", row.applies_to);
    add_detail(out, "restart", row.requires_reboot == "y" ? "needed" : row.requires_reboot == "n" ? "not needed" : std::string(row.requires_reboot));
    std::string names;
    for (const schannel::Setting& setting : schannel::settings()) {
        const RegistryValue* decides = nullptr;
        static_cast<void>(schannel::permission(setting.key, setting.value_name, &decides));
        if (decides == &row) names.append(names.empty() ? "" : ", ").append(setting.name());
    }
    add_detail(out, "in profiles", names);
    add_detail(out, "confidence", facts::confidence_name(row.confidence));
    add_detail(out, "note", row.notes);
    add_traps(out, row);
    add_sources(out, row.source);
    return out;
}

bool is_named(const RegistryValue& row, std::string_view word) {
    std::string_view rest = row.name;
    while (!rest.empty()) {
        const std::size_t end = rest.find(" / ");
        if (same_word(rest.substr(0, end), word)) return true;
        rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 3);
    }
    return false;
}

bool has_path(const RegistryValue& row, std::string_view word) {
    if (word.find('\\') == std::string_view::npos) return false;
    const std::string key = full_key(row);
    if (same_word(key, word) || same_word(row.key, word)) return true;
    // `KEY\...`, as the keys are listed: what is below it as well.
    if (constexpr std::string_view below = "\\..."; word.ends_with(below)) {
        const std::string_view top = word.substr(0, word.size() - below.size());
        return same_word(std::string_view(key).substr(0, top.size()), top) && (key.size() == top.size() || key[top.size()] == '\\');
    }
    for (const std::string_view joint : {"\\", ": "}) {
        if (same_word(key + std::string(joint) + std::string(row.name), word)) return true;
    }
    return false;
}

/// `EventLogging`, its path, `schannel.event_logging`, `event_logging`, or `fips`, a section of profiles.
std::vector<const RegistryValue*> rows_of(std::string_view word) {
    std::vector<const RegistryValue*> rows;
    for (const RegistryValue& row : facts::registry_values()) {
        if (is_named(row, word) || has_path(row, word)) rows.push_back(&row);
    }
    for (const schannel::Setting& setting : schannel::settings()) {
        // Protocols and algorithms are explained under their own names.
        const bool last = same_word(setting.path().back(), word) && setting.protocol.empty() && setting.value_name != "Enabled";
        if (!last && !same_word(setting.name(), word) && !same_word(setting.path().front(), word)) continue;
        const RegistryValue* row = nullptr;
        static_cast<void>(schannel::permission(setting.key, setting.value_name, &row));
        if (std::ranges::find(rows, row) == rows.end()) rows.push_back(row);
    }
    return rows;
}

}  // namespace

void explain_values(std::string_view word, Explanations& into) {
    constexpr std::size_t few = 4;
    const std::vector<const RegistryValue*> rows = rows_of(word);
    if (rows.size() <= few) {
        for (const RegistryValue* row : rows) into.push_back(of(*row));
        return;
    }
    // One name in dozens of keys, such as Enabled: what the keys are, and each on demand.
    Explanation out;
    out.kind = "value";
    out.name = word;
    const std::string count = std::to_string(rows.size());
    out.summary = word.find('\\') == std::string_view::npos ? "a value of " + count + " keys; name a key to see what it does there"
                                                             : "has " + count + " known values; name a key and a value to see what it does";
    for (const RegistryValue* row : rows) {
        out.gates.push_back(full_key(*row));
        add_sources(out, row->source);
    }
    const auto repeated = std::ranges::unique(out.gates);
    out.gates.erase(repeated.begin(), repeated.end());
    into.push_back(std::move(out));
}

void explain_releases(std::string_view word, Explanations& into) {
    const facts::Release* release = facts::find_release(word);
    if (release == nullptr) {
        std::string several = facts::releases_called(word);
        if (several.empty()) return;
        // One alone is meant.
        if (several.find(',') == std::string::npos) return explain_releases(several, into);
        Explanation family;
        family.kind = "release";
        family.name = word;
        family.summary = "stands for " + several + "; name one";
        into.push_back(std::move(family));
        return;
    }
    Explanation out;
    out.kind = "release";
    out.name = release->id;
    out.summary = release->name;
    add_detail(out, "build", std::to_string(release->build.major) + "." + std::to_string(release->build.minor) + "." + std::to_string(release->build.number));
    std::string aliases;
    for (const std::string_view alias : release->aliases) aliases.append(aliases.empty() ? "" : ", ").append(alias);
    add_detail(out, "aliases", aliases);
    for (const facts::Protocol& protocol : facts::protocols()) {
        std::string text;
        for (const facts::Role role : {facts::Role::client, facts::Role::server}) {
            const facts::ProtocolDefault* row = facts::protocol_default(*release, role, protocol.name);
            text.append(text.empty() ? "" : ", ").append(facts::role_name(role)).append(1, ' ').append(facts::state_name(row->state));
            add_sources(out, row->source);
        }
        if (!text.empty()) add_detail(out, protocol.name, text);
    }
    const auto suites = facts::suites_of(*release);
    for (const facts::ReleaseSuite& row : suites) {
        if (row.list == facts::SuiteList::enabled) out.gates.emplace_back(row.suite);
    }
    add_detail(out, "suites", suites.empty() ? "no page lists them" : std::to_string(out.gates.size()) + " by default");
    std::string curves;
    for (const facts::ReleaseCurve& row : facts::curves_of(*release)) {
        if (row.enabled_by_default) curves.append(curves.empty() ? "" : ", ").append(row.curve);
    }
    add_detail(out, "curves", facts::has_curve_list(*release) ? curves : "part of the names of suites");
    add_sources(out, release->source);
    into.push_back(std::move(out));
}

}  // namespace schancfg::explain
