#include "patches.hpp"

#include <array>
#include <random>

#include "catch.hpp"
#include "schancfg/utf.hpp"
#include "targets.hpp"

namespace contract {
namespace {

using namespace schancfg;
using namespace schancfg::registry;

class Generator {
public:
    Generator(std::uint32_t seed, bool unterminated) : random_(seed), unterminated_(unterminated) {}

    Operation operation(const KeyPath& top) {
        Operation made{.op = Op::set_value, .key = key(top), .name = {}, .value = {}};
        const std::size_t kind = pick(20);
        if (kind < 3) made.op = Op::create_key;
        else if (kind < 6) made.op = Op::erase_value;
        else if (kind == 6) made.op = Op::erase_all_values;
        else if (kind < 9) made.op = Op::erase_key;
        if (made.op == Op::set_value || made.op == Op::erase_value) made.name = value_name();
        if (made.op == Op::set_value) made.value = value();
        return made;
    }

private:
    std::size_t pick(std::size_t count) { return random_() % count; }

    KeyPath key(const KeyPath& top) {
        static const std::array<std::string, 7> names{"AES 128/128", "aes 128/128", "TLS 1.2", "Client", "\xC3\x89t\xC3\xA9", "\xC3\xA9T\xC3\xA9", "]"};
        KeyPath made = top;
        for (std::size_t depth = pick(4); depth-- > 0;) made = made.child(names[pick(names.size())]);
        return made;
    }

    std::string value_name() {
        static const std::array<std::string, 8> names{"", "Enabled", "ENABLED", "a\\b", "quo\"te", "=@", "\xF0\x9F\x94\x92", " "};
        return names[pick(names.size())];
    }

    std::string bytes(std::size_t size) {
        std::string made(size, '\0');
        for (char& byte : made) byte = static_cast<char>(pick(3) == 0 ? 0 : random_());
        return made;
    }

    Value value() {
        switch (pick(9)) {
            case 0: return Value::dword(static_cast<std::uint32_t>(random_()));
            case 1: return Value::qword(random_());
            case 2: return Value::sz("line\r\nbreak \"and\" \\ quote");
            case 3: return Value::expand_sz("%SystemRoot%");
            case 4: return Value::multi_sz({"NistP256", "curve25519"});
            case 5: return {reg_dword, bytes(pick(9))};
            case 6: return {static_cast<std::uint32_t>(pick(3) == 0 ? 0x12345678 : pick(12)), terminated(bytes(pick(40)))};
            case 7: return {reg_none, {}};
            default: return unterminated_ ? Value{reg_sz, bytes(pick(12))} : Value::sz("");
        }
    }

    // Whatever the type: a string type drawn by chance must keep its bytes too.
    std::string terminated(std::string made) const {
        if (unterminated_) return made;
        made.resize(made.size() / 2 * 2);
        return made + std::string(4, '\0');
    }

    std::mt19937 random_;
    bool unterminated_;
};

void erase_below(backend::Target& target, const KeyPath& key) {
    if (target.read(key)) erase_all(target, key);
}

}  // namespace

Patch generate_patch(std::uint32_t seed, const KeyPath& top, bool unterminated) {
    Generator generator(seed, unterminated);
    Patch patch;
    for (int i = 0; i < 40; ++i) patch.operations.push_back(generator.operation(top));
    return patch;
}

void execute(const Patch& patch, backend::Target& target) {
    for (const Operation& operation : patch.operations) {
        switch (operation.op) {
            case Op::create_key: REQUIRE(target.create(operation.key)); break;
            case Op::set_value:
                REQUIRE(target.create(operation.key));
                REQUIRE(target.set(operation.key, operation.name, operation.value));
                break;
            case Op::erase_value:
                if (const auto done = target.unset(operation.key, operation.name); !done) CHECK(done.error().code == ErrorCode::not_found);
                break;
            case Op::erase_all_values:
                if (const auto content = target.read(operation.key)) {
                    for (const NamedValue& value : content->values) REQUIRE(target.unset(operation.key, value.name));
                }
                break;
            case Op::erase_key: erase_below(target, operation.key); break;
        }
    }
}

}  // namespace contract

using namespace contract;

TEST_CASE("all targets end up the same after any patch", "[contract]") {
    for (const TargetKind& kind : target_kinds()) {
        DYNAMIC_SECTION(kind.name) {
            const auto bench = kind.make();
            for (std::uint32_t seed = 1; seed <= 25; ++seed) {
                INFO("seed " << seed);
                const Patch patch = generate_patch(seed, scratch(), bench->keeps_unterminated());
                erase_all(bench->target(), scratch());
                Tree expected;
                replay(patch, expected);
                execute(patch, bench->target());
                const auto before = backend::snapshot(bench->target(), {{scratch(), true}});
                REQUIRE(before);
                // Erasing leaves the parents of the scratch key in both.
                Tree wanted;
                expected.for_each(scratch(), [&](const KeyPath& path, const Key& key) { wanted.create(path).values = key.values; });
                CHECK(before->same_content(wanted));
                bench->reopen();
                const auto after = backend::snapshot(bench->target(), {{scratch(), true}});
                REQUIRE(after);
                CHECK(after->same_content(wanted));
            }
        }
    }
}
