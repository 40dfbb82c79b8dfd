// A role for Ansible: one task of ansible.windows.win_regedit a value, by group, with conditions by the build of the host where releases are asked for different things.
//
// Each task has a `name` of a value, since `state: absent` without one deletes the key with all below it. Whole keys and default values are therefore gaps. Restarting is
// off unless `schancfg_restart` is set. Opens no file. Use from any thread.
#pragma once

#include "schancfg/codec/carrier.hpp"

namespace schancfg::codec {

/// The folder of a role: README.md, defaults, handlers, meta and tasks, and vars where there are conditions. ASCII.
[[nodiscard]] Result<Carried> encode_ansible(const CarrierInput& input);

}  // namespace schancfg::codec
