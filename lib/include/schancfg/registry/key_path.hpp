// KeyPath: the name of a registry key, root and components.
//
// Only `\` separates: `AES 128/128` is one component. Paths compare without case and keep the case they were given. The
// spelling is always that of the 64-bit view, with `Wow6432Node` written out. A KeyPath knows nothing of TLS. Copies share
// their text: a path of 100,000 characters above 100,000 values must not be there 100,000 times. Safe to copy and read by several threads.
#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schancfg/result.hpp"

namespace schancfg::registry {

enum class Root : std::uint8_t { local_machine, users, current_user, classes_root, current_config, dyn_data };

/// `HKLM` / `HKEY_LOCAL_MACHINE`.
[[nodiscard]] std::string_view short_name(Root root);
[[nodiscard]] std::string_view long_name(Root root);
/// By short or long name in any case.
[[nodiscard]] std::optional<Root> find_root(std::string_view name);

/// Limits of Windows: "Registry element size limits" (win32 SysInfo/registry-element-size-limits).
inline constexpr std::size_t max_component_units = 255;
inline constexpr std::size_t max_value_name_units = 16383;
inline constexpr std::size_t max_depth = 512;

class KeyPath {
public:
    KeyPath() = default;
    explicit KeyPath(Root root) : root_(root) {}
    /// `path` is relative to the root, separated by `\`, without leading, doubled or trailing `\`, and is taken as it
    /// is. For text from outside use `parse`.
    KeyPath(Root root, std::string path) : root_(root) {
        if (!path.empty()) path_ = std::make_shared<const std::string>(std::move(path));
    }

    /// `HKLM\...` or `HKEY_LOCAL_MACHINE\...`. Doubled and trailing backslashes are tolerated, as Windows does.
    /// malformed: an unknown root, a leading backslash, a component over 255 units, more than 512 levels, a NUL.
    [[nodiscard]] static Result<KeyPath> parse(std::string_view text);

    [[nodiscard]] Root root() const { return root_; }
    /// Without the root; empty for the root itself. Copies of one KeyPath return the same object.
    [[nodiscard]] const std::string& path() const {
        static const std::string empty;
        return path_ == nullptr ? empty : *path_;
    }
    [[nodiscard]] bool is_root() const { return path_ == nullptr; }
    [[nodiscard]] std::vector<std::string_view> components() const;
    [[nodiscard]] std::string_view name() const;  ///< the last component; empty for a root
    [[nodiscard]] KeyPath parent() const;         ///< of a root: itself
    [[nodiscard]] KeyPath child(std::string_view name) const;   ///< one component
    [[nodiscard]] KeyPath below(std::string_view path) const;   ///< several components, joined by `\`
    /// Is this key `other`, or below it?
    [[nodiscard]] bool is_within(const KeyPath& other) const;

    [[nodiscard]] std::string to_string() const;       ///< `HKLM\SYSTEM\...`
    [[nodiscard]] std::string to_long_string() const;  ///< `HKEY_LOCAL_MACHINE\SYSTEM\...`

    /// Root first, then component by component without case: a parent is less than its children, and children come in
    /// the order in which the registry enumerates them.
    [[nodiscard]] std::weak_ordering operator<=>(const KeyPath& other) const;
    [[nodiscard]] bool operator==(const KeyPath& other) const;

private:
    Root root_ = Root::local_machine;
    std::shared_ptr<const std::string> path_;  // null: empty
};

/// A subtree, or (`recursive` false) the values of one key.
struct Area {
    KeyPath key;
    bool recursive = true;
};

/// The one spelling under which two paths to the same data are equal: `Wow6432Node\Policies` is `Policies`, because
/// WOW64 shares that key (win32 WinProg64/shared-registry-keys). Nothing else is changed; numbered control sets stay.
[[nodiscard]] KeyPath canonical(const KeyPath& path);

}  // namespace schancfg::registry
