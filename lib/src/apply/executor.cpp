#include "schancfg/apply/executor.hpp"

#include <algorithm>
#include <new>
#include <numeric>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "apply/change_text.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::apply {
namespace {

using backend::KeyContent;
using backend::Target;
using plan::Action;
using plan::Change;
using registry::KeyPath;
using registry::Value;

/// What one change is about, as it is at this moment.
struct Now {
    bool key_exists = false;
    bool key_is_empty = true;
    std::optional<Value> value;
};

/// nullopt: there is no such key.
Result<std::optional<KeyContent>> read_key(const backend::Source& target, const KeyPath& key) {
    auto content = target.read(key);
    if (!content) {
        if (content.error().code == ErrorCode::not_found) return std::nullopt;
        return std::unexpected(std::move(content.error()));
    }
    // Its values would be the link's own, and a write might land in another key.
    if (content->is_link) return fail(ErrorCode::unsupported, key.to_string() + " is a symbolic link, or lies behind one, and is left alone");
    return std::optional(std::move(*content));
}

/// The contents of a key by name, so that a plan with many changes in one key is checked in linear time.
class Looked {
public:
    explicit Looked(std::optional<KeyContent> content) : content_(std::move(content)) {
        if (!content_) return;
        for (const registry::NamedValue& value : content_->values) by_name_.emplace(utf::fold_case(value.name), &value);
    }
    [[nodiscard]] Now now(const Change& change) const {
        Now now{.key_exists = content_.has_value(), .key_is_empty = true, .value = std::nullopt};
        if (!content_) return now;
        now.key_is_empty = content_->values.empty() && content_->children.empty();
        if (!change.value_name) return now;
        if (const auto found = by_name_.find(utf::fold_case(*change.value_name)); found != by_name_.end()) now.value = found->second->value;
        return now;
    }
    [[nodiscard]] const std::optional<KeyContent>& content() const { return content_; }

private:
    std::optional<KeyContent> content_;
    std::unordered_map<std::string, const registry::NamedValue*> by_name_;
};

Result<Now> look(const backend::Source& target, const Change& change) {
    auto content = read_key(target, change.key);
    if (!content) return std::unexpected(std::move(content.error()));
    Now now{.key_exists = content->has_value(), .key_is_empty = true, .value = std::nullopt};
    if (!*content) return now;
    now.key_is_empty = (*content)->values.empty() && (*content)->children.empty();
    if (!change.value_name) return now;
    for (registry::NamedValue& value : (*content)->values) {
        if (utf::equal_no_case(value.name, *change.value_name)) now.value = std::move(value.value);
    }
    return now;
}

bool is_as_before(const Change& change, const Now& now) {
    return change.value_name ? now.value == change.before : now.key_exists == (change.action == Action::remove);
}

bool is_as_after(const Change& change, const Now& now) {
    return change.value_name ? now.value == change.after : now.key_exists == (change.action == Action::add);
}

Error moved_error(const Change& change, const Now& now) {
    std::string message = place_text(change);
    if (!change.value_name) {
        message += now.key_exists ? " exists, and did not when the plan was made" : " is gone, and existed when the plan was made";
    } else {
        message += " is " + value_text(now.value) + " now, and was " + value_text(change.before) + " when the plan was made";
    }
    return {.code = ErrorCode::conflict, .message = std::move(message)};
}

Error differs_error(const Change& change, const Now& now) {
    std::string message = place_text(change);
    if (!change.value_name) {
        message += now.key_exists ? " is still there after it was removed" : " is not there after it was made";
    } else {
        message += " reads back as " + value_text(now.value) + " instead of " + value_text(change.after);
    }
    return {.code = ErrorCode::io, .message = std::move(message)};
}

Result<void> write(Target& target, const Change& change) {
    if (!change.value_name) return change.action == Action::add ? target.create(change.key) : target.erase(change.key);
    if (change.after) return target.set(change.key, *change.value_name, *change.after);
    return target.unset(change.key, *change.value_name);
}

std::string folded(const KeyPath& key) { return utf::fold_case(key.to_string()); }

/// Reads all that a plan is about, key by key, and compares. Holds on to the first thing that is not as it should be.
class Comparison {
public:
    Comparison(const std::vector<Change>& changes, const backend::Source& source, RunReport& report)
        : changes_(changes), source_(source), report_(report), by_key_(changes.size()) {
        std::iota(by_key_.begin(), by_key_.end(), std::size_t{0});
        std::ranges::stable_sort(by_key_, [&](std::size_t a, std::size_t b) { return changes_[a].key < changes_[b].key; });
    }

    bool all_as_before() {
        std::unordered_set<std::string> removed_values, removed_keys;
        for (const Change& change : changes_) {
            if (change.action != Action::remove) continue;
            if (change.value_name) {
                removed_values.insert(folded(change.key) + '\0' + utf::fold_case(*change.value_name));
            } else {
                removed_keys.insert(folded(change.key));
            }
        }
        return each_key([&](const Change& change, const Looked& looked) {
            const Now now = looked.now(change);
            if (!is_as_before(change, now)) return fail_at(change, moved_error(change, now));
            if (change.value_name || change.action != Action::remove) return true;
            const std::string key = folded(change.key);
            for (const registry::NamedValue& value : looked.content()->values) {
                if (removed_values.contains(key + '\0' + utf::fold_case(value.name))) continue;
                return fail_at(change, more_error(change, "the value " + (value.name.empty() ? "(default)" : value.name)));
            }
            for (const std::string& child : looked.content()->children) {
                if (removed_keys.contains(folded(change.key.child(child)))) continue;
                return fail_at(change, more_error(change, "the key " + child));
            }
            return true;
        });
    }

    bool all_as_after() {
        return each_key([&](const Change& change, const Looked& looked) {
            const Now now = looked.now(change);
            return is_as_after(change, now) || fail_at(change, differs_error(change, now));
        });
    }

    bool fail_at(const Change& change, Error error) {
        report_.at = change;
        report_.error = std::move(error);
        return false;
    }

private:
    /// Calls `compare(change, looked)` for every change, reading each key once. false: the first error, or what `compare` said.
    template <class Compare>
    bool each_key(const Compare& compare) {
        for (auto at = by_key_.begin(); at != by_key_.end();) {
            const Change& first = changes_[*at];
            auto content = read_key(source_, first.key);
            if (!content) return fail_at(first, std::move(content.error()));
            const Looked looked(std::move(*content));
            for (; at != by_key_.end() && changes_[*at].key == first.key; ++at) {
                if (!compare(changes_[*at], looked)) return false;
            }
        }
        return true;
    }

    static Error more_error(const Change& change, const std::string& what) {
        return {.code = ErrorCode::conflict,
                .message = place_text(change) + " is to be removed and holds " + what +
                           ", which the plan does not know"};
    }

    const std::vector<Change>& changes_;
    const backend::Source& source_;
    RunReport& report_;
    std::vector<std::size_t> by_key_;  // indices of changes_, by key
};

RunOutcome outcome_untouched(const RunReport& report) {
    return report.error->code == ErrorCode::conflict ? RunOutcome::moved : RunOutcome::refused;
}

class Run {
public:
    Run(const plan::Plan& plan, Target& target, const Observer& observer)
        : changes_(plan.changes), target_(target), observer_(observer), comparison_(changes_, target, report_), held_(changes_.size()) {}

    // Memory that runs out half-way is one more reason to rolled back what was written.
    RunReport execute() {
        if (changes_.empty()) return {};
        try {
            return go_forward();
        } catch (const std::bad_alloc&) {
            report_.error = Error{.code = ErrorCode::io, .message = "there is not enough memory"};
            return attempted_ == 0 ? nothing_touched() : roll_back();
        }
    }

private:
    RunReport go_forward() {
        if (!comparison_.all_as_before()) return nothing_touched();
        for (attempted_ = 0; attempted_ < changes_.size();) {
            const std::size_t i = attempted_;
            if (!check_one(i)) return i == 0 ? nothing_touched() : roll_back();
            ++attempted_;
            if (!write_one(i)) return roll_back();
        }
        if (auto committed = target_.commit(); !committed) {
            report_.error = std::move(committed.error());
            return roll_back();
        }
        committed_ = true;
        if (!comparison_.all_as_after()) return roll_back();
        return {};
    }

    bool check_one(std::size_t i) {
        const auto now = look(target_, changes_[i]);
        if (!now) return comparison_.fail_at(changes_[i], now.error());
        if (!is_as_before(changes_[i], *now)) return comparison_.fail_at(changes_[i], moved_error(changes_[i], *now));
        return true;
    }

    bool write_one(std::size_t i) {
        const Change& change = changes_[i];
        if (auto written = write(target_, change); !written) return comparison_.fail_at(change, std::move(written.error()));
        const auto now = look(target_, change);
        if (!now) return comparison_.fail_at(change, now.error());
        if (!is_as_after(change, *now)) {
            // What a lossy medium made of it is still what was written here, and is rolled back like it.
            held_[i] = now->value;
            return comparison_.fail_at(change, differs_error(change, *now));
        }
        if (observer_) observer_(change, false);
        return true;
    }

    RunReport nothing_touched() {
        report_.outcome = outcome_untouched(report_);
        return std::move(report_);
    }

    RunReport roll_back() {
        std::size_t undone = 0;
        for (std::size_t i = attempted_; i-- > 0;) {
            switch (try_to_roll_back(i)) {
                case Back::was: break;
                case Back::done: ++undone; break;
                case Back::failed: report_.left.push_back(changes_[i]); break;
            }
        }
        // A file that was not replaced holds what it held, whatever was meant to be written into it.
        if (!committed_ && target_.writes_at_commit()) {
            report_.left.clear();
            return nothing_touched();
        }
        // What was committed once is in force until its undoing is committed too.
        if (committed_ && !target_.commit()) {
            report_.left = changes_;
        } else {
            std::ranges::reverse(report_.left);
        }
        if (!report_.left.empty()) {
            report_.outcome = RunOutcome::partly_undone;
        } else {
            report_.outcome = undone == 0 && attempted_ == 1 && !committed_ ? RunOutcome::refused : RunOutcome::rolled_back;
        }
        return std::move(report_);
    }

    enum class Back { was, done, failed };

    Back try_to_roll_back(std::size_t i) {
        try {
            return roll_back_one(i);
        } catch (const std::bad_alloc&) {
            return Back::failed;
        }
    }

    Back roll_back_one(std::size_t i) {
        const Change& change = changes_[i];
        const auto now = look(target_, change);
        if (!now) return Back::failed;
        if (is_as_before(change, *now)) return Back::was;
        const bool ours = is_as_after(change, *now) || (held_[i] && now->value == held_[i]);
        if (!ours) return Back::failed;
        const bool made_here = !change.value_name && change.action == Action::add;
        if (made_here && !now->key_is_empty) return Back::failed;
        const Change opposite = plan::inverse(plan::Plan{{change}}).changes.front();
        // A write that reports an error may have been done all the same; what is there then decides.
        std::ignore = write(target_, opposite);
        const auto after = look(target_, change);
        if (!after || !is_as_before(change, *after)) return Back::failed;
        if (observer_) observer_(change, true);
        return Back::done;
    }

    const std::vector<Change>& changes_;
    Target& target_;
    const Observer& observer_;
    RunReport report_;
    Comparison comparison_;
    std::vector<std::optional<Value>> held_;  // what a value read back as, where that was not `after`
    std::size_t attempted_ = 0;
    bool committed_ = false;
};

}  // namespace

RunReport check(const plan::Plan& plan, const backend::Source& source) {
    RunReport report;
    if (!Comparison(plan.changes, source, report).all_as_before()) report.outcome = outcome_untouched(report);
    return report;
}

RunReport run(const plan::CheckedPlan& plan, Target& target, const Observer& observer) { return Run(plan.plan(), target, observer).execute(); }

Result<void> commit_unchanged(backend::Target& target) { return target.commit(); }

}  // namespace schancfg::apply
