// Texts of `.reg` files, made up: of the lines that matter to who passes over some of them.
#pragma once

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "reg_text_dump.hpp"

namespace reg_test {

inline const std::string long_one(200, 'x');

// Lines that matter to who passes over them: key lines of all kinds, hex data that goes on or seems to, comments, line ends.
inline const std::vector<std::string> pieces{
    "[HKEY_CURRENT_USER\\T]", "[HKEY_CURRENT_USER\\T\\B]", "[HKEY_CURRENT_USER\\t\\b\\x]", "[HKEY_CURRENT_USER\\T\\A]", "[HKEY_CURRENT_USER\\T\\A\\Y]", "[HKEY_CURRENT_USER\\T\\A\\Z\\Q]",
    "  [HKEY_CURRENT_USER\\T\\A\\Z]", "\t[HKEY_CURRENT_USER\\T\\B]", "[HKEY_CURRENT_USER\\T\\\\A\\Y]", "[HKEY_CURRENT_USER\\T\\A\\Y", "[ HKEY_CURRENT_USER\\T\\B]", "[HKEY_CURRENT_USER\\T\\C\\D]",
    "[HKEY_CURRENT_USER\\T\\C\\D\\E]", "[-HKEY_CURRENT_USER\\T\\A]", "[-HKEY_CURRENT_USER\\T\\A\\Y]", "[-HKEY_CURRENT_USER\\T\\B]", "[-HKEY_CURRENT_USER\\T]", "[-HKEY_CURRENT_USER\\U\\X]", "[HKEY_CURRENT_USER\\U]",
    "[HKEY_CLASSES_ROOT\\A]", "[HKEY_CLASSES_ROOT\\A\\B]", "[HKEY_WHAT\\T]", "[HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\P\\Q]", "[HKEY_LOCAL_MACHINE\\SOFTWARE\\WOW6432Node\\Policies\\P]",
    "[HKEY_LOCAL_MACHINE\\SOFTWARE\\" + long_one + long_one + "]", "[HKEY_CURRENT_USER\\T\\A]x]", "[HKEY_CURRENT_USER\\T\\\xC3\xA9\\B]", "[HKEY_CURRENT_USER\\T\\A\\\xC3\xA9]",
    "\"a\"=\"1\"", "\"b\"=dword:00000001", "\"c\"=hex:01,02,\\", "  03,04,\\", "  05", "\"d\"=hex:01,\\ ; more", "\"e\"=\"x;y\"", "\"f\"=\"x\\\\\"", "\"g\"=\"C:\\\\[x]\"", "\"h\"=hex:01,",
    "; a comment", ";[HKEY_CURRENT_USER\\T\\B]", "; schancfg: complete, what is not named here is absent", "  ; schancfg: complete, what is not named here is absent", "", "   ", "junk",
    "@=\"" + long_one + long_one + long_one + "\"", "\"a\"=-", "[", "[]", "\"n\"=\"" + std::string(1, '\0') + "\"", "\xE2\x82\xAC=1"};

inline std::string generated(unsigned seed) {
    std::mt19937 random(seed);
    const std::string_view line_ends[] = {"\r\n", "\n", "\r"};
    const unsigned kind = random() % 4;
    std::string text = header;
    const std::size_t lines = 1 + random() % 60;
    for (std::size_t i = 0; i < lines; ++i) {
        // Many lines of one kind, so that what is passed over is as long as it is in real exports.
        const std::string& piece = pieces[random() % pieces.size()];
        for (std::size_t times = random() % 5 == 0 ? 1 + random() % 40 : 1; times > 0; --times) text += piece + std::string(kind == 3 ? line_ends[random() % 3] : line_ends[kind]);
    }
    if (random() % 2 == 0) text += pieces[random() % pieces.size()];
    for (unsigned changes = random() % 4; changes > 0; --changes) text[header.size() + random() % (text.size() - header.size())] = "[]\\;\r\n \"x,="[random() % 11];
    switch (random() % 3) {
        case 0: return wide(text);
        case 1: return "\xEF\xBB\xBF" + text;
        default: return text;
    }
}

}  // namespace reg_test
