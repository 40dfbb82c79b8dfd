// The rows O of lib/docs/formats/reg.md: what is written, and that it comes back.
#include <random>

#include "reg_text_dump.hpp"
#include "law_states.hpp"

using namespace reg_test;
using registry::KeyPath;
using registry::Op;
using registry::Operation;
using registry::Patch;
using registry::Root;
using registry::Value;

namespace {

const KeyPath t(Root::current_user, "T");

Operation set(std::string name, Value value) { return {Op::set_value, t, std::move(name), std::move(value)}; }

std::string narrow(std::string_view bytes) {
    REQUIRE(bytes.starts_with("\xFF\xFE"));
    return utf::from_utf16le(bytes.substr(2));
}

// The lines that one value is written as, without their last line end.
std::string lines_of(const std::string& name, const Value& value) {
    const std::string text = narrow(codec::encode_reg(Patch{{}, {{Op::create_key, t}, set(name, value)}}));
    const std::string start = "Windows Registry Editor Version 5.00\r\n\r\n[HKEY_CURRENT_USER\\T]\r\n";
    REQUIRE(text.starts_with(start));
    REQUIRE(text.ends_with("\r\n\r\n"));
    return text.substr(start.size(), text.size() - start.size() - 4);
}

Value sz_bytes(std::string_view bytes) { return {registry::reg_sz, std::string(bytes)}; }

// Operations without the places where they were read.
std::vector<Operation> without_places(Patch patch) {
    for (Operation& operation : patch.operations) operation.line = operation.column = 0;
    return std::move(patch.operations);
}

}  // namespace

TEST_CASE("an export has the form of Windows' own", "[codec]") {
    registry::Tree tree;
    tree.create(KeyPath(Root::current_user, "T\\Empty"));
    tree.set_value(t, "b", Value::dword(0xABCDEF));
    tree.set_value(t, "", Value::sz("x"));
    tree.set_value(t, "a", Value::sz(""));
    tree.set_value(KeyPath(Root::local_machine, "S\\AES 128/128"), "n/m", Value::binary(std::string("\0\xFF", 2)));
    // O1 to O6, O8, O9, O11
    CHECK(codec::encode_reg(tree) == wide("Windows Registry Editor Version 5.00\r\n"
                                          "\r\n[HKEY_LOCAL_MACHINE\\S]\r\n"
                                          "\r\n[HKEY_LOCAL_MACHINE\\S\\AES 128/128]\r\n\"n/m\"=hex:00,ff\r\n"
                                          "\r\n[HKEY_CURRENT_USER\\T]\r\n\"b\"=dword:00abcdef\r\n@=\"x\"\r\n\"a\"=\"\"\r\n"
                                          "\r\n[HKEY_CURRENT_USER\\T\\Empty]\r\n"
                                          "\r\n"));
    CHECK(codec::encode_reg(registry::Tree()) == wide("Windows Registry Editor Version 5.00\r\n\r\n"));
}

TEST_CASE("each type is written in the form that loses nothing", "[codec]") {
    CHECK(lines_of("O5", Value::sz("x")) == "\"O5\"=\"x\"");
    CHECK(lines_of("", Value::sz("x")) == "@=\"x\"");
    CHECK(lines_of("O6", Value::sz("C:\\a \"b\"\t;#")) == "\"O6\"=\"C:\\\\a \\\"b\\\"\t;#\"");
    CHECK(lines_of("a\\b\"c", Value::sz("")) == "\"a\\\\b\\\"c\"=\"\"");
    CHECK(lines_of("O6 zero length", sz_bytes("")) == "\"O6 zero length\"=hex(1):");
    CHECK(lines_of("O7", sz_bytes(std::string_view("a\0\0\0b\0\0\0", 8))) == "\"O7\"=hex(1):61,00,00,00,62,00,00,00");
    CHECK(lines_of("O7", sz_bytes(std::string_view("\0\0a\0\0\0", 6))) == "\"O7\"=hex(1):00,00,61,00,00,00");
    CHECK(lines_of("two NULs", sz_bytes(std::string_view("a\0\0\0\0\0", 6))) == "\"two NULs\"=hex(1):61,00,00,00,00,00");
    CHECK(lines_of("line end", Value::sz("a\r\nb")) == "\"line end\"=hex(1):61,00,0d,00,0a,00,62,00,00,00");
    CHECK(lines_of("control", Value::sz("\x1B")) == "\"control\"=hex(1):1b,00,00,00");
    CHECK(lines_of("odd", sz_bytes(std::string_view("a\0\0\0b", 5))) == "\"odd\"=hex(1):61,00,00,00,62");
    CHECK(lines_of("no NUL", sz_bytes(std::string_view("a\0", 2))) == "\"no NUL\"=\"a\"");
    CHECK(lines_of("lone", sz_bytes(std::string_view("\x00\xD8\0\0", 4))) == "\"lone\"=\"\xED\xA0\x80\"");
    CHECK(lines_of("O8", Value::dword(0xFFFFFFFF)) == "\"O8\"=dword:ffffffff");
    CHECK(lines_of("O8", {registry::reg_dword, ""}) == "\"O8\"=hex(4):");
    CHECK(lines_of("O8", {registry::reg_dword, "\x01\x02\x03"}) == "\"O8\"=hex(4):01,02,03");
    CHECK(lines_of("O8", {registry::reg_dword, "\x01\x02\x03\x04\x05"}) == "\"O8\"=hex(4):01,02,03,04,05");
    CHECK(lines_of("O8", {registry::reg_dword, "\x01\x02\x03\x04\x05\x06\x07\x08"}) == "\"O8\"=hex(4):01,02,03,04,05,06,07,08");
    CHECK(lines_of("O9", {registry::reg_none, ""}) == "\"O9\"=hex(0):");
    CHECK(lines_of("O9", Value::binary("")) == "\"O9\"=hex:");
    CHECK(lines_of("O9", Value::qword(0xAB)) == "\"O9\"=hex(b):ab,00,00,00,00,00,00,00");
    CHECK(lines_of("O9", Value::expand_sz("a")) == "\"O9\"=hex(2):61,00,00,00");
    CHECK(lines_of("O9", Value::multi_sz({"a"})) == "\"O9\"=hex(7):61,00,00,00,00,00");
    CHECK(lines_of("O9", {0xABCD1234, "\x01"}) == "\"O9\"=hex(abcd1234):01");
    CHECK(lines_of("a\nb\rc", Value::dword(1)) == "\"a\\nb\\rc\"=dword:00000001");
}

TEST_CASE("hex data is wrapped where regedit wraps it", "[codec]") {
    // O10, with names of every length that matters and data that ends before, at and behind each break.
    for (std::size_t name_size = 1; name_size <= 80; ++name_size) {
        const std::string prefix = '"' + std::string(name_size, 'n') + "\"=hex:";
        for (std::size_t size = 1; size <= 80; ++size) {
            const std::string text = lines_of(std::string(name_size, 'n'), Value::binary(std::string(size, '\x5A')));
            std::vector<std::string> lines;
            for (std::size_t at = 0; at < text.size();) {
                const std::size_t end = std::min(text.find("\r\n", at), text.size());
                lines.push_back(text.substr(at, end - at));
                at = end + 2;
            }
            std::size_t bytes = 0;
            for (std::size_t i = 0; i < lines.size(); ++i) {
                const bool is_first = i == 0;
                const bool is_last = i + 1 == lines.size();
                const std::string start = is_first ? prefix : "  ";
                REQUIRE(lines[i].starts_with(start));
                const std::size_t here = (lines[i].size() - start.size() + (is_last ? 1 : 0)) / 3;
                bytes += here;
                REQUIRE(here >= 1);
                if (is_last) {
                    REQUIRE(lines[i].size() == start.size() + 3 * here - 1);
                    // It was not yet full before its last byte.
                    REQUIRE((here == 1 || start.size() + 3 * (here - 1) < 77));
                } else {
                    REQUIRE(lines[i].ends_with(",\\"));
                    if (!is_first) REQUIRE(here == 25);
                    if (prefix.size() <= 73) REQUIRE((lines[i].size() >= 78 && lines[i].size() <= 80));
                    if (prefix.size() >= 74) REQUIRE((!is_first || here == 1));
                }
            }
            REQUIRE(bytes == size);
        }
    }
}

TEST_CASE("the operations of a patch keep their order and are grouped below one key line", "[codec]") {
    const KeyPath u(Root::current_user, "U");
    const Patch patch{{},
                      {{Op::erase_key, t},
                       {Op::create_key, t},
                       set("a", Value::dword(1)),
                       {Op::erase_value, t, "b"},
                       {Op::erase_value, t, ""},
                       {Op::set_value, u, "c", Value::sz("x")},
                       set("d", Value::sz("y")),
                       {Op::create_key, t}}};
    CHECK(narrow(codec::encode_reg(patch)) == "Windows Registry Editor Version 5.00\r\n"
                                              "\r\n[-HKEY_CURRENT_USER\\T]\r\n"
                                              "\r\n[HKEY_CURRENT_USER\\T]\r\n\"a\"=dword:00000001\r\n\"b\"=-\r\n@=-\r\n"
                                              "\r\n[HKEY_CURRENT_USER\\U]\r\n\"c\"=\"x\"\r\n"
                                              "\r\n[HKEY_CURRENT_USER\\T]\r\n\"d\"=\"y\"\r\n"
                                              "\r\n[HKEY_CURRENT_USER\\T]\r\n"
                                              "\r\n");
}

TEST_CASE("what the format cannot say is left out with a comment and never becomes another line", "[codec]") {
    const KeyPath evil(Root::current_user, "T\r\n[-HKEY_LOCAL_MACHINE\\S]");
    const Patch patch{{},
                      {{Op::set_value, evil, "a", Value::dword(1)},
                       {Op::erase_value, evil, "a"},
                       {Op::erase_key, KeyPath(Root::current_user, "T\n")},
                       {Op::erase_all_values, t},
                       set(std::string("a\0b", 3), Value::dword(1)),
                       set("c\r\n[HKEY_LOCAL_MACHINE\\S]\r\n", Value::dword(1))}};
    CHECK(narrow(codec::encode_reg(patch)) == "Windows Registry Editor Version 5.00\r\n"
                                              "\r\n; left out: a key, whose name holds a line end or a NUL\r\n"
                                              "; left out: a value of that key\r\n"
                                              "; left out: the deletion of a value of that key\r\n"
                                              "\r\n; left out: a key, whose name holds a line end or a NUL\r\n"
                                              "\r\n[HKEY_CURRENT_USER\\T]\r\n"
                                              "; left out: the deletion of all values, which this format cannot say\r\n"
                                              "; left out: a value, whose name holds a NUL\r\n"
                                              "\"c\\r\\n[HKEY_LOCAL_MACHINE\\\\S]\\r\\n\"=dword:00000001\r\n"
                                              "\r\n");
}

TEST_CASE("strings with odd characters come back as they were", "[codec]") {
    for (const std::string_view bytes : {std::string_view("a\0\0\0b\0\0\0", 8), std::string_view("\r\0\n\0\0\0", 6), std::string_view("\"\0\\\0\0\0", 6),
                                         std::string_view("\xE9\0\0\0", 4), std::string_view("\x3D\xD8\x12\xDD\0\0", 6), std::string_view("\0\xDC\0\0", 4),
                                         std::string_view("\xFF\xFE\xFF\xFF\0\0", 6), std::string_view("\x85\0\x28\x20\0\0", 6)}) {
        const Patch patch{{}, {{Op::create_key, t}, set("x", sz_bytes(bytes))}};
        const auto decoded = decode(codec::encode_reg(patch));
        REQUIRE(decoded);
        CHECK(without_places(*decoded.value) == patch.operations);
    }
}

TEST_CASE("a megabyte of binary data and names at the limit come back", "[codec]") {
    Patch patch{{}, {{Op::create_key, KeyPath(Root::current_user, "T\\" + std::string(255, 'k'))}}};
    const KeyPath key = patch.operations[0].key;
    patch.operations.push_back({Op::set_value, key, std::string(16383, 'v'), Value::binary(std::string(1u << 20, '\xA5'))});
    const auto decoded = decode(codec::encode_reg(patch));
    REQUIRE(decoded);
    CHECK(decoded.diagnostics.empty());
    CHECK(without_places(*decoded.value) == patch.operations);
}

namespace {

// Names and data of all kinds, the same on every run and every platform.
class Generator {
public:
    explicit Generator(std::uint32_t seed) : random_(seed) {}

    std::size_t below(std::size_t limit) { return random_() % limit; }

    std::string name(bool is_key) {
        static const std::vector<std::string> odd{" ", "]", "[", "-", "@", "=", "\"", ";", "#", "/", "\t", ".", "a", "B", "\xC3\xA9", "\xC3\x89", "\xE2\x82\xAC",
                                                  "\xF0\x9F\x94\x92", "\xEF\xBB\xBF", "\xED\xA0\x80", "hex:", "dword:1", "\x01", "\x7F"};
        std::string made;
        for (std::size_t i = 1 + below(6); i > 0; --i) made += odd[below(odd.size())];
        if (!is_key && below(4) == 0) made += below(2) == 0 ? "\\" : "\r\n";
        if (!is_key && below(8) == 0) made.clear();
        return utf::from_utf16le(utf::to_utf16le(made));  // two lone surrogates side by side may be a pair
    }

    Value value() {
        static const std::vector<std::uint32_t> types{0, 1, 1, 1, 2, 3, 3, 4, 4, 5, 6, 7, 8, 9, 10, 11, 12, 0xFFFFFFFF, 0x10000};
        Value made{types[below(types.size())], {}};
        const bool is_text = made.type == 1 || made.type == 2 || made.type == 7;
        static const std::vector<std::string> pieces{std::string("\0\0", 2), std::string("a\0", 2), std::string("\"\0", 2), std::string("\\\0", 2), std::string("\n\0", 2),
                                                     std::string("\xAC\x20", 2), std::string("\0\xD8", 2), std::string("\0\xDC", 2), std::string("\xFF\xFF", 2)};
        for (std::size_t i = below(below(8) == 0 ? 300 : 12); i > 0; --i) {
            if (is_text) {
                made.bytes += pieces[below(pieces.size())];
            } else {
                made.bytes += static_cast<char>(below(256));
            }
        }
        // A string that is not terminated gets a NUL when it is read; nothing else may change.
        if (is_text && !made.bytes.empty()) made.bytes.append(2, '\0');
        if (is_text && !made.bytes.empty() && below(8) == 0) made.bytes += 'x';
        return made;
    }

    KeyPath key() {
        static const Root roots[]{Root::local_machine, Root::users, Root::current_user, Root::classes_root, Root::current_config, Root::dyn_data};
        std::string path;
        for (std::size_t i = 1 + below(4); i > 0; --i) path += (path.empty() ? "" : "\\") + name(true);
        return {roots[below(6)], path};
    }

private:
    std::mt19937 random_;
};

}  // namespace

TEST_CASE("whatever is written is read back as it was", "[codec]") {
    Generator generate(20240607);
    for (int round = 0; round < 200; ++round) {
        Patch patch;
        for (std::size_t keys = generate.below(6); keys > 0; --keys) {
            const KeyPath key = generate.key();
            if (generate.below(5) == 0) {
                patch.operations.push_back({Op::erase_key, key});
                continue;
            }
            patch.operations.push_back({Op::create_key, key});
            for (std::size_t values = generate.below(12); values > 0; --values) {
                if (generate.below(6) == 0) {
                    patch.operations.push_back({Op::erase_value, key, generate.name(false)});
                } else {
                    patch.operations.push_back({Op::set_value, key, generate.name(false), generate.value()});
                }
            }
        }
        CAPTURE(round);
        const std::string bytes = codec::encode_reg(patch);
        const auto decoded = decode(bytes);
        REQUIRE(decoded);
        REQUIRE(without_places(*decoded.value) == patch.operations);
        REQUIRE(codec::encode_reg(*decoded.value) == bytes);
        // Likewise a tree.
        registry::Tree tree;
        registry::replay(patch, tree);
        const std::string exported = codec::encode_reg(tree);
        const auto again = codec::decode_reg_tree(exported, {});
        REQUIRE(again);
        REQUIRE(again.value->same_content(tree));
        REQUIRE(codec::encode_reg(*again.value) == exported);
    }
}

TEST_CASE("a string that would make a line too long to be read is written as hex, and every length comes back", "[codec]") {
    const KeyPath key(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL");
    const std::size_t most = codec::reg_max_line;
    int tried = 0;
    // Characters that need a backslash, and those that don't, on both sides of what fits.
    for (const std::size_t length : {most / 2 - 40'000, most / 2 - 100, most / 2, most - 20, most, most + 1}) {
        for (const char fill : {'x', '\\'}) {
            // Megabytes each, through a whole reader: some of them under the sanitizers.
            if (tried++ % (test::rounds(8) == 8 ? 1 : 5) != 0) continue;
            CAPTURE(length, fill);
            registry::Tree tree;
            tree.set_value(key, "Long", Value::sz(std::string(length, fill)));
            const auto read = codec::decode_reg_state(codec::encode_reg(tree), {});
            REQUIRE(read.value);
            const Value* value = read.value->tree.find_value(key, "Long");
            REQUIRE(value != nullptr);
            CHECK((*value == *tree.find_value(key, "Long")));
        }
    }
}
