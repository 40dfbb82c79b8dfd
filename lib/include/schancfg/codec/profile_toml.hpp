// TOML profiles (format 1, profiles/README.md): text to schannel::Profile. Opens no files; `extends` goes through the caller.
// Use from any thread from which `load` may be called.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "schancfg/diagnostic.hpp"
#include "schancfg/facts/releases.hpp"
#include "schancfg/registry/tree.hpp"
#include "schancfg/registry/wanted.hpp"
#include "schancfg/schannel/profile.hpp"

namespace schancfg::codec {

inline constexpr std::size_t profile_max_size = 1u << 20;  ///< bytes of one file
inline constexpr int profile_max_depth = 16;               ///< of `extends`

/// What `extends` asks of the caller: `name` as written, `from` the id of the file that says so. Built-in names (no
/// separator, no extension) are answered by the decoder itself. The caller refuses absolute paths, UNC, drive, device and
/// stream names and anything but regular files, and gives back text and an id by which a file is recognised (cycles).
struct LoadedText {
    std::string id;
    std::string text;
};
using Load = std::function<Result<LoadedText>(std::string_view name, std::string_view from)>;

/// Every error has file, line, column, what was found, what would be right and the nearest known name. All errors of a file are
/// collected. A text that is not TOML is one error without a word of the text. Never throws on bad input.
[[nodiscard]] Decoded<schannel::Profile> decode_profile(std::string_view text, std::string_view id, const Load& load);

/// A profile that asks for exactly what `tree` holds in the values that may be written, named where they have a name, raw
/// otherwise. What may not be written is left out and named in a comment. Decoding it and planning against `tree` gives an empty plan.
[[nodiscard]] std::string encode_profile(const registry::Tree& tree, const facts::Release* release, std::string_view name);

/// The same for what is asked for, removals included, as one profile that extends none. malformed: something that no profile can say
/// (a key removed with all it holds), with its place.
[[nodiscard]] Result<std::string> encode_profile(const registry::Wanted& wanted, const facts::Release* release, std::string_view name);

}  // namespace schancfg::codec
