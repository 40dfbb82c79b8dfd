#include "commands/show.hpp"

#include "commands/commands.hpp"
#include "console/output.hpp"
#include "inputs/records.hpp"
#include "render/plan.hpp"
#include "schancfg/codec/plan_json.hpp"

namespace schancfg::cli {

Outcome<ExitCode> show_saved(const Context& context, const std::string& word, const std::string& command) {
    auto stored = codec::is_record_id(word) ? find_record(word) : load_plan(word);
    if (!stored) return std::unexpected(std::move(stored.error()));
    const codec::Record& record = stored->record;
    PlanView view;
    view.command = command;
    view.from = record.target;
    view.to = (record.kind == codec::Record::Kind::plan ? "plan:" : "record:") + record.id;
    view.from_release = record.os.empty() ? nullptr : facts::find_release(record.os);
    view.plan = &record.plan;
    view.saved = &record;
    view.digest = codec::changes_digest(record.plan);
    if (auto written = write_result(context.options, show_plan(view, context.options)); !written) return std::unexpected(std::move(written.error()));
    return record.plan.empty() ? ExitCode::done : ExitCode::differs;
}

Outcome<ExitCode> run_show(const Context& context) {
    if (context.options.operands().empty()) return usage("`show` needs a saved plan or a record: a file, or the id of a record");
    return show_saved(context, context.options.operands().front(), "show");
}

}  // namespace schancfg::cli
