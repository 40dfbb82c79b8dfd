// What lint says of a part of a state: nothing that rests on what was not read.
#include <algorithm>
#include <array>
#include <iterator>
#include <random>

#include "catch.hpp"
#include "law_states.hpp"
#include "lint/subject.hpp"
#include "schancfg/effect/difference.hpp"
#include "schancfg/facts/algorithms.hpp"
#include "schancfg/facts/protocols.hpp"
#include "schancfg/lint/alarms.hpp"
#include "schancfg/registry/patch.hpp"

using namespace schancfg;
using namespace lint_subject;
using facts::Role;
using lint::Rule;
using registry::Coverage;
using registry::KeyPath;
using registry::Root;
using registry::Tree;
using registry::Value;

namespace {

KeyPath machine_key(std::string_view path) { return KeyPath(Root::local_machine, std::string(path)); }

const KeyPath schannel_key = machine_key("SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL");
const KeyPath policy = machine_key("SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002");
const KeyPath local = machine_key("SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002");
const KeyPath fips = machine_key("SYSTEM\\CurrentControlSet\\Control\\Lsa\\FIPSAlgorithmPolicy");
const KeyPath winhttp = machine_key("SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\WinHttp");
const KeyPath winhttp_32 = machine_key("SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\WinHttp");
const KeyPath dotnet = machine_key("SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319");
const KeyPath dotnet_32 = machine_key("SOFTWARE\\Wow6432Node\\Microsoft\\.NETFramework\\v4.0.30319");
const KeyPath dotnet_35 = machine_key("SOFTWARE\\Microsoft\\.NETFramework\\v2.0.50727");

class Generator {
public:
    explicit Generator(unsigned seed) : random_(seed) {}

    std::size_t pick(std::size_t count) { return static_cast<std::size_t>(random_() % count); }
    bool one_in(std::size_t n) { return pick(n) == 0; }
    const facts::Release& release() { return facts::releases()[pick(facts::releases().size())]; }

    /// With one chance in three it is a machine that was configured on purpose: old protocols off, a list.
    Tree state(const facts::Release& on) {
        Tree tree;
        registry::replay(registry::to_patch(schannel::untouched(on)), tree);
        const bool strict = one_in(3);
        for (const facts::Protocol& protocol : facts::protocols()) {
            for (const std::string_view role : {"Client", "Server"}) {
                const KeyPath key = schannel_key.below("Protocols").child(protocol.name).child(role);
                if (strict ? !one_in(5) : one_in(3)) tree.set_value(key, "Enabled", Value::dword(strict ? (one_in(8) ? 1 : 0) : std::array<std::uint32_t, 4>{0, 1, 0xFFFFFFFF, 2}.at(pick(4))));
                if (one_in(3)) tree.set_value(key, "DisabledByDefault", Value::dword(one_in(2) ? 1 : 0));
            }
        }
        for (const std::string_view gate : {"Ciphers\\AES 128/128", "Ciphers\\AES 256/256", "Ciphers\\RC4 128/128", "Ciphers\\RC4 56/128", "Ciphers\\Triple DES 168",
                                            "Ciphers\\NULL", "Hashes\\SHA", "Hashes\\SHA256", "Hashes\\SHA384", "KeyExchangeAlgorithms\\ECDH",
                                            "KeyExchangeAlgorithms\\PKCS", "KeyExchangeAlgorithms\\Diffie-Hellman"}) {
            if (one_in(5)) tree.set_value(schannel_key.below(std::string(gate)), "Enabled", Value::dword(std::array<std::uint32_t, 3>{0, 0xFFFFFFFF, 1}.at(pick(3))));
        }
        const KeyPath dh = schannel_key.below("KeyExchangeAlgorithms\\Diffie-Hellman");
        if (one_in(5)) tree.set_value(dh, "ClientMinKeyBitLength", Value::dword(std::array<std::uint32_t, 3>{512, 2048, 4096}.at(pick(3))));
        if (one_in(5)) tree.set_value(dh, "ServerMinKeyBitLength", Value::dword(std::array<std::uint32_t, 2>{1024, 2048}.at(pick(2))));
        if (one_in(6)) tree.set_value(schannel_key, "AllowInsecureRenegoServers", Value::dword(static_cast<std::uint32_t>(pick(2))));
        if (one_in(6)) tree.set_value(schannel_key, "ServerCacheTime", Value::dword(one_in(2) ? 0 : 0xFFFFFFFF));
        if (one_in(3)) tree.set_value(policy, "Functions", Value::sz(one_in(6) ? "" : joined()));
        if (one_in(4)) tree.set_value(policy, "EccCurves", Value::multi_sz(curves()));
        if (one_in(4)) tree.set_value(local, "Functions", Value::multi_sz(suites()));
        if (one_in(5)) tree.set_value(local, "EccCurves", Value::multi_sz(curves()));
        if (one_in(5)) tree.set_value(fips, "Enabled", Value::dword(static_cast<std::uint32_t>(pick(2))));
        for (const KeyPath* key : {&winhttp, &winhttp_32}) {
            if (one_in(4)) tree.set_value(*key, "DefaultSecureProtocols", Value::dword(std::array<std::uint32_t, 5>{0xA0, 0xAA0, 0x800, 0x2000, 0x8}.at(pick(5))));
        }
        for (const KeyPath* key : {&dotnet, &dotnet_32, &dotnet_35}) {
            if (one_in(4)) tree.set_value(*key, "SchUseStrongCrypto", Value::dword(static_cast<std::uint32_t>(pick(2))));
            if (one_in(4)) tree.set_value(*key, "SystemDefaultTlsVersions", Value::dword(static_cast<std::uint32_t>(pick(2))));
        }
        return tree;
    }

    /// Any keys: whole branches, single protocols and roles, single ciphers.
    Coverage coverage() {
        std::vector<KeyPath> keys;
        for (const KeyPath* key : {&policy, &local, &fips, &winhttp, &winhttp_32, &dotnet, &dotnet_32, &dotnet_35}) {
            if (one_in(2)) keys.push_back(*key);
        }
        if (one_in(4)) keys.push_back(schannel_key);
        for (const char* section : {"Protocols", "Ciphers", "Hashes", "KeyExchangeAlgorithms"}) {
            if (one_in(3)) keys.push_back(schannel_key.below(section));
        }
        for (const facts::Protocol& protocol : facts::protocols()) {
            if (one_in(3)) keys.push_back(schannel_key.below("Protocols").child(protocol.name).child(one_in(2) ? "Client" : "Server"));
        }
        for (const facts::Algorithm& cipher : facts::ciphers()) {
            if (one_in(6)) keys.push_back(schannel_key.below("Ciphers").child(cipher.name));
        }
        return Coverage::of(std::move(keys));
    }

private:
    std::vector<std::string> suites() {
        std::vector<std::string> out;
        for (const char* name : {"TLS_RSA_WITH_AES_256_CBC_SHA", "TLS_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                                 "TLS_RSA_WITH_RC4_128_SHA", "TLS_RSA_WITH_3DES_EDE_CBC_SHA", "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_RSA_WITH_NULL_SHA256",
                                 "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384_P384", "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384"}) {
            if (one_in(3)) out.emplace_back(name);
        }
        if (out.empty()) out.emplace_back("TLS_RSA_WITH_NULL_SHA256");
        return out;
    }
    std::string joined() {
        std::string out;
        for (const std::string& name : suites()) out.append(out.empty() ? "" : ",").append(name);
        return out;
    }
    std::vector<std::string> curves() {
        std::vector<std::string> out;
        for (const char* name : {"curve25519", "NistP256", "NistP384", "brainpoolP256r1", "x25519_mlkem768", "NistP999"}) {
            if (one_in(3)) out.emplace_back(name);
        }
        if (out.empty()) out.emplace_back("NistP999");
        return out;
    }

    std::mt19937 random_;
};

lint::LintOptions on_release(const facts::Release& release) {
    lint::LintOptions options;
    options.releases = {&release};
    return options;
}

bool is_lock_out(const lint::Finding& finding) {
    constexpr std::array rules{Rule::no_protocol_left, Rule::no_suite_left, Rule::only_tls13_suites, Rule::no_default_protocol, Rule::no_modern_peer};
    return std::ranges::find(rules, finding.rule->rule) != rules.end();
}

// A whole state in which nothing can connect at all says just that; what a part of it says of certificates, groups and layers is true of it as well.
bool is_alarm(const lint::Finding& finding) {
    constexpr std::array rules{Rule::only_ecdsa_suites, Rule::only_rsa_suites, Rule::curve_list_dead, Rule::winhttp_nothing_left, Rule::dotnet_nothing_left,
                               Rule::tls13_without_suite, Rule::rdp_lock_out, Rule::service_lock_out, Rule::forward_secrecy_lost};
    return is_lock_out(finding) || std::ranges::find(rules, finding.rule->rule) != rules.end();
}

// What both views say alike is told of the 64-bit one.
std::string without_view(std::string key) {
    constexpr std::string_view view = "Wow6432Node\\";
    const std::size_t at = key.find(view);
    return at == std::string::npos ? key : key.erase(at, view.size());
}

// `TLS 1.1 (server): is on`: the same thing, for that role or for both, whatever else of its kind the whole holds.
bool is_same_weakness(const std::string& of_part, const std::string& of_whole) {
    const auto thing = [](const std::string& message) { return message.substr(0, message.find(':')); };
    const std::string part = thing(of_part), whole = thing(of_whole);
    const auto without_role = [](const std::string& name) { return name.substr(0, name.find(" (")); };
    return part == whole || (without_role(part) == without_role(whole) && (part == without_role(part) || whole == without_role(whole)));
}

bool is_found(const lint::Finding& finding, const Findings& of_whole) {
    const bool found = std::ranges::any_of(of_whole, [&](const lint::Finding& other) {
        // An alarm stands at what most likely caused it, and what is said of several switches at the first: either may have been left out.
        const bool of_many = finding.rule->rule == Rule::unsupported_by_microsoft || finding.rule->rule == Rule::rc4_partly_off;
        if (finding.rule->rule == Rule::weak_default && !is_same_weakness(finding.message, other.message)) return false;
        return other.rule == finding.rule && (of_many || is_alarm(finding) || (without_view(other.key) == without_view(finding.key) && other.value == finding.value));
    });
    return found || (is_alarm(finding) && std::ranges::any_of(of_whole, is_lock_out));
}

}  // namespace

TEST_CASE("an export of one key gives rise to no finding about another", "[lint]") {
    const KeyPath tls10 = schannel_key.below("Protocols\\TLS 1.0\\Client");
    Tree state;
    state.set_value(tls10, "Enabled", Value::dword(0));
    state.set_value(tls10, "DisabledByDefault", Value::dword(1));
    auto options = options_for("2022");
    CHECK(has(lint::lint_state(state, "a.reg", options), "adfs-lock-out"));
    options.circumstances.coverage = Coverage::of({tls10});
    CHECK(lines(lint::lint_state(state, "a.reg", options)).empty());
    options.circumstances.coverage = Coverage::of({schannel_key.below("Protocols\\TLS 1.0")});
    CHECK(has(lint::lint_state(state, "a.reg", options), "protocol-one-role"));
}

TEST_CASE("an export without TLS 1.2 does not say that only older versions are left", "[lint]") {
    const KeyPath tls11 = schannel_key.below("Protocols\\TLS 1.1\\Server");
    Tree state;
    state.set_value(tls11, "Enabled", Value::dword(0));
    auto options = options_for("2008");
    CHECK(has(lint::lint_state(state, "a.reg", options), "rdp-lock-out"));
    options.circumstances.coverage = Coverage::of({tls11});
    CHECK_FALSE(has(lint::lint_state(state, "a.reg", options), "rdp-lock-out"));
    // Some say that these have TLS 1.3 early.
    const KeyPath tls12 = schannel_key.below("Protocols\\TLS 1.2\\Server");
    state = {};
    state.set_value(tls12, "Enabled", Value::dword(0));
    options = options_for("10-1909");
    CHECK(has(lint::lint_state(state, "a.reg", options), "rdp-lock-out"));
    options.circumstances.coverage = Coverage::of({tls12});
    CHECK_FALSE(has(lint::lint_state(state, "a.reg", options), "rdp-lock-out"));
}

TEST_CASE("a mask of WinHTTP is blamed for what the release lacks, whichever of its protocols was not read", "[lint]") {
    Tree state;
    state.set_value(winhttp, "DefaultSecureProtocols", Value::dword(0x2AA8));
    auto options = options_for("2008", "KB3140245");
    options.circumstances.coverage = Coverage::of({winhttp});
    const auto is_blamed_for_tls13 = [&] {
        return std::ranges::any_of(lint::lint_state(state, "a.reg", options), [](const auto& finding) { return finding.message == "WinHTTP is to offer TLS 1.3, which this release does not have"; });
    };
    CHECK(is_blamed_for_tls13());
    // Some say that these have it once a value is set, which was not read.
    options = options_for("10-1909");
    options.circumstances.coverage = Coverage::of({winhttp});
    CHECK_FALSE(is_blamed_for_tls13());
}

TEST_CASE("a switch of RC4 alone is half of something only where the others were looked at", "[lint]") {
    const KeyPath rc4 = schannel_key.below("Ciphers\\RC4 128/128");
    Tree state;
    state.set_value(rc4, "Enabled", Value::dword(0));
    auto options = options_for("2016");
    options.circumstances.coverage = Coverage::of({rc4});
    CHECK(!has(lint::lint_state(state, "a.reg", options), "rc4-partly-off"));
    options.circumstances.coverage = Coverage::of({schannel_key.below("Ciphers")});
    CHECK(has(lint::lint_state(state, "a.reg", options), "rc4-partly-off"));
}

TEST_CASE("what sources disagree about is not read for that: a suite whose other switches were not looked at gives rise to no finding", "[lint]") {
    const KeyPath aes = schannel_key.below("Ciphers\\AES 256/256");
    Tree state;
    state.set_value(policy, "Functions", Value::sz("TLS_RSA_WITH_AES_256_CBC_SHA,TLS_DHE_RSA_WITH_AES_256_GCM_SHA384"));
    state.set_value(aes, "Enabled", Value::dword(1));  // nobody documents what 1 does
    for (const auto& [release, rule] : {std::pair{"2016", "http2-blocklisted-first"}, {"8.1", "dhe-leading-zero"}, {"2016", "weak-default"}}) {
        CAPTURE(release, rule);
        auto options = options_for(release);
        CHECK(has(lint::lint_state(state, "a.reg", options), rule));
        options.circumstances.coverage = Coverage::of({policy, aes});
        CHECK(!has(lint::lint_state(state, "a.reg", options), rule));
    }
}

TEST_CASE("a program that leaves its protocols to a system whose switches were not read is not said to have none", "[lint]") {
    Tree state;  // TLS 1.0 off; what Windows 7 has beyond that is off by default, and not in the file
    state.set_value(schannel_key.below("Protocols\\TLS 1.0\\Client"), "Enabled", Value::dword(0));
    state.set_value(schannel_key.below("Protocols\\SSL 3.0\\Client"), "Enabled", Value::dword(0));
    state.set_value(schannel_key.below("Protocols\\SSL 2.0\\Client"), "Enabled", Value::dword(0));
    state.set_value(dotnet, "SystemDefaultTlsVersions", Value::dword(1));
    auto options = options_for("7");
    options.circumstances.coverage = Coverage::of({schannel_key.below("Protocols\\TLS 1.0"), schannel_key.below("Protocols\\SSL 3.0"), schannel_key.below("Protocols\\SSL 2.0"), dotnet});
    CHECK(!has(lint::lint_state(state, "a.reg", options), "dotnet-nothing-left"));
    const effect::Effect effect = effect::evaluate(state, *options.releases.front(), options.circumstances);
    for (const effect::DotnetEffect& of : effect.dotnet) {
        for (const effect::DotnetCase& each : of.cases) {
            if (each.system_default_tls_versions.on) CHECK_FALSE(each.basis.certain);
        }
    }
}

TEST_CASE("an old protocol that is on by default for one role is told where the file sets the other role", "[lint]") {
    Tree state = schannel::untouched(*facts::find_release("2019"));
    state.set_value(schannel_key.below("Protocols\\TLS 1.0\\Client"), "Enabled", Value::dword(1));
    const auto found = lines(lint::lint_state(state, "a.reg", options_for("2019")));
    const auto any = [&](std::string_view end) { return std::ranges::any_of(found, [end](const std::string& line) { return line.ends_with(end); }); };
    CHECK(any("TLS 1.0 for clients is on"));
    CHECK(any("TLS 1.0 (server): is on"));
}

TEST_CASE("what a release installs is not read for that in a file that does not hold it", "[lint]") {
    registry::Patch lines;
    lines.operations.push_back({.op = registry::Op::set_value, .key = schannel_key.below("Protocols\\TLS 1.1\\Server"), .name = "Enabled", .value = Value::dword(1)});
    auto options = options_for("2012-r2");
    options.defaults = true;
    CHECK(has(lint::lint_patch(lines, options), "sha512-certificates"));
    options.circumstances.coverage = Coverage::of({schannel_key});
    CHECK(!has(lint::lint_patch(lines, options), "sha512-certificates"));
    CHECK(has(lint::lint_patch(lines, options), "weak-protocol"));
}

TEST_CASE("a list without suites of TLS 1.3 is told under its condition where the switch was not read", "[lint]") {
    Tree state;
    state.set_value(policy, "Functions", Value::sz("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"));
    auto options = options_for("2022");
    options.circumstances.coverage = Coverage::of({policy});
    const Findings part = lint::lint_state(state, "a.reg", options);
    const auto found = std::ranges::find(part, Rule::tls13_without_suite, [](const auto& each) { return each.rule->rule; });
    REQUIRE(found != part.end());
    CHECK(found->message == "no suite of TLS 1.3 is left for clients and servers; where it is on, connections may use an older version or fail");
    options.circumstances.coverage = {};
    CHECK(has(lint::lint_state(state, "a.reg", options), "tls13-without-suite"));
}

TEST_CASE("a role without a protocol by default is told by its switches, whatever is not known of the suites", "[lint]") {
    Tree state;
    std::vector<KeyPath> named;
    for (const char* version : {"TLS 1.0", "TLS 1.1", "TLS 1.2"}) {
        for (const char* role : {"Client", "Server"}) {
            const KeyPath key = schannel_key.below("Protocols").child(version).child(role);
            state.set_value(key, "Enabled", Value::dword(std::string_view(version) == "TLS 1.2" ? 1 : 0));
            state.set_value(key, "DisabledByDefault", Value::dword(1));
            named.push_back(key);
        }
    }
    auto options = options_for("2019");
    options.circumstances.coverage = Coverage::of(named);
    CHECK(has(lint::lint_state(state, "a.reg", options), "no-default-protocol", Severity::error));
    auto newer = options_for("2022");  // where TLS 1.3 was not looked at
    newer.circumstances.coverage = Coverage::of(named);
    CHECK(!has(lint::lint_state(state, "a.reg", newer), "no-default-protocol"));
}

// Law: what lint says of a part of a state, it says of the whole.
TEST_CASE("whatever is found in a part of a state is found in the whole", "[lint][law]") {
    Generator generate(20261127);
    std::size_t findings = 0, lock_outs = 0;
    for (int round = 0; round < test::slow_law_states(500); ++round) {
        const facts::Release& on = generate.release();
        const Tree whole = generate.state(on);
        Tree part;
        registry::replay(registry::to_patch(whole), part);
        auto options = on_release(on);
        const Findings of_whole = lint::lint_state(whole, "whole", options);
        options.circumstances.coverage = generate.coverage();
        (void)registry::keep_spoken_for(part, options.circumstances.coverage);
        Findings of_part = lint::lint_state(part, "part", options);
        if (round % 8 == 0) {  // and as the lines of a file, on what a machine holds anyway
            options.defaults = true;
            std::ranges::move(lint::lint_patch(registry::to_patch(part), options), std::back_inserter(of_part));
        }
        for (const lint::Finding& finding : of_part) {
            ++findings;
            lock_outs += is_lock_out(finding);
            if (is_found(finding, of_whole)) continue;
            // By its switch it is on, and in the whole it has no suite.
            if (finding.rule->rule == Rule::weak_default && finding.message.find(" by its switch") != std::string::npos) continue;
            // Under its condition: "where TLS 1.3 is on".
            if (finding.rule->rule == Rule::tls13_without_suite && finding.message.find("where it is on") != std::string::npos) continue;
            CAPTURE(round, on.id, finding.rule->id, finding.key, finding.value, finding.message);
            CHECK(is_found(finding, of_whole));
        }
    }
    CHECK(findings > 1800);
    CHECK(lock_outs > 8);
}

// Law: what is said of a change to a part of a state is true of the same change to the whole.
TEST_CASE("whatever is certain of a change to a part of a state is so of the whole", "[lint][law]") {
    Generator generate(11);
    const facts::Release& newest = *facts::find_release("2025");
    const effect::Effect good = effect::evaluate(schannel::untouched(newest), newest);  // an old release has no peers of today as it is
    std::size_t alarmed = 0, compared = 0;
    for (int round = 0; round < test::slow_law_states(100); ++round) {
        const facts::Release& on = generate.release();
        const Tree whole = generate.state(on);
        Tree part = registry::copy_of(whole);
        effect::Circumstances known;
        known.coverage = generate.coverage();
        (void)registry::keep_spoken_for(part, known.coverage);
        Tree whole_after = registry::copy_of(whole), part_after = registry::copy_of(part);
        const auto write = [&](const KeyPath& key, std::string_view name, const Value& value) {
            whole_after.set_value(key, name, value);
            part_after.set_value(key, name, value);
        };
        for (const char* protocol : {"TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3"}) {
            for (const char* role : {"Client", "Server"}) {
                if (generate.one_in(2)) write(schannel_key.below("Protocols").child(protocol).child(role), "Enabled", Value::dword(generate.one_in(4) ? 1 : 0));
            }
        }
        if (generate.one_in(3)) write(policy, "Functions", Value::sz("TLS_RSA_WITH_AES_128_CBC_SHA,TLS_AES_128_GCM_SHA256"));
        if (generate.one_in(3)) write(schannel_key.below("Ciphers\\AES 128/128"), "Enabled", Value::dword(0));
        const effect::Effect before = effect::evaluate(part, on, known), after = effect::evaluate(part_after, on, known);
        const effect::Effect real_before = effect::evaluate(whole, on), real_after = effect::evaluate(whole_after, on);
        CAPTURE(round, on.id);
        const lint::Alarms real_alarms = lint::alarms_between(good, real_after);
        // A key of TLS 1.3 where the release does not have it leaves doctor, and with it the alarm, open: nobody knows what it breaks.
        const bool early = std::ranges::any_of(std::array{Role::client, Role::server}, [&](Role role) {
            return real_after.protocol("TLS 1.3")->of(role).basis.rule == effect::BasisRule::protocol_early_tls13;
        });
        for (const lint::Alarm& alarm : lint::alarms_between(before, after)) {
            if (!alarm.certain || (early && alarm.rule->rule == Rule::no_modern_peer)) continue;
            ++alarmed;
            CAPTURE(alarm.rule->id, alarm.message);
            CHECK(std::ranges::any_of(real_alarms, [&](const lint::Alarm& each) { return each.locks_out || each.rule == alarm.rule; }));
        }
        const auto real = effect::difference(real_before, real_after);
        for (const effect::EffectDifference& row : effect::difference(before, after)) {
            if (!row.surety.certain) continue;
            ++compared;
            CAPTURE(static_cast<int>(row.subject.aspect), row.subject.name, row.before.index(), row.after.index());
            CHECK(std::ranges::any_of(real, [&](const effect::EffectDifference& each) {
                return each.subject == row.subject && each.before == row.before && each.after == row.after;
            }));
        }
    }
    CHECK(alarmed > 10);
    CHECK(compared > 20);
}
