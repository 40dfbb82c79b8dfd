// Value: registry data as it is stored, a type number and bytes. It is decoded when it is used, so nothing is lost:
// a DWORD of three bytes or a string without its NUL stays what it is. Plain values: one thread changes one, or several read it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "schancfg/result.hpp"

namespace schancfg::registry {

/// Type numbers, win32 SysInfo/registry-value-types. Any other number is kept as well.
enum Type : std::uint32_t {
    reg_none = 0,
    reg_sz = 1,
    reg_expand_sz = 2,
    reg_binary = 3,
    reg_dword = 4,
    reg_dword_big_endian = 5,
    reg_link = 6,
    reg_multi_sz = 7,
    reg_resource_list = 8,
    reg_full_resource_descriptor = 9,
    reg_resource_requirements_list = 10,
    reg_qword = 11,
};

struct Value {
    std::uint32_t type = reg_none;
    std::string bytes;  ///< raw bytes; strings are UTF-16LE. A std::string so that a DWORD needs no allocation.

    bool operator==(const Value&) const = default;

    [[nodiscard]] static Value dword(std::uint32_t number);
    [[nodiscard]] static Value qword(std::uint64_t number);
    [[nodiscard]] static Value sz(std::string_view text);         ///< UTF-8; stored with one NUL
    [[nodiscard]] static Value expand_sz(std::string_view text);
    [[nodiscard]] static Value multi_sz(const std::vector<std::string>& texts);  ///< each with NUL, then one NUL more
    [[nodiscard]] static Value binary(std::string bytes);

    /// Unsigned. wrong_type unless REG_DWORD of exactly 4 bytes.
    [[nodiscard]] Result<std::uint32_t> as_dword() const;
    /// wrong_type unless REG_QWORD of exactly 8 bytes.
    [[nodiscard]] Result<std::uint64_t> as_qword() const;
    /// REG_SZ or REG_EXPAND_SZ up to the first NUL; a missing NUL and a last odd byte are tolerated. Else wrong_type.
    [[nodiscard]] Result<std::string> as_string() const;
    /// REG_MULTI_SZ up to the first empty string; missing terminators are tolerated. Else wrong_type.
    [[nodiscard]] Result<std::vector<std::string>> as_strings() const;
};

/// `REG_DWORD`; `REG_TYPE_0x1234` for numbers without a name.
[[nodiscard]] std::string type_name(std::uint32_t type);
/// By name in any case, also `REG_TYPE_0x...`.
[[nodiscard]] std::optional<std::uint32_t> find_type(std::string_view name);

/// Lower-case hex without separators, and back (malformed: an odd count or another character).
[[nodiscard]] std::string to_hex(std::string_view bytes);
[[nodiscard]] Result<std::string> from_hex(std::string_view hex);

}  // namespace schancfg::registry
