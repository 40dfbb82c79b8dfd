// Reading an export for a few keys of it: what is passed over unread changes nothing.
#include <array>
#include <span>

#include "reg_generated.hpp"
#include "reg_only_law.hpp"
#include "reg_text_dump.hpp"
#include "schancfg/schannel/managed.hpp"
#include "law_states.hpp"

using namespace reg_test;

TEST_CASE("reading a part of a file gives what the whole holds of it", "[codec]") {
    for (unsigned seed = 1; seed <= static_cast<unsigned>(test::law_states(1000)); ++seed) {
        const std::string text = generated(seed);
        if (const char* broken = broken_law(text, small_areas())) {
            CAPTURE(seed, text);
            FAIL(broken);
        }
    }
}

TEST_CASE("what stands before a wanted key is read where it could swallow the line", "[codec]") {
    const registry::AreaIndex only(small_areas());
    const auto values_of = [&](const std::string& text) {
        const auto read = codec::decode_reg_state(wide(header + text), {.file = "x.reg", .only = &only});
        REQUIRE(read);
        const registry::Key* key = read.value->tree.find(registry::KeyPath(registry::Root::current_user, "T\\B"));
        return key == nullptr ? std::size_t{99} : key->values.size();
    };
    const std::string wanted = "[HKEY_CURRENT_USER\\T\\B]\n\"a\"=dword:1\n";
    CHECK(values_of("[HKEY_CURRENT_USER\\T\\A]\n\"x\"=hex:01,\n" + wanted) == 1);
    CHECK(values_of("[HKEY_CURRENT_USER\\T\\A]\n\"x\"=hex:01,\\\n" + wanted) == 99);
    CHECK(values_of("[HKEY_CURRENT_USER\\T\\A]\n\"x\"=hex:01,\\ ; on\n\n  ; and on\n" + wanted) == 99);
    CHECK(values_of("[HKEY_CURRENT_USER\\T\\A]\n\"x\"=\"C:\\\\\n" + wanted) == 1);
    CHECK(values_of("[HKEY_CURRENT_USER\\T\\A]\n\"x\"=hex:01,\\\n[HKEY_CURRENT_USER\\T\\A]\n" + wanted) == 1);
}

TEST_CASE("lines of a wanted key have their numbers and columns behind what is passed over", "[codec]") {
    const registry::AreaIndex only(small_areas());
    std::string text = header;
    for (int i = 0; i < 5000; ++i) text += "[HKEY_CURRENT_USER\\T\\A\\" + std::to_string(i) + "]\r\n\"a\"=\"" + std::string(static_cast<std::size_t>(i % 90), ';') + "\"\njunk\r";
    text += "[HKEY_CURRENT_USER\\T\\B]\n\"a\"=1\n";
    for (const std::string& bytes : {text, wide(text)}) {
        const auto read = codec::decode_reg_state(bytes, {.file = "x.reg", .only = &only});
        REQUIRE(read);
        REQUIRE(read.diagnostics.empty());  // T\B is not about TLS
        const auto strict = codec::decode_reg_state(bytes, {.file = "x.reg", .strict = true, .only = &only});
        CHECK_FALSE(strict);
    }
    std::string managed = header;
    for (int i = 0; i < 5000; ++i) managed += "[HKEY_LOCAL_MACHINE\\SOFTWARE\\Classes\\" + std::to_string(i) + "]\r\n\"a\"=\"1\"\njunk\r";
    managed += "[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL]\n \"EventLogging\"=1\n";
    const registry::AreaIndex tls(schannel::managed_keys());
    for (const std::string& bytes : {managed, wide(managed)}) {
        const auto read = codec::decode_reg_state(bytes, {.file = "x.reg", .only = &tls});
        REQUIRE(read);
        REQUIRE(read.diagnostics.size() == 1);
        CHECK(read.diagnostics[0].span == Span{"x.reg", 15003, 17});
    }
}

TEST_CASE("a line of more than 4 Mi characters is an error in a part that is passed over as well", "[codec]") {
    const registry::AreaIndex only(small_areas());
    const std::string start = header + "[HKEY_CURRENT_USER\\T\\A]\n\"x\"=\"1\"\n";
    const std::string longest(codec::reg_max_line, 'x');
    std::string accents(2 * codec::reg_max_line, '\xC3');
    for (std::size_t i = 1; i < accents.size(); i += 2) accents[i] = '\xA9';
    const std::string end = "\n[HKEY_CURRENT_USER\\T\\B]\n\"a\"=dword:1\n";
    const auto said = [&](const std::string& bytes) { return dump(codec::decode_reg_state(bytes, {.file = "x.reg", .only = &only}).diagnostics); };
    const std::array befores{"\"y\"=\"" + std::string(70000, 'y') + "\"\n", std::string(100, '\n'), std::string()};
    for (const std::string& before : std::span(befores).first(test::rounds(befores.size()))) {
        const std::string at = "!" + std::to_string(4 + std::count(before.begin(), before.end(), '\n')) + " reg-line-too-long";
        CHECK(said(start + before + longest + end).empty());
        CHECK(said(wide(start + before + longest + end)).empty());
        CHECK(said(start + before + accents + end).empty());
        CHECK(said(start + before + longest + "x" + end) == at);
        CHECK(said(wide(start + before + longest + "x" + end)) == at);
        CHECK(said(start + before + accents + "x" + end) == at);
        CHECK(said(start + before + longest + "x") == at);
    }
}
