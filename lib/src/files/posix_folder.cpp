#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <vector>

#include "posix_descriptor.hpp"
#include "schancfg/files/file.hpp"
#include "schancfg/files/folder.hpp"

namespace schancfg::files {

Result<void> make_private_folder(const std::string& folder) {
    std::vector<std::string> missing;
    struct stat status {};
    for (std::string at = folder; ::stat(at.c_str(), &status) != 0 && errno == ENOENT; at = folder_of(at)) missing.push_back(at);
    for (; !missing.empty(); missing.pop_back()) {
        // Folders above it are as usual.
        if (::mkdir(missing.back().c_str(), missing.size() == 1 ? 0755 : 0777) == 0) {
            if (auto flushed = flush_folder_of(missing.back()); !flushed) return flushed;
        } else if (errno != EEXIST) {
            return refused(folder, "made", errno);
        }
    }
    if (auto checked = check_private_folder(folder); !checked) return checked;
    sweep(folder, std::chrono::hours(1));
    return {};
}

Result<void> check_private_folder(const std::string& folder) {
    struct stat status {};
    struct stat link {};
    if (::stat(folder.c_str(), &status) != 0 || ::lstat(folder.c_str(), &link) != 0) return refused(folder, "read", errno);
    if (!S_ISDIR(status.st_mode)) return fail(ErrorCode::io, folder + " is not a folder");
    if (S_ISLNK(link.st_mode) && link.st_uid != ::geteuid() && link.st_uid != 0) {
        return fail(ErrorCode::access_denied, folder + " is a link that another user made; refusing to use it");
    }
    return check_trusted(folder);
}

}  // namespace schancfg::files
