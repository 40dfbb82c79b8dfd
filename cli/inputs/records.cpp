#include "inputs/records.hpp"

#include <algorithm>
#include <array>

#include "schancfg/files/file.hpp"
#include "schancfg/files/folder.hpp"
#include "inputs/state_folder.hpp"

namespace schancfg::cli {
namespace {

template <class T>
Outcome<T> outcome(Result<T> result) {
    if (!result) return refused(result.error());
    if constexpr (std::is_void_v<T>) return {};
    else return std::move(*result);
}

}  // namespace

journal::StateFolder state_place() {
    journal::StateFolder out;
    if (auto own = state_folder()) out.path = std::move(*own);
    for (std::string& folder : state_folders()) {
        if (folder != out.path) out.others.push_back(std::move(folder));
    }
    return out;
}

Outcome<StoredRecord> load_plan(const std::string& file) { return outcome(journal::load_plan(state_place(), file)); }

Outcome<StoredRecord> load_record(const std::string& file) { return outcome(journal::load_record(state_place(), file)); }

Outcome<StoredRecord> find_record(const std::string& id_or_file) {
    if (!codec::is_record_id(id_or_file)) {
        if (id_or_file.find_first_of("./\\") == std::string::npos && !files::exists(id_or_file)) {
            return usage("\"" + id_or_file + "\" is neither an id of an undo record nor a file; `schancfg undo --list` lists the records");
        }
        return load_record(id_or_file);
    }
    const auto folder = state_folder();
    if (!folder) return std::unexpected(folder.error());
    auto found = journal::find_record(state_place(), id_or_file);
    if (!found && found.error().code == ErrorCode::not_found) return usage(found.error().message + "; `schancfg undo --list` lists them");
    return outcome(std::move(found));
}

namespace {

void warn(const std::vector<Error>& skipped, Diagnostics& warnings) {
    for (const Error& error : skipped) warnings.push_back({{}, Severity::warning, error.where.value_or(Span{}), error.message, {}});
}

}  // namespace

Outcome<std::vector<StoredRecord>> list_records(Diagnostics& warnings) {
    const auto folder = state_folder();
    if (!folder) return std::unexpected(folder.error());
    std::vector<Error> skipped;
    auto all = journal::list_records(state_place(), skipped);
    warn(skipped, warnings);
    return outcome(std::move(all));
}

Outcome<std::optional<StoredRecord>> newest_record(const std::function<bool(const codec::Record&)>& wanted, Diagnostics& warnings) {
    const auto folder = state_folder();
    if (!folder) return std::unexpected(folder.error());
    std::vector<Error> skipped;
    auto newest = journal::newest_record(state_place(), wanted, skipped);
    warn(skipped, warnings);
    return outcome(std::move(newest));
}

Outcome<void> update_record(const StoredRecord& stored, backend::Kind kind) {
    if (auto written = journal::update_record(stored, kind); !written) return failure(ExitCode::target, written.error());
    return {};
}

std::vector<Unfinished> find_unfinished(const std::string& machine) { return journal::find_unfinished(state_place(), machine); }

bool is_of_file(const codec::Record& record) {
    return std::ranges::any_of(std::array{"reg:", "hive:", "memory:"}, [&](std::string_view scheme) { return record.target.starts_with(scheme); });
}

}  // namespace schancfg::cli
