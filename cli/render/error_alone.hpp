// What an error alone says: its causes and what to collect to tell them apart.
#pragma once

#include <string>

#include "console/output.hpp"
#include "schancfg/handshake/symptoms.hpp"

namespace schancfg::cli {

/// In the format that was asked for. `symptom` nullptr: nothing in `text` is known.
[[nodiscard]] std::string show_error_alone(const std::string& text, const handshake::Symptom* symptom, const Options& options);

}  // namespace schancfg::cli
