// Patch: ordered changes to a registry, as a `.reg` file or a policy file states them.
//
// The order of the operations is the order of their effect; nothing is folded. A Patch is what somebody wrote down, a
// Plan (plan/plan.hpp) is what would change on one machine. Plain values: one thread changes one, or several read it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "schancfg/registry/key_path.hpp"
#include "schancfg/registry/tree.hpp"
#include "schancfg/registry/value.hpp"

namespace schancfg::registry {

enum class Op : std::uint8_t {
    create_key,        ///< with all missing parents; an existing key is left alone
    set_value,         ///< also makes the key
    erase_value,       ///< absent: nothing
    erase_all_values,  ///< of the key, not of its children
    erase_key,         ///< with everything below it; absent: nothing
};

struct Operation {
    Op op = Op::create_key;
    KeyPath key = {};
    std::string name = {};  ///< of the value, for set_value and erase_value; empty: the default value
    Value value = {};       ///< for set_value
    std::uint32_t line = 0;    ///< where the operation starts, from 1; 0: it was not read from a text
    std::uint32_t column = 0;
    std::uint32_t file = 0;    ///< which of Patch::files, where there are several
    bool if_missing = false;   ///< set_value does nothing where the key has a value of that name
    bool operator==(const Operation&) const = default;
};

struct Patch {
    std::string file;  ///< where it was read from, for messages; may be empty
    std::vector<Operation> operations;
    std::vector<std::string> files = {};  ///< of a patch that was read from several: a policy is a folder of them

    /// The place of an operation of this patch.
    [[nodiscard]] Span place_of(const Operation& operation) const {
        return {operation.file < files.size() ? files[operation.file] : file, operation.line, operation.column};
    }
};

/// Replays one operation or a whole patch. Erasing a root is ignored, as Windows refuses it.
void replay(const Operation& operation, Tree& onto);
void replay(const Patch& patch, Tree& onto);

/// The operations that make an empty registry into `tree`: each key, then its values in stored order.
[[nodiscard]] Patch to_patch(const Tree& tree);
/// A Tree is not copied by accident.
[[nodiscard]] Tree copy_of(const Tree& tree);

/// The operations that ask for `wanted` (which is sorted), values that are to be absent as erasures: what to_wanted folds back into it.
[[nodiscard]] Patch to_patch(const struct Wanted& wanted);

}  // namespace schancfg::registry
