// Sources and targets as the options name them: opened, their warnings reported, their managed keys read.
#pragma once

#include <string>
#include <string_view>

#include "context.hpp"
#include "failure.hpp"
#include "schancfg/backend/open.hpp"
#include "schancfg/registry/tree.hpp"

namespace schancfg::cli {

/// `--os`; nullptr when it is not given. 2 for a release that is not known.
[[nodiscard]] Outcome<const facts::Release*> release_option(const Options& options);

/// `--target`, or `live` on Windows. 2 elsewhere: there is no default.
[[nodiscard]] Outcome<std::string> target_spelling(const Options& options);

/// What standard input holds. 2: too much, 3: it can't be read.
[[nodiscard]] Outcome<std::string> standard_input();

/// What the library refused to open, for an exit code; its warnings are reported.
[[nodiscard]] Failure refused(const Context& context, backend::OpenError error);

/// Opens it for reading, standard input included. `create`: a `memory:` file that is not there is taken for a new one.
[[nodiscard]] Outcome<backend::OpenedSource> open_source(const Context& context, const std::string& spelling, bool create = false);
/// Is it reported what is unfinished on a target that is opened?
enum class Telling { everything, nothing };
/// Opens it for writing, holding its lock. `create`: a `memory:` file that is not there is made.
[[nodiscard]] Outcome<backend::OpenedTarget> open_target(const Context& context, const std::string& spelling, bool create,
                                                         Telling telling = Telling::everything);

/// The managed keys of it, with a sign of life on a terminal when that takes long.
[[nodiscard]] Outcome<registry::Tree> read_state(const Context& context, const backend::Source& source);

/// `memory:/x.json (Windows Server 2022)`.
[[nodiscard]] std::string with_release(std::string_view label, const facts::Release* release);

}  // namespace schancfg::cli
