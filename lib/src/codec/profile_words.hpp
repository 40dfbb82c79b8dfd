// Words and lists of words, and what is wrong with them: names that nobody knows, with the nearest that somebody does, characters that
// only look right, other types.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "profile_document.hpp"

namespace schancfg::codec::profile {

/// `"a", "b" or "c"`.
[[nodiscard]] std::string any_of(std::span<const std::string_view> words);

/// The word with lookalikes replaced by the ASCII characters they look like, and its first lookalike (or other character outside
/// of ASCII) described: `U+2215 (division slash)`. nullopt: all of it is ASCII.
struct Lookalike {
    std::string plain;        ///< as far as replacements are known
    bool replaced_all = true; ///< `plain` is ASCII
    std::string description;
};
[[nodiscard]] std::optional<Lookalike> find_lookalike(std::string_view word);

/// Reports a word that is none of the candidates. `complaint` comes before the word: `unknown protocol`, `schannel has no key`.
/// `otherwise` is what would be right when no candidate is near; empty: the candidates.
void unknown_word(DocumentErrors& report, DocumentPlace place, std::string_view complaint, std::string_view word,
                  std::span<const std::string_view> candidates, std::string otherwise = {});

/// Words that every value takes.
inline constexpr std::string_view reserved_words[] = {"default", "unmanaged"};
[[nodiscard]] bool is_reserved(std::string_view word);

/// `protocols."TLS 1.2" is a number`, and what would be right.
void wrong_type(DocumentErrors& report, DocumentPlace place, std::string_view what, const Node& found, std::string fix);

/// May a name or description hold it? Not what is unprintable, but for blanks and variation selectors, which people write.
[[nodiscard]] bool is_text(char32_t point, bool may_have_lines);

/// Strings without doubles in the order of the list; reports everything else that is in it. Empty lists are an error.
[[nodiscard]] std::vector<const Node*> decode_strings(std::string_view what, const Node& list, DocumentErrors& report);

}  // namespace schancfg::codec::profile
