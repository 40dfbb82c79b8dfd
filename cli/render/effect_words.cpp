#include "render/effect_words.hpp"

#include <cstdio>
#include <string_view>

namespace schancfg::cli {
namespace {

using effect::Aspect;
using effect::SettingUnit;

std::string duration(std::uint32_t milliseconds) {
    constexpr std::uint32_t second = 1000, minute = 60 * second, hour = 60 * minute;
    if (milliseconds == 0) return "off";
    if (milliseconds % hour == 0) return std::to_string(milliseconds / hour) + " h";
    if (milliseconds % minute == 0) return std::to_string(milliseconds / minute) + " min";
    if (milliseconds % second == 0) return std::to_string(milliseconds / second) + " s";
    return std::to_string(milliseconds) + " ms";
}

std::string events(std::uint32_t bits) {
    if (bits == 0) return "none";
    std::string text;
    const auto add = [&](std::uint32_t bit, std::string_view word) {
        if ((bits & bit) != 0) text.append(text.empty() ? "" : ", ").append(word);
    };
    add(1, "errors");
    add(2, "warnings");
    add(4, "information");
    return text.empty() ? std::to_string(bits) : text;
}

std::string hex(std::uint32_t number) {
    char text[16];
    std::snprintf(text, sizeof text, "0x%x", static_cast<unsigned>(number));
    return text;
}

std::string_view length_word(effect::LengthEnd end) {
    switch (end) {
        case effect::LengthEnd::client_min: return "client_min_bits";
        case effect::LengthEnd::client_max: return "client_max_bits";
        case effect::LengthEnd::server_min: break;
    }
    return "server_min_bits";
}

// Of what is yes or no.
std::string_view yes_no_word(Aspect aspect, bool yes) {
    if (aspect == Aspect::remote_desktop) return yes ? "reachable" : "not reachable";
    if (aspect == Aspect::sha512_signatures || aspect == Aspect::dotnet_weak_suites) return yes ? "offered" : "not offered";
    return yes ? "on" : "off";
}

struct Words {
    Aspect aspect;

    std::string operator()(std::monostate) const { return "not there"; }
    std::string operator()(effect::ReachState state) const { return std::string(effect::reach_state_name(state)); }
    std::string operator()(effect::GateState state) const { return std::string(effect::gate_state_name(state)); }
    std::string operator()(effect::Standing standing) const {
        switch (standing) {
            case effect::Standing::not_listed: return "not listed";
            case effect::Standing::blocked: return "blocked";
            case effect::Standing::on_request: return "on-request";
            case effect::Standing::usable: break;
        }
        return "usable";
    }
    std::string operator()(const effect::ListPlace& place) const { return "position " + std::to_string(place.position) + ": " + place.name; }
    std::string operator()(const effect::KeyLength& length) const {
        if (length.bits) return std::to_string(*length.bits) + " bits";
        return length.documented ? "no limit" : "not documented";
    }
    std::string operator()(const effect::ProtocolNames& protocols) const {
        std::string text;
        for (const std::string_view name : protocols.names) text.append(text.empty() ? "" : ", ").append(name);
        return text.empty() ? "nothing" : text;
    }
    std::string operator()(bool yes) const { return std::string(yes_no_word(aspect, yes)); }
    std::string operator()(const effect::RenegotiationAnswer& answer) const {
        return answer.allowed ? std::string(effect::renegotiation_name(answer.mode)) : std::string("refused");
    }
    std::string operator()(const effect::SettingNumber& setting) const { return setting_words(setting.number, setting.unit); }
};

}  // namespace

std::string setting_words(std::optional<std::uint32_t> number, SettingUnit unit) {
    if (!number) return "not documented";
    switch (unit) {
        case SettingUnit::milliseconds: return duration(*number);
        case SettingUnit::bytes: return *number == 0 ? "no fragmented messages" : std::to_string(*number) + " bytes";
        case SettingUnit::yes_no: return *number == 0 ? "no" : "yes";
        case SettingUnit::extended_master_secret: return *number == 0 ? "extended master secret on" : "extended master secret off";
        case SettingUnit::events: return events(*number);
        case SettingUnit::hex: return hex(*number);
        case SettingUnit::number:
        case SettingUnit::elements: break;
    }
    return std::to_string(*number);
}

std::string subject_words(const effect::EffectSubject& subject) {
    const auto view = [&] { return std::string(effect::view_name(subject.view)); };
    switch (subject.aspect) {
        case Aspect::suite_order: return "cipher suite order";
        case Aspect::curve_order: return "curve order";
        case Aspect::limit: return subject.name + ' ' + std::string(length_word(subject.end));
        case Aspect::winhttp: return "WinHTTP " + view();
        case Aspect::dotnet:
            return ".NET " + std::string(subject.version) + ' ' + view() + ", applications targeting " + std::string(subject.target);
        case Aspect::dotnet_weak_suites:
            return ".NET " + std::string(subject.version) + ' ' + view() + ", applications targeting " + std::string(subject.target) + ": weak suites";
        case Aspect::fips: return "FIPS mode";
        case Aspect::remote_desktop: return "remote desktop over TLS";
        case Aspect::renegotiation: return "renegotiation";
        case Aspect::sha512_signatures: return "SHA-512 signatures";
        case Aspect::protocol:
        case Aspect::suite:
        case Aspect::algorithm:
        case Aspect::curve:
        case Aspect::setting: break;
    }
    return subject.name;
}

std::string value_words(Aspect aspect, const effect::EffectValue& value) { return std::visit(Words{aspect}, value); }

}  // namespace schancfg::cli
