// Sixteen bytes at once, by SSE2 or WebAssembly's SIMD. SCHANCFG_LANES is defined where there are any; code that uses them has a way without.
#pragma once

#if defined(__SSE2__) || defined(_M_X64)
#define SCHANCFG_LANES
#include <emmintrin.h>
#elif defined(__wasm_simd128__)
#define SCHANCFG_LANES
#include <wasm_simd128.h>
#endif

#ifdef SCHANCFG_LANES
#include <cstddef>
#include <cstdint>

namespace schancfg::codec::lanes {

// A mask has all bits of a lane, or none. Words are units of UTF-16.
#if defined(__wasm_simd128__)

using Lanes = v128_t;

inline Lanes load(const char* from) { return wasm_v128_load(from); }
inline void store(char* to, Lanes a) { wasm_v128_store(to, a); }
inline Lanes bytes_of(char c) { return wasm_i8x16_splat(c); }
inline Lanes words_of(short number) { return wasm_i16x8_splat(number); }
inline Lanes equal_bytes(Lanes a, Lanes b) { return wasm_i8x16_eq(a, b); }
inline Lanes less_words(Lanes a, Lanes b) { return wasm_i16x8_lt(a, b); }
inline Lanes either(Lanes a, Lanes b) { return wasm_v128_or(a, b); }
inline Lanes without(Lanes a, Lanes b) { return wasm_v128_andnot(a, b); }
inline bool any(Lanes mask) { return wasm_v128_any_true(mask); }
inline unsigned top_bits(Lanes bytes) { return wasm_i8x16_bitmask(bytes); }
inline Lanes narrow_mask(Lanes low, Lanes high) { return wasm_i8x16_narrow_i16x8(low, high); }
inline Lanes narrow(Lanes low, Lanes high) { return wasm_u8x16_narrow_i16x8(low, high); }
inline Lanes minus_bytes(Lanes a, Lanes b) { return wasm_i8x16_sub(a, b); }
inline Lanes add_bytes(Lanes sums, Lanes bytes) { return wasm_i32x4_add(sums, wasm_u32x4_extadd_pairwise_u16x8(wasm_u16x8_extadd_pairwise_u8x16(bytes))); }
/// The last byte of `before`, and all of `bytes` but the last.
inline Lanes moved_by_one(Lanes before, Lanes bytes) { return wasm_i8x16_shuffle(before, bytes, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30); }
inline Lanes none() { return wasm_i64x2_const(0, 0); }

#else

using Lanes = __m128i;

inline Lanes load(const char* from) { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(from)); }
inline void store(char* to, Lanes a) { _mm_storeu_si128(reinterpret_cast<__m128i*>(to), a); }
inline Lanes bytes_of(char c) { return _mm_set1_epi8(c); }
inline Lanes words_of(short number) { return _mm_set1_epi16(number); }
inline Lanes equal_bytes(Lanes a, Lanes b) { return _mm_cmpeq_epi8(a, b); }
inline Lanes less_words(Lanes a, Lanes b) { return _mm_cmplt_epi16(a, b); }
inline Lanes either(Lanes a, Lanes b) { return _mm_or_si128(a, b); }
inline Lanes without(Lanes a, Lanes b) { return _mm_andnot_si128(b, a); }
inline bool any(Lanes mask) { return _mm_movemask_epi8(mask) != 0; }
inline unsigned top_bits(Lanes bytes) { return static_cast<unsigned>(_mm_movemask_epi8(bytes)); }
inline Lanes narrow_mask(Lanes low, Lanes high) { return _mm_packs_epi16(low, high); }
inline Lanes narrow(Lanes low, Lanes high) { return _mm_packus_epi16(low, high); }
inline Lanes minus_bytes(Lanes a, Lanes b) { return _mm_sub_epi8(a, b); }
inline Lanes add_bytes(Lanes sums, Lanes bytes) { return _mm_add_epi64(sums, _mm_sad_epu8(bytes, _mm_setzero_si128())); }
inline Lanes moved_by_one(Lanes before, Lanes bytes) { return _mm_or_si128(_mm_srli_si128(before, 15), _mm_slli_si128(bytes, 1)); }
inline Lanes none() { return _mm_setzero_si128(); }

#endif

/// Of four numbers of 32 bits.
inline std::size_t sum(Lanes numbers) {
    alignas(16) std::uint32_t parts[4];
    store(reinterpret_cast<char*>(parts), numbers);
    return std::size_t{parts[0]} + parts[1] + parts[2] + parts[3];
}

}  // namespace schancfg::codec::lanes
#endif
