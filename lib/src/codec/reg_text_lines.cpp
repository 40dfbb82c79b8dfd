#include "codec/reg_text_lines.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "codec/lanes.hpp"
#include "schancfg/codec/reg_text.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::codec::reg_text {
namespace {

constexpr std::size_t npos = std::string_view::npos;
constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";

// 0x80 to 0x9F of Windows-1252; the five bytes without a character map to themselves, as MultiByteToWideChar does.
// Source: https://www.unicode.org/Public/MAPPINGS/VENDORS/MICSFT/WindowsBestFit/bestfit1252.txt
constexpr std::array<char16_t, 32> windows_1252{
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
    0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

std::size_t find_non_ascii(std::string_view text) {
    constexpr std::uint64_t high_bits = 0x8080808080808080u;
    std::size_t at = 0;
    for (; at + 8 <= text.size(); at += 8) {
        std::uint64_t eight = 0;
        std::memcpy(&eight, text.data() + at, 8);
        if ((eight & high_bits) != 0) break;
    }
    while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) ++at;
    return at == text.size() ? npos : at;
}

char16_t unit_at(const char* bytes) {
    return static_cast<char16_t>(static_cast<unsigned char>(bytes[0]) | static_cast<unsigned char>(bytes[1]) << 8);
}

// Copies UTF-16LE units below 0x80 as bytes until a control character, another unit or the end; returns how many. May
// write up to `units` bytes in any case.
std::size_t copy_ascii(const char* from, std::size_t units, char* to) {
    std::size_t done = 0;
#ifdef SCHANCFG_LANES
    for (; done + 16 <= units; done += 16) {
        const lanes::Lanes low = lanes::load(from + 2 * done), high = lanes::load(from + 2 * done + 16);
        // Signed comparisons: a unit of 0x8000 or more is below 0x20 as well.
        const auto is_other = [](lanes::Lanes eight) {
            return lanes::either(lanes::less_words(eight, lanes::words_of(0x20)), lanes::less_words(lanes::words_of(0x7F), eight));
        };
        const unsigned others = lanes::top_bits(lanes::narrow_mask(is_other(low), is_other(high)));
        lanes::store(to + done, lanes::narrow(low, high));
        if (others != 0) return done + static_cast<unsigned>(std::countr_zero(others));
    }
#else
    if constexpr (std::endian::native == std::endian::little) {
        for (; done + 4 <= units; done += 4) {
            std::uint64_t four = 0;
            std::memcpy(&four, from + 2 * done, 8);
            // No unit is 0x80 or more, and none is below 0x20 (the subtraction would borrow).
            if (((four | (four - 0x0020002000200020u)) & 0xFF80FF80FF80FF80u) != 0) break;
            four = (four | four >> 8) & 0x0000FFFF0000FFFFu;
            four |= four >> 16;
            const auto narrow = static_cast<std::uint32_t>(four);
            std::memcpy(to + done, &narrow, 4);
        }
    }
#endif
    for (; done < units; ++done) {
        const char16_t unit = unit_at(from + 2 * done);
        if (unit < 0x20 || unit >= 0x80) break;
        to[done] = static_cast<char>(unit);
    }
    return done;
}

std::size_t count_code_points(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace

Encoding find_encoding(std::string_view bytes) {
    if (bytes.starts_with("\xFF\xFE")) return Encoding::utf16le;
    if (bytes.starts_with("\xFE\xFF")) return Encoding::utf16be;
    if (bytes.starts_with(utf8_mark)) return Encoding::utf8_marked;
    if (bytes.size() >= 2 && bytes[0] == '\0' && bytes[1] != '\0') return Encoding::utf16be;
    if (bytes.size() >= 2 && bytes[0] != '\0' && bytes[1] == '\0') return Encoding::utf16_unmarked;
    const std::size_t first = find_non_ascii(bytes);
    if (first == npos) return Encoding::utf8;
    return utf::find_invalid_utf8(bytes.substr(first)) == npos ? Encoding::utf8 : Encoding::ansi;
}

void append_ansi(std::string& out, unsigned char byte, bool latin1) {
    if (byte >= 0x80 && byte < 0xA0 && !latin1) {
        utf::append_utf8(out, windows_1252[byte - 0x80u]);
    } else {
        utf::append_utf8(out, byte);
    }
}

LineReader::LineReader(std::string_view bytes, Encoding encoding, bool latin1, bool counted)
    : bytes_(bytes), encoding_(encoding), latin1_(latin1), counted_(counted) {
    if (encoding == Encoding::utf16le) {
        bytes_.remove_prefix(before_ = 2);
        ends_in_half_ = bytes_.size() % 2 != 0;
        if (ends_in_half_) bytes_.remove_suffix(1);
    } else if (encoding == Encoding::utf8_marked) {
        bytes_.remove_prefix(before_ = utf8_mark.size());
    }
}

bool LineReader::next(std::string_view& line) {
    if (at_ >= bytes_.size() || too_long_ || is_ended_) return false;
    ++number_;
    line_begin_ = at_;
    return encoding_ == Encoding::utf16le ? next_wide(line) : next_narrow(line);
}

void LineReader::pass_empty() {
    if (too_long_ || is_ended_ || at_ >= bytes_.size() || (bytes_[at_] != '\r' && bytes_[at_] != '\n')) return;
    const std::string_view end = encoding_ == Encoding::utf16le ? std::string_view("\r\0\n\0", 4) : std::string_view("\r\n", 2);
    const std::string_view feed = end.substr(end.size() / 2);
    // A text of which a RegSieve left out most has hundreds of thousands of them in a row.
    const auto eight_of = [](const char* from) {
        std::uint64_t out = 0;
        std::memcpy(&out, from, sizeof out);
        return out;
    };
    constexpr std::size_t step = 32;
    std::array<char, 8> many{};
    for (std::size_t i = 0; i < many.size(); i += feed.size()) feed.copy(many.data() + i, feed.size());
    const std::uint64_t feeds = eight_of(many.data());
    for (;;) {
        const char* const from = bytes_.data() + at_;
        const std::string_view rest = bytes_.substr(at_);
        if (rest.size() >= step && ((eight_of(from) ^ feeds) | (eight_of(from + 8) ^ feeds) | (eight_of(from + 16) ^ feeds) | (eight_of(from + 24) ^ feeds)) == 0) {
            at_ += step;
            number_ += static_cast<std::uint32_t>(step / feed.size());
        } else if (const std::string_view found = rest.starts_with(feed) ? feed : end; rest.starts_with(found)) {
            at_ += found.size();
            ++number_;
        } else {
            return;
        }
    }
}

bool LineReader::next_wide(std::string_view& line) {
    constexpr std::size_t step = 256;     // units that are copied at a time
    constexpr std::size_t longest = 4;    // bytes of one code point
    std::size_t used = 0;
    const std::size_t start = at_;
    has_nul_ = false;
    for (;;) {
        if (buffer_.size() < used + step + longest) buffer_.resize(std::max<std::size_t>(1024, 2 * buffer_.size()));
        const std::size_t copied = copy_ascii(bytes_.data() + at_, std::min(step, (bytes_.size() - at_) / 2), buffer_.data() + used);
        used += copied;
        at_ += 2 * copied;
        if ((at_ - start) / 2 > reg_max_line) {
            too_long_ = true;
            return false;
        }
        if (at_ == bytes_.size()) break;
        if (copied == step) continue;
        char32_t point = unit_at(bytes_.data() + at_);
        at_ += 2;
        if (point == '\n') break;
        if (point == '\r') {
            if (at_ < bytes_.size() && unit_at(bytes_.data() + at_) == '\n') at_ += 2;
            break;
        }
        if (point < 0x80) {
            has_nul_ = has_nul_ || point == 0;
            buffer_[used++] = static_cast<char>(point);
            continue;
        }
        if (point >= 0xD800 && point < 0xDC00 && at_ < bytes_.size()) {
            const char16_t low = unit_at(bytes_.data() + at_);
            if (low >= 0xDC00 && low < 0xE000) {
                point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00u);
                at_ += 2;
            }
        }
        if (point < 0x800) {
            buffer_[used++] = static_cast<char>(0xC0 | point >> 6);
        } else {
            if (point < 0x10000) {
                buffer_[used++] = static_cast<char>(0xE0 | point >> 12);
            } else {
                buffer_[used++] = static_cast<char>(0xF0 | point >> 18);
                buffer_[used++] = static_cast<char>(0x80 | (point >> 12 & 0x3F));
            }
            buffer_[used++] = static_cast<char>(0x80 | (point >> 6 & 0x3F));
        }
        buffer_[used++] = static_cast<char>(0x80 | (point & 0x3F));
    }
    line = std::string_view(buffer_).substr(0, used);
    return true;
}

bool LineReader::next_narrow(std::string_view& line) {
    // Each of the two is looked for again only when it has been passed: a file has one kind of line ends as a rule.
    if (next_cr_ <= at_) next_cr_ = std::min(bytes_.find('\r', at_), bytes_.size());
    if (next_lf_ <= at_) next_lf_ = std::min(bytes_.find('\n', at_), bytes_.size());
    const std::size_t end = std::min(next_cr_, next_lf_);
    const std::string_view raw = bytes_.substr(at_, end - at_);
    at_ = end + (next_cr_ + 1 == next_lf_ ? 2 : 1);
    if (raw.size() > reg_max_line && (encoding_ == Encoding::ansi || count_code_points(raw) > reg_max_line)) {
        too_long_ = true;
        return false;
    }
    has_nul_ = raw.find('\0') != npos;
    line = decoded(raw);
    return true;
}

std::string_view LineReader::decoded(std::string_view raw) {
    const std::size_t first = find_non_ascii(raw);
    non_ascii_ = first != npos;
    if (!non_ascii_) return raw;
    if (encoding_ == Encoding::utf8) return raw;
    if (encoding_ == Encoding::utf8_marked && utf::find_invalid_utf8(raw.substr(first)) == npos) return raw;
    buffer_.assign(raw.substr(0, first));
    if (encoding_ == Encoding::ansi) {
        for (const char c : raw.substr(first)) append_ansi(buffer_, static_cast<unsigned char>(c), latin1_);
    } else {
        for (std::size_t at = first; at < raw.size();) {
            // A surrogate in three bytes is as invalid in UTF-8 as any other byte that does not belong there.
            const std::size_t before = at;
            const char32_t point = utf::next_code_point(raw, at);
            const bool surrogate = point >= 0xD800 && point < 0xE000;
            if (surrogate) at = before + 1;
            utf::append_utf8(buffer_, surrogate ? 0xFFFD : point);
        }
    }
    return buffer_;
}

}  // namespace schancfg::codec::reg_text
