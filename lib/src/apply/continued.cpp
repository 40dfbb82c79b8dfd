#include "schancfg/apply/continued.hpp"

#include <map>
#include <string>
#include <utility>

#include "schancfg/registry/patch.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::apply {
namespace {

using plan::Action;
using plan::Change;

bool holds(const registry::Tree& state, const Change& change) {
    if (!change.value_name) return (state.find(change.key) != nullptr) == (change.action == Action::add);
    const registry::Value* found = state.find_value(change.key, *change.value_name);
    return found ? change.after == *found : !change.after;
}

// The separator can stand in no key.
std::string place(const Change& change) {
    std::string text = utf::fold_case(change.key.to_string());
    if (change.value_name) text += '\0' + utf::fold_case(*change.value_name);
    return text;
}

}  // namespace

plan::Plan in_force(const plan::Plan& done, const registry::Tree& state) {
    plan::Plan out;
    for (const Change& change : done.changes) {
        if (holds(state, change)) out.changes.push_back(change);
    }
    return out;
}

plan::Plan in_force(const plan::Plan& done, const plan::Plan& under_way, const registry::Tree& state) {
    if (under_way.empty()) return in_force(done, state);
    // What the later run wrote over a change of the earlier one hides it.
    const plan::Plan later = in_force(under_way, state);
    return joined(in_force(done, without(state, later)), later);
}

registry::Tree without(const registry::Tree& state, const plan::Plan& executed) {
    registry::Tree out;
    state.for_each([&](const registry::KeyPath& path, const registry::Key& key) { out.create(path).values = key.values; });
    registry::replay(plan::to_patch(plan::inverse(executed)), out);
    return out;
}

plan::Plan joined(const plan::Plan& first, const plan::Plan& second) {
    std::map<std::string, const Change*> earlier;
    for (const Change& change : first.changes) earlier.emplace(place(change), &change);
    std::vector<Change> later;
    for (const Change& change : second.changes) {
        const auto found = earlier.find(place(change));
        if (found == earlier.end()) {
            later.push_back(change);
            continue;
        }
        const Change& before = *found->second;
        earlier.erase(found);
        // A key that one of them made and the other removed is as it was.
        if (!change.value_name || before.before == change.after) continue;
        Change both = change;
        both.before = before.before;
        both.action = !both.before ? Action::add : both.after ? Action::change : Action::remove;
        later.push_back(std::move(both));
    }
    plan::Plan out;
    for (const Change& change : first.changes) {
        if (earlier.contains(place(change))) out.changes.push_back(change);
    }
    out.changes.insert(out.changes.end(), std::make_move_iterator(later.begin()), std::make_move_iterator(later.end()));
    return out;
}

}  // namespace schancfg::apply
