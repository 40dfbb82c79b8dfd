#include "schancfg/effect/layers.hpp"

#include <algorithm>
#include <iterator>

#include "effect/parts.hpp"
#include "effect/sources.hpp"
#include "schancfg/effect/strong_crypto.hpp"

namespace schancfg::effect {
namespace {

using facts::Confidence;

constexpr std::uint32_t ssl3_tls10 = 0xA0;
constexpr std::uint32_t ssl3_to_tls12 = 0xAA0;
constexpr std::uint32_t tls12_tls13 = 0x2800;
constexpr std::uint32_t tls10_tls11 = 0x280;

struct Bit {
    std::uint32_t bit;
    std::string_view protocol;
};
/// WinHttp/option-flags.md; the client bits of SP_PROT_*.
constexpr Bit winhttp_bits[] = {{0x8, "SSL 2.0"},   {0x20, "SSL 3.0"},   {0x80, "TLS 1.0"},
                                {0x200, "TLS 1.1"}, {0x800, "TLS 1.2"}, {0x2000, "TLS 1.3"}};

LayerProtocol through_schannel(const Effect& so_far, std::string_view name) {
    const ProtocolReach& reach = *so_far.reach(facts::Role::client).find(name);
    return {name, so_far.protocol(name)->client().state, reach.usable(), reach.state != ReachState::no_suite, reach.basis};
}

/// What WinHTTP offers where DefaultSecureProtocols is absent.
WinHttpEffect winhttp_default(const StateReader& reader) {
    WinHttpEffect effect;
    effect.basis = reader.default_basis(BasisRule::winhttp_default, sources::winhttp_options);
    Basis& basis = effect.basis;
    const facts::Build build = reader.build();
    if (build >= server_2022) {
        effect.mask = tls12_tls13;
        // The page names Windows 11; servers are left to their neighbours.
        if (reader.release().server) {
            basis.confidence = Confidence::inferred_from_neighbour;
            if (build < facts::Build{10, 0, 26100}) {
                basis.certain = false;
                basis.alternative = "0xAA0";
                basis.alternative_source = sources::winhttp_options;
                basis.note = "the page names Windows 10 and Windows 11, not this release";
            }
        }
        return effect;
    }
    if (build >= windows_8_1) {
        effect.mask = ssl3_to_tls12;
        const bool concerned = build.number == 17763 || (build.number >= 19042 && build.number <= 19045);
        if (!concerned) return effect;
        // Applies to: LTSC 2019 and Server 2019, 20H2, 21H1, 21H2. 22H2 is newer than the update.
        if (reader.has("KB5017811") || build.number == 19045) {
            effect.mask &= ~tls10_tls11;
            basis.source = sources::kb5017811;
            if (reader.has("KB5017811")) {
                basis.origin = reader.update_origin("KB5017811");
            } else {
                basis.certain = false;
                basis.confidence = Confidence::conflict;
                basis.alternative = "0xAA0";
                basis.alternative_source = sources::winhttp_options;
                basis.note = "the change of September 2022 is older than this release";
            }
        } else if (!reader.lacks("KB5017811")) {
            basis.certain = false;
            basis.alternative = "0x820";
            basis.alternative_source = sources::kb5017811;
            basis.note = "updates since September 2022 (KB5017811) leave out TLS 1.0 and TLS 1.1";
        }
        return effect;
    }
    effect.mask = ssl3_tls10;
    if (build < windows_7) {
        basis.certain = false;
        basis.confidence = Confidence::inferred_from_neighbour;
        basis.note = "the page starts with Windows 7";
    }
    return effect;
}

WinHttpEffect winhttp_view(const StateReader& reader, const Effect& so_far, View view, std::string_view path) {
    WinHttpEffect effect = winhttp_default(reader);
    const Spot spot = reader.find(path);
    const Number value = StateReader::number(spot, "DefaultSecureProtocols");
    Basis& basis = effect.basis;
    if (value.assumed) basis.assume();
    if (value.invalid()) {
        basis.origin = reader.origin(spot, "DefaultSecureProtocols");
        basis.rule = BasisRule::winhttp_value_invalid;
        basis.certain = false;
        basis.confidence = Confidence::undocumented;
        basis.note = "no 4-byte REG_DWORD: what Windows does with it is not documented";
    } else if (value.readable()) {
        const bool built_in = reader.build() >= windows_8_1;
        const bool updated = reader.has("KB3140245");
        if (built_in || updated || reader.build() < windows_7) {
            effect.mask = *value.number;
            basis = reader.value_basis(spot, "DefaultSecureProtocols", BasisRule::winhttp_mask, sources::winhttp_options);
            basis.note = "for applications that do not choose protocols themselves";
            if (!built_in && updated) {
                basis.origin.update = "KB3140245";
            } else if (!built_in) {
                basis.certain = false;
                basis.confidence = Confidence::undocumented;
                basis.note = "the value is documented for Windows 7, Server 2008 R2 and later only";
            }
        } else {
            // Without the update WinHTTP of 7, 2008 R2, 8 and 2012 does not read the value.
            basis.origin = reader.origin(spot, "DefaultSecureProtocols");
            basis.rule = BasisRule::winhttp_mask_needs_update;
            basis.certain = reader.lacks("KB3140245");
            basis.source = sources::kb3140245;
            if (!basis.certain) {
                basis.alternative = "the value";
                basis.alternative_source = sources::kb3140245;
            }
            basis.note = basis.certain ? "here the value is read only with KB3140245, which is not installed"
                                       : "here the value is read only with KB3140245, which is not known to be installed";
        }
    }
    effect.view = view;
    for (const Bit& bit : winhttp_bits) {
        if ((effect.mask & bit.bit) != 0) effect.protocols.push_back(through_schannel(so_far, bit.protocol));
    }
    return effect;
}

Switch dotnet_switch(const StateReader& reader, const Spot& spot, std::string_view value) {
    Switch found;
    found.basis = reader.default_basis(BasisRule::dotnet_default, sources::dotnet_tls);
    const Number read = StateReader::number(spot, value);
    if (read.assumed) found.basis.assume();
    if (read.invalid()) {
        found.basis.origin = reader.origin(spot, value);
        found.basis.rule = BasisRule::dotnet_value_invalid;
        found.basis.source = sources::reference_source;
        found.basis.note = "not a REG_DWORD: .NET treats it as absent";
    } else if (read.readable()) {
        found.on = *read.number != 0;
        found.basis = reader.value_basis(spot, value, BasisRule::dotnet_value, sources::dotnet_tls);
    }
    return found;
}

/// What counts as set: .NET tests a value for exactly 1 where off is the default of the target, and for not 0 where on is.
/// Microsoft's reference source: ServicePointManager, LocalAppContextSwitches.
Switch for_target(const Switch& value, const Number& read, bool by_default) {
    Switch found = value;
    if (value.basis.rule == BasisRule::dotnet_default || value.basis.rule == BasisRule::dotnet_value_invalid) {
        found.on = by_default;
        if (value.basis.rule == BasisRule::dotnet_default) found.basis.rule = BasisRule::dotnet_target_default;
    } else if (read.readable()) {
        found.on = by_default ? *read.number != 0 : *read.number == 1;
        if (!found.on && *read.number != 0) {
            found.basis.source = sources::reference_source;
            found.basis.note = "programs of this target test for exactly 1";
        }
    }
    return found;
}

void choose_protocols(const Effect& so_far, DotnetCase& each) {
    constexpr std::string_view strong[] = {"TLS 1.0", "TLS 1.1", "TLS 1.2"};
    constexpr std::string_view legacy[] = {"SSL 3.0", "TLS 1.0"};
    each.basis = each.system_default_tls_versions.on ? each.system_default_tls_versions.basis : each.strong_crypto.basis;
    each.basis.source = sources::dotnet_tls;
    each.basis.rest_on(each.strong_crypto.basis);
    each.basis.rest_on(each.system_default_tls_versions.basis);
    const bool strong_flag = uses_strong_crypto(each);
    if (!strong_flag) {
        for (const std::string_view name : filtered_suites(so_far.cipher_suites)) each.weak_suites.emplace_back(name);
    }
    if (each.system_default_tls_versions.on) {
        for (const ProtocolEffect& protocol : so_far.protocols) {
            // The flag takes SSL as well (dotnet/docs tls.md).
            if (strong_flag && protocol.name.starts_with("SSL")) continue;
            const bool is_tls = protocol.name.starts_with("SSL") || protocol.name.starts_with("TLS");
            const ProtocolState state = protocol.client().state;
            if (is_tls && (state == ProtocolState::on || state == ProtocolState::uncertain)) {
                each.protocols.push_back(through_schannel(so_far, protocol.name));
            } else if (is_tls && protocol.client().basis.unread) {
                each.basis.rest_on(protocol.client().basis);  // its switch may have it on
            }
        }
    } else if (strong_flag) {
        // The reference source asks for TLS 1.0 to 1.2; Exchange's page says 1.1 to 1.3 and is outweighed (conflict C21).
        for (const std::string_view name : strong) each.protocols.push_back(through_schannel(so_far, name));
    } else {
        for (const std::string_view name : legacy) each.protocols.push_back(through_schannel(so_far, name));
        if (each.strong_crypto.on) each.basis.note = "3.5 honours strong crypto only where the code names TLS versions";
    }
}

struct Update35 {
    std::string_view kb, note;
};

/// dotnet/docs tls.md: the updates that teach .NET 3.5 SystemDefaultTlsVersions.
Update35 update_of_35(const facts::Build& build) {
    if (build.major != 6) return {};
    switch (build.minor) {
        case 0: return {"KB3154517", "here .NET 3.5 reads the value only with KB3154517"};
        case 1: return {"KB3154518", "here .NET 3.5 reads the value only with KB3154518"};
        case 2: return {"KB3154519", "here .NET 3.5 reads the value only with KB3154519"};
        default: return {"KB3154520", "here .NET 3.5 reads the value only with KB3154520"};
    }
}

DotnetEffect dotnet_effect(const StateReader& reader, const Effect& so_far, std::string_view version, View view, std::string_view path) {
    DotnetEffect effect;
    effect.version = version;
    effect.view = view;
    const Spot spot = reader.find(path);
    effect.strong_crypto = dotnet_switch(reader, spot, "SchUseStrongCrypto");
    effect.system_default_tls_versions = dotnet_switch(reader, spot, "SystemDefaultTlsVersions");
    const Number strong_read = StateReader::number(spot, "SchUseStrongCrypto");
    const Number system_read = StateReader::number(spot, "SystemDefaultTlsVersions");
    const bool is_v2 = version == "v2.0.50727";
    // Before Windows 10, 3.5 reads the value with an update alone.
    const Update35 update = is_v2 ? update_of_35(reader.build()) : Update35{};
    const bool needs_update = !update.kb.empty() && effect.system_default_tls_versions.on;
    if (needs_update) {
        Switch& system = effect.system_default_tls_versions;
        if (reader.has(update.kb)) {
            system.basis.origin.update = update.kb;
        } else {
            system.on = !reader.lacks(update.kb);
            system.basis.certain = !system.on;
            system.basis.note = update.note;
        }
    }
    const auto add_case = [&](std::string_view target, bool strong, bool system) {
        DotnetCase& each = effect.cases.emplace_back();
        each.target = target;
        each.strong_crypto = for_target(effect.strong_crypto, strong_read, strong);
        each.system_default_tls_versions =
            for_target(effect.system_default_tls_versions, needs_update && !effect.system_default_tls_versions.on ? Number{} : system_read, system);
        choose_protocols(so_far, each);
    };
    if (is_v2) {
        add_case("3.5", false, false);
    } else {
        add_case("4.7 and later", true, true);
        add_case("4.6 to 4.6.2", true, false);
        add_case("before 4.6", false, false);
    }
    return effect;
}

}  // namespace

Basis joined(Basis asked, const std::vector<LayerProtocol>& protocols) {
    for (const LayerProtocol& each : protocols) {
        if (each.works == Answer::unknown) asked.rest_on(each.basis);
    }
    return asked;
}

Answer any_works(const std::vector<LayerProtocol>& protocols) {
    Answer any = Answer::no;
    for (const LayerProtocol& each : protocols) any = stronger(any, each.works);
    return any;
}

bool uses_strong_crypto(const DotnetCase& each) { return each.strong_crypto.on && each.target != "3.5"; }

std::string_view view_name(View view) { return view == View::bits64 ? "view64" : "view32"; }

std::vector<WinHttpEffect> winhttp_effects(const StateReader& reader, const Effect& so_far) {
    std::vector<WinHttpEffect> views;
    views.reserve(2);
    views.push_back(winhttp_view(reader, so_far, View::bits64,
                                 "SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\WinHttp"));
    views.push_back(winhttp_view(reader, so_far, View::bits32,
                                 "SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\WinHttp"));
    return views;
}

std::vector<DotnetEffect> dotnet_effects(const StateReader& reader, const Effect& so_far) {
    struct FrameworkKey {
        std::string_view version;
        View view;
        std::string_view path;
    };
    constexpr FrameworkKey places[] = {
        {"v2.0.50727", View::bits64, "SOFTWARE\\Microsoft\\.NETFramework\\v2.0.50727"},
        {"v2.0.50727", View::bits32, "SOFTWARE\\Wow6432Node\\Microsoft\\.NETFramework\\v2.0.50727"},
        {"v4.0.30319", View::bits64, "SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319"},
        {"v4.0.30319", View::bits32, "SOFTWARE\\Wow6432Node\\Microsoft\\.NETFramework\\v4.0.30319"},
    };
    std::vector<DotnetEffect> effects;
    effects.reserve(std::size(places));
    for (const FrameworkKey& place : places) effects.push_back(dotnet_effect(reader, so_far, place.version, place.view, place.path));
    return effects;
}

}  // namespace schancfg::effect
