// Fleet: the many sources that `audit` is given, and what is read of each.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "context.hpp"
#include "failure.hpp"
#include "schancfg/audit/criteria.hpp"

namespace schancfg::cli {

/// The sources that the words stand for: a folder for all `.reg` files and reports of failure in it and below, a name with `*` or `?` for the files that
/// match it, `-` for the lines of standard input, anything else for itself. Sorted, each once. 2: nothing is there.
[[nodiscard]] Outcome<std::vector<std::string>> fleet_sources(const std::vector<std::string>& words);

/// What a collected machine that could not be read leaves instead of `NAME.reg`: `NAME.failed.txt`, with the reason in its first line.
inline constexpr std::string_view failure_suffix = ".failed.txt";

/// What becomes of the judged machines.
struct Judged {
    /// By several threads at once: what `take` is given of a machine besides.
    std::function<std::string(const audit::Machine&)> show;
    /// One after the other, in the order of the sources, as soon as they are there. False: no more of them is wanted.
    std::function<bool(audit::Machine machine, std::string shown)> take;
};
/// Reads and judges all of them on all processors. Says on a terminal how far it is. Nothing that is wrong with one source ends it. Holds no more than some hundred
/// machines. False: it was interrupted, and the others were not looked at.
[[nodiscard]] bool judge_all(const Context& context, const std::vector<std::string>& sources, const audit::Criteria& criteria, const effect::Circumstances& known,
                             const facts::Release* release, const Judged& judged);

}  // namespace schancfg::cli
