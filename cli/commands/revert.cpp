#include <algorithm>
#include <chrono>
#include <set>
#include <string>
#include <thread>
#include <utility>

#include "schancfg/journal/clock.hpp"
#include "commands/commands.hpp"
#include "schancfg/files/folder.hpp"
#include "schancfg/files/held.hpp"
#include "schancfg/journal/run_state.hpp"
#include "inputs/sources.hpp"
#include "session/record_undo.hpp"
#include "inputs/records.hpp"
#include "inputs/state_folder.hpp"
#include "session/watchdog.hpp"

namespace schancfg::cli {
namespace {

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

/// When it is due by the clock on the wall, or by the time that has passed since: whichever comes first, should somebody set the clock.
class Deadline {
public:
    void set(const std::string& revert_at) {
        if (revert_at == text_) return;
        text_ = revert_at;
        wall_ = journal::time_of(revert_at).value_or(journal::now());
        steady_ = Steady::now() + std::max(std::chrono::seconds(0), wall_ - journal::now());
    }
    [[nodiscard]] bool is_due() const { return journal::now() >= wall_ || Steady::now() >= steady_; }

private:
    std::string text_;
    journal::Moment wall_;
    Steady::time_point steady_;
};

/// What is known of the record: the last reading of it that succeeded. A record that can't be read for a while (a scanner holds it, a disk
/// hiccups) is not settled, and neither is one that is gone.
class Watched {
public:
    explicit Watched(StoredRecord stored) : last_(std::move(stored)) {}

    /// Reads it again; false: it says that it waits for nothing any more.
    bool waits() {
        auto stored = load_record(last_.file);
        is_readable_ = stored && stored->record.id == last_.record.id;
        if (is_readable_) last_ = std::move(*stored);
        return is_pending(last_.record);
    }
    [[nodiscard]] const StoredRecord& last() const { return last_; }
    [[nodiscard]] bool is_readable() const { return is_readable_; }

private:
    StoredRecord last_;
    bool is_readable_ = true;
};

/// Says each reason once, for nobody reads standard error: to the system's log too.
class Complaints {
public:
    explicit Complaints(const Context& context) : context_(context) {}
    void say(const std::string& name, const Failure& failure) {
        const std::string reason = failure.lines.empty() ? "unknown error" : failure.lines.back().message;
        if (!said_.insert(reason).second) return;
        context_.log.report({"watchdog", Severity::warning, {}, name + " is not reverted yet, and is tried again: " + reason, {}});
        context_.log.audit(AuditEvent::failed, name + " is not reverted yet, and is tried again: " + reason);
    }

private:
    const Context& context_;
    std::set<std::string> said_;
};

// A registry in a file that is gone together with its record is one that nobody can want reverted.
bool is_gone(const Watched& watched) {
    const codec::Record& record = watched.last().record;
    return is_of_file(record) && !files::exists(record.machine) && !files::exists(watched.last().file);
}

// Until it was done or is not wanted any more: it never gives up.
Outcome<ExitCode> revert_when_due(const Context& context, StoredRecord stored) {
    Watched watched(std::move(stored));
    Deadline deadline;
    Complaints complaints(context);
    for (auto pause = 500ms;; std::this_thread::sleep_for(pause)) {
        if (!watched.waits()) return ExitCode::done;
        deadline.set(watched.last().record.revert_at);
        if (!deadline.is_due()) continue;
        // From now on once a second, and less often when that does not help.
        pause = std::min(std::max(pause * 2, std::chrono::milliseconds(1s)), std::chrono::milliseconds(30s));
        auto target = open_target(context, watched.last().record.target, false, Telling::nothing);
        if (!target) {
            if (is_gone(watched)) return std::unexpected(std::move(target.error()));
            complaints.say(watched.last().record.id, target.error());
            continue;
        }
        // What was read before the lock was ours may not be true any more.
        if (!watched.waits()) return ExitCode::done;
        deadline.set(watched.last().record.revert_at);
        if (!deadline.is_due()) continue;
        auto done = revert(context, watched.last(), *target);
        if (!done) complaints.say(watched.last().record.id, done.error());
        // Done, but a record that still says otherwise has to be written yet.
        else if (!watched.waits() || !watched.is_readable()) return done;
    }
}

}  // namespace

Outcome<ExitCode> run_revert(const Context& context) {
    const auto& operands = context.options.operands();
    if (operands.empty()) return usage("`revert` needs the id or the file of an undo record");
    auto stored = find_record(operands.front());
    if (!stored) return std::unexpected(std::move(stored.error()));
    if (auto valid = check_record(*stored); !valid) return std::unexpected(std::move(valid.error()));
    if (!is_pending(stored->record)) {
        context.log.note(stored->name() + " does not wait for confirmation");
        return ExitCode::done;
    }
    const auto folder = state_folder();
    if (!folder) return std::unexpected(folder.error());
    if (auto made = files::make_private_folder(*folder); !made) return failure(ExitCode::target, made.error());
    auto held = files::HeldFile::take(state_place().watchdog_file(stored->record.id));
    if (!held && held.error().code == ErrorCode::conflict) {
        context.log.note("another process waits for " + stored->name() + " already");
        return ExitCode::done;
    }
    if (!held) return failure(ExitCode::target, held.error());
    // Nobody reads what this prints.
    context.log.open_audit();
    auto done = revert_when_due(context, std::move(*stored));
    if (auto removed = held->remove(); !removed) context.log.report({"watchdog", Severity::warning, {}, removed.error().message, {}});
    return done;
}

}  // namespace schancfg::cli
