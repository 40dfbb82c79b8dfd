#include "schancfg/files/folder.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "schancfg/files/path.hpp"
#include "schancfg/files/system_path.hpp"
#include "schancfg/utf.hpp"
#include "refusals.hpp"
#include "temporary.hpp"

namespace schancfg::files {
namespace {

namespace fs = std::filesystem;

std::unexpected<Error> refuse(const std::string& folder, const std::error_code& error) {
    const ErrorCode code = error == std::errc::permission_denied ? ErrorCode::access_denied
                           : error == std::errc::no_such_file_or_directory ? ErrorCode::not_found
                                                                           : ErrorCode::io;
    return fail(code, "cannot list the folder " + folder, std::nullopt, static_cast<std::uint32_t>(error.value()));
}

// Of the entries of a folder those that `takes` says yes to, sorted.
template <class Takes>
Result<std::vector<std::string>> list(const std::string& folder, std::size_t most, Takes takes) {
    std::error_code error;
    fs::directory_iterator entries(path_of(folder), error);
    if (error) return refuse(folder, error);
    std::vector<std::string> found;
    std::size_t seen = 0;
    while (entries != fs::directory_iterator()) {
        if (++seen > most) return fail(ErrorCode::malformed, "the folder " + folder + " has more than " + std::to_string(most) + " files");
        std::error_code ignored;
        if (takes(*entries, ignored)) found.push_back(utf8_of(entries->path()));
        entries.increment(error);
        if (error) return refuse(folder, error);
    }
    std::ranges::sort(found);
    return found;
}

}  // namespace

bool is_folder(const std::string& path) {
    std::error_code ignored;
    return path.find('\0') == std::string::npos && fs::is_directory(path_of(path), ignored);
}

bool exists(const std::string& path) {
    std::error_code error;
    return path.find('\0') == std::string::npos && (fs::exists(path_of(path), error) || error == std::errc::permission_denied);
}

Result<std::vector<std::string>> list_files(const std::string& folder, std::size_t most) {
    return list(folder, most, [](const fs::directory_entry& entry, std::error_code& error) {
        return entry.is_regular_file(error) || (entry.is_symlink(error) && entry.status(error).type() == fs::file_type::not_found);
    });
}

Result<std::vector<std::string>> list_folders(const std::string& folder, std::size_t most) {
    return list(folder, most, [](const fs::directory_entry& entry, std::error_code& error) { return entry.symlink_status(error).type() == fs::file_type::directory; });
}

Result<std::vector<std::string>> find_in(const std::string& folder, std::string_view name) {
    constexpr std::size_t most = 100000;
    if (folder.find('\0') != std::string::npos) return has_nul();
    std::error_code error;
    fs::directory_iterator entries(path_of(folder), error);
    if (error) return refuse(folder, error);
    std::vector<std::string> found;
    for (std::size_t seen = 0; entries != fs::directory_iterator(); ++seen) {
        if (seen == most) return fail(ErrorCode::unsupported, "the folder " + folder + " has more than " + std::to_string(most) + " entries");
        std::string each = utf8_of(entries->path().filename());
        if (utf::equal_no_case(each, name)) found.push_back(std::move(each));
        entries.increment(error);
        if (error) return refuse(folder, error);
    }
    std::ranges::sort(found, {}, [&](const std::string& each) { return std::pair(each != name, std::string_view(each)); });
    for (std::string& each : found) each = join(folder, each);
    return found;
}

Result<void> make_folder(const std::string& folder) {
    std::error_code error;
    fs::create_directories(path_of(folder), error);
    if (!error && is_folder(folder)) return {};
    const ErrorCode code = error == std::errc::permission_denied ? ErrorCode::access_denied : ErrorCode::io;
    return fail(code, "cannot make the folder " + folder, std::nullopt, static_cast<std::uint32_t>(error.value()));
}

void sweep(const std::string& folder, std::chrono::seconds age) { remove_temporaries(join(folder, ""), age); }

}  // namespace schancfg::files
