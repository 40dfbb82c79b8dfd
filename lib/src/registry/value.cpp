#include "schancfg/registry/value.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "schancfg/ascii.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::registry {
namespace {

constexpr std::array<std::string_view, 12> names{
    "REG_NONE", "REG_SZ", "REG_EXPAND_SZ", "REG_BINARY", "REG_DWORD", "REG_DWORD_BIG_ENDIAN", "REG_LINK", "REG_MULTI_SZ",
    "REG_RESOURCE_LIST", "REG_FULL_RESOURCE_DESCRIPTOR", "REG_RESOURCE_REQUIREMENTS_LIST", "REG_QWORD"};
constexpr std::string_view number_prefix = "REG_TYPE_0X";

std::string little_endian(std::uint64_t number, std::size_t size) {
    std::string bytes(size, '\0');
    for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>((number >> (8 * i)) & 0xFF);
    return bytes;
}

std::uint64_t number_of(std::string_view bytes) {
    std::uint64_t number = 0;
    for (std::size_t i = bytes.size(); i-- > 0;) number = (number << 8) | static_cast<unsigned char>(bytes[i]);
    return number;
}

// Bytes up to the first NUL unit, from `at` on; moves `at` behind that NUL.
std::string_view take_string(std::string_view bytes, std::size_t& at) {
    const std::size_t start = at;
    for (; at + 1 < bytes.size(); at += 2) {
        if (bytes[at] == '\0' && bytes[at + 1] == '\0') {
            at += 2;
            return bytes.substr(start, at - 2 - start);
        }
    }
    const std::size_t end = at;
    at = bytes.size();
    return bytes.substr(start, end - start);
}

std::string terminated(std::string_view text) { return utf::to_utf16le(text) + std::string(2, '\0'); }

int hex_digit(char c) {
    if (ascii::is_digit(c)) return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

Value Value::dword(std::uint32_t number) { return {reg_dword, little_endian(number, 4)}; }
Value Value::qword(std::uint64_t number) { return {reg_qword, little_endian(number, 8)}; }
Value Value::sz(std::string_view text) { return {reg_sz, terminated(text)}; }
Value Value::expand_sz(std::string_view text) { return {reg_expand_sz, terminated(text)}; }
Value Value::binary(std::string bytes) { return {reg_binary, std::move(bytes)}; }

Value Value::multi_sz(const std::vector<std::string>& texts) {
    std::string bytes;
    for (const std::string& text : texts) bytes += terminated(text);
    return {reg_multi_sz, bytes + std::string(2, '\0')};
}

Result<std::uint32_t> Value::as_dword() const {
    if (type != reg_dword || bytes.size() != 4) {
        return fail(ErrorCode::wrong_type, "found " + type_name(type) + " of " + std::to_string(bytes.size()) +
                                               " bytes, not a REG_DWORD of 4");
    }
    return static_cast<std::uint32_t>(number_of(bytes));
}

Result<std::uint64_t> Value::as_qword() const {
    if (type != reg_qword || bytes.size() != 8) {
        return fail(ErrorCode::wrong_type, "found " + type_name(type) + " of " + std::to_string(bytes.size()) +
                                               " bytes, not a REG_QWORD of 8");
    }
    return number_of(bytes);
}

Result<std::string> Value::as_string() const {
    if (type != reg_sz && type != reg_expand_sz) {
        return fail(ErrorCode::wrong_type, "found " + type_name(type) + ", not a string");
    }
    std::size_t at = 0;
    return utf::from_utf16le(take_string(bytes, at));
}

Result<std::vector<std::string>> Value::as_strings() const {
    if (type != reg_multi_sz) return fail(ErrorCode::wrong_type, "found " + type_name(type) + ", not a REG_MULTI_SZ");
    std::vector<std::string> texts;
    for (std::size_t at = 0; at + 1 < bytes.size();) {
        const std::string_view text = take_string(bytes, at);
        if (text.empty()) break;
        texts.push_back(utf::from_utf16le(text));
    }
    return texts;
}

std::string type_name(std::uint32_t type) {
    if (type < names.size()) return std::string(names[type]);
    std::array<char, 24> text{};
    std::snprintf(text.data(), text.size(), "REG_TYPE_0x%x", type);
    return text.data();
}

std::optional<std::uint32_t> find_type(std::string_view name) {
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (utf::equal_no_case(names[i], name)) return static_cast<std::uint32_t>(i);
    }
    const std::string folded = utf::fold_case(name);
    if (!folded.starts_with(number_prefix)) return std::nullopt;
    const std::string_view digits = std::string_view(folded).substr(number_prefix.size());
    if (digits.empty() || digits.size() > 8) return std::nullopt;
    std::uint32_t number = 0;
    for (const char c : digits) {
        const int digit = hex_digit(c);
        if (digit < 0) return std::nullopt;
        number = number << 4 | static_cast<std::uint32_t>(digit);
    }
    return number;
}

std::string to_hex(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string hex;
    hex.reserve(bytes.size() * 2);
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        hex.push_back(digits[byte >> 4]);
        hex.push_back(digits[byte & 15]);
    }
    return hex;
}

Result<std::string> from_hex(std::string_view hex) {
    if (hex.size() % 2 != 0) return fail(ErrorCode::malformed, "an odd number of hex digits");
    std::string bytes;
    bytes.reserve(hex.size() / 2);
    for (std::size_t at = 0; at < hex.size(); at += 2) {
        const int high = hex_digit(hex[at]);
        const int low = hex_digit(hex[at + 1]);
        if (high < 0 || low < 0) return fail(ErrorCode::malformed, "a character that is not a hex digit");
        bytes.push_back(static_cast<char>(high << 4 | low));
    }
    return bytes;
}

}  // namespace schancfg::registry
