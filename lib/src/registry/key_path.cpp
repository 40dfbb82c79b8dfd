#include "schancfg/registry/key_path.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "schancfg/utf.hpp"

namespace schancfg::registry {
namespace {

struct RootName {
    Root root;
    std::string_view short_name, long_name;
};
constexpr std::array roots{
    RootName{Root::local_machine, "HKLM", "HKEY_LOCAL_MACHINE"},
    RootName{Root::users, "HKU", "HKEY_USERS"},
    RootName{Root::current_user, "HKCU", "HKEY_CURRENT_USER"},
    RootName{Root::classes_root, "HKCR", "HKEY_CLASSES_ROOT"},
    RootName{Root::current_config, "HKCC", "HKEY_CURRENT_CONFIG"},
    RootName{Root::dyn_data, "HKDD", "HKEY_DYN_DATA"},
};

std::size_t utf16_units(std::string_view text) {
    std::size_t units = 0;
    for (std::size_t at = 0; at < text.size();) units += utf::next_code_point(text, at) < 0x10000 ? 1u : 2u;
    return units;
}

std::string_view take_component(std::string_view& rest) {
    const std::size_t end = rest.find('\\');
    const std::string_view component = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
    return component;
}

// Nearly all paths that are compared share a long beginning, byte for byte: what counts starts with the component in which they part.
void skip_shared(std::string_view& a, std::string_view& b) {
    constexpr std::size_t step = 16;
    const std::size_t shorter = std::min(a.size(), b.size());
    std::size_t same = 0;
    while (same + step <= shorter && std::memcmp(a.data() + same, b.data() + same, step) == 0) same += step;
    while (same < shorter && a[same] == b[same]) ++same;
    const std::size_t slash = a.substr(0, same).rfind('\\');
    if (slash == std::string_view::npos) return;
    a.remove_prefix(slash + 1);
    b.remove_prefix(slash + 1);
}

// A component ends before the longer name: `A\B` sorts before `A B`, as children follow their parent at once.
int compare_paths(std::string_view a, std::string_view b) {
    skip_shared(a, b);
    while (!a.empty() && !b.empty()) {
        if (const int order = utf::compare_no_case(take_component(a), take_component(b)); order != 0) return order;
    }
    return static_cast<int>(!a.empty()) - static_cast<int>(!b.empty());
}

}  // namespace

std::string_view short_name(Root root) { return roots[static_cast<std::size_t>(root)].short_name; }
std::string_view long_name(Root root) { return roots[static_cast<std::size_t>(root)].long_name; }

std::optional<Root> find_root(std::string_view name) {
    const auto* found = std::ranges::find_if(roots, [&](const RootName& row) {
        return utf::equal_no_case(row.short_name, name) || utf::equal_no_case(row.long_name, name);
    });
    if (found == roots.end()) return std::nullopt;
    return found->root;
}

Result<KeyPath> KeyPath::parse(std::string_view text) {
    if (text.starts_with('\\')) return fail(ErrorCode::malformed, "a key path starts with its root, not with a backslash");
    if (text.find('\0') != std::string_view::npos) return fail(ErrorCode::malformed, "a key path cannot hold a NUL");
    std::string_view rest = text;
    const std::optional<Root> root = find_root(take_component(rest));
    if (!root) return fail(ErrorCode::malformed, "a key path starts with a root such as HKLM or HKEY_LOCAL_MACHINE");
    std::string path;
    std::size_t depth = 0;
    while (!rest.empty()) {
        const std::string_view component = take_component(rest);
        if (component.empty()) continue;
        if (utf16_units(component) > max_component_units) {
            return fail(ErrorCode::malformed, "a key name is longer than 255 characters");
        }
        if (++depth > max_depth) return fail(ErrorCode::malformed, "a key path is deeper than 512 levels");
        if (!path.empty()) path += '\\';
        path += component;
    }
    return KeyPath(*root, std::move(path));
}

std::vector<std::string_view> KeyPath::components() const {
    std::vector<std::string_view> all;
    for (std::string_view rest = path(); !rest.empty();) all.push_back(take_component(rest));
    return all;
}

std::string_view KeyPath::name() const {
    const std::size_t at = path().rfind('\\');
    return std::string_view(path()).substr(at == std::string::npos ? 0 : at + 1);
}

KeyPath KeyPath::parent() const {
    const std::size_t at = path().rfind('\\');
    return KeyPath(root_, at == std::string::npos ? std::string{} : path().substr(0, at));
}

KeyPath KeyPath::child(std::string_view name) const { return below(name); }

KeyPath KeyPath::below(std::string_view path) const {
    if (path.empty()) return *this;
    std::string joined;
    joined.reserve(this->path().size() + 1 + path.size());
    joined += this->path();
    if (!joined.empty()) joined += '\\';
    joined += path;
    return KeyPath(root_, std::move(joined));
}

bool KeyPath::is_within(const KeyPath& other) const {
    if (root_ != other.root_) return false;
    std::string_view mine = path();
    std::string_view its = other.path();
    if (mine.starts_with(its) && (its.empty() || mine.size() == its.size() || mine[its.size()] == '\\')) return true;
    while (!its.empty()) {
        if (mine.empty() || !utf::equal_no_case(take_component(mine), take_component(its))) return false;
    }
    return true;
}

std::string KeyPath::to_string() const {
    std::string text(short_name(root_));
    if (!is_root()) text += '\\';
    return text + path();
}

std::string KeyPath::to_long_string() const {
    std::string text(long_name(root_));
    if (!is_root()) text += '\\';
    return text + path();
}

std::weak_ordering KeyPath::operator<=>(const KeyPath& other) const {
    if (root_ != other.root_) return root_ <=> other.root_;
    if (path_ == other.path_) return std::weak_ordering::equivalent;
    return compare_paths(path(), other.path()) <=> 0;
}

bool KeyPath::operator==(const KeyPath& other) const {
    return root_ == other.root_ && (path_ == other.path_ || utf::equal_no_case(path(), other.path()));
}

KeyPath canonical(const KeyPath& path) {
    static const KeyPath twin(Root::local_machine, "SOFTWARE\\Wow6432Node\\Policies");
    if (!path.is_within(twin)) return path;
    const std::string_view below = std::string_view(path.path()).substr(twin.path().size());
    return KeyPath(Root::local_machine, "SOFTWARE\\Policies" + std::string(below));
}

}  // namespace schancfg::registry
