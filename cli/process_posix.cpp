#include <unistd.h>

#include "process.hpp"

namespace schancfg::cli {

std::uint64_t own_process() { return static_cast<std::uint64_t>(getpid()); }

}  // namespace schancfg::cli
