#include "schancfg/utf.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <memory>

#include "schancfg/ascii.hpp"

namespace schancfg::utf {
namespace {

// Runs of lower-case units with one distance to their upper case. Only pairs that map back are here: Windows' table, like
// NTFS' $UpCase, leaves U+00B5, U+0131 and U+017F alone. Data: Unicode simple case mapping.
struct Run {
    std::uint16_t first, last, step;
    std::int32_t distance;
};
constexpr Run runs[] = {
    {0x00E0, 0x00F6, 1, -32}, {0x00F8, 0x00FE, 1, -32}, {0x00FF, 0x00FF, 1, 121}, {0x0101, 0x012F, 2, -1},
    {0x0133, 0x0137, 2, -1}, {0x013A, 0x0148, 2, -1}, {0x014B, 0x0177, 2, -1}, {0x017A, 0x017E, 2, -1},
    {0x0180, 0x0180, 1, 195}, {0x0183, 0x0185, 2, -1}, {0x0188, 0x0188, 1, -1}, {0x018C, 0x018C, 1, -1},
    {0x0192, 0x0192, 1, -1}, {0x0195, 0x0195, 1, 97}, {0x0199, 0x0199, 1, -1}, {0x019A, 0x019A, 1, 163},
    {0x019E, 0x019E, 1, 130}, {0x01A1, 0x01A5, 2, -1}, {0x01A8, 0x01A8, 1, -1}, {0x01AD, 0x01AD, 1, -1},
    {0x01B0, 0x01B0, 1, -1}, {0x01B4, 0x01B6, 2, -1}, {0x01B9, 0x01B9, 1, -1}, {0x01BD, 0x01BD, 1, -1},
    {0x01BF, 0x01BF, 1, 56}, {0x01C6, 0x01C6, 1, -2}, {0x01C9, 0x01C9, 1, -2}, {0x01CC, 0x01CC, 1, -2},
    {0x01CE, 0x01DC, 2, -1}, {0x01DD, 0x01DD, 1, -79}, {0x01DF, 0x01EF, 2, -1}, {0x01F3, 0x01F3, 1, -2},
    {0x01F5, 0x01F5, 1, -1}, {0x01F9, 0x021F, 2, -1}, {0x0223, 0x0233, 2, -1}, {0x023C, 0x023C, 1, -1},
    {0x023F, 0x0240, 1, 10815}, {0x0242, 0x0242, 1, -1}, {0x0247, 0x024F, 2, -1}, {0x0250, 0x0250, 1, 10783},
    {0x0251, 0x0251, 1, 10780}, {0x0252, 0x0252, 1, 10782}, {0x0253, 0x0253, 1, -210}, {0x0254, 0x0254, 1, -206},
    {0x0256, 0x0257, 1, -205}, {0x0259, 0x0259, 1, -202}, {0x025B, 0x025B, 1, -203}, {0x025C, 0x025C, 1, 42319},
    {0x0260, 0x0260, 1, -205}, {0x0261, 0x0261, 1, 42315}, {0x0263, 0x0263, 1, -207}, {0x0265, 0x0265, 1, 42280},
    {0x0266, 0x0266, 1, 42308}, {0x0268, 0x0268, 1, -209}, {0x0269, 0x0269, 1, -211}, {0x026A, 0x026A, 1, 42308},
    {0x026B, 0x026B, 1, 10743}, {0x026C, 0x026C, 1, 42305}, {0x026F, 0x026F, 1, -211}, {0x0271, 0x0271, 1, 10749},
    {0x0272, 0x0272, 1, -213}, {0x0275, 0x0275, 1, -214}, {0x027D, 0x027D, 1, 10727}, {0x0280, 0x0280, 1, -218},
    {0x0282, 0x0282, 1, 42307}, {0x0283, 0x0283, 1, -218}, {0x0287, 0x0287, 1, 42282}, {0x0288, 0x0288, 1, -218},
    {0x0289, 0x0289, 1, -69}, {0x028A, 0x028B, 1, -217}, {0x028C, 0x028C, 1, -71}, {0x0292, 0x0292, 1, -219},
    {0x029D, 0x029D, 1, 42261}, {0x029E, 0x029E, 1, 42258}, {0x0371, 0x0373, 2, -1}, {0x0377, 0x0377, 1, -1},
    {0x037B, 0x037D, 1, 130}, {0x03AC, 0x03AC, 1, -38}, {0x03AD, 0x03AF, 1, -37}, {0x03B1, 0x03C1, 1, -32},
    {0x03C3, 0x03CB, 1, -32}, {0x03CC, 0x03CC, 1, -64}, {0x03CD, 0x03CE, 1, -63}, {0x03D7, 0x03D7, 1, -8},
    {0x03D9, 0x03EF, 2, -1}, {0x03F2, 0x03F2, 1, 7}, {0x03F3, 0x03F3, 1, -116}, {0x03F8, 0x03F8, 1, -1},
    {0x03FB, 0x03FB, 1, -1}, {0x0430, 0x044F, 1, -32}, {0x0450, 0x045F, 1, -80}, {0x0461, 0x0481, 2, -1},
    {0x048B, 0x04BF, 2, -1}, {0x04C2, 0x04CE, 2, -1}, {0x04CF, 0x04CF, 1, -15}, {0x04D1, 0x052F, 2, -1},
    {0x0561, 0x0586, 1, -48}, {0x10D0, 0x10FA, 1, 3008}, {0x10FD, 0x10FF, 1, 3008}, {0x13F8, 0x13FD, 1, -8},
    {0x1D79, 0x1D79, 1, 35332}, {0x1D7D, 0x1D7D, 1, 3814}, {0x1D8E, 0x1D8E, 1, 35384}, {0x1E01, 0x1E95, 2, -1},
    {0x1EA1, 0x1EFF, 2, -1}, {0x1F00, 0x1F07, 1, 8}, {0x1F10, 0x1F15, 1, 8}, {0x1F20, 0x1F27, 1, 8},
    {0x1F30, 0x1F37, 1, 8}, {0x1F40, 0x1F45, 1, 8}, {0x1F51, 0x1F57, 2, 8}, {0x1F60, 0x1F67, 1, 8},
    {0x1F70, 0x1F71, 1, 74}, {0x1F72, 0x1F75, 1, 86}, {0x1F76, 0x1F77, 1, 100}, {0x1F78, 0x1F79, 1, 128},
    {0x1F7A, 0x1F7B, 1, 112}, {0x1F7C, 0x1F7D, 1, 126}, {0x1FB0, 0x1FB1, 1, 8}, {0x1FD0, 0x1FD1, 1, 8},
    {0x1FE0, 0x1FE1, 1, 8}, {0x1FE5, 0x1FE5, 1, 7}, {0x214E, 0x214E, 1, -28}, {0x2170, 0x217F, 1, -16},
    {0x2184, 0x2184, 1, -1}, {0x24D0, 0x24E9, 1, -26}, {0x2C30, 0x2C5F, 1, -48}, {0x2C61, 0x2C61, 1, -1},
    {0x2C65, 0x2C65, 1, -10795}, {0x2C66, 0x2C66, 1, -10792}, {0x2C68, 0x2C6C, 2, -1}, {0x2C73, 0x2C73, 1, -1},
    {0x2C76, 0x2C76, 1, -1}, {0x2C81, 0x2CE3, 2, -1}, {0x2CEC, 0x2CEE, 2, -1}, {0x2CF3, 0x2CF3, 1, -1},
    {0x2D00, 0x2D25, 1, -7264}, {0x2D27, 0x2D27, 1, -7264}, {0x2D2D, 0x2D2D, 1, -7264}, {0xA641, 0xA66D, 2, -1},
    {0xA681, 0xA69B, 2, -1}, {0xA723, 0xA72F, 2, -1}, {0xA733, 0xA76F, 2, -1}, {0xA77A, 0xA77C, 2, -1},
    {0xA77F, 0xA787, 2, -1}, {0xA78C, 0xA78C, 1, -1}, {0xA791, 0xA793, 2, -1}, {0xA794, 0xA794, 1, 48},
    {0xA797, 0xA7A9, 2, -1}, {0xA7B5, 0xA7C3, 2, -1}, {0xA7C8, 0xA7CA, 2, -1}, {0xA7D1, 0xA7D1, 1, -1},
    {0xA7D7, 0xA7D9, 2, -1}, {0xA7F6, 0xA7F6, 1, -1}, {0xAB53, 0xAB53, 1, -928}, {0xAB70, 0xABBF, 1, -38864},
    {0xFF41, 0xFF5A, 1, -32},
};

// Filled on the first name that is not ASCII, so that start-up does not pay for it.
const std::array<char16_t, 0x10000>& upcase_table() {
    static const auto table = [] {
        auto made = std::make_unique<std::array<char16_t, 0x10000>>();
        for (std::size_t unit = 0; unit < made->size(); ++unit) (*made)[unit] = static_cast<char16_t>(unit);
        for (const Run& run : runs)
            for (std::uint32_t unit = run.first; unit <= run.last; unit += run.step)
                (*made)[unit] = static_cast<char16_t>(static_cast<std::int32_t>(unit) + run.distance);
        return made;
    }();
    return *table;
}

constexpr char32_t replacement = 0xFFFD;

// Length of a valid sequence at `at` (surrogates count as valid when `wtf`), 0 when there is none.
std::size_t sequence_length(std::string_view text, std::size_t at, bool wtf) {
    const auto byte = [&](std::size_t offset) { return static_cast<unsigned char>(text[at + offset]); };
    const auto tail = [&](std::size_t offset, unsigned low = 0x80, unsigned high = 0xBF) {
        return at + offset < text.size() && byte(offset) >= low && byte(offset) <= high;
    };
    const unsigned lead = byte(0);
    if (lead < 0x80) return 1;
    if (lead >= 0xC2 && lead <= 0xDF) return tail(1) ? 2 : 0;
    if (lead >= 0xE0 && lead <= 0xEF) {
        const unsigned low = lead == 0xE0 ? 0xA0 : 0x80;
        const unsigned high = lead == 0xED && !wtf ? 0x9F : 0xBF;
        return tail(1, low, high) && tail(2) ? 3 : 0;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        const unsigned low = lead == 0xF0 ? 0x90 : 0x80;
        const unsigned high = lead == 0xF4 ? 0x8F : 0xBF;
        return tail(1, low, high) && tail(2) && tail(3) ? 4 : 0;
    }
    return 0;
}

// Walks the UTF-16 units of a (W)UTF-8 text.
class Units {
public:
    explicit Units(std::string_view text) : text_(text) {}
    [[nodiscard]] bool next(char16_t& unit) {
        if (low_ != 0) {
            unit = low_;
            low_ = 0;
            return true;
        }
        if (at_ >= text_.size()) return false;
        const char32_t point = next_code_point(text_, at_);
        if (point < 0x10000) {
            unit = static_cast<char16_t>(point);
        } else {
            unit = static_cast<char16_t>(0xD800 + ((point - 0x10000) >> 10));
            low_ = static_cast<char16_t>(0xDC00 + ((point - 0x10000) & 0x3FF));
        }
        return true;
    }

private:
    std::string_view text_;
    std::size_t at_ = 0;
    char16_t low_ = 0;
};

// Of the ASCII that it begins with, which is mostly all of it.
std::size_t ascii_length(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) ++at;
    return at;
}

}  // namespace

std::size_t find_invalid_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        // Mostly it is ASCII: eight bytes at once.
        if (std::uint64_t eight = 0; text.size() - at >= sizeof eight) {
            std::memcpy(&eight, text.data() + at, sizeof eight);
            if ((eight & 0x8080808080808080u) == 0) {
                at += sizeof eight;
                continue;
            }
        }
        const std::size_t length = sequence_length(text, at, false);
        if (length == 0) return at;
        at += length;
    }
    return std::string_view::npos;
}

char32_t next_code_point(std::string_view text, std::size_t& at) {
    const std::size_t length = sequence_length(text, at, true);
    const auto byte = [&](std::size_t offset) { return static_cast<unsigned char>(text[at + offset]); };
    char32_t point = replacement;
    if (length == 1) point = byte(0);
    if (length == 2) point = ((byte(0) & 0x1Fu) << 6) | (byte(1) & 0x3Fu);
    if (length == 3) point = ((byte(0) & 0x0Fu) << 12) | ((byte(1) & 0x3Fu) << 6) | (byte(2) & 0x3Fu);
    if (length == 4) {
        point = ((byte(0) & 0x07u) << 18) | ((byte(1) & 0x3Fu) << 12) | ((byte(2) & 0x3Fu) << 6) | (byte(3) & 0x3Fu);
    }
    at += length == 0 ? 1 : length;
    return point;
}

void append_utf8(std::string& out, char32_t point) {
    const auto put = [&](char32_t byte) { out.push_back(static_cast<char>(byte)); };
    if (point < 0x80) {
        put(point);
    } else if (point < 0x800) {
        put(0xC0 | (point >> 6));
        put(0x80 | (point & 0x3F));
    } else if (point < 0x10000) {
        put(0xE0 | (point >> 12));
        put(0x80 | ((point >> 6) & 0x3F));
        put(0x80 | (point & 0x3F));
    } else {
        put(0xF0 | (point >> 18));
        put(0x80 | ((point >> 12) & 0x3F));
        put(0x80 | ((point >> 6) & 0x3F));
        put(0x80 | (point & 0x3F));
    }
}

std::string to_utf16le(std::string_view text) {
    const std::size_t plain = ascii_length(text);
    std::string out(plain * 2, '\0');
    for (std::size_t at = 0; at < plain; ++at) out[at * 2] = text[at];
    if (plain == text.size()) return out;
    Units units(text.substr(plain));
    for (char16_t unit = 0; units.next(unit);) {
        out.push_back(static_cast<char>(unit & 0xFF));
        out.push_back(static_cast<char>(unit >> 8));
    }
    return out;
}

std::string from_utf16le(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size() / 2);
    const auto unit_at = [&](std::size_t at) {
        return static_cast<char32_t>(static_cast<unsigned char>(bytes[at]) |
                                     (static_cast<unsigned char>(bytes[at + 1]) << 8));
    };
    // Most of what is read is ASCII: eight units at once, where none of them is more.
    constexpr auto beyond_ascii = std::bit_cast<std::uint64_t>(std::array<unsigned char, 8>{0x80, 0xFF, 0x80, 0xFF, 0x80, 0xFF, 0x80, 0xFF});
    for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
        char plain[256];
        std::size_t used = 0;
        for (; at + 16 <= bytes.size() && used < sizeof plain; at += 16, used += 8) {
            std::uint64_t four[2];
            std::memcpy(four, bytes.data() + at, 16);
            if (((four[0] | four[1]) & beyond_ascii) != 0) break;
            for (std::size_t i = 0; i < 8; ++i) plain[used + i] = bytes[at + 2 * i];
        }
        out.append(plain, used);
        if (at + 1 >= bytes.size()) break;
        char32_t point = unit_at(at);
        if (point >= 0xD800 && point < 0xDC00 && at + 3 < bytes.size()) {
            const char32_t low = unit_at(at + 2);
            if (low >= 0xDC00 && low < 0xE000) {
                point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00);
                at += 2;
            }
        }
        append_utf8(out, point);
    }
    return out;
}

char16_t upcase(char16_t unit) {
    if (unit < 0x80) return static_cast<char16_t>(ascii::to_upper(static_cast<char>(unit)));
    return upcase_table()[unit];
}

int compare_no_case(std::string_view a, std::string_view b) {
    const std::size_t shared = std::min(a.size(), b.size());
    std::size_t at = 0;
    for (; at < shared; ++at) {
        const auto x = static_cast<unsigned char>(ascii::to_upper(a[at]));
        const auto y = static_cast<unsigned char>(ascii::to_upper(b[at]));
        if (x >= 0x80 || y >= 0x80) break;
        if (x != y) return x < y ? -1 : 1;
    }
    // Everything before `at` is ASCII, so both texts are at the start of a code point.
    Units left(a.substr(at));
    Units right(b.substr(at));
    for (;;) {
        char16_t x = 0;
        char16_t y = 0;
        const bool more_left = left.next(x);
        const bool more_right = right.next(y);
        if (!more_left || !more_right) return static_cast<int>(more_left) - static_cast<int>(more_right);
        x = upcase(x);
        y = upcase(y);
        if (x != y) return x < y ? -1 : 1;
    }
}

std::string fold_case(std::string_view text) {
    const std::size_t plain = ascii_length(text);
    std::string out(text.substr(0, plain));
    for (char& c : out) c = ascii::to_upper(c);
    for (std::size_t at = plain; at < text.size();) {
        if (static_cast<unsigned char>(text[at]) < 0x80) {
            out.push_back(ascii::to_upper(text[at++]));
            continue;
        }
        const char32_t point = next_code_point(text, at);
        append_utf8(out, point < 0x10000 ? upcase(static_cast<char16_t>(point)) : point);
    }
    return out;
}

}  // namespace schancfg::utf
