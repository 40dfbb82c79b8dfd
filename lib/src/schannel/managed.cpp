#include "schancfg/schannel/managed.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schancfg/ascii.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::schannel {
namespace {

using facts::Confidence;
using facts::RegistryValue;
using registry::KeyPath;
using registry::Root;

constexpr std::string_view schannel_key = "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL";

// Sections of which documented and secondary rows may be written; the others are shown only.
constexpr std::array<std::string_view, 11> writable_sections{
    "schannel-root", "schannel-messaging", "protocols", "ciphers", "hashes", "kex",
    "cng-local",     "cng-policy",         "winhttp",   "dotnet",  "fips"};

// Rows of mobile device management are addressed by URI and are in no registry.
std::optional<Root> root_of(const RegistryValue& row) {
    if (row.hive == "HKLM") return Root::local_machine;
    if (row.hive == "HKCU") return Root::current_user;
    return std::nullopt;
}

std::string_view take(std::string_view& rest, std::string_view separator) {
    const std::size_t end = rest.find(separator);
    const std::string_view part = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + separator.size());
    return part;
}

// Does a component of a key meet that of a row, which may be `<name>` (any one) or `{Client,Server}` (one of these)?
bool meets_component(std::string_view pattern, std::string_view name) {
    if (pattern.starts_with('<')) return !name.empty();
    if (pattern.starts_with('{') && pattern.ends_with('}')) {
        for (std::string_view rest = pattern.substr(1, pattern.size() - 2); !rest.empty();) {
            if (utf::equal_no_case(take(rest, ","), name)) return true;
        }
        return false;
    }
    return utf::equal_no_case(pattern, name);
}

bool has_placeholder(const RegistryValue& row) { return row.key.find_first_of("<{") != std::string_view::npos; }

bool meets_pattern(std::string_view pattern, std::string_view path) {
    while (!pattern.empty() && !path.empty()) {
        if (!meets_component(take(pattern, "\\"), take(path, "\\"))) return false;
    }
    return pattern.empty() && path.empty();
}

// `Enabled / DisabledByDefault` is either, `(curve parameters)` any name.
bool meets_name(const RegistryValue& row, std::string_view name) {
    if (row.name.starts_with('(')) return true;
    for (std::string_view rest = row.name; !rest.empty();) {
        if (utf::equal_no_case(take(rest, " / "), name)) return true;
    }
    return false;
}

// Rows by a hash of root, key and name without case, because every value of a state is looked up. Rows with a
// placeholder are few and are tried one by one.
class Rows {
public:
    Rows() {
        for (const RegistryValue& row : facts::registry_values()) {
            const std::optional<Root> root = root_of(row);
            if (!root) continue;
            if (has_placeholder(row)) {
                patterns_.push_back({*root, &row});
                continue;
            }
            for (std::string_view rest = row.name; !rest.empty();) {
                exact_.push_back({hash(*root, row.key, take(rest, " / ")), &row});
            }
        }
        std::ranges::stable_sort(exact_, {}, &Exact::hash);
    }

    [[nodiscard]] const RegistryValue* find(Root root, std::string_view path, std::string_view name) const {
        for (const Exact& entry : std::ranges::equal_range(exact_, hash(root, path, name), {}, &Exact::hash)) {
            const RegistryValue& row = *entry.row;
            if (root_of(row) == root && utf::equal_no_case(row.key, path) && meets_name(row, name)) return &row;
        }
        for (const Pattern& entry : patterns_) {
            if (entry.root == root && meets_name(*entry.row, name) && meets_pattern(entry.row->key, path)) {
                return entry.row;
            }
        }
        return nullptr;
    }

private:
    struct Exact {
        std::uint64_t hash;
        const RegistryValue* row;
    };
    struct Pattern {
        Root root;
        const RegistryValue* row;
    };

    // FNV-1a. The rows are ASCII, so folding ASCII alone brings together all that may be equal.
    static std::uint64_t hash(Root root, std::string_view path, std::string_view name) {
        std::uint64_t value = 14695981039346656037U + static_cast<std::uint64_t>(root);
        const auto add = [&](char c) {
            const char upper = ascii::to_upper(c);
            value = (value ^ static_cast<unsigned char>(upper)) * 1099511628211U;
        };
        std::ranges::for_each(path, add);
        add('\0');
        std::ranges::for_each(name, add);
        return value;
    }

    std::vector<Exact> exact_;
    std::vector<Pattern> patterns_;
};

Permission permission_of(const RegistryValue& row) {
    const auto* section = std::ranges::find(writable_sections, row.section);
    if (row.hive != "HKLM" || section == writable_sections.end()) return Permission::read_only;
    switch (row.confidence) {
        case Confidence::documented:
        case Confidence::secondary: return Permission::named;
        case Confidence::folklore:
        case Confidence::negative: return Permission::remove_only;
        case Confidence::observed:
        case Confidence::third_party_only:
        case Confidence::conflict:
        case Confidence::derived:
        case Confidence::inferred_from_neighbour:
        case Confidence::undocumented: break;
    }
    return Permission::raw_only;
}

// The keys of all rows: each once, what lies within another recursive area left out, a placeholder's parent with all
// below it.
std::vector<registry::Area> collect_areas() {
    std::vector<registry::Area> areas{{KeyPath(Root::local_machine, std::string(schannel_key)), true}};
    std::string_view last;
    for (const RegistryValue& row : facts::registry_values()) {
        const std::optional<Root> root = root_of(row);
        if (!root || row.key == last || row.key.starts_with(schannel_key)) continue;
        last = row.key;
        std::string_view path = row.key;
        const std::size_t placeholder = path.find_first_of("<{");
        const bool recursive = placeholder != std::string_view::npos;
        if (recursive) path = path.substr(0, path.rfind('\\', placeholder));
        const KeyPath key = registry::canonical(KeyPath(*root, std::string(path)));
        const auto known = [&](const registry::Area& area) {
            return area.recursive ? key.is_within(area.key) : !recursive && key == area.key;
        };
        if (std::ranges::none_of(areas, known)) areas.push_back({key, recursive});
    }
    std::ranges::sort(areas, [](const registry::Area& a, const registry::Area& b) { return a.key < b.key; });
    return areas;
}

}  // namespace

const std::vector<registry::Area>& managed_keys() {
    static const std::vector<registry::Area> areas = collect_areas();
    return areas;
}

bool is_managed(const KeyPath& key) {
    const KeyPath path = registry::canonical(key);
    return std::ranges::any_of(managed_keys(), [&](const registry::Area& area) {
        if (area.recursive) return path.is_within(area.key);
        return area.key.path().size() == path.path().size() && path == area.key;
    });
}

Permission permission(const KeyPath& key, std::string_view value_name, const RegistryValue** row) {
    const KeyPath path = registry::canonical(key);
    static const Rows rows;
    const RegistryValue* found = rows.find(path.root(), path.path(), value_name);
    if (row != nullptr) *row = found;
    if (found != nullptr) return permission_of(*found);
    // Only SCHANNEL belongs to us as a whole. The other keys hold values of other components (Lsa, RDP-Tcp, Internet
    // Settings), which are none of our business.
    static const KeyPath schannel(Root::local_machine, std::string(schannel_key));
    return path.is_within(schannel) ? Permission::unknown : Permission::outside;
}

registry::Tree managed_part(const registry::Tree& tree) {
    registry::Tree part;
    for (const registry::Area& area : managed_keys()) {
        const auto take_managed = [&](const KeyPath& path, const registry::Key& key) {
            registry::Key* copy = nullptr;
            for (const registry::NamedValue& value : key.values) {
                if (permission(path, value.name) == Permission::outside) continue;
                if (copy == nullptr) copy = &part.create(path);
                copy->values.push_back(value);
                copy->last_write = key.last_write;
            }
        };
        if (area.recursive) {
            tree.for_each(area.key, take_managed);
        } else if (const registry::Key* key = tree.find(area.key)) {
            take_managed(area.key, *key);
        }
    }
    return part;
}

}  // namespace schancfg::schannel
