#include <algorithm>
#include <chrono>
#include <thread>

#include "schancfg/journal/clock.hpp"
#include "commands/commands.hpp"
#include "schancfg/files/folder.hpp"
#include "schancfg/files/held.hpp"
#include "inputs/sources.hpp"
#include "session/record_undo.hpp"
#include "inputs/records.hpp"
#include "inputs/state_folder.hpp"
#include "session/watchdog.hpp"

namespace schancfg::cli {
namespace {

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

// A target that another process is writing, or a machine that does not answer, is tried again for this long.
constexpr auto patience = 1h;

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

// nullopt: it does not wait for anything any more.
std::optional<StoredRecord> still_pending(const std::string& file) {
    auto stored = load_record(file);
    if (!stored || !is_pending(stored->record)) return std::nullopt;
    return std::move(*stored);
}

// Waits until it is due; false: it is settled meanwhile.
bool wait_for(const std::string& file, Deadline& deadline) {
    while (const auto stored = still_pending(file)) {
        deadline.set(stored->record.revert_at);
        if (deadline.is_due()) return true;
        std::this_thread::sleep_for(500ms);
    }
    return false;
}

Outcome<ExitCode> revert_when_due(const Context& context, const std::string& file) {
    Deadline deadline;
    for (std::optional<Steady::time_point> first_attempt;; std::this_thread::sleep_for(1s)) {
        if (!wait_for(file, deadline)) return ExitCode::done;
        if (!first_attempt) first_attempt = Steady::now();
        const auto stored = still_pending(file);
        if (!stored) return ExitCode::done;
        auto target = open_target(context, stored->record.target, false, Telling::nothing);
        Outcome<ExitCode> done = std::unexpected(target ? Failure{} : target.error());
        if (target) {
            // What was read before the lock was ours may not be true any more.
            const auto locked = still_pending(file);
            if (!locked) return ExitCode::done;
            deadline.set(locked->record.revert_at);
            if (!deadline.is_due()) continue;
            done = revert(context, *locked, *target);
        }
        if (done || done.error().code == ExitCode::usage || Steady::now() - *first_attempt > patience) return done;
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
    auto done = revert_when_due(context, stored->file);
    if (auto removed = held->remove(); !removed) context.log.report({"watchdog", Severity::warning, {}, removed.error().message, {}});
    return done;
}

}  // namespace schancfg::cli
