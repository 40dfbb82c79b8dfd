#include "schancfg/files/module.hpp"

#include <algorithm>
#include <cerrno>
#include <map>
#include <memory>
#include <set>
#include <system_error>
#include <utility>
#include <vector>

#include "refusals.hpp"
#include "schancfg/files/file.hpp"
#include "schancfg/files/folder.hpp"
#include "schancfg/files/lock.hpp"
#include "schancfg/files/path.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::files {
namespace {

struct Disk {
    std::string working_folder;
    std::map<std::string, std::string, std::less<>> files;  // by full path
    std::set<std::string, std::less<>> folders;
};

Disk& disk() {
    static Disk only;
    return only;
}

std::unexpected<Error> refused(std::string_view path, std::string_view what, int number) {
    const ErrorCode code = number == ENOENT ? ErrorCode::not_found : number == EEXIST ? ErrorCode::conflict : ErrorCode::io;
    return fail(code, std::string(path) + " cannot be " + std::string(what) + ": " + std::generic_category().message(number), std::nullopt,
                static_cast<std::uint32_t>(number));
}

Result<void> put(std::string_view path, std::string_view bytes) {
    if (path.find('\0') != std::string_view::npos) return has_nul();
    if (is_folder(std::string(path))) return refused(path, "written", EISDIR);
    const std::string whole = full_path(std::string(path));
    if (const std::size_t slash = whole.rfind('/'); slash != std::string::npos && slash != 0 && !is_folder(whole.substr(0, slash))) return refused(path, "made", ENOENT);
    disk().files.insert_or_assign(whole, std::string(bytes));
    return {};
}

// Nobody else is there who could hold it.
class ModuleFile final : public LockedFile {
public:
    explicit ModuleFile(std::string path) : path_(std::move(path)) {}
    [[nodiscard]] bool exists() const override { return files::exists(path_); }
    [[nodiscard]] Result<std::string> read(std::size_t max_size) override { return read_file(path_, max_size); }
    [[nodiscard]] Result<void> prepare(std::string_view bytes) override {
        prepared_ = bytes;
        return {};
    }
    [[nodiscard]] Result<void> place() override { return put(path_, std::exchange(prepared_, {})); }

private:
    std::string path_;
    std::string prepared_;
};

}  // namespace

Result<std::vector<std::string>> find_in(const std::string& folder, std::string_view name) {
    const std::string lead = full_path(folder) == "/" ? "/" : full_path(folder) + "/";
    std::vector<std::string> found;
    const auto look = [&](std::string_view path) {
        if (!path.starts_with(lead)) return;
        std::string each(path.substr(lead.size(), path.find('/', lead.size()) - lead.size()));
        if (utf::equal_no_case(each, name) && std::ranges::find(found, each) == found.end()) found.push_back(std::move(each));
    };
    for (const auto& [path, bytes] : disk().files) look(path);
    for (const std::string& path : disk().folders) look(path);
    std::ranges::sort(found, {}, [&](const std::string& each) { return std::pair(each != name, std::string_view(each)); });
    for (std::string& each : found) each = join(folder, each);
    return found;
}

void set_working_folder(std::string folder) { disk().working_folder = std::move(folder); }

void give_file(std::string_view path, std::string bytes) { disk().files.insert_or_assign(full_path(std::string(path)), std::move(bytes)); }

char* make_file(std::string_view path, std::size_t size) {
    std::string& bytes = disk().files[full_path(std::string(path))];
    bytes.clear();
    bytes.resize_and_overwrite(size, [](char*, std::size_t all) { return all; });
    return bytes.data();
}

void give_folder(std::string_view path) { disk().folders.insert(full_path(std::string(path))); }

std::optional<std::string_view> look_at_file(std::string_view path) {
    const auto found = disk().files.find(full_path(std::string(path)));
    return found == disk().files.end() ? std::nullopt : std::optional<std::string_view>(found->second);
}

std::optional<std::string> take_file(std::string_view path) {
    auto taken = disk().files.extract(full_path(std::string(path)));
    if (taken.empty()) return std::nullopt;
    return std::move(taken.mapped());
}

void forget_files() {
    disk().files.clear();
    disk().folders.clear();
}

Result<std::string> read_file(std::string_view path, std::size_t max_size) {
    if (path.find('\0') != std::string_view::npos) return has_nul();
    const std::string name(path);
    const auto found = disk().files.find(full_path(name));
    if (found == disk().files.end()) {
        if (is_folder(name)) return not_regular(path);
        return refused(path, "read", ENOENT);
    }
    if (found->second.size() > max_size) return too_large(path, max_size);
    return found->second;
}

Result<std::string> read_trusted_file(std::string_view path, std::size_t max_size) { return read_file(path, max_size); }

Result<void> write_file(std::string_view path, std::string_view bytes, Readers) { return put(path, bytes); }

Result<void> write_new_file(std::string_view path, std::string_view bytes, Readers) {
    if (exists(std::string(path))) return refused(path, "made", EEXIST);
    return put(path, bytes);
}

Result<void> remove_file(std::string_view path) {
    std::ignore = take_file(path);
    return {};
}

bool is_folder(const std::string& path) {
    const std::string folder = full_path(path);
    if (folder == disk().working_folder || folder == "/" || disk().folders.contains(folder)) return true;
    const auto first = disk().files.lower_bound(folder + '/');
    return first != disk().files.end() && first->first.starts_with(folder + '/');
}

bool exists(const std::string& path) { return disk().files.contains(full_path(path)) || is_folder(path); }

Result<std::vector<std::string>> list_files(const std::string& folder, std::size_t most) {
    if (!is_folder(folder)) return fail(ErrorCode::not_found, "cannot list the folder " + folder, std::nullopt, ENOENT);
    const std::string lead = full_path(folder) + '/';
    std::vector<std::string> out;
    for (auto at = disk().files.lower_bound(lead); at != disk().files.end() && at->first.starts_with(lead); ++at) {
        if (at->first.find('/', lead.size()) != std::string::npos) continue;
        if (out.size() == most) return fail(ErrorCode::malformed, "the folder " + folder + " has more than " + std::to_string(most) + " files");
        out.push_back(join(folder, at->first.substr(lead.size())));
    }
    return out;
}

Result<std::vector<std::string>> list_folders(const std::string& folder, std::size_t most) {
    if (!is_folder(folder)) return fail(ErrorCode::not_found, "cannot list the folder " + folder, std::nullopt, ENOENT);
    const std::string lead = full_path(folder) == "/" ? "/" : full_path(folder) + "/";
    std::set<std::string> names;
    const auto look = [&](std::string_view path, bool is_file) {
        if (!path.starts_with(lead)) return;
        const std::size_t end = path.find('/', lead.size());
        if (end != std::string_view::npos || (!is_file && path.size() > lead.size())) names.emplace(path.substr(lead.size(), end - lead.size()));
    };
    for (const auto& [path, bytes] : disk().files) look(path, true);
    for (const std::string& path : disk().folders) look(path, false);
    if (names.size() > most) return fail(ErrorCode::malformed, "the folder " + folder + " has more than " + std::to_string(most) + " files");
    std::vector<std::string> out;
    for (const std::string& name : names) out.push_back(join(folder, name));
    return out;
}

Result<void> make_folder(const std::string& folder) {
    give_folder(folder);
    return {};
}

Result<std::unique_ptr<LockedFile>> lock_file(const std::string& path, bool create) {
    if (!create && !exists(path)) return refused(path, "opened for writing", ENOENT);
    return std::make_unique<ModuleFile>(path);
}

std::string join(std::string_view folder, std::string_view name) {
    if (folder.empty() || name.starts_with('/')) return std::string(name);
    return std::string(folder) + (folder.ends_with('/') ? "" : "/") + std::string(name);
}

std::string absolute(std::string_view path) { return join(disk().working_folder, path); }

// `.` and `..` are taken out: there are no links, so that text is all that a name is.
std::string full_path(const std::string& path) {
    const std::string whole = absolute(path);
    std::vector<std::string_view> parts;
    for (std::string_view rest = whole; !rest.empty();) {
        const std::string_view part = rest.substr(0, rest.find('/'));
        rest.remove_prefix(std::min(part.size() + 1, rest.size()));
        if (part == "..") {
            if (!parts.empty()) parts.pop_back();
        } else if (!part.empty() && part != ".") {
            parts.push_back(part);
        }
    }
    std::string out;
    for (const std::string_view part : parts) out.append(out.empty() && !whole.starts_with('/') ? "" : "/").append(part);
    return out.empty() && whole.starts_with('/') ? "/" : out;
}

bool is_same_file(const std::string& a, const std::string& b) { return exists(a) && exists(b) && full_path(a) == full_path(b); }

}  // namespace schancfg::files
