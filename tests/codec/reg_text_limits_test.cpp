// Hostile `.reg` text: what is too large is refused, and nothing takes more than linear time.
#include "reg_text_dump.hpp"
#include "law_states.hpp"

using namespace reg_test;

namespace {

// One reader will do: these are large.
void check_long(std::string_view row, std::string_view bytes, std::string_view diagnostics) {
    CAPTURE(row);
    const auto decoded = codec::decode_reg_tree(bytes, {});
    CHECK(dump(decoded.diagnostics) == diagnostics);
    CHECK(decoded.value.has_value() == diagnostics.empty());
}

}  // namespace

TEST_CASE("a line of more than 4 Mi characters is an error", "[codec]") {
    const std::size_t most = codec::reg_max_line;
    const std::string longest = ";" + std::string(most - 1, 'x');
    std::string wide_longest(2 * most, '\0');
    for (std::size_t i = 0; i < most; ++i) wide_longest[2 * i] = ';';
    const std::string value = "\n\"a\"=\"1\"\n";
    const std::string said = "!3 reg-line-too-long";
    check_long("at the limit", wide(with_key) + wide_longest + utf::to_utf16le(value), "");
    check_long("at the limit", with_key + longest + value, "");
    check_long("beyond", wide(with_key) + wide_longest + utf::to_utf16le("x" + value), said);
    check_long("beyond", with_key + longest + "x" + value, said);
    check_long("beyond, without an end", with_key + longest + longest + longest, said);
    check_long("in hex data", wide(with_key + "\"a\"=hex:01,\\\n") + wide_longest + utf::to_utf16le(";"), "!4 reg-line-too-long");
    check_long("as a header", longest + "x", "!1 reg-header");
    // Characters count, not bytes.
    std::string accents;
    while (accents.size() < 2 * most - 2) accents += "\xC3\xA9";
    check_long("at the limit", with_key + ";" + accents + value, "");
    check_long("beyond", with_key + ";x" + accents + value, said);
    const auto decoded = codec::decode_reg(with_key + longest + "x\n", {.file = "x.reg"});
    CHECK(decoded.diagnostics[0].message == "the line is longer than 4,194,304 characters");
    CHECK(decoded.diagnostics[0].span == Span{"x.reg", 3, 0});
}

TEST_CASE("a file of more than 512 MiB is an error", "[codec]") {
    // Nothing of it is looked at, so no such memory is needed to show it.
    const std::string_view large(with_key.data(), codec::reg_max_file + 1);
    check_file("too large", large, "nothing", "!0 reg-file-too-large");
}

TEST_CASE("at most a thousand diagnostics are kept", "[codec]") {
    std::string junk = with_key;
    for (int i = 0; i < 999; ++i) junk += "junk\n";
    const auto all = decode(junk + "\"a\"=\"1\"\n");
    CHECK(all.diagnostics.size() == 999);
    const auto more = decode(junk + "junk\n#\n\"a\"=\"1\"\n");
    REQUIRE(more.diagnostics.size() == 1000);
    CHECK(more.diagnostics.back().rule == "reg-more");
    CHECK(more.diagnostics.back().message == "2 more warnings from this line on");
    CHECK(more.diagnostics.back().severity == Severity::warning);
    CHECK(more.diagnostics.back().span.line == 1002);
    // An error at the end is reported all the same.
    const auto error = decode(junk + "junk\n" + std::string(codec::reg_max_line + 1, 'x'));
    REQUIRE(error.diagnostics.size() == 1001);
    CHECK(error.diagnostics[999].rule == "reg-line-too-long");
    CHECK_FALSE(error);
    const auto strict = decode(junk + "junk\n", {.file = {}, .strict = true});
    CHECK(strict.diagnostics.back().severity == Severity::error);
    CHECK_FALSE(strict);
}

TEST_CASE("strict makes an error of each line that Windows skips, and of nothing else", "[codec]") {
    const codec::RegReadOptions strict{.file = {}, .strict = true};
    for (const std::string line : {"junk", "[ HKEY_CURRENT_USER\\A]", "[HKEY_FOO\\A]", "[-HKEY_CURRENT_USER]", "\"a\"", "\"a\"=", "\"a\"=\"x", "\"a\"=str:\"x\"", "\"a\"=dword:x", "\"a\"=hex:x"}) {
        CAPTURE(line);
        const auto decoded = decode(wide(with_key + line + "\n"), strict);
        CHECK_FALSE(decoded);
        REQUIRE(decoded.diagnostics.size() == 1);
        CHECK(decoded.diagnostics[0].severity == Severity::error);
    }
    check_file("C14", wide(with_key + "\"a\"=hex:01,\\\n\"b\"=\"2\"\n"), "nothing", "!3 reg-hex, !4 reg-swallowed-line", strict);
    check_file("C12", wide(with_key + "\"a\"=hex:01,\n02\n"), "nothing", "!4 reg-lost-continuation", strict);
    check_file("V8", wide(header + "\"a\"=\"x\"\n"), "nothing", "!2 reg-no-key", strict);
    check_file("warnings", "\xEF\xBB\xBF" + header + "[HKCU\\T]\n\"a\"=\"\\n\"\n\"a\"=hex(1):61,00,61\n", "[T] a=\"\n\" a=\"a\"",
               "1 reg-utf8-mark, 2 reg-short-root, 3 reg-escape, 4 reg-string-width, 4 reg-odd-string, 4 reg-duplicate", strict);
}

TEST_CASE("very many values of one key are read in linear time", "[codec]") {
    constexpr int many = test::rounds(200'000);
    std::string text = header + "[HKEY_CURRENT_USER\\T]\n";
    for (int i = 0; i < many; ++i) text += "\"v" + std::to_string(i * 7919 % many) + "\"=dword:1\n";
    for (int i = 0; i < many; i += 2) text += "\"V" + std::to_string(i) + "\"=dword:2\n";
    for (int i = 0; i < many; i += 4) text += "\"v" + std::to_string(i) + "\"=-\n";
    const auto tree = codec::decode_reg_tree(text, {});
    const registry::Key* key = tree.value->find(registry::KeyPath(registry::Root::current_user, "T"));
    REQUIRE(key != nullptr);
    CHECK(key->values.size() == many * 3 / 4);
    CHECK(key->values[0].name == "v" + std::to_string(7919 % many));
    CHECK(key->find_value("v2")->as_dword() == 2);
    CHECK(key->find_value("v3")->as_dword() == 1);
    CHECK(key->find_value("v4") == nullptr);
}

TEST_CASE("the same value over and over, and two keys in turn, are read in linear time", "[codec]") {
    std::string text = header;
    for (int i = 0; i < 5'000; ++i) {
        const std::string number = std::to_string(i);
        text += "[HKEY_CURRENT_USER\\T]\n\"v" + number + "\"=dword:1\n\"same\"=dword:" + number.substr(0, 3) + "\n[HKEY_CURRENT_USER\\U]\n\"v" + number + "\"=-\n";
    }
    const auto decoded = decode(text);
    REQUIRE(decoded);
    CHECK(decoded.diagnostics.size() == 1000);
}

TEST_CASE("very many keys in reverse order are read in linear time", "[codec]") {
    constexpr int many = test::rounds(200'000);
    std::string text = header;
    for (int i = many; i > 0; --i) text += "[HKEY_CURRENT_USER\\T\\" + std::to_string(1'000'000 + i) + "]\n";
    for (int i = many; i > 0; i -= 20) text += "[-HKEY_CURRENT_USER\\T\\" + std::to_string(1'000'000 + i) + "]\n";
    const auto tree = codec::decode_reg_tree(text, {});
    REQUIRE(tree);
    const registry::Key* key = tree.value->find(registry::KeyPath(registry::Root::current_user, "T"));
    REQUIRE(key != nullptr);
    REQUIRE(key->children().size() == many - many / 20);
    CHECK(key->children().front()->name == "1000001");
    CHECK(key->children().back()->name == std::to_string(1'000'000 + many - 1));  // the last is deleted
}

TEST_CASE("many values below a very long path do not take its length each", "[codec]") {
    std::string path;
    for (int i = 0; i < 512; ++i) path += "\\" + std::string(255, 'd');
    std::string text = header + "[HKEY_CURRENT_USER" + path + "]\n";
    for (int i = 0; i < 100'000; ++i) text += "\"v" + std::to_string(i) + "\"=-\n";
    const auto decoded = decode(text);
    REQUIRE(decoded);
    CHECK(decoded.value->operations.size() == 100'001);
    // The text of the path is there once.
    CHECK(&decoded.value->operations.front().key.path() == &decoded.value->operations.back().key.path());
}
