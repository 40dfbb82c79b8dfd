// `.reg` files: what regedit and reg.exe really read and write.
//
// Reading predicts what Windows would import, line by line: a line that Windows skips is a warning that names it (an
// error with `strict`), a file of which it would import nothing is an error. Rule ids are those of lib/docs/formats/reg.md.
// Writing gives the bytes of Windows' own exports. Opens no files. Use from any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "schancfg/diagnostic.hpp"
#include "schancfg/registry/area_index.hpp"
#include "schancfg/registry/coverage.hpp"
#include "schancfg/registry/patch.hpp"
#include "schancfg/registry/tree.hpp"

namespace schancfg::codec {

struct RegReadOptions {
    std::string file;              ///< name for messages
    bool strict = false;           ///< every line that Windows would skip is an error
    bool count_elsewhere = false;  ///< warnings about lines below keys that schancfg does not read are counted in one, `reg-elsewhere`
    /// Not nullptr: the values of other keys are passed over unread and nothing is said of their lines, so that a state is read from a large export as
    /// fast as its bytes come; the answer is that of the whole file without these values. `strict` wants all lines, so leave it out there. Outlives the call.
    const registry::AreaIndex* only = nullptr;
    bool counted = true;  ///< with `only`; false: lines that are passed over are not counted, so that no message has the number of its line, and reading is faster still
    std::uint32_t code_page = 1252;  ///< for text that is neither UTF-16LE nor valid UTF-8; only 1252 and 28591 are known
};

inline constexpr std::size_t reg_max_line = 4u << 20;  ///< characters of one physical line
inline constexpr std::size_t reg_max_file = 512u << 20;  ///< bytes

/// Bytes of a file to the operations it states, in order, each with its line. Duplicates are not folded. At most 1,000
/// warnings are kept (the last says how many more). Never throws on bad input.
[[nodiscard]] Decoded<registry::Patch> decode_reg(std::string_view bytes, const RegReadOptions& options);

/// The same with what the file speaks for: see RegState.
struct RegLines {
    registry::Patch patch;
    registry::Coverage coverage;
};
[[nodiscard]] Decoded<RegLines> decode_reg_lines(std::string_view bytes, const RegReadOptions& options);

/// The same straight into a Tree, for exports of 100 MB: what a registry holds after importing the file into nothing.
[[nodiscard]] Decoded<registry::Tree> decode_reg_tree(std::string_view bytes, const RegReadOptions& options);

/// A line of its own with this comment says that the file speaks for all keys that schancfg reads: what it does not name is absent.
inline constexpr std::string_view reg_whole_comment = "; schancfg: complete, what is not named here is absent";

/// A file as a state: its tree, and what it speaks for: each key that it names (also to delete it) and all below, or everything.
struct RegState {
    registry::Tree tree;
    registry::Coverage coverage;
};
[[nodiscard]] Decoded<RegState> decode_reg_state(std::string_view bytes, const RegReadOptions& options);

/// UTF-16LE with BOM and CRLF, header 5.00, regedit's wrapping; hex(1) where regedit's own form would lose data. Operations
/// keep their order; set_value and erase_value of one key are grouped below one key line as long as they follow each other.
/// `whole`: with reg_whole_comment.
[[nodiscard]] std::string encode_reg(const registry::Patch& patch, bool whole = false);
/// Keys depth first in registry order, values in stored order: the form of regedit's own exports.
[[nodiscard]] std::string encode_reg(const registry::Tree& tree);
/// The same for a state that speaks for `coverage`, so that the file says as much: with reg_whole_comment where it is whole; else
/// without key lines for keys that hold nothing but keys and that it does not speak for.
[[nodiscard]] std::string encode_reg(const registry::Tree& tree, const registry::Coverage& coverage);

}  // namespace schancfg::codec
