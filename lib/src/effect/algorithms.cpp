#include "schancfg/effect/algorithms.hpp"

#include "effect/parts.hpp"
#include "effect/sources.hpp"
#include "schancfg/facts/algorithms.hpp"

namespace schancfg::effect {
namespace {

using facts::Confidence;

/// Has the release anything that this gate could close? By the tables' column `applies_to`.
bool applies(const StateReader& reader, const facts::Algorithm& algorithm) {
    const bool since_vista = reader.build() >= vista;
    const std::string_view releases = algorithm.applies_to;
    if (releases == "2003 and earlier") return !since_vista;
    if (releases == "Vista / 2008+" || releases == "Vista+") return since_vista;
    // AES came to Server 2003 with KB948963, and never to XP.
    if (releases.starts_with("2003 with KB948963")) {
        return since_vista || (reader.release().server && reader.has("KB948963"));
    }
    if (releases.starts_with("all (MD5, SHA)")) return since_vista || algorithm.name == "MD5" || algorithm.name == "SHA";
    return true;
}

AlgorithmEffect gate_effect(const StateReader& reader, const Spot& parent, const facts::Algorithm& algorithm) {
    AlgorithmEffect effect;
    effect.name = algorithm.name;
    Basis& basis = effect.basis;
    // K245: absent is allowed, but for NULL, which is refused.
    const bool null_cipher = algorithm.name == "NULL";
    effect.state = null_cipher ? GateState::off : GateState::on;
    basis = reader.default_basis(null_cipher ? BasisRule::null_cipher_default : BasisRule::gate_default, algorithm.source);
    basis.confidence = algorithm.confidence;
    if (!applies(reader, algorithm)) {
        effect.state = GateState::not_supported;
        basis.rule = BasisRule::gate_not_supported;
        return effect;
    }
    const Spot spot = StateReader::child(parent, algorithm.name);
    const Number enabled = StateReader::number(spot, "Enabled");
    if (enabled.assumed) basis.assume();
    if (enabled.value == nullptr) return effect;
    if (enabled.invalid()) {
        basis.origin = reader.origin(spot, "Enabled");
        basis.rule = BasisRule::gate_value_invalid;
        basis.certain = false;
        basis.confidence = Confidence::undocumented;
        basis.note = "Enabled is not a 4-byte REG_DWORD: what Windows does with it is not documented";
        return effect;
    }
    const std::uint32_t number = *enabled.number;
    effect.state = number == 0 ? GateState::off : GateState::on;
    basis = reader.value_basis(spot, "Enabled", number == 0 ? BasisRule::gate_closed : BasisRule::gate_open, sources::gates);
    basis.confidence = algorithm.confidence;
    if (number != 0 && number != 0xFFFFFFFF) {
        basis.certain = false;
        basis.confidence = Confidence::undocumented;
        basis.note = number == 1 ? "only 0 and 0xFFFFFFFF are documented; with 1, connections were reported to fail" : "only 0 and 0xFFFFFFFF are documented";
        basis.alternative = gate_state_name(GateState::off);
        if (number == 1) basis.alternative_source = sources::gate_set_to_1;
    }
    // KB2868725 brought the RC4 switches to 7, 2008 R2, 8 and 2012; what they do there without it is not documented.
    if (algorithm.name.starts_with("RC4 ") && number == 0 && reader.build() >= windows_7 && reader.build() < windows_8_1) {
        if (reader.has("KB2868725")) {
            basis.origin.update = "KB2868725";
        } else {
            basis.certain = false;
            basis.alternative = gate_state_name(GateState::on);
            basis.alternative_source = sources::kb2868725;
            basis.note = "here this switch came with KB2868725";
        }
    }
    return effect;
}

std::vector<AlgorithmEffect> gate_effects(const StateReader& reader, std::string_view key, std::span<const facts::Algorithm> table) {
    const Spot parent = StateReader::child(reader.schannel(), key);
    std::vector<AlgorithmEffect> effects;
    effects.reserve(table.size());
    for (const facts::Algorithm& algorithm : table) {
        // Names of folklore gate nothing, whatever is written below them.
        const bool gates = algorithm.confidence != Confidence::folklore && algorithm.confidence != Confidence::negative;
        if (gates) effects.push_back(gate_effect(reader, parent, algorithm));
    }
    return effects;
}

/// A limit that a value may set. `since_windows_10`: T23 documents it from 1507 and 2016 on.
BitLimit limit(const StateReader& reader, const Spot& spot, std::string_view value, BitLimit otherwise, bool older_with_update) {
    const Number read = StateReader::number(spot, value);
    if (read.assumed) otherwise.basis.assume();
    if (read.value == nullptr) return otherwise;
    BitLimit set = otherwise;
    if (read.invalid()) {
        set.basis.origin = reader.origin(spot, value);
        set.basis.rule = BasisRule::limit_value_invalid;
        set.basis.certain = false;
        set.basis.confidence = Confidence::undocumented;
        set.basis.note = "no 4-byte REG_DWORD: what Windows does with it is not documented";
        return set;
    }
    set.bits = read.number;
    set.basis = reader.value_basis(spot, value, BasisRule::limit_set, sources::tls_registry_2023);
    if (reader.build() >= windows_10) return set;
    if (older_with_update && reader.has("KB3174644")) {
        set.basis.origin.update = "KB3174644";
        return set;
    }
    if (older_with_update && reader.lacks("KB3174644")) {
        otherwise.basis.note = "before Windows 10 and Server 2016 the value needs KB3174644, which is not installed";
        return otherwise;
    }
    set.basis.certain = false;
    set.basis.confidence = Confidence::undocumented;
    set.basis.note = older_with_update ? "before Windows 10 and Server 2016 this value needs KB3174644"
                                       : "documented for Windows 10 and Server 2016 and later only";
    return set;
}

BitLimit default_limit(const StateReader& reader, std::optional<std::uint32_t> bits, BasisRule rule, std::string_view source) {
    return {bits, reader.default_basis(rule, source)};
}

BitLimit unknown_limit(const StateReader& reader, std::optional<std::uint32_t> bits, Confidence confidence, std::string_view source,
                       std::string_view note) {
    BitLimit limit{bits, reader.default_basis(BasisRule::limit_default, source)};
    limit.basis.certain = false;
    limit.basis.confidence = confidence;
    limit.basis.note = note;
    return limit;
}

BitLimit default_dh_client_minimum(const StateReader& reader) {
    if (reader.build() >= windows_10) return default_limit(reader, 1024, BasisRule::limit_default, sources::tls_registry_2023);
    if (reader.has("KB3061518")) {
        BitLimit limit = unknown_limit(reader, 1024, Confidence::secondary, sources::kb3061518, {});
        limit.basis.origin = reader.update_origin("KB3061518");
        return limit;
    }
    BitLimit limit = unknown_limit(reader, 512, Confidence::secondary, sources::kb3061518, "1024 bits with KB3061518 (May 2015)");
    if (reader.lacks("KB3061518")) return limit;
    limit.basis.alternative = "1024";
    limit.basis.alternative_source = sources::kb3061518;
    return limit;
}

void diffie_hellman_limits(const StateReader& reader, const Spot& spot, KeyExchangeEffect& effect) {
    const bool modern = reader.build() >= windows_10;
    effect.client_min_bits = limit(reader, spot, "ClientMinKeyBitLength", default_dh_client_minimum(reader), true);
    effect.client_max_bits = limit(reader, spot, "ClientMaxKeyBitLength",
                                   default_limit(reader, std::nullopt, BasisRule::no_limit, sources::tls_registry_2023), false);
    effect.server_min_bits =
        limit(reader, spot, "ServerMinKeyBitLength",
              modern ? default_limit(reader, 2048, BasisRule::limit_default, sources::tls_registry_2023)
                     : default_limit(reader, 1024, BasisRule::limit_default, sources::advisory_3174644),
              true);
}

void rsa_limits(const StateReader& reader, const Spot& spot, KeyExchangeEffect& effect) {
    effect.client_min_bits =
        limit(reader, spot, "ClientMinKeyBitLength",
              reader.build() >= windows_10
                  ? default_limit(reader, 1024, BasisRule::limit_default, sources::tls_registry_2023)
                  : unknown_limit(reader, std::nullopt, Confidence::undocumented, sources::tls_registry_2023,
                                  "a default is documented for Windows 10 and Server 2016 and later only"),
              false);
    effect.client_max_bits = limit(reader, spot, "ClientMaxKeyBitLength",
                                   default_limit(reader, std::nullopt, BasisRule::no_limit, sources::tls_registry_2023), false);
    effect.server_min_bits = default_limit(reader, std::nullopt, BasisRule::certificate_decides, sources::tls_registry_2023);
    effect.server_min_bits.basis.note = "the server's RSA strength is that of its certificate";
}

void ecdh_limits(const StateReader& reader, KeyExchangeEffect& effect) {
    const BitLimit none = [&] {
        BitLimit limit = default_limit(reader, std::nullopt, BasisRule::curve_list_decides, sources::manage_tls);
        limit.basis.note = "the curve list decides";
        return limit;
    }();
    effect.client_min_bits = effect.client_max_bits = effect.server_min_bits = none;
}

}  // namespace

std::string_view gate_state_name(GateState state) {
    switch (state) {
        case GateState::on: return "on";
        case GateState::off: return "off";
        case GateState::not_supported: return "not-supported";
    }
    return "on";
}

std::vector<AlgorithmEffect> cipher_effects(const StateReader& reader) { return gate_effects(reader, "Ciphers", facts::ciphers()); }
std::vector<AlgorithmEffect> hash_effects(const StateReader& reader) { return gate_effects(reader, "Hashes", facts::hashes()); }

std::vector<KeyExchangeEffect> key_exchange_effects(const StateReader& reader) {
    const Spot parent = StateReader::child(reader.schannel(), "KeyExchangeAlgorithms");
    std::vector<KeyExchangeEffect> effects;
    for (AlgorithmEffect& algorithm : gate_effects(reader, "KeyExchangeAlgorithms", facts::key_exchanges())) {
        KeyExchangeEffect& effect = effects.emplace_back();
        effect.algorithm = std::move(algorithm);
        const Spot spot = StateReader::child(parent, effect.algorithm.name);
        if (effect.algorithm.name == "Diffie-Hellman") {
            diffie_hellman_limits(reader, spot, effect);
        } else if (effect.algorithm.name == "PKCS") {
            rsa_limits(reader, spot, effect);
        } else {
            ecdh_limits(reader, effect);
        }
    }
    return effects;
}

}  // namespace schancfg::effect
