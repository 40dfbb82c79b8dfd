#include "schancfg/effect/effect.hpp"

#include <optional>

#include "catch.hpp"
#include "schancfg/effect/difference.hpp"
#include "schancfg/schannel/defaults.hpp"

using namespace schancfg;
using effect::Circumstances;
using effect::ProtocolAnswer;
using facts::Confidence;
using facts::DefaultState;
using facts::Role;
using registry::KeyPath;
using registry::Root;
using registry::Tree;
using registry::Value;

namespace {

KeyPath protocol_key(std::string_view protocol, Role role) {
    return KeyPath(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols")
        .child(protocol)
        .child(facts::role_key(role));
}

const facts::Release& release(std::string_view id) {
    const facts::Release* found = facts::find_release(id);
    REQUIRE(found != nullptr);
    return *found;
}

Tree with(std::string_view protocol, Role role, std::optional<std::uint32_t> enabled, std::optional<std::uint32_t> by_default) {
    Tree tree;
    if (enabled) tree.set_value(protocol_key(protocol, role), "Enabled", Value::dword(*enabled));
    if (by_default) tree.set_value(protocol_key(protocol, role), "DisabledByDefault", Value::dword(*by_default));
    return tree;
}

std::string_view state(const ProtocolAnswer& answer) { return facts::state_name(answer.state); }

}  // namespace

TEST_CASE("An empty registry gives every row of the defaults, release by release and role by role", "[effect]") {
    std::size_t rows = 0;
    for (const facts::ProtocolDefault& row : facts::protocol_defaults()) {
        for (const facts::Release& each : facts::releases()) {
            if (row.release != facts::every_release && row.release != each.id) continue;
            INFO(each.id << ' ' << facts::role_name(row.role) << ' ' << row.protocol);
            const ProtocolAnswer answer = effect::protocol_effect({}, each, row.role, row.protocol);
            CHECK(state(answer) == facts::state_name(row.state));
            CHECK(answer.basis.confidence == row.confidence);
            CHECK(answer.basis.source == row.source);
            CHECK(answer.basis.alternative == row.alternative);
            CHECK(answer.basis.alternative_source == row.alternative_source);
            CHECK(answer.basis.origin.kind == effect::OriginKind::release_default);
            CHECK(answer.basis.origin.release == each.id);
            const bool contested = row.confidence == Confidence::conflict || row.confidence == Confidence::undocumented;
            CHECK(answer.basis.certain == (!contested && row.alternative.empty()));
            if (answer.state == DefaultState::uncertain) CHECK(contested);
            ++rows;
        }
    }
    CHECK(rows > facts::protocol_defaults().size());
}

TEST_CASE("An untouched installation answers as an empty registry does, though it holds some switches", "[effect]") {
    for (const facts::Release& each : facts::releases()) {
        const effect::Effect empty = effect::evaluate({}, each);
        const effect::Effect untouched = effect::evaluate(schannel::untouched(each), each);
        for (std::size_t at = 0; at < empty.protocols.size(); ++at) {
            for (const Role role : {Role::client, Role::server}) {
                INFO(each.id << ' ' << empty.protocols[at].name << ' ' << facts::role_name(role));
                ProtocolAnswer expected = empty.protocols[at].of(role);
                const ProtocolAnswer& found = untouched.protocols[at].of(role);
                CHECK(found.basis.origin.to_string() == expected.basis.origin.to_string());
                expected.basis.origin = found.basis.origin;
                CHECK(found == expected);
            }
        }
        CHECK(effect::difference(empty, untouched).empty());
        CHECK(untouched.cipher_suites.is_default == empty.cipher_suites.is_default);
        CHECK(untouched.curves.basis.rule == empty.curves.basis.rule);
        CHECK(untouched.fips.basis.origin.kind == effect::OriginKind::release_default);
    }
}

TEST_CASE("The effect lists every protocol of the facts in their order, both roles", "[effect]") {
    for (const facts::Release& each : facts::releases()) {
        const effect::Effect effect = effect::evaluate({}, each);
        REQUIRE(effect.protocols.size() == facts::protocols().size());
        for (std::size_t at = 0; at < effect.protocols.size(); ++at) {
            const effect::ProtocolEffect& protocol = effect.protocols[at];
            INFO(each.id << ' ' << protocol.name);
            CHECK(protocol.name == facts::protocols()[at].name);
            for (const Role role : {Role::client, Role::server}) {
                const facts::ProtocolDefault* row = facts::protocol_default(each, role, protocol.name);
                REQUIRE(row != nullptr);
                CHECK(protocol.of(role).state == row->state);
            }
        }
    }
}

TEST_CASE("The truth table of the protocol switches holds on every kind of release, for both roles", "[effect]") {
    using Number = std::optional<std::uint32_t>;
    constexpr auto absent = std::nullopt;
    struct Row {
        Number enabled, disabled_by_default;
        std::string_view state;  // empty: what the release does by itself
        effect::BasisRule rule;
    };
    // Rows of tls-registry-settings.md (2019 and 2023 text), KB245030 and tls-10-11-deprecation-in-windows.md.
    const Row rows[] = {
        {absent, absent, "", effect::BasisRule::protocol_release_default},
        {0, absent, "off", effect::BasisRule::protocol_enabled_zero},
        {0, 0, "off", effect::BasisRule::protocol_enabled_zero},
        {0, 1, "off", effect::BasisRule::protocol_enabled_zero},
        {1, absent, "on", effect::BasisRule::protocol_enabled},
        {0xFFFFFFFF, absent, "on", effect::BasisRule::protocol_enabled},
        {1, 0, "on", effect::BasisRule::protocol_enabled},
        {0xFFFFFFFF, 0, "on", effect::BasisRule::protocol_enabled},
        {1, 1, "on-request", effect::BasisRule::protocol_disabled_by_default},
        {0xFFFFFFFF, 1, "on-request", effect::BasisRule::protocol_disabled_by_default},
        {absent, 0, "on", effect::BasisRule::protocol_not_disabled_by_default},
        {absent, 1, "on-request", effect::BasisRule::protocol_disabled_by_default},
    };
    struct Case {
        std::string_view release, protocol;
    };
    // On by default, off by default, uncertain, not there.
    const Case cases[] = {
        {"windows-server-2008-r2", "TLS 1.0"}, {"windows-server-2008-r2", "TLS 1.2"}, {"windows-server-2008-r2", "TLS 1.3"},
        {"windows-server-2012-r2", "SSL 3.0"}, {"windows-server-2012-r2", "TLS 1.2"}, {"windows-server-2012-r2", "DTLS 1.2"},
        {"windows-server-2016", "SSL 2.0"},    {"windows-server-2016", "SSL 3.0"},    {"windows-server-2016", "TLS 1.0"},
        {"windows-server-2019", "TLS 1.1"},    {"windows-server-2019", "TLS 1.3"},    {"windows-server-2022", "TLS 1.3"},
        {"windows-server-2025", "TLS 1.0"},    {"windows-server-2025", "SSL 3.0"},    {"windows-11-24h2", "TLS 1.3"},
        {"windows-11-25h2", "TLS 1.1"},        {"windows-10-22h2", "TLS 1.2"},        {"windows-10-22h2", "PCT 1.0"},
    };
    for (const Case& each : cases) {
        for (const Role role : {Role::client, Role::server}) {
            const facts::Release& on = release(each.release);
            const facts::ProtocolDefault* fact = facts::protocol_default(on, role, each.protocol);
            REQUIRE(fact != nullptr);
            for (const Row& row : rows) {
                INFO(each.release << ' ' << facts::role_name(role) << ' ' << each.protocol << " Enabled "
                                  << (row.enabled ? std::to_string(*row.enabled) : "absent") << " DisabledByDefault "
                                  << (row.disabled_by_default ? std::to_string(*row.disabled_by_default) : "absent"));
                const Tree tree = with(each.protocol, role, row.enabled, row.disabled_by_default);
                const ProtocolAnswer answer = effect::protocol_effect(tree, on, role, each.protocol);
                if (fact->state == DefaultState::not_supported) {
                    const bool tls13_key = each.protocol == std::string_view("TLS 1.3") && row.enabled && *row.enabled != 0;
                    CHECK(state(answer) == "not-supported");
                    CHECK(answer.basis.rule == (tls13_key ? effect::BasisRule::protocol_early_tls13 : effect::BasisRule::protocol_not_supported));
                } else {
                    CHECK(state(answer) == (row.state.empty() ? facts::state_name(fact->state) : row.state));
                    CHECK(answer.basis.rule == row.rule);
                    CHECK_FALSE(answer.basis.source.empty());
                }
                // The roles are independent.
                const Role other = role == Role::client ? Role::server : Role::client;
                CHECK(effect::protocol_effect(tree, on, other, each.protocol) ==
                      effect::protocol_effect({}, on, other, each.protocol));
            }
        }
    }
}

TEST_CASE("An answer from the registry names the value that decided", "[effect]") {
    const facts::Release& on = release("2019");
    const ProtocolAnswer off = effect::protocol_effect(with("TLS 1.0", Role::server, 0, 1), on, Role::server, "TLS 1.0");
    CHECK(off.basis.origin.to_string() ==
          "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.0\\Server: Enabled");
    CHECK(off.basis.certain);
    const ProtocolAnswer request = effect::protocol_effect(with("TLS 1.0", Role::client, 1, 1), on, Role::client, "TLS 1.0");
    CHECK(request.basis.origin.to_string() ==
          "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.0\\Client: DisabledByDefault");
    const ProtocolAnswer by_default = effect::protocol_effect({}, on, Role::client, "TLS 1.2");
    CHECK(by_default.basis.origin.to_string() == "default of windows-server-2019");
}

TEST_CASE("Where a release's default is contradicted, the registry settles it and only the default stays uncertain", "[effect]") {
    const facts::Release& on = release("2025");
    const ProtocolAnswer by_default = effect::protocol_effect({}, on, Role::server, "TLS 1.0");
    CHECK(state(by_default) == "uncertain");
    CHECK(by_default.basis.stated == "on");
    CHECK(by_default.basis.alternative == "on-request");
    CHECK(by_default.basis.sources().size() == 2);
    const ProtocolAnswer set = effect::protocol_effect(with("TLS 1.0", Role::server, 1, std::nullopt), on, Role::server, "TLS 1.0");
    CHECK(state(set) == "on");
    CHECK(set.basis.certain);
    const ProtocolAnswer cleared =
        effect::protocol_effect(with("TLS 1.0", Role::server, std::nullopt, 0), on, Role::server, "TLS 1.0");
    CHECK(state(cleared) == "on");
    CHECK_FALSE(cleared.basis.certain);
}

TEST_CASE("DisabledByDefault 0 alone is sure on Windows 7 and 2008 R2, doubtful where a later release is off by default", "[effect]") {
    const Tree seven = with("TLS 1.2", Role::client, std::nullopt, 0);
    CHECK(effect::protocol_effect(seven, release("windows-7"), Role::client, "TLS 1.2").basis.certain);
    const Tree later = with("SSL 3.0", Role::client, std::nullopt, 0);
    const ProtocolAnswer answer = effect::protocol_effect(later, release("2016"), Role::client, "SSL 3.0");
    CHECK(state(answer) == "on");
    CHECK_FALSE(answer.basis.certain);
    CHECK(answer.basis.alternative == "on-request");
    CHECK(effect::protocol_effect(with("TLS 1.2", Role::client, std::nullopt, 0), release("2016"), Role::client, "TLS 1.2").basis.certain);
}

TEST_CASE("Enabled alone is not documented to switch on TLS 1.1 and 1.2 where DisabledByDefault 0 is", "[effect]") {
    const ProtocolAnswer alone =
        effect::protocol_effect(with("TLS 1.2", Role::server, 1, std::nullopt), release("2008-r2"), Role::server, "TLS 1.2");
    CHECK(state(alone) == "on");
    CHECK_FALSE(alone.basis.certain);
    CHECK(alone.basis.alternative == "on-request");
    const ProtocolAnswer both = effect::protocol_effect(with("TLS 1.2", Role::server, 1, 0), release("2008-r2"), Role::server, "TLS 1.2");
    CHECK(state(both) == "on");
    CHECK(both.basis.certain);
}

TEST_CASE("A switch of another type or length is taken as absent, and said not to be certain", "[effect]") {
    const Value odd[] = {Value::sz("0"), Value::qword(0), Value::binary(std::string(4, '\0')),
                         Value{registry::reg_dword, std::string(3, '\0')}, Value{registry::reg_dword, std::string(5, '\0')}};
    for (const Value& value : odd) {
        INFO(registry::type_name(value.type) << ' ' << value.bytes.size());
        Tree tree;
        tree.set_value(protocol_key("TLS 1.0", Role::server), "Enabled", value);
        const ProtocolAnswer answer = effect::protocol_effect(tree, release("2016"), Role::server, "TLS 1.0");
        CHECK(state(answer) == "on");
        CHECK_FALSE(answer.basis.certain);
        CHECK(answer.basis.confidence == Confidence::undocumented);
        CHECK(answer.basis.rule == effect::BasisRule::protocol_value_invalid);
        CHECK(answer.basis.origin.value == "Enabled");
        // DisabledByDefault is judged as if Enabled were absent.
        tree.set_value(protocol_key("TLS 1.0", Role::server), "DisabledByDefault", Value::dword(1));
        CHECK(state(effect::protocol_effect(tree, release("2016"), Role::server, "TLS 1.0")) == "on-request");
    }
    Tree tree;
    tree.set_value(protocol_key("TLS 1.0", Role::server), "Enabled", Value::dword(0));
    tree.set_value(protocol_key("TLS 1.0", Role::server), "DisabledByDefault", Value::sz("1"));
    const ProtocolAnswer off = effect::protocol_effect(tree, release("2016"), Role::server, "TLS 1.0");
    CHECK(state(off) == "off");
    CHECK(off.basis.certain);
}

TEST_CASE("TLS 1.3 is not supported before Server 2022 whatever is written, and 1903 and later say who differs", "[effect]") {
    const Tree tree = with("TLS 1.3", Role::client, 1, 0);
    const ProtocolAnswer old = effect::protocol_effect(tree, release("2019"), Role::client, "TLS 1.3");
    CHECK(state(old) == "not-supported");
    CHECK_FALSE(old.basis.note.empty());
    const ProtocolAnswer newer = effect::protocol_effect(tree, release("windows-10-1903"), Role::client, "TLS 1.3");
    CHECK(state(newer) == "not-supported");
    CHECK_FALSE(newer.basis.certain);
    CHECK(newer.basis.alternative == "on");
    CHECK(state(effect::protocol_effect(tree, release("2022"), Role::client, "TLS 1.3")) == "on");
}

TEST_CASE("DisabledByDefault 0 alone is documented for Windows 7, not for Windows 8", "[effect]") {
    Tree tree;
    tree.set_value(protocol_key("SSL 2.0", Role::server), "DisabledByDefault", Value::dword(0));
    CHECK(effect::protocol_effect(tree, release("windows-7"), Role::server, "SSL 2.0").basis.confidence == Confidence::documented);
    CHECK(effect::protocol_effect(tree, release("windows-8"), Role::server, "SSL 2.0").basis.confidence == Confidence::undocumented);
}

TEST_CASE("KB4019276 brings TLS 1.1 and 1.2 to Server 2008, off by default, and is named", "[effect]") {
    const Circumstances updated{.updates = {"kb4019276"}};
    const ProtocolAnswer before = effect::protocol_effect({}, release("windows-server-2008"), Role::client, "TLS 1.2");
    CHECK(state(before) == "not-supported");
    // Who does not say which updates are installed may have it: a fix that enables it is offered (remedy).
    CHECK_FALSE(before.basis.certain);
    const ProtocolAnswer after = effect::protocol_effect({}, release("windows-server-2008"), Role::client, "TLS 1.2", updated);
    CHECK(state(after) == "on-request");
    CHECK(after.basis.origin.to_string() == "default of windows-server-2008 with KB4019276");
    CHECK(after.basis.certain);
    const ProtocolAnswer sp2 = effect::protocol_effect({}, release("windows-server-2008-sp2"), Role::client, "TLS 1.2");
    CHECK(state(sp2) == "on-request");
    CHECK(sp2.basis.note.find("KB4019276") != std::string_view::npos);
    const ProtocolAnswer on = effect::protocol_effect(with("TLS 1.2", Role::client, 1, 0), release("windows-server-2008"), Role::client,
                                                        "TLS 1.2", {.updates = {"4019276"}});
    CHECK(state(on) == "on");
}

TEST_CASE("FIPS mode leaves no SSL", "[effect]") {
    Tree tree = with("SSL 3.0", Role::server, 1, 0);
    tree.set_value(KeyPath(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\Lsa\\FIPSAlgorithmPolicy"), "Enabled", Value::dword(1));
    const ProtocolAnswer answer = effect::protocol_effect(tree, release("2016"), Role::server, "SSL 3.0");
    CHECK(state(answer) == "off");
    CHECK(answer.basis.rule == effect::BasisRule::protocol_fips_tls_only);
    CHECK(answer.basis.origin.to_string() ==
          "FIPS mode, HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa\\FIPSAlgorithmPolicy: Enabled");
    CHECK(answer.basis.alternative.empty());
    CHECK(state(effect::protocol_effect(tree, release("2016"), Role::server, "TLS 1.2")) == "on");
}

TEST_CASE("Where it is not certain that FIPS mode is on, what SSL is without it is the other answer", "[effect]") {
    Tree tree = with("SSL 3.0", Role::server, 1, 0);
    tree.set_value(KeyPath(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\Lsa\\FIPSAlgorithmPolicy"), "MDMEnabled", Value::dword(1));
    const ProtocolAnswer answer = effect::protocol_effect(tree, release("11-24h2"), Role::server, "SSL 3.0");
    CHECK(state(answer) == "off");
    CHECK_FALSE(answer.basis.certain);
    CHECK(answer.basis.alternative == "on");
}

TEST_CASE("On a live machine, a key written since the last start is marked as perhaps not in effect", "[effect]") {
    Tree tree = with("TLS 1.0", Role::server, 0, 1);
    tree.find(protocol_key("TLS 1.0", Role::server))->last_write = 1000;
    const auto pending = [&](bool live, std::uint64_t last_start) {
        return effect::protocol_effect(tree, release("2016"), Role::server, "TLS 1.0", {.live = live, .last_start = last_start})
            .basis.origin.pending;
    };
    CHECK(pending(true, 999));
    CHECK_FALSE(pending(true, 1000));
    CHECK_FALSE(pending(true, 0));
    CHECK_FALSE(pending(false, 999));
}

TEST_CASE("A protocol of an effect is found by its name in any case", "[effect]") {
    const effect::Effect effect = effect::evaluate({}, release("2016"));
    REQUIRE(effect.protocol("tls 1.2") != nullptr);
    CHECK(effect.protocol("tls 1.2")->name == "TLS 1.2");
    CHECK(effect.reach(Role::client).find("tls 1.2") == effect.reach(Role::client).find("TLS 1.2"));
    CHECK(effect.protocol("TLS 1.4") == nullptr);
}

TEST_CASE("Values on the protocol's own key do nothing, and unknown protocols are uncertain", "[effect]") {
    Tree tree;
    tree.set_value(protocol_key("TLS 1.0", Role::server).parent(), "Enabled", Value::dword(0));
    CHECK(state(effect::protocol_effect(tree, release("2016"), Role::server, "TLS 1.0")) == "on");
    const ProtocolAnswer unknown = effect::protocol_effect(tree, release("2016"), Role::server, "TLS 1.4");
    CHECK(state(unknown) == "uncertain");
    CHECK_FALSE(unknown.basis.certain);
}
