// The bytes that HiveEditor::encode gives.
#include <map>
#include <random>
#include <set>

#include "../hives.hpp"
#include "catch.hpp"
#include "schancfg/codec/regf_editor.hpp"
#include "schancfg/utf.hpp"

using namespace schancfg;
using namespace schancfg::codec;
using registry::Value;

namespace {

/// Everything in a hive as text, a key or value a line.
std::string dump(const Hive& hive, HiveCell key, const std::string& path) {
    std::string out;
    const auto values = hive.values(key);
    for (const HiveValue& each : *values) {
        out += path + ":" + each.value.name + "=" + std::to_string(each.value.value.type) + ":" + std::to_string(std::hash<std::string>()(each.value.value.bytes)) + "\n";
    }
    const auto children = hive.children(key);
    for (const HiveChild& child : *children) {
        out += path + "\\" + child.name + "\n";
        out += dump(hive, child.cell, path + "\\" + child.name);
    }
    return out;
}
std::string dump(const std::string& bytes) {
    const auto hive = Hive::open(bytes);
    if (!hive) return hive.error().message;
    const auto checked = hive->check_all();
    return checked ? dump(*hive, hive->root(), "") : checked.error().message;
}

std::uint32_t security_count(const std::string& hive) { return hives::get32(hive, 4096 + 32 + 88 + 4 + 12); }

std::size_t keys_of(const Hive& hive, HiveCell key) {
    std::size_t count = 1;
    const auto children = hive.children(key);
    for (const HiveChild& child : *children) count += keys_of(hive, child.cell);
    return count;
}

// Raw: lists of keys are sorted, and their hashes are right.
void check_lists(const std::string& bytes, std::uint32_t minor) {
    for (std::size_t at = 4096; at + 8 < bytes.size(); at += 8) {
        if ((hives::get32(bytes, at) & 0x80000000) == 0) continue;
        const std::string_view body = std::string_view(bytes).substr(at + 4);
        if (!body.starts_with(minor >= 5 ? "lh" : "lf") || at % 8 != 0) continue;
        const auto hive = Hive::open(bytes);
        std::string before;
        for (std::size_t i = 0; i < static_cast<unsigned char>(body[2]) + 256u * static_cast<unsigned char>(body[3]); ++i) {
            const std::string name = hive->key(hives::get32(body, 4 + i * 8))->name;
            if (i != 0) CHECK(utf::compare_no_case(before, name) < 0);
            before = name;
            std::uint32_t hash = 0;
            if (minor >= 5) {
                for (const char c : name) hash = hash * 37 + static_cast<std::uint32_t>(c >= 'a' && c <= 'z' ? c - 32 : c);
            } else {
                std::string hint = name.substr(0, 4);
                hint.resize(4, '\0');
                hash = hives::get32(hint, 0);
            }
            CHECK(hives::get32(body, 8 + i * 8) == hash);
        }
    }
}

}  // namespace

TEST_CASE("what is written is new cells in a new bin, and a header that no log fits", "[codec]") {
    const std::string before = hives::with(hives::minimal(), {{"A", "x", Value::dword(1)}}, 20);
    const std::string after = hives::with(before, {{"A", "y", Value::sz("a string")}}, 30);
    CHECK(after.size() == before.size() + 4096);
    CHECK(hives::get32(after, 4) == 30);
    CHECK(hives::get32(after, 8) == 30);
    CHECK_FALSE(read_hive_header(after)->is_dirty());
    CHECK(after.compare(before.size(), 4, "hbin") == 0);
    const auto hash = [](const Value& value) { return std::to_string(value.type) + ":" + std::to_string(std::hash<std::string>()(value.bytes)) + "\n"; };
    CHECK(dump(after) == "\\A\n\\A:x=" + hash(Value::dword(1)) + "\\A:y=" + hash(Value::sz("a string")));
}

TEST_CASE("lists of keys are sorted and hashed, in every version", "[codec]") {
    for (const std::uint32_t minor : {3u, 4u, 5u, 6u}) {
        const std::string bytes = hives::with(hives::minimal(minor), {{"DES 56/56", "Enabled", Value::dword(0)}, {"aES 256/256", "Enabled", Value::dword(0)},
                                                                      {"AES 128/128", "Enabled", Value::dword(0)}, {"RC4", "", Value::sz("")}});
        check_lists(bytes, minor);
        const auto hive = Hive::open(bytes);
        CHECK(hive->children(hive->root())->size() == 4);
    }
}

TEST_CASE("a list of more keys than one leaf holds is one of leaves, and every key is found in it", "[codec]") {
    for (const int count : {300, 500, 501, 1500}) {
        std::vector<hives::Line> lines;
        for (int i = 0; i < count; ++i) lines.push_back({"Services\\Key " + std::to_string(i * 7919 % count), "Start", Value::dword(static_cast<std::uint32_t>(i))});
        const std::string bytes = hives::with(hives::minimal(), lines);
        const auto hive = Hive::open(bytes);
        REQUIRE(hive);
        REQUIRE(hive->check_all());
        const HiveCell services = **hive->child(hive->root(), "services");
        CHECK(hive->children(services)->size() == static_cast<std::size_t>(count));
        for (int i = 0; i < count; i += 17) CHECK(hive->child(services, "KEY " + std::to_string(i))->has_value());
        CHECK_FALSE(hive->child(services, "Key")->has_value());
        check_lists(bytes, 5);
    }
}

TEST_CASE("the security descriptor that keys share counts them", "[codec]") {
    std::string bytes = hives::with(hives::minimal(), {{"A\\B\\C", "x", Value::dword(1)}, {"D", "y", Value::dword(2)}});
    CHECK(security_count(bytes) == 5);
    const auto hive = Hive::open(bytes);
    HiveEditor editor(*hive);
    REQUIRE(editor.erase(hives::path("A\\B\\C")));
    REQUIRE(editor.erase(hives::path("D")));
    REQUIRE(editor.create(hives::path("D")));
    bytes = *editor.encode(1, 30);
    CHECK(security_count(bytes) == 4);
    CHECK(dump(bytes) == "\\A\n\\A\\B\n\\D\n");
}

TEST_CASE("names at the limits of Windows are written and found", "[codec]") {
    const std::string key(255, 'k'), value(16383, 'v');
    std::string wide;
    for (int i = 0; i < 255; ++i) wide += "\xD0\x98";
    const std::string bytes = hives::with(hives::minimal(), {{key, value, Value::dword(1)}, {wide, wide, Value::dword(2)}});
    const auto hive = Hive::open(bytes);
    REQUIRE(hive);
    CHECK(hive->values(**hive->child(hive->root(), key))->front().value.name == value);
    CHECK(hive->values(**hive->child(hive->root(), wide))->front().value.name == wide);
}

TEST_CASE("a damaged hive is read where it is sound, and not written", "[codec]") {
    std::string bytes = hives::with(hives::minimal(), {{"A", "x", Value::dword(1)}, {"B", "y", Value::sz("long enough")}});
    std::size_t bad = 0;
    for (std::size_t at = 8192; at + 4 < bytes.size(); at += 8) {
        if (bytes.compare(at + 4, 2, "vk") == 0 && (hives::get32(bytes, at + 8) & 0x80000000) == 0) bad = at + 4;
    }
    REQUIRE(bad != 0);
    hives::put32(bytes, bad + 8, 3);
    const auto hive = Hive::open(bytes);
    HiveEditor editor(*hive);
    CHECK((*editor.read(hives::path("A")))->values.size() == 1);
    CHECK_FALSE(editor.read(hives::path("B")));
    REQUIRE(editor.set(hives::path("A"), "x", Value::dword(2)));
    const auto written = editor.encode(1, 30);
    REQUIRE_FALSE(written);
    CHECK(written.error().message.starts_with("the hive is damaged"));
}

TEST_CASE("what is not shown of a hive is not dropped by writing it", "[codec]") {
    const std::string good = hives::with(hives::minimal(6), {{"A", "x", Value::dword(1)}, {"B", "y", Value::dword(1)}});
    const std::size_t key = 4096 + *Hive::open(good)->child(32, "A").value() + 4;
    const auto refusal = [&](const std::string& bytes, std::string_view path) {
        const auto hive = Hive::open(bytes);
        HiveEditor editor(*hive);
        REQUIRE(editor.create(hives::path(path)));
        REQUIRE(editor.set(hives::path(path), "z", Value::dword(2)));
        const auto written = editor.encode(1, 30);
        return written ? std::string() : written.error().message;
    };
    CHECK(refusal(good, "C").empty());
    std::string layer = good;
    layer[key + 13] = 1;
    CHECK(refusal(layer, "C").starts_with("this is the hive of a layer"));
    CHECK(refusal(layer, "B").empty());
    std::string handle = good;
    handle[key + 2] = static_cast<char>(handle[key + 2] | 0x40);
    CHECK(refusal(handle, "A").find("takes none") != std::string::npos);
    CHECK(refusal(handle, "C").empty());
}

TEST_CASE("bytes behind the bins stay where nothing new comes to lie", "[codec]") {
    std::string bytes = hives::with(hives::minimal(), {{"A", "x", Value::dword(1)}});
    bytes += std::string(16384, '\xEE');
    const std::string after = hives::with(bytes, {{"A", "x", Value::dword(2)}});
    CHECK(after.size() == bytes.size());
    CHECK(after.ends_with(std::string(12288, '\xEE')));
}

TEST_CASE("read(write(changes)) is the changes applied, for generated hives", "[codec]") {
    std::mt19937 random(18);
    const auto pick = [&](std::size_t below) { return static_cast<std::size_t>(random()) % below; };
    const std::vector<std::string> names{"A", "b", "C c", "\xC3\x84", "\xD0\x98", "AES 128/128", "x1", "x2", "x3", "Zz"};
    for (int round = 0; round < 60; ++round) {
        std::string bytes = hives::minimal(3 + static_cast<std::uint32_t>(pick(4)));
        // The model: a key is a path, its values by folded name.
        std::map<std::string, std::map<std::string, std::pair<std::string, Value>>> model{{"", {}}};
        for (int commit = 0; commit < 4; ++commit) {
            const auto hive = Hive::open(bytes);
            REQUIRE(hive);
            HiveEditor editor(*hive);
            for (int step = 0; step < 40; ++step) {
                auto at = model.begin();
                std::advance(at, static_cast<std::ptrdiff_t>(pick(model.size())));
                const std::string key = at->first;
                switch (pick(5)) {
                    case 0: {
                        const std::string made = (key.empty() ? "" : key + "\\") + names[pick(names.size())];
                        REQUIRE(editor.create(hives::path(made)));
                        if (std::ranges::none_of(model, [&](const auto& each) { return utf::equal_no_case(each.first, made); })) model[made];
                        break;
                    }
                    case 1: {
                        const auto answer = editor.erase(hives::path(key.empty() ? "nothing" : key));
                        REQUIRE(answer);
                        if (*answer == HiveEditor::Answer::done) model.erase(key);
                        break;
                    }
                    case 2: {
                        const std::string& name = names[pick(names.size())];
                        const auto answer = editor.unset(hives::path(key), name);
                        REQUIRE(answer);
                        CHECK((*answer == HiveEditor::Answer::done) == (at->second.erase(utf::fold_case(name)) == 1));
                        break;
                    }
                    default: {
                        const std::string& name = names[pick(names.size())];
                        const Value value{static_cast<std::uint32_t>(pick(12)), std::string(pick(10) == 0 ? pick(70000) : pick(40), static_cast<char>(pick(256)))};
                        REQUIRE(editor.set(hives::path(key), name, value));
                        auto& held = at->second[utf::fold_case(name)];
                        if (held.first.empty()) held.first = name;
                        held.second = value;
                    }
                }
            }
            const auto written = editor.encode(1, static_cast<std::uint32_t>(10 + commit));
            if (!written) FAIL(written.error().message);
            bytes = *written;
            const auto again = Hive::open(bytes);
            REQUIRE(again);
            REQUIRE(again->check_all());
            CHECK(keys_of(*again, again->root()) == model.size());
            CHECK(security_count(bytes) == model.size());
            for (const auto& [key, values] : model) {
                HiveEditor reader(*again);
                const auto read = reader.read(hives::path(key));
                REQUIRE((read && *read));
                REQUIRE((*read)->values.size() == values.size());
                for (const auto& each : (*read)->values) {
                    const auto& held = values.at(utf::fold_case(each.name));
                    CHECK(held.first == each.name);
                    CHECK(held.second == each.value);
                }
            }
        }
    }
}
