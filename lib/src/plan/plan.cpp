#include "schancfg/plan/plan.hpp"

#include <ranges>
#include <utility>

namespace schancfg::plan {

std::string_view action_name(Action action) {
    switch (action) {
        case Action::add: return "add";
        case Action::change: return "change";
        case Action::remove: return "remove";
    }
    return "change";
}

Summary Plan::summary() const {
    Summary counts;
    for (const Change& change : changes) {
        switch (change.action) {
            case Action::add: ++counts.add; break;
            case Action::change: ++counts.change; break;
            case Action::remove: ++counts.remove; break;
        }
    }
    return counts;
}

Plan inverse(const Plan& plan) {
    Plan back;
    back.changes.reserve(plan.changes.size());
    for (const Change& change : plan.changes | std::views::reverse) {
        Change opposite = change;
        std::swap(opposite.before, opposite.after);
        if (change.action != Action::change) opposite.action = change.action == Action::add ? Action::remove : Action::add;
        opposite.origin.reset();
        back.changes.push_back(std::move(opposite));
    }
    return back;
}

registry::Patch to_patch(const Plan& plan) {
    registry::Patch patch;
    patch.operations.reserve(plan.changes.size());
    for (const Change& change : plan.changes) {
        registry::Operation operation;
        operation.key = change.key;
        const bool removes = change.action == Action::remove;
        if (change.value_name) {
            operation.op = removes ? registry::Op::erase_value : registry::Op::set_value;
            operation.name = *change.value_name;
            if (change.after) operation.value = *change.after;
        } else {
            operation.op = removes ? registry::Op::erase_key : registry::Op::create_key;
        }
        if (change.origin) {
            operation.line = change.origin->line;
            operation.column = change.origin->column;
        }
        patch.operations.push_back(std::move(operation));
    }
    return patch;
}

registry::Tree carried_out(const Plan& plan, const registry::Tree& state) {
    registry::Tree after = registry::copy_of(state);
    registry::replay(to_patch(plan), after);
    return after;
}

}  // namespace schancfg::plan
