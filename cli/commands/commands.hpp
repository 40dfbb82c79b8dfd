// The commands, a file each. They give back an exit code of 0 or 1, or why they end with 2 to 5.
#pragma once

#include "context.hpp"

namespace schancfg::cli {

using Run = Outcome<ExitCode> (*)(const Context&);

[[nodiscard]] Outcome<ExitCode> run_apply(const Context&);
[[nodiscard]] Outcome<ExitCode> run_audit(const Context&);
[[nodiscard]] Outcome<ExitCode> run_completion(const Context&);
[[nodiscard]] Outcome<ExitCode> run_confirm(const Context&);
[[nodiscard]] Outcome<ExitCode> run_diff(const Context&);
[[nodiscard]] Outcome<ExitCode> run_doctor(const Context&);
[[nodiscard]] Outcome<ExitCode> run_dsc(const Context&);
[[nodiscard]] Outcome<ExitCode> run_explain(const Context&);
[[nodiscard]] Outcome<ExitCode> run_export(const Context&);
[[nodiscard]] Outcome<ExitCode> run_help(const Context&);
[[nodiscard]] Outcome<ExitCode> run_lint(const Context&);
[[nodiscard]] Outcome<ExitCode> run_page(const Context&);
[[nodiscard]] Outcome<ExitCode> run_profiles(const Context&);
[[nodiscard]] Outcome<ExitCode> run_releases(const Context&);
[[nodiscard]] Outcome<ExitCode> run_revert(const Context&);
[[nodiscard]] Outcome<ExitCode> run_show(const Context&);
[[nodiscard]] Outcome<ExitCode> run_status(const Context&);
[[nodiscard]] Outcome<ExitCode> run_undo(const Context&);
[[nodiscard]] Outcome<ExitCode> run_version(const Context&);

}  // namespace schancfg::cli
