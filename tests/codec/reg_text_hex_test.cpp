// The rows X and C of lib/docs/formats/reg.md: hex data, and the lines it goes on in.
#include "reg_text_dump.hpp"

using namespace reg_test;

namespace {

const std::string good = "\n\"good\"=\"1\"\n";

// A value line with that data is rejected, and the lines behind its own are read.
void check_rejected(const std::string& row, const std::string& data, const std::string& rule = "reg-hex") {
    check_lines(row + " " + data, "\"a\"=" + data + good, "good=\"1\"", "3 " + rule);
}

}  // namespace

TEST_CASE("hex data is bytes under any type", "[codec]") {
    check_lines("X1", "\"a\"=hex:01,fF\n", "a=3:01ff");
    check_lines("X2", "\"a\"=hex(0):01\n\"b\"=hex(b):01\n\"c\"=hex(00000003):01\n\"d\"=hex(FFFFffff):01\n\"e\"=hex(abcd):01\n",
                "a=0:01 b=b:01 c=3:01 d=ffffffff:01 e=abcd:01");
    for (const std::string type : {"hex(100000000):01", "hex(000000001):01", "hex(0x2):61", "hex(0X2):61", "hex(x2):61", "hex():61", "hex(2:61", "hex(2)61", "hex(2 ):61",
                                   "hex(-1):61", "hex( 2):61", "hex(2) :61", "hex (2):61"}) {
        check_rejected("X3", type, "reg-value-data");
    }
    check_lines("X4", "\"a\"=hex:1,2,0a,B\n\"b\"=hex: 01, 02,\t03 \n", "a=3:01020a0b b=3:010203");
    for (const std::string data : {"hex:100", "hex:1a4", "hex:01,100", "hex:001", "hex:01,02a,03"}) check_rejected("X5", data);
    check_lines("X6", "\"a\"=hex:01,\n\"b\"=hex:01,02, \n", "a=3:01 b=3:0102");
    for (const std::string data : {"hex:,01", "hex:01,,02", "hex:,", "hex:01, ,02"}) check_rejected("X7", data);
    check_lines("X7", "\"a\"=hex:01,\\\n,02" + good, "good=\"1\"", "3 reg-hex, 4 reg-swallowed-line");
    check_lines("X8", "\"0\"=hex(0):\n\"1\"=hex(1):\n\"2\"=hex(2):\n\"3\"=hex(3):\n\"4\"=hex(4):\n\"7\"=hex(7):\n\"x\"=hex(abcd):\n\"h\"=hex: \t\n\"c\"=hex: ;c\n",
                "0=0: 1=1: 2=2: 3=3: 4=4: 7=7: x=abcd: h=3: c=3:");
    check_lines("X11", "\"a\"=hex(4):01\n\"b\"=hex(4):01,02,03,04,05\n\"c\"=hex(b):01,02\n", "a=4:01 b=4:0102030405 c=b:0102");
    check_lines("X12", "\"a\"=hex:01;c\n\"b\"=hex:01 ;c\n\"c\"=hex:01,;c\n", "a=3:01 b=3:01 c=3:01");
    for (const std::string data : {"hex:01#c", "hex:01 #c", "hex:01, #c"}) check_rejected("X12", data);
    for (const std::string data : {"hex(2):61,62/", "hex(2):61,62,/"}) check_rejected("X13", data);
    for (const std::string data : {"hex:zz", "hex:1g", "hex:01 02", "hex:01 ,02", "hex:0x11", "hex:+1", "hex:\"01\""}) check_rejected("X4", data);
}

TEST_CASE("string bytes get one NUL when their last character is none", "[codec]") {
    check_lines("X9", "\"1\"=hex(1):61,00\n\"2\"=hex(2):61,00\n\"7\"=hex(7):4c,00\n", "1=\"a\" 2=2:61000000 7=7:4c000000");
    check_lines("X10", "\"1\"=hex(7):4c,00,00,00\n\"2\"=hex(7):4c,00,00,00,00,00\n", "1=7:4c000000 2=7:4c0000000000");
    check_lines("X14", "\"1\"=hex(1):61,00,00,00,62,00,00,00\n\"2\"=hex(1):00,00\n\"3\"=hex(1):00,00,61,00\n", "1=1:6100000062000000 2=\"\" 3=1:0000610000" "00");
    check_lines("X9 other types", "\"3\"=hex(3):61,00\n\"6\"=hex(6):61,00\n", "3=3:6100 6=6:6100");
    // Half a character at the end: the NUL takes its place, or it stays behind one.
    check_lines("X9", "\"a\"=hex(2):61,00,62\n\"b\"=hex(1):61\n\"c\"=hex(7):61,00,00,00,62\n", "a=2:61000000 b=\"\" c=7:6100000062",
                "3 reg-odd-string, 4 reg-odd-string, 5 reg-odd-string");
    check_file("X9 REGEDIT4", with_key_4 + "\"1\"=hex(1):61\n\"2\"=hex(2):61,00\n\"7\"=hex(7):4c,00,00\n", "[T] 1=\"a\" 2=2:61000000 7=7:4c0000000000");
}

TEST_CASE("hex data goes on behind a comma and a backslash", "[codec]") {
    check_lines("C1", "\"a\"=hex:01,\\\n  02,\\\n\t03\n", "a=3:010203");
    check_lines("C2", "\"a\"=hex:01, \t\\\n  02\n", "a=3:0102");
    check_lines("C3", "\"a\"=hex:01,\\;c\n02,  \\  ;c\n03,\\ \t\n04\n", "a=3:01020304");
    check_rejected("C4", "hex:01,\\#c");
    check_rejected("C4", "hex:01,\\ x");
    check_rejected("C5", "hex:20\\");
    check_rejected("C5", "hex:20 \\");
    check_lines("C5", "\"a\"=hex:20\\\n,01" + good, "good=\"1\"", "3 reg-hex, 4 reg-line-ignored");
    check_lines("C6", "\"a\"=hex(2):\\\n61,00\n\"b\"=hex: \\ ;c\n  01\n", "a=2:61000000 b=3:01");
    check_rejected("C7", "hex(2):,\\");
    check_lines("C8", "\"a\"=hex:01,4\\\nf" + good, "good=\"1\"", "3 reg-hex, 4 reg-line-ignored");
    check_rejected("C8", "hex:01,4\\f");
    check_rejected("C9", "hex:01,\\\\");
    check_lines("C10", "\"a\"=hex:01,\\\n\n \t\n;c\n  ;c\\\n02,\\\n;\n03\n", "a=3:010203");
}

TEST_CASE("a line that does not go on with hex bytes is swallowed", "[codec]") {
    const std::string said = "3 reg-hex, 4 reg-swallowed-line";
    check_lines("C11", "\"a\"=hex:01,\\\n\\\n02" + good, "good=\"1\"", said + ", 5 reg-line-ignored");
    check_lines("C14", "\"a\"=hex:01,\\\n\"lost\"=\"2\"" + good, "good=\"1\"", said);
    check_lines("C14", "\"a\"=hex:01,\\\n@=\"2\"" + good, "good=\"1\"", said);
    check_lines("C14", "\"a\"=hex:01,\\\n[HKEY_CURRENT_USER\\Lost]" + good, "good=\"1\"", said);
    check_lines("C15", "\"a\"=hex:01,\\\n\n;c\n\"lost\"=\"2\"" + good, "good=\"1\"", "3 reg-hex, 6 reg-swallowed-line");
    check_lines("C15", "\"a\"=hex:01,\\\n\n@=\"2\"" + good, "good=\"1\"", "3 reg-hex, 5 reg-swallowed-line");
    check_lines("C16", "\"a\"=hex:01,\\\n#c" + good, "good=\"1\"", said);
    check_lines("C17", "\"a\"=hex:20\\" + good, "good=\"1\"", "3 reg-hex");
    check_lines("C14 further down", "\"a\"=hex:01,\\\n02,\\\n\"lost\"=\"2\"" + good, "good=\"1\"", "3 reg-hex, 5 reg-swallowed-line");
    const auto decoded = decode(wide(with_key + "\"a\"=hex:01,\\\n02,\\\n\"lost\"=\"2\"" + good));
    CHECK(decoded.diagnostics[0].message == "value \"a\" (lines 3 to 4) is not imported: its hex bytes do not go on in line 5");
    CHECK(decoded.diagnostics[1].message == "the line is lost: Windows takes it for the hex bytes that line 4 announces");
    CHECK(decoded.diagnostics[1].fix == "end line 4 without the comma and the backslash");
}

TEST_CASE("a comma without a backslash ends the data and loses the lines below", "[codec]") {
    check_lines("C12", "\"a\"=hex:01,\n02,03" + good, "a=3:01 good=\"1\"", "4 reg-lost-continuation");
    check_lines("C12", "\"a\"=hex(2):61,00,\n  62,00,\n  63,00" + good, "a=2:61000000 good=\"1\"", "4 reg-lost-continuation, 5 reg-lost-continuation");
    check_lines("C12", "\"a\"=hex:01,\\\n02,\n03" + good, "a=3:0102 good=\"1\"", "5 reg-lost-continuation");
    check_lines("C13", "\"a\"=hex:01,;c\n02" + good, "a=3:01 good=\"1\"", "4 reg-lost-continuation");
    check_lines("C12 no comma", "\"a\"=hex:01\n02" + good, "a=3:01 good=\"1\"", "4 reg-line-ignored");
}

TEST_CASE("the end of the file ends hex data that was to go on", "[codec]") {
    check_lines("C18", "\"a\"=hex:01,\\\n", "a=3:01");
    check_lines("C18", "\"a\"=hex(7):61,00,\\\n\n;c\n", "a=7:61000000");
    check_lines("C18", "\"a\"=hex(2):\\", "a=2:");
    check_lines("C19", "\"a\"=hex:20\\", "", "3 reg-hex");
}

TEST_CASE("a value that is rejected further down names all its lines", "[codec]") {
    const auto decoded = decode(wide(with_key + "\"a\"=hex:01,\\\n02,\\\n03,xy\n"));
    REQUIRE(decoded.diagnostics.size() == 1);
    CHECK(decoded.diagnostics[0].message == "value \"a\" (lines 3 to 5) is not imported: \"x\" is out of place among its hex bytes");
    CHECK(decoded.diagnostics[0].span == Span{"", 5, 4});
}
