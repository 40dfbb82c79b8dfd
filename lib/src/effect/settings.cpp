#include "schancfg/effect/settings.hpp"

#include "effect/parts.hpp"
#include "effect/sources.hpp"

namespace schancfg::effect {
namespace {

using facts::Confidence;

using Unit = SettingUnit;

struct Setting {
    std::string_view name, value;
    bool messaging;                 ///< below SCHANNEL\Messaging
    std::uint32_t by_default;
    Unit unit;
    facts::Build since;             ///< the first release that reads it
    facts::Build before{99, 0, 0};  ///< the first that no longer does
    std::string_view source = sources::tls_registry_2023;
};

constexpr std::string_view whats_new = "MicrosoftDocs/windowsserverdocs: what-s-new-in-tls-ssl-schannel-ssp-overview.md";

// Defaults: tls-registry-settings.md (2023-04 text) but where another source stands in the row.
constexpr Setting table[] = {
    {"event_logging", "EventLogging", false, 1, Unit::events, {}},
    {"certificate_mapping_methods", "CertificateMappingMethods", false, 0x18, Unit::hex, windows_7},
    {"client_auth_trust_mode", "ClientAuthTrustMode", false, 0, Unit::number, windows_8, {99, 0, 0}, whats_new},
    {"client_cache_time", "ClientCacheTime", false, 36000000, Unit::milliseconds, vista},
    {"server_cache_time", "ServerCacheTime", false, 36000000, Unit::milliseconds, vista},
    {"maximum_cache_size", "MaximumCacheSize", false, 20000, Unit::elements, vista},
    {"issuer_cache_size", "IssuerCacheSize", false, 100, Unit::elements, vista},
    {"issuer_cache_time", "IssuerCacheTime", false, 600000, Unit::milliseconds, vista},
    {"send_trusted_issuer_list", "SendTrustedIssuerList", false, 0, Unit::yes_no, windows_8},
    {"send_trusted_issuer_list", "SendTrustedIssuerList", false, 1, Unit::yes_no, {}, windows_8},
    {"enable_ocsp_stapling_for_sni", "EnableOcspStaplingForSni", false, 0, Unit::yes_no, windows_8},
    {"use_scsv_for_tls", "UseScsvForTls", false, 0, Unit::yes_no, {}, {99, 0, 0}, "KB980436; NetSekure blog"},
    {"send_extra_record", "SendExtraRecord", false, 0, Unit::number, {}, windows_8, "KB2643584 (MS12-006)"},
    {"disable_client_extended_master_secret", "DisableClientExtendedMasterSecret", false, 0, Unit::extended_master_secret,
     windows_7, {99, 0, 0}, sources::kb4528489},
    {"disable_server_extended_master_secret", "DisableServerExtendedMasterSecret", false, 0, Unit::extended_master_secret,
     windows_7, {99, 0, 0}, sources::kb4528489},
    {"message_limit_client", "MessageLimitClient", true, 0x8000, Unit::bytes, {}},
    {"message_limit_server", "MessageLimitServer", true, 0x4000, Unit::bytes, {}},
    {"message_limit_server_client_auth", "MessageLimitServerClientAuth", true, 0x8000, Unit::bytes, {}},
};

void doubt_default(const StateReader& reader, const Setting& setting, Basis& basis) {
    if (setting.name == "certificate_mapping_methods") {
        // The text of 2019 has all methods on; 0x18 came with the updates of May 2022 (KB5014754).
        // The update of May 2022 is part of every release that is younger.
        if (reader.build() >= facts::Build{10, 0, 22621}) return;
        if (reader.has("KB5014754")) {
            basis.origin = reader.update_origin("KB5014754");
        } else {
            basis.certain = false;
            basis.confidence = Confidence::conflict;
            basis.alternative = "0x1f";
            basis.alternative_source = sources::tls_registry_2019;
            basis.note = "0x1f before the updates of May 2022 (KB5014754)";
        }
    }
    if (setting.unit == Unit::extended_master_secret && reader.build() < windows_10) {
        if (reader.has("KB4528489")) {
            basis.origin = reader.update_origin("KB4528489");
        } else {
            basis.certain = false;
            basis.note = "before Windows 10 the extended master secret came with updates of October 2019 (KB4528489)";
        }
    }
}

SettingEffect setting_effect(const StateReader& reader, const Spot& spot, const Setting& setting) {
    SettingEffect effect;
    effect.name = setting.name;
    effect.value = setting.value;
    effect.number = setting.by_default;
    effect.unit = setting.unit;
    effect.basis = reader.default_basis(BasisRule::setting_default, setting.source);
    doubt_default(reader, setting, effect.basis);
    const Number read = StateReader::number(spot, setting.value);
    if (read.assumed) effect.basis.assume();
    if (read.invalid()) {
        effect.basis.origin = reader.origin(spot, setting.value);
        effect.basis.rule = BasisRule::setting_value_invalid;
        effect.basis.certain = false;
        effect.basis.confidence = Confidence::undocumented;
        effect.basis.note = "no 4-byte REG_DWORD: what Windows does with it is not documented";
    } else if (read.readable()) {
        effect.number = read.number;
        effect.basis = reader.value_basis(spot, setting.value, BasisRule::setting_value, setting.source);
    }
    return effect;
}

/// `nonzero` is what any number but 0 means; absent is `by_default`.
bool read_flag(const StateReader& reader, std::string_view value, bool by_default, std::string_view source, Basis& basis) {
    const Spot& spot = reader.schannel();
    basis = reader.default_basis(BasisRule::renegotiation_default, source);
    const Number read = StateReader::number(spot, value);
    if (read.assumed) basis.assume();
    if (read.invalid()) {
        basis.origin = reader.origin(spot, value);
        basis.rule = BasisRule::renegotiation_value_invalid;
        basis.certain = false;
        basis.confidence = Confidence::undocumented;
        basis.note = "no 4-byte REG_DWORD: what Windows does with it is not documented";
        return by_default;
    }
    if (!read.readable()) return by_default;
    basis = reader.value_basis(spot, value, BasisRule::renegotiation_value, source);
    return *read.number != 0;
}

}  // namespace

std::string_view renegotiation_name(Renegotiation mode) { return mode == Renegotiation::strict ? "strict" : "compatible"; }

RenegotiationEffect renegotiation_effect(const StateReader& reader) {
    RenegotiationEffect effect;
    const auto mode = [&](std::string_view value, Basis& basis) {
        return read_flag(reader, value, true, sources::kb980436, basis) ? Renegotiation::compatible : Renegotiation::strict;
    };
    effect.client = mode("AllowInsecureRenegoServers", effect.client_basis);
    effect.server = mode("AllowInsecureRenegoClients", effect.server_basis);
    effect.client_allowed = !read_flag(reader, "DisableRenegoOnClient", false, sources::kb977377, effect.client_allowed_basis);
    effect.server_allowed = !read_flag(reader, "DisableRenegoOnServer", false, sources::kb977377, effect.server_allowed_basis);
    return effect;
}

std::vector<SettingEffect> setting_effects(const StateReader& reader) {
    const Spot messaging = StateReader::child(reader.schannel(), "Messaging");
    std::vector<SettingEffect> effects;
    effects.reserve(std::size(table));
    for (const Setting& setting : table) {
        if (reader.build() < setting.since || reader.build() >= setting.before) continue;
        effects.push_back(setting_effect(reader, setting.messaging ? messaging : reader.schannel(), setting));
    }
    return effects;
}

}  // namespace schancfg::effect
