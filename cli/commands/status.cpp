#include <optional>

#include "inputs/circumstances.hpp"
#include "commands/commands.hpp"
#include "console/output.hpp"
#include "render/status.hpp"
#include "inputs/sources.hpp"

namespace schancfg::cli {

Outcome<ExitCode> run_status(const Context& context) {
    const Options& options = context.options;
    std::string spelling;
    if (options.operands().empty()) {
        auto given = target_spelling(options);
        if (!given) return std::unexpected(std::move(given.error()));
        spelling = std::move(*given);
    } else if (options.has("target")) {
        return usage("SOURCE and --target exclude each other");
    } else {
        spelling = options.operands().front();
    }
    auto source = open_source(context, spelling);
    if (!source) return std::unexpected(std::move(source.error()));
    auto state = read_state(context, *source->source);
    if (!state) return std::unexpected(std::move(state.error()));
    std::optional<effect::Effect> effect;
    if (source->release) {
        auto known = circumstances(options, source->kind, *source->source, source->release);
        if (!known) return std::unexpected(std::move(known.error()));
        effect = effect::evaluate(*state, *source->release, *known);
    }
    const StatusView view{source->label, source->release, *state, effect ? &*effect : nullptr};
    if (auto written = write_result(options, show_status(view, options)); !written) return std::unexpected(std::move(written.error()));
    return ExitCode::done;
}

}  // namespace schancfg::cli
