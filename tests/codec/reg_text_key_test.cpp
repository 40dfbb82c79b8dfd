// The rows L, K and D of lib/docs/formats/reg.md: the kinds of lines, key lines and deletions of keys.
#include "reg_text_dump.hpp"
#include "schancfg/text.hpp"

using namespace reg_test;

TEST_CASE("the first character of a line says what it is", "[codec]") {
    check_lines("L1", "\n \t\n\n\"a\"=\"1\"\n\n\n\"b\"=\"2\"\n", "a=\"1\" b=\"2\"");
    check_lines("L2", "; c\n  ;c\\\n\"a\"=\"1\"\n;\n\"b\"=\"2\"\n", "a=\"1\" b=\"2\"");
    check_lines("L3", "\t [HKEY_CURRENT_USER\\U]\n", "[U]");
    check_lines("L4", "@=\"1\"\n\"a\"=\"2\"\n", "@=\"1\" a=\"2\"");
    check_lines("L5", "#c\nword\n01,02\n#\\\n\"a\"=\"1\"\n", "a=\"1\"",
                "3 reg-line-ignored, 4 reg-line-ignored, 5 reg-line-ignored, 6 reg-line-ignored");
    // Only blanks and tabs are blanks.
    check_lines("L5", "\xC2\xA0\"a\"=\"1\"\n\x0B\"a\"=\"1\"\n", "", "3 reg-line-ignored, 4 reg-line-ignored");
}

TEST_CASE("a key line opens a key as it stands between the brackets", "[codec]") {
    check_lines("K1", "[HKEY_CURRENT_USER\\A\\B]\n\"a\"=\"1\"\n", "[A\\B] a=\"1\"");
    check_lines("K2", " \t[HKEY_CURRENT_USER\\A]\n", "[A]");
    check_lines("K4", "[HKEY_CURRENT_USER\\A ]\n[HKEY_CURRENT_USER\\A\t]\n", "[A ] [A\t]");
    check_lines("K6", "[HKEY_CURRENT_USER\\I]x] tail\n[HKEY_CURRENT_USER\\a] ; [c]\n", "[I]x] [a] ; [c]");
    check_lines("K6", "[HKEY_CURRENT_USER\\a] tail\n[HKEY_CURRENT_USER\\a]b]\n", "[a] [a]b]");
    check_lines("K7", "[HKEY_CURRENT_USER\\A\\]\n[HKEY_CURRENT_USER\\A\\\\]\n[HKEY_CURRENT_USER\\A\\\\\\\\]\n", "[A] [A] [A]");
    check_lines("K7 inside", "[HKEY_CURRENT_USER\\A\\\\B\\\\\\C]\n", "[A\\B\\C]");
    check_lines("K8", "[hkey_current_user\\A]\n[Hkey_Local_Machine\\A]\n", "[A] [HKLM\\A]");
    check_lines("K10", "[HKEY_CURRENT_USER\\a\"b'c/d:e;f g=h@i]\n\"a\"=\"1\"\n", "[a\"b'c/d:e;f g=h@i] a=\"1\"");
    check_lines("K10", "[HKEY_LOCAL_MACHINE\\S\\Ciphers\\AES 128/128]\n", "[HKLM\\S\\Ciphers\\AES 128/128]");
    check_lines("K10", "[HKEY_CURRENT_USER\\\xC3\xA9\xF0\x9F\x94\x92]\n", "[\xC3\xA9\xF0\x9F\x94\x92]");
    check_lines("K13", "[HKEY_LOCAL_MACHINE\\A]\n[HKEY_USERS\\A]\n[HKEY_CLASSES_ROOT\\A]\n[HKEY_CURRENT_CONFIG\\A]\n[HKEY_DYN_DATA\\A]\n",
                "[HKLM\\A] [HKU\\A] [HKCR\\A] [HKCC\\A] [HKDD\\A]");
    check_lines("K14", "[HKEY_CURRENT_USER]\n\"a\"=\"1\"\n[HKEY_CURRENT_USER\\]\n\"b\"=\"2\"\n", "[] a=\"1\" [] b=\"2\"");
}

TEST_CASE("a key line that is ignored leaves the key before open", "[codec]") {
    check_lines("K3", "[ HKEY_CURRENT_USER\\A]\n\"a\"=\"1\"\n", "a=\"1\"", "3 reg-key-ignored");
    check_lines("K3", "[\tHKEY_CURRENT_USER\\A]\n\"a\"=\"1\"\n", "a=\"1\"", "3 reg-key-ignored");
    check_lines("K5", "[HKEY_CURRENT_USER\\A\n\"a\"=\"1\"\n", "a=\"1\"", "3 reg-key-ignored");
    check_lines("K5", "HKEY_CURRENT_USER\\A]\n\"a\"=\"1\"\n", "a=\"1\"", "3 reg-line-ignored");
    check_lines("K5", "[\n", "", "3 reg-key-ignored");
    check_lines("K11", "[HKEY_CURRENT_USER\\A\\\nB]\n\"a\"=\"1\"\n", "a=\"1\"", "3 reg-key-ignored, 4 reg-line-ignored");
    CHECK(decode(wide(with_key + "[HKEY_CURRENT_USER\\A\n")).diagnostics[0].message ==
          "the key line is ignored: the closing bracket is missing; what follows goes to the key of line 2");
    CHECK(decode(wide(header + "[ HKEY_CURRENT_USER\\A]\n")).diagnostics[0].message ==
          "the key line is ignored: a blank follows the opening bracket");
}

TEST_CASE("a key line that cannot be carried out closes the key before", "[codec]") {
    const std::string value = "\n\"a\"=\"1\"\n";
    check_lines("K9", "[HKEY_CURRENT_USERS\\A]" + value, "", "3 reg-unknown-root, 4 reg-no-key");
    check_lines("K9", "[]" + value, "", "3 reg-unknown-root, 4 reg-no-key");
    check_lines("K9", "[\\HKEY_CURRENT_USER\\A]" + value, "", "3 reg-unknown-root, 4 reg-no-key");
    check_lines("K9", "[HKEY_CURRENT_USER \\A]" + value, "", "3 reg-unknown-root, 4 reg-no-key");
    check_lines("K15", "[HKEY_CURRENT_USER\\\\A]" + value, "", "3 reg-leading-backslash, 4 reg-no-key");
    const auto decoded = decode(wide(with_key + "[Computer\\HKEY_CURRENT_USER\\A]" + value));
    CHECK(decoded.diagnostics[0].message == "the key is not opened: \"Computer\" is not a root key");
    CHECK(decoded.diagnostics[1].message == "value \"a\" is not imported: line 3 opens no key");
}

TEST_CASE("short names of roots are read with a warning", "[codec]") {
    check_lines("K12", "[HKLM\\A]\n[hkcu\\B]\n\"a\"=\"1\"\n[-HKCU\\B]\n", "[HKLM\\A] [B] a=\"1\" [-B]",
                "3 reg-short-root, 4 reg-short-root, 6 reg-short-root");
    CHECK(decode(wide(header + "[HKLM\\A]\n")).diagnostics[0].fix == "write HKEY_LOCAL_MACHINE");
}

TEST_CASE("a minus behind the bracket deletes the key", "[codec]") {
    const std::string value = "\n\"a\"=\"1\"\n";
    check_lines("D1", "[-HKEY_CURRENT_USER\\A\\B]\n[-hkey_current_user\\t]\n", "[-A\\B] [-t]");
    check_lines("D2", "[ -HKEY_CURRENT_USER\\T]" + value, "a=\"1\"", "3 reg-key-ignored");
    check_lines("D2", "[\t-HKEY_CURRENT_USER\\T]" + value, "a=\"1\"", "3 reg-key-ignored");
    check_lines("D2", "[- HKEY_CURRENT_USER\\T]" + value, "", "3 reg-key-ignored, 4 reg-no-key");
    check_lines("D2", "[-\tHKEY_CURRENT_USER\\T]" + value, "", "3 reg-key-ignored, 4 reg-no-key");
    check_lines("D3", "[-HKEY_CURRENT_USER\\Absent]\n", "[-Absent]");
    check_lines("D4", "[-HKEY_CURRENT_USER\\U]" + value, "[-U]", "4 reg-no-key");
    check_lines("D5", "[-HKEY_CURRENT_USER]" + value, "", "3 reg-root-deletion, 4 reg-no-key");
    check_lines("D5", "[-HKEY_CURRENT_USER\\]" + value, "", "3 reg-root-deletion, 4 reg-no-key");
    check_lines("D6", "[-HKEY_CURRENT_USER\\T]\n[HKEY_CURRENT_USER\\T]" + value, "[-T] [T] a=\"1\"");
    check_lines("D1, K9", "[-HKEY_FOO\\T]" + value, "", "3 reg-unknown-root, 4 reg-no-key");
    check_lines("D1, K9", "[-]" + value, "", "3 reg-unknown-root, 4 reg-no-key");
}

TEST_CASE("what is deleted and made again holds only what came after", "[codec]") {
    const auto tree = codec::decode_reg_tree(wide(with_key + "\"a\"=\"1\"\n[HKEY_CURRENT_USER\\T\\U]\n[-HKEY_CURRENT_USER\\T]\n[HKEY_CURRENT_USER\\T]\n\"b\"=\"2\"\n"), {});
    REQUIRE(tree);
    CHECK(tree.diagnostics.empty());
    CHECK(codec::encode_reg(*tree.value) ==
          wide("Windows Registry Editor Version 5.00\r\n\r\n[HKEY_CURRENT_USER\\T]\r\n\"b\"=\"2\"\r\n\r\n"));
}

TEST_CASE("names that the registry cannot hold are skipped with a warning", "[codec]") {
    const std::string long_name(255, 'k');
    check_lines("N1", "[HKEY_CURRENT_USER\\" + long_name + "]\n", "[" + long_name + "]");
    check_lines("N1", "[HKEY_CURRENT_USER\\" + long_name + "k]\n\"a\"=\"1\"\n", "", "3 reg-name-too-long, 4 reg-no-key");
    // Units count, not bytes: U+1F512 is two of them.
    std::string locks;
    for (int i = 0; i < 127; ++i) locks += "\xF0\x9F\x94\x92";
    check_lines("N1", "[HKEY_CURRENT_USER\\" + locks + "k]\n", "[" + locks + "k]");
    check_lines("N1", "[HKEY_CURRENT_USER\\" + locks + "kk]\n", "", "3 reg-name-too-long");
    std::string deep;
    for (int i = 0; i < 512; ++i) deep += "\\d";
    check_lines("N4", "[HKEY_CURRENT_USER" + deep + "]\n", "[" + deep.substr(1) + "]");
    check_lines("N4", "[HKEY_CURRENT_USER" + deep + "\\d]\n", "", "3 reg-key-too-deep");
    const std::string name(16383, 'v');
    check_lines("N2", "\"" + name + "\"=\"1\"\n", name + "=\"1\"");
    check_lines("N2", "\"" + name + "v\"=\"1\"\n\"" + name + "v\"=-\n\"b\"=\"2\"\n", "b=\"2\"", "3 reg-name-too-long, 4 reg-name-too-long");
}

TEST_CASE("a line with a NUL character is not imported", "[codec]") {
    const std::string nul(1, '\0');
    check_lines("L6", "\"a\"=\"1" + nul + "\"\n[HKEY_CURRENT_USER\\A" + nul + "]\n\"b\"=\"2\"\n;" + nul + "\n", "b=\"2\"", "3 reg-nul, 4 reg-nul");
    check_lines("L6", "\"a\"=hex:01,\\\n02" + nul + "\n\"b\"=\"2\"\n", "b=\"2\"", "4 reg-hex");
    CHECK(schancfg::escape(decode(wide(with_key + "\"a\"=hex:01,\\\n02" + nul + "\n")).diagnostics[0].message) ==
          "value \"a\" (lines 3 to 4) is not imported: \"\\x00\" is out of place among its hex bytes");
}

TEST_CASE("messages show names on one line, and no endless ones", "[codec]") {
    CHECK(schancfg::escape(decode(wide(header + "[\x1B[31m\xE2\x80\xAE\\A]\n")).diagnostics[0].message) ==
          "the key is not opened: \"\\x1B[31m\\u{202E}\" is not a root key");
    CHECK(schancfg::escape(decode(wide(header + "[" + std::string(5000, 'x') + "]\n")).diagnostics[0].message) ==
          "the key is not opened: \"" + std::string(300, 'x') + " …\" is not a root key");
    std::string lone = wide(header + "[x");
    lone += std::string("\x00\xD8", 2) + utf::to_utf16le("]\n");
    CHECK(schancfg::escape(decode(lone).diagnostics[0].message) == "the key is not opened: \"x\\u{D800}\" is not a root key");
}
