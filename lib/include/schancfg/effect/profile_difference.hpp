// Profile difference: what one profile asks for and another does not, on each release that both are for.
//
// Instructions are compared, not machines: what a profile no longer asks for stays on machines that have it, until something resets it. So the
// effect is reported twice: on an untouched machine, and on one that the older profile was applied to. Pure; linear in the releases. Use from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schancfg/effect/circumstances.hpp"
#include "schancfg/effect/difference.hpp"
#include "schancfg/effect/weakness.hpp"
#include "schancfg/facts/releases.hpp"
#include "schancfg/registry/tree.hpp"
#include "schancfg/registry/wanted.hpp"

namespace schancfg::effect {

enum class InstructionChange : std::uint8_t {
    asked,            ///< the newer one asks for it, the older one did not mention it
    changed,          ///< both ask, for different data
    no_longer_asked,  ///< the older one asked for it, the newer one does not mention it
};
/// `asked`, `changed`, `no-longer-asked`.
[[nodiscard]] std::string_view instruction_change_name(InstructionChange change);

/// One registry value (or the removal of a key) in which two profiles differ.
struct InstructionDifference {
    InstructionChange change = InstructionChange::changed;
    registry::KeyPath key;
    std::optional<std::string> value_name;      ///< nullopt: the key is asked to be removed with all it holds
    std::optional<registry::Value> before, after;  ///< what is asked for; nullopt: that it is absent, or nothing, as `change` says
    Span older, newer;                          ///< the lines that ask; empty on the side that does not
    bool operator==(const InstructionDifference&) const = default;
};

/// Something that is so on these releases, in the order in which they were given.
template <class What>
struct OnReleases {
    What what;
    std::vector<const facts::Release*> releases;
};

/// What two profiles come to on one release.
struct AskedOn {
    const facts::Release* release = nullptr;  ///< never nullptr
    registry::Wanted older, newer;
};

struct ProfileDifference {
    std::vector<OnReleases<InstructionDifference>> instructions;  ///< by key and value name
    std::vector<OnReleases<EffectDifference>> untouched;   ///< older against newer, each on an untouched installation
    std::vector<OnReleases<EffectDifference>> configured;  ///< what applying the newer one changes where the older one was applied
    /// Weak points that the newer profile brings, or makes worse, in either case.
    std::vector<OnReleases<WeakPoint>> weaker;
    [[nodiscard]] bool empty() const { return instructions.empty() && untouched.empty() && configured.empty(); }
};

/// Rows that are equal on several releases are one.
[[nodiscard]] ProfileDifference difference(std::span<const AskedOn> asked, const Circumstances& circumstances = {});

/// Weak points of `after` that `before` does not have, or has for programs that ask for them only, and smallest key lengths that were lowered.
[[nodiscard]] std::vector<WeakPoint> weaker_points(const Effect& before, const Effect& after);

}  // namespace schancfg::effect
