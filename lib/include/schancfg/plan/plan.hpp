// Plan: the ordered registry changes that turn one state into another, each with what was there before.
//
// A Plan is data: it can be shown, saved, inverted and carried out (apply/executor.hpp). It never touches a registry. Use from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schancfg/registry/key_path.hpp"
#include "schancfg/registry/patch.hpp"
#include "schancfg/registry/tree.hpp"
#include "schancfg/registry/value.hpp"
#include "schancfg/result.hpp"

namespace schancfg::plan {

enum class Action : std::uint8_t { add, change, remove };
[[nodiscard]] std::string_view action_name(Action action);

struct Change {
    registry::KeyPath key;
    std::optional<std::string> value_name;  ///< nullopt: the key itself is made (add) or, being empty by then, removed
    Action action = Action::add;
    std::optional<registry::Value> before;  ///< nullopt: absent; always nullopt for a key
    std::optional<registry::Value> after;
    std::optional<Span> origin;             ///< the line that asked; nullopt: nobody's line (diff of two sources, undo)
    bool operator==(const Change&) const = default;
};

/// Counts of `Plan::changes` by action, keys included.
struct Summary {
    std::size_t add = 0, change = 0, remove = 0;
};

struct Plan {
    std::vector<Change> changes;  ///< in the order in which they are to be carried out
    [[nodiscard]] bool empty() const { return changes.empty(); }
    [[nodiscard]] Summary summary() const;
};

/// The plan that takes `plan` back: reversed, before and after swapped. inverse(inverse(p)) == p but for origins.
[[nodiscard]] Plan inverse(const Plan& plan);

/// The same changes as operations for a `.reg` file.
[[nodiscard]] registry::Patch to_patch(const Plan& plan);
/// What `state` is with the plan carried out; `state` stays as it is.
[[nodiscard]] registry::Tree carried_out(const Plan& plan, const registry::Tree& state);

}  // namespace schancfg::plan
