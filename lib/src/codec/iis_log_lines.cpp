#include "codec/iis_log_lines.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#if defined(__SSE2__) || defined(_M_X64)
#include <emmintrin.h>
#endif
// Not on Windows: there GCC does not align a stack for them (its bug 54412).
#if defined(__x86_64__) && defined(__GNUC__) && !defined(_WIN32)
#define SCHANCFG_WIDE_LINES
#include <immintrin.h>
#endif

namespace schancfg::codec::iis {

#if defined(__SSE2__) || defined(_M_X64)
inline Lines::Masks Lines::masks_of(const char* bytes) {
    Masks out;
    for (unsigned part = 0; part < 4; ++part) {
        const __m128i sixteen = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + 16 * part));
        out.ends |= static_cast<std::uint64_t>(static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(sixteen, _mm_set1_epi8('\n'))))) << (16 * part);
        out.blanks |= static_cast<std::uint64_t>(static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(sixteen, _mm_set1_epi8(' '))))) << (16 * part);
    }
    return out;
}
#else
inline Lines::Masks Lines::masks_of(const char* bytes) {
    Masks out;
    for (unsigned at = 0; at < step; ++at) {
        out.ends |= static_cast<std::uint64_t>(bytes[at] == '\n' ? 1 : 0) << at;
        out.blanks |= static_cast<std::uint64_t>(bytes[at] == ' ' ? 1 : 0) << at;
    }
    return out;
}
#endif

template <Lines::Masks (*masks)(const char*)>
inline void Lines::look(std::string_view bytes, std::size_t limit) {
    std::size_t blank_count = 0, end_count = 0;
    for (std::size_t base = 0; base < bytes.size(); base += step) {
        if (end_count != 0 && base >= enough) break;
        if (blank_count > most_blanks || end_count > most_ends || base > limit) break;
        Masks found;
        if (base + step <= bytes.size()) {
            found = masks(bytes.data() + base);
        } else {
            char last[step] = {};
            std::memcpy(last, bytes.data() + base, bytes.size() - base);
            found = masks(last);
        }
        for (std::uint64_t ends = found.ends; ends != 0; ends &= ends - 1) {
            const auto end = static_cast<unsigned>(std::countr_zero(ends));
            const auto before = static_cast<std::size_t>(std::popcount(found.blanks & ((std::uint64_t{1} << end) - 1)));
            ends_[end_count++] = {static_cast<std::uint32_t>(base + end), static_cast<std::uint32_t>(blank_count + before)};
        }
        // Four at a time, so that how many there are is asked once.
        const auto count = static_cast<std::size_t>(std::popcount(found.blanks));
        std::uint32_t* to = blanks_.data() + blank_count;
        std::uint64_t blanks = found.blanks;
        for (std::size_t done = 0; done < count; done += 4) {
            for (std::size_t i = 0; i < 4; ++i) {
                to[done + i] = static_cast<std::uint32_t>(base) + static_cast<std::uint32_t>(std::countr_zero(blanks));
                blanks &= blanks - 1;
            }
        }
        blank_count += count;
    }
    blank_count_ = blank_count;
    end_count_ = end_count;
}

#if defined(SCHANCFG_WIDE_LINES)
[[gnu::target("avx2,bmi,popcnt")]] inline Lines::Masks Lines::masks_wide(const char* bytes) {
    Masks out;
    for (unsigned part = 0; part < 2; ++part) {
        const __m256i many = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes + 32 * part));
        out.ends |= static_cast<std::uint64_t>(static_cast<unsigned>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(many, _mm256_set1_epi8('\n'))))) << (32 * part);
        out.blanks |= static_cast<std::uint64_t>(static_cast<unsigned>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(many, _mm256_set1_epi8(' '))))) << (32 * part);
    }
    return out;
}

[[gnu::target("avx2,bmi,popcnt"), gnu::flatten]] void Lines::look_wide(std::string_view bytes, std::size_t limit) { look<masks_wide>(bytes, limit); }
#endif

bool Lines::find(std::string_view bytes, std::size_t limit) {
    bytes_ = bytes;
    at_ = begin_ = blanks_given_ = 0;
#if defined(SCHANCFG_WIDE_LINES)
    static const bool is_wide = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("popcnt");
    if (is_wide) look_wide(bytes, limit);
    else look<masks_of>(bytes, limit);
#else
    look<masks_of>(bytes, limit);
#endif
    return end_count_ != 0;
}

bool Lines::next(Line& line) {
    if (at_ == end_count_) return false;
    const End end = ends_[at_++];
    line.text = {bytes_.data() + begin_, end.at - begin_};
    line.begin = static_cast<std::uint32_t>(begin_);
    line.blanks = blanks_.data() + blanks_given_;
    line.blank_count = end.blanks - blanks_given_;
    begin_ = end.at + std::size_t{1};
    blanks_given_ = end.blanks;
    return true;
}

}  // namespace schancfg::codec::iis
