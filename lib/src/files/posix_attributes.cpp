// What a file has besides bytes, mode and owner. (On Windows write_beside gives a new file the rights and attributes of the old one.)
#include <sys/xattr.h>

#include <array>
#include <cerrno>
#include <string>
#include <vector>

#include "posix_descriptor.hpp"

namespace schancfg::files {
namespace {

// Names of ntfs-3g and of the kernel's ntfs3, which no list of attributes holds. Each that is there is asked for; the times and the names that follow
// from the place of the file are left to the file system.
constexpr std::array ntfs{"system.ntfs_acl", "system.ntfs_security", "system.ntfs_attrib_be", "system.ntfs_attrib", "system.ntfs_object_id", "system.ntfs_dos_name", "system.ntfs_ea"};

bool is_rights(const std::string& name) { return name == "system.posix_acl_access" || name == "system.ntfs_acl" || name == "system.ntfs_security"; }

std::vector<std::string> names_of(const Descriptor& file) {
    std::vector<std::string> out(ntfs.begin(), ntfs.end());
    std::string list(65536, '\0');
    const ssize_t size = ::flistxattr(file.get(), list.data(), list.size());
    for (std::size_t at = 0; size > 0 && at < static_cast<std::size_t>(size);) {
        std::string name(list.c_str() + at);
        at += name.size() + 1;
        if (!name.starts_with("system.ntfs_")) out.push_back(std::move(name));
    }
    return out;
}

}  // namespace

Result<void> keep_attributes(const Descriptor& from, const Descriptor& to, std::string_view path) {
    std::string value(65536, '\0');
    for (const std::string& name : names_of(from)) {
        const ssize_t size = ::fgetxattr(from.get(), name.c_str(), value.data(), value.size());
        if (size < 0) continue;
        if (::fsetxattr(to.get(), name.c_str(), value.data(), static_cast<std::size_t>(size), 0) != 0 && is_rights(name)) {
            return refused(path, "written with the access rights that it has (" + name + ')', errno);
        }
    }
    return {};
}

}  // namespace schancfg::files
