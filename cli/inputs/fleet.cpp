#include "inputs/fleet.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_set>
#include <utility>

#include "console/progress.hpp"
#include "console/terminal.hpp"
#include "inputs/machine_states.hpp"
#include "inputs/sources.hpp"
#include "schancfg/backend/hive_files.hpp"
#include "schancfg/files/file.hpp"
#include "schancfg/files/folder.hpp"
#include "schancfg/files/path.hpp"
#include "schancfg/files/system_path.hpp"
#include "schancfg/schannel/computed_list.hpp"
#include "schancfg/text.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::cli {
namespace {

constexpr std::size_t most_sources = 1000000;

bool ends_with(std::string_view text, std::string_view end) {
    return text.size() > end.size() && utf::ends_with_no_case(text, end);
}

bool is_of_fleet(std::string_view file) { return ends_with(file, ".reg") || ends_with(file, failure_suffix); }

bool can_list(const std::string& folder) {
    std::error_code error;
    const std::filesystem::directory_iterator at(files::path_of(folder), error);
    return !error;
}

Outcome<void> add_folder(const std::string& folder, std::vector<std::string>& out) {
    std::error_code error;
    std::size_t found = 0;
    const auto take = [&](std::string source) -> Outcome<void> {
        ++found;
        if (out.size() == most_sources) return usage("more than 1,000,000 sources");
        out.push_back(std::move(source));
        return {};
    };
    const backend::Holds own = backend::holds_hives(folder);
    if (own != backend::Holds::nothing) {
        if (auto taken = take("hive:" + folder); !taken || own == backend::Holds::image) return taken;
    }
    const auto skip = std::filesystem::directory_options::skip_permission_denied;
    std::filesystem::recursive_directory_iterator at(files::path_of(folder), skip, error), end;
    for (; !error && at != end; at.increment(error)) {
        std::error_code ignored;
        std::string path = files::utf8_of(at->path());
        if (at->is_directory(ignored) && !at->is_symlink(ignored)) {
            // Whatever lies in a folder that we may not look into, nobody has judged it.
            if (!can_list(path)) {
                if (auto taken = take(std::move(path)); !taken) return taken;
                continue;
            }
            const backend::Holds holds = backend::holds_hives(path);
            if (holds == backend::Holds::nothing) continue;
            // What else lies in an image belongs to that machine.
            if (holds == backend::Holds::image) at.disable_recursion_pending();
            if (auto taken = take("hive:" + path); !taken) return taken;
            continue;
        }
        // A link that leads nowhere was to be a machine too.
        if (!is_of_fleet(path) || at->is_directory(ignored)) continue;
        if (auto taken = take(std::move(path)); !taken) return taken;
    }
    if (error) return failure(ExitCode::target, folder + " cannot be listed: " + error.message());
    if (found == 0) return usage(folder + " holds no .reg file and no hive, nor any folder in it");
    return {};
}

Outcome<void> add_pattern(const std::string& pattern, std::vector<std::string>& out) {
    const std::size_t slash = pattern.find_last_of("/\\");
    const std::string folder = slash == std::string::npos ? "." : pattern.substr(0, slash + 1);
    const std::string name = slash == std::string::npos ? pattern : pattern.substr(slash + 1);
    if (schannel::is_glob(folder)) return usage("in \"" + pattern + "\" only the name of the file may hold * and ?; folders are searched with all below them");
    auto listed = files::list_files(folder, most_sources);
    if (!listed) return failure(ExitCode::target, listed.error());
    std::size_t found = 0;
    for (const std::string& path : *listed) {
        const std::string file = files::utf8_of(files::path_of(path).filename());
        if (!schannel::matches(name, file)) continue;
        out.push_back(slash == std::string::npos ? file : folder + file);
        ++found;
    }
    return found == 0 ? usage("no file matches \"" + pattern + '"') : Outcome<void>{};
}

Outcome<void> add(const std::string& word, std::vector<std::string>& out) {
    if (files::is_folder(word)) return add_folder(word, out);
    if (word != "-") {
        if (schannel::is_glob(word) && !files::exists(word)) return add_pattern(word, out);
        // `live` and spellings with a scheme are sources; anything else is a file that has to be there.
        if (word.find(':') == std::string::npos && word != "live" && !files::exists(word)) return usage("\"" + word + "\" is neither a file nor a folder");
        out.push_back(word);
        return {};
    }
    auto text = standard_input();
    if (!text) return std::unexpected(std::move(text.error()));
    // As PowerShell writes a list: `>` of 5.1 in UTF-16, others with a mark before it.
    if (text->starts_with("\xFF\xFE")) *text = utf::from_utf16le(std::string_view(*text).substr(2));
    std::string_view rest = *text;
    if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
    while (!rest.empty()) {
        const std::size_t end = rest.find('\n');
        std::string line(rest.substr(0, end));
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        if (line.ends_with('\r')) line.pop_back();
        if (line.empty() || line == "-") continue;
        if (auto added = add(line, out); !added) return added;
    }
    return {};
}

std::string name_of(const std::string& source) {
    std::string name = files::utf8_of(files::path_of(source).filename());
    for (const std::string_view end : {failure_suffix, std::string_view(".reg"), std::string_view(".json")}) {
        if (ends_with(name, end)) return name.substr(0, name.size() - end.size());
    }
    return name.empty() ? source : name;
}

std::string first_line(const std::string& file) {
    const auto text = files::read_file(file, 1u << 16);
    if (!text) return text.error().message;
    std::string line = text->substr(0, text->find_first_of("\r\n"));
    return line.empty() ? "it could not be read when it was collected" : "it could not be read when it was collected: " + line;
}

audit::Machine judge_one(const std::string& source, MachineStates& states, MachineStates::Essence& essence, const audit::Criteria& criteria, Diagnostics& doubts) {
    if (ends_with(source, failure_suffix)) return audit::Criteria::unreadable(source, name_of(source), first_line(source));
    if (!is_of_fleet(source) && source.find(':') == std::string::npos && files::is_folder(source)) {
        return audit::Criteria::unreadable(source, name_of(source), "this folder cannot be listed, nor what lies in it");
    }
    MachineStates::Found found = states.read(source, essence);
    if (found.state == nullptr) return audit::Criteria::unreadable(source, name_of(source), std::move(found.why));
    if (found.name.empty()) found.name = name_of(source);
    doubts = std::move(found.doubts);
    return criteria.judge({source, std::move(found.name), std::move(found.state)});
}

/// Machines that are done in any order, given on in that of their sources.
class InOrder {
public:
    InOrder(const Judged& judged, std::size_t sources) : judged_(judged), sources_(sources) {}

    /// Until what is done and waits for an earlier one has become less. False: nobody wants it any more.
    bool wait_for_room(std::size_t at) {
        std::unique_lock lock(mutex_);
        moved_.wait(lock, [&] { return is_over_ || at < first_ + waiting_.size(); });
        return !is_over_;
    }

    void add(std::size_t at, audit::Machine machine, std::string shown) {
        const std::lock_guard lock(mutex_);
        waiting_[at % waiting_.size()] = {std::move(machine), std::move(shown)};
        for (; first_ < sources_ && waiting_[first_ % waiting_.size()]; ++first_) give(first_);
        moved_.notify_all();
    }

    /// A thread that ends early leaves what it began undone: nobody is to wait for that.
    void end() {
        const std::lock_guard lock(mutex_);
        is_over_ = true;
        moved_.notify_all();
    }

    /// After all threads: what waits for one that was left undone.
    void give_rest() {
        for (std::size_t at = first_; at < std::min(first_ + waiting_.size(), sources_); ++at) {
            if (waiting_[at % waiting_.size()]) give(at);
        }
    }

private:
    void give(std::size_t at) {
        auto& [machine, shown] = *waiting_[at % waiting_.size()];
        if (is_wanted_ && !judged_.take(std::move(machine), std::move(shown))) is_wanted_ = false, is_over_ = true;
        waiting_[at % waiting_.size()].reset();
    }

    const Judged& judged_;
    const std::size_t sources_;
    std::mutex mutex_;
    std::condition_variable moved_;
    std::size_t first_ = 0;  // that is not given on yet
    bool is_over_ = false, is_wanted_ = true;
    std::vector<std::optional<std::pair<audit::Machine, std::string>>> waiting_{512};
};

std::string how_far(std::size_t done, std::size_t all, std::chrono::steady_clock::duration passed) {
    const double seconds = std::chrono::duration<double>(passed).count();
    std::string text = std::to_string(done) + " of " + std::to_string(all) + " machines";
    if (done == 0 || seconds <= 0) return text;
    const double rate = static_cast<double>(done) / seconds;
    text += ", " + std::to_string(static_cast<std::size_t>(rate)) + " a second, " +
            std::to_string(static_cast<std::size_t>(static_cast<double>(all - done) / rate) + 1) + " s left";
    return text;
}

}  // namespace

Outcome<std::vector<std::string>> fleet_sources(const std::vector<std::string>& words) {
    std::vector<std::string> out;
    for (const std::string& word : words) {
        if (auto added = add(word, out); !added) return std::unexpected(std::move(added.error()));
    }
    std::ranges::sort(out);
    const auto repeated = std::ranges::unique(out);
    out.erase(repeated.begin(), repeated.end());
    // One word gives no file in two spellings.
    if (words.size() > 1 || words.front() == "-") {
        std::unordered_set<std::string> known;
        std::erase_if(out, [&](const std::string& source) { return !known.insert(files::utf8_of(files::path_of(source).lexically_normal())).second; });
    }
    if (out.empty()) return usage("standard input names no source");
    return out;
}

bool judge_all(const Context& context, const std::vector<std::string>& sources, const audit::Criteria& criteria, const effect::Circumstances& known,
               const facts::Release* release, const Judged& judged) {
    backend::OpenOptions asked;
    asked.os = release;
    asked.strict = context.options.has("strict");
    asked.whole = context.options.has("whole");
    asked.counted = false;
    asked.updates = known.updates;
    asked.updates_complete = known.updates_complete;

    std::vector<Diagnostics> doubts(sources.size());
    std::atomic<std::size_t> next = 0, done = 0;
    const StopRequest stop;
    InOrder in_order(judged, sources.size());
    const auto began = std::chrono::steady_clock::now();
    {
        const Progress progress(context.log, [&] { return how_far(done, sources.size(), std::chrono::steady_clock::now() - began); });
        MachineStates states(asked, known);
        const auto work = [&] {
            MachineStates::Essence essence;
            for (std::size_t at = next++; at < sources.size() && !stop.asked() && in_order.wait_for_room(at); at = next++) {
                audit::Machine machine = judge_one(sources[at], states, essence, criteria, doubts[at]);
                std::string shown = judged.show(machine);
                in_order.add(at, std::move(machine), std::move(shown));
                ++done;
            }
            if (stop.asked()) in_order.end();
        };
        const std::size_t threads = std::min<std::size_t>(std::max(1u, std::thread::hardware_concurrency()), sources.size());
        std::vector<std::thread> others;
        for (std::size_t i = 1; i < threads; ++i) others.emplace_back(work);
        work();
        for (std::thread& other : others) other.join();
    }
    in_order.give_rest();
    for (const Diagnostics& each : doubts) context.log.report(each);
    return done == sources.size();
}

}  // namespace schancfg::cli
