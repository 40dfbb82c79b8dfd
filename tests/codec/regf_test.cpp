#include "schancfg/codec/regf.hpp"

#include <set>

#include "../hives.hpp"
#include "catch.hpp"

using namespace schancfg;
using namespace schancfg::codec;
using registry::Value;

namespace {

std::string error_of(const std::string& bytes) {
    const auto hive = Hive::open(bytes);
    if (!hive) return hive.error().message;
    const auto checked = hive->check_all();
    return checked ? "" : checked.error().message;
}

// The offset in the file of the content of the first cell with that signature.
std::size_t find_cell(const std::string& hive, std::string_view signature, std::size_t from = 4096) {
    for (std::size_t at = from; at + 8 < hive.size(); at += 8) {
        if (hive.compare(at + 4, signature.size(), signature) == 0) return at + 4;
    }
    FAIL("no cell " << signature);
    return 0;
}

}  // namespace

TEST_CASE("a hive without keys and values is read", "[codec]") {
    const std::string bytes = hives::minimal();
    const auto hive = Hive::open(bytes);
    REQUIRE(hive);
    CHECK(hive->header().minor == 5);
    CHECK_FALSE(hive->header().is_dirty());
    CHECK(hive->key(hive->root())->name == "ROOT");
    CHECK(hive->children(hive->root())->empty());
    CHECK(hive->values(hive->root())->empty());
    CHECK(hive->check_all());
}

TEST_CASE("names of keys and values meet without case, in one byte a character or two", "[codec]") {
    const std::string bytes = hives::with(hives::minimal(), {{"AES 128/128", "Enabled", Value::dword(0xFFFFFFFF)},
                                                             {"\xC3\x84rger", "\xC3\xA9", Value::sz("x")},
                                                             {"\xD0\x9A\xD0\xBB\xD1\x8E\xD1\x87", "\xD0\x98", Value::dword(1)}});
    const auto hive = Hive::open(bytes);
    REQUIRE(hive);
    for (const char* name : {"aes 128/128", "AES 128/128", "\xC3\xA4RGER", "\xD0\xBA\xD0\xBB\xD1\x8E\xD1\x87"}) CHECK(hive->child(hive->root(), name)->has_value());
    CHECK_FALSE(hive->child(hive->root(), "AES 128")->has_value());
    const auto children = *hive->children(hive->root());
    REQUIRE(children.size() == 3);
    CHECK(children[1].name == "\xC3\x84rger");
    CHECK(hive->values(children[2].cell)->front().value.name == "\xD0\x98");
}

TEST_CASE("values keep their type and bytes at every size", "[codec]") {
    std::vector<hives::Line> lines;
    for (const std::size_t size : {0u, 1u, 4u, 5u, 16343u, 16344u, 16345u, 20000u, 32688u, 32689u, 100000u}) {
        std::string data(size, '\0');
        for (std::size_t i = 0; i < size; ++i) data[i] = static_cast<char>(i * 7 + size);
        lines.push_back({"K", std::to_string(size), {static_cast<std::uint32_t>(size % 20), data}});
    }
    for (const std::uint32_t minor : {3u, 4u, 5u, 6u}) {
        const std::string bytes = hives::with(hives::minimal(minor), lines);
        const auto hive = Hive::open(bytes);
        REQUIRE(hive);
        CHECK(hive->check_all());
        const auto values = *hive->values(**hive->child(hive->root(), "k"));
        REQUIRE(values.size() == lines.size());
        for (std::size_t i = 0; i < lines.size(); ++i) {
            CHECK(values[i].value.name == lines[i].name);
            CHECK(values[i].value.value == lines[i].value);
        }
        // Long ones lie in parts from version 1.4 on.
        CHECK((bytes.find("db") != std::string::npos) == (minor >= 4));
    }
}

TEST_CASE("what is no hive is refused with what it is", "[codec]") {
    CHECK(error_of("") == "this is not a registry hive: it does not begin with regf");
    CHECK(error_of("MZ") == "this is not a registry hive: it does not begin with regf");
    CHECK(error_of("regf") == "the hive is cut off: it has 4 bytes, and its header alone takes 4096");
    std::string hive = hives::minimal();
    CHECK(error_of(hive.substr(0, 4096)) == "the hive is cut off: it has 4096 of 8192 bytes");
    CHECK(error_of(hive.substr(0, 8191)) == "the hive is cut off: it has 8191 of 8192 bytes");
    const auto changed = [](std::size_t at, std::uint32_t number) {
        std::string out = hives::minimal();
        hives::put32(out, at, number);
        return error_of(out);
    };
    CHECK(changed(20, 2) == "the hive is of version 2.5; versions 1.3 to 1.6 can be read");
    CHECK(changed(24, 2) == "the hive is of version 1.2; versions 1.3 to 1.6 can be read");
    CHECK(changed(28, 6) == "this is the log of a hive, not the hive itself");
    CHECK(changed(28, 9) == "the hive is of type 9, which is not known");
    CHECK(changed(36, 40) == "the hive is damaged: a cell that is not in use at offset 4136");
    CHECK(changed(36, 0) == "the hive is damaged: no cell at offset 4096");
    CHECK(changed(40, 0) == "the hive is damaged: its header speaks of 0 bytes of bins");
    CHECK(changed(40, 8192) == "the hive is cut off: it has 8192 of 12288 bytes");
    CHECK(changed(40, 0xFFFFF000) == "the hive is damaged: its header speaks of 4294963200 bytes of bins");
    CHECK(changed(4096, 0) == "the hive is damaged: there is no bin at offset 4096");
    CHECK(changed(4104, 8192) == "the hive is damaged: a bin of 8192 bytes at offset 4096");
    CHECK(changed(4128, 0xFFFFF000) == "the hive is damaged: a cell that leaves its bin at offset 4128");
    CHECK(changed(4128, 0xFFFFFFB8) == "the hive is damaged: a cell that is too small at offset 4128");
    CHECK(changed(4132, 0) == "the hive is damaged: no key at offset 4128");
    CHECK(changed(4132 + 72, 400) == "the hive is damaged: a name that leaves its cell at offset 4128");
    CHECK(changed(4132 + 44, 8) == "the hive is damaged: no cell at offset 4104");
    CHECK(changed(4132 + 44, 32) == "the hive is damaged: no security descriptor at offset 4128");
}

TEST_CASE("loops, shared cells and wrong counts end in an error", "[codec]") {
    const std::string good = hives::with(hives::minimal(), {{"A\\B", "x", Value::sz("text")}, {"C", "y", Value::sz("more")}});
    REQUIRE(error_of(good) == "");
    const std::size_t list = find_cell(good, "lh");  // of A's or the root's children
    std::string bad = good;
    hives::put32(bad, list + 4, 32);
    CHECK(error_of(bad).starts_with("the hive is damaged: a cell that two others use"));

    // The root's list is the last one that is written.
    std::size_t root_list = 0;
    for (std::size_t at = 4096; at + 4 < good.size(); at += 8) {
        if (good.compare(at + 4, 2, "lh") == 0 && good[at + 6] == 2) root_list = at + 4;
    }
    REQUIRE(root_list != 0);
    bad = good;
    hives::put32(bad, root_list + 12, hives::get32(bad, root_list + 4));
    CHECK(error_of(bad).starts_with("the hive is damaged: a key that stands in its list twice"));
    bad = good;
    bad[root_list + 2] = 1;
    CHECK(error_of(bad).starts_with("the hive is damaged: a list of 1 keys whose key has 2"));
    bad = good;
    bad[root_list + 2] = 3;
    CHECK(error_of(bad).find("a list of") != std::string::npos);
    bad = good;
    hives::put32(bad, 4132 + 20, 0x7FFFFFFF);
    CHECK(error_of(bad).starts_with("the hive is damaged: a key that says it has 2147483647 keys"));

    // Both keys with the values of one.
    std::vector<std::size_t> keys;
    for (std::size_t at = 8192; at + 4 < good.size(); at += 8) {
        if (good.compare(at + 4, 2, "nk") == 0 && hives::get32(good, at + 4 + 36) == 1) keys.push_back(at + 4);
    }
    REQUIRE(keys.size() == 2);
    bad = good;
    hives::put32(bad, keys[0] + 40, hives::get32(bad, keys[1] + 40));
    CHECK(error_of(bad).starts_with("the hive is damaged: a cell that two others use"));
    bad = good;
    hives::put32(bad, keys[0] + 36, 0x10000000);
    CHECK(error_of(bad).starts_with("the hive is damaged: a key that says it has 268435456 values"));
    const std::size_t value = find_cell(good, "vk");
    bad = good;
    hives::put32(bad, value + 4, 4000);
    CHECK(error_of(bad).starts_with("the hive is damaged: data that are shorter than their value says"));
    bad = good;
    hives::put32(bad, value + 4, 0x80000005);
    CHECK(error_of(bad).starts_with("the hive is damaged: a value of 5 bytes in the place of 4"));
}

TEST_CASE("keys without values behind a predefined handle, links and removed layers are told apart", "[codec]") {
    const std::string good = hives::with(hives::minimal(6), {{"A", "x", Value::dword(1)}});
    const std::size_t key = find_cell(good, "nk", 8192);
    std::string changed = good;
    changed[key + 2] = static_cast<char>(changed[key + 2] | 0x40);
    auto hive = Hive::open(changed);
    CHECK(hive->values(**hive->child(hive->root(), "A"))->empty());
    changed = good;
    changed[key + 2] = static_cast<char>(changed[key + 2] | 0x10);
    hive = Hive::open(changed);
    CHECK(hive->key(**hive->child(hive->root(), "A"))->is_link);
    changed = good;
    changed[key + 13] = 1;
    hive = Hive::open(changed);
    CHECK_FALSE(hive->child(hive->root(), "A")->has_value());
    CHECK(hive->children(hive->root())->empty());
}

TEST_CASE("damage where nothing is asked for is no damage to what is read, and nothing is written then", "[codec]") {
    // Three bins: the minimal one, one with A, one with B.
    const std::string a = hives::with(hives::minimal(), {{"A", "x", Value::sz("text")}});
    const std::size_t end_of_a = a.size();
    std::string hive = hives::with(a, {{"B", "y", {3, std::string(9000, 'y')}}}, 10);
    REQUIRE(hive.size() > end_of_a + 4096);
    // The list of the root lies in the last bin, the value of A in the one before.
    hive.replace(4096 + 4096, 4, "junk");
    const auto opened = Hive::open(hive);
    REQUIRE(opened);
    const auto found = opened->child(opened->root(), "B");
    REQUIRE(found);
    REQUIRE(*found);
    CHECK(opened->values(**found)->front().value.value.bytes.size() == 9000);
    const auto damaged = opened->child(opened->root(), "A");
    REQUIRE_FALSE(damaged);
    CHECK(damaged.error().message == "the hive is damaged: there is no bin at offset 8192");
    const auto checked = opened->check_all();
    REQUIRE_FALSE(checked);
    CHECK(checked.error().message == "the hive is damaged: there is no bin at offset 8192");
}

TEST_CASE("data that look like the head of a bin do not mislead", "[codec]") {
    const auto with_data = [](const std::string& data) {
        return hives::with(hives::minimal(), {{"A", "data", {3, data}}, {"A", "after", Value::sz(std::string(200, 'n'))}, {"A\\B\\C", "last", {3, std::string(5000, 'z')}}});
    };
    std::string data(12000, 'x');
    const std::string plain = with_data(data);
    const std::size_t at = plain.find("xxxxxxxx");
    REQUIRE(at != std::string::npos);
    for (const std::uint32_t length : {4096u, 8192u, 16384u}) {
        std::string forged = data;
        for (std::size_t page = (at + 4095) / 4096 * 4096; page + 12 < at + forged.size(); page += 4096) {
            forged.replace(page - at, 4, "hbin");
            hives::put32(forged, page - at + 4, static_cast<std::uint32_t>(page - 4096));
            hives::put32(forged, page - at + 8, length);
        }
        const std::string hive = with_data(forged);
        REQUIRE(hive.size() == plain.size());
        const auto opened = Hive::open(hive);
        REQUIRE(opened);
        const HiveCell key = **opened->child(opened->root(), "A");
        const auto values = opened->values(key);
        REQUIRE(values);
        CHECK((values->at(0).value.value.bytes == forged));
        CHECK(values->at(1).value.value == Value::sz(std::string(200, 'n')));
        const HiveCell below = **opened->child(**opened->child(key, "B"), "C");
        CHECK((opened->values(below)->front().value.value.bytes == std::string(5000, 'z')));
        CHECK(opened->check_all());
    }
}

TEST_CASE("of very many keys each is found, by its hash or without it", "[codec]") {
    std::vector<hives::Line> lines;
    for (int i = 0; i < 700; ++i) lines.push_back({"Services\\Key" + std::to_string(i), "", {0xFFFF, ""}});
    const std::string good = hives::with(hives::minimal(), lines);
    for (const bool wrong_hashes : {false, true}) {
        std::string hive = good;
        for (std::size_t at = 8192; wrong_hashes && at + 8 < hive.size(); at += 8) {
            if (hive.compare(at + 4, 2, "lh") != 0) continue;
            const std::size_t count = hives::get32(hive, at + 4) >> 16;
            for (std::size_t i = 0; i < count; ++i) hives::put32(hive, at + 8 + i * 8 + 4, 1);
        }
        const auto opened = Hive::open(hive);
        REQUIRE(opened);
        const HiveCell services = **opened->child(opened->root(), "SERVICES");
        for (const int i : {0, 1, 350, 699}) CHECK(opened->child(services, "KEY" + std::to_string(i))->has_value());
        CHECK_FALSE(opened->child(services, "Key700")->has_value());
    }
}

TEST_CASE("of very many keys few are looked at, also for a name that none has", "[codec]") {
    std::vector<hives::Line> lines;
    for (int i = 0; i < 5000; ++i) lines.push_back({"Services\\Key" + std::to_string(i), "", {0xFFFF, ""}});
    const std::string hive = hives::with(hives::minimal(), lines);
    std::set<std::size_t> seen;
    const auto opened = Hive::open(hive, [&](std::size_t at, std::size_t size) {
        for (std::size_t page = at / 4096; page * 4096 < at + size; ++page) seen.insert(page);
        return true;
    });
    REQUIRE(opened);
    const HiveCell services = **opened->child(opened->root(), "Services");
    const auto looked_at = [&](const std::string& name) {
        seen.clear();
        (void)opened->child(services, name);
        return seen.size();
    };
    (void)looked_at("Key1");  // the list itself
    CHECK(looked_at("Key4321") <= 2);
    CHECK(looked_at("Missing") <= 30);
    CHECK(looked_at("Key5000") <= 30);
    CHECK(hive.size() / 4096 > 100);
}

TEST_CASE("a key is found in a list that is in no order and has wrong hashes, and so is the one that is there of those that were removed", "[codec]") {
    std::vector<hives::Line> lines;
    for (int i = 100; i < 140; ++i) lines.push_back({"Key" + std::to_string(i), "", {0xFFFF, ""}});
    std::string hive = hives::with(hives::minimal(6), lines);
    const std::size_t list = find_cell(hive, "lh");
    const std::size_t count = hives::get32(hive, list) >> 16;
    REQUIRE(count == 40);
    const auto entry = [&](std::size_t i) { return list + 4 + i * 8; };
    for (std::size_t i = 0; i < count; ++i) hives::put32(hive, entry(i) + 4, 1);
    for (std::size_t i = 0; i < count / 2; ++i) {
        const std::uint32_t other = hives::get32(hive, entry(count - 1 - i));
        hives::put32(hive, entry(count - 1 - i), hives::get32(hive, entry(i)));
        hives::put32(hive, entry(i), other);
    }
    auto opened = Hive::open(hive);
    REQUIRE(opened);
    for (int i = 100; i < 140; ++i) CHECK(opened->child(opened->root(), "KEY" + std::to_string(i))->has_value());
    CHECK_FALSE(opened->child(opened->root(), "Key140")->has_value());
    const std::size_t removed = 4096 + 4 + **opened->child(opened->root(), "Key120");
    hive[removed + 13] = 1;
    opened = Hive::open(hive);
    CHECK_FALSE(opened->child(opened->root(), "Key120")->has_value());
    CHECK(opened->child(opened->root(), "Key121")->has_value());
}

TEST_CASE("every byte of a hive may be wrong: reading ends, with an answer or an error", "[codec]") {
    const std::string good = hives::system({{"Services\\X", "long", {3, std::string(20000, 'x')}}});
    std::size_t refused = 0;
    for (std::size_t at = 0; at < good.size(); at += at < 4096 ? 1 : 3) {
        std::string bad = good;
        bad[at] = static_cast<char>(bad[at] ^ 0xFF);
        if (!error_of(bad).empty()) ++refused;
    }
    CHECK(refused > 100);
}
