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

// Where Linux keeps apart what Windows takes for one name, nothing says which of them is meant.
std::unexpected<Error> is_twice(const std::string& folder, const std::string& one, const std::string& other) {
    return fail(ErrorCode::malformed, folder + " holds a hive twice, " + one + " and " + other + ", whose names differ in case alone; name one of them");
}

bool begins_as_hive(const std::string& file) {
    const auto start = files::read_start(file, 4);
    // One that can't be read is a machine that can't be read.
    return !start || *start == "regf";
}

Result<std::vector<std::string>> hives_in(const std::string& folder) {
    std::vector<std::string> out;
    for (const char* name : hive_names) {
        auto found = files::find_in(folder, name);
        if (!found) return std::unexpected(std::move(found.error()));
        std::erase_if(*found, files::is_folder);
        if (found->size() > 1) std::erase_if(*found, [](const std::string& each) { return !begins_as_hive(each); });
        if (found->size() > 1) return is_twice(folder, found->at(0), found->at(1));
        if (!found->empty()) out.push_back(std::move(found->front()));
    }
    return out;
}

// The folders below, name by name, each in any case; the same one only once, by whatever links it is reached.
Result<std::vector<std::string>> below(const std::string& folder, std::initializer_list<const char*> names) {
    std::vector<std::string> at{folder};
    for (const char* name : names) {
        std::vector<std::string> next;
        for (const std::string& each : at) {
            auto found = files::find_in(each, name);
            if (!found) return std::unexpected(std::move(found.error()));
            for (std::string& path : *found) {
                const auto is_same = [&](const std::string& other) { return files::full_path(other) == files::full_path(path); };
                if (files::is_folder(path) && std::ranges::none_of(next, is_same)) next.push_back(std::move(path));
            }
        }
        at = std::move(next);
    }
    return at;
}

// The root of an image holds Windows, which may have any name: the usual one alone is looked for.
Result<std::optional<HiveFiles>> in_folder(const std::string& folder) {
    const std::array<std::initializer_list<const char*>, 4> ways{{{}, {"config"}, {"System32", "config"}, {"Windows", "System32", "config"}}};
    for (const auto& way : ways) {
        auto places = below(folder, way);
        if (!places) return std::unexpected(std::move(places.error()));
        std::optional<HiveFiles> found;
        for (std::string& place : *places) {
            auto hives = hives_in(place);
            if (!hives) return std::unexpected(std::move(hives.error()));
            if (hives->empty()) continue;
            if (found) return is_twice(folder, found->folder, place);
            found = HiveFiles{std::move(*hives), std::move(place)};
        }
        if (found) return found;
    }
    return std::nullopt;
}

// Where a hive is a link, or lies behind one, what belongs to it may lie beside either.
std::vector<std::string> names_of(const std::string& hive) {
    std::vector<std::string> out{files::absolute(hive)};
    if (std::string real = files::full_path(hive); real != out.front()) out.push_back(std::move(real));
    return out;
}

// C:\Windows\System32\config\SYSTEM -> C:\, with its separator.
std::optional<std::string> root_of(const std::string& hive) {
    std::string folder = apart(hive).folder;
    for (const char* expected : {"config", "System32"}) {
        auto [above, name] = apart(folder);
        if (!utf::equal_no_case(name, expected)) return std::nullopt;
        folder = std::move(above);
    }
    return apart(folder).folder;
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
    // Two of them are a machine that can't be read.
    if (!found) return found.error().code == ErrorCode::malformed ? Holds::image : Holds::nothing;
    if (!*found || std::ranges::none_of((*found)->files, begins_as_hive)) return Holds::nothing;
    return (*found)->folder == folder ? Holds::hives : Holds::image;
}

Result<std::vector<std::string>> logs_of(const std::string& hive) {
    std::vector<std::string> out;
    for (const std::string& named : names_of(hive)) {
        const auto [folder, name] = apart(named);
        for (const char* ending : {".LOG", ".LOG1", ".LOG2"}) {
            auto found = files::find_in(folder, name + ending);
            if (!found) return std::unexpected(std::move(found.error()));
            std::erase_if(*found, files::is_folder);
            if (found->empty()) continue;
            const auto is_same = [&](const std::string& other) { return files::full_path(other) == files::full_path(found->front()); };
            if (std::ranges::none_of(out, is_same)) out.push_back(std::move(found->front()));
        }
    }
    return out;
}

Result<std::optional<std::string>> hibernation_of(const std::string& hive) {
    for (const std::string& named : names_of(hive)) {
        const auto root = root_of(named);
        if (!root) continue;
        const auto found = files::find_in(*root, "hiberfil.sys");
        if (!found) return std::unexpected(found.error());
        if (found->empty()) continue;
        const auto signature = files::read_start(found->front(), 4);
        if (!signature) return std::unexpected(signature.error());
        // `hibr`: an image to go on from (in capitals since Windows 8); `rstr`: going on was begun. A system that was resumed leaves `wake` or zeros.
        for (const char* active : {"hibr", "rstr"}) {
            if (utf::equal_no_case(*signature, active)) return found->front();
        }
    }
    return std::nullopt;
}

}  // namespace schancfg::backend
