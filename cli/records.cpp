#include "records.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>

#include "arguments.hpp"
#include "file.hpp"
#include "schancfg/apply/twin.hpp"
#include "state_folder.hpp"

namespace schancfg::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t max_record = 64u << 20;

struct Now {
    std::string id;    // `20261121T074500Z-3f9c`
    std::string time;  // `2026-11-21T07:45:00Z`
};

// The last four digits are the part of the second that has passed, so that the ids of one second sort by time as well.
// (std::format of times is missing in GCC 12.)
Now now() {
    using namespace std::chrono;
    const auto instant = system_clock::now();
    const auto time = floor<seconds>(instant);
    const year_month_day date(floor<days>(time));
    const hh_mm_ss clock(time - floor<days>(time));
    const auto number = [](auto value) { return static_cast<int>(value); };
    const int parts[] = {number(date.year()), number(unsigned(date.month())), number(unsigned(date.day())),
                         number(clock.hours().count()), number(clock.minutes().count()), number(clock.seconds().count())};
    const auto fraction = static_cast<unsigned>(duration_cast<nanoseconds>(instant - time).count() * 0x10000 / 1'000'000'000);
    char id[40];
    char readable[32];
    std::snprintf(id, sizeof id, "%04d%02d%02dT%02d%02d%02dZ-%04x", parts[0], parts[1], parts[2], parts[3], parts[4], parts[5],
                  fraction & 0xFFFFu);
    std::snprintf(readable, sizeof readable, "%04d-%02d-%02dT%02d:%02d:%02dZ", parts[0], parts[1], parts[2], parts[3], parts[4], parts[5]);
    return {id, readable};
}

std::string join(const std::string& folder, const std::string& name) { return utf8_of(path_of(folder) / path_of(name)); }

std::string twin_of(std::string_view file) {
    if (file.ends_with(".json")) file.remove_suffix(5);
    return std::string(file) + ".reg";
}

}  // namespace

codec::Record new_record(plan::Plan plan, codec::Record::Kind kind) {
    Now stamp = now();
    codec::Record out;
    out.kind = kind;
    out.id = std::move(stamp.id);
    out.time = std::move(stamp.time);
    out.plan = std::move(plan);
    return out;
}

Outcome<void> save_plan(const std::string& file, const codec::Record& record) {
    if (auto written = write_file(file, codec::encode_record(record)); !written) return failure(ExitCode::target, written.error());
    return {};
}

Outcome<StoredRecord> load_record(const std::string& file) {
    auto text = read_file(file, max_record);
    if (!text) return failure(ExitCode::usage, text.error());
    auto record = codec::decode_record(*text, file);
    if (!record) return failure(ExitCode::usage, record.error());
    return StoredRecord{file, std::move(*record)};
}

Outcome<std::string> state_folder() {
#ifdef _WIN32
    if (const auto base = environment("ProgramData")) return join(*base, "schancfg");
    return failure(ExitCode::target, "%ProgramData% is not set, so there is no place for the undo record; name one with --backup FILE");
#else
    // The specification of base directories takes relative paths for not set.
    if (const auto base = environment("XDG_STATE_HOME"); base && base->starts_with('/')) return join(*base, "schancfg");
    if (const auto home = environment("HOME")) return join(*home, ".local/state/schancfg");
    return failure(ExitCode::target, "neither $XDG_STATE_HOME nor $HOME is set, so there is no place for the undo record; name one with --backup FILE");
#endif
}

Outcome<StoredRecord> store_record(codec::Record record, const std::optional<std::string>& file, backend::Kind kind) {
    std::string path;
    if (file) {
        path = *file;
    } else {
        auto folder = state_folder();
        if (!folder) return std::unexpected(std::move(folder.error()));
        if (auto made = make_state_folder(*folder); !made) return failure(ExitCode::target, made.error());
        path = join(*folder, record.id + ".json");
    }
    // The twin first: a record without one is whole, a twin without its record would be of no use to `undo`.
    if (kind == backend::Kind::live) {
        if (auto written = write_new_file(twin_of(path), apply::encode_twin(record.plan)); !written) {
            return failure(written.error().code == ErrorCode::conflict ? ExitCode::usage : ExitCode::target, written.error());
        }
    }
    if (auto written = write_new_file(path, codec::encode_record(record)); !written) {
        std::error_code ignored;
        if (kind == backend::Kind::live) fs::remove(path_of(twin_of(path)), ignored);
        if (written.error().code == ErrorCode::conflict) return usage(path + " exists; an undo record never replaces a file");
        return failure(ExitCode::target, written.error());
    }
    return StoredRecord{path, std::move(record)};
}

Outcome<void> update_record(const StoredRecord& stored) { return save_plan(stored.file, stored.record); }

Outcome<std::vector<StoredRecord>> list_records(Diagnostics& warnings) {
    auto folder = state_folder();
    if (!folder) return std::unexpected(std::move(folder.error()));
    std::vector<StoredRecord> out;
    std::error_code error;
    fs::directory_iterator entries(path_of(*folder), error);
    if (error == std::errc::no_such_file_or_directory) return out;
    if (error) return failure(ExitCode::target, *folder + " cannot be read: " + error.message());
    if (auto trusted = check_state_folder(*folder); !trusted) return failure(ExitCode::target, trusted.error());
    for (const fs::directory_entry& entry : entries) {
        const std::string name = utf8_of(entry.path().filename());
        if (!name.ends_with(".json") || !codec::is_record_id(std::string_view(name).substr(0, name.size() - 5))) continue;
        auto stored = load_record(utf8_of(entry.path()));
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
        if (id_or_file.find_first_of("./\\") == std::string::npos && !fs::exists(path_of(id_or_file), ignored)) {
            return usage("\"" + id_or_file + "\" is neither an id of an undo record nor a file; `schancfg undo --list` lists the records");
        }
        return load_record(id_or_file);
    }
    auto folder = state_folder();
    if (!folder) return std::unexpected(std::move(folder.error()));
    const std::string file = join(*folder, id_or_file + ".json");
    std::error_code error;
    if (!fs::exists(path_of(file), error) && !error) {
        return usage("there is no undo record " + id_or_file + " in " + *folder + "; `schancfg undo --list` lists them");
    }
    if (auto trusted = check_state_folder(*folder); !trusted) return failure(ExitCode::target, trusted.error());
    return load_record(file);
}

}  // namespace schancfg::cli
