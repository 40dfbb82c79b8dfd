#include "schancfg/schannel/protocol_state.hpp"

#include <algorithm>

#include "schancfg/utf.hpp"

namespace schancfg::schannel {
namespace {

constexpr std::string_view protocols_key = "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols";

}  // namespace

// Rows: MicrosoftDocs/windowsserverdocs, security/tls/tls-registry-settings.md (2019 and 2023 text), KB245030 for what
// `Enabled` and `DisabledByDefault` do, MicrosoftDocs/win32, tls-10-11-deprecation-in-windows.md for `Enabled` = 1 where the
// default is off, and protocols-in-tls-ssl--schannel-ssp-.md for protocols that a release lacks. The data for "on" differs by
// page (1 or 0xFFFFFFFF), so any number but 0 is on. No page says what other types or lengths do.
ProtocolJudgement judge(const registry::Value* enabled, const registry::Value* disabled_by_default,
                        ProtocolState release_default) {
    if (release_default == ProtocolState::not_supported) return {ProtocolState::not_supported, ProtocolRule::release_lacks_it};
    if (enabled != nullptr) {
        const auto number = enabled->as_dword();
        if (!number) return {ProtocolState::uncertain, ProtocolRule::unreadable_enabled};
        if (*number == 0) return {ProtocolState::off, ProtocolRule::enabled_zero};
    }
    if (disabled_by_default != nullptr) {
        const auto number = disabled_by_default->as_dword();
        if (!number) return {ProtocolState::uncertain, ProtocolRule::unreadable_disabled_by_default};
        if (*number != 0) return {ProtocolState::on_request, ProtocolRule::disabled_by_default};
        if (enabled == nullptr) return {ProtocolState::on, ProtocolRule::not_disabled_by_default};
    }
    if (enabled != nullptr) return {ProtocolState::on, ProtocolRule::enabled_nonzero};
    return {release_default, ProtocolRule::release_default};
}

int usefulness(ProtocolState state) {
    switch (state) {
        case ProtocolState::on: return 3;
        case ProtocolState::on_request: return 2;
        case ProtocolState::uncertain: return 1;
        case ProtocolState::off:
        case ProtocolState::not_supported: return 0;
    }
    return 0;
}

ProtocolState default_state(const facts::Release* release, facts::Role role, std::string_view protocol) {
    const facts::Protocol* known = facts::find_protocol(protocol);
    if (known == nullptr) return ProtocolState::not_supported;
    if (release != nullptr) {
        const facts::ProtocolDefault* row = facts::protocol_default(*release, role, known->name);
        return row == nullptr ? ProtocolState::uncertain : row->state;
    }
    constexpr std::string_view everywhere[] = {"TLS 1.0", "TLS 1.1", "TLS 1.2"};
    return std::ranges::find(everywhere, known->name) != std::end(everywhere) ? ProtocolState::on : ProtocolState::uncertain;
}

std::optional<ProtocolSwitch> protocol_switch(const registry::KeyPath& key) {
    const std::string_view path = key.path();
    if (key.root() != registry::Root::local_machine || path.size() <= protocols_key.size() + 1) return std::nullopt;
    if (path[protocols_key.size()] != '\\' || !utf::equal_no_case(path.substr(0, protocols_key.size()), protocols_key)) {
        return std::nullopt;
    }
    const std::string_view rest = path.substr(protocols_key.size() + 1);
    const std::size_t at = rest.find('\\');
    if (at == std::string_view::npos) return std::nullopt;
    const std::string_view role = rest.substr(at + 1);
    if (utf::equal_no_case(role, "Client")) return ProtocolSwitch{rest.substr(0, at), facts::Role::client};
    if (utf::equal_no_case(role, "Server")) return ProtocolSwitch{rest.substr(0, at), facts::Role::server};
    return std::nullopt;
}

}  // namespace schancfg::schannel
