#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>

#include "console/arguments.hpp"
#include "session/descriptor_posix.hpp"
#include "session/state_folder.hpp"

namespace schancfg::cli {
namespace {

bool others_may_write(const struct stat& status) {
    return (status.st_uid != geteuid() && status.st_uid != 0) || (status.st_mode & (S_IWGRP | S_IWOTH)) != 0;
}

// A file that is being written has `.tmp` in its name, for a moment.
void remove_left_behind(const std::string& folder) {
    std::error_code error;
    const auto old = std::filesystem::file_time_type::clock::now() - std::chrono::hours(1);
    for (std::filesystem::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
        std::error_code ignored;
        if (at->path().filename().string().find(".tmp") == std::string::npos) continue;
        if (const auto time = at->last_write_time(ignored); !ignored && time < old) unlink(at->path().c_str());
    }
}

}  // namespace

Outcome<std::string> state_folder() {
    // The specification of base directories takes relative paths for not set.
    if (const auto base = environment("XDG_STATE_HOME"); base && base->starts_with('/')) return join(*base, "schancfg");
    if (const auto home = environment("HOME")) return join(*home, ".local/state/schancfg");
    return failure(ExitCode::target, "neither $XDG_STATE_HOME nor $HOME is set, so there is no place for the undo record; name one with --backup FILE");
}

std::vector<std::string> state_folders() {
    auto folder = state_folder();
    return folder ? std::vector{*folder} : std::vector<std::string>{};
}

Result<void> make_state_folder(const std::string& folder) {
    std::vector<std::string> missing;
    struct stat status {};
    for (std::string at = folder; stat(at.c_str(), &status) != 0 && errno == ENOENT; at = folder_of(at)) missing.push_back(at);
    std::error_code error;
    for (; !missing.empty() && !error; missing.pop_back()) {
        // Others may look in: the markers are for everyone, and each record is for its owner alone. (Folders above it are as usual.)
        if (mkdir(missing.back().c_str(), missing.size() == 1 ? 0755 : 0777) == 0) {
            if (auto flushed = flush_folder_of(missing.back()); !flushed) return flushed;
        } else if (errno != EEXIST) {
            error = {errno, std::generic_category()};
        }
    }
    if (error) {
        return fail(error == std::errc::permission_denied ? ErrorCode::access_denied : ErrorCode::io,
                    folder + " cannot be made: " + error.message(), std::nullopt, static_cast<std::uint32_t>(error.value()));
    }
    if (auto checked = check_state_folder(folder); !checked) return checked;
    remove_left_behind(folder);
    return {};
}

Result<void> check_state_folder(const std::string& folder) {
    struct stat status {};
    struct stat link {};
    if (stat(folder.c_str(), &status) != 0 || lstat(folder.c_str(), &link) != 0) {
        return fail(ErrorCode::io, folder + " cannot be read: " + std::strerror(errno), std::nullopt, static_cast<std::uint32_t>(errno));
    }
    if (!S_ISDIR(status.st_mode)) return fail(ErrorCode::io, folder + " is not a folder");
    if (S_ISLNK(link.st_mode) && link.st_uid != geteuid() && link.st_uid != 0) {
        return fail(ErrorCode::access_denied, folder + " is a link that somebody else made, so its undo records are not used");
    }
    if (others_may_write(status)) {
        return fail(ErrorCode::access_denied, "others can write to " + folder + ", so its undo records are not used");
    }
    return {};
}

}  // namespace schancfg::cli
