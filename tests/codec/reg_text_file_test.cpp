// The rows H, E and A of lib/docs/formats/reg.md: the header, the encoding, and the width of string bytes.
#include "reg_text_dump.hpp"

using namespace reg_test;

TEST_CASE("only the two headers of today's files are read", "[codec]") {
    const std::string body = "[HKEY_CURRENT_USER\\T]\n\"a\"=dword:1\n";
    const std::string read = "[T] a=4:01000000";
    const std::string refused = "!1 reg-header";
    check_file("H1", "Windows Registry Editor Version 5.00\n" + body, read);
    check_file("H2", "REGEDIT4\n" + body, read);
    check_file("H3", "REGEDIT\n" + body, "nothing", refused);
    for (const std::string header : {"REGEDIT3", "REGEDIT5", "REGEDIT9", "REGEDIT 4", "REGEDIT4FOO", "REGEDIT4 FOO"}) {
        check_file("H4 " + header, header + "\n" + body, "nothing", refused);
    }
    for (const std::string header : {"regedit4", "Regedit4", "regedit"}) {
        check_file("H5 " + header, header + "\n" + body, "nothing", refused);
    }
    for (const std::string header : {"AREGEDIT4", "1REGEDIT4"}) check_file("H6 " + header, header + "\n" + body, "nothing", refused);
    check_file("H7", "\nREGEDIT4\n" + body, "nothing", refused);
    check_file("H8", "Windows Registry Editor Version 4.00\n" + body, "nothing", refused);
    check_file("H8", "Windows Registry Editor Version 5\n" + body, "nothing", refused);
    check_file("H9", "WINDOWS REGISTRY EDITOR VERSION 5.00\n" + body, "nothing", refused);
    check_file("H9", "Windows Registry Editor version 5.00\n" + body, "nothing", refused);
    check_file("H10", "  REGEDIT4\n" + body, read);
    check_file("H10", "\tREGEDIT4\n" + body, read);
    check_file("H10", std::string(5000, ' ') + "Windows Registry Editor Version 5.00\n" + body, read);
    check_file("H11", "REGEDIT4", "");
    check_file("H11", "Windows Registry Editor Version 5.00", "");
    check_file("H12", "REGEDIT4\n" + body, read);
    check_file("H13", "REGEDIT4 \n" + body, "nothing", refused);
    check_file("H13", "Windows Registry Editor Version 5.00 \n" + body, "nothing", refused);
    check_file("an empty file", "", "nothing", refused);
    check_file("a byte order mark alone", "\xFF\xFE", "nothing", refused);
}

TEST_CASE("a wrong header is an error that says what was found and what would be right", "[codec]") {
    const auto error = [](std::string_view text) {
        const auto decoded = codec::decode_reg(text, {.file = "x.reg"});
        REQUIRE(decoded.diagnostics.size() == 1);
        const Diagnostic& only = decoded.diagnostics[0];
        CHECK(only.span == Span{"x.reg", 1, 0});
        CHECK(only.fix == "the first line must be \"Windows Registry Editor Version 5.00\" or \"REGEDIT4\"");
        return only.message;
    };
    CHECK(error("REGEDIT\r\n") == "REGEDIT alone is the header of Windows 3.1, whose files hold no keys in brackets");
    CHECK(error("REGEDIT5\r\n") == "the header is followed by other characters, so Windows would import nothing: \"REGEDIT5\"");
    CHECK(error("REGEDIT4 \r\n") == "the header is followed by blanks, so Windows would import nothing");
    CHECK(error("regedit4\r\n") == "Windows does not know the header \"regedit4\"");
    CHECK(error("Windows Registry Editor Version 4.00\r\n") == "Windows does not know the header \"Windows Registry Editor Version 4.00\"");
    CHECK(error("\r\nREGEDIT4\r\n") == "the first line is empty, so Windows would import nothing");
    CHECK(error("") == "the file is empty");
    // A file that is not a registry file at all is not repeated: it may hold a secret.
    CHECK(error("root:$6$secret:19000:0:99999:7:::\n") == "the first line is not a .reg header");
}

TEST_CASE("what the byte order mark says decides the encoding", "[codec]") {
    const std::string body = "[HKEY_CURRENT_USER\\T]\n\"\xC3\xA9\"=\"\xE2\x82\xAC\"\n";
    const std::string read = "[T] \xC3\xA9=\"\xE2\x82\xAC\"";
    for (const std::string& head : {header, header_4}) {
        const std::string text = head + body;
        std::string big_endian = utf::to_utf16le(text);
        for (std::size_t i = 0; i + 1 < big_endian.size(); i += 2) std::swap(big_endian[i], big_endian[i + 1]);
        check_file("E1", wide(text), read);
        check_file("E2", utf::to_utf16le(text), "nothing", "!0 reg-encoding");
        check_file("E3 with mark", "\xFE\xFF" + big_endian, "nothing", "!0 reg-encoding");
        check_file("E3 without mark", big_endian, "nothing", "!0 reg-encoding");
        check_file("E4", text, read, "3 reg-ansi-text");
        check_file("E5", "\xEF\xBB\xBF" + text, read, "1 reg-utf8-mark");
    }
    CHECK(codec::decode_reg(utf::to_utf16le(header), {}).diagnostics[0].message ==
          "the file is UTF-16LE without the byte order mark FF FE, of which Windows would import nothing");
    CHECK(codec::decode_reg("\xFE\xFF", {}).diagnostics[0].message == "the file is UTF-16BE, of which Windows would import nothing");
}

TEST_CASE("bytes that are not UTF-8 are read in the code page that was asked for", "[codec]") {
    const std::string text = with_key_4 + "\"\xE9\"=\"\x80\x9F\"\n";
    check_file("E4", text, "[T] \xC3\xA9=\"\xE2\x82\xAC\xC5\xB8\"", "3 reg-ansi-text");
    check_file("E4", text, "[T] \xC3\xA9=\"\xC2\x80\xC2\x9F\"", "3 reg-ansi-text", {.file = {}, .code_page = 28591});
    check_file("E4", text, "nothing", "!0 reg-code-page", {.file = {}, .code_page = 932});
    // Marked as UTF-8, wrong bytes become the replacement character, a surrogate in three bytes too.
    check_file("E5", "\xEF\xBB\xBF" + with_key + "\"\xE9\"=\"\xED\xA0\x80\"\n", "[T] \xEF\xBF\xBD=\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"",
               "1 reg-utf8-mark");
}

TEST_CASE("characters outside ASCII that do nothing need no warning", "[codec]") {
    check_file("E4", with_key + "; \xC3\xA9\n\"a\"=dword:1 ; \x41\n", "[T] a=4:01000000");
}

TEST_CASE("header and encoding are independent", "[codec]") {
    check_file("E6 ANSI with version 5", with_key + "\"a\"=\"x\"\n", "[T] a=\"x\"");
    check_file("E6 UTF-16 with REGEDIT4", wide(with_key_4 + "\"a\"=\"x\"\n"), "[T] a=\"x\"");
}

TEST_CASE("each kind of line end ends a line", "[codec]") {
    for (const std::string end : {"\r\n", "\n", "\r", "\r\r\n"}) {
        const std::string text = "REGEDIT4" + end + "[HKEY_CURRENT_USER\\T]" + end + "\"a\"=\"x\"" + end + end + "\"b\"=hex:01,\\" + end + "  02" +
                                 end + "junk" + end + "\"c\"=\"y\"";
        const std::string lines = end == "\r\r\n" ? "13 reg-line-ignored" : "7 reg-line-ignored";
        check_file("E7", text, "[T] a=\"x\" b=3:0102 c=\"y\"", lines);
        check_file("E7", wide(text), "[T] a=\"x\" b=3:0102 c=\"y\"", lines);
    }
    check_file("E7 mixed", "REGEDIT4\r[HKEY_CURRENT_USER\\T]\r\n\"a\"=\"x\"\n\rjunk\n\njunk", "[T] a=\"x\"", "5 reg-line-ignored, 7 reg-line-ignored");
}

TEST_CASE("empty lines count, however many stand together", "[codec]") {
    for (const std::string end : {"\r\n", "\n", "\r"}) {
        for (const std::size_t count : {1u, 2u, 7u, 15u, 16u, 17u, 31u, 33u, 1000u}) {
            std::string empty;
            for (std::size_t i = 0; i < count; ++i) empty += end;
            const std::string text = "REGEDIT4" + end + empty + "[HKEY_CURRENT_USER\\T]" + end + empty + "\"a\"=hex:01,\\" + end + "  02" + end + "junk" + end + empty + "\"b\"=\"y\"" + end + empty;
            const std::string line = std::to_string(2 * count + 5) + " reg-line-ignored";
            check_file("E7", text, "[T] a=3:0102 b=\"y\"", line);
            check_file("E7", wide(text), "[T] a=3:0102 b=\"y\"", line);
            check_file("E9", wide(text) + "x", "[T] a=3:0102 b=\"y\"", line + ", " + std::to_string(4 * count + 6) + " reg-half-character");
        }
    }
}

TEST_CASE("the last line needs no end", "[codec]") {
    check_lines("E7", "\"a\"=\"x\"", "a=\"x\"");
    check_lines("E7, C18", "\"a\"=hex:11,\\", "a=3:11");
    check_lines("E7", "\"a\"=dword:00000011", "a=4:11000000");
    check_file("E7", wide(header + "[HKEY_CURRENT_USER\\T]"), "[T]");
}

TEST_CASE("the byte order mark means nothing further down", "[codec]") {
    check_lines("E8", "\xEF\xBB\xBF\"a\"=\"x\"\n", "", "3 reg-line-ignored");
    check_lines("E8", "\"\xEF\xBB\xBF\"=\"\xEF\xBB\xBF\"\n", "\xEF\xBB\xBF=\"\xEF\xBB\xBF\"");
    check_file("E8", wide("\xEF\xBB\xBF" + with_key), "nothing", "!1 reg-header");
}

TEST_CASE("half a UTF-16 character at the end of the file is ignored with a warning", "[codec]") {
    check_file("E9", wide(with_key + "\"a\"=\"x\"\n") + "\"", "[T] a=\"x\"", "3 reg-half-character");
    check_file("E9", wide(with_key + "\"a\"=\"x\"") + "\"", "[T] a=\"x\"", "3 reg-half-character");
    const auto decoded = decode(wide(with_key) + "x");
    CHECK(decoded.diagnostics[0].message == "the file ends in the first half of a UTF-16 character, which Windows ignores");
}

TEST_CASE("surrogate pairs are characters from the first to the last", "[codec]") {
    for (const std::string text : {"\xF0\x90\x80\x80", "\xF0\x90\x8F\xBF", "\xF4\x8F\xB0\x80", "\xF4\x8F\xBF\xBF"}) {
        const auto decoded = decode(wide(with_key + "\"" + text + "\"=\"" + text + "\"\n"));
        REQUIRE(decoded);
        CHECK(decoded.value->operations[1].name == text);
        CHECK(decoded.value->operations[1].value.as_string() == text);
    }
}

TEST_CASE("lone surrogates are kept", "[codec]") {
    const std::string bytes = wide(with_key + "\"a") + std::string("\x00\xD8", 2) + utf::to_utf16le("\"=\"b") + std::string("\x00\xDC", 2) +
                              utf::to_utf16le("\"\n");
    const auto decoded = decode(bytes);
    REQUIRE(decoded);
    CHECK(decoded.value->operations[1].name == "a\xED\xA0\x80");
    CHECK(decoded.value->operations[1].value.bytes == std::string("b\0\0\xDC\0\0", 6));
}

TEST_CASE("the header decides how wide the characters of string bytes are", "[codec]") {
    check_file("A1", wide(with_key + "\"a\"=hex(2):61,00,00,00\n"), "[T] a=2:61000000");
    check_file("A2", with_key_4 + "\"a\"=hex(2):61,80,00\n", "[T] a=2:6100ac200000");
    check_file("A2", with_key_4 + "\"a\"=hex(2):61,80,00\n", "[T] a=2:610080000000", "", {.file = {}, .code_page = 28591});
    check_file("A3", wide(with_key_4 + "\"a\"=hex(7):61,00,00\n\"b\"=hex(1):62\n"), "[T] a=7:610000000000 b=\"b\"", "3 reg-string-width");
    check_file("A3", with_key + "\"a\"=hex(7):61,00,00,00\n\"b\"=hex(1):62,00\n", "[T] a=7:61000000 b=\"b\"", "3 reg-string-width");
    check_file("A4", with_key + "\"a\"=hex(2):61,00,62,00,00,00\n", "[T] a=2:610062000000", "3 reg-string-width");
    check_file("A3 other types are bytes", with_key + "\"a\"=hex:61\n\"b\"=hex(0):62\n\"c\"=hex(6):63\n", "[T] a=3:61 b=0:62 c=6:63");
    check_file("A3 nothing is as wide as nothing", with_key + "\"a\"=hex(2):\n", "[T] a=2:");
    const auto decoded = decode(with_key + "\"a\"=hex(2):61,00\n");
    CHECK(decoded.diagnostics[0].message ==
          "the bytes of strings are read as UTF-16LE, because the header says version 5.00; other readers go by the encoding of the file, "
          "which is not UTF-16LE");
}
