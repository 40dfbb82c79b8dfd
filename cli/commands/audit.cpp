#include <algorithm>
#include <optional>
#include <span>

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
    if (format == "csv" && !view.machines_asked) return usage_csv(*view.usage);
    if (const StreamedFormat* streamed = streamed_format(format)) return streamed->before(view) + streamed->behind(view);
    if (format == "junit") return audit_junit(view);
    if (format == "markdown") return audit_markdown(view);
    if (format == "sarif") return audit_sarif(view);
    if (format == "html") return audit_html(view);
    return audit_text(view, sheet_for(options));
}

/// The machines of a streamed format, on their way out.
class MachineStream {
public:
    /// `before`: the machines of --resume, sorted by their sources; those that come are others.
    MachineStream(const StreamedFormat& format, ResultWriter& out, std::span<const codec::AuditedMachine> before) : format_(format), out_(out), before_(before) {}

    void add(std::string_view source, std::string_view shown) {
        add_earlier(&source);
        if (!is_first_) out_.add(format_.between);
        is_first_ = false;
        out_.add(shown);
    }
    void finish() { add_earlier(nullptr); }

private:
    void add_earlier(const std::string_view* source) {
        for (; given_ < before_.size() && (source == nullptr || before_[given_].source < *source); ++given_) out_.add(std::string(before_[given_].line) + '\n');
    }

    const StreamedFormat& format_;
    ResultWriter& out_;
    std::span<const codec::AuditedMachine> before_;
    std::size_t given_ = 0;
    bool is_first_ = true;
};

/// The machines of --resume that are among the sources, sorted; they leave `sources`. `text` is what their lines are parts of.
Outcome<std::vector<codec::AuditedMachine>> take_audited(const Context& context, const std::vector<audit::Policy>& policies, std::vector<std::string>& sources, std::string& text) {
    const auto file = context.options.value("resume");
    if (!file) return std::vector<codec::AuditedMachine>{};
    if (context.options.format() != "jsonl") return usage("--resume goes on with --format jsonl");
    if (context.options.has("baseline")) return usage("--resume and --baseline can't be combined: machines that are taken over would not be compared");
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
    if (auto written = write_result(options, shown(view, options)); !written) return std::unexpected(std::move(written.error()));
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

std::vector<audit::Drift> drift_of(const std::vector<codec::BaselineMachine>& before, const AuditView& view) {
    std::vector<audit::Drift> out = audit::drift(before, view.machines);
    // Machines that were not looked at are not gone.
    if (view.partial) std::erase_if(out, [](const audit::Drift& each) { return each.kind == audit::DriftKind::gone; });
    return out;
}

/// What a table of machines has no place for.
void tell_besides(const Context& context, const AuditView& view) {
    const std::string format = context.options.format();
    if (format != "csv" && format != "jsonl") return;
    for (const codec::Waiver* waiver : view.expired) {
        context.log.report({"waiver-expired", Severity::warning, {}, "the waiver of " + waived_by(*waiver) + " for " + waiver->machine + " expired on " + waiver->until + ": " + waiver->reason, {}});
    }
    if (view.drift) context.log.report({"drift", Severity::note, {}, "since " + view.baseline + ": " + drift_summary(*view.drift), {}});
}

/// After all machines are judged.
void write_all(const AuditView& view, const Options& options, ResultWriter& out) {
    const StreamedFormat* streamed = streamed_format(options.format());
    if (streamed == nullptr) return out.add(shown(view, options));
    MachineStream stream(*streamed, out, {});
    out.add(streamed->before(view));
    for (const audit::Machine& machine : view.machines) stream.add(machine.source, streamed->machine(machine, since(view, machine)));
    out.add(streamed->behind(view));
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
    const audit::Criteria criteria(std::move(*policies), std::move(*mapping), std::move(*waivers), view.day);
    view.looked_for = sources->size();
    view.expired = criteria.expired();
    view.baseline = options.value("baseline").value_or("");
    view.all = options.has("all");
    if (*used) view.usage = &**used;

    ResultWriter out(options);
    // What is compared with an earlier audit is compared as a whole.
    const StreamedFormat* streamed = *baseline ? nullptr : streamed_format(options.format());
    std::optional<MachineStream> stream;
    if (streamed != nullptr) {
        stream.emplace(*streamed, out, *before);
        out.add(streamed->before(view));
    }
    const Judged judged{[&](const audit::Machine& machine) { return streamed != nullptr ? streamed->machine(machine, std::nullopt) : std::string(); },
                        [&](audit::Machine machine, std::string text) {
                            view.summary.add(machine.verdict);
                            if (streamed != nullptr) stream->add(machine.source, text);
                            // Groups and waivers are of machines that differ.
                            if (streamed == nullptr || (streamed->sums_up && !machine.waivers.empty())) view.machines.push_back(std::move(machine));
                            return out.is_wanted();
                        }};
    view.partial = !judge_all(context, *sources, criteria, *known, *release, judged);
    const std::size_t left = view.looked_for - view.summary.machines;
    view.groups = audit::group_by_difference(view.machines);
    if (before->empty() && !view.partial) view.unused = criteria.unused(view.machines);
    if (*baseline) {
        view.drift = drift_of(**baseline, view);
        for (const audit::Drift& each : *view.drift) view.drift_of.emplace(each.source, each.kind);
    }
    add_to_summary(view.summary, *before);
    if (stream) {
        stream->finish();
        out.add(streamed->behind(view));
    } else {
        write_all(view, options, out);
    }
    tell_besides(context, view);
    if (auto written = out.finish(); !written) return std::unexpected(std::move(written.error()));
    if (view.partial) context.log.report({"partial", Severity::warning, {}, "interrupted: " + std::to_string(left) + " sources were not looked at", {}});
    return exit_code_of(view);
}

}  // namespace schancfg::cli
