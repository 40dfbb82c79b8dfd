#include "schancfg/journal/record.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <tuple>

#include "schancfg/apply/twin.hpp"
#include "schancfg/files/file.hpp"
#include "schancfg/files/folder.hpp"
#include "schancfg/files/path.hpp"
#include "schancfg/journal/clock.hpp"

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

// What is written can be read again.
Result<std::string> encode(const StoredRecord& stored) {
    std::string text = codec::encode_record(stored.record);
    if (text.size() <= max_record) return text;
    return fail(ErrorCode::malformed, "the record of these changes would be larger than the 64 MiB that a record may have");
}

}  // namespace

codec::Record new_record(plan::Plan plan, codec::Record::Kind kind) {
    const auto instant = std::chrono::system_clock::now();
    codec::Record out;
    out.kind = kind;
    out.id = new_id(instant);
    out.time = time_text(std::chrono::floor<std::chrono::seconds>(instant));
    out.plan = std::move(plan);
    return out;
}

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

Result<std::vector<StoredRecord>> list_records(const StateFolder& folder, std::vector<Error>& skipped) {
    std::vector<StoredRecord> out;
    std::error_code error;
    const fs::directory_iterator entries(files::path_of(folder.path), error);
    if (error == std::errc::no_such_file_or_directory) return out;
    if (error) return fail(ErrorCode::io, folder.path + " cannot be read: " + error.message());
    if (auto trusted = files::check_private_folder(folder.path); !trusted) return std::unexpected(std::move(trusted.error()));
    for (const fs::directory_entry& entry : entries) {
        const std::string name = files::utf8_of(entry.path().filename());
        if (!name.ends_with(record_end) || !codec::is_record_id(std::string_view(name).substr(0, name.size() - record_end.size()))) continue;
        auto stored = load_record(folder, files::utf8_of(entry.path()));
        if (stored) out.push_back(std::move(*stored));
        else skipped.push_back(std::move(stored.error()));
    }
    std::ranges::sort(out, [](const StoredRecord& a, const StoredRecord& b) { return a.record.id > b.record.id; });
    return out;
}

}  // namespace schancfg::journal
