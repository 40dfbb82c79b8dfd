#include "commands/commands.hpp"
#include "console/output.hpp"
#include "embedded_page.hpp"

namespace schancfg::cli {

Outcome<ExitCode> run_page(const Context& context) {
    const std::string_view page = embedded_page();
    if (page.empty()) {
        return failure(ExitCode::target, "this build has no page, as it was made without the engine for WebAssembly; schancfg.html of the packages is it");
    }
    if (auto allowed = refuse_terminal(context.options, "the page"); !allowed) return std::unexpected(std::move(allowed.error()));
    if (auto written = write_result(context.options, page); !written) return std::unexpected(std::move(written.error()));
    return ExitCode::done;
}

}  // namespace schancfg::cli
