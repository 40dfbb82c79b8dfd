#include "session/unfinished.hpp"

#include <algorithm>
#include <filesystem>

#include "session/clock.hpp"
#include "schancfg/files/path.hpp"
#include "schancfg/files/file.hpp"
#include "schancfg/files/folder.hpp"
#include "schancfg/files/held.hpp"
#include "render/escape.hpp"

namespace schancfg::cli {
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

void look_at_record(Unfinished& each, const std::string& folder) {
    std::error_code error;
    std::string file = files::join(folder, each.marker.id + ".json");
    if (!fs::exists(files::path_of(file), error)) file = each.marker.record;
    each.has_record = !file.empty() && (fs::exists(files::path_of(file), error) || error);
    if (auto stored = load_record(file); stored && stored->record.id == each.marker.id) each.record = std::move(*stored);
}

// How the user calls the record.
std::string name_of(const Unfinished& each) { return each.record ? each.record->name() : each.marker.id; }

std::string what_was_cut_off(const Unfinished& each) {
    const std::string run = (each.marker.command == "undo" ? "an undo of " : "an apply to ") + escape(each.marker.target) + " (" + each.marker.id +
                            ", " + each.marker.time + ") was interrupted";
    if (!each.has_record) return run + " before it changed anything";
    const std::string name = name_of(each);
    if (each.record) {
        switch (each.record->record.status) {
            case RecordStatus::applied: return run + " after its last change; to take it back: schancfg undo " + name;
            case RecordStatus::undone: return run + " after it was taken back";
            case RecordStatus::rolled_back: return run + " after everything was put back";
            case RecordStatus::prepared:
            case RecordStatus::partial: break;
        }
        if (!each.record->record.undoes.empty()) return run + "; to complete it: schancfg undo " + each.record->record.undoes;
    }
    return run + "; to take back what it did: schancfg undo " + name + "; to complete it, apply again";
}

std::string what_waits(const Unfinished& each) {
    const std::string name = name_of(each);
    const std::string revert_at = each.record ? each.record->record.revert_at : each.marker.revert_at;
    const auto due = time_of(revert_at);
    const bool late = due && *due < now();
    std::string text = "the changes of " + each.marker.id + " to " + escape(each.marker.target) + (late ? " were to be" : " are") + " taken back at " +
                       revert_at + " unless confirmed";
    if (each.awaited == false) text += ", and the process that was to do so is gone; to take them back now: schancfg undo " + name;
    return text + "; to keep them: schancfg confirm " + name;
}

}  // namespace

bool is_pending(const codec::Record& record) {
    const bool in_force = record.status == RecordStatus::prepared || record.status == RecordStatus::applied || record.status == RecordStatus::partial;
    return in_force && !record.revert_at.empty() && record.confirmed.empty();
}

bool Unfinished::is_open() const {
    return record && (record->record.status == RecordStatus::prepared || is_pending(record->record));
}

bool Unfinished::waited() const { return waits() && record && !is_pending(record->record); }

bool Unfinished::left_nothing() const {
    if (running || (waits() && !waited())) return false;
    if (!record) return !has_record && marker.command == "apply";
    if (record->record.undoes.empty()) return record->record.status == RecordStatus::rolled_back || record->record.status == RecordStatus::undone;
    const auto undone = find_record(record->record.undoes);
    return record->record.status == RecordStatus::applied && (!undone || undone->record.status == RecordStatus::undone);
}

std::string marker_file(const std::string& folder, const std::string& id) { return files::join(folder, id + std::string(marker_end)); }

std::string waiter_file(const std::string& folder, const std::string& id) { return files::join(folder, id + ".waiter"); }

std::vector<Unfinished> find_unfinished(const std::string& machine) {
    std::vector<Unfinished> out;
    const auto own = state_folder();
    for (const std::string& folder : state_folders()) {
        // Whatever a marker says is told; what it leads to is only acted upon where nobody else can have put it there.
        const bool trusted = own && folder == *own && files::check_private_folder(folder);
        std::error_code error;
        for (fs::directory_iterator at(files::path_of(folder), error), end; !error && at != end; at.increment(error)) {
            const std::string name = files::utf8_of(at->path().filename());
            if (!name.ends_with(marker_end) || !codec::is_record_id(std::string_view(name).substr(0, name.size() - marker_end.size()))) continue;
            auto each = read_marker(files::join(folder, name), trusted);
            const bool act = each && trusted;
            if (!each) each = read_marker(files::join(folder, name), false);
            if (!each || each->marker.machine != machine || name != each->marker.id + std::string(marker_end)) continue;
            each->running = files::is_held(each->file).value_or(false);
            if (act) look_at_record(*each, folder);
            if (each->waits()) each->awaited = files::is_held(waiter_file(folder, each->marker.id));
            out.push_back(std::move(*each));
        }
    }
    std::ranges::sort(out, {}, [](const Unfinished& each) { return each.marker.id; });
    return out;
}

void tell_unfinished(const Context& context, const std::string& machine) {
    for (const Unfinished& each : find_unfinished(machine)) {
        if (each.waited()) continue;
        if (each.running) {
            context.log.note("process " + std::to_string(each.marker.process) + " is changing " + escape(each.marker.target) + " (" + each.marker.id + ')');
        } else {
            context.log.report({each.waits() ? "unconfirmed" : "interrupted", Severity::warning, {}, each.waits() ? what_waits(each) : what_was_cut_off(each), {}});
        }
    }
}

}  // namespace schancfg::cli
