#include "schancfg/schannel/translate.hpp"

#include "catch.hpp"
#include "schancfg/registry/tree.hpp"
#include "schancfg/schannel/builtin.hpp"
#include "schancfg/schannel/defaults.hpp"

using namespace schancfg;
using registry::KeyPath;
using registry::Meets;
using registry::Root;
using registry::Value;
using schannel::Entry;
using schannel::Profile;
using schannel::WriteList;

namespace {

const KeyPath schannel_key(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL");
const KeyPath local_lists(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002");
const KeyPath policy(Root::local_machine, "SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002");

using What = decltype(Entry::what);

Entry entry(const KeyPath& key, std::string name, What what, std::uint32_t line, std::string protocol = {}) {
    return {.key = key, .value_name = std::move(name), .what = std::move(what), .protocol = std::move(protocol),
            .origin = {"p.toml", line, 1}};
}
What dword(std::uint32_t number) { return schannel::Write{Value::dword(number), Meets::exact}; }
What list(WriteList::Kind kind, WriteList::Form form, std::vector<std::string> names) {
    return WriteList{.kind = kind, .form = form, .names = std::move(names), .places = {}};
}

Profile profile(std::vector<std::vector<Entry>> layers) {
    Profile made;
    for (auto& entries : layers) made.layers.push_back({.file = "p.toml", .name = {}, .entries = std::move(entries)});
    return made;
}

std::vector<std::string> messages(const Diagnostics& diagnostics) {
    std::vector<std::string> lines;
    for (const Diagnostic& d : diagnostics) {
        const char* severity = d.severity == Severity::note ? "note" : d.severity == Severity::warning ? "warning" : "error";
        lines.push_back(std::to_string(d.span.line) + " " + severity + " " + d.rule + ": " + d.message +
                        (d.fix.empty() ? "" : " | " + d.fix));
    }
    return lines;
}
using Lines = std::vector<std::string>;

auto translate(const Profile& made, std::string_view release = {}) {
    return schannel::translate(made, {.release = release.empty() ? nullptr : facts::find_release(release)});
}

}  // namespace

TEST_CASE("Later layers win value by value and what they replaced is kept", "[schannel]") {
    const KeyPath tls12 = schannel_key.below("Protocols\\TLS 1.2\\Client");
    const KeyPath same = schannel_key.below("protocols\\tls 1.2\\CLIENT");
    const auto wanted = translate(profile({{entry(tls12, "Enabled", dword(1), 1), entry(tls12, "DisabledByDefault", dword(0), 2)},
                                           {entry(same, "ENABLED", dword(0), 3)},
                                           {entry(tls12, "Enabled", dword(7), 4)}}));
    REQUIRE(wanted);
    REQUIRE(wanted.value->values.size() == 2);
    CHECK(wanted.value->values[0].name == "DisabledByDefault");
    CHECK(wanted.value->values[0].overridden.empty());
    CHECK(wanted.value->values[1].value == Value::dword(7));
    CHECK(wanted.value->values[1].origin.line == 4);
    REQUIRE(wanted.value->values[1].overridden.size() == 2);
    CHECK(wanted.value->values[1].overridden[0].line == 1);
    CHECK(wanted.value->values[1].overridden[1].line == 3);
}

TEST_CASE("Unmanaged drops what was inherited, and a later layer may ask again", "[schannel]") {
    const auto dropped = translate(
        profile({{entry(schannel_key, "EventLogging", dword(1), 1)}, {entry(schannel_key, "EventLogging", schannel::Unmanaged{}, 2)}}));
    REQUIRE(dropped);
    CHECK(dropped.value->values.empty());
    const auto again = translate(profile({{entry(schannel_key, "EventLogging", schannel::Unmanaged{}, 1)},
                                          {entry(schannel_key, "EventLogging", dword(3), 2)}}));
    REQUIRE(again);
    CHECK(again.value->values.size() == 1);
}

TEST_CASE("Protocols that the release does not know are left out with one note a line", "[schannel]") {
    std::vector<Entry> entries;
    for (const char* role : {"Client", "Server"}) {
        for (const char* name : {"Enabled", "DisabledByDefault"}) {
            entries.push_back(entry(schannel_key.below("Protocols\\TLS 1.3\\" + std::string(role)), name, dword(1), 5, "TLS 1.3"));
        }
    }
    const auto old = translate(profile({entries}), "windows-server-2016");
    REQUIRE(old);
    CHECK(old.value->values.empty());
    CHECK(messages(old.diagnostics) ==
          Lines{"5 note unknown-to-release: \"TLS 1.3\" is left out: Windows Server 2016 does not know it"});
    CHECK(translate(profile({entries}), "windows-server-2022").value->values.size() == 4);
    CHECK(translate(profile({entries})).value->values.size() == 4);
    // Removing what the release does not know anyway is always possible.
    for (Entry& each : entries) each.what = schannel::FollowDefault{};
    CHECK(translate(profile({entries}), "windows-server-2016").value->values.size() == 4);
    // Raw values are written as they stand.
    CHECK(translate(profile({{entry(schannel_key.below("Protocols\\TLS 1.3\\Client"), "Enabled", dword(1), 1)}}), "2016")
              .value->values.size() == 1);
}

TEST_CASE("Lists lose the names that the release does not know, and never all of them", "[schannel]") {
    const auto suites = [](WriteList::Form form, std::vector<std::string> names) {
        return profile({{entry(policy, "Functions", list(WriteList::Kind::cipher_suites, form, std::move(names)), 2)}});
    };
    const std::vector<std::string> three{"TLS_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                                         "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256_P256"};
    const auto on_2016 = translate(suites(WriteList::Form::comma_separated, three), "2016");
    REQUIRE(on_2016);
    CHECK(on_2016.value->values[0].value == Value::sz("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"));
    CHECK(on_2016.value->values[0].meets == Meets::same_strings);
    CHECK(messages(on_2016.diagnostics) ==
          Lines{"2 note unknown-to-release: TLS_AES_256_GCM_SHA384, TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256_P256 are left out: "
                "Windows Server 2016 does not know them"});
    const auto on_2012_r2 = translate(suites(WriteList::Form::multi_sz, three), "2012-r2");
    REQUIRE(on_2012_r2);
    CHECK(on_2012_r2.value->values[0].value == Value::multi_sz({"TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256_P256"}));
    const auto anywhere = translate(suites(WriteList::Form::comma_separated, three));
    CHECK(anywhere.value->values[0].value ==
          Value::sz("TLS_AES_256_GCM_SHA384,TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256_P256"));
    const auto none = translate(suites(WriteList::Form::multi_sz, {"TLS_AES_256_GCM_SHA384"}), "2016");
    CHECK_FALSE(none);
    CHECK(messages(none.diagnostics) == Lines{"2 error nothing-left: of this list Windows Server 2016 knows nothing: "
                                              "TLS_AES_256_GCM_SHA384 | name something that it knows"});
}

TEST_CASE("Releases before Windows 10 have no list of curves to write", "[schannel]") {
    const auto made = profile({{entry(policy, "EccCurves", list(WriteList::Kind::curves, WriteList::Form::multi_sz, {"NistP256"}), 3)}});
    const auto old = translate(made, "2012-r2");
    REQUIRE(old);
    CHECK(old.value->values.empty());
    CHECK(messages(old.diagnostics) ==
          Lines{"3 note unknown-to-release: the list of elliptic curves is left out: Windows Server 2012 R2 has none"});
    CHECK(translate(made, "2022").value->values[0].value == Value::multi_sz({"NistP256"}));
}

TEST_CASE("The protocols of WinHTTP become bits, without those that the release does not know", "[schannel]") {
    const KeyPath winhttp(Root::local_machine, "SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\WinHttp");
    const auto made = profile({{entry(winhttp, "DefaultSecureProtocols",
                                      list(WriteList::Kind::protocols, WriteList::Form::client_bits, {"TLS 1.2", "TLS 1.3"}), 1)}});
    CHECK(translate(made).value->values[0].value == Value::dword(0x2800));
    CHECK(translate(made, "2022").value->values[0].value == Value::dword(0x2800));
    CHECK(translate(made, "2019").value->values[0].value == Value::dword(0x800));
    CHECK(translate(made, "2019").value->values[0].meets == Meets::exact);
}

TEST_CASE("Default removes a value, or writes what an untouched installation holds", "[schannel]") {
    const What follow = schannel::FollowDefault{};
    const auto removed = translate(profile({{entry(policy, "Functions", follow, 1)}}));
    REQUIRE(removed);
    CHECK(removed.value->values[0].value == std::nullopt);

    const auto lists = profile({{entry(local_lists, "Functions", follow, 1), entry(local_lists, "EccCurves", follow, 2),
                                 entry(schannel_key, "EventLogging", follow, 3)}});
    CHECK(messages(translate(lists).diagnostics) ==
          Lines{"1 error default-needs-release: HKLM\\SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002 "
                "\"Functions\" has a default that differs from release to release | name the release",
                "2 error default-needs-release: HKLM\\SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002 "
                "\"EccCurves\" has a default that differs from release to release | name the release",
                "3 error default-needs-release: HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL \"EventLogging\" has a "
                "default that differs from release to release | name the release"});
    const auto on_2022 = translate(lists, "2022");
    REQUIRE(on_2022);
    const registry::Tree held = schannel::untouched(*facts::find_release("2022"));
    for (const registry::WantedValue& item : on_2022.value->values) {
        INFO(item.name);
        REQUIRE(item.value);
        CHECK(*item.value == *held.find_value(item.key, item.name));
    }
}

TEST_CASE("Nothing deletes the lists of the machine", "[schannel]") {
    const KeyPath signatures = local_lists.parent().child("00010003");
    for (const facts::Release& release : facts::releases()) {
        INFO(release.id);
        for (const auto& [key, name] : {std::pair{local_lists, "Functions"}, {local_lists, "EccCurves"}, {signatures, "Functions"}}) {
            const auto wanted = schannel::translate(profile({{entry(key, name, schannel::FollowDefault{}, 1)}}), {.release = &release});
            if (!wanted) continue;
            for (const registry::WantedValue& item : wanted.value->values) CHECK(item.value.has_value());
        }
    }
    CHECK(messages(translate(profile({{entry(signatures, "Functions", schannel::FollowDefault{}, 1)}}), "2022").diagnostics) ==
          Lines{"1 error default-unknown: what an untouched Windows Server 2022 holds in HKLM\\SYSTEM\\CurrentControlSet\\Control\\"
                "Cryptography\\Configuration\\Local\\SSL\\00010003 \"Functions\" is not known | name what it should hold, or leave it out"});
    CHECK(messages(translate(profile({{entry(local_lists, "EccCurves", schannel::FollowDefault{}, 1)}}), "2012-r2").diagnostics) ==
          Lines{"1 note unknown-to-release: HKLM\\SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002 "
                "\"EccCurves\" is left alone: Windows Server 2012 R2 has no such list"});
}

TEST_CASE("Conditions on the release hold by build number and by kind", "[schannel]") {
    using Kind = schannel::WindowsCondition::Kind;
    const auto holds = [](std::vector<std::pair<Kind, std::string>> conditions, std::string_view release) {
        Profile made;
        for (auto& [kind, id] : conditions) made.windows.push_back({.kind = kind, .release = id, .origin = {}});
        return schannel::is_for(made, *facts::find_release(release));
    };
    CHECK(holds({}, "2022") == std::nullopt);
    CHECK(holds({{Kind::greater_equal, "windows-server-2022"}}, "win11-21h2") == true);
    CHECK(holds({{Kind::greater_equal, "windows-server-2022"}}, "win10-22h2") == false);
    CHECK(holds({{Kind::greater, "windows-server-2022"}}, "2022") == false);
    CHECK(holds({{Kind::less, "windows-server-2022"}}, "2019") == true);
    CHECK(holds({{Kind::less_equal, "windows-server-2022"}}, "2022") == true);
    CHECK(holds({{Kind::equal, "windows-server-2022"}}, "2022") == true);
    CHECK(holds({{Kind::equal, "windows-server-2016"}}, "win10-1607") == false);
    CHECK(holds({{Kind::client, ""}}, "win11-21h2") == true);
    CHECK(holds({{Kind::server, ""}}, "win11-21h2") == false);
    CHECK(holds({{Kind::server, ""}, {Kind::less, "windows-server-2022"}}, "2022") == false);
}
