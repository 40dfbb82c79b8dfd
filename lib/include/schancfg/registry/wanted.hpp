// Wanted: what somebody asks of a registry, value by value, and nothing of what they do not mention.
//
// A profile translated for a release, a `.reg` file and the other side of a diff all become a Wanted; the planner
// compares it with a Tree. An item says what to write, what already meets it, and which line asked. Plain values: one thread changes one, or several read it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schancfg/registry/key_path.hpp"
#include "schancfg/registry/value.hpp"

namespace schancfg::registry {

/// What besides the very same type and bytes already meets an item.
enum class Meets : std::uint8_t {
    exact,        ///< same type and bytes only
    dword_on,     ///< any 4-byte REG_DWORD other than 0
    dword_one_or_all, ///< the 4-byte REG_DWORD 1 or 0xFFFFFFFF
    dword_off,    ///< the 4-byte REG_DWORD 0 (that is: exact)
    dword_at_least, ///< any 4-byte REG_DWORD that is not smaller
    any_value,    ///< whatever value is there: it is written only where there is none
    same_strings, ///< a REG_MULTI_SZ with the same strings in the same order and case, whatever its terminators; likewise REG_SZ
};

/// A second value of the same key that decides together with this one: while it holds one of `numbers`, this value is met as well
/// if it is absent, or whatever it is.
struct Companion {
    std::string name;                    ///< of the value; without case
    std::vector<std::uint32_t> numbers;  ///< 4-byte REG_DWORDs
    bool absent_only = false;            ///< true: met by absence; false: met by anything
    bool operator==(const Companion&) const = default;
};

struct WantedValue {
    KeyPath key;
    std::string name;            ///< empty: the default value
    std::optional<Value> value;  ///< nullopt: the value must be absent
    Meets meets = Meets::exact;
    Span origin;                    ///< the line that asked
    std::vector<Span> overridden;   ///< lines of earlier files that this one replaced, earliest first

    std::optional<Companion> companion = std::nullopt;
    /// Names of a wanted list that are asked for only where the list that is held has them already. Of other lists they are left out.
    std::vector<std::string> only_where_held = {};
    bool absent_meets = false;  ///< absence meets it as well: the one who asks says that Windows does the same then

    /// What is to be written over `found` (nullptr: absent): `value`, without the names that are not asked for there.
    [[nodiscard]] std::optional<Value> over(const Value* found) const;

    /// Does `found` (nullptr: absent) already meet it by itself?
    [[nodiscard]] bool is_met_by(const Value* found) const;
    /// The same, or together with what its companion's value holds (nullptr: absent, or there is no companion).
    [[nodiscard]] bool is_met_by(const Value* found, const Value* beside) const;
};

/// What is asked of a key itself. A key wanted absent takes everything below it along but the values (and their keys) that
/// the same Wanted asks for: `[-K]`, `[K]`, `"a"=...` leaves K with `a` alone.
struct WantedKey {
    KeyPath key;
    bool present = true;
    bool clear_values = false;  ///< values of this key that are not wanted are removed
    Span origin;
};

/// Items are unique per (key, value name) and sorted: keys in registry order, names without case, default value first.
struct Wanted {
    std::vector<WantedValue> values;
    std::vector<WantedKey> keys;

    void sort();
    [[nodiscard]] const WantedValue* find(const KeyPath& key, std::string_view name) const;
};

/// Folds the operations of a patch in order into what they ask for in the end: the last line about a value wins (the
/// earlier ones are kept in `overridden`), a deleted key is wanted absent until a later line makes it again.
[[nodiscard]] Wanted to_wanted(const struct Patch& patch);

}  // namespace schancfg::registry
