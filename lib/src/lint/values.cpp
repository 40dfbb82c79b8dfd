#include <algorithm>
#include <array>
#include <cstdio>

#include "lint/subject.hpp"
#include "schancfg/schannel/managed.hpp"
#include "schancfg/utf.hpp"
#include "schancfg/text.hpp"

namespace schancfg::lint {
namespace {

using schannel::Permission;

/// The first character that is not printable ASCII, as `U+2215`.
std::optional<std::string> find_foreign(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const char32_t point = utf::next_code_point(text, at);
        if (point >= 0x20 && point < 0x7F) continue;
        std::array<char, 12> number{};
        std::snprintf(number.data(), number.size(), "U+%04X", static_cast<unsigned>(point));
        return number.data();
    }
    return std::nullopt;
}

void lint_names(Subject& subject, const Item& item) {
    if (!item.in_schannel) return;
    const std::string name(item.wanted->key.name());
    if (const auto foreign = find_foreign(item.wanted->key.path())) {
        subject.report(Rule::lookalike_character, item, "the key " + quote(name) + " holds " + *foreign + ": Windows reads no such key");
    } else if (const auto in_value = find_foreign(item.wanted->name)) {
        subject.report(Rule::lookalike_character, item, "the value name " + quote(item.wanted->name) + " holds " + *in_value);
    }
}

void lint_permission(Subject& subject, const Item& item) {
    const Permission permission = schannel::permission(item.wanted->key, item.wanted->name);
    const std::string name = quote(item.wanted->name);
    switch (permission) {
        case Permission::remove_only:
            // Values on the protocol's own key have a rule of their own.
            if (item.below.starts_with("PROTOCOLS\\") && std::ranges::count(item.below, '\\') == 1) return;
            if (subject.is_near_miss(item.wanted->key)) return;
            subject.report(Rule::folklore_value, item, name + " of " + quote(item.wanted->key.to_string()) + " is a value that Windows does not know");
            break;
        case Permission::raw_only:
            subject.report(Rule::raw_only_value, item, name + " is not documented by Microsoft: " +
                                                       std::string(item.row == nullptr ? "" : facts::confidence_name(item.row->confidence)));
            break;
        case Permission::unknown:
            // Nearly right keys have a rule of their own.
            if (find_foreign(item.wanted->key.path()) || find_foreign(item.wanted->name) || subject.is_near_miss(item.wanted->key)) return;
            subject.report(Rule::value_unknown, item, "no source knows the value " + name + " of " + quote(item.wanted->key.to_string()));
            break;
        case Permission::named:
        case Permission::read_only:
        case Permission::outside: break;
    }
}

void lint_type(Subject& subject, const Item& item) {
    if (item.row == nullptr) return;
    const auto right = registry::find_type(item.row->type);
    if (!right || item.row->section == "mdm") return;
    const registry::Value& value = *item.value();
    if (value.type != *right) {
        subject.report(Rule::value_wrong_type, item, quote(item.wanted->name) + " is a " + registry::type_name(value.type) + "; Windows expects a " +
                                                     std::string(item.row->type));
    } else if (value.type == registry::reg_dword && value.bytes.size() != 4) {
        subject.report(Rule::value_wrong_type, item, quote(item.wanted->name) + " is a REG_DWORD of " +
                                                     count_of(value.bytes.size(), "byte", "bytes") + "; Windows expects 4");
    }
}

std::string place_text(const Span& place) {
    std::string text = shorten(place.file);
    if (place.line != 0) text += ":" + std::to_string(place.line);
    return text;
}

/// Does the one file extend the other, perhaps by others between them?
bool extends(const schannel::Profile& profile, std::string_view file, std::string_view other) {
    // From each to the one that extends it: at most as many steps as there are layers.
    for (std::size_t step = 0; step < profile.layers.size(); ++step) {
        const auto layer = std::ranges::find(profile.layers, other, &schannel::Layer::file);
        if (layer == profile.layers.end()) return false;
        other = layer->extended_at.file;
        if (other == file) return true;
    }
    return false;
}

void lint_overridden(Subject& subject, const Item& item, const Span& earlier) {
    const bool same_file = earlier.file == item.wanted->origin.file;
    // Within a profile a detail wins over the general on purpose, and who extends a profile does so to change it.
    if (subject.profile != nullptr && (same_file || extends(*subject.profile, item.wanted->origin.file, earlier.file))) return;
    // Keys of other components are none of ours, and one key in its two spellings is not a contradiction.
    if (same_file && item.row == nullptr && !item.in_schannel) return;
    const Repeated repeated = subject.repeated(earlier);
    if (same_file && repeated == Repeated::by_alias) return;
    const std::string what = quote(item.wanted->name) + " of " + quote(item.wanted->key.name());
    if (repeated == Repeated::same_data) {
        subject.report(Rule::duplicate_value, item, what + " is set to the same again by " + place_text(item.wanted->origin), Severity::note, earlier);
    } else {
        subject.report(same_file ? Rule::duplicate_value : Rule::overridden, item, what + " is overridden by " + place_text(item.wanted->origin), {},
                       earlier);
    }
}

// Windows 11 refuses session tickets that are to live longer than a week, as TLS 1.3 does (RFC 8446, section 4.6.1).
constexpr std::uint32_t longest_ticket = 7U * 24 * 60 * 60 * 1000;

// Fragments of one handshake message together; a chain of certificates is what makes messages long.
void lint_messaging(Subject& subject, const Item& item) {
    constexpr std::uint32_t smallest = 16384, largest = 1U << 24U;  // the server's default; RFC 8446, section 4
    static const std::string below = utf::fold_case("Messaging");
    const auto limit = item.number();
    if (item.below != below || !limit) return;
    if (!item.is("MessageLimitClient") && !item.is("MessageLimitServer") && !item.is("MessageLimitServerClientAuth")) return;
    if (*limit == 0) {
        subject.report(Rule::message_limit, item, quote(item.wanted->name) + " is 0: every fragmented handshake message is refused, so that handshakes fail");
    } else if (*limit < smallest) {
        subject.report(Rule::message_limit, item, quote(item.wanted->name) + " is " + count_of(*limit, "byte", "bytes") +
                                                  ": longer chains of certificates make handshakes fail");
    } else if (*limit >= largest) {
        subject.report(Rule::message_limit, item, quote(item.wanted->name) + " is " + count_of(*limit, "byte", "bytes") +
                                                  ": no message of TLS is that long, so that there is no limit", Severity::note);
    }
}

struct DocumentedNumbers {
    std::string_view name;
    std::uint32_t largest;
    bool bits;  ///< of a mask, else a choice
};
// As in facts/registry_values.
constexpr std::array documented_numbers{
    DocumentedNumbers{"EventLogging", 0x7, true},          DocumentedNumbers{"CertificateMappingMethods", 0x1F, true},
    DocumentedNumbers{"ClientAuthTrustMode", 2, false},    DocumentedNumbers{"SendTrustedIssuerList", 1, false},
    DocumentedNumbers{"EnableOcspStaplingForSni", 1, false},
};

void lint_numbers(Subject& subject, const Item& item, std::uint32_t number) {
    for (const DocumentedNumbers& documented : documented_numbers) {
        if (!item.is(documented.name) || number <= documented.largest) continue;
        subject.report(Rule::data_not_documented, item, quote(item.wanted->name) + " is " + std::to_string(number) + "; documented are " +
                                                            (documented.bits ? "bits that add up to " : "0 to ") + std::to_string(documented.largest) +
                                                            (documented.bits ? " at most" : ""));
    }
}

// Values of SCHANNEL itself.
void lint_schannel(Subject& subject, const Item& item) {
    if (!item.in_schannel || !item.below.empty()) return;
    const auto number = item.number();
    if (!number) return;
    lint_numbers(subject, item, *number);
    if (*number != 0) {
        if (item.is("DisableRenegoOnServer")) subject.report(Rule::renegotiation_off, item, "the server refuses to renegotiate");
        if (item.is("DisableRenegoOnClient")) subject.report(Rule::renegotiation_off, item, "clients refuse to renegotiate");
        if (item.is("ServerCacheTime") && *number > longest_ticket) {
            subject.report(Rule::session_cache_too_long, item, "sessions live longer than 7 days: clients of Windows 11 refuse the tickets, and connections fail");
        }
        if (item.is("ClientCacheTime") && *number > longest_ticket) {
            subject.report(Rule::session_cache_too_long, item, "clients keep sessions for more than 7 days: no ticket of TLS 1.3 lives that long (RFC 8446)", Severity::note);
        }
        if (item.is("DisableServerExtendedMasterSecret")) subject.report(Rule::ems_off, item, "servers do not use the extended master secret");
        if (item.is("DisableClientExtendedMasterSecret")) subject.report(Rule::ems_off, item, "clients do not use the extended master secret");
        if (item.is("AllowInsecureRenegoServers")) subject.report(Rule::insecure_renegotiation, item, "servers without RFC 5746 are accepted");
        if (item.is("AllowInsecureRenegoClients")) subject.report(Rule::insecure_renegotiation, item, "clients without RFC 5746 are accepted");
        return;
    }
    if (item.is("AllowInsecureRenegoServers")) {
        subject.report(Rule::renegotiation_strict, item, "connections to servers that never got RFC 5746 fail");
    }
    if (item.is("ServerCacheTime")) subject.report(Rule::session_cache_off, item, "servers keep no session: each connection is a full handshake");
    if (item.is("MaximumCacheSize")) subject.report(Rule::session_cache_off, item, "no session is kept: each connection is a full handshake");
    if (item.is("ClientCacheTime")) {
        subject.report(Rule::session_cache_off, item, "clients keep no session: each connection is a full handshake", Severity::note);
    }
}

// What effect tells only for the releases that read it.
constexpr std::array<std::string_view, 12> release_dependent{
    "ClientAuthTrustMode", "CertificateMappingMethods", "ClientCacheTime", "ServerCacheTime",
    "MaximumCacheSize",    "IssuerCacheSize",           "IssuerCacheTime", "EnableOcspStaplingForSni",
    "SendExtraRecord",     "SendTrustedIssuerList",     "DisableClientExtendedMasterSecret", "DisableServerExtendedMasterSecret"};

void lint_ignored(Subject& subject, const Item& item) {
    if (subject.effect() == nullptr || !item.in_schannel || !item.below.empty()) return;
    const auto same = [&](std::string_view name) { return item.is(name); };
    if (std::ranges::none_of(release_dependent, same)) return;
    if (std::ranges::any_of(subject.effect()->settings, [&](const effect::SettingEffect& setting) { return item.is(setting.value); })) return;
    subject.report(Rule::setting_ignored, item, quote(item.wanted->name) + " is not read by this release");
}

}  // namespace

void lint_values(Subject& subject) {
    for (const Item& item : subject.items()) {
        for (const Span& earlier : item.wanted->overridden) lint_overridden(subject, item, earlier);
        if (item.value() == nullptr) continue;
        lint_names(subject, item);
        lint_permission(subject, item);
        lint_type(subject, item);
        lint_schannel(subject, item);
        lint_messaging(subject, item);
        lint_ignored(subject, item);
    }
}

}  // namespace schancfg::lint
