// Ends: what --client and --server name, opened and made ready to be put together.
#pragma once

#include <optional>
#include <string>

#include "context.hpp"
#include "failure.hpp"
#include "schancfg/remedy/fixes.hpp"

namespace schancfg::cli {

struct OpenedEnd {
    handshake::End end;
    std::optional<remedy::Machine> machine;  ///< where it is a Windows machine
};

/// `application`: what connects on a client; nullptr: Schannel itself. 2: a source without a release, a scan of several hosts of which
/// none is named, a client that is a scan of servers, a file that is none of all this.
[[nodiscard]] Outcome<OpenedEnd> open_end(const Context& context, const std::string& spelling, facts::Role role,
                                          const handshake::Application* application);

}  // namespace schancfg::cli
