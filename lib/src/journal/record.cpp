#include "schancfg/journal/record.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <optional>
#include <set>
#include <tuple>

#include "schancfg/apply/twin.hpp"
#include "schancfg/backend/machine.hpp"
#include "schancfg/files/file.hpp"
#include "schancfg/files/folder.hpp"
#include "schancfg/files/system_path.hpp"
#include "schancfg/journal/clock.hpp"
#include "schancfg/journal/run_state.hpp"

namespace schancfg::journal {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t max_record = 64u << 20;
constexpr std::string_view record_end = ".json";

std::string twin_of(std::string_view file) {
    if (file.ends_with(record_end)) file.remove_suffix(record_end.size());
    return std::string(file) + ".reg";
}

// A run that goes on from another is undone with it.
std::string twin_text(const codec::Record& record) {
    plan::Plan all = record.plan;
    all.changes.insert(all.changes.end(), record.under_way.changes.begin(), record.under_way.changes.end());
    return apply::encode_twin(all);
}

Result<StoredRecord> decode(const StateFolder& folder, const std::string& file, const Result<std::string>& text) {
    if (!text) return std::unexpected(text.error());
    auto record = codec::decode_record(*text, file);
    if (!record) return std::unexpected(std::move(record.error()));
    const bool is_in = !folder.path.empty() && folder.record_file(record->id) == file;
    return StoredRecord{file, std::move(*record), is_in};
}

// A folder for the file that is not there is nothing that the caller could find elsewhere.
Error write_error(Error error) {
    if (error.code == ErrorCode::not_found) error.code = ErrorCode::io;
    return error;
}

std::string machine_of(const codec::Record& record) { return backend::machine_key(record.machine); }

// Fewer characters than the values of these changes take: two a byte, or one for two bytes of text.
std::size_t least_size(const plan::Plan& plan) {
    std::size_t size = 0;
    for (const plan::Change& change : plan.changes) {
        for (const std::optional<registry::Value>* value : {&change.before, &change.after}) {
            if (!*value) continue;
            const std::size_t bytes = (*value)->bytes.size();
            size += (*value)->type == registry::reg_binary ? 2 * bytes : bytes / 2;
        }
    }
    return size;
}

// What is written can be read again. (What surely can't be is not made first: it would take several times its size.)
Result<std::string> encode(const StoredRecord& stored) {
    if (least_size(stored.record.plan) <= max_record) {
        std::string text = codec::encode_record(stored.record);
        if (text.size() <= max_record) return text;
    }
    return fail(ErrorCode::malformed, "the record of these changes would be larger than the 64 MiB that a record may have");
}

}  // namespace

Result<StoredRecord> load_plan(const StateFolder& folder, const std::string& file) { return decode(folder, file, files::read_file(file, max_record)); }

Result<StoredRecord> load_record(const StateFolder& folder, const std::string& file) {
    return decode(folder, file, files::read_trusted_file(file, max_record));
}

Result<StoredRecord> find_record(const StateFolder& folder, std::string_view id) {
    if (!codec::is_record_id(id) || folder.path.empty()) return fail(ErrorCode::not_found, "there is no undo record " + std::string(id));
    const std::string file = folder.record_file(id);
    if (!files::exists(file)) return fail(ErrorCode::not_found, "there is no undo record " + std::string(id) + " in " + folder.path);
    if (auto trusted = files::check_private_folder(folder.path); !trusted) return std::unexpected(std::move(trusted.error()));
    return load_record(folder, file);
}

Result<void> store_record(const StoredRecord& stored, backend::Kind kind) {
    const auto text = encode(stored);
    if (!text) return std::unexpected(text.error());
    const auto exists = [](const std::string& file) { return fail(ErrorCode::malformed, file + " exists; an undo record never replaces a file"); };
    const bool twin = kind == backend::Kind::live;
    // The twin first: a record without one is whole, a twin without its record would be of no use.
    if (twin) {
        if (auto written = files::write_new_file(twin_of(stored.file), twin_text(stored.record), files::Readers::owner); !written) {
            if (written.error().code == ErrorCode::conflict) return exists(twin_of(stored.file));
            return std::unexpected(write_error(std::move(written.error())));
        }
    }
    if (auto written = files::write_new_file(stored.file, *text, files::Readers::owner); !written) {
        if (twin) std::ignore = files::remove_file(twin_of(stored.file));
        if (written.error().code == ErrorCode::conflict) return exists(stored.file);
        return std::unexpected(write_error(std::move(written.error())));
    }
    return {};
}

Result<void> update_record(const StoredRecord& stored, backend::Kind kind) {
    const auto text = encode(stored);
    if (!text) return std::unexpected(text.error());
    if (kind == backend::Kind::live) {
        if (auto written = files::write_file(twin_of(stored.file), twin_text(stored.record), files::Readers::owner); !written) {
            return std::unexpected(write_error(std::move(written.error())));
        }
    }
    if (auto written = files::write_file(stored.file, *text, files::Readers::owner); !written) return std::unexpected(write_error(std::move(written.error())));
    return {};
}

Result<void> reserve_room(const StateFolder& folder, const StoredRecord& stored) {
    // Twice the record (the one of the undo, and this one again), the marker, what file systems need besides; the file of the target.
    std::size_t size = 2 * codec::encode_record(stored.record).size() + (64u << 10);
    std::error_code none;
    const auto target = fs::file_size(files::path_of(stored.record.machine), none);
    if (!none) size += static_cast<std::size_t>(std::min<std::uintmax_t>(target, 256u << 20));
    // Bytes that no file system can compress.
    std::string bytes(size, '\0');
    std::uint64_t state = size;
    for (char& byte : bytes) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        byte = static_cast<char>(state >> 56);
    }
    return files::write_file(folder.reserve_file(stored.record.id), bytes, files::Readers::owner);
}

Result<void> release_room(const StateFolder& folder, std::string_view id) { return files::remove_file(folder.reserve_file(id)); }

namespace {

// Files of the folder that are called like records, newest first: their names sort by time.
Result<std::vector<std::string>> record_files(const StateFolder& folder) {
    std::vector<std::string> out;
    std::error_code error;
    const fs::directory_iterator entries(files::path_of(folder.path), error);
    if (error == std::errc::no_such_file_or_directory) return out;
    if (error) return fail(ErrorCode::io, folder.path + " cannot be read: " + error.message());
    if (auto trusted = files::check_private_folder(folder.path); !trusted) return std::unexpected(std::move(trusted.error()));
    for (const fs::directory_entry& entry : entries) {
        const std::string name = files::utf8_of(entry.path().filename());
        if (!name.ends_with(record_end) || !codec::is_record_id(std::string_view(name).substr(0, name.size() - record_end.size()))) continue;
        out.push_back(files::utf8_of(entry.path()));
    }
    std::ranges::sort(out, std::ranges::greater{});
    return out;
}

}  // namespace

Result<std::vector<StoredRecord>> list_records(const StateFolder& folder, std::vector<Error>& skipped) {
    const auto names = record_files(folder);
    if (!names) return std::unexpected(names.error());
    std::vector<StoredRecord> out;
    for (const std::string& name : *names) {
        auto stored = load_record(folder, name);
        if (stored) out.push_back(std::move(*stored));
        else skipped.push_back(std::move(stored.error()));
    }
    return out;
}

Result<std::optional<StoredRecord>> newest_record(const StateFolder& folder, const std::function<bool(const codec::Record&)>& wanted, std::vector<Error>& skipped) {
    const auto names = record_files(folder);
    if (!names) return std::unexpected(names.error());
    for (const std::string& name : *names) {
        auto stored = load_record(folder, name);
        if (!stored) skipped.push_back(std::move(stored.error()));
        else if (wanted(stored->record)) return std::optional(std::move(*stored));
    }
    return std::optional<StoredRecord>{};
}

std::size_t prune_records(const StateFolder& folder, std::size_t most, std::size_t kept) {
    const auto names = record_files(folder);
    if (!names || names->size() <= most) return 0;
    std::set<std::string> seen;  // targets whose newest record that can be undone was met
    std::vector<const std::string*> old;
    for (const std::string& name : *names) {
        const auto stored = load_record(folder, name);
        if (!stored) continue;
        const codec::Record& record = stored->record;
        const RunState state = run_state(record);
        const bool is_newest = record.undoes.empty() && run_state_row(state).can_be_undone && seen.insert(machine_of(record)).second;
        if (!is_newest && !run_state_row(state).is_open && state != RunState::partial) old.push_back(&name);
    }
    std::size_t removed = 0;
    for (; !old.empty() && names->size() - removed > kept; old.pop_back()) {
        if (!files::remove_file(*old.back())) continue;
        std::ignore = files::remove_file(twin_of(*old.back()));
        ++removed;
    }
    return removed;
}

}  // namespace schancfg::journal
