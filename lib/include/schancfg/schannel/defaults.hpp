// What the registry of an untouched installation holds in the managed keys: suite lists, curve lists, the few SCHANNEL
// values.
//
// What a release does where the registry says nothing is not here but in facts/ and effect/effect. Use from any thread.
#pragma once

#include <span>
#include <string>

#include "schancfg/facts/releases.hpp"
#include "schancfg/registry/tree.hpp"

namespace schancfg::schannel {

/// The same tree for every call with the same release; sources in facts/installed_values, cipher_suites and curves.
/// Releases without a page of cipher suites hold no list; those before Windows 10 hold no curves.
[[nodiscard]] registry::Tree untouched(const facts::Release& release);
/// The same with what is known of its updates, as facts::suite_updates takes them: an installation without later updates of its suite list
/// holds the early one.
[[nodiscard]] registry::Tree untouched(const facts::Release& release, std::span<const std::string> updates, bool updates_complete);

}  // namespace schancfg::schannel
