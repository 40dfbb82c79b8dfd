// Characters of ASCII, whatever the locale. What is not ASCII is neither letter nor digit, and stays as it is. Pure functions; use from any thread.
#pragma once

namespace schancfg::ascii {

template <class Char>
[[nodiscard]] constexpr bool is_digit(Char c) {
    return c >= Char('0') && c <= Char('9');
}
template <class Char>
[[nodiscard]] constexpr bool is_lower(Char c) {
    return c >= Char('a') && c <= Char('z');
}
template <class Char>
[[nodiscard]] constexpr bool is_upper(Char c) {
    return c >= Char('A') && c <= Char('Z');
}
template <class Char>
[[nodiscard]] constexpr bool is_letter(Char c) {
    return is_lower(c) || is_upper(c);
}
template <class Char>
[[nodiscard]] constexpr bool is_alphanumeric(Char c) {
    return is_letter(c) || is_digit(c);
}
template <class Char>
[[nodiscard]] constexpr bool is_hex_digit(Char c) {
    return is_digit(c) || (c >= Char('a') && c <= Char('f')) || (c >= Char('A') && c <= Char('F'));
}
[[nodiscard]] constexpr char to_lower(char c) { return is_upper(c) ? static_cast<char>(c + ('a' - 'A')) : c; }
[[nodiscard]] constexpr char to_upper(char c) { return is_lower(c) ? static_cast<char>(c - ('a' - 'A')) : c; }

}  // namespace schancfg::ascii
