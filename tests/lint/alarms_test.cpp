// Alarms: what a change takes away so that connections fail. Inputs are profiles on an untouched installation.
#include <array>
#include <random>

#include "catch.hpp"
#include "law_states.hpp"
#include "lint/subject.hpp"
#include "modern_peers.hpp"
#include "schancfg/lint/alarms.hpp"
#include "schancfg/plan/planner.hpp"
#include "schancfg/registry/overlay.hpp"
#include "schancfg/registry/patch.hpp"
#include "schancfg/schannel/translate.hpp"

using namespace schancfg;
using namespace lint_subject;
using facts::Role;
using lint::Alarm;
using lint::Alarms;

namespace {

const facts::Release& release(std::string_view id) {
    const facts::Release* found = facts::find_release(id);
    REQUIRE(found != nullptr);
    return *found;
}

registry::Tree with(std::string_view body, const facts::Release& on) {
    registry::Tree state = schannel::untouched(on);
    const auto wanted = schannel::translate(decode("format = 1\n" + std::string(body), "p.toml"), {.release = &on});
    REQUIRE(wanted);
    registry::overlay(state, *wanted.value);
    return state;
}

Alarms alarms_of(std::string_view body, std::string_view id) {
    const facts::Release& on = release(id);
    return lint::alarms_between(effect::evaluate(schannel::untouched(on), on), effect::evaluate(with(body, on), on));
}

const Alarm* find(const Alarms& alarms, std::string_view rule) {
    const auto found = std::ranges::find(alarms, rule, [](const Alarm& alarm) { return alarm.rule->id; });
    return found == alarms.end() ? nullptr : &*found;
}

std::string off(std::string_view role) {
    std::string out = "[protocols]\n";
    for (const char* name : {"SSL 3.0", "TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3"}) {
        out.append("\"").append(name).append("\" = ").append(role.empty() ? "\"disabled\"" : "{ " + std::string(role) + " = \"disabled\" }").append("\n");
    }
    return out;
}

}  // namespace

TEST_CASE("a role without a TLS version raises an alarm that names the role", "[alarms]") {
    const Alarms both = alarms_of(off(""), "2019");
    REQUIRE(find(both, "no-protocol-left") != nullptr);
    CHECK(both.front().message == "no TLS version is left for clients and servers");
    CHECK(both.front().severity == Severity::error);
    CHECK(both.front().certain);
    CHECK(both.front().locks_out);
    CHECK(!both.front().role);

    const Alarms client = alarms_of(off("client"), "2022");
    REQUIRE(find(client, "no-protocol-left") != nullptr);
    CHECK(find(client, "no-protocol-left")->role == Role::client);
    CHECK(find(client, "no-protocol-left")->message == "no TLS version is left for clients");
    CHECK(find(client, "rdp-lock-out") == nullptr);

    const Alarms server = alarms_of(off("server"), "2022");
    REQUIRE(find(server, "no-protocol-left") != nullptr);
    CHECK(find(server, "no-protocol-left")->role == Role::server);
    REQUIRE(find(server, "rdp-lock-out") != nullptr);
    CHECK(find(server, "rdp-lock-out")->locks_out);
}

TEST_CASE("what held before raises no alarm", "[alarms]") {
    const facts::Release& on = release("2019");
    const effect::Effect locked = effect::evaluate(with(off(""), on), on);
    CHECK(lint::alarms_between(locked, locked).empty());
    CHECK(lint::alarms_between(locked, effect::evaluate(schannel::untouched(on), on)).empty());
    for (const facts::Release& each : facts::releases()) {
        const effect::Effect untouched = effect::evaluate(schannel::untouched(each), each);
        CAPTURE(each.id);
        CHECK(lint::alarms_between(untouched, untouched).empty());
    }
}

TEST_CASE("protocols that are on request alone are not protocols by default", "[alarms]") {
    const Alarms found = alarms_of("[protocols]\n\"TLS 1.0\" = \"disabled\"\n\"TLS 1.1\" = \"disabled\"\n\"TLS 1.2\" = \"on-request\"\n", "2019");
    REQUIRE(find(found, "no-default-protocol") != nullptr);
    CHECK(!find(found, "no-default-protocol")->role);
    CHECK(find(found, "no-default-protocol")->locks_out);
    CHECK(find(found, "no-protocol-left") == nullptr);
}

TEST_CASE("a list that no peer of today takes locks out though TLS 1.3 is on without a suite, whichever becomes of it", "[alarms]") {
    for (const char* suites : {"\"TLS_DHE_DSS_WITH_AES_256_CBC_SHA256\"", "\"TLS_RSA_WITH_3DES_EDE_CBC_SHA\", \"TLS_RSA_WITH_RC4_128_SHA\""}) {
        const Alarms found = alarms_of(std::string("[cipher_suites.policy]\norder = [").append(suites).append("]\n"), "2022");
        CAPTURE(suites);
        for (const Role role : {Role::client, Role::server}) {
            CHECK(std::ranges::any_of(found, [role](const Alarm& each) { return each.rule->id == "no-modern-peer" && each.role == role && each.severity == Severity::error; }));
        }
        CHECK(lint::locks_out(found));
    }
    CHECK(!lint::locks_out(alarms_of("[cipher_suites.policy]\norder = [\"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384\"]\n", "2022")));
}

TEST_CASE("suites of TLS 1.3 that FIPS mode takes are not said to miss TLS 1.3", "[alarms]") {
    const Alarms found = alarms_of("[fips]\nenabled = true\n[cipher_suites.policy]\norder = [\"TLS_CHACHA20_POLY1305_SHA256\"]\n", "2022");
    CHECK(find(found, "only-tls13-suites") == nullptr);
    REQUIRE(find(found, "no-suite-left") != nullptr);
    CHECK(find(found, "no-suite-left")->message == "no cipher suite is left for clients and servers");
}

TEST_CASE("an export of the SCHANNEL key alone with AES off locks out, whichever list the machine has", "[alarms]") {
    const Findings found = of_reg("[~\\Ciphers\\AES 128/128]\n\"Enabled\"=dword:0\n[~\\Ciphers\\AES 256/256]\n\"Enabled\"=dword:0\n", "2019");
    CHECK(has(found, "no-modern-peer", Severity::error));
}

TEST_CASE("ciphers that leave NULL suites alone leave nothing", "[alarms]") {
    const Alarms found = alarms_of("[ciphers]\n\"AES 128/128\" = \"disabled\"\n\"AES 256/256\" = \"disabled\"\n", "2025");
    REQUIRE(find(found, "no-suite-left") != nullptr);
    CHECK(found.front().message == "no cipher suite is left for clients and servers");
    CHECK(find(alarms_of("[ciphers]\n\"AES 128/128\" = \"disabled\"\n", "2025"), "no-suite-left") == nullptr);
}

TEST_CASE("what is left for nobody of today raises an alarm although a handshake is possible", "[alarms]") {
    const Alarms found = alarms_of("[protocols]\n\"TLS 1.2\" = \"disabled\"\n", "2019");
    REQUIRE(find(found, "no-modern-peer") != nullptr);
    CHECK(find(found, "no-modern-peer")->severity == Severity::error);
    CHECK(find(alarms_of("[protocols]\n\"TLS 1.1\" = \"disabled\"\n", "2019"), "no-modern-peer") == nullptr);
    CHECK(find(alarms_of("[protocols]\n\"TLS 1.2\" = { server = \"disabled\" }\n", "2022"), "no-modern-peer") == nullptr);
}

TEST_CASE("a list for one kind of certificate says which kind it loses", "[alarms]") {
    const std::string_view ecdsa = "[cipher_suites.local]\norder = [\"TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384\"]\n";
    const Alarms no_rsa = alarms_of(ecdsa, "2019");
    REQUIRE(find(no_rsa, "only-ecdsa-suites") != nullptr);
    CHECK(find(no_rsa, "only-ecdsa-suites")->severity == Severity::warning);
    CHECK(!find(no_rsa, "only-ecdsa-suites")->locks_out);
    CHECK(find(no_rsa, "only-rsa-suites") == nullptr);
    const Alarms no_ecdsa = alarms_of("[cipher_suites.local]\norder = [\"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384\"]\n", "2019");
    REQUIRE(find(no_ecdsa, "only-rsa-suites") != nullptr);
    CHECK(find(no_ecdsa, "only-ecdsa-suites") == nullptr);
    CHECK(!lint::locks_out(no_ecdsa));
}

TEST_CASE("TLS 1.3 without a suite of it is not certain, on every release that has it by default", "[alarms]") {
    const std::string_view tls12 = "[cipher_suites.policy]\norder = [\"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384\", \"TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384\"]\n";
    const Alarms found = alarms_of(tls12, "2022");
    REQUIRE(find(found, "tls13-without-suite") != nullptr);
    CHECK(!find(found, "tls13-without-suite")->certain);
    CHECK(!find(found, "tls13-without-suite")->locks_out);
    CHECK(find(found, "no-modern-peer") == nullptr);
    CHECK(find(alarms_of(tls12, "2019"), "tls13-without-suite") == nullptr);
}

TEST_CASE("layers that are left with nothing raise alarms of their own, once for both views", "[alarms]") {
    const Alarms winhttp = alarms_of("[registry.'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\WinHttp']\nDefaultSecureProtocols = 8\n[registry.'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\WinHttp']\nDefaultSecureProtocols = 8\n", "2019");
    REQUIRE(find(winhttp, "winhttp-nothing-left") != nullptr);
    CHECK(find(winhttp, "winhttp-nothing-left")->severity == Severity::error);
    CHECK(find(winhttp, "winhttp-nothing-left")->message == "no protocol is left for programs that use WinHTTP and choose none");
    CHECK(!lint::locks_out(winhttp));
    const Alarms one = alarms_of("[registry.'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\WinHttp']\nDefaultSecureProtocols = 8\n", "2019");
    REQUIRE(find(one, "winhttp-nothing-left") != nullptr);
    CHECK(find(one, "winhttp-nothing-left")->message == "no protocol is left for 32-bit programs that use WinHTTP and choose none");
    const Alarms dotnet = alarms_of("[protocols]\n\"SSL 3.0\" = \"disabled\"\n\"TLS 1.0\" = \"disabled\"\n", "2019");
    REQUIRE(find(dotnet, "dotnet-nothing-left") != nullptr);
    CHECK(find(dotnet, "dotnet-nothing-left")->severity == Severity::warning);
}

TEST_CASE("without a release an alarm rests on the switches alone", "[alarms]") {
    const auto wanted = schannel::translate(decode("format = 1\n" + off("server"), "p.toml"), {});
    REQUIRE(wanted);
    registry::Tree state;
    registry::overlay(state, *wanted.value);
    const Alarms found = lint::alarms_between(registry::Tree{}, state);
    REQUIRE(found.size() == 1);
    CHECK(found.front().message == "no TLS version is left for servers");
    CHECK(found.front().locks_out);
    CHECK(lint::alarms_between(state, state).empty());
    CHECK(lint::alarms_between(registry::Tree{}, registry::Tree{}).empty());
}

TEST_CASE("lists that are written in vain are alarms of the plan", "[alarms]") {
    const facts::Release& on = release("2019");
    const registry::Tree policy = with("[cipher_suites.policy]\norder = [\"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384\"]\n", on);
    const auto local = schannel::translate(decode("format = 1\n[cipher_suites.local]\norder = [\"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256\"]\n", "p.toml"), {.release = &on});
    REQUIRE(local);
    const auto in_vain = [&](const registry::Tree& before) {
        const plan::Plan plan = plan::make(before, *local.value, &on);
        registry::Tree after;
        registry::replay(registry::to_patch(before), after);
        registry::replay(plan::to_patch(plan), after);
        return lint::writes_in_vain(plan, after);
    };
    REQUIRE(in_vain(policy).size() == 1);
    CHECK(in_vain(policy).front().rule->id == "policy-shadows-local");
    CHECK(in_vain(schannel::untouched(on)).empty());

    const auto reaches = [&](std::size_t length) {
        registry::Tree after = schannel::untouched(on);
        plan::Change change;
        change.key = registry::KeyPath(registry::Root::local_machine, R"(SOFTWARE\Policies\Microsoft\Cryptography\Configuration\SSL\00010002)");
        change.value_name = "Functions";
        change.after = registry::Value::sz(std::string(length, 'A'));
        plan::Plan plan;
        plan.changes.push_back(std::move(change));
        return !lint::writes_in_vain(plan, after).empty();
    };
    CHECK(!reaches(1023));
    CHECK(reaches(1024));
}

TEST_CASE("alarms are sorted: errors that lock out first", "[alarms]") {
    const Alarms found = alarms_of(off(""), "2012-r2");
    REQUIRE(!found.empty());
    for (std::size_t i = 1; i < found.size(); ++i) {
        CHECK(found[i - 1].severity >= found[i].severity);
        if (found[i - 1].severity == found[i].severity) CHECK(found[i - 1].locks_out >= found[i].locks_out);
    }
}

TEST_CASE("Java's servers take DHE with CBC, and browsers do not", "[alarms]") {
    const Alarms found = alarms_of("[cipher_suites.policy]\norder = [\"TLS_DHE_RSA_WITH_AES_256_CBC_SHA\"]\n", "2019");
    const auto none = std::ranges::find(found, "no-modern-peer", [](const lint::Alarm& alarm) { return alarm.rule->id; });
    REQUIRE(none != found.end());
    CHECK(none->role == Role::server);
    CHECK(std::ranges::count(found, "no-modern-peer", [](const lint::Alarm& alarm) { return alarm.rule->id; }) == 1);
}

// Browsers against the server, and servers of the web against the client, as tests/peers has them.
TEST_CASE("a state that no peer of today reaches is an error of lint and an alarm that locks out", "[alarms][law]") {
    const test::ModernPeers peers;
    const auto reachable = [&](const effect::Effect& effect, Role role) { return peers.reach(effect, role); };
    std::mt19937 random(20261127);
    const auto pick = [&](std::size_t count) { return static_cast<std::size_t>(random() % count); };
    std::size_t unreachable = 0;
    const std::array<const char*, 6> on{"2012-r2", "2016", "2019", "2022", "2025", "11-24h2"};
    for (int round = 0; round < test::slow_law_states(400); ++round) {
        const char* id = on.at(pick(on.size()));
        std::string body = "[protocols]\n";
        for (const char* protocol : {"TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3"}) {
            constexpr std::array<const char*, 4> states{"disabled", "enabled", "on-request", "default"};
            body.append("\"").append(protocol).append("\" = \"").append(states.at(pick(states.size()))).append("\"\n");
        }
        body += "[ciphers]\n";
        for (const char* cipher : {"AES 128/128", "AES 256/256", "Triple DES 168"}) {
            if (pick(3) == 0) body.append("\"").append(cipher).append("\" = \"disabled\"\n");
        }
        if (pick(4) == 0) body += "[hashes]\n" + std::string(pick(2) == 0 ? "SHA384" : "SHA256") + " = \"disabled\"\n";
        body += "[key_exchange_algorithms]\n";
        for (const char* exchange : {"ECDH", "Diffie-Hellman", "PKCS"}) {
            if (pick(4) == 0) body.append(exchange).append(" = \"disabled\"\n");
        }
        if (pick(4) == 0 && std::string_view(id) != "2012-r2") body.append("[elliptic_curves.policy]\norder = [\"").append(pick(2) == 0 ? "brainpoolP256r1" : "NistP384").append("\"]\n");
        if (pick(2) == 0) {
            body += "[cipher_suites.policy]\norder = [\"TLS_RSA_WITH_NULL_SHA256\"";
            for (const char* suite : {"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_RSA_WITH_3DES_EDE_CBC_SHA", "TLS_AES_256_GCM_SHA384"}) {
                if (pick(2) == 0) body.append(", \"").append(suite).append("\"");
            }
            body += "]\n";
        }
        const facts::Release& each = release(id);
        const effect::Effect before = effect::evaluate(schannel::untouched(each), each);
        const effect::Effect after = effect::evaluate(with(body, each), each);
        const Alarms alarms = lint::alarms_between(before, after);
        CAPTURE(id, body);
        // What lint leaves to the alarms is one of them.
        const auto nothing_left = [](const effect::WeakPoint& point) { return point.kind == effect::Weakness::no_cipher_suite || point.kind == effect::Weakness::no_protocol; };
        if (std::ranges::any_of(after.weak, nothing_left)) CHECK_FALSE(alarms.empty());
        for (const Role role : {Role::client, Role::server}) {
            if (reachable(after, role) || !reachable(before, role)) continue;
            ++unreachable;
            const bool alarm = std::ranges::any_of(alarms, [&](const Alarm& one) { return one.locks_out && (!one.role || *one.role == role); });
            CAPTURE(facts::role_name(role));
            CHECK(alarm);
            CHECK(lint::locks_out(alarms));  // what `apply --yes` refuses
        }
        Findings findings = of_profile(body, id);
        for (const Alarm& alarm : alarms) {
            if (alarm.severity != Severity::error) continue;
            CHECK(std::ranges::any_of(findings, [&](const lint::Finding& finding) {
                return finding.rule->id == alarm.rule->id && finding.severity == Severity::error;
            }));
        }
    }
    CHECK(unreachable > 25);
}

TEST_CASE("a layer that had nothing before raises no alarm, and the other one does", "[alarms]") {
    const facts::Release& on = release("2019");
    constexpr std::string_view mask = "[registry.'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\WinHttp']\nDefaultSecureProtocols = 8\n";
    constexpr std::string_view masks = "[registry.'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\WinHttp']\nDefaultSecureProtocols = 8\n"
                                       "[registry.'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\WinHttp']\nDefaultSecureProtocols = 8\n";
    const auto of = [&](std::string_view before, std::string_view after) { return lint::alarms_between(effect::evaluate(with(before, on), on), effect::evaluate(with(after, on), on)); };
    CHECK(find(of(masks, masks), "winhttp-nothing-left") == nullptr);
    const Alarms other = of(mask, masks);
    REQUIRE(find(other, "winhttp-nothing-left") != nullptr);
    CHECK(find(other, "winhttp-nothing-left")->message == "no protocol is left for 32-bit programs that use WinHTTP and choose none");
    constexpr std::string_view old_off = "[protocols]\n\"SSL 3.0\" = \"disabled\"\n\"TLS 1.0\" = \"disabled\"\n";
    CHECK(find(of(old_off, old_off), "dotnet-nothing-left") == nullptr);
}

TEST_CASE("an empty list leaves perhaps no suite, and every protocol", "[alarms]") {
    const facts::Release& on = release("2022");
    registry::Tree state = schannel::untouched(on);
    state.set_value(registry::KeyPath(registry::Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002"), "Functions", registry::Value::multi_sz({}));
    const Alarms found = lint::alarms_between(effect::evaluate(schannel::untouched(on), on), effect::evaluate(state, on));
    REQUIRE(find(found, "no-suite-left") != nullptr);
    CHECK(find(found, "no-suite-left")->message == "perhaps no cipher suite is left for clients and servers");
}

TEST_CASE("what newer .NET had lost before hides nothing that older .NET loses", "[alarms]") {
    const facts::Release& on = release("2022");
    const std::string newer_off = "[protocols]\n\"TLS 1.0\" = \"disabled\"\n\"TLS 1.1\" = \"disabled\"\n\"TLS 1.2\" = \"disabled\"\n";
    const Alarms found = lint::alarms_between(effect::evaluate(with(newer_off + "\"SSL 3.0\" = \"enabled\"\n", on), on), effect::evaluate(with(newer_off + "\"SSL 3.0\" = \"disabled\"\n", on), on));
    REQUIRE(find(found, "dotnet-nothing-left") != nullptr);
    CHECK(find(found, "dotnet-nothing-left")->message == "no protocol is left for programs that target .NET Framework 3.5 or before 4.6 and choose none");
}

TEST_CASE("a client that takes neither a curve nor a certificate of today reaches no server, whichever suite that prefers", "[alarms]") {
    const Alarms found = alarms_of("[key_exchange_algorithms]\nPKCS = { client_max_bits = 512 }\n[elliptic_curves.local]\norder = [\"brainpoolP256r1\"]\n", "10-1703");
    REQUIRE(find(found, "no-modern-peer") != nullptr);
    CHECK(find(found, "no-modern-peer")->message == "no server of today takes what is left for clients");
}
