// Numbered control sets in a file: only the current one is read. Pure functions; safe from several threads.
#pragma once

#include <string>

#include "schancfg/diagnostic.hpp"
#include "schancfg/registry/patch.hpp"
#include "schancfg/registry/tree.hpp"

namespace schancfg::backend {

/// `numbered-control-set` for each `ControlSet001` of the file: a note where CurrentControlSet is there as well, else a warning.
[[nodiscard]] Diagnostics numbered_control_sets(const registry::Tree& tree, const std::string& file);
[[nodiscard]] Diagnostics numbered_control_sets(const registry::Patch& patch, const std::string& file);

}  // namespace schancfg::backend
