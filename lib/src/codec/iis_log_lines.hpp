// The lines of a log and the blanks in them, found in one pass: most of a log is user agents and paths, which nobody looks at.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace schancfg::codec::iis {

inline constexpr std::size_t most_fields = 64;

/// A line, without its end, and its words. Its text may be shortened at its end, by anything but blanks.
struct Line {
    std::string_view text;
    const std::uint32_t* blanks = nullptr;  ///< where they are, from where `text` began
    std::size_t blank_count = 0;
    std::uint32_t begin = 0;                ///< what `blanks` count from, before the line

    [[nodiscard]] std::size_t words() const { return blank_count + 1; }
    [[nodiscard]] std::string_view word(std::size_t at) const {
        if (at > blank_count) return {};
        const std::size_t from = at == 0 ? 0 : blanks[at - 1] + 1 - begin;
        const std::size_t to = at == blank_count ? text.size() : blanks[at] - begin;
        return text.substr(from, to - from);
    }
};

/// What lines begin some bytes, some hundred at a time.
class Lines {
public:
    /// Looks for lines at the beginning of `bytes`, which stay where they are while lines are asked for; true: there is one at least. False: there is no line
    /// end, or more than `limit` bytes or thousands of blanks stand before the first.
    [[nodiscard]] bool find(std::string_view bytes, std::size_t limit);
    /// The next of those that were found.
    [[nodiscard]] bool next(Line& line);
    /// How many bytes those are that were given, with their ends.
    [[nodiscard]] std::size_t size() const { return begin_; }

private:
    static constexpr std::size_t step = 64, enough = std::size_t{32} << 10, most_blanks = 8192, most_ends = 1024;
    struct Masks {
        std::uint64_t ends = 0, blanks = 0;
    };
    struct End {
        std::uint32_t at, blanks;  // how many stand before it
    };
    [[nodiscard]] static Masks masks_of(const char* bytes);
    [[nodiscard]] static Masks masks_wide(const char* bytes);
    template <Masks (*masks)(const char*)>
    void look(std::string_view bytes, std::size_t limit);
    void look_wide(std::string_view bytes, std::size_t limit);

    std::string_view bytes_;
    std::size_t at_ = 0, begin_ = 0, end_count_ = 0, blank_count_ = 0, blanks_given_ = 0;
    std::array<std::uint32_t, most_blanks + 2 * step> blanks_;  // a step writes a few beyond what it has
    std::array<End, most_ends + step> ends_;
};

}  // namespace schancfg::codec::iis
