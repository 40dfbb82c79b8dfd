#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string>

#include "codec/lanes.hpp"
#include "codec/reg_text_lines.hpp"
#include "schancfg/codec/reg_text.hpp"
#include "schancfg/utf.hpp"

// Lines that nobody asked for are not taken apart: what is looked for in them is the bracket that begins a line, sixteen characters at a time. Such
// a line is a key unless hex data announces that it goes on, so where the line before could do so, the lines since the last key are read properly.
namespace schancfg::codec::reg_text {
namespace {

constexpr std::size_t most_at_once = 32768;  // units between two looks at the length of lines

/// As memcmp, which in WebAssembly's C library looks at one byte after the other.
bool same(const char* one, const char* other, std::size_t size) {
    std::size_t at = 0;
    for (; at + 8 <= size; at += 8) {
        std::uint64_t left = 0, right = 0;
        std::memcpy(&left, one + at, 8);
        std::memcpy(&right, other + at, 8);
        if (left != right) return false;
    }
    return std::memcmp(one + at, other + at, size - at) == 0;
}

template <class Unit>
class Units {
public:
    explicit Units(std::string_view bytes) : bytes_(bytes.data()), size_(bytes.size() / sizeof(Unit)) {}
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] const char* bytes(std::size_t at) const { return bytes_ + at * sizeof(Unit); }
    [[nodiscard]] unsigned operator[](std::size_t at) const {
        if constexpr (sizeof(Unit) == 1) {
            return static_cast<unsigned char>(bytes_[at]);
        } else {
            return static_cast<unsigned char>(bytes_[2 * at]) | static_cast<unsigned>(static_cast<unsigned char>(bytes_[2 * at + 1])) << 8;
        }
    }
    [[nodiscard]] bool holds(std::size_t at, std::string_view text) const {
        return text.size() <= (size_ - at) * sizeof(Unit) && same(bytes(at), text.data(), text.size());
    }
    [[nodiscard]] bool is_line_end(std::size_t at) const { return (*this)[at] == '\r' || (*this)[at] == '\n'; }
    [[nodiscard]] bool is_blank(std::size_t at) const { return (*this)[at] == ' ' || (*this)[at] == '\t'; }
    /// Is the unit at `at` the last of a line end?
    [[nodiscard]] bool ends_line(std::size_t at) const { return (*this)[at] == '\n' || ((*this)[at] == '\r' && (at + 1 == size_ || (*this)[at + 1] != '\n')); }

private:
    const char* bytes_;
    std::size_t size_;
};

/// The first bracket or semicolon in [from, to), or `to`; adds the line ends before it to `ends` where `counted`. At most `most_at_once` units.
template <class Unit, bool counted>
std::size_t find_stop(const Units<Unit>& text, std::size_t from, std::size_t to, std::size_t& ends) {
    std::size_t at = from;
#ifdef SCHANCFG_LANES
    using lanes::Lanes;
    // As bytes: what is looked for is ASCII, and no other unit becomes that.
    const auto sixteen = [&](std::size_t place) {
        if constexpr (sizeof(Unit) == 1) return lanes::load(text.bytes(place));
        else return lanes::narrow(lanes::load(text.bytes(place)), lanes::load(text.bytes(place + 8)));
    };
    const auto equal = [](Lanes units, char c) { return lanes::equal_bytes(units, lanes::bytes_of(c)); };
    const auto stops_in = [&](Lanes units) { return lanes::either(equal(units, '['), equal(units, ';')); };
    const auto bits_of = [](Lanes one, Lanes two) { return lanes::top_bits(one) | lanes::top_bits(two) << 16; };
    // A line feed after a carriage return ends no line that is not counted yet.
    const auto ends_in = [&](Lanes units, Lanes returns, Lanes before) { return lanes::either(returns, lanes::without(equal(units, '\n'), lanes::moved_by_one(before, returns))); };
    Lanes counts = lanes::none(), last_returns = lanes::none();
    while (at + 32 <= to) {
        constexpr std::size_t most = 127;  // turns, each of which adds two to a byte at most
        Lanes few = lanes::none();
        for (const std::size_t until = std::min(to, at + most * 32); at + 32 <= until; at += 32) {
            const Lanes one = sixteen(at), two = sixteen(at + 16);
            const Lanes stops = stops_in(one), more_stops = stops_in(two);
            Lanes found = lanes::none(), more = lanes::none();
            if constexpr (counted) {
                const Lanes returns = equal(one, '\r'), more_returns = equal(two, '\r');
                found = ends_in(one, returns, last_returns);
                more = ends_in(two, more_returns, returns);
                last_returns = more_returns;
            }
            if (lanes::any(lanes::either(stops, more_stops))) {
                const auto place = static_cast<unsigned>(std::countr_zero(bits_of(stops, more_stops)));
                if constexpr (counted) ends += lanes::sum(lanes::add_bytes(counts, few)) + static_cast<unsigned>(std::popcount(bits_of(found, more) & ((1u << place) - 1)));
                return at + place;
            }
            // A mask is minus one.
            if constexpr (counted) few = lanes::minus_bytes(lanes::minus_bytes(few, found), more);
        }
        if constexpr (counted) counts = lanes::add_bytes(counts, few);
    }
    if constexpr (counted) {
        ends += lanes::sum(counts);
        if (at > from && at < text.size() && text[at - 1] == '\r' && text[at] == '\n') --ends;
    }
#endif
    for (; at < to; ++at) {
        const unsigned unit = text[at];
        if (unit == '[' || unit == ';') break;
        if (counted && unit <= '\r' && text.ends_line(at)) ++ends;
    }
    return at;
}

/// Where the line that holds `at` begins; `from` is the start of a line before it.
template <class Unit>
std::size_t line_start(const Units<Unit>& text, std::size_t from, std::size_t at) {
    while (at > from && !text.is_line_end(at - 1)) --at;
    return at;
}

/// Could the last line before `end` that says anything announce that its hex data goes on? Both ends are starts of lines.
template <class Unit>
bool may_go_on(const Units<Unit>& text, std::size_t from, std::size_t end) {
    while (end > from) {
        std::size_t at = end - 1;
        if (at > from && text[at] == '\n' && text[at - 1] == '\r') --at;
        unsigned first = 0, last = 0;  // that are not blank
        bool has_comment = false;
        for (; at > from && !text.is_line_end(at - 1); --at) {
            const unsigned unit = text[at - 1];
            if (unit == ' ' || unit == '\t') continue;
            first = unit;
            if (last == 0) last = unit;
            has_comment = has_comment || unit == ';';
        }
        if (first != 0 && first != ';') return last == '\\' || has_comment;
        end = at;
    }
    return false;
}

std::string widened(std::string_view text, std::size_t size) { return size == 1 ? std::string(text) : utf::to_utf16le(text); }

}  // namespace

template <class Unit, bool counted>
std::size_t LineReader::pass_units(std::string_view known) {
    const Units<Unit> text(bytes_);
    const std::string prefix = known.empty() ? std::string() : widened(std::string(known) + '\\', sizeof(Unit));
    static const std::string whole = widened(reg_whole_comment, sizeof(Unit));
    const std::size_t entry = at_ / sizeof(Unit);
    std::size_t safe = entry, ends_before_safe = 0;   // the start of the last line that is read as it is, whatever stands before it
    std::size_t part = entry, ends_before_part = 0;   // of which the lengths of lines are not looked at yet
    std::size_t start = entry;                        // of the line that goes into `part`
    std::size_t measured = 0, characters = 0;         // of UTF-8: of that line, up to where they are counted
    std::size_t ends = 0;

    // False where a line that ends before `to` is longer than may be.
    const auto measure = [&](std::size_t to) {
        std::size_t end = to;
        if (to - start > reg_max_line) {
            end = part;
            while (end < to && !text.is_line_end(end)) ++end;
            if (encoding_ == Encoding::utf8 || encoding_ == Encoding::utf8_marked) {
                if (measured < start) measured = start, characters = 0;
                for (; measured < end; ++measured) characters += (text[measured] & 0xC0) != 0x80 ? 1u : 0u;
                if (characters > reg_max_line) return false;
            } else if (end - start > reg_max_line) {
                return false;
            }
        }
        if (const std::size_t last = line_start(text, part, to); last > part) start = last;
        part = to;
        ends_before_part = ends;
        return true;
    };
    const auto go_to = [&](std::size_t unit, std::size_t line_ends, bool is_open = false) {
        if (passed_ != nullptr && unit > entry) passed_->push_back({before_ + at_, before_ + unit * sizeof(Unit), line_ends, is_open});
        at_ = unit * sizeof(Unit);
        number_ += static_cast<std::uint32_t>(line_ends);
    };
    const auto refuse = [&] {
        number_ += static_cast<std::uint32_t>(ends_before_part) + 1;
        too_long_ = true;
        return std::size_t{0};
    };

    for (std::size_t at = entry;;) {
        const std::size_t to = std::min(text.size(), part + most_at_once);
        at = find_stop<Unit, counted>(text, at, to, ends);
        if (at == to) {
            if (!measure(to)) return refuse();
            if (to != text.size()) continue;
            if (goes_on_) {
                is_ended_ = true;
                if (safe == entry) return 0;
                go_to(safe, ends_before_safe);
                ended_at_ = before_ + at_;
                return 0;
            }
            const bool is_open = start < to;
            go_to(to, ends, is_open);
            if (is_open) ++number_;
            return 0;
        }
        const std::size_t stop = at++;
        std::size_t begin = stop;
        while (begin > safe && text.is_blank(begin - 1)) --begin;
        if (begin > safe && !text.is_line_end(begin - 1)) continue;
        const bool is_key = text[stop] == '[';
        if (is_key && !prefix.empty() && text.holds(stop + 1, prefix)) {
            safe = begin;
            ends_before_safe = ends;
            continue;
        }
        if (!is_key && !text.holds(stop, whole)) continue;
        if (is_key && !may_go_on(text, safe, begin)) {
            if (begin > part && !measure(begin)) return refuse();
            go_to(begin, ends);
            return 0;
        }
        // Read properly from where that is safe; lines that are too long are found on the way.
        if (safe > part) {
            ends = ends_before_safe;
            if (!measure(safe)) return refuse();
        }
        go_to(safe, ends_before_safe);
        return (stop + 1) * sizeof(Unit);
    }
}

std::size_t LineReader::pass(std::string_view known) {
    if (at_ >= bytes_.size() || too_long_) return 0;
    if (!counted_) return encoding_ == Encoding::utf16le ? pass_units<char16_t, false>(known) : pass_units<char, false>(known);
    return encoding_ == Encoding::utf16le ? pass_units<char16_t, true>(known) : pass_units<char, true>(known);
}

}  // namespace schancfg::codec::reg_text
