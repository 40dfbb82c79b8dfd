// What a sieve leaves of an export says what the export says, however it came in parts.
#include "schancfg/codec/reg_sieve.hpp"

#include <algorithm>
#include <random>

#include "law_states.hpp"
#include "reg_generated.hpp"
#include "reg_only_law.hpp"
#include "reg_text_dump.hpp"

using namespace reg_test;

namespace {

// `part` says how many bytes come next.
template <class Part>
std::optional<std::string> sieved(std::string_view bytes, const registry::AreaIndex& only, Part part) {
    codec::RegSieve sieve(only);
    while (!bytes.empty()) {
        const std::size_t size = std::min<std::size_t>(part(), bytes.size());
        bytes.copy(sieve.room(size), size);
        if (!sieve.take(size)) return std::nullopt;
        bytes.remove_prefix(size);
    }
    return sieve.finish();
}

std::optional<std::string> sieved(std::string_view bytes, const registry::AreaIndex& only) {
    return sieved(bytes, only, [] { return std::size_t{4096}; });
}

const char* broken_law(std::string_view bytes, std::string_view left, const registry::AreaIndex& only) {
    const auto read = [&](std::string_view text) { return codec::decode_reg_state(text, {.file = "x.reg", .count_elsewhere = true, .only = &only}); };
    const auto whole = read(bytes), part = read(left);
    if (whole.value.has_value() != part.value.has_value()) return "both are taken or refused";
    const auto same = [](const Diagnostic& one, const Diagnostic& other) {
        return one.rule == other.rule && one.severity == other.severity && one.span == other.span && one.message == other.message && one.fix == other.fix;
    };
    if (!std::ranges::equal(whole.diagnostics, part.diagnostics, same)) return "the same is said of both, of the same lines";
    if (!whole.value) return nullptr;
    if (!whole.value->tree.same_content(part.value->tree)) return "both hold the same";
    if (whole.value->coverage.whole() != part.value->coverage.whole() || whole.value->coverage.keys() != part.value->coverage.keys()) return "both speak for the same";
    return nullptr;
}

std::string export_of(int classes) {
    std::string text = header;
    for (int i = 0; i < classes; ++i) {
        text += "[HKEY_LOCAL_MACHINE\\SOFTWARE\\Classes\\" + std::to_string(i) + "]\r\n@=\"a;b\"\r\n\"x\"=hex:01,02,\\\r\n  03\r\n\r\n";
    }
    return text + "[HKEY_CURRENT_USER\\T\\B]\r\n\"a\"=dword:00000001\r\n\"b\"=1\r\n";
}

}  // namespace

TEST_CASE("what a sieve leaves says what the whole text says", "[codec]") {
    const registry::AreaIndex only(small_areas());
    std::size_t kept = 0;
    for (unsigned seed = 1; seed <= test::rounds(6000u); ++seed) {
        std::string text = generated(seed);
        std::mt19937 random(seed);
        if (random() % 8 == 0) text += '[';  // half a unit, or a line that is cut off
        const std::size_t most = std::size_t{1} << (random() % 11);
        const auto left = sieved(text, only, [&] { return 1 + random() % most; });
        if (!left) continue;
        ++kept;
        if (const char* broken = broken_law(text, *left, only)) {
            CAPTURE(seed, most, text, *left);
            FAIL(broken);
        }
    }
    // All that are UTF-16, but for those that end in a line that is cut off before its first unit.
    CHECK(kept > test::rounds(6000u) / 3 - 50);
}

TEST_CASE("a sieve leaves little of a large export, and the numbers of its lines", "[codec]") {
    const registry::AreaIndex only(small_areas());
    const std::string text = export_of(3000);
    for (const std::string& bytes : {wide(text), text}) {
        const auto left = sieved(bytes, only);
        REQUIRE(left);
        CHECK(broken_law(bytes, *left, only) == nullptr);
        // A line end for each of 15,003 lines; a key line now and then.
        CHECK(left->size() < bytes.size() / 5);
        CHECK(std::ranges::count(*left, '\n') == 15004);
    }
}

TEST_CASE("a sieve declines what it cannot read in parts", "[codec]") {
    const registry::AreaIndex only(small_areas());
    CHECK_FALSE(sieved("", only));
    CHECK_FALSE(sieved("x", only));
    CHECK_FALSE(sieved("Windows Registry Editor Version 4.00\n[HKEY_CURRENT_USER\\T]\n", only));
    CHECK_FALSE(sieved("\xEF\xBB\xBF" + export_of(1), only));
    CHECK_FALSE(sieved(export_of(1) + "\"\xC3\xA9\"=\"1\"\n", only));
    CHECK_FALSE(sieved(wide(export_of(1)).substr(2), only));
    CHECK_FALSE(sieved(export_of(1) + "[HKEY_CURRENT_USER\\T\\A]\n\"x\"=\"" + std::string(codec::reg_max_line + 1, 'x') + "\"\n", only));
}

TEST_CASE("a key with more below it than a window is read with what follows", "[codec]") {
    const registry::AreaIndex only(small_areas());
    std::string text = header + "[HKEY_CURRENT_USER\\T\\A]\n";
    for (int i = 0; i < 20000; ++i) text += "\"" + std::to_string(i) + "\"=\"[;]\"\n";
    const std::string bytes = wide(text + "\"c\"=hex:01,\\\n[HKEY_CURRENT_USER\\T\\B]\n\"a\"=dword:1\n");
    const auto left = sieved(bytes, only);
    REQUIRE(left);
    CHECK(broken_law(bytes, *left, only) == nullptr);
}
