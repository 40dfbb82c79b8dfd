#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "state_folder.hpp"

namespace schancfg::cli {

Result<void> make_state_folder(const std::string& folder) {
    const std::filesystem::path path(folder);
    std::error_code error;
    std::filesystem::create_directories(path.parent_path(), error);
    if (!error && mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) error = {errno, std::generic_category()};
    if (error) {
        return fail(error == std::errc::permission_denied ? ErrorCode::access_denied : ErrorCode::io,
                    folder + " cannot be made: " + error.message(), std::nullopt, static_cast<std::uint32_t>(error.value()));
    }
    return check_state_folder(folder);
}

Result<void> check_state_folder(const std::string& folder) {
    struct stat status{};
    if (stat(folder.c_str(), &status) != 0) {
        return fail(ErrorCode::io, folder + " cannot be read: " + std::strerror(errno), std::nullopt, static_cast<std::uint32_t>(errno));
    }
    if (!S_ISDIR(status.st_mode)) return fail(ErrorCode::io, folder + " is not a folder");
    const bool own = status.st_uid == geteuid() || status.st_uid == 0;
    if (!own || (status.st_mode & S_IWOTH) != 0) {
        return fail(ErrorCode::access_denied, "others can write to " + folder + ", so its undo records are not used");
    }
    return {};
}

}  // namespace schancfg::cli
