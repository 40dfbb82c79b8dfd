// Call: one verb that somebody called on a Target, as data. What the recording wrapper logs and the failing wrapper judges. A plain value; use from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "schancfg/registry/key_path.hpp"
#include "schancfg/registry/value.hpp"

namespace schancfg::backend {

enum class Verb : std::uint8_t { read, create, set, unset, erase, commit };

/// `set`.
[[nodiscard]] std::string_view verb_name(Verb verb);

struct Call {
    Verb verb = Verb::read;
    registry::KeyPath key;                 ///< a default KeyPath for commit
    std::string name;                      ///< of the value, for set and unset
    std::optional<registry::Value> value;  ///< for set
    bool operator==(const Call&) const = default;

    /// Everything but read.
    [[nodiscard]] bool writes() const { return verb != Verb::read; }
    /// One line for test output: `set HKLM\A\B 'Enabled' REG_DWORD 01000000`.
    [[nodiscard]] std::string to_string() const;
};

}  // namespace schancfg::backend
