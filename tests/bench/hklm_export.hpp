// A registry like HKEY_LOCAL_MACHINE of a used Windows machine, made up but always the same.
#pragma once

#include <cstddef>

#include "schancfg/registry/tree.hpp"

namespace bench {

/// As many keys as give a `.reg` export of about that many bytes, in the proportions of real ones: half of them classes with
/// short strings, the rest packages, services, drivers with binary data, fonts and other lists.
[[nodiscard]] schancfg::registry::Tree make_hklm(std::size_t export_bytes);

}  // namespace bench
