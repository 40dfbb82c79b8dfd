// The lines of a log and the blanks in them, found in one pass: most of a log is user agents and paths, which nobody looks at.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace schancfg::codec::iis {

inline constexpr std::size_t most_fields = 64;

/// A line, without its end, and its words.
struct Line {
    std::string_view text;
    std::size_t blanks = 0;  ///< more than most_fields: they were not counted further
    /// Where the words begin, one behind each blank; room for what a step of the search writes beyond.
    std::array<std::uint32_t, most_fields + 130> starts;

    [[nodiscard]] std::size_t words() const { return blanks + 1; }
    /// Of at most most_fields words.
    [[nodiscard]] std::string_view word(std::size_t at) const {
        if (at > blanks) return {};
        const std::size_t from = at == 0 ? 0 : starts[at - 1];
        const std::size_t to = at == blanks ? text.size() : starts[at] - 1;
        return text.substr(from, to - from);
    }
};

/// The first line of `bytes`, which is behind it afterwards; false: `bytes` holds no line end.
[[nodiscard]] bool next_line(std::string_view& bytes, Line& line);

}  // namespace schancfg::codec::iis
