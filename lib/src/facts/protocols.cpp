#include "schancfg/facts/protocols.hpp"

#include <algorithm>

#include "schancfg/utf.hpp"

namespace schancfg::facts {
namespace {

constexpr std::string_view registry_page =
    "MicrosoftDocs/windowsserverdocs:WindowsServerDocs/security/tls/tls-registry-settings.md";
constexpr std::string_view kb187498 = "KB187498; KB245030";

// Bits: SP_PROT_* of schannel.h (MicrosoftDocs/sdk-api SCHANNEL_CRED). The SP_PROT_UNI_* bits of the unified hello are
// left out: no registry mask takes them.
constexpr Protocol table[] = {
    {"PCT 1.0", 0x2, 0x1, kb187498},
    {"SSL 2.0", 0x8, 0x4, registry_page},
    {"SSL 3.0", 0x20, 0x10, registry_page},
    {"TLS 1.0", 0x80, 0x40, registry_page},
    {"TLS 1.1", 0x200, 0x100, registry_page},
    {"TLS 1.2", 0x800, 0x400, registry_page},
    {"TLS 1.3", 0x2000, 0x1000, registry_page},
    {"DTLS 1.0", 0x20000, 0x10000, registry_page},
    {"DTLS 1.2", 0x80000, 0x40000, registry_page},
    {"Multi-Protocol Unified Hello", 0, 0, kb187498},
};

}  // namespace

std::string_view role_name(Role role) { return role == Role::client ? "client" : "server"; }
std::string_view role_key(Role role) { return role == Role::client ? "Client" : "Server"; }

std::span<const Protocol> protocols() { return table; }

const Protocol* find_protocol(std::string_view name) {
    const auto* found =
        std::ranges::find_if(table, [&](const Protocol& row) { return utf::equal_no_case(row.name, name); });
    return found == std::end(table) ? nullptr : found;
}

std::string_view state_name(DefaultState state) {
    switch (state) {
        case DefaultState::on: return "on";
        case DefaultState::on_request: return "on-request";
        case DefaultState::off: return "off";
        case DefaultState::not_supported: return "not-supported";
        case DefaultState::uncertain: break;
    }
    return "uncertain";
}

std::string_view confidence_name(Confidence confidence) {
    switch (confidence) {
        case Confidence::documented: return "documented";
        case Confidence::secondary: return "secondary";
        case Confidence::observed: return "observed";
        case Confidence::folklore: return "folklore";
        case Confidence::negative: return "negative";
        case Confidence::third_party_only: return "third-party only";
        case Confidence::conflict: return "conflict";
        case Confidence::derived: return "derived";
        case Confidence::inferred_from_neighbour: return "inferred-from-neighbour";
        case Confidence::undocumented: break;
    }
    return "undocumented";
}

}  // namespace schancfg::facts
