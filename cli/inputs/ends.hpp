// Ends: what --client and --server name, opened and made ready to be put together.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "context.hpp"
#include "failure.hpp"
#include "schancfg/remedy/fixes.hpp"

namespace schancfg::cli {

struct OpenedEnd {
    handshake::End end;
    std::optional<remedy::Machine> machine;  ///< where it is a Windows machine; what its source does not speak for is taken as installed
    std::optional<handshake::End> installed;  ///< the same as an end, where the source does not speak for everything

    [[nodiscard]] const handshake::End& as_installed() const { return installed ? *installed : end; }
};

/// What is known of an end besides its state.
struct EndRequest {
    const handshake::Application* application = nullptr;  ///< what connects on a client; nullptr: Schannel itself
    std::vector<std::string> named_protocols;             ///< that the application names in its code
    const facts::Service* service = nullptr;              ///< for the end that has its role
};

/// 2: a service for an end that is not a Windows machine, or that the release does not run; a source without a release, a scan of several hosts of which
/// none is named, a client that is a scan of servers, a file that is none of all this.
[[nodiscard]] Outcome<OpenedEnd> open_end(const Context& context, const std::string& spelling, facts::Role role,
                                          const EndRequest& request);

}  // namespace schancfg::cli
