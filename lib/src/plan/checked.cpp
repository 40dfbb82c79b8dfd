#include "schancfg/plan/checked.hpp"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "schancfg/schannel/managed.hpp"

namespace schancfg::plan {
namespace {

using registry::KeyPath;
using registry::Root;
using schannel::Permission;

const KeyPath& schannel_key() {
    static const KeyPath key(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL");
    return key;
}

/// Without these lists Windows has none at all: they are set, never removed.
bool is_local_list(const KeyPath& key) {
    static const KeyPath lists(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL");
    return key.is_within(lists);
}

bool leads_to_managed(const KeyPath& key) {
    if (schannel::is_managed(key)) return true;
    return std::ranges::any_of(schannel::managed_keys(), [&](const registry::Area& area) { return area.key.is_within(key); });
}

class Refusals {
public:
    void add(const Span& span, const KeyPath& key, const std::string* value_name, const std::string& why, std::string fix) {
        if (found_.size() == max_refusals) {
            ++more_;
            return;
        }
        std::string message = key.to_string();
        if (value_name != nullptr) message += value_name->empty() ? ": (default value)" : ": " + *value_name;
        found_.push_back({.rule = "not-writable", .severity = Severity::error, .span = span, .message = message + ' ' + why, .fix = std::move(fix)});
    }

    [[nodiscard]] std::size_t count() const { return found_.size() + more_; }

    /// Why that may not be set (`sets`) or removed; true: it may.
    bool allows_value(const Span& span, const KeyPath& key, const std::string& name, bool sets, Purpose purpose) {
        const std::size_t before = count();
        const bool undoing = purpose == Purpose::undo;
        switch (schannel::permission(key, name)) {
            case Permission::named:
            case Permission::raw_only:
                if (!sets && !undoing && is_local_list(key)) {
                    add(span, key, &name, "is a list that Windows cannot do without: it may be set, not removed", "set the list instead");
                }
                break;
            case Permission::remove_only:
                if (sets && !undoing) add(span, key, &name, "is known to do nothing: it may be removed, not set", "leave the line out");
                break;
            case Permission::unknown:
                if (sets && !undoing) add(span, key, &name, "is known to no source: it may be removed, not set", "leave the line out, or correct the name");
                break;
            case Permission::read_only:
                add(span, key, &name, "is shown and never written by schancfg", "leave the line out");
                break;
            case Permission::outside:
                add(span, key, &name, "is not one of the values that schancfg manages", "leave the line out");
                break;
        }
        return count() == before;
    }

    Diagnostics take() {
        if (more_ != 0) {
            Diagnostic& last = found_.back();
            last.message = "and " + std::to_string(more_ + 1) + " more that may not be written";
            last.fix.clear();
        }
        return std::move(found_);
    }

private:
    Diagnostics found_;
    std::size_t more_ = 0;
};

}  // namespace

Parted part(registry::Wanted wanted) {
    Parted out;
    Refusals refusals;
    std::set<KeyPath> with_values;
    for (registry::WantedValue& value : wanted.values) {
        with_values.insert(value.key);
        if (refusals.allows_value(value.origin, value.key, value.name, value.value.has_value(), Purpose::apply)) out.writable.values.push_back(std::move(value));
    }
    for (registry::WantedKey& key : wanted.keys) {
        if (key.present && !key.clear_values) {
            if (leads_to_managed(key.key)) {
                out.writable.keys.push_back(std::move(key));
            } else if (!with_values.contains(key.key)) {
                // The line above values says nothing that these do not say; alone it asks for nothing, but not among ours.
                refusals.add(key.origin, key.key, nullptr, "is not one of the keys that schancfg manages", "leave the line out");
            }
        } else if (key.key.is_within(schannel_key())) {
            out.writable.keys.push_back(std::move(key));
        } else {
            refusals.add(key.origin, key.key, nullptr, "holds more than schancfg manages: only SCHANNEL and keys below it can be deleted",
                         "delete the values one by one");
        }
    }
    out.left_out = refusals.count();
    out.refused = refusals.take();
    return out;
}

std::expected<CheckedPlan, Diagnostics> check(Plan plan, Purpose purpose) {
    Refusals refusals;
    for (const Change& change : plan.changes) {
        const Span span = change.origin.value_or(Span{});
        if (change.value_name) {
            std::ignore = refusals.allows_value(span, change.key, *change.value_name, change.after.has_value(), purpose);
            continue;
        }
        const bool allowed = change.action == Action::add || purpose == Purpose::undo ? leads_to_managed(change.key)
                                                                                           : change.key.is_within(schannel_key());
        if (!allowed) refusals.add(span, change.key, nullptr, "is not one of the keys that schancfg manages", "");
    }
    if (Diagnostics wrong = refusals.take(); !wrong.empty()) return std::unexpected(std::move(wrong));
    return CheckedPlan(std::move(plan));
}

}  // namespace schancfg::plan
