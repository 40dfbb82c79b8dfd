#include "schancfg/codec/oma_uri.hpp"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "schancfg/schannel/protocol_state.hpp"
#include "schancfg/text.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::codec {
namespace {

using Json = nlohmann::ordered_json;
using registry::KeyPath;
using registry::Wanted;
using registry::WantedValue;

constexpr std::string_view policy_key = "SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002";
constexpr std::string_view fips_key = "SYSTEM\\CurrentControlSet\\Control\\Lsa\\FipsAlgorithmPolicy";
constexpr std::uint32_t first_with_policy_csp = 10240;  // Windows 10 1507
constexpr std::uint32_t first_with_versions = 26100;    // Windows 11 24H2

bool is(const WantedValue& item, std::string_view key, std::string_view name) {
    return item.key == KeyPath(registry::Root::local_machine, std::string(key)) && utf::equal_no_case(item.name, name);
}

Json setting(std::string_view node, std::string_view description, Json value) {
    Json out;
    out["@odata.type"] = value.is_number() ? "#microsoft.graph.omaSettingInteger" : "#microsoft.graph.omaSettingString";
    out["displayName"] = node;
    out["description"] = description;
    out["omaUri"] = "./Device/Vendor/MSFT/Policy/Config/Cryptography/" + std::string(node);
    out["value"] = std::move(value);
    return out;
}

// Separated by semicolons there, by commas in a string of the registry. nullopt: not a list, or a name of it holds a semicolon or nothing.
std::optional<std::string> names_of(const registry::Value& value) {
    std::vector<std::string> names = value.as_strings().value_or(std::vector<std::string>{});
    if (const auto text = value.as_string(); text && value.type != registry::reg_multi_sz) {
        for (std::size_t start = 0; start <= text->size();) {
            const std::size_t end = std::min(text->find(',', start), text->size());
            names.push_back(text->substr(start, end - start));
            start = end + 1;
        }
    }
    const auto is_name = [](const std::string& name) { return !name.empty() && name.find(';') == std::string::npos; };
    if (names.empty() || !std::ranges::all_of(names, is_name)) return std::nullopt;
    return schancfg::join(names, ";");
}

// One floor of Policy CSP, and the protocols that it is made of, oldest first.
struct Floor {
    std::string_view node;
    facts::Role role;
    std::array<std::string_view, 4> protocols;
    std::array<std::string_view, 4> versions;
};
constexpr Floor floors[] = {
    {"OverrideMinimumEnabledTLSVersionClient", facts::Role::client, {"TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3"}, {"1.0", "1.1", "1.2", "1.3"}},
    {"OverrideMinimumEnabledTLSVersionServer", facts::Role::server, {"TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3"}, {"1.0", "1.1", "1.2", "1.3"}},
    {"OverrideMinimumEnabledDTLSVersionClient", facts::Role::client, {"DTLS 1.0", "DTLS 1.2", "", ""}, {"1.0", "1.2", "", ""}},
    {"OverrideMinimumEnabledDTLSVersionServer", facts::Role::server, {"DTLS 1.0", "DTLS 1.2", "", ""}, {"1.0", "1.2", "", ""}},
};

std::optional<std::uint32_t> enabled_of(const Wanted& wanted, facts::Role role, std::string_view protocol) {
    for (const WantedValue& item : wanted.values) {
        const auto found = schannel::protocol_switch(item.key);
        if (!found || found->role != role || !utf::equal_no_case(found->protocol, protocol) || !utf::equal_no_case(item.name, "Enabled") || !item.value) continue;
        if (const auto number = item.value->as_dword()) return *number;
    }
    return std::nullopt;
}

// The first version that is not asked to be off, where all before it are; empty: nothing is said.
std::string_view floor_of(const Wanted& wanted, const Floor& floor) {
    for (std::size_t i = 0; i < floor.protocols.size() && !floor.protocols[i].empty(); ++i) {
        if (enabled_of(wanted, floor.role, floor.protocols[i]).value_or(1) != 0) return i == 0 ? std::string_view{} : floor.versions[i];
    }
    return {};
}

// Only machines that have the setting are meant.
bool is_for_new_ones_alone(const CarrierVariant& variant) {
    return !variant.releases.empty() && std::ranges::all_of(variant.releases, [](const facts::Release* each) { return each->build.number >= first_with_versions; });
}

bool is_too_old(const CarrierVariant& variant) {
    return !variant.releases.empty() && std::ranges::all_of(variant.releases, [](const facts::Release* each) { return each->build.number < first_with_policy_csp; });
}

struct Said {
    std::vector<Json> settings = {};
    std::vector<CarrierGap> gaps = {};
};

std::string gap_reason(const WantedValue& item) {
    const bool is_list = is(item, policy_key, "Functions") || is(item, policy_key, "EccCurves");
    if ((is_list || is(item, fips_key, "Enabled")) && !item.value) return "a configuration cannot ask for a value to be absent; unassign the one that set it";
    const std::string_view condition = condition_of(item);
    if ((is_list || is(item, fips_key, "Enabled")) && !condition.empty()) return std::string(condition) + ", and Policy CSP has no conditions";
    if (is_list && !names_of(*item.value)) return "its data are not a list of names that semicolons can part";
    return "Policy CSP has no setting for it";
}

Said said_of(const CarrierVariant& variant, bool removal) {
    Said out;
    std::vector<const WantedValue*> covered;
    if (is_too_old(variant)) {
        for (const WantedValue& item : variant.wanted.values) out.gaps.push_back({item.key, item.name, "Windows before Windows 10 has no Policy CSP"});
        return out;
    }
    for (const WantedValue& item : variant.wanted.values) {
        if (!item.value || !condition_of(item).empty()) continue;
        const bool is_suites = is(item, policy_key, "Functions"), is_curves = is(item, policy_key, "EccCurves");
        const auto names = is_suites || is_curves ? names_of(*item.value) : std::nullopt;
        if (is_suites && names) {
            out.settings.push_back(setting("TLSCipherSuites", "Cipher suites and their order. Windows 10 1507 and later.", *names));
            covered.push_back(&item);
        } else if (is_curves && names) {
            out.settings.push_back(setting("ConfigureEllipticCurveCryptography", "Elliptic curves and their order. Windows 11 24H2 and later.", *names));
            // Older machines are given it by something else.
            if (is_for_new_ones_alone(variant)) covered.push_back(&item);
        } else if (is(item, fips_key, "Enabled") && item.value->as_dword()) {
            out.settings.push_back(setting("AllowFipsAlgorithmPolicy", "System cryptography: FIPS 140 algorithms. Windows 10 1507 and later.", *item.value->as_dword() == 0 ? 0 : 1));
            covered.push_back(&item);
        }
    }
    const bool has_floors = !removal && (variant.releases.empty() || std::ranges::any_of(variant.releases, [](const facts::Release* each) { return each->build.number >= first_with_versions; }));
    for (const Floor& floor : floors) {
        const std::string_view version = has_floors ? floor_of(variant.wanted, floor) : std::string_view{};
        if (version.empty()) continue;
        out.settings.push_back(setting(floor.node, "The lowest version that is enabled. Windows 11 24H2 and later. The spelling of the value is not documented; this one is the usual one.", version));
    }
    std::ranges::sort(out.settings, {}, [](const Json& each) { return each["displayName"].get<std::string>(); });
    for (const WantedValue& item : variant.wanted.values) {
        if (std::ranges::find(covered, &item) == covered.end()) out.gaps.push_back({item.key, item.name, gap_reason(item)});
    }
    for (const registry::WantedKey& item : variant.wanted.keys) {
        if (!item.present || item.clear_values) out.gaps.push_back({item.key, {}, "Policy CSP removes no keys"});
    }
    return out;
}

std::string document_of(const CarrierInput& input, const CarrierVariant& variant, std::vector<Json> settings) {
    Json document;
    document["@odata.type"] = "#microsoft.graph.windows10CustomConfiguration";
    document["displayName"] = "schancfg: " + input.name + (input.removal ? " (removal)" : "") + (variant.releases.size() == 1 ? " (" + std::string(variant.releases.front()->name) + ")" : "");
    document["description"] = input.description;
    document["omaSettings"] = std::move(settings);
    return document.dump(2, ' ', true, Json::error_handler_t::replace) + "\n";
}

}  // namespace

Result<Carried> encode_oma_uri(const CarrierInput& input) {
    Carried out;
    const std::vector<CarrierVariant> variants = one_a_release(input.variants);
    std::vector<Said> said;
    for (const CarrierVariant& variant : variants) {
        said.push_back(said_of(variant, input.removal));
        for (CarrierGap& gap : said.back().gaps) {
            const auto same = [&](const CarrierGap& each) { return each.key == gap.key && utf::equal_no_case(each.value, gap.value); };
            if (std::ranges::none_of(out.gaps, same)) out.gaps.push_back(std::move(gap));
        }
    }
    std::ranges::stable_sort(out.gaps, [](const CarrierGap& a, const CarrierGap& b) {
        if (const auto order = a.key <=> b.key; order != 0) return order < 0;
        return utf::compare_no_case(a.value, b.value) < 0;
    });
    if (std::ranges::all_of(said, [&](const Said& each) { return each.settings == said.front().settings; })) {
        CarrierVariant all;
        if (variants.size() == 1) all.releases = variants.front().releases;
        if (!said.front().settings.empty()) out.files.push_back({"oma-uri.json", document_of(input, all, std::move(said.front().settings))});
        return out;
    }
    out.one_a_release = true;
    for (std::size_t at = 0; at < variants.size(); ++at) {
        if (!said[at].settings.empty()) out.files.push_back({"oma-uri." + std::string(variants[at].releases.front()->id) + ".json", document_of(input, variants[at], std::move(said[at].settings))});
    }
    std::ranges::sort(out.files, {}, &CarrierFile::path);
    return out;
}

}  // namespace schancfg::codec
