#include <windows.h>

#include "process.hpp"

namespace schancfg::cli {

std::uint64_t own_process() { return GetCurrentProcessId(); }

}  // namespace schancfg::cli
