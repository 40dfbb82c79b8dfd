#include "commands/commands.hpp"
#include "console/output.hpp"
#include "render/completion.hpp"

namespace schancfg::cli {

Outcome<ExitCode> run_completion(const Context& context) {
    if (context.options.operands().empty()) return usage("`completion` needs a shell: bash, zsh, fish or powershell");
    const std::string& shell = context.options.operands().front();
    if (shell == "words") {
        const auto words = context.options.operands().size() == 2 ? completion_words(context.options.operands().back()) : std::nullopt;
        if (!words) return usage("`completion words` needs a kind: sources, targets, peers, profiles, releases, updates, explained or kinds");
        if (auto written = write_result(context.options, *words); !written) return std::unexpected(std::move(written.error()));
        return ExitCode::done;
    }
    if (context.options.operands().size() > 1) return usage("`completion` takes one shell");
    const std::string script = completion_script(shell);
    if (script.empty()) return usage("unknown shell \"" + shell + "\"; expected one of: bash, zsh, fish, powershell");
    if (auto written = write_result(context.options, script); !written) return std::unexpected(std::move(written.error()));
    return ExitCode::done;
}

}  // namespace schancfg::cli
