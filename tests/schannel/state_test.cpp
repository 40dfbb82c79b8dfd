#include "schancfg/schannel/state.hpp"

#include <set>

#include "catch.hpp"
#include "schancfg/utf.hpp"

using namespace schancfg;
using namespace schancfg::schannel;
using registry::KeyPath;
using registry::Root;
using registry::Tree;
using registry::Value;

namespace {

const KeyPath top(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL");

}  // namespace

TEST_CASE("of an empty registry every setting is absent, in the order of the table", "[schannel]") {
    const auto rows = state_rows(Tree{});
    REQUIRE(rows.size() == settings().size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        CHECK(rows[i].setting == &settings()[i]);
        CHECK_FALSE(rows[i].value);
    }
}

TEST_CASE("no two settings are about one value", "[schannel]") {
    std::set<std::pair<KeyPath, std::string>> seen;
    for (const Setting& setting : settings()) {
        CAPTURE(setting.name());
        CHECK(seen.emplace(setting.key, utf::fold_case(setting.value_name)).second);
    }
}

TEST_CASE("what has a name stands in its row, what has none follows by key and name, what is others' is left out", "[schannel]") {
    Tree tree;
    tree.set_value(top.below("protocols\\TLS 1.0\\Server"), "ENABLED", Value::dword(0));
    tree.set_value(top, "zz unknown", Value::sz("x"));
    tree.set_value(top, "Aa unknown", Value::dword(1));
    tree.set_value(top.child("A key"), "", Value::dword(2));
    tree.set_value(KeyPath(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\Lsa"), "RunAsPPL", Value::dword(1));
    const auto rows = state_rows(tree);
    REQUIRE(rows.size() == settings().size() + 3);
    const Setting* named = find_setting(top.below("Protocols\\TLS 1.0\\Server"), "Enabled");
    REQUIRE(named != nullptr);
    const StateRow& row = rows[static_cast<std::size_t>(named - settings().data())];
    CHECK(row.value == Value::dword(0));
    CHECK(row.value_name == "ENABLED");
    CHECK(row.setting == named);
    const std::size_t at = settings().size();
    CHECK(rows[at].value_name == "Aa unknown");
    CHECK(rows[at + 1].value_name == "zz unknown");
    CHECK(rows[at + 2].key == top.child("A key"));
    CHECK(rows[at + 2].setting == nullptr);
    CHECK(rows[at + 2].value == Value::dword(2));
}
