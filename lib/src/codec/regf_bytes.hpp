// Numbers and offsets of the regf format, shared by what reads, replays and writes hives. Offsets are those of the public specification
// (msuhanov/regf, "Windows registry file format specification"); those of cells count from the end of the base block.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace schancfg::codec::regf {

inline constexpr std::size_t base_block = 4096;
inline constexpr std::size_t page = 4096;
inline constexpr std::size_t bin_header = 32;
inline constexpr std::uint32_t none = 0xFFFFFFFF;
/// More than that lies in the cells of a `db`, from minor version 4 on.
inline constexpr std::size_t big_data = 16344;
/// The bit of an offset that means volatile storage, which no file has.
inline constexpr std::uint32_t volatile_bit = 0x80000000;

// base block
inline constexpr std::size_t at_primary = 4, at_secondary = 8, at_written = 12, at_major = 20, at_minor = 24, at_type = 28, at_format = 32, at_root = 36,
                             at_bins_size = 40, at_flags = 144, at_checksum = 508;

// key node, from its signature on
namespace nk {
inline constexpr std::size_t flags = 2, written = 4, layer = 13, parent = 16, subkeys = 20, volatile_subkeys = 24, subkey_list = 28, volatile_list = 32,
                             values = 36, value_list = 40, security = 44, class_name = 48, longest_subkey = 52, longest_class = 56, longest_value = 60,
                             largest_data = 64, name_size = 72, class_size = 74, name = 76;
inline constexpr std::uint16_t is_link = 0x10, is_compressed = 0x20, is_predefined = 0x40;
}  // namespace nk

// value
namespace vk {
inline constexpr std::size_t name_size = 2, data_size = 4, data = 8, type = 12, flags = 16, name = 20;
inline constexpr std::uint16_t is_compressed = 1, is_tombstone = 2;
inline constexpr std::uint32_t is_inline = 0x80000000;
}  // namespace vk

// security descriptor, shared by keys
namespace sk {
inline constexpr std::size_t next = 4, previous = 8, count = 12, size = 16, descriptor = 20;
}

[[nodiscard]] inline std::uint16_t get16(std::string_view bytes, std::size_t at) {
    return static_cast<std::uint16_t>(static_cast<unsigned char>(bytes[at]) | static_cast<unsigned char>(bytes[at + 1]) << 8);
}
[[nodiscard]] inline std::uint32_t get32(std::string_view bytes, std::size_t at) {
    return get16(bytes, at) | static_cast<std::uint32_t>(get16(bytes, at + 2)) << 16;
}
[[nodiscard]] inline std::uint64_t get64(std::string_view bytes, std::size_t at) {
    return get32(bytes, at) | static_cast<std::uint64_t>(get32(bytes, at + 4)) << 32;
}
inline void put16(std::string& bytes, std::size_t at, std::uint16_t number) {
    bytes[at] = static_cast<char>(number & 0xFF);
    bytes[at + 1] = static_cast<char>(number >> 8);
}
inline void put32(std::string& bytes, std::size_t at, std::uint32_t number) {
    put16(bytes, at, static_cast<std::uint16_t>(number & 0xFFFF));
    put16(bytes, at + 2, static_cast<std::uint16_t>(number >> 16));
}
inline void put64(std::string& bytes, std::size_t at, std::uint64_t number) {
    put32(bytes, at, static_cast<std::uint32_t>(number & 0xFFFFFFFF));
    put32(bytes, at + 4, static_cast<std::uint32_t>(number >> 32));
}

/// Of the first 508 bytes of a base block; `block` holds at least 512.
[[nodiscard]] inline std::uint32_t checksum(std::string_view block) {
    std::uint32_t sum = 0;
    for (std::size_t at = 0; at < at_checksum; at += 4) sum ^= get32(block, at);
    if (sum == 0) return 1;
    return sum == 0xFFFFFFFF ? 0xFFFFFFFE : sum;
}
[[nodiscard]] inline bool has_checksum(std::string_view block) { return checksum(block) == get32(block, at_checksum); }

/// Multiples of 8, with the 4 bytes of the size.
[[nodiscard]] inline std::size_t cell_size(std::size_t body) { return (body + 4 + 7) / 8 * 8; }
[[nodiscard]] inline std::size_t whole_pages(std::size_t size) { return (size + page - 1) / page * page; }

/// As names are hashed in an `lh` list: by upper-cased UTF-16 units.
[[nodiscard]] std::uint32_t name_hash(std::string_view utf8);
/// The text of a name as it is stored: one byte a character, or UTF-16LE.
[[nodiscard]] std::string name_text(std::string_view stored, bool compressed);

}  // namespace schancfg::codec::regf
