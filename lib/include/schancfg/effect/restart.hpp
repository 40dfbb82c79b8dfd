// What has to be restarted before a change of the registry is in effect, and who says so. Use from any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schancfg/facts/releases.hpp"
#include "schancfg/plan/plan.hpp"

namespace schancfg::effect {

enum class RestartNeed : std::uint8_t { no, disputed, yes };
[[nodiscard]] std::string_view restart_need_name(RestartNeed need);  ///< `no`, `disputed`, `yes`

/// What has to be started anew, the widest last.
enum class RestartScope : std::uint8_t { nothing, processes, services, computer };
[[nodiscard]] std::string_view restart_scope_name(RestartScope scope);  ///< `processes`, `services`, `computer`; empty for nothing

/// One kind of change. `disputed` also stands for what no source says anything about.
struct RestartReason {
    std::string_view subject;  ///< `protocols`, `cipher suite policy list`, ...
    RestartNeed need = RestartNeed::no;
    RestartScope scope = RestartScope::nothing;  ///< what is enough if nobody disputes it
    std::vector<std::string_view> for_restart, against_restart;  ///< sources
};

struct Restart {
    RestartNeed needed = RestartNeed::no;
    RestartScope scope = RestartScope::nothing;  ///< the widest of the strongest reasons: also with `no`; nothing without changes
    std::vector<std::string_view> sources;  ///< of all reasons, without doubles
    std::vector<RestartReason> reasons;     ///< strongest first; one a kind of change
};

/// Changes of keys alone count for nothing, and so do the switches of protocols that `release` does not have: they have no effect to wait for.
/// nullptr: the release is not known, and all of them count.
[[nodiscard]] Restart restart(std::span<const plan::Change> changes, const facts::Release* release = nullptr);

}  // namespace schancfg::effect
