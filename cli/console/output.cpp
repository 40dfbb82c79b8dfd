#include "console/output.hpp"

#include "console/arguments.hpp"
#include "schancfg/files/file.hpp"
#include "console/terminal.hpp"

namespace schancfg::cli {

Paint paint_for(const Options& options) {
    const std::string when = options.value("color").value_or("auto");
    if (when != "auto") return Paint(when == "always");
    // no-color.org: set and not empty switches colours off.
    return Paint(!options.has("output") && !environment("NO_COLOR") && understands_ansi(Stream::output));
}

Outcome<void> write_result(const Options& options, std::string_view bytes) {
    if (const auto path = options.value("output"); path && *path != "-") {
        if (auto written = files::write_file(*path, bytes); !written) return failure(ExitCode::target, written.error());
        return {};
    }
    if (auto written = write_stream(Stream::output, bytes); !written) {
        if (is_closed_pipe(written.error())) return std::unexpected(Failure{ExitCode::reader_gone, {}});
        return failure(ExitCode::target, "standard output cannot be written: " + written.error().message);
    }
    return {};
}

Outcome<void> refuse_terminal(const Options& options, std::string_view what) {
    const auto path = options.value("output");
    if ((path && *path != "-") || !is_terminal(Stream::output)) return {};
    return usage(std::string(what) + " is not written to a terminal; say where with -o FILE");
}

}  // namespace schancfg::cli
