// Processes: this one.
#pragma once

#include <cstdint>

namespace schancfg::cli {

[[nodiscard]] std::uint64_t own_process();

}  // namespace schancfg::cli
