#include "session/carry_out.hpp"

#include "session/clock.hpp"
#include "session/journal.hpp"
#include "console/output.hpp"
#include "console/progress.hpp"
#include "session/remote_session.hpp"
#include "render/alarms.hpp"
#include "render/escape.hpp"
#include "render/plan.hpp"
#include "render/value.hpp"
#include "schancfg/apply/executor.hpp"
#include "schancfg/plan/checked.hpp"
#include "inputs/sources.hpp"
#include "console/terminal.hpp"
#include "session/waiter.hpp"

namespace schancfg::cli {
namespace {

std::string spelled(const plan::Change& change) {
    return change.key.to_string() + (change.value_name ? ": " + show_name(*change.value_name) : std::string{});
}

// One line of the audit trail: what, from what, to what, for whom.
std::string audit_line(const Job& job, const plan::Change& change, bool undone, const std::string& target, const std::string& id) {
    const std::string what = change.value_name ? show_value(change.before) + " -> " + show_value(change.after)
                                               : std::string(change.action == plan::Action::add ? "key made" : "key removed");
    return job.command + ' ' + id + (undone ? ": put back " : ": ") + spelled(change) + ' ' + what + " (" + job.to + ", " + target + ')';
}

bool shows_on_terminal(const Options& options) {
    return !options.has("output") && !options.has("name-only") && options.format() == "text" && is_terminal(Stream::output);
}

bool asked(std::string_view question) {
    (void)write_stream(Stream::error, std::string(question) + "? [y/N] ");
    const std::string answer = read_line().value_or("");
    return answer == "y" || answer == "Y" || answer == "yes" || answer == "Yes" || answer == "YES";
}

std::size_t cut_off(const Job& job) { return job.peers ? job.peers->changes.count(handshake::PeerChangeKind::cut_off) : 0; }

// Cutting off is agreed to on its own, since the plan does not show it: by a second answer, or by an option beside --yes.
Outcome<void> allow_cutting_off(const Job& job, const Options& options) {
    const std::size_t count = cut_off(job);
    if (count == 0 || options.has("allow-cutting-off") || !options.has("yes")) return {};
    return usage("this cuts off " + std::to_string(count) + (count == 1 ? " known peer: " : " known peers: ") + cut_off_names(*job.peers) +
                 "; look at it with --dry-run, then say --allow-cutting-off besides --yes");
}

bool must_agree_to_lock_out(const Job& job, const Options& options) {
    return job.undoes.empty() && lint::locks_out(job.alarms) && !options.has("allow-lock-out");
}

// So is a lock-out.
Outcome<void> allow_lock_out(const Job& job, const Options& options) {
    if (!must_agree_to_lock_out(job, options) || !options.has("yes")) return {};
    return usage(lock_outs(job.alarms) + "; look at it with --dry-run, then say --allow-lock-out besides --yes");
}

// Asks on standard error, below the plan.
bool ask(const PlanView& view, const Options& options, const std::string& target) {
    if (!shows_on_terminal(options)) (void)write_stream(Stream::error, plan_text(view, Paint(false)));
    const std::size_t count = view.plan->changes.size();
    return asked("\nApply " + (count == 1 ? "this change" : "these " + std::to_string(count) + " changes") + " to " + escape(target));
}

// One may cut the line that one sits on: then that is named, and asked about on its own. false: declined.
bool ask_about_session(const Context& context, const Job& job, const backend::OpenedTarget& target) {
    if (target.kind != backend::Kind::live || context.options.has("revert-after")) return true;
    const std::vector<std::string> lost = taken_away(job.effects);
    const auto session = lost.empty() ? std::nullopt : remote_session();
    if (!session) return true;
    std::string names;
    for (const std::string& name : lost) (names += names.empty() ? "" : ", ") += name;
    const std::string danger = "you are connected by " + escape(*session) + ", and servers of this machine will not offer " + names +
                               " any more: the connection may be cut";
    if (context.options.has("yes")) {
        context.log.report({"remote-session", Severity::warning, {}, danger, "--revert-after 15m takes it back unless you confirm"});
        return true;
    }
    return asked("schancfg: " + danger + ". (--revert-after 15m takes it back unless you confirm.)\nApply it all the same");
}

std::string left_over(const apply::Report& report) {
    std::string out;
    for (const plan::Change& change : report.left) (out += out.empty() ? "" : ", ") += spelled(change);
    return out;
}

// What the system says of a refusal need not name the value that it is about.
std::string reason_of(const apply::Report& report) {
    std::string reason = report.error ? report.error->message : "it failed";
    if (report.at && reason.find(report.at->key.to_string()) == std::string::npos) reason = spelled(*report.at) + ": " + reason;
    return reason;
}

// What the user is told of an outcome other than done, in one line.
std::string message_of(const apply::Report& report, const StoredRecord& stored, const std::string& name) {
    const std::string reason = reason_of(report);
    switch (report.outcome) {
        case apply::Outcome::done: return {};
        case apply::Outcome::moved:
        case apply::Outcome::refused: return reason + "; nothing was touched";
        case apply::Outcome::rolled_back: return reason + "; everything was put back";
        case apply::Outcome::partly_undone: break;
    }
    return reason + "; putting back failed too, and this is left: " + left_over(report) + "; " + stored.file + " records it, to take it back: schancfg undo " + name;
}

}  // namespace

Outcome<ExitCode> show_only(const Context& context, const Job& job, const std::string& target, const facts::Release* release) {
    PlanView view{job.command, target, job.to, release, nullptr, &job.plan, job.effects};
    view.alarms = job.alarms;
    if (job.peers) view.peers = &*job.peers;
    if (auto written = write_result(context.options, show_plan(view, context.options)); !written) return std::unexpected(std::move(written.error()));
    return job.plan.empty() ? ExitCode::done : ExitCode::differs;
}

Outcome<ExitCode> carry_out(const Context& context, Job job, backend::OpenedTarget& target) {
    const Options& options = context.options;
    const auto checked = plan::check(job.plan, job.undoes.empty() ? plan::Purpose::apply : plan::Purpose::undo);
    if (!checked) return std::unexpected(Failure{ExitCode::usage, checked.error()});
    auto journal = Journal::open(context, target, job.undoes);
    if (!journal) return std::unexpected(std::move(journal.error()));
    registry::Tree state;
    if (journal->continues()) {
        auto read = read_state(context, *target.target);
        if (!read) return std::unexpected(std::move(read.error()));
        state = std::move(*read);
    }
    std::optional<std::chrono::seconds> revert_after;
    if (const auto after = options.value("revert-after")) {
        const auto duration = duration_of(*after, "revert-after");
        if (!duration) return std::unexpected(duration.error());
        revert_after = *duration;
    }
    if (job.plan.empty()) {
        if (job.shown) {
            if (auto shown = show_only(context, job, target.label, target.release); !shown) return shown;
        }
        journal->nothing_to_do(state, revert_after ? time_text(now() + *revert_after) : std::string{}, job.settled);
        return ExitCode::done;
    }

    codec::Record record = new_record(job.plan, codec::Record::Kind::undo);
    record.target = target.label;
    record.machine = target.machine;
    record.os = target.release ? std::string(target.release->id) : std::string{};
    record.profile_sha256 = job.profile_sha256;
    record.undoes = job.undoes;
    if (auto usable = journal->check_backup(options.value("backup")); !usable) return std::unexpected(std::move(usable.error()));
    const std::string id = journal->continues() ? journal->stored().record.id : record.id;
    PlanView view{job.command, target.label, job.to, target.release, nullptr, &job.plan, job.effects, options.value("backup").value_or(id)};
    view.alarms = job.alarms;
    if (job.peers) view.peers = &*job.peers;

    if (!options.has("yes") && (!is_terminal(Stream::input) || !is_terminal(Stream::error))) {
        const bool cuts = cut_off(job) != 0 && !options.has("allow-cutting-off");
        return usage(std::string("there is no terminal to ask on; look at the plan with --dry-run, then say --yes") +
                     (must_agree_to_lock_out(job, options) ? " and --allow-lock-out: " + lock_outs(job.alarms) : "") +
                     (cuts ? " and --allow-cutting-off, as known peers are cut off: " + cut_off_names(*job.peers) : ""));
    }
    if (auto allowed = allow_lock_out(job, options); !allowed) return std::unexpected(std::move(allowed.error()));
    if (auto allowed = allow_cutting_off(job, options); !allowed) return std::unexpected(std::move(allowed.error()));
    const std::string result = show_plan(view, options);
    const bool shown = job.shown && shows_on_terminal(options);
    if (shown) {
        if (auto written = write_result(options, result); !written) return std::unexpected(std::move(written.error()));
    }
    if ((!options.has("yes") && !ask(view, options, target.label)) || !ask_about_session(context, job, target)) {
        context.log.note("declined; nothing was changed");
        return ExitCode::differs;
    }
    if (must_agree_to_lock_out(job, options) && !options.has("yes") && !asked("After this, " + lock_outs(job.alarms) + ". Apply all the same")) {
        context.log.note("declined; nothing was changed");
        return ExitCode::differs;
    }
    if (const std::size_t count = cut_off(job); count != 0 && !options.has("yes") && !options.has("allow-cutting-off")) {
        const std::string who = count == 1 ? "This known peer is" : "These " + std::to_string(count) + " known peers are";
        if (!asked(who + " cut off: " + cut_off_names(*job.peers) + ". Apply all the same")) {
            context.log.note("declined; nothing was changed");
            return ExitCode::differs;
        }
    }
    // Before anything is touched: a result that can't be written must not end a run that has changed something.
    if (job.shown && !shown) {
        if (auto written = write_result(options, result); !written) return std::unexpected(std::move(written.error()));
    }
    // From here on to its end nobody stops it but by force.
    const InterruptShield shield;
    // The time runs from here, and not from the question.
    if (revert_after) record.revert_at = time_text(now() + *revert_after);
    if (auto begun = journal->begin(std::move(record), options.value("backup"), state); !begun) return std::unexpected(std::move(begun.error()));
    context.log.debug("undo record: " + journal->stored().file);
    if (is_pending(journal->stored().record)) {
        if (auto started = start_waiter(context, journal->stored(), target.kind); !started) {
            journal->end({.outcome = apply::Outcome::refused, .error = {}, .at = {}, .left = {}}, [] { return true; });
            return std::unexpected(std::move(started.error()));
        }
    }
#ifdef _WIN32
    context.log.open_audit();
#else
    if (options.has("syslog")) context.log.open_audit();
#endif

    apply::Report report;
    {
        const Progress progress(context.log, "writing to " + target.label);
        report = apply::run(*checked, *target.target, [&](const plan::Change& change, bool undone) {
            context.log.audit(audit_line(job, change, undone, target.label, id));
        });
        const bool done = report.outcome == apply::Outcome::done;
        journal->end(report, [&] { return !done || job.settled(); });
    }
    const std::string name = options.has("backup") ? *options.value("backup") : journal->stored().name();
    if (report.outcome != apply::Outcome::done) {
        return failure(exit_code(report.outcome), message_of(report, journal->stored(), name), report.error ? report.error->where.value_or(Span{}) : Span{});
    }
    if (is_pending(journal->stored().record)) {
        context.log.note("done; it is taken back at " + journal->stored().record.revert_at + " unless you say: schancfg confirm " + name);
        return ExitCode::done;
    }
    context.log.note((job.undoes.empty() ? "done; to take it back: schancfg undo " : "done; to apply it again: schancfg undo ") + name);
    return ExitCode::done;
}

}  // namespace schancfg::cli
