// Refusals: what a `.reg` file, a saved plan or an undo record asks for and must not get (contract, 5.6).
//
// A TOML profile cannot ask for any of it: its reader says so at the line. Whoever wants something from elsewhere carried
// out asks here first; nothing here looks at a registry.
#pragma once

#include "schancfg/diagnostic.hpp"
#include "schancfg/plan/plan.hpp"
#include "schancfg/registry/wanted.hpp"

namespace schancfg::plan {

inline constexpr std::size_t max_refusals = 1000;  ///< the last of them then says how many more

/// An error `not-writable` for each line that sets a value which may not be set, removes one which may not be removed, or deletes
/// a key that holds more than what may be written, in the order of `wanted`. Empty: all of it may be written.
[[nodiscard]] Diagnostics refuse_unmanaged(const registry::Wanted& wanted);

enum class Purpose : std::uint8_t {
    apply,      ///< a saved plan
    take_back,  ///< the inverse of a record: what was there may be put back although no profile could ask for it
};

/// The same for each change of a plan that was read from a file. Keys may be made where they lead to managed ones; removed below
/// SCHANNEL, and when taking back also where they lead to managed ones.
[[nodiscard]] Diagnostics refuse_unmanaged(const Plan& plan, Purpose purpose);

}  // namespace schancfg::plan
