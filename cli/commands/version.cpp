#include <nlohmann/json.hpp>

#include "commands/commands.hpp"
#include "console/output.hpp"
#include "render/json_text.hpp"

namespace schancfg::cli {

Outcome<ExitCode> run_version(const Context& context) {
    std::string text = "schancfg " SCHANCFG_VERSION "\n";
    if (context.options.format() == "json") {
        const nlohmann::ordered_json object{{"format_version", "1.0"}, {"command", "version"}, {"os", nullptr}, {"version", SCHANCFG_VERSION}};
        text = json_text(object);
    }
    if (auto written = write_result(context.options, text); !written) return std::unexpected(std::move(written.error()));
    return ExitCode::done;
}

}  // namespace schancfg::cli
