// What a plan or a `.reg` file may change: the rules of schannel/managed.hpp as messages. TOML profiles are held to them by their
// decoder; a file that somebody edited, or that removes a key with all it holds, is held to them here.
#pragma once

#include <optional>
#include <string>

#include "failure.hpp"
#include "schancfg/plan/plan.hpp"
#include "schancfg/registry/wanted.hpp"

namespace schancfg::cli {

/// The lines of a `.reg` file that may not be written.
[[nodiscard]] Diagnostics forbidden_lines(const registry::Wanted& wanted);

/// 2 when the plan would set or remove what may not be set or removed.
[[nodiscard]] Outcome<void> check_permissions(const plan::Plan& plan);

/// The first key that is neither managed nor on the way to a managed one. What a record restores may be anything below managed keys.
[[nodiscard]] std::optional<registry::KeyPath> first_key_outside(const plan::Plan& plan);

}  // namespace schancfg::cli
