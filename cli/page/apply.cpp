#include <algorithm>
#include <array>

#include "commands/commands.hpp"
#include "console/output.hpp"
#include "inputs/profile_on_target.hpp"
#include "schancfg/codec/reg_text.hpp"
#include "schancfg/plan/planner.hpp"

// A module has no machine, and changes no file that it was given: its `apply` writes what the target would hold then to another one.
namespace schancfg::cli {
namespace {

constexpr std::array known{"target", "os", "output", "whole", "quiet", "verbose", "log-format"};

}  // namespace

Outcome<ExitCode> run_apply(const Context& context) {
    const Options& options = context.options;
    for (const Option* option : options_of(options.command())) {
        const auto is_option = [option](std::string_view name) { return option->name == name; };
        if (options.has(option->name) && std::ranges::none_of(known, is_option)) return usage("--" + std::string(option->name) + " is for a machine, not for a page");
    }
    if (options.operands().size() != 1 || !options.has("output")) return usage("say which PROFILE, and with --output where the state goes that it leads to");
    auto read = read_profile_on_target(context, options.operands().front());
    if (!read) return std::unexpected(std::move(read.error()));
    const registry::Tree after = plan::carried_out(plan::make(read->state, read->wanted, read->target.release), read->state);
    if (auto written = write_result(options, codec::encode_reg(after, read->target.source->coverage())); !written) return std::unexpected(std::move(written.error()));
    return ExitCode::done;
}

}  // namespace schancfg::cli
