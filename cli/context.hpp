// What every command is given.
#pragma once

#include "console/log.hpp"
#include "failure.hpp"
#include "options.hpp"

namespace schancfg::cli {

struct Context {
    const Options& options;
    Log& log;
};

}  // namespace schancfg::cli
