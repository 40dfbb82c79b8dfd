#include <algorithm>

#include "effect/parts.hpp"
#include "effect/sources.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::effect {
namespace {

constexpr std::string_view list_key = "SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010003";

Switch sha512_default(const StateReader& reader) {
    Switch offered;
    offered.basis = reader.default_basis(BasisRule::sha512_signatures_default, sources::schannel_changes);
    if (reader.build() >= windows_10) {
        offered.on = true;
        return offered;
    }
    offered.basis.source = sources::kb2973337;
    offered.basis.confidence = facts::Confidence::secondary;
    if (reader.has("KB2973337")) {
        offered.on = true;
        offered.basis.origin = reader.update_origin("KB2973337");
    } else {
        if (!reader.lacks("KB2973337")) {
            offered.basis.certain = false;
            offered.basis.alternative = "on";
            offered.basis.alternative_source = sources::kb2973337;
        }
        offered.basis.note = "KB2973337 adds SHA-512 signatures for TLS 1.2";
    }
    return offered;
}

}  // namespace

SignaturesEffect signatures_effect(const StateReader& reader) {
    SignaturesEffect effect;
    effect.sha512 = sha512_default(reader);
    const Spot spot = reader.find(list_key);
    const registry::Value* value = spot.key == nullptr ? nullptr : spot.key->find_value("Functions");
    if (value == nullptr) {
        if (!spot.spoken) effect.sha512.basis.assume();
        return effect;
    }
    // The list of an installation as the facts have it is of a state of updates that nobody stated.
    if (reader.build() == windows_8_1 && reader.origin(spot, "Functions").kind == OriginKind::release_default) return effect;
    auto names = value->as_strings();
    if (!names) {
        effect.sha512.basis.certain = false;
        effect.sha512.basis.note = "the list is not a REG_MULTI_SZ: what Windows does with it is not documented";
        return effect;
    }
    effect.listed = std::move(*names);
    effect.listed.resize(std::min(effect.listed.size(), max_listed));
    effect.sha512.on = std::ranges::any_of(effect.listed, [](std::string_view name) {
        constexpr std::string_view hash = "/SHA512";
        return name.size() > hash.size() && utf::ends_with_no_case(name, hash);
    });
    effect.sha512.basis = reader.value_basis(spot, "Functions", BasisRule::signature_list, sources::signature_list);
    effect.sha512.basis.confidence = facts::Confidence::secondary;
    return effect;
}

}  // namespace schancfg::effect
