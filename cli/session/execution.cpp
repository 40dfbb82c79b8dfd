#include "session/execution.hpp"

#include <algorithm>

#include "schancfg/files/folder.hpp"
#include "schancfg/journal/clock.hpp"
#include "schancfg/journal/transaction.hpp"
#include "console/output.hpp"
#include "console/progress.hpp"
#include "session/remote_session.hpp"
#include "render/alarms.hpp"
#include "render/escape.hpp"
#include "render/plan.hpp"
#include "render/value.hpp"
#include "schancfg/apply/executor.hpp"
#include "schancfg/effect/restart.hpp"
#include "schancfg/plan/checked.hpp"
#include "inputs/sources.hpp"
#include "console/terminal.hpp"
#include "session/process.hpp"
#include "session/restart.hpp"
#include "session/start_up_task.hpp"
#include "session/watchdog.hpp"

namespace schancfg::cli {
namespace {

std::string spelled(const plan::Change& change) {
    return change.key.to_string() + (change.value_name ? ": " + show_name(*change.value_name) : std::string{});
}

// One line of the audit trail: what, from what, to what, for whom.
std::string audit_line(const Job& job, const plan::Change& change, bool undone, const std::string& target, const std::string& id) {
    const std::string what = change.value_name ? show_value(change.before) + " -> " + show_value(change.after)
                                               : std::string(change.action == plan::Action::add ? "key made" : "key removed");
    return job.command + ' ' + id + (undone ? ": rolled back " : ": ") + spelled(change) + ' ' + what + " (" + job.to + ", " + target + ')';
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
Outcome<void> allow_cutting_off(const Job& job, const Decisions& decisions) {
    const std::size_t count = cut_off(job);
    if (count == 0 || decisions.allow_cutting_off || !decisions.assume_yes) return {};
    return usage("this cuts off " + std::to_string(count) + (count == 1 ? " known peer: " : " known peers: ") + cut_off_names(*job.peers) +
                 "; look at it with --dry-run, then say --allow-cutting-off besides --yes");
}

bool must_agree_to_lock_out(const Job& job, const Decisions& decisions) {
    return !job.undoes && lint::locks_out(job.alarms) && !decisions.allow_lock_out;
}

// So is a lock-out.
Outcome<void> allow_lock_out(const Job& job, const Decisions& decisions) {
    if (!must_agree_to_lock_out(job, decisions) || !decisions.assume_yes) return {};
    return usage(lock_outs(job.alarms) + "; look at it with --dry-run, then say --allow-lock-out besides --yes");
}

// Asks on standard error, below the plan.
bool ask_about_plan(const PlanView& view, const Options& options, const std::string& target) {
    if (!shows_on_terminal(options)) (void)write_stream(Stream::error, plan_text(view, error_sheet()));
    const std::size_t count = view.plan->changes.size();
    return asked("\nApply " + (count == 1 ? "this change" : "these " + std::to_string(count) + " changes") + " to " + escape(target));
}

// One may cut the line that one sits on: then that is named, and asked about on its own. false: declined.
bool ask_about_session(const Context& context, const Job& job, const Decisions& decisions, const backend::OpenedTarget& target) {
    if (target.kind != backend::Kind::live || decisions.revert_after) return true;
    if (std::ranges::all_of(job.withdrawn, [](const std::vector<std::string>& each) { return each.empty(); })) return true;
    const auto session = session_of(session_marks());
    if (!session) return true;
    const std::vector<std::string>& lost = job.withdrawn[static_cast<std::size_t>(session->role)];
    if (lost.empty()) return true;
    const std::string danger = escape(may_drop(*session, lost));
    if (decisions.assume_yes) {
        context.log.report({"remote-session", Severity::warning, {}, danger, "--revert-after 15m reverts it unless you confirm"});
        return true;
    }
    return asked("schancfg: " + danger + ". (--revert-after 15m reverts it unless you confirm.)\nApply it all the same");
}

std::string left_over(const apply::RunReport& report) {
    std::string out;
    for (const plan::Change& change : report.left) (out += out.empty() ? "" : ", ") += spelled(change);
    return out;
}

// What the system says of a refusal need not name the value that it is about.
std::string reason_of(const apply::RunReport& report) {
    std::string reason = report.error ? report.error->message : "it failed";
    if (report.at && reason.find(report.at->key.to_string()) == std::string::npos) reason = spelled(*report.at) + ": " + reason;
    return reason;
}

// What the user is reported of an outcome other than done, in one line.
std::string message_of(const apply::RunReport& report, const StoredRecord& stored, const std::string& name) {
    const std::string reason = reason_of(report);
    switch (report.outcome) {
        case apply::RunOutcome::done: return {};
        case apply::RunOutcome::moved:
        case apply::RunOutcome::refused: return reason + "; nothing was touched";
        case apply::RunOutcome::rolled_back: return reason + "; everything was rolled back";
        case apply::RunOutcome::partly_undone: break;
    }
    return reason + "; rollback also failed; still changed: " + left_over(report) + "; " + stored.file + " records it; to undo: schancfg undo " + name;
}

Failure untouched(const Error& error) {
    Failure out = refused(error).error();
    if (out.code == ExitCode::target && !out.lines.empty()) out.lines.back().message += "; nothing was touched";
    return out;
}

Failure why_not(const journal::Obstacle& obstacle, const backend::OpenedTarget& target) {
    if (obstacle.kind == journal::Obstacle::Kind::running) {
        return failure(ExitCode::target, "process " + std::to_string(obstacle.process) + " is changing " + escape(target.label) + " (" + obstacle.id +
                                             "); nothing was touched").error();
    }
    return failure(ExitCode::target, obstacle.name + " is incomplete; undo it first: schancfg undo " + obstacle.undo + "; nothing was touched").error();
}

void tell(const Context& context, const journal::Transaction& transaction) {
    const StoredRecord& stored = transaction.stored();
    for (const journal::Notice& notice : transaction.notices()) {
        switch (notice.kind) {
            case journal::Notice::Kind::no_state_folder:
                context.log.report({"no-marker", Severity::warning, {}, "there is no state folder, so that no other command will know if this one is interrupted", {}});
                break;
            case journal::Notice::Kind::not_recorded:
                context.log.report({"journal", Severity::warning, notice.error->where.value_or(Span{}), notice.error->message, {}});
                break;
            case journal::Notice::Kind::completed:
                context.log.note("The interrupted run is complete. To undo: schancfg undo " + stored.name());
                break;
        }
    }
}

/// All that can go wrong without touching the target did not.
struct Prepared {
    plan::CheckedPlan plan;
    journal::Transaction transaction;
    registry::Tree state;  // where the transaction goes on from another
    codec::Record record;
    std::string id;
};

Outcome<Prepared> prepare(const Context& context, const Job& job, const Decisions& decisions, backend::OpenedTarget& target) {
    auto checked = plan::check(job.plan, job.undoes ? plan::Purpose::undo : plan::Purpose::apply);
    if (!checked) return std::unexpected(Failure{ExitCode::usage, checked.error()});
    auto transaction = journal::Transaction::open(state_place(), target, job.undoes);
    if (!transaction) return std::unexpected(why_not(transaction.error(), target));
    registry::Tree state;
    if (transaction->continues()) {
        auto read = read_state(context, *target.target);
        if (!read) return std::unexpected(std::move(read.error()));
        state = std::move(*read);
        if (decisions.backup && !job.plan.empty()) {
            return usage("this goes on from " + transaction->stored().name() + ", which is not done, in its record: --backup can't name another one");
        }
    }
    codec::Record record = journal::new_record(job.plan, codec::Record::Kind::undo);
    record.target = target.label;
    record.machine = target.machine;
    record.os = target.release ? std::string(target.release->id) : std::string{};
    record.profile_sha256 = job.profile_sha256;
    if (job.undoes) record.undoes = job.undoes->record.id;
    else record.profile = job.to;
    record.user = own_user();
    const std::string id = transaction->continues() ? transaction->stored().record.id : record.id;
    return Prepared{std::move(*checked), std::move(*transaction), std::move(state), std::move(record), id};
}

Outcome<void> check_terminal(const Job& job, const Decisions& decisions) {
    if (decisions.assume_yes || (is_terminal(Stream::input) && is_terminal(Stream::error))) return {};
    const bool cuts = cut_off(job) != 0 && !decisions.allow_cutting_off;
    return usage(std::string("not a terminal, cannot ask; review the plan with --dry-run, then pass --yes") +
                 (must_agree_to_lock_out(job, decisions) ? " and --allow-lock-out: " + lock_outs(job.alarms) : "") +
                 (cuts ? " and --allow-cutting-off, as known peers are cut off: " + cut_off_names(*job.peers) : ""));
}

// Shows the plan and asks: false: declined. What is the command's result is written before anything is touched: a result that can't be
// written must not end a run that has changed something.
Outcome<bool> ask(const Context& context, const Job& job, const Decisions& decisions, const backend::OpenedTarget& target, const std::string& id) {
    const Options& options = context.options;
    if (auto possible = check_terminal(job, decisions); !possible) return std::unexpected(std::move(possible.error()));
    if (auto allowed = allow_cutting_off(job, decisions); !allowed) return std::unexpected(std::move(allowed.error()));
    if (auto allowed = allow_lock_out(job, decisions); !allowed) return std::unexpected(std::move(allowed.error()));
    PlanView view{job.command, target.label, job.to, target.release, nullptr, &job.plan, job.effects, decisions.backup.value_or(id)};
    view.alarms = job.alarms;
    view.reverted = job.reverted;
    if (job.peers) view.peers = &*job.peers;
    const auto show = [&]() -> Outcome<void> { return job.shown ? write_result(options, show_plan(view, options)) : Outcome<void>{}; };
    const bool shown_first = shows_on_terminal(options);
    if (shown_first) {
        if (auto written = show(); !written) return std::unexpected(std::move(written.error()));
    }
    if ((!decisions.assume_yes && !ask_about_plan(view, options, target.label)) || !ask_about_session(context, job, decisions, target)) return false;
    if (must_agree_to_lock_out(job, decisions) && !decisions.assume_yes && !asked("After this, " + lock_outs(job.alarms) + ". Apply all the same")) return false;
    if (const std::size_t count = cut_off(job); count != 0 && !decisions.assume_yes && !decisions.allow_cutting_off) {
        const std::string who = count == 1 ? "This known peer is" : "These " + std::to_string(count) + " known peers are";
        if (!asked(who + " cut off: " + cut_off_names(*job.peers) + ". Apply all the same")) return false;
    }
    if (!shown_first) {
        if (auto written = show(); !written) return std::unexpected(std::move(written.error()));
    }
    return true;
}

// When the changes are in force, of a machine that can be restarted: the net has to outlast that.
void note_restart(codec::Record& record, const Job& job, const Decisions& decisions, const backend::OpenedTarget& target) {
    if (target.kind != backend::Kind::live) return;
    const effect::Restart restart = effect::restart(job.plan.changes, target.release);
    if (restart.scope != effect::RestartScope::computer || restart.needed == effect::RestartNeed::no) return;
    record.restart = restart.needed == effect::RestartNeed::yes ? codec::RecordRestart::needed : codec::RecordRestart::disputed;
    record.boot = start_of_system();
    record.restarts = decisions.restart;
}

void tell_restart(const Context& context, const codec::Record& record) {
    switch (record.restart) {
        case codec::RecordRestart::no: break;
        case codec::RecordRestart::disputed:
            context.log.note("This may be in force only after a restart: restart before you confirm. Reverting it after that may need one more restart");
            break;
        case codec::RecordRestart::needed:
            context.log.note("This is in force after a restart: restart, then confirm. Reverting it after that needs one more restart");
            break;
    }
}

// Says how the run ended, where nobody reads standard error.
void record_end(const Context& context, const Job& job, const apply::RunReport& report, const std::string& target, const std::string& id, const std::string& message) {
    if (report.outcome != apply::RunOutcome::done) context.log.audit(AuditEvent::failed, job.command + ' ' + id + " (" + target + "): " + message);
    else if (job.undoes) context.log.audit(AuditEvent::reverted, job.undoes->record.id + " was undone (" + target + ", record " + id + ')');
    else context.log.audit(AuditEvent::applied, id + " was applied (" + job.to + ", " + target + ')');
}

void restart_if_asked(const Context& context, const Decisions& decisions, const std::string& why) {
    if (!decisions.restart) return;
    if (auto restarted = restart_system(why); !restarted) {
        context.log.report({"restart", Severity::warning, {}, "this machine is not restarted: " + restarted.error().message, {}});
    } else {
        context.log.note("This machine restarts in " + std::to_string(restart_countdown) + " seconds; to cancel: shutdown /a");
    }
}

// A disk that takes no more must not keep what nobody confirmed in force: the record that is undone is enough.
Outcome<void> begin(Prepared& prepared, const Job& job, const Decisions& decisions) {
    codec::Record record = prepared.record;
    if (auto begun = prepared.transaction.begin(std::move(prepared.record), decisions.backup, prepared.state); !begun) {
        if (!decisions.revert_always || !job.undoes) return std::unexpected(untouched(begun.error()));
        prepared.transaction.begin_unrecorded(std::move(record));
    }
    return {};
}

Outcome<ExitCode> write_changes(const Context& context, const Job& job, const Decisions& decisions, backend::OpenedTarget& target, Prepared prepared) {
    journal::Transaction& transaction = prepared.transaction;
    // From here on to its end nobody stops it but by force.
    const InterruptShield shield;
    // The time runs from here, and not from the question.
    if (decisions.revert_after) {
        prepared.record.revert_at = journal::time_text(journal::now() + *decisions.revert_after);
        note_restart(prepared.record, job, decisions, target);
    }
    if (auto begun = begin(prepared, job, decisions); !begun) return std::unexpected(std::move(begun.error()));
    context.log.debug("undo record: " + transaction.stored().file);
    if (is_pending(transaction.stored().record)) {
        if (auto started = start_watchdog(context, transaction.stored(), target.kind); !started) {
            transaction.abandon();
            dismiss_watchdog(context, transaction.stored(), target.kind);
            tell(context, transaction);
            return std::unexpected(std::move(started.error()));
        }
    }
#ifdef _WIN32
    context.log.open_audit();
#else
    if (decisions.to_syslog) context.log.open_audit();
#endif

    apply::RunReport report;
    {
        const Progress progress(context.log, "writing to " + target.label);
        report = transaction.run(prepared.plan, [&](const plan::Change& change, bool undone) {
            context.log.audit(AuditEvent::changed, audit_line(job, change, undone, target.label, prepared.id));
        });
    }
    tell(context, transaction);
    if (transaction.has_undone()) dismiss_watchdog(context, *job.undoes, target.kind);
    const StoredRecord& stored = transaction.stored();
    const std::string name = decisions.backup.value_or(stored.name());
    const std::string message = message_of(report, stored, name);
    record_end(context, job, report, target.label, prepared.id, message);
    if (report.outcome != apply::RunOutcome::done) {
        if (!is_pending(stored.record)) dismiss_watchdog(context, stored, target.kind);
        return failure(exit_code(report.outcome), message, report.error ? report.error->where.value_or(Span{}) : Span{});
    }
    std::ignore = journal::prune_records(state_place());
    if (is_pending(stored.record)) {
        tell_restart(context, stored.record);
        context.log.note("Done. It is reverted at " + stored.record.revert_at + " unless you run: schancfg confirm " + name);
        restart_if_asked(context, decisions, "schancfg: restart to bring " + prepared.id + " into force");
        return ExitCode::done;
    }
    context.log.note((job.undoes ? "Done. To apply it again: schancfg undo " : "Done. To undo: schancfg undo ") + name);
    restart_if_asked(context, decisions, job.undoes ? "schancfg: restart after " + job.undoes->record.id + " was undone" : "schancfg: restart to bring " + prepared.id + " into force");
    return ExitCode::done;
}

// Nothing has to be written; what waits for confirmation has its watchdog all the same, for the time that is said.
Outcome<ExitCode> settle(const Context& context, const Job& job, const Decisions& decisions, backend::OpenedTarget& target, Prepared prepared) {
    journal::Transaction& transaction = prepared.transaction;
    const InterruptShield shield;
    // A file that was asked for is there afterwards, whatever it had to hold.
    if (target.kind == backend::Kind::memory && !job.undoes && !files::exists(target.machine)) {
        if (auto made = apply::commit_unchanged(*target.target); !made) return std::unexpected(untouched(made.error()));
    }
    transaction.nothing_to_do(prepared.state);
    const std::string before = transaction.stored().record.revert_at;
    const bool waits = is_pending(transaction.stored().record) && !job.undoes;
    const std::string revert_at = decisions.revert_after && waits ? journal::time_text(journal::now() + *decisions.revert_after) : before;
    if (revert_at != before) {
        if (auto waiting = transaction.wait_until(revert_at); !waiting) return std::unexpected(untouched(waiting.error()));
    }
    if (waits) {
        if (auto started = start_watchdog(context, transaction.stored(), target.kind); !started) {
            if (revert_at != before) std::ignore = transaction.wait_until(before);
            return std::unexpected(std::move(started.error()));
        }
    }
    tell(context, transaction);
    if (transaction.has_undone()) dismiss_watchdog(context, *job.undoes, target.kind);
    const std::string& name = transaction.stored().name();
    if (waits) context.log.note("It is reverted at " + revert_at + " unless you run: schancfg confirm " + name);
    else if (decisions.revert_after) context.log.note("Nothing was changed, so there is nothing to revert");
    return ExitCode::done;
}

}  // namespace

Outcome<ExitCode> show_only(const Context& context, const Job& job, const std::string& target, const facts::Release* release) {
    PlanView view{job.command, target, job.to, release, nullptr, &job.plan, job.effects};
    view.alarms = job.alarms;
    if (job.peers) view.peers = &*job.peers;
    if (auto written = write_result(context.options, show_plan(view, context.options)); !written) return std::unexpected(std::move(written.error()));
    return job.plan.empty() ? ExitCode::done : ExitCode::differs;
}

Outcome<ExitCode> execute(const Context& context, Job job, const Decisions& decisions, backend::OpenedTarget& target) {
    if (decisions.restart && target.kind != backend::Kind::live) {
        return usage("--restart restarts this machine, and " + escape(target.label) + " is not its registry");
    }
    if (decisions.revert_after && decisions.backup) {
        if (auto seen = check_seen_by_task(*decisions.backup, target.kind); !seen) return std::unexpected(std::move(seen.error()));
    }
    auto prepared = prepare(context, job, decisions, target);
    if (!prepared) return std::unexpected(std::move(prepared.error()));
    if (job.plan.empty()) {
        if (job.shown) {
            if (auto shown = show_only(context, job, target.label, target.release); !shown) return shown;
        }
        return settle(context, job, decisions, target, std::move(*prepared));
    }
    const auto agreed = ask(context, job, decisions, target, prepared->id);
    if (!agreed) return std::unexpected(agreed.error());
    if (!*agreed) {
        context.log.note("declined; nothing was changed");
        return ExitCode::differs;
    }
    return write_changes(context, job, decisions, target, std::move(*prepared));
}

}  // namespace schancfg::cli
