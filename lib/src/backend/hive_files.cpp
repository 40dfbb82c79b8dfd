#include "schancfg/backend/hive_files.hpp"

#include <algorithm>
#include <array>

#include "schancfg/files/folder.hpp"
#include "schancfg/files/mapped.hpp"
#include "schancfg/files/path.hpp"
#include "schancfg/text.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::backend {
namespace {

constexpr std::array hive_names{"SYSTEM", "SOFTWARE"};

struct Name {
    std::string folder, name;
};
// A backslash separates where it is what the system itself writes.
Name apart(const std::string& path) {
    const std::size_t cut = path.find_last_of(files::join("a", "b") == "a/b" ? "/" : "/\\");
    if (cut == std::string::npos) return {".", path};
    // Of a root the separator is a part: `/`, `C:\`.
    const bool is_root = cut == 0 || path[cut - 1] == ':';
    return {path.substr(0, is_root ? cut + 1 : cut), path.substr(cut + 1)};
}

Result<std::vector<std::string>> hives_in(const std::string& folder) {
    std::vector<std::string> out;
    for (const char* name : hive_names) {
        auto found = files::find_in(folder, name);
        if (!found) return std::unexpected(std::move(found.error()));
        if (*found && !files::is_folder(**found)) out.push_back(std::move(**found));
    }
    return out;
}

// The folder below, name by name; nullopt: one is not there.
Result<std::optional<std::string>> below(std::string folder, std::initializer_list<const char*> names) {
    for (const char* name : names) {
        auto found = files::find_in(folder, name);
        if (!found) return std::unexpected(std::move(found.error()));
        if (!*found || !files::is_folder(**found)) return std::nullopt;
        folder = std::move(**found);
    }
    return folder;
}

// The root of an image holds Windows, which may have any name: the usual one alone is looked for.
Result<std::optional<HiveFiles>> in_folder(const std::string& folder) {
    const std::array<std::initializer_list<const char*>, 4> ways{{{}, {"config"}, {"System32", "config"}, {"Windows", "System32", "config"}}};
    for (const auto& way : ways) {
        auto place = below(folder, way);
        if (!place) return std::unexpected(std::move(place.error()));
        if (!*place) continue;
        auto hives = hives_in(**place);
        if (!hives) return std::unexpected(std::move(hives.error()));
        if (!hives->empty()) return HiveFiles{std::move(*hives), std::move(**place)};
    }
    return std::nullopt;
}

}  // namespace

Result<HiveFiles> find_hives(const std::string& named) {
    if (named.find('\0') != std::string::npos) return fail(ErrorCode::malformed, "a file name holds a NUL");
    if (files::is_folder(named)) {
        auto found = in_folder(named);
        if (!found) return std::unexpected(std::move(found.error()));
        if (*found) return std::move(**found);
        return fail(ErrorCode::not_found, named + " holds no hive: neither SYSTEM nor SOFTWARE, nor a folder Windows/System32/config with them");
    }
    if (files::exists(named)) return HiveFiles{{named}, {}};
    // A comma may be part of a name.
    for (std::size_t comma = named.find(','); comma != std::string::npos; comma = named.find(',', comma + 1)) {
        std::string one = named.substr(0, comma);
        std::string other = named.substr(comma + 1);
        if (files::exists(one) && files::exists(other)) return HiveFiles{{std::move(one), std::move(other)}, {}};
    }
    const std::size_t comma = named.find(',');
    const std::string first = named.substr(0, comma);
    const std::string missing = comma != std::string::npos && files::exists(first) ? named.substr(comma + 1) : first;
    return fail(ErrorCode::not_found, missing.empty() ? "no file is named after the comma" : missing + " does not exist");
}

Holds holds_hives(const std::string& folder) {
    const auto found = in_folder(folder);
    if (!found || !*found) return Holds::nothing;
    for (const std::string& file : (*found)->files) {
        const auto start = files::read_start(file, 4);
        // One that can't be read is a machine that can't be read.
        if (start && *start != "regf") continue;
        return (*found)->folder == folder ? Holds::hives : Holds::image;
    }
    return Holds::nothing;
}

Result<std::vector<std::string>> logs_of(const std::string& hive) {
    const auto [folder, name] = apart(hive);
    std::vector<std::string> out;
    for (const char* ending : {".LOG", ".LOG1", ".LOG2"}) {
        auto found = files::find_in(folder, name + ending);
        if (!found) return std::unexpected(std::move(found.error()));
        if (*found && !files::is_folder(**found)) out.push_back(std::move(**found));
    }
    return out;
}

Result<std::optional<std::string>> hibernation_of(const std::string& hive) {
    // C:\Windows\System32\config\SYSTEM -> C:\hiberfil.sys
    std::string folder = apart(files::absolute(hive)).folder;
    for (const char* expected : {"config", "System32"}) {
        auto [above, name] = apart(folder);
        if (!utf::equal_no_case(name, expected)) return std::nullopt;
        folder = std::move(above);
    }
    const auto found = files::find_in(apart(folder).folder, "hiberfil.sys");
    if (!found) return std::unexpected(found.error());
    if (!*found) return std::nullopt;
    const auto signature = files::read_start(**found, 4);
    if (!signature) return std::unexpected(signature.error());
    // `hibr`: an image to go on from (in capitals since Windows 8); `rstr`: going on was begun. A system that was resumed leaves `wake` or zeros.
    for (const char* active : {"hibr", "rstr"}) {
        if (utf::equal_no_case(*signature, active)) return **found;
    }
    return std::nullopt;
}

}  // namespace schancfg::backend
