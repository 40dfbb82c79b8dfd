#include "schancfg/journal/marker.hpp"

#include <algorithm>
#include <filesystem>

#include "schancfg/backend/machine.hpp"
#include "schancfg/files/file.hpp"
#include "schancfg/files/folder.hpp"
#include "schancfg/files/held.hpp"
#include "schancfg/files/path.hpp"
#include "schancfg/files/system_path.hpp"
#include "schancfg/journal/run_state.hpp"

namespace schancfg::journal {
namespace {

namespace fs = std::filesystem;
using codec::RecordStatus;

constexpr std::size_t max_marker = 64u << 10;
constexpr std::string_view marker_end = ".marker";

std::optional<Unfinished> read_marker(const std::string& file, bool trusted) {
    const auto text = trusted ? files::read_trusted_file(file, max_marker) : files::read_file(file, max_marker);
    if (!text) return std::nullopt;
    auto marker = codec::decode_marker(*text, file);
    if (!marker) return std::nullopt;
    Unfinished out;
    out.marker = std::move(*marker);
    out.file = file;
    return out;
}

void look_at_record(Unfinished& each, const StateFolder& folder) {
    std::error_code error;
    std::string file = folder.record_file(each.marker.id);
    if (!fs::exists(files::path_of(file), error)) file = each.marker.record;
    each.has_record = !file.empty() && (fs::exists(files::path_of(file), error) || error);
    if (auto stored = load_record(folder, file); stored && stored->record.id == each.marker.id) each.record = std::move(*stored);
    if (!each.record || each.record->record.undoes.empty()) return;
    const auto undone = find_record(folder, each.record->record.undoes);
    each.undid_its_record = !undone || undone->record.status == RecordStatus::undone;
}

}  // namespace

bool Unfinished::is_open() const {
    return record && (record->record.status == RecordStatus::prepared || is_pending(record->record));
}

bool Unfinished::waited() const { return waits() && record && !is_pending(record->record); }

bool Unfinished::left_nothing() const {
    if (running || (waits() && !waited())) return false;
    if (!record) return !has_record && marker.command == "apply";
    if (record->record.undoes.empty()) return !run_state_row(run_state(record->record)).can_be_undone;
    return record->record.status == RecordStatus::applied && undid_its_record;
}

std::vector<Unfinished> find_unfinished(const StateFolder& own, const std::string& machine) {
    std::vector<Unfinished> out;
    std::vector<std::string> all = own.others;
    if (!own.path.empty()) all.push_back(own.path);
    for (const std::string& folder : all) {
        // Whatever a marker says is reported; what it leads to is only acted upon where nobody else can have put it there.
        const bool trusted = folder == own.path && files::check_private_folder(folder);
        std::error_code error;
        for (fs::directory_iterator at(files::path_of(folder), error), end; !error && at != end; at.increment(error)) {
            const std::string name = files::utf8_of(at->path().filename());
            if (!name.ends_with(marker_end) || !codec::is_record_id(std::string_view(name).substr(0, name.size() - marker_end.size()))) continue;
            auto each = read_marker(files::join(folder, name), trusted);
            const bool act = each && trusted;
            if (!each) each = read_marker(files::join(folder, name), false);
            if (!each || !backend::is_same_machine(each->marker.machine, machine) || name != each->marker.id + std::string(marker_end)) continue;
            each->running = files::is_held(each->file).value_or(false);
            if (act) look_at_record(*each, own);
            if (each->waits()) each->watched = StateFolder{folder}.is_watched(each->marker.id);
            out.push_back(std::move(*each));
        }
    }
    std::ranges::sort(out, {}, [](const Unfinished& each) { return each.marker.id; });
    return out;
}

}  // namespace schancfg::journal
