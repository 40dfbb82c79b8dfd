#include "session/watchdog.hpp"

#include <chrono>
#include <map>
#include <thread>

#include "schancfg/files/path.hpp"
#include "schancfg/files/system_path.hpp"
#include "schancfg/files/file.hpp"
#include "schancfg/files/folder.hpp"
#include "schancfg/files/held.hpp"
#include "session/process.hpp"
#include "session/start_up_task.hpp"
#include "inputs/state_folder.hpp"

namespace schancfg::cli {
namespace {

Outcome<void> refused(const std::string& why) {
    return failure(ExitCode::target, "the watchdog cannot be started: " + why + "; nothing was touched");
}

}  // namespace

Outcome<void> start_watchdog(const Context& context, const StoredRecord& stored, backend::Kind kind) {
    const auto folder = state_folder();
    if (!folder) return std::unexpected(folder.error());
    const journal::StateFolder place = state_place();
    const auto give_up = [&](const std::string& why) {
        dismiss_watchdog(context, stored, kind);
        return refused(why);
    };
    const bool is_watched = place.is_watched(stored.record.id) == true;
    auto program = program_for_later(kind);
    if (!program) return give_up(program.error().message);
    // Also where a process waits already, which reads its time from the record: the task has one of its own.
    if (auto made = make_start_up_task(stored, kind, *program); !made) return is_watched ? refused(made.error().message) : give_up(made.error().message);
    if (is_watched) return {};
    std::error_code ignored;
    std::vector<std::string> words{"revert", files::utf8_of(std::filesystem::absolute(files::path_of(stored.file), ignored)), "--quiet"};
    if (context.options.has("syslog")) words.emplace_back("--syslog");
    if (auto started = start_detached(*program, words); !started) return give_up(started.error().message);
    for (int attempt = 0; attempt < 1000; ++attempt) {
        if (place.is_watched(stored.record.id) == true) return {};
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return give_up(*program + " did not answer within ten seconds");
}

void dismiss_watchdog(const Context& context, const StoredRecord& stored, backend::Kind kind) {
    if (stored.record.revert_at.empty()) return;
    if (auto removed = remove_start_up_task(stored.record.id, kind); !removed) {
        context.log.report({"start-up-task", Severity::warning, {}, removed.error().message, {}});
    }
    if (const auto place = state_place(); !place.path.empty()) std::ignore = journal::release_room(place, stored.record.id);
}

void sweep_watchdogs(const Context& context) {
    const journal::StateFolder place = state_place();
    if (place.path.empty() || !files::check_private_folder(place.path)) return;
    const auto all = files::list_files(place.path, 1'000'000);
    if (!all) return;
    // Only a record that was read, and says so, waits for nothing; and one that nothing at all is there of.
    std::map<std::string, bool> known;
    const auto waits = [&](const std::string& id) {
        if (const auto found = known.find(id); found != known.end()) return found->second;
        const auto stored = journal::find_record(place, id);
        const bool gone = !stored && stored.error().code == ErrorCode::not_found && !files::exists(place.marker_file(id));
        return known[id] = stored ? is_pending(stored->record) : !gone;
    };
    for (const std::string& file : *all) {
        const std::string name = files::utf8_of(files::path_of(file).filename());
        const std::size_t dot = name.find('.');
        const std::string id = name.substr(0, dot);
        if (dot == std::string::npos || !codec::is_record_id(id)) continue;
        const std::string ending = name.substr(dot);
        const bool is_watch = ending == ".watchdog" || ending == ".waiter";
        if (!is_watch && ending != ".reserve" && ending != ".task.xml" && ending != ".exe") continue;
        if (waits(id) || (is_watch && files::is_held(file) != false)) continue;
        std::ignore = files::remove_file(file);
    }
    if (auto swept = sweep_start_up_tasks(waits); !swept) context.log.debug(swept.error().message);
}

}  // namespace schancfg::cli
