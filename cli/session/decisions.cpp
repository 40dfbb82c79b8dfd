#include "session/decisions.hpp"

#include "inputs/duration.hpp"

namespace schancfg::cli {

Outcome<Decisions> decisions_of(const Options& options) {
    Decisions out{.assume_yes = options.has("yes"), .allow_cutting_off = options.has("allow-cutting-off"), .allow_lock_out = options.has("allow-lock-out"),
                  .to_syslog = options.has("syslog"),
                  .restart = options.has("restart"), .backup = options.value("backup")};
    if (const auto after = options.value("revert-after")) {
        const auto duration = duration_of(*after, "revert-after");
        if (!duration) return std::unexpected(duration.error());
        out.revert_after = *duration;
    }
    return out;
}

}  // namespace schancfg::cli
