// What may be written, and the plan that has been found to write nothing else (contract, 5.6).
//
// A TOML profile cannot ask for anything else: its reader says so at the line. A `.reg` file, a saved plan and an undo record
// can, and `apply::run` takes none of them: it takes a CheckedPlan, and `check` alone makes one. Nothing here looks at a registry.
//
// Threads: everything here is a pure function or an immutable value; use from any thread.
#pragma once

#include <cstdint>
#include <expected>
#include <utility>

#include "schancfg/diagnostic.hpp"
#include "schancfg/plan/plan.hpp"
#include "schancfg/registry/wanted.hpp"

namespace schancfg::plan {

enum class Purpose : std::uint8_t {
    apply,  ///< somebody asks for it: a profile, a `.reg` file, a saved plan
    undo,   ///< the inverse of a record: what was there may be restored although no profile could ask for it
};

class CheckedPlan;

/// `plan`, if each of its changes may be written. Else an error `not-writable` for each that may not, in the order of the plan, at
/// most `max_refusals`; `span` is the change's origin. Keys may be created where they lead to managed ones; removed below SCHANNEL,
/// and for `undo` also where they lead to managed ones.
[[nodiscard]] std::expected<CheckedPlan, Diagnostics> check(Plan plan, Purpose purpose);

/// A plan that writes and removes managed values alone. It can't be changed, and nothing but `check` makes one.
class CheckedPlan {
public:
    [[nodiscard]] const Plan& plan() const { return plan_; }
    [[nodiscard]] bool empty() const { return plan_.empty(); }

private:
    explicit CheckedPlan(Plan plan) : plan_(std::move(plan)) {}
    friend std::expected<CheckedPlan, Diagnostics> check(Plan plan, Purpose purpose);

    Plan plan_;
};

inline constexpr std::size_t max_refusals = 1000;  ///< the last of them then says how many more

/// What a `.reg` file asks for, in two parts.
struct Parted {
    registry::Wanted writable;
    /// An error `not-writable` for each line that sets a value which may not be set, removes one which may not be removed, or
    /// deletes a key that holds more than what may be written; at most `max_refusals`.
    Diagnostics refused;
    std::size_t left_out = 0;  ///< all of those lines, counted
};
[[nodiscard]] Parted part(registry::Wanted wanted);

}  // namespace schancfg::plan
