// Every Target there is, each behind the same door, for the suite that holds for all of them.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "schancfg/backend/source.hpp"

namespace contract {

/// A Target with an empty scratch key, and the means to open it again as another process would.
class Bench {
public:
    virtual ~Bench() = default;
    [[nodiscard]] virtual schancfg::backend::Target& target() = 0;
    /// Commits and opens the same medium anew.
    virtual void reopen() = 0;
    /// The medium stores strings without their NUL as they are. (A `.reg` file does not: anyone who imports it adds the NUL.)
    [[nodiscard]] virtual bool keeps_unterminated() const { return true; }
};

struct TargetKind {
    std::string name;
    std::function<std::unique_ptr<Bench>()> make;
};

[[nodiscard]] const std::vector<TargetKind>& target_kinds();

/// The key below which the suite works. It is absent at the start.
[[nodiscard]] const schancfg::registry::KeyPath& scratch();

/// Removes a key and all below it, leaf by leaf, through the verbs of the Target.
void erase_all(schancfg::backend::Target& target, const schancfg::registry::KeyPath& key);

}  // namespace contract
