// Lists that profiles compute from a release's own: which names a pattern means, and what is left of the list.
//
// The list of a release is the one that an untouched installation uses; a policy list is never read for it. Pure. Use from any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schancfg/facts/releases.hpp"
#include "schancfg/schannel/profile.hpp"

namespace schancfg::schannel {

/// Without regard to the case of ASCII letters; `*` stands for any number of characters, `?` for one. At most |pattern| * |name| steps.
[[nodiscard]] bool matches(std::string_view pattern, std::string_view name);
/// Does it hold `*` or `?`?
[[nodiscard]] bool is_glob(std::string_view pattern);
/// Does any release know a name of that kind (suites or curves) that the pattern matches?
[[nodiscard]] bool matches_any_release(WriteList::Kind kind, std::string_view pattern);

struct ComputedNames {
    std::vector<std::string> names;                         ///< may be empty
    std::vector<const ComputedList::Pattern*> unmatched;    ///< of `list`: those that mean nothing on this release
};
/// A name (not a glob) in `first` is also taken where the release knows it and leaves it off by default. nullopt: what the release's own
/// list holds is not known, or it has none.
[[nodiscard]] std::optional<ComputedNames> compute(const ComputedList& list, const facts::Release& release);

}  // namespace schancfg::schannel
