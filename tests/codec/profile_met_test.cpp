// What already meets a word of a profile (contract, 5.2): a table of words, data that the machine holds and what is left to write.
#include "catch.hpp"
#include "profile_text.hpp"
#include "schancfg/facts/protocols.hpp"
#include "schancfg/plan/planner.hpp"

using namespace schancfg;
using profile_text::Lines;

namespace {

const registry::KeyPath schannel_key(registry::Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL");

struct Held {
    std::string key, name;
    std::uint32_t number;
};

// `Enabled = 1`: what the plan still writes to values of a machine that holds these.
Lines left(std::string_view text, std::string_view release, const std::vector<Held>& held, const profile_text::Files& files = {}) {
    const auto decoded = codec::decode_profile(text, "p.toml", profile_text::loader(files));
    for (const auto& d : decoded.diagnostics) UNSCOPED_INFO(profile_text::line(d));
    REQUIRE(decoded);
    const facts::Release* os = release.empty() ? nullptr : facts::find_release(release);
    const auto asked = schannel::translate(*decoded.value, {.release = os});
    REQUIRE(asked);
    registry::Tree state;
    for (const Held& each : held) state.set_value(schannel_key.below(each.key), each.name, registry::Value::dword(each.number));
    Lines lines;
    for (const plan::Change& change : plan::make(state, *asked.value, os).changes) {
        if (!change.value_name) continue;
        lines.push_back(*change.value_name + " = " + (change.after ? profile_text::show(*change.after) : "absent"));
    }
    std::ranges::sort(lines);
    return lines;
}

const std::string key = "Protocols\\TLS 1.0\\Server";
std::string word(std::string_view text) { return "format = 1\n[protocols]\n\"TLS 1.0\" = { server = \"" + std::string(text) + "\" }\n"; }
const Lines both_off{"DisabledByDefault = 1", "Enabled = 0"};
const Lines both_on{"DisabledByDefault = 0", "Enabled = 1"};
const Lines both_on_request{"DisabledByDefault = 1", "Enabled = 1"};

}  // namespace

TEST_CASE("Enabled 0 is off, whatever DisabledByDefault holds", "[codec]") {
    for (const char* release : {"", "7", "2012-r2", "2022", "2025"}) {
        INFO(release);
        CHECK(left(word("disabled"), release, {{key, "Enabled", 0}}).empty());
        CHECK(left(word("disabled"), release, {{key, "Enabled", 0}, {key, "DisabledByDefault", 0}}).empty());
        CHECK(left(word("disabled"), release, {{key, "Enabled", 0}, {key, "DisabledByDefault", 1}}).empty());
        CHECK(left(word("disabled"), release, {}) == both_off);
        CHECK(left(word("disabled"), release, {{key, "Enabled", 1}}) == both_off);
        CHECK(left(word("disabled"), release, {{key, "DisabledByDefault", 1}}) == Lines{"Enabled = 0"});
    }
}

TEST_CASE("A documented on is 1 and 0xFFFFFFFF, and nothing else", "[codec]") {
    for (const std::uint32_t on : {1u, 0xFFFFFFFFu}) {
        CHECK(left(word("enabled"), "2022", {{key, "Enabled", on}, {key, "DisabledByDefault", 0}}).empty());
        // win32: tls-10-11-deprecation-in-windows. For Windows 7 and Server 2008 R2 no page says so.
        CHECK(left(word("enabled"), "2022", {{key, "Enabled", on}}).empty());
        CHECK(left(word("enabled"), "7", {{key, "Enabled", on}}) == Lines{"DisabledByDefault = 0"});
        CHECK(left(word("enabled"), "", {{key, "Enabled", on}}) == Lines{"DisabledByDefault = 0"});
        CHECK(left(word("on-request"), "2022", {{key, "Enabled", on}, {key, "DisabledByDefault", 1}}).empty());
    }
    CHECK(left(word("enabled"), "2022", {{key, "Enabled", 2}, {key, "DisabledByDefault", 0}}) == Lines{"Enabled = 1"});
    CHECK(left(word("enabled"), "2022", {{key, "DisabledByDefault", 0}}) == Lines{"Enabled = 1"});
    CHECK(left(word("enabled"), "7", {{key, "DisabledByDefault", 0}}).empty());
    CHECK(left(word("enabled"), "2022", {}) == both_on);
}

TEST_CASE("DisabledByDefault 1 alone is on request where the release has the protocol, and nowhere else", "[codec]") {
    CHECK(left(word("on-request"), "2019", {{key, "DisabledByDefault", 1}}).empty());
    CHECK(left(word("on-request"), "2019", {{key, "DisabledByDefault", 2}}) == both_on_request);
    std::size_t met = 0;
    std::size_t unmet = 0;
    for (const facts::Release& release : facts::releases()) {
        for (const facts::Protocol& protocol : facts::protocols()) {
            const auto* row = facts::protocol_default(release, facts::Role::server, protocol.name);
            if (row == nullptr || row->state == facts::DefaultState::not_supported) continue;
            INFO(release.id << " " << protocol.name);
            const std::string name(protocol.name);
            const Lines lines = left("format = 1\n[protocols]\n\"" + name + "\" = { server = \"on-request\" }\n", release.id,
                                     {{"Protocols\\" + name + "\\Server", "DisabledByDefault", 1}});
            const bool has = row->state == facts::DefaultState::on || row->state == facts::DefaultState::on_request;
            CHECK(lines == (has ? Lines{} : Lines{"Enabled = 1"}));
            ++(has ? met : unmet);
        }
    }
    CHECK(met > 0);
    CHECK(unmet > 0);
}

TEST_CASE("Ciphers, hashes and key exchanges are on with 0xFFFFFFFF alone, FIPS mode with any number but 0", "[codec]") {
    const std::string aes = "format = 1\n[ciphers]\n\"AES 256/256\" = \"enabled\"\n";
    CHECK(left(aes, "2022", {{"Ciphers\\AES 256/256", "Enabled", 0xFFFFFFFF}}).empty());
    CHECK(left(aes, "2022", {{"Ciphers\\AES 256/256", "Enabled", 1}}) == Lines{"Enabled = 4294967295"});
    const registry::WantedValue fips{.key = schannel_key, .name = "x", .value = registry::Value::dword(1), .meets = registry::Meets::dword_on, .origin = {}, .overridden = {}};
    const auto two = registry::Value::dword(2);
    CHECK(fips.is_met_by(&two));
}

TEST_CASE("What is off is written also where the release lacks the protocol, what is on is not", "[codec]") {
    const auto asked = [](std::string_view state) { return "format = 1\n[protocols]\n\"SSL 2.0\" = { server = \"" + std::string(state) + "\" }\n"; };
    CHECK(left(asked("disabled"), "2022", {}) == both_off);
    CHECK(profile_text::wanted(asked("disabled"), "2022").size() == 2);
    CHECK(left(asked("enabled"), "2022", {}).empty());
    CHECK(left(asked("disabled"), "2022", {{"Protocols\\SSL 2.0\\Server", "Enabled", 1}}) == both_off);
}

TEST_CASE("An exact profile is met by the written data alone, and so is what it extends", "[codec]") {
    const std::string exact = "exact = true\n";
    const std::string off = word("disabled");
    const auto with = [&](const std::string& text) { return "format = 1\n" + exact + text.substr(text.find('\n') + 1); };
    CHECK(left(with(off), "2022", {{key, "Enabled", 0}}) == Lines{"DisabledByDefault = 1"});
    CHECK(left(with(word("enabled")), "2022", {{key, "Enabled", 0xFFFFFFFF}, {key, "DisabledByDefault", 0}}) == Lines{"Enabled = 1"});
    const profile_text::Files files{{"./off.toml", off}, {"./exact.toml", with(off)}};
    CHECK(left("format = 1\nexact = true\nextends = [\"./off.toml\"]\n", "2022", {{key, "Enabled", 0}}, files) == Lines{"DisabledByDefault = 1"});
    CHECK(left("format = 1\nextends = [\"./exact.toml\"]\n", "2022", {{key, "Enabled", 0}}, files) == Lines{"DisabledByDefault = 1"});
    CHECK(left("format = 1\nexact = false\nextends = [\"./off.toml\"]\n", "2022", {{key, "Enabled", 0}}, files).empty());
    CHECK(profile_text::errors("format = 1\nexact = 1\n") == Lines{"p.toml:2:9: profile-wrong-type: exact is a number | write true or false"});
}

TEST_CASE("A raw value is met by its bytes alone, and joins no word", "[codec]") {
    const std::string raw = "format = 1\n[registry.'HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\" + key + "']\n";
    CHECK(left(raw + "Enabled = 0\nDisabledByDefault = 1\n", "2022", {{key, "Enabled", 0}}) == Lines{"DisabledByDefault = 1"});
    CHECK(left(raw + "Enabled = 1\n", "2022", {{key, "Enabled", 0xFFFFFFFF}}) == Lines{"Enabled = 1"});
    // The word of a base and a raw value over half of it: Enabled will be 1, so what DisabledByDefault holds matters.
    const profile_text::Files files{{"./off.toml", word("disabled")}};
    CHECK(left("format = 1\nextends = [\"./off.toml\"]\n" + raw.substr(raw.find('\n') + 1) + "Enabled = 1\n", "2022", {{key, "Enabled", 0}}, files) ==
          Lines{"DisabledByDefault = 1", "Enabled = 1"});
}
