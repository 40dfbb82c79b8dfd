#include <string>

#include "commands/commands.hpp"
#include "console/output.hpp"
#include "embedded_page.hpp"
#include "schancfg/codec/gzip.hpp"

namespace schancfg::cli {

Outcome<ExitCode> run_page(const Context& context) {
    const std::string_view packed = embedded_page_packed();
    if (packed.empty()) {
        return failure(ExitCode::target, "this build has no page, as it was made without the engine for WebAssembly; schancfg.html of the packages is it");
    }
    if (auto allowed = refuse_terminal(context.options, "the page"); !allowed) return std::unexpected(std::move(allowed.error()));
    std::string page;
    const auto unpacked = codec::unpack_gzip(packed, [&page](std::string_view part) {
        page += part;
        return true;
    });
    if (!unpacked) return failure(ExitCode::target, "the page in this program is damaged: " + unpacked.error().message);
    if (auto written = write_result(context.options, page); !written) return std::unexpected(std::move(written.error()));
    return ExitCode::done;
}

}  // namespace schancfg::cli
