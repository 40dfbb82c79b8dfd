#include "schancfg/effect/profile_difference.hpp"

#include <algorithm>

#include "catch.hpp"
#include "effect/spelled.hpp"
#include "schancfg/codec/profile_toml.hpp"
#include "schancfg/registry/overlay.hpp"
#include "schancfg/schannel/builtin.hpp"
#include "schancfg/schannel/defaults.hpp"
#include "schancfg/schannel/translate.hpp"

using namespace schancfg;
using effect::InstructionChange;
using effect::ProfileDifference;
using Lines = std::vector<std::string>;

namespace {

registry::Wanted asked(std::string_view text, const facts::Release& release, std::string_view file) {
    const auto profile = codec::decode_profile(text, file, {});
    REQUIRE(profile);
    auto wanted = schannel::translate(*profile.value, {.release = &release});
    REQUIRE(wanted);
    return std::move(*wanted.value);
}

ProfileDifference compared(std::string_view older, std::string_view newer, std::initializer_list<std::string_view> releases) {
    std::vector<effect::AskedOn> all;
    for (const std::string_view word : releases) {
        const facts::Release* release = facts::find_release(word);
        REQUIRE(release != nullptr);
        all.push_back({release, asked(older, *release, "old.toml"), asked(newer, *release, "new.toml")});
    }
    return effect::difference(all);
}

// `changed TLS 1.0\Server Enabled 0 -> 1, old.toml:3 -> new.toml:4, 2 releases`
Lines lines(const ProfileDifference& difference) {
    Lines all;
    for (const auto& each : difference.instructions) {
        const auto show = [](const std::optional<registry::Value>& value) { return value ? std::to_string(value->as_dword().value_or(99)) : "none"; };
        const auto place = [](const Span& span) { return span.file.empty() ? "nowhere" : span.file + ":" + std::to_string(span.line); };
        const std::string key = each.what.key.to_string();
        all.push_back(std::string(effect::instruction_change_name(each.what.change)) + " " + key.substr(key.rfind("SCHANNEL\\") + 9) + " " +
                      each.what.value_name.value_or("(key)") + " " + show(each.what.before) + " -> " + show(each.what.after) + ", " +
                      place(each.what.older) + " -> " + place(each.what.newer) + ", " + std::to_string(each.releases.size()));
    }
    return all;
}

bool holds(const std::vector<effect::OnReleases<effect::EffectDifference>>& all, std::string_view subject, std::string_view before, std::string_view after) {
    return std::ranges::any_of(all, [&](const auto& each) {
        return test::spelled(each.what.subject) == subject && test::spelled(each.what.before) == before && test::spelled(each.what.after) == after;
    });
}

const std::string dh = "format = 1\n[key_exchange_algorithms]\nDiffie-Hellman = { client_min_bits = 512 }\n";
const std::string nothing = "format = 1\n";

}  // namespace

TEST_CASE("What a profile no longer asks for stays on machines that have it", "[effect]") {
    const ProfileDifference difference = compared(dh, nothing, {"2019", "2022"});
    CHECK(lines(difference) == Lines{"no-longer-asked KeyExchangeAlgorithms\\Diffie-Hellman ClientMinKeyBitLength 512 -> none, old.toml:3 -> nowhere, 2"});
    CHECK(holds(difference.untouched, "Diffie-Hellman client minimum", "512", "1024"));
    CHECK(difference.configured.empty());
    CHECK(difference.weaker.empty());
}

TEST_CASE("Default in place of a value is a change, and undoes it on machines that have it", "[effect]") {
    const std::string reset = "format = 1\n[key_exchange_algorithms]\n\nDiffie-Hellman = { client_min_bits = \"default\" }\n";
    const ProfileDifference difference = compared(dh, reset, {"2022"});
    CHECK(lines(difference) == Lines{"changed KeyExchangeAlgorithms\\Diffie-Hellman ClientMinKeyBitLength 512 -> none, old.toml:3 -> new.toml:4, 1"});
    CHECK(holds(difference.configured, "Diffie-Hellman client minimum", "512", "1024"));
}

TEST_CASE("Rows that are equal on several releases are one, with the lines of both sides", "[effect]") {
    const std::string older = "format = 1\n[protocols]\n\"TLS 1.0\" = { server = \"disabled\" }\n";
    const std::string newer = "format = 1\n[protocols]\n\n\"TLS 1.0\" = { server = \"enabled\" }\n\"TLS 1.3\" = { server = \"enabled\" }\n";
    const ProfileDifference difference = compared(older, newer, {"2016", "2019", "2022"});
    CHECK(lines(difference) == Lines{"changed Protocols\\TLS 1.0\\Server DisabledByDefault 1 -> 0, old.toml:3 -> new.toml:4, 3",
                                     "changed Protocols\\TLS 1.0\\Server Enabled 0 -> 1, old.toml:3 -> new.toml:4, 3",
                                     "asked Protocols\\TLS 1.3\\Server DisabledByDefault none -> 0, nowhere -> new.toml:5, 1",
                                     "asked Protocols\\TLS 1.3\\Server Enabled none -> 1, nowhere -> new.toml:5, 1"});
    REQUIRE(difference.weaker.size() == 1);
    CHECK(difference.weaker[0].what.subject == "TLS 1.0");
    CHECK(difference.weaker[0].what.role == "server");
    CHECK(difference.weaker[0].releases.size() == 3);
}

TEST_CASE("Of a profile and itself nothing differs, and both ways the same rows differ", "[effect]") {
    const facts::Release& release = *facts::find_release("windows-server-2022");
    std::vector<std::pair<std::string_view, registry::Wanted>> all;
    for (const schannel::BuiltinProfile& builtin : schannel::builtin_profiles()) all.emplace_back(builtin.name, asked(builtin.text, release, builtin.name));
    for (const auto& [name, wanted] : all) {
        for (const auto& [other_name, other] : all) {
            INFO(name << " and " << other_name);
            const std::vector<effect::AskedOn> forth{{&release, wanted, other}}, back{{&release, other, wanted}};
            const ProfileDifference there = effect::difference(forth), here = effect::difference(back);
            CHECK(there.instructions.size() == here.instructions.size());
            if (name == other_name) CHECK(there.empty());
            for (std::size_t i = 0; i < there.instructions.size(); ++i) {
                const auto& a = there.instructions[i].what;
                const auto& b = here.instructions[i].what;
                CHECK((a.before == b.after && a.after == b.before && a.key == b.key && a.value_name == b.value_name));
                CHECK((a.change == InstructionChange::asked) == (b.change == InstructionChange::no_longer_asked));
            }
            // What applying the newer one does to a machine that has the older one is what the tables of both states say.
            registry::Tree configured = schannel::untouched(release);
            registry::overlay(configured, wanted);
            const effect::Effect before = effect::evaluate(configured, release);
            registry::overlay(configured, other);
            CHECK(there.configured.size() == effect::difference(before, effect::evaluate(configured, release)).size());
        }
    }
}

TEST_CASE("A weak point for programs that ask is worse for all", "[effect]") {
    const facts::Release& release = *facts::find_release("windows-server-2019");
    const auto with = [&](std::string_view word) {
        registry::Tree tree = schannel::untouched(release);
        registry::overlay(tree, asked("format = 1\n[protocols]\n\"SSL 3.0\" = \"" + std::string(word) + "\"\n", release, "p.toml"));
        return effect::evaluate(tree, release);
    };
    CHECK(effect::weaker_points(with("on-request"), with("enabled")).size() == 1);
    CHECK(effect::weaker_points(with("enabled"), with("on-request")).empty());
    CHECK(effect::weaker_points(with("disabled"), with("on-request")).size() == 1);
}

TEST_CASE("A key length that is lowered is weaker, also from one that was short already", "[effect]") {
    const facts::Release& release = *facts::find_release("windows-server-2022");
    const auto with = [&](std::string_view bits) {
        registry::Tree tree = schannel::untouched(release);
        registry::overlay(tree, asked("format = 1\n[key_exchange_algorithms]\nDiffie-Hellman = { client_min_bits = " + std::string(bits) + " }\n", release, "p.toml"));
        return effect::evaluate(tree, release);
    };
    CHECK(effect::weaker_points(with("1024"), with("512")).size() == 1);
    CHECK(effect::weaker_points(with("4096"), with("3072")).size() == 1);
    CHECK(effect::weaker_points(with("2048"), with("1024")).size() == 1);
    CHECK(effect::weaker_points(with("512"), with("1024")).empty());
    CHECK(effect::weaker_points(with("1024"), with("1024")).empty());
}

TEST_CASE("What is asked of one value in several ways stays in the order of the releases", "[effect]") {
    const ProfileDifference difference = compared(nothing, "format = 1\n[cipher_suites.policy]\nwithout = [\"TLS_RSA_*\"]\n", {"2016", "2019", "2022"});
    Lines order;
    for (const auto& each : difference.instructions) {
        if (each.what.value_name == "Functions") order.emplace_back(each.releases.front()->id);
    }
    CHECK(order == Lines{"windows-server-2016", "windows-server-2019", "windows-server-2022"});
}

TEST_CASE("A key that is asked to go, by one side or by both, is compared as a key", "[effect]") {
    const facts::Release* release = facts::find_release("2019");
    const registry::KeyPath old(registry::Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\SSL 2.0");
    const registry::KeyPath kept(registry::Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\SSL 3.0");
    const auto wanted = [](std::vector<registry::WantedKey> keys) {
        registry::Wanted made;
        made.keys = std::move(keys);
        return made;
    };
    const auto changes = [&](std::vector<registry::WantedKey> older, std::vector<registry::WantedKey> newer) {
        const std::vector<effect::AskedOn> both{{release, wanted(std::move(older)), wanted(std::move(newer))}};
        Lines all;
        for (const auto& each : effect::difference(both).instructions) {
            CHECK_FALSE(each.what.value_name);
            all.push_back(std::string(effect::instruction_change_name(each.what.change)) + " " + each.what.key.to_string().substr(each.what.key.to_string().rfind('\\') + 1));
        }
        std::ranges::sort(all);
        return all;
    };
    const registry::WantedKey gone{.key = old, .present = false, .origin = {}}, other_gone{.key = kept, .present = false, .origin = {}}, there{.key = old, .present = true, .origin = {}};
    CHECK(changes({gone}, {}) == Lines{"no-longer-asked SSL 2.0"});
    CHECK(changes({}, {gone}) == Lines{"asked SSL 2.0"});
    CHECK(changes({gone}, {gone}).empty());
    CHECK(changes({there}, {there}).empty());
    CHECK(changes({there}, {}).empty());
    CHECK(changes({there}, {gone}) == Lines{"asked SSL 2.0"});
    CHECK(changes({gone}, {there}) == Lines{"no-longer-asked SSL 2.0"});
    CHECK(changes({other_gone}, {gone}) == Lines{"asked SSL 2.0", "no-longer-asked SSL 3.0"});
    CHECK(changes({gone, other_gone}, {other_gone}) == Lines{"no-longer-asked SSL 2.0"});
}

TEST_CASE("that a limit gets shorter is as sure as both limits", "[effect]") {
    const facts::Release& release = *facts::find_release("2012-r2");
    registry::Tree tree;
    // Whether this release reads the value depends on an update.
    tree.set_value(registry::KeyPath(registry::Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\KeyExchangeAlgorithms\\Diffie-Hellman"),
                   "ServerMinKeyBitLength", registry::Value::dword(512));
    const auto worse = effect::weaker_points(effect::evaluate({}, release), effect::evaluate(tree, release));
    const auto point = std::ranges::find(worse, effect::Weakness::short_key, &effect::WeakPoint::kind);
    REQUIRE(point != worse.end());
    CHECK(point->detail == "uses keys of 512 bits, 1024 before");
    CHECK_FALSE(point->certain);
}
