#include "schancfg/effect/curves.hpp"

#include <algorithm>

#include "effect/parts.hpp"
#include "effect/sources.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::effect {
namespace {

using facts::Confidence;

constexpr std::string_view policy_key = "SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002";
constexpr std::string_view local_key = "SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002";
constexpr std::string_view custom_curves_key = "SYSTEM\\CurrentControlSet\\Control\\Cryptography\\ECCParameters";

const facts::ReleaseCurve* of_release(const facts::Release& release, std::string_view name) {
    const auto known = facts::curves_of(release);
    const auto found = std::ranges::find_if(known, [&](const facts::ReleaseCurve& row) {
        return utf::equal_no_case(row.curve, name);
    });
    return found == known.end() ? nullptr : &*found;
}

CurveEffect judge_curve(const StateReader& reader, const Effect& so_far, const Basis& list, std::string name) {
    CurveEffect effect;
    effect.name = std::move(name);
    effect.curve = facts::find_curve(effect.name);
    const facts::ReleaseCurve* row = of_release(reader.release(), effect.name);
    effect.basis.origin = list.origin;
    effect.basis.rule = BasisRule::curve_listed;
    effect.basis.source = row != nullptr ? row->source : sources::curve_pages;
    if (row == nullptr) {
        const bool custom = StateReader::child(reader.find(custom_curves_key), effect.name).key != nullptr;
        effect.usable = custom;
        effect.basis.rule = custom ? BasisRule::curve_custom : BasisRule::curve_unknown;
        effect.basis.certain = false;
        effect.basis.confidence = Confidence::undocumented;
        effect.basis.note = custom ? "a curve of this machine's own, below ECCParameters"
                                   : "no page of the release names it; what Windows does with such a name is not documented";
        return effect;
    }
    if (effect.name != row->curve) {
        effect.basis.certain = false;
        effect.basis.confidence = Confidence::undocumented;
        effect.basis.note = "whether Windows takes the name in another case is not documented";
    }
    if (so_far.fips.on && effect.curve != nullptr && !effect.curve->fips) {
        effect.usable = false;
        effect.basis = so_far.fips.basis;
        effect.basis.origin.kind = OriginKind::fips_mode;
        effect.basis.rule = BasisRule::curve_fips;
        effect.basis.source = sources::curve_pages;
        return effect;
    }
    if (so_far.fips.basis.assumed && effect.curve != nullptr && !effect.curve->fips) effect.basis.assume();
    switch (facts::presence(reader.release(), *row, reader.circumstances().revision)) {
        case facts::Presence::there: break;
        case facts::Presence::not_there:
            effect.usable = false;
            effect.basis.rule = BasisRule::curve_build;
            effect.basis.note = row->notes;
            return effect;
        case facts::Presence::not_known:
            effect.basis.certain = false;
            effect.basis.confidence = Confidence::undocumented;
            effect.basis.note = row->notes;
            break;
    }
    // ML-KEM groups are for TLS 1.3 only.
    if (row->protocols == "TLS 1.3") {
        const ProtocolEffect& tls13 = *so_far.protocol("TLS 1.3");
        if (!tls13.client().usable() && !tls13.server().usable()) {
            effect.usable = false;
            effect.basis.certain = true;
            effect.basis.confidence = Confidence::documented;
            effect.basis.rule = BasisRule::curve_protocol;
            effect.basis.note = "for TLS 1.3 only, which is off";
        }
    }
    return effect;
}

struct CurveList {
    bool present = false, readable = false;
    std::vector<std::string> names;
};

CurveList read_list(const Spot& spot) {
    CurveList list;
    const registry::Value* value = spot.key == nullptr ? nullptr : spot.key->find_value("EccCurves");
    if (value == nullptr) return list;
    list.present = true;
    if (auto names = value->as_strings()) {
        list.readable = true;
        list.names = std::move(*names);
        list.names.resize(std::min(list.names.size(), max_listed));
    }
    return list;
}

}  // namespace

bool CurvesEffect::any_usable() const {
    return !has_list || std::ranges::any_of(listed, [](const CurveEffect& curve) { return curve.usable; });
}

CurvesEffect curves_effect(const StateReader& reader, const Effect& so_far) {
    CurvesEffect effect;
    effect.has_list = facts::has_curve_list(reader.release());
    if (!effect.has_list) {
        effect.basis = reader.default_basis(BasisRule::curve_by_suite_name, sources::suite_pages);
        effect.basis.note = "before Windows 10 and Server 2016 the name of each suite carries its curve";
        return effect;
    }
    const auto known = facts::curves_of(reader.release());
    const Spot policy_spot = reader.find(policy_key);
    const Spot local_spot = reader.find(local_key);
    CurveList policy = read_list(policy_spot);
    CurveList local = read_list(local_spot);
    std::vector<std::string> names;
    if (policy.readable) {
        effect.basis = reader.value_basis(policy_spot, "EccCurves", BasisRule::curve_list_policy, sources::manage_tls);
        effect.local_shadowed = local.present;
        names = std::move(policy.names);
    } else if (local.readable) {
        effect.basis = reader.value_basis(local_spot, "EccCurves", BasisRule::curve_list_local, sources::manage_tls);
        names = std::move(local.names);
    } else {
        effect.basis = reader.default_basis(BasisRule::curve_list_default, known.empty() ? sources::curve_pages : known.front().source);
        for (const facts::ReleaseCurve& row : known) {
            if (row.enabled_by_default) names.emplace_back(row.curve);
        }
    }
    if (policy.present && !policy.readable) {
        effect.basis.certain = false;
        effect.basis.confidence = Confidence::undocumented;
        effect.basis.note = "the policy's EccCurves is not a REG_MULTI_SZ: what Windows does with it is not documented";
    } else if (local.present && !local.readable && !policy.readable) {
        effect.basis.certain = false;
        effect.basis.confidence = Confidence::undocumented;
        effect.basis.note = "the local EccCurves is not a REG_MULTI_SZ: what Windows does with it is not documented";
    } else if (names.empty()) {
        effect.basis.certain = false;
        effect.basis.confidence = Confidence::undocumented;
        effect.basis.note = "what an empty list does is not documented";
    }
    if ((!policy.present && !policy_spot.spoken) || (!policy.present && !local.present && !local_spot.spoken)) effect.basis.assume();
    std::vector<std::string_view> default_names;
    for (const facts::ReleaseCurve& row : known) {
        if (row.enabled_by_default) default_names.push_back(row.curve);
    }
    if (effect.basis.rule == BasisRule::curve_list_local && std::ranges::equal(names, default_names)) {
        effect.basis.rule = BasisRule::curve_list_default;
        effect.basis.origin.kind = OriginKind::release_default;
        effect.basis.origin.release = reader.release().id;
    }
    effect.listed.reserve(names.size());
    for (std::string& name : names) effect.listed.push_back(judge_curve(reader, so_far, effect.basis, std::move(name)));
    for (const facts::ReleaseCurve& row : known) {
        const bool listed = std::ranges::any_of(effect.listed, [&](const CurveEffect& curve) {
            return utf::equal_no_case(curve.name, row.curve);
        });
        if (!listed) effect.unlisted.push_back(row.curve);
    }
    return effect;
}

}  // namespace schancfg::effect
