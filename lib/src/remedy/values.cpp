#include "remedy/values.hpp"

#include <algorithm>
#include <optional>
#include <ranges>

#include "schancfg/schannel/settings.hpp"
#include "schancfg/text.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::remedy {
namespace {

using registry::KeyPath;
using registry::Meets;
using registry::Root;
using registry::Value;
using registry::Wanted;
using registry::WantedValue;

const KeyPath& schannel_key() {
    static const KeyPath key(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL");
    return key;
}
const KeyPath& local_key() {
    static const KeyPath key(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL");
    return key;
}
const KeyPath& policy_key() {
    static const KeyPath key(Root::local_machine, "SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002");
    return key;
}

void want(Wanted& wanted, const KeyPath& key, std::string_view name, std::optional<Value> value, Meets meets) {
    const auto same = [&](const WantedValue& each) { return each.key == key && utf::equal_no_case(each.name, name); };
    std::erase_if(wanted.values, same);
    wanted.values.push_back({key, std::string(name), std::move(value), meets, {}, {}});
    wanted.sort();
}

/// As a profile asks for it, so that what already is alike stays.
void want_dword(Wanted& wanted, const KeyPath& key, std::string_view name, std::uint32_t number) {
    const schannel::Setting* setting = schannel::find_setting(key, name);
    if (setting == nullptr) {
        want(wanted, key, name, Value::dword(number), Meets::exact);
        return;
    }
    schannel::Write write = setting->write(number);
    want(wanted, key, name, std::move(write.value), write.meets);
}

constexpr std::uint32_t allowed = 0xFFFFFFFF;  // KB245030

}  // namespace

void want_protocol(Wanted& wanted, std::string_view protocol, facts::Role role, bool enabled) {
    const KeyPath key = schannel_key().child("Protocols").child(protocol).child(facts::role_key(role));
    want_dword(wanted, key, "Enabled", enabled ? 1 : 0);
    want_dword(wanted, key, "DisabledByDefault", enabled ? 0 : 1);
}

void want_no_protocol(Wanted& wanted, const registry::Tree& state, std::string_view protocol, facts::Role role) {
    const KeyPath key = schannel_key().child("Protocols").child(protocol).child(facts::role_key(role));
    for (const char* name : {"Enabled", "DisabledByDefault"}) {
        if (state.find_value(key, name) != nullptr) want(wanted, key, name, std::nullopt, Meets::exact);
    }
}

void want_algorithm(Wanted& wanted, std::string_view parent, std::string_view name, bool enabled) {
    want_dword(wanted, schannel_key().child(parent).child(name), "Enabled", enabled ? allowed : 0);
}

void want_bits(Wanted& wanted, std::string_view exchange, std::string_view value, std::uint32_t bits) {
    want_dword(wanted, schannel_key().child("KeyExchangeAlgorithms").child(exchange), value, bits);
}

void want_no_bits(Wanted& wanted, std::string_view exchange, std::string_view value) {
    want(wanted, schannel_key().child("KeyExchangeAlgorithms").child(exchange), value, std::nullopt, Meets::exact);
}

void want_number(Wanted& wanted, std::string_view value, std::uint32_t number) { want_dword(wanted, schannel_key(), value, number); }

void want_suites(Wanted& wanted, const std::vector<std::string>& names) {
    want(wanted, policy_key(), "Functions", Value::sz(schancfg::join(names, ",")), Meets::same_strings);
}

void want_curves(Wanted& wanted, const std::vector<std::string>& names) {
    want(wanted, policy_key(), "EccCurves", Value::multi_sz(names), Meets::same_strings);
}

void want_signatures(Wanted& wanted, const std::vector<std::string>& names) {
    want(wanted, local_key().child("00010003"), "Functions", Value::multi_sz(names), Meets::same_strings);
}

void want_winhttp(Wanted& wanted, std::uint32_t mask) {
    for (const char* software : {"SOFTWARE", "SOFTWARE\\Wow6432Node"}) {
        const KeyPath key = KeyPath(Root::local_machine, software).below("Microsoft\\Windows\\CurrentVersion\\Internet Settings\\WinHttp");
        want_dword(wanted, key, "DefaultSecureProtocols", mask);
    }
}

void want_dotnet(Wanted& wanted, std::string_view version) {
    for (const char* software : {"SOFTWARE", "SOFTWARE\\Wow6432Node"}) {
        const KeyPath key = KeyPath(Root::local_machine, software).below("Microsoft\\.NETFramework").child(version);
        want_dword(wanted, key, "SchUseStrongCrypto", 1);
        want_dword(wanted, key, "SystemDefaultTlsVersions", 1);
    }
}

void add(Wanted& wanted, const Wanted& more) {
    for (const WantedValue& item : more.values) {
        want(wanted, item.key, item.name, item.value, item.meets);
    }
}

bool is_list(const WantedValue& value) { return value.name == "Functions" || value.name == "EccCurves"; }

std::vector<std::string> spelled(const Wanted& wanted) {
    std::vector<std::string> all;
    for (const WantedValue& value : wanted.values) {
        const std::string spot = value.key.to_string().append(": ").append(value.name).append(value.value ? "=" : "-");
        const std::string data = value.value ? value.value->as_string().value_or(value.value->bytes) : std::string();
        if (const auto names = value.value ? value.value->as_strings() : std::unexpected(Error{}); names) {
            for (const std::string& name : *names) all.push_back(spot + name);
        } else if (is_list(value)) {
            for (const auto name : std::views::split(data, ',')) all.push_back(spot + std::string(name.begin(), name.end()));
        } else {
            all.push_back(spot + data);
        }
    }
    std::ranges::sort(all);
    return all;
}

}  // namespace schancfg::remedy
