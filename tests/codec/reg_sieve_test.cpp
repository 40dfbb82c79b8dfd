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

// `part` says how many bytes come next, of each slice in turn. `cuts`: where the later slices begin.
template <class Part>
std::optional<std::string> sieved(std::string_view bytes, const registry::AreaIndex& only, Part part, const std::vector<std::size_t>& cuts = {}) {
    std::vector<std::string_view> slices;
    std::size_t from = 0;
    for (const std::size_t cut : cuts) {
        slices.push_back(bytes.substr(from, cut - from));
        from = cut;
    }
    slices.push_back(bytes.substr(from));
    codec::RegSieve sieve(only, slices.size());
    while (std::ranges::any_of(slices, [](std::string_view slice) { return !slice.empty(); })) {
        for (std::size_t slice = 0; slice < slices.size(); ++slice) {
            const std::size_t size = std::min<std::size_t>(part(), slices[slice].size());
            slices[slice].copy(sieve.room(size, slice), size);
            if (!sieve.take(size, slice)) return std::nullopt;
            slices[slice].remove_prefix(size);
        }
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
        std::vector<std::size_t> cuts(random() % 4);
        for (std::size_t& cut : cuts) cut = random() % (text.size() / 2 + 1) * 2;
        std::ranges::sort(cuts);
        const auto cut = sieved(text, only, [&] { return 1 + random() % most; }, cuts);
        CAPTURE(seed, most, cuts);
        CHECK(left.has_value() == cut.has_value());
        if (left) ++kept;
        for (const auto& each : {left, cut}) {
            const char* broken = each ? broken_law(text, *each, only) : nullptr;
            if (broken == nullptr) continue;
            CAPTURE(text, *each);
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
        const auto cut = sieved(bytes, only, [] { return std::size_t{4096}; }, {bytes.size() / 4 * 2, bytes.size() / 8 * 6});
        REQUIRE(cut);
        CHECK(broken_law(bytes, *cut, only) == nullptr);
        CHECK(cut->size() < bytes.size() / 5);
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
