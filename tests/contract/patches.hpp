// Generated registry content, the same for the same seed: names and data of the kinds that go wrong.
#pragma once

#include <cstdint>
#include <string>

#include "schancfg/backend/source.hpp"
#include "schancfg/registry/patch.hpp"

namespace contract {

/// Some operations on a few keys at and below `top`, so that they meet. `unterminated`: also strings without their NUL.
[[nodiscard]] schancfg::registry::Patch generate_patch(std::uint32_t seed, const schancfg::registry::KeyPath& top, bool unterminated);

/// The operations by the verbs of a Target, as Windows carries out a `.reg` file.
void execute(const schancfg::registry::Patch& patch, schancfg::backend::Target& target);

}  // namespace contract
