#include "codec/iis_log_lines.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#if defined(__SSE2__) || defined(_M_X64)
#include <emmintrin.h>
#endif

namespace schancfg::codec::iis {
namespace {

constexpr std::size_t step = 64;

struct Masks {
    std::uint64_t ends = 0, blanks = 0;
};

#if defined(__SSE2__) || defined(_M_X64)
Masks masks_of(const char* bytes) {
    Masks out;
    for (unsigned part = 0; part < 4; ++part) {
        const __m128i sixteen = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + 16 * part));
        out.ends |= static_cast<std::uint64_t>(static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(sixteen, _mm_set1_epi8('\n'))))) << (16 * part);
        out.blanks |= static_cast<std::uint64_t>(static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(sixteen, _mm_set1_epi8(' '))))) << (16 * part);
    }
    return out;
}
#else
Masks masks_of(const char* bytes) {
    Masks out;
    for (unsigned at = 0; at < step; ++at) {
        out.ends |= static_cast<std::uint64_t>(bytes[at] == '\n' ? 1 : 0) << at;
        out.blanks |= static_cast<std::uint64_t>(bytes[at] == ' ' ? 1 : 0) << at;
    }
    return out;
}
#endif

/// Adds the places of the blanks; writes four at a time, so that how many there are is asked once.
inline void add_blanks(Line& line, std::uint64_t blanks, std::size_t base) {
    const auto count = static_cast<std::size_t>(std::popcount(blanks));
    std::uint32_t* to = line.starts.data() + line.blanks;
    const auto behind = static_cast<std::uint32_t>(base + 1);
    for (std::size_t done = 0; done < count; done += 4) {
        for (std::size_t i = 0; i < 4; ++i) {
            to[done + i] = behind + static_cast<std::uint32_t>(std::countr_zero(blanks));
            blanks &= blanks - 1;
        }
    }
    line.blanks = std::min(line.blanks + count, most_fields + 1);
}

}  // namespace

bool next_line(std::string_view& bytes, Line& line) {
    line.blanks = 0;
    for (std::size_t base = 0; base < bytes.size(); base += step) {
        Masks found;
        if (base + step <= bytes.size()) {
            found = masks_of(bytes.data() + base);
        } else {
            char last[step] = {};
            std::memcpy(last, bytes.data() + base, bytes.size() - base);
            found = masks_of(last);
        }
        if (found.ends == 0) {
            add_blanks(line, found.blanks, base);
            continue;
        }
        const auto end = static_cast<unsigned>(std::countr_zero(found.ends));
        add_blanks(line, found.blanks & ((std::uint64_t{1} << end) - 1), base);
        line.text = bytes.substr(0, base + end);
        bytes.remove_prefix(base + end + 1);
        return true;
    }
    return false;
}

}  // namespace schancfg::codec::iis
