#include "render/plan_order.hpp"

#include <algorithm>
#include <compare>

#include "schancfg/utf.hpp"

namespace schancfg::cli {

std::vector<KeyChanges> by_key(const plan::Plan& plan) {
    std::vector<const plan::Change*> changes;
    changes.reserve(plan.changes.size());
    for (const plan::Change& change : plan.changes) changes.push_back(&change);
    std::ranges::stable_sort(changes, [](const plan::Change* a, const plan::Change* b) {
        if (const auto order = a->key <=> b->key; std::is_neq(order)) return std::is_lt(order);
        if (a->value_name.has_value() != b->value_name.has_value()) return !a->value_name.has_value();
        return a->value_name && utf::compare_no_case(*a->value_name, *b->value_name) < 0;
    });
    std::vector<KeyChanges> out;
    for (const plan::Change* change : changes) {
        if (out.empty() || out.back().key != change->key) out.push_back({change->key, nullptr, {}, false});
        if (change->value_name) out.back().of_values.push_back(change);
        else out.back().of_key = change;
    }
    for (std::size_t i = 0; i + 1 < out.size(); ++i) {
        // In this order the first key below another one follows it directly.
        const bool alone = out[i].of_key && out[i].of_values.empty();
        out[i].is_on_the_way = alone && out[i + 1].key.is_within(out[i].key) &&
                               (!out[i + 1].of_key || out[i + 1].of_key->action == out[i].of_key->action);
    }
    return out;
}

}  // namespace schancfg::cli
