#include "commands/commands.hpp"
#include "manual.hpp"
#include "console/output.hpp"

namespace schancfg::cli {

Outcome<ExitCode> run_help(const Context& context) {
    const std::size_t width = sheet_for(context.options).columns;
    std::string text;
    if (context.options.operands().empty()) {
        text = context.options.format() == "json" ? manual_as_json() : overview(width);
    } else {
        const std::string& name = context.options.operands().front();
        const Command* command = find_command(name);
        if (!command) return unknown_command(name);
        if (context.options.format() == "json") return usage("--format json is for `help` without a command");
        text = help_of(*command, width);
    }
    if (auto written = write_result(context.options, text); !written) return std::unexpected(std::move(written.error()));
    return ExitCode::done;
}

}  // namespace schancfg::cli
