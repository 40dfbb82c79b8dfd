#include "schancfg/effect/effect.hpp"

#include <algorithm>

#include "effect/parts.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::effect {

const ProtocolEffect* Effect::protocol(std::string_view name) const {
    // Nearly every caller asks in Windows' spelling.
    if (const auto found = std::ranges::find(protocols, name, &ProtocolEffect::name); found != protocols.end()) return &*found;
    const auto found = std::ranges::find_if(protocols, [&](const ProtocolEffect& protocol) {
        return utf::equal_no_case(protocol.name, name);
    });
    return found == protocols.end() ? nullptr : &*found;
}

Effect evaluate(const registry::Tree& state, const facts::Release& release, const Circumstances& circumstances) {
    const StateReader reader(state, release, circumstances);
    Effect effect;
    effect.release = &release;
    effect.assumed = assumed_areas(circumstances.coverage);
    effect.fips = fips_effect(reader);
    effect.protocols = protocol_effects(reader, effect.fips);
    effect.other_protocols = other_protocol_effects(reader, effect.fips);
    effect.ciphers = cipher_effects(reader);
    effect.hashes = hash_effects(reader);
    effect.key_exchanges = key_exchange_effects(reader);
    effect.curves = curves_effect(reader, effect);
    effect.cipher_suites = cipher_suites_effect(reader, effect);
    effect.dhe_fault = dhe_fault(reader, effect);
    effect.signatures = signatures_effect(reader);
    effect.reaches = reaches(effect);
    effect.winhttp = winhttp_effects(reader, effect);
    effect.dotnet = dotnet_effects(reader, effect);
    effect.services = service_effects(reader, effect);
    effect.renegotiation = renegotiation_effect(reader);
    effect.settings = setting_effects(reader);
    effect.weak = weak_points(effect);
    return effect;
}

ProtocolAnswer protocol_effect(const registry::Tree& state, const facts::Release& release, facts::Role role,
                               std::string_view protocol, const Circumstances& circumstances) {
    const StateReader reader(state, release, circumstances);
    return protocol_answer(reader, fips_effect(reader), role, protocol);
}

}  // namespace schancfg::effect
