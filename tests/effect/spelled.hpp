// Differences of effects as lines, for tests to compare.
#pragma once

#include <string>
#include <vector>

#include "schancfg/effect/difference.hpp"

namespace schancfg::test {

inline std::string spelled(const effect::EffectSubject& subject) {
    using effect::Aspect;
    const std::string view = subject.view == effect::View::bits64 ? " 64" : " 32";
    switch (subject.aspect) {
        case Aspect::suite_order: return "suite order";
        case Aspect::curve_order: return "curve order";
        case Aspect::limit:
            return subject.name + (subject.end == effect::LengthEnd::client_min   ? " client minimum"
                                   : subject.end == effect::LengthEnd::client_max ? " client maximum"
                                                                                  : " server minimum");
        case Aspect::winhttp: return "WinHTTP" + view;
        case Aspect::dotnet: return ".NET " + std::string(subject.version) + view + ", " + std::string(subject.target);
        case Aspect::fips: return "FIPS";
        case Aspect::remote_desktop: return "RDP";
        case Aspect::renegotiation: return "renegotiation";
        case Aspect::sha512_signatures: return "SHA-512";
        default: return subject.name;
    }
}

inline std::string spelled(const effect::EffectValue& value) {
    struct Spelling {
        std::string operator()(std::monostate) const { return "absent"; }
        std::string operator()(effect::ReachState state) const { return std::string(effect::reach_state_name(state)); }
        std::string operator()(effect::GateState state) const { return std::string(effect::gate_state_name(state)); }
        std::string operator()(effect::Standing standing) const {
            constexpr const char* names[] = {"not listed", "blocked", "on-request", "usable"};
            return names[static_cast<std::size_t>(standing)];
        }
        std::string operator()(const effect::ListPlace& place) const { return '#' + std::to_string(place.position) + ' ' + place.name; }
        std::string operator()(const effect::KeyLength& length) const {
            return length.bits ? std::to_string(*length.bits) : std::string(length.documented ? "any" : "unknown");
        }
        std::string operator()(const effect::ProtocolNames& protocols) const {
            std::string text;
            for (const std::string_view name : protocols.names) text.append(text.empty() ? "" : ", ").append(name);
            return '[' + text + ']';
        }
        std::string operator()(bool yes) const { return yes ? "yes" : "no"; }
        std::string operator()(const effect::RenegotiationAnswer& answer) const {
            return answer.allowed ? std::string(effect::renegotiation_name(answer.mode)) : std::string("refused");
        }
        std::string operator()(const effect::SettingNumber& setting) const { return setting.number ? std::to_string(*setting.number) : std::string("unset"); }
    };
    return std::visit(Spelling{}, value);
}

/// One line a difference: `subject (role): before -> after`, `?` when not certain.
inline std::string spelled(const std::vector<effect::EffectDifference>& differences) {
    std::string text;
    for (const effect::EffectDifference& each : differences) {
        text.append(spelled(each.subject));
        if (each.role) text.append(" (").append(facts::role_name(*each.role)).append(")");
        text.append(": ").append(spelled(each.before)).append(" -> ").append(spelled(each.after)).append(each.surety.certain ? "\n" : "?\n");
    }
    return text;
}

}  // namespace schancfg::test
