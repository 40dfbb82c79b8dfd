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
#include "schancfg/facts/releases.hpp"
#include "schancfg/registry/wanted.hpp"
#include "schancfg/schannel/profile.hpp"

namespace schancfg::cli {

/// The text of a profile that was read from a file, for comments in it.
struct RequestText {
    std::string file;  ///< as in the layers of the profile
    std::string text;
};

struct Request {
    std::string label;   ///< `profile:strict`, `reg:dh.reg`
    std::string sha256;  ///< of the text, and of what it extends
    std::optional<schannel::Profile> profile;  ///< of a TOML profile
    registry::Wanted lines;                    ///< of a `.reg` file
    std::vector<RequestText> texts = {};       ///< of the TOML files, not of shipped ones
};

/// Reads and checks it; warnings are reported. `-` is a TOML profile or a `.reg` on standard input.
[[nodiscard]] Outcome<Request> read_request(const Context& context, const std::string& word);

/// What it asks of a machine of that release (nullptr: unknown).
[[nodiscard]] Outcome<registry::Wanted> wanted_of(const Context& context, const Request& request, const facts::Release* release);

/// Is its `windows = ...` met? Unknown releases are a warning. nullopt: the profile says nothing.
[[nodiscard]] std::optional<bool> is_meant_for(const Context& context, const Request& request, const facts::Release* release);

}  // namespace schancfg::cli
