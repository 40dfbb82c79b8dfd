#include "schancfg/apply/undo.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "schancfg/apply/continued.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::apply {
namespace {

using plan::Action;
using plan::Change;
using registry::Value;

class UndoSteps {
public:
    UndoSteps(const registry::Tree& state, bool finished) : state_(state), finished_(finished) {}

    void take(const Change& inverse) {
        if (inverse.value_name) take_value(inverse);
        else if (inverse.action == Action::add) make_key(inverse);
        else remove_key(inverse);
    }

    [[nodiscard]] UndoPlan result() { return std::move(out_); }

private:
    void take_value(const Change& inverse) {
        const Value* found = state_.find_value(inverse.key, *inverse.value_name);
        const std::optional<Value> now = found ? std::optional(*found) : std::nullopt;
        if (now != inverse.before && (finished_ || now != inverse.after)) note(inverse);
        if (!inverse.after) gone_values_.emplace(utf::fold_case(inverse.key.to_string()), utf::fold_case(*inverse.value_name));
        if (now == inverse.after) return;
        // Somebody may have removed the key with everything in it.
        if (inverse.after) make_missing(inverse.key);
        Change change = inverse;
        change.before = now;
        change.action = !now ? Action::add : change.after ? Action::change : Action::remove;
        out_.plan.changes.push_back(std::move(change));
    }

    void make_key(const Change& inverse) { make_missing(inverse.key); }

    void make_missing(const registry::KeyPath& key) {
        std::vector<registry::KeyPath> missing;
        for (registry::KeyPath path = key; !path.is_root() && !made_keys_.contains(path) && !state_.find(path); path = path.parent()) {
            missing.push_back(path);
        }
        for (; !missing.empty(); missing.pop_back()) {
            out_.plan.changes.push_back({.key = missing.back(), .value_name = std::nullopt, .action = Action::add, .before = std::nullopt,
                                         .after = std::nullopt, .origin = std::nullopt});
            made_keys_.insert(std::move(missing.back()));
        }
    }

    // Only a key that is empty by then was ours alone.
    void remove_key(const Change& inverse) {
        const registry::Key* key = state_.find(inverse.key);
        if (!key) return;
        const std::string path = utf::fold_case(inverse.key.to_string());
        const bool has_values = std::ranges::any_of(key->values, [&](const registry::NamedValue& value) {
            return !gone_values_.contains({path, utf::fold_case(value.name)});
        });
        const bool has_children = std::ranges::any_of(key->children(), [&](const auto& child) {
            return !gone_keys_.contains(utf::fold_case(inverse.key.child(child->name).to_string()));
        });
        if (has_values || has_children) {
            note(inverse);
            return;
        }
        gone_keys_.insert(path);
        out_.plan.changes.push_back(inverse);
    }

    void note(const Change& inverse) { out_.changed.push_back(plan::inverse(plan::Plan{{inverse}}).changes.front()); }

    const registry::Tree& state_;
    bool finished_;
    UndoPlan out_;
    std::set<std::pair<std::string, std::string>> gone_values_;
    std::set<std::string> gone_keys_;
    std::set<registry::KeyPath> made_keys_;
};

}  // namespace

UndoPlan undo_plan(const plan::Plan& done, const registry::Tree& state, bool finished) {
    UndoSteps steps(state, finished);
    for (const Change& change : plan::inverse(done).changes) steps.take(change);
    return steps.result();
}

UndoPlan undo_plan(const plan::Plan& done, const plan::Plan& under_way, const registry::Tree& state, bool finished) {
    if (under_way.empty()) return undo_plan(done, state, finished);
    UndoPlan later = undo_plan(under_way, state, false);
    // The state as it is once the later run is undone.
    const registry::Tree between = without(state, plan::inverse(later.plan));
    UndoPlan earlier = undo_plan(done, between, finished);
    UndoPlan both{joined(later.plan, earlier.plan), std::move(later.changed)};
    both.changed.insert(both.changed.end(), std::make_move_iterator(earlier.changed.begin()), std::make_move_iterator(earlier.changed.end()));
    return both;
}

}  // namespace schancfg::apply
