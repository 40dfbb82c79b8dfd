// Request: what the words PROFILE on the command line ask for, whichever kind of file stands behind them.
//
// A bare name is always a shipped profile, so that no file in the folder can take its place; a `.reg` file asks for its lines,
// deletions included, as far as they may be written.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "context.hpp"
#include "failure.hpp"
#include "schancfg/backend/profiles.hpp"
#include "schancfg/facts/releases.hpp"
#include "schancfg/registry/wanted.hpp"
#include "schancfg/schannel/profile.hpp"

namespace schancfg::cli {

using Request = backend::OpenedProfile;

/// Reads it; warnings are reported. `with_lines`: of a `.reg` file all lines, also those that may not be written. `-` is a TOML profile or a `.reg` on standard input.
[[nodiscard]] Outcome<Request> read_request(const Context& context, const std::string& word, bool with_lines = false);

/// Says in one line how many lines of a `.reg` file are left out, or with --all which.
void tell_left_out(const Context& context, const Request& request);

/// What it asks of a machine of that release (nullptr: unknown).
[[nodiscard]] Outcome<registry::Wanted> wanted_of(const Context& context, const Request& request, const facts::Release* release);

/// Is its `windows = ...` met? Unknown releases are a warning. nullopt: the profile says nothing.
[[nodiscard]] std::optional<bool> is_meant_for(const Context& context, const Request& request, const facts::Release* release);

}  // namespace schancfg::cli
