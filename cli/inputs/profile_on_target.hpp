// ProfileOnTarget: a profile and the machine that it is held against, both read, nothing written.
#pragma once

#include <string>

#include "context.hpp"
#include "failure.hpp"
#include "inputs/request.hpp"
#include "schancfg/backend/open.hpp"
#include "schancfg/registry/tree.hpp"
#include "schancfg/registry/wanted.hpp"

namespace schancfg::cli {

struct ProfileOnTarget {
    Request request;
    backend::OpenedSource target;
    registry::Wanted wanted;  // of a machine of the target's release
    registry::Tree state;     // the target's managed keys
};

/// Reads PROFILE, opens what `--target` says (on Windows this machine, when it says nothing) for reading, and reads its state; warnings, and what of a `.reg` file is left out, are reported.
[[nodiscard]] Outcome<ProfileOnTarget> read_profile_on_target(const Context& context, const std::string& word);

}  // namespace schancfg::cli
