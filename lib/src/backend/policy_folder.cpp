// The order: the client runs the extension of registry.pol first, the others by their GUID, {827D319E-…} (security) before {B087BE9D-…} (Preferences):
// [MS-GPOL] 3.2.1.24; [MS-GPREG] 1.3.
#include "policy_folder.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "schancfg/backend/policy.hpp"
#include "schancfg/codec/gpp_xml.hpp"
#include "schancfg/files/file.hpp"
#include "schancfg/files/folder.hpp"
#include "schancfg/files/path.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::backend {
namespace {

constexpr std::size_t max_entries = 10000;  // of one folder
constexpr std::size_t max_folders = 10000;  // of all
constexpr std::size_t max_depth = 12;

std::string_view name_of(std::string_view path) {
    const std::size_t cut = path.find_last_of("/\\");
    return cut == std::string_view::npos ? path : path.substr(cut + 1);
}

const std::string* named(const std::vector<std::string>& paths, std::string_view name) {
    const auto found = std::ranges::find_if(paths, [&](const std::string& path) { return utf::equal_no_case(name_of(path), name); });
    return found == paths.end() ? nullptr : &*found;
}

// The file below `folder` by names in any case; nullopt: there is none.
Result<std::optional<std::string>> find_file(std::string folder, std::initializer_list<std::string_view> folders, std::string_view name) {
    for (const std::string_view each : folders) {
        auto below = files::list_folders(folder, max_entries);
        if (!below) return std::unexpected(std::move(below.error()));
        const std::string* found = named(*below, each);
        if (found == nullptr) return std::nullopt;
        folder = *found;
    }
    auto all = files::list_files(folder, max_entries);
    if (!all) return std::unexpected(std::move(all.error()));
    const std::string* found = named(*all, name);
    if (found == nullptr) return std::nullopt;
    return *found;
}

// <Options> of the Backup.xml of a backup: 1 switches the user's part off, 2 the computer's.
unsigned options_of_backup(const std::string& root) {
    const std::string path = files::join(files::join(files::join(root, ".."), ".."), "Backup.xml");
    auto bytes = files::read_file(path, codec::policy_max_file);
    if (!bytes) return 0;
    const auto tree = codec::decode_gpp_tree(*bytes, path);
    if (!tree) return 0;
    const codec::GppElement* object = tree.value->child("GroupPolicyObject");
    const codec::GppElement* settings = object == nullptr ? nullptr : object->child("GroupPolicyCoreSettings");
    const codec::GppElement* options = settings == nullptr ? nullptr : settings->child("Options");
    unsigned number = 0;
    if (options != nullptr) std::from_chars(options->text.data(), options->text.data() + options->text.size(), number);
    return number;
}

// bkupInfo.xml of a backup names the policy.
bool is_removal(const std::string& root) {
    const std::string path = files::join(files::join(files::join(root, ".."), ".."), "bkupInfo.xml");
    const auto bytes = files::read_file(path, codec::policy_max_file);
    if (!bytes) return false;
    const auto tree = codec::decode_gpp_tree(*bytes, path);
    const codec::GppElement* name = tree ? tree.value->child("GPODisplayName") : nullptr;
    return name != nullptr && name->text.ends_with(" (removal)");
}

Result<PolicyFolder> read_root(const std::string& path, const std::vector<std::string>& below) {
    PolicyFolder out{.path = path, .files = {}, .undoes = is_removal(path)};
    const unsigned options = options_of_backup(path);
    out.user_off = (options & 1) != 0;
    out.computer_off = (options & 2) != 0;
    const auto add = [&](const std::string& part, std::initializer_list<std::string_view> folders, std::string_view name, registry::Root root) -> Result<void> {
        auto file = find_file(part, folders, name);
        if (!file) return std::unexpected(std::move(file.error()));
        if (*file) out.files.push_back({std::move(**file), root});
        return {};
    };
    for (const bool computer : {true, false}) {
        const std::string* part = named(below, computer ? "Machine" : "User");
        if (part == nullptr || (computer ? out.computer_off : out.user_off)) continue;
        const registry::Root root = computer ? registry::Root::local_machine : registry::Root::current_user;
        if (auto added = add(*part, {}, "registry.pol", root); !added) return std::unexpected(std::move(added.error()));
        if (auto added = add(*part, {"Microsoft", "Windows NT", "SecEdit"}, "GptTmpl.inf", root); !added) return std::unexpected(std::move(added.error()));
        if (auto added = add(*part, {"Preferences", "Registry"}, "Registry.xml", root); !added) return std::unexpected(std::move(added.error()));
    }
    return out;
}

// `first_only`: the first one is enough.
Result<std::vector<PolicyFolder>> walk(const std::string& folder, bool first_only) {
    struct Place {
        std::string path;
        std::size_t depth;
    };
    std::vector<PolicyFolder> out;
    std::vector<Place> open{{folder, 0}};
    for (std::size_t seen = 0; !open.empty(); ++seen) {
        const Place place = std::move(open.back());
        open.pop_back();
        if (seen == max_folders) return fail(ErrorCode::malformed, "the folder " + folder + " has more than 10,000 folders in it; name the one of a policy");
        auto below = files::list_folders(place.path, max_entries);
        if (!below) return std::unexpected(std::move(below.error()));
        if (named(*below, "Machine") != nullptr || named(*below, "User") != nullptr) {
            auto found = read_root(place.path, *below);
            if (!found) return std::unexpected(std::move(found.error()));
            out.push_back(std::move(*found));
            if (first_only) return out;
            continue;
        }
        if (place.depth == max_depth) continue;
        for (auto each = below->rbegin(); each != below->rend(); ++each) open.push_back({std::move(*each), place.depth + 1});
    }
    return out;
}

}  // namespace

Result<std::vector<PolicyFolder>> find_policies(const std::string& folder) { return walk(folder, false); }

registry::Root root_of_file(const std::string& path) {
    std::string_view folder = path;
    const std::size_t cut = folder.find_last_of("/\\");
    folder = cut == std::string_view::npos ? std::string_view{} : folder.substr(0, cut);
    return utf::equal_no_case(name_of(folder), "User") ? registry::Root::current_user : registry::Root::local_machine;
}

bool holds_policy(const std::string& folder) {
    const auto found = walk(folder, true);
    return found && !found->empty();
}

}  // namespace schancfg::backend
