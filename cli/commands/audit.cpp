#include <algorithm>

#include "commands/commands.hpp"
#include "console/output.hpp"
#include "inputs/circumstances.hpp"
#include "inputs/fleet.hpp"
#include "inputs/logs.hpp"
#include "inputs/request.hpp"
#include "inputs/sources.hpp"
#include "render/audit.hpp"
#include "schancfg/files/file.hpp"
#include "schancfg/journal/clock.hpp"
#include "schancfg/text.hpp"

namespace schancfg::cli {
namespace {

constexpr std::size_t largest_list = 1u << 20;       // of waivers or groups, in bytes
constexpr std::size_t largest_baseline = 256u << 20;

template <class T>
Outcome<std::vector<T>> read_list(const Context& context, std::string_view option, Decoded<std::vector<T>> (*decode)(std::string_view, std::string_view)) {
    const auto file = context.options.value(option);
    if (!file) return std::vector<T>{};
    auto text = files::read_file(*file, largest_list);
    if (!text) return failure(ExitCode::usage, text.error());
    auto decoded = decode(*text, *file);
    if (!decoded) return std::unexpected(Failure{ExitCode::usage, std::move(decoded.diagnostics)});
    context.log.report(decoded.diagnostics);
    return std::move(*decoded.value);
}

Outcome<audit::Policy> read_policy(const Context& context, const std::string& name) {
    auto request = read_request(context, name);
    if (!request) return std::unexpected(std::move(request.error()));
    return audit::Policy{name, std::move(request->profile), std::move(request->lines), std::move(request->policy)};
}

Outcome<std::vector<audit::Policy>> read_policies(const Context& context, const std::vector<codec::MachineGroup>& mapping) {
    std::vector<std::string> names = context.options.values("profile");
    for (const codec::MachineGroup& group : mapping) names.push_back(group.profile);
    if (names.empty()) return usage("say what the machines are to keep to: --profile PROFILE, or --mapping FILE");
    std::vector<audit::Policy> out;
    for (const std::string& name : names) {
        if (std::ranges::find(out, name, &audit::Policy::name) != out.end()) continue;
        auto policy = read_policy(context, name);
        if (!policy) return std::unexpected(std::move(policy.error()));
        out.push_back(std::move(*policy));
    }
    return out;
}

std::string shown(const AuditView& view, const Options& options) {
    const std::string format = options.format();
    if (format == "csv") return view.machines_asked ? audit_csv(view) : usage_csv(*view.usage);
    if (format == "junit") return audit_junit(view);
    if (format == "markdown") return audit_markdown(view);
    if (format == "sarif") return audit_sarif(view);
    if (format == "html") return audit_html(view);
    return audit_text(view, paint_for(options));
}

/// `before`: the machines of --resume, sorted by their sources; those of the view are others.
Outcome<void> write_view(const AuditView& view, const std::vector<codec::AuditedMachine>& before, const Options& options) {
    ResultWriter out(options);
    const std::string format = options.format();
    if (format == "json") {
        audit_json(view, out);
    } else if (format == "jsonl") {
        auto earlier = before.begin();
        const auto add_before = [&](const std::string* source) {
            for (; earlier != before.end() && (source == nullptr || earlier->source < *source); ++earlier) out.add(std::string(earlier->line) + '\n');
        };
        for (const audit::Machine& machine : view.machines) {
            add_before(&machine.source);
            out.add(audit_line(machine));
        }
        add_before(nullptr);
    } else {
        out.add(shown(view, options));
    }
    return out.finish();
}

/// The machines of --resume that are among the sources, sorted; they leave `sources`. `text` is what their lines are parts of.
Outcome<std::vector<codec::AuditedMachine>> take_audited(const Context& context, const std::vector<audit::Policy>& policies, std::vector<std::string>& sources, std::string& text) {
    const auto file = context.options.value("resume");
    if (!file) return std::vector<codec::AuditedMachine>{};
    if (context.options.format() != "jsonl") return usage("--resume goes on with --format jsonl");
    auto read = files::read_file(*file, largest_baseline);
    if (!read) return failure(ExitCode::usage, read.error());
    text = std::move(*read);
    auto all = codec::decode_audited(text, *file);
    if (!all) return failure(ExitCode::usage, all.error());
    std::vector<codec::AuditedMachine> out;
    for (codec::AuditedMachine& each : *all) {
        if (!each.profile.empty() && std::ranges::find(policies, each.profile, &audit::Policy::name) == policies.end()) {
            return usage(*file + " was made with the profile " + quote(shorten(each.profile, 100)) + ", which is not among those that are named now");
        }
        const auto found = std::ranges::lower_bound(sources, each.source);
        if (found == sources.end() || *found != each.source) continue;
        sources.erase(found);
        out.push_back(std::move(each));
    }
    std::ranges::sort(out, {}, &codec::AuditedMachine::source);
    return out;
}

/// What those of --resume come to counts as well.
void add_to_summary(audit::FleetSummary& summary, const std::vector<codec::AuditedMachine>& before) {
    using enum audit::Verdict;
    summary.machines += before.size();
    const std::pair<audit::Verdict, std::size_t*> counts[] = {{compliant, &summary.compliant}, {waived, &summary.waived}, {different, &summary.different}, {not_judged, &summary.not_judged}, {unreadable, &summary.unreadable}};
    for (const auto& [verdict, count] : counts) {
        *count += static_cast<std::size_t>(std::ranges::count(before, audit::verdict_name(verdict), &codec::AuditedMachine::verdict));
    }
}

ExitCode exit_code_of(const AuditView& view) {
    if (view.partial || (view.usage != nullptr && view.usage->files_read < view.usage->files) || view.summary.unreadable != 0) return ExitCode::target;
    const bool clean = view.summary.different == 0 && view.summary.not_judged == 0 && view.expired.empty();
    return clean ? ExitCode::done : ExitCode::differs;
}

/// The logs of --usage. Without profile and mapping, operands are logs as well.
Outcome<std::optional<UsageView>> usage_of(const Context& context, bool machines_asked) {
    const Options& options = context.options;
    std::vector<std::string> logs = options.values("usage");
    if (logs.empty()) return options.has("anonymize") ? Outcome<std::optional<UsageView>>(usage("--anonymize goes with --usage")) : std::nullopt;
    const std::string format = options.format();
    if (format == "jsonl" || format == "junit" || format == "sarif" || (format == "csv" && machines_asked)) {
        return usage("--format " + format + " has no place for --usage; expected one of: text, json, markdown, html" + (machines_asked ? "" : ", csv"));
    }
    if (!machines_asked) logs.insert(logs.end(), options.operands().begin(), options.operands().end());
    auto read = read_usage(context, logs);
    if (!read) return std::unexpected(std::move(read.error()));
    return std::optional(std::move(*read));
}

/// Logs alone: nothing is judged.
Outcome<ExitCode> run_usage(const Context& context) {
    const Options& options = context.options;
    for (const std::string_view other : {"waivers", "baseline", "resume"}) {
        if (options.has(other)) return usage("--" + std::string(other) + " needs machines and a --profile");
    }
    auto used = usage_of(context, false);
    if (!used) return std::unexpected(std::move(used.error()));
    AuditView view;
    view.day = journal::time_text(journal::now()).substr(0, 10);
    view.usage = &**used;
    view.machines_asked = false;
    view.all = options.has("all");
    view.partial = view.usage->files_read < view.usage->files;
    if (auto written = write_view(view, {}, options); !written) return std::unexpected(std::move(written.error()));
    return exit_code_of(view);
}

Outcome<std::optional<std::vector<codec::BaselineMachine>>> read_baseline(const Options& options) {
    const auto file = options.value("baseline");
    if (!file) return std::nullopt;
    auto text = files::read_file(*file, largest_baseline);
    if (!text) return failure(ExitCode::usage, text.error());
    auto decoded = codec::decode_baseline(*text, *file);
    if (!decoded) return failure(ExitCode::usage, decoded.error());
    return std::optional(std::move(*decoded));
}

}  // namespace

Outcome<ExitCode> run_audit(const Context& context) {
    const Options& options = context.options;
    if (options.has("usage") && !options.has("profile") && !options.has("mapping")) return run_usage(context);
    if (options.operands().empty()) return usage("say which machines: files, folders, or - for a list of them on standard input");
    auto mapping = read_list<codec::MachineGroup>(context, "mapping", codec::decode_mapping);
    if (!mapping) return std::unexpected(std::move(mapping.error()));
    auto waivers = read_list<codec::Waiver>(context, "waivers", codec::decode_waivers);
    if (!waivers) return std::unexpected(std::move(waivers.error()));
    auto policies = read_policies(context, *mapping);
    if (!policies) return std::unexpected(std::move(policies.error()));
    auto baseline = read_baseline(options);
    if (!baseline) return std::unexpected(std::move(baseline.error()));
    auto release = release_option(options);
    if (!release) return std::unexpected(std::move(release.error()));
    auto known = circumstances(options);
    if (!known) return std::unexpected(std::move(known.error()));
    auto sources = fleet_sources(options.operands());
    if (!sources) return std::unexpected(std::move(sources.error()));

    std::string earlier;
    auto before = take_audited(context, *policies, *sources, earlier);
    if (!before) return std::unexpected(std::move(before.error()));

    auto used = usage_of(context, true);
    if (!used) return std::unexpected(std::move(used.error()));

    AuditView view;
    view.day = journal::time_text(journal::now()).substr(0, 10);
    for (const audit::Policy& policy : *policies) view.profiles.push_back(policy.name);
    const audit::Judge judge(std::move(*policies), std::move(*mapping), std::move(*waivers), view.day);
    Judged judged = judge_all(context, *sources, judge, *known, *release);
    view.machines = std::move(judged.machines);
    view.partial = judged.partial;
    view.looked_for = sources->size();
    view.summary = audit::summarize(view.machines);
    view.groups = audit::group_by_difference(view.machines);
    view.expired = judge.expired();
    if (before->empty()) view.unused = judge.unused(view.machines);
    add_to_summary(view.summary, *before);
    if (*baseline) view.drift = audit::drift(**baseline, view.machines);
    view.baseline = options.value("baseline").value_or("");
    view.all = options.has("all");
    if (*used) view.usage = &**used;
    if (auto written = write_view(view, *before, options); !written) return std::unexpected(std::move(written.error()));
    if (view.partial) context.log.report({"partial", Severity::warning, {}, "interrupted: " + std::to_string(view.looked_for - view.machines.size()) + " sources were not looked at", {}});
    return exit_code_of(view);
}

}  // namespace schancfg::cli
