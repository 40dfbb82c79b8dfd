#include "session/watchdog.hpp"

#include <chrono>
#include <thread>

#include "schancfg/files/path.hpp"
#include "schancfg/files/file.hpp"
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
    if (place.is_watched(stored.record.id) == true) return {};
    auto program = program_for_later(stored, kind);
    if (!program) return refused(program.error().message);
    if (auto made = make_start_up_task(stored, kind, *program); !made) return refused(made.error().message);
    std::error_code ignored;
    std::vector<std::string> words{"revert", files::utf8_of(std::filesystem::absolute(files::path_of(stored.file), ignored)), "--quiet"};
    if (context.options.has("syslog")) words.emplace_back("--syslog");
    if (auto started = start_detached(*program, words); !started) return refused(started.error().message);
    for (int attempt = 0; attempt < 1000; ++attempt) {
        if (place.is_watched(stored.record.id) == true) return {};
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return refused(*program + " did not answer within ten seconds");
}

void dismiss_watchdog(const Context& context, const StoredRecord& stored, backend::Kind kind) {
    if (stored.record.revert_at.empty()) return;
    if (auto removed = remove_start_up_task(stored, kind); !removed) {
        context.log.report({"start-up-task", Severity::warning, {}, removed.error().message, {}});
    }
}

}  // namespace schancfg::cli
