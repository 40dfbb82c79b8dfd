#include "session/records.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <tuple>

#include "session/clock.hpp"
#include "schancfg/files/path.hpp"
#include "schancfg/files/file.hpp"
#include "schancfg/files/folder.hpp"
#include "schancfg/apply/twin.hpp"

namespace schancfg::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t max_record = 64u << 20;

std::string twin_of(std::string_view file) {
    if (file.ends_with(".json")) file.remove_suffix(5);
    return std::string(file) + ".reg";
}

// A run that goes on from another is taken back with it.
std::string twin_text(const codec::Record& record) {
    plan::Plan all = record.plan;
    all.changes.insert(all.changes.end(), record.under_way.changes.begin(), record.under_way.changes.end());
    return apply::encode_twin(all);
}

Outcome<StoredRecord> decode(const std::string& file, const Result<std::string>& text) {
    if (!text) return failure(text.error().code == ErrorCode::access_denied ? ExitCode::target : ExitCode::usage, text.error());
    auto record = codec::decode_record(*text, file);
    if (!record) return failure(ExitCode::usage, record.error());
    return StoredRecord{file, std::move(*record)};
}

}  // namespace

std::string StoredRecord::name() const {
    const auto usual = record_file(record.id);
    return usual && *usual == file ? record.id : file;
}

codec::Record new_record(plan::Plan plan, codec::Record::Kind kind) {
    const auto instant = std::chrono::system_clock::now();
    codec::Record out;
    out.kind = kind;
    out.id = id_at(instant);
    out.time = time_text(std::chrono::floor<std::chrono::seconds>(instant));
    out.plan = std::move(plan);
    return out;
}

Outcome<void> save_plan(const std::string& file, const codec::Record& record) {
    if (auto written = files::write_file(file, codec::encode_record(record)); !written) return failure(ExitCode::target, written.error());
    return {};
}

Outcome<StoredRecord> load_plan(const std::string& file) { return decode(file, files::read_file(file, max_record)); }

Outcome<StoredRecord> load_record(const std::string& file) { return decode(file, files::read_trusted_file(file, max_record)); }

Outcome<std::string> record_file(const std::string& id) {
    auto folder = state_folder();
    if (!folder) return std::unexpected(std::move(folder.error()));
    return files::join(*folder, id + ".json");
}

Outcome<void> store_record(const StoredRecord& stored, backend::Kind kind) {
    const bool twin = kind == backend::Kind::live;
    // The twin first: a record without one is whole, a twin without its record would be of no use to `undo`.
    if (twin) {
        if (auto written = files::write_new_file(twin_of(stored.file), twin_text(stored.record), files::Readers::owner); !written) {
            return failure(written.error().code == ErrorCode::conflict ? ExitCode::usage : ExitCode::target, written.error());
        }
    }
    if (auto written = files::write_new_file(stored.file, codec::encode_record(stored.record), files::Readers::owner); !written) {
        if (twin) std::ignore = files::remove_file(twin_of(stored.file));
        if (written.error().code == ErrorCode::conflict) return usage(stored.file + " exists; an undo record never replaces a file");
        return failure(ExitCode::target, written.error());
    }
    return {};
}

Outcome<void> update_record(const StoredRecord& stored, backend::Kind kind) {
    if (kind == backend::Kind::live) {
        if (auto written = files::write_file(twin_of(stored.file), twin_text(stored.record), files::Readers::owner); !written) return failure(ExitCode::target, written.error());
    }
    if (auto written = files::write_file(stored.file, codec::encode_record(stored.record), files::Readers::owner); !written) return failure(ExitCode::target, written.error());
    return {};
}

Outcome<std::vector<StoredRecord>> list_records(Diagnostics& warnings) {
    auto folder = state_folder();
    if (!folder) return std::unexpected(std::move(folder.error()));
    std::vector<StoredRecord> out;
    std::error_code error;
    const fs::directory_iterator entries(files::path_of(*folder), error);
    if (error == std::errc::no_such_file_or_directory) return out;
    if (error) return failure(ExitCode::target, *folder + " cannot be read: " + error.message());
    if (auto trusted = files::check_private_folder(*folder); !trusted) return failure(ExitCode::target, trusted.error());
    for (const fs::directory_entry& entry : entries) {
        const std::string name = files::utf8_of(entry.path().filename());
        if (!name.ends_with(".json") || !codec::is_record_id(std::string_view(name).substr(0, name.size() - 5))) continue;
        auto stored = load_record(files::utf8_of(entry.path()));
        if (stored) {
            out.push_back(std::move(*stored));
        } else {
            for (Diagnostic& line : stored.error().lines) {
                line.severity = Severity::warning;
                warnings.push_back(std::move(line));
            }
        }
    }
    std::ranges::sort(out, [](const StoredRecord& a, const StoredRecord& b) { return a.record.id > b.record.id; });
    return out;
}

Outcome<StoredRecord> find_record(const std::string& id_or_file) {
    if (!codec::is_record_id(id_or_file)) {
        std::error_code ignored;
        if (id_or_file.find_first_of("./\\") == std::string::npos && !fs::exists(files::path_of(id_or_file), ignored)) {
            return usage("\"" + id_or_file + "\" is neither an id of an undo record nor a file; `schancfg undo --list` lists the records");
        }
        return load_record(id_or_file);
    }
    auto folder = state_folder();
    if (!folder) return std::unexpected(std::move(folder.error()));
    const std::string file = files::join(*folder, id_or_file + ".json");
    std::error_code error;
    if (!fs::exists(files::path_of(file), error) && !error) {
        return usage("there is no undo record " + id_or_file + " in " + *folder + "; `schancfg undo --list` lists them");
    }
    if (auto trusted = files::check_private_folder(*folder); !trusted) return failure(ExitCode::target, trusted.error());
    return load_record(file);
}

}  // namespace schancfg::cli
