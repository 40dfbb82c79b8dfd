// The rows V, S and W of lib/docs/formats/reg.md: value lines, strings and dwords.
#include "reg_text_dump.hpp"

using namespace reg_test;

TEST_CASE("value lines name a value and its data", "[codec]") {
    check_lines("V1", "@=\"x\"\n", "@=\"x\"");
    check_lines("V2", "\"\"=\"x\"\n", "@=\"x\"");
    check_lines("V3", " \t\"a\" \t= \t\"x\" \t\n\t@\t=\tdword:1\t\n", "a=\"x\" @=4:01000000");
    check_lines("V4", "\" a \"=\" x \"\n", " a =\" x \"");
    check_lines("V7", "\"a\\\"b\"=\"c\\\\d\"\n\"e\\\\f\"=\"g\"\n", "a\"b=\"c\\d\" e\\f=\"g\"");
    check_lines("V7", "\"a=b;c#d\te\"=\"x\"\n\"[k]\"=\"x\"\n\"-\"=\"x\"\n", "a=b;c#d\te=\"x\" [k]=\"x\" -=\"x\"");
    check_lines("V9", "\"a\"=\"1\"\n\"A\"=\"2\"\n", "a=\"1\" A=\"2\"", "4 reg-duplicate");
}

TEST_CASE("value lines without a proper name are ignored", "[codec]") {
    check_lines("V5", "a=\"x\"\na\"=\"x\"\n", "", "3 reg-line-ignored, 4 reg-line-ignored");
    check_lines("V5", "\"a=x\n", "", "3 reg-value-name");
    check_lines("V5", "\"a\n\"a\"\n@\n@x=\"y\"\n\"a\"x=\"y\"\n", "",
                "3 reg-value-name, 4 reg-value-name, 5 reg-value-name, 6 reg-value-name, 7 reg-value-name");
    check_lines("V6", "\"MixedQuotes=x\"\n", "", "3 reg-value-name");
    check_lines("V7", "\"a\\0b\"=\"x\"\n", "", "3 reg-value-name");
    CHECK(decode(wide(with_key + "\"a=x\n")).diagnostics[0].message == "the value is not imported: its name has no closing quotation mark");
    CHECK(decode(wide(with_key + "\"a\" x\n")).diagnostics[0].message == "value \"a\" is not imported: no = follows its name");
    CHECK(decode(wide(with_key + "@x\n")).diagnostics[0].message == "the default value is not imported: no = follows its name");
}

TEST_CASE("a value needs a key", "[codec]") {
    check_file("V8", wide(header + "\"a\"=\"1\"\n@=-\n[HKEY_CURRENT_USER\\T]\n\"b\"=\"2\"\n"), "[T] b=\"2\"", "2 reg-no-key, 3 reg-no-key");
    CHECK(decode(wide(header + "\"a\"=\"1\"\n")).diagnostics[0].message == "value \"a\" is not imported: no key line stands above it");
    // It is read all the same, with what it swallows.
    check_file("V8", wide(header + "\"a\"=hex:01,\\\n02,03\n[HKEY_CURRENT_USER\\T]\n"), "[T]", "2 reg-no-key");
    check_file("V8, C14", wide(header + "\"a\"=hex:01,\\\n[HKEY_CURRENT_USER\\T]\n"), "", "2 reg-hex, 3 reg-swallowed-line");
}

TEST_CASE("the last line about a value wins and the first spelling stays", "[codec]") {
    const auto tree = codec::decode_reg_tree(wide(with_key + "\"Ab\"=\"1\"\n\"x\"=\"2\"\n\"AB\"=dword:3\n"), {});
    REQUIRE(tree);
    const registry::Key* key = tree.value->find(registry::KeyPath(registry::Root::current_user, "T"));
    REQUIRE(key != nullptr);
    CHECK(key->values == std::vector<registry::NamedValue>{{"Ab", registry::Value::dword(3)}, {"x", registry::Value::sz("2")}});
    CHECK(dump(tree.diagnostics) == "5 reg-duplicate");
    CHECK(tree.diagnostics[0].message == "value \"AB\" was set before; the last line wins");
}

TEST_CASE("setting and deleting one value takes effect in the order of the lines", "[codec]") {
    check_lines("V14", "\"a\"=\"1\"\n\"A\"=-\n", "a=\"1\" A=-");
    check_lines("V14", "\"a\"=-\n\"a\"=\"1\"\n", "a=- a=\"1\"");
    check_lines("V9", "\"a\"=\"1\"\n\"a\"=-\n\"a\"=\"2\"\n", "a=\"1\" a=- a=\"2\"");  // nothing is overridden
    // In the same key under another spelling, and in the same key further down.
    check_lines("V9", "\"a\"=\"1\"\n[HKEY_CURRENT_USER\\U]\n\"a\"=\"1\"\n[HKEY_CURRENT_USER\\t]\n\"a\"=\"1\"\n", "a=\"1\" [U] a=\"1\" [t] a=\"1\"",
                "7 reg-duplicate");
    check_lines("V9", "\"a\"=\"1\"\n[-HKEY_CURRENT_USER\\T]\n[HKEY_CURRENT_USER\\T]\n\"a\"=\"1\"\n", "a=\"1\" [-T] [T] a=\"1\"");
}

TEST_CASE("data that Windows does not know is ignored", "[codec]") {
    const std::string good = "\"b\"=\"2\"\n";
    for (const std::string data : {"", " ", "\t"}) check_lines("V10", "\"a\"=" + data + "\n" + good, "b=\"2\"", "3 reg-value-data");
    for (const std::string data : {";comment", " ;comment", "#comment"}) {
        check_lines("V11", "\"a\"=" + data + "\n" + good, "b=\"2\"", "3 reg-value-data");
    }
    for (const std::string data : {"text", "\\\"x\\\"", "'x'", "1", "=", "dword", "dword 1", "hex", "hex;", "hexadecimal:01"}) {
        check_lines("V12 " + data, "\"a\"=" + data + "\n" + good, "b=\"2\"", "3 reg-value-data");
    }
    for (const std::string data : {"DWORD:1", "Dword:1", "HEX:11", "Hex(2):61"}) {
        check_lines("V13 " + data, "\"a\"=" + data + "\n" + good, "b=\"2\"", "3 reg-value-data");
    }
    check_lines("V13", "\"a\"=dword:A\n\"b\"=hex(B):0A\n", "a=4:0a000000 b=b:0a");
    CHECK(decode(wide(with_key + "\"a\"= DWORD:1\n")).diagnostics[0].message ==
          "value \"a\" is not imported: its data is none of \"text\", dword:, hex:, hex(type): and -");
    CHECK(decode(wide(with_key + "\"a\"= DWORD:1\n")).diagnostics[0].span.column == 6);
    CHECK(decode(wide(with_key + "\"a\"=;\n")).diagnostics[0].message == "value \"a\" is not imported: no data follows the =");
}

TEST_CASE("a minus deletes a value", "[codec]") {
    check_lines("V14", "\"a\"=-\n\"b\" = \t- \n\"c\"=-;c\n\"d\"=- ;c\n@=-\n", "a=- b=- c=- d=- @=-");
    check_lines("V15", "\"a\"=-\"x\"\n\"a\"=- #comment\n\"a\"=--\n\"a\"=-1\n", "",
                "3 reg-value-data, 4 reg-value-data, 5 reg-value-data, 6 reg-value-data");
}

TEST_CASE("strings are read as Windows reads them", "[codec]") {
    check_lines("S1", "\"a\"=\"C:\\\\x \\\"y\\\"\"\n", "a=\"C:\\x \"y\"\"");
    check_lines("S2", "\"a\"=\"x\\ny\\rz\"\n", "a=\"x\ny\rz\"", "3 reg-escape");
    check_lines("S3", "\"a\"=\"\\0\"\n\"b\"=\"x\\0\"\n\"c\"=\"\\\\0\"\n", "c=\"\\0\"", "3 reg-string, 4 reg-string");
    check_lines("S4", "\"a\"=\"x\\qy\\z\"\n", "a=\"xqyz\"", "3 reg-escape");
    check_lines("S5", "\"a\"=\"x\\\n\"b\"=\"2\"\n", "b=\"2\"", "3 reg-string");
    check_lines("S6", "\"a\"=\"v\";c\n\"b\"=\"v\" \t;c\n\"c\"=\"v\" \t\n", "a=\"v\" b=\"v\" c=\"v\"");
    for (const std::string data : {"\"v\"#c", "\"v\"  #c", "\"a\"b\"", "\"a\"\"b\"", "\"a\" \"b\"", "\"a\",\\"}) {
        check_lines("S6 " + data, "\"a\"=" + data + "\n\"b\"=\"2\"\n", "b=\"2\"", "3 reg-string");
    }
    check_lines("S7", "\"a\"=\"x#y;z\"\n", "a=\"x#y;z\"");
    check_lines("S8", "\"a\"=\"x\n\"a\"=\"x\\\"\n\"a\"=\"\n\"b\"=\"2\"\n", "b=\"2\"", "3 reg-string, 4 reg-string, 5 reg-string");
    check_lines("S9", "\"a\"=\"x \\\ny\"\n\"b\"=\"2\"\n", "b=\"2\"", "3 reg-string, 4 reg-line-ignored");
    check_lines("S10, S11", "\"a\"=\"\"\n\"b\"=\"x\"\n", "a=\"\" b=\"x\"");
    const auto decoded = decode(wide(with_key + "\"a\"=\"\"\n\"b\"=\"x\"\n"));
    CHECK(decoded.value->operations[1].value.bytes == std::string(2, '\0'));
    CHECK(decoded.value->operations[2].value.bytes == std::string("x\0\0\0", 4));
    check_lines("S12", "\"a\"=\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x94\x92\"\n", "a=\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x94\x92\"");
    check_file("S12", with_key_4 + "\"a\"=\"\xE9\x80\"\n", "[T] a=\"\xC3\xA9\xE2\x82\xAC\"", "3 reg-ansi-text");
    check_lines("S13", "\"a\"=str:\"x\"\n\"b\"=str(2):\"x\"\n", "", "3 reg-old-dialect, 4 reg-old-dialect");
    CHECK(decode(wide(with_key + "\"a\"=\"v\"x\n")).diagnostics[0].message ==
          "value \"a\" is not imported: something follows the closing quotation mark");
    CHECK(decode(wide(with_key + "\"a\"=\"v\n")).diagnostics[0].message == "value \"a\" is not imported: its text has no closing quotation mark");
    CHECK(decode(wide(with_key + "\"a\"=\"\\0\"\n")).diagnostics[0].message == "value \"a\" is not imported: its text has \\0 in it");
}

TEST_CASE("two halves of a surrogate pair in a name become one character", "[codec]") {
    const std::string bytes = wide(with_key + "\"") + std::string("\x3D\xD8", 2) + utf::to_utf16le("\\") + std::string("\x12\xDD", 2) + utf::to_utf16le("\"=\"x\"\n");
    const auto decoded = decode(bytes);
    REQUIRE(decoded);
    CHECK(decoded.value->operations[1].name == "\xF0\x9F\x94\x92");
}

TEST_CASE("dwords are one to eight hex digits", "[codec]") {
    check_lines("W1", "\"a\"=dword:1\n\"b\"=dword:12aB\n\"c\"=dword:FFFFffff\n\"d\"=dword:00000000\n",
                "a=4:01000000 b=4:ab120000 c=4:ffffffff d=4:00000000");
    check_lines("W2", "\"a\"=dword:\t 8 \t\n", "a=4:08000000");
    check_lines("W3", "\"a\"=dword:8;c\n\"b\"=dword:8 ;c\n\"c\"=dword:\t8 ;c\n", "a=4:08000000 b=4:08000000 c=4:08000000");
    for (const std::string data : {"", " ", ";c", "hello", "123456789", "000000001", "0x123", "0x8", "1234 5678", "1g", "8 #c", "8#c", "-1", "+1", "1,\\", "1\\"}) {
        check_lines("W4, W5 " + data, "\"a\"=dword:" + data + "\n\"b\"=\"2\"\n", "b=\"2\"", "3 reg-dword");
    }
    CHECK(decode(wide(with_key + "\"a\"=dword:0x8\n")).diagnostics[0].message ==
          "value \"a\" is not imported: dword: takes one to eight hex digits and nothing more");
}
