// What Windows takes as the name of a key or a value. Every Target asks here before it writes, so that a name that one of them
// takes is a name that all of them take.
#pragma once

#include <string_view>

#include "schancfg/registry/key_path.hpp"
#include "schancfg/result.hpp"

namespace schancfg::backend {

/// malformed: a component is empty, longer than 255 UTF-16 units or holds a NUL, or the path has more than 512 levels.
[[nodiscard]] Result<void> check_key(const registry::KeyPath& key);
/// malformed: longer than 16,383 UTF-16 units, or with a NUL.
[[nodiscard]] Result<void> check_value_name(std::string_view name);

/// The answers that all Targets give in the same words.
[[nodiscard]] std::unexpected<Error> no_such_key(const registry::KeyPath& key, std::uint32_t os_code = 0);
[[nodiscard]] std::unexpected<Error> no_such_value(const registry::KeyPath& key, std::string_view name, std::uint32_t os_code = 0);
[[nodiscard]] std::unexpected<Error> has_children(const registry::KeyPath& key);
[[nodiscard]] std::unexpected<Error> is_a_root(const registry::KeyPath& key);

/// `the value 'Enabled'`, `the default value`.
[[nodiscard]] std::string describe_value(std::string_view name);

}  // namespace schancfg::backend
