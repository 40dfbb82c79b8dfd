#include "effect/parts.hpp"
#include "effect/sources.hpp"

namespace schancfg::effect {

Switch fips_effect(const StateReader& reader) {
    Switch fips;
    fips.basis = reader.default_basis(BasisRule::fips_default, sources::fips_policy);
    const auto invalid = [&](const Spot& spot, std::string_view name) {
        fips.basis = reader.value_basis(spot, name, BasisRule::fips_value_invalid, sources::fips_policy);
        fips.basis.certain = false;
        fips.basis.confidence = facts::Confidence::undocumented;
        fips.basis.note = "no 4-byte REG_DWORD: what Windows does with it is not documented";
    };
    // A subkey since Vista, a value of Lsa itself before.
    const Spot lsa = reader.find("SYSTEM\\CurrentControlSet\\Control\\Lsa");
    const Spot key = StateReader::child(lsa, "FIPSAlgorithmPolicy");
    const bool since_vista = reader.build() >= vista;
    const Spot& spot = since_vista ? key : lsa;
    const std::string_view name = since_vista ? std::string_view("Enabled") : std::string_view("FipsAlgorithmPolicy");
    if (const Number value = StateReader::number(spot, name); value.assumed) {
        fips.basis.assume();
    } else if (value.invalid()) {
        invalid(spot, name);
    } else if (value.readable()) {
        fips.on = *value.number != 0;
        fips.basis = reader.value_basis(spot, name, fips.on ? BasisRule::fips_on : BasisRule::fips_off, sources::fips_policy);
    }
    if (fips.on) return fips;
    // A boot trace of 24H2 (nohuto/win-registry, records/Lsa.txt) shows both of these being read; no page says what they do.
    const auto observed = [&](const Spot& where, std::string_view value) {
        const Number read = StateReader::number(where, value);
        if (read.assumed && !fips.on) fips.basis.assume();
        if (!read.readable() || *read.number == 0 || fips.on) return;
        fips.on = true;
        fips.basis = reader.value_basis(where, value, BasisRule::fips_on, "nohuto/win-registry:records/Lsa.txt (boot trace, Windows 11 24H2)");
        fips.basis.certain = false;
        fips.basis.confidence = facts::Confidence::observed;
        fips.basis.alternative = "off";
        fips.basis.alternative_source = sources::fips_policy;
        fips.basis.note = "Windows 11 24H2 was seen to read this value; what it does is not documented";
    };
    if (reader.build() >= facts::Build{10, 0, 26100}) {
        observed(key, "MDMEnabled");
        observed(lsa, "FipsAlgorithmPolicy");
    }
    return fips;
}

}  // namespace schancfg::effect
