#include "permissions.hpp"

#include <algorithm>

#include "render/value.hpp"
#include "schancfg/schannel/managed.hpp"

namespace schancfg::cli {
namespace {

using schannel::Permission;

std::string why_not(Permission permission, bool removal) {
    switch (permission) {
        case Permission::named:
        case Permission::raw_only: return {};
        case Permission::remove_only: return removal ? "" : "is known not to do what it seems to; it may be removed, not set";
        case Permission::unknown: return removal ? "" : "is not known to Windows' documentation; it may be removed, not set";
        case Permission::read_only: return "is shown by schancfg and never written";
        case Permission::outside: break;
    }
    return "is outside of what schancfg manages";
}

std::string spelled(const registry::KeyPath& key, std::string_view name) {
    return key.to_string() + ": " + show_name(name);
}

}  // namespace

Diagnostics forbidden_lines(const registry::Wanted& wanted) {
    Diagnostics out;
    for (const registry::WantedKey& item : wanted.keys) {
        if (!schannel::is_managed(item.key)) {
            out.push_back({"not-managed", Severity::error, item.origin, item.key.to_string() + " is outside of what schancfg manages", {}});
        }
    }
    for (const registry::WantedValue& item : wanted.values) {
        const std::string reason = why_not(schannel::permission(item.key, item.name), !item.value);
        if (!reason.empty()) out.push_back({"not-writable", Severity::error, item.origin, spelled(item.key, item.name) + ' ' + reason, {}});
    }
    return out;
}

std::optional<registry::KeyPath> first_key_outside(const plan::Plan& plan) {
    const auto is_on_the_way = [](const registry::KeyPath& key) {
        return std::ranges::any_of(schannel::managed_keys(), [&key](const registry::Area& area) { return area.key.is_within(key); });
    };
    for (const plan::Change& change : plan.changes) {
        if (!schannel::is_managed(change.key) && (change.value_name || !is_on_the_way(change.key))) return change.key;
    }
    return std::nullopt;
}

Outcome<void> check_permissions(const plan::Plan& plan) {
    if (const auto outside = first_key_outside(plan)) {
        return failure(ExitCode::usage, outside->to_string() + " is outside of what schancfg manages");
    }
    Diagnostics wrong;
    for (const plan::Change& change : plan.changes) {
        if (!change.value_name) continue;
        const std::string reason = why_not(schannel::permission(change.key, *change.value_name), change.action == plan::Action::remove);
        if (reason.empty()) continue;
        wrong.push_back({"not-writable", Severity::error, change.origin.value_or(Span{}),
                         spelled(change.key, *change.value_name) + ' ' + reason, {}});
    }
    if (!wrong.empty()) return std::unexpected(Failure{ExitCode::usage, std::move(wrong)});
    return {};
}

}  // namespace schancfg::cli
