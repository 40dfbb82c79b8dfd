#include "schancfg/backend/memory.hpp"
#include "schancfg/backend/source.hpp"

#include "catch.hpp"

using namespace schancfg;
using namespace schancfg::backend;
using registry::Area;
using registry::KeyPath;
using registry::Root;
using registry::Tree;
using registry::Value;

namespace {

const KeyPath top(Root::local_machine, "SOFTWARE\\Top");

// A registry in which other people work, or whose keys are links.
class OddSource : public Source {
public:
    explicit OddSource(Tree tree) : inner(std::move(tree)) {}
    Result<KeyContent> read(const KeyPath& key) const override {
        if (before_read) before_read(key);
        auto content = inner.read(key);
        if (content && link && key == *link) content->is_link = true;
        return content;
    }
    std::string label() const override { return "odd"; }
    mutable MemoryRegistry inner;
    std::function<void(const KeyPath&)> before_read;
    std::optional<KeyPath> link;
};

Tree sample() {
    Tree tree;
    tree.set_value(top, "a", Value::dword(1));
    tree.set_value(top.child("One"), "b", Value::sz("x"));
    tree.create(top.below("One\\Deep"));
    tree.create(top.child("Two"));
    tree.set_value(KeyPath(Root::local_machine, "SOFTWARE\\Other"), "c", Value::dword(2));
    return tree;
}

}  // namespace

TEST_CASE("a snapshot holds the areas and nothing else", "[backend]") {
    const MemoryRegistry source(sample());
    const auto all = snapshot(source, {{top, true}});
    REQUIRE(all);
    CHECK(all->find(top.below("One\\Deep")) != nullptr);
    CHECK(*all->find_value(top.child("One"), "b") == Value::sz("x"));
    CHECK(all->find(KeyPath(Root::local_machine, "SOFTWARE\\Other")) == nullptr);
    const auto values_alone = snapshot(source, {{top, false}});
    REQUIRE(values_alone);
    CHECK(values_alone->find_value(top, "a") != nullptr);
    CHECK(values_alone->find(top)->children().empty());
}

TEST_CASE("a key that does not exist is absent from a snapshot and no error", "[backend]") {
    const auto none = snapshot(MemoryRegistry{}, {{top, true}});
    REQUIRE(none);
    CHECK(none->empty());
}

TEST_CASE("a snapshot does not go through links below an area", "[backend]") {
    OddSource source(sample());
    source.link = top.child("One");
    const auto taken = snapshot(source, {{top, true}});
    REQUIRE(taken);
    CHECK(taken->find(top.child("One")) == nullptr);
    CHECK(taken->find(top.child("Two")) != nullptr);
}

TEST_CASE("a key that vanishes while it is read makes the snapshot look again", "[backend]") {
    OddSource source(sample());
    source.before_read = [&](const KeyPath& key) {
        if (key == top.child("Two")) (void)source.inner.erase(key);
    };
    const auto taken = snapshot(source, {{top, true}});
    REQUIRE(taken);
    CHECK(taken->same_content([] {
        Tree rest = sample();
        rest.erase(top.child("Two"));
        rest.erase(KeyPath(Root::local_machine, "SOFTWARE\\Other"));
        return rest;
    }()));
}

TEST_CASE("keys that never stop vanishing end a snapshot with a conflict", "[backend]") {
    OddSource source(sample());
    int round = 0;
    source.before_read = [&](const KeyPath& key) {
        if (key == top) (void)source.inner.create(top.child("Flicker " + std::to_string(++round)));
        else if (key.name().starts_with("Flicker")) (void)source.inner.erase(key);
    };
    const auto taken = snapshot(source, {{top, true}});
    REQUIRE_FALSE(taken);
    CHECK(taken.error().code == ErrorCode::conflict);
    CHECK(taken.error().message == "the keys below HKLM\\SOFTWARE\\Top keep changing while they are read");
}

TEST_CASE("one key that cannot be read ends a snapshot", "[backend]") {
    class Denied : public Source {
        Result<KeyContent> read(const KeyPath&) const override { return fail(ErrorCode::access_denied, "no access"); }
        std::string label() const override { return "denied"; }
    };
    CHECK(snapshot(Denied{}, {{top, true}}).error().code == ErrorCode::access_denied);
}

TEST_CASE("a snapshot of a key that does not exist knows how much of the way to it does", "[backend]") {
    Tree tree;
    tree.set_value(KeyPath(Root::local_machine, "SOFTWARE\\Policies"), "not asked for", Value::dword(1));
    const MemoryRegistry source(std::move(tree));
    const auto taken = snapshot(source, {{KeyPath(Root::local_machine, "SOFTWARE\\Policies\\A\\B"), false}});
    REQUIRE(taken);
    REQUIRE(taken->find(KeyPath(Root::local_machine, "SOFTWARE\\Policies")) != nullptr);
    CHECK(taken->find(KeyPath(Root::local_machine, "SOFTWARE\\Policies"))->empty());
}

TEST_CASE("links are reported once each, and neither followed nor copied", "[backend]") {
    class WithLink : public Source {
        Result<KeyContent> read(const KeyPath& key) const override {
            auto content = inner.read(key);
            if (content && key.name() == "Link") *content = KeyContent{{{"SymbolicLinkValue", {registry::reg_link, std::string("\\\0A\0", 4)}}}, {}, 0, true};
            if (content && key.parent().name() == "Link") *content = KeyContent{{}, {}, 0, true};
            return content;
        }
        std::string label() const override { return "link"; }

    public:
        MemoryRegistry inner;
    };
    WithLink source;
    REQUIRE(source.inner.create(top.below("Link\\Behind")));
    REQUIRE(source.inner.create(top.child("Beside")));
    std::vector<Link> links;
    const auto taken = snapshot(source, {{top, true}, {top.child("Link"), true}, {top.below("Link\\Behind"), false}}, &links);
    REQUIRE(taken);
    CHECK(taken->find(top.child("Beside")) != nullptr);
    CHECK(taken->find(top.child("Link")) == nullptr);
    REQUIRE(links.size() == 2);
    CHECK(links[0].key == top.child("Link"));
    CHECK(links[0].leads_to == "\\A");
    CHECK(links[1].key == top.below("Link\\Behind"));
    CHECK(links[1].leads_to.empty());
    CHECK(snapshot(source, {{top, true}}));
}
