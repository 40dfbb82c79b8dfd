// What every command is given.
#pragma once

#include <expected>
#include <string_view>

#include "console/log.hpp"
#include "failure.hpp"
#include "options.hpp"

namespace schancfg::backend {
struct OpenOptions;
struct OpenedTarget;
struct OpenError;
}  // namespace schancfg::backend

namespace schancfg::cli {

/// Opens a target for writing, as backend::open_target does: a program that is this one but for its targets gives its own.
using TargetOpener = std::expected<backend::OpenedTarget, backend::OpenError> (*)(std::string_view spelling, const backend::OpenOptions& options);

struct Context {
    const Options& options;
    Log& log;
    TargetOpener open_target = nullptr;  ///< of commands that write
};

}  // namespace schancfg::cli
