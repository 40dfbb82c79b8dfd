#include "schancfg/codec/gpp_xml.hpp"

#include <set>

#include "carrier_golden.hpp"
#include "policy_text.hpp"
#include "shipped_sample.hpp"

using namespace schancfg;
using carrier_golden::input_of_text;

namespace {

using Lines = std::vector<std::string>;

std::string file_of(const std::string& items) { return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<RegistrySettings clsid=\"{A3CCFC41-DFDB-43a5-8D26-0FE8B954DA51}\">\n" + items + "\n</RegistrySettings>"; }
std::string item_of(const std::string& properties, const std::string& more = "", const std::string& attributes = "") {
    return "<Registry name=\"n\"" + attributes + "><Properties hive=\"HKEY_LOCAL_MACHINE\" " + properties + "/>" + more + "</Registry>";
}

codec::PolicyLines read(const std::string& items, Diagnostics* said = nullptr) {
    auto decoded = codec::decode_gpp(file_of(items), "r.xml");
    for (const auto& each : decoded.diagnostics) INFO(each.message);
    REQUIRE(decoded);
    if (said != nullptr) *said = decoded.diagnostics;
    return std::move(*decoded.value);
}
Lines lines(const std::string& items, Diagnostics* said = nullptr) { return policy_text::shown(read(items, said).patch); }

std::string mistake(const std::string& text) {
    const auto decoded = codec::decode_gpp(text, "r.xml");
    REQUIRE_FALSE(decoded);
    const Diagnostic& found = decoded.diagnostics.back();
    return std::to_string(found.span.line) + ':' + std::to_string(found.span.column) + ": " + found.rule + ": " + found.message;
}

std::string filter(const std::string& name, const std::string& rest, const std::string& joined = "AND") {
    return "<FilterRegistry bool=\"" + joined + "\" not=\"0\" type=\"MATCHVALUE\" hive=\"HKEY_LOCAL_MACHINE\" key=\"SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\" valueName=\"" + name + "\" " + rest + "/>";
}

}  // namespace

TEST_CASE("Actions and types of items are read as the client carries them out", "[codec]") {
    CHECK(lines(item_of(R"(key="K" name="V" type="REG_DWORD" value="FFFFFFFF")")) == Lines{"3 set K V 4:ffffffff"});
    CHECK(lines(item_of(R"(action="C" key="\K\" name="V" type="REG_QWORD" value="0000000000000001")")) == Lines{"3 set? K V 11:0100000000000000"});
    CHECK(lines(item_of(R"(action="D" key="AES 128/128" name="V")")) == Lines{"3 unset AES 128/128 V"});
    CHECK(lines(item_of(R"(action="R" key="K" default="1" name="" type="REG_SZ" value="a&amp;b")")) == Lines{"3 set K  1:6100260062000000"});
    CHECK(lines(item_of(R"(action="D" key="K\X" name="" default="0")")) == Lines{"3 erase K\\X"});
    Diagnostics said;
    CHECK(lines(item_of(R"(action="R" key="K" name="" default="0")"), &said) == Lines{"3 erase K", "3 create K"});
    REQUIRE(said.size() == 1);
    CHECK(said.front().rule == "gpp-replaces-key");
    CHECK(lines(item_of(R"(key="K" name="V" type="REG_DWORD" value="1f")"), &said) == Lines{"3 set K V 4:1f000000"});
    CHECK(said.front().message == "\"1f\" has fewer than 8 digits; it is read as hexadecimal, 31");
}

TEST_CASE("Strings of a list stand in elements, not in the attribute", "[codec]") {
    CHECK(lines("<Registry name=\"n\"><Properties hive=\"HKEY_LOCAL_MACHINE\" key=\"K\" name=\"V\" type=\"REG_MULTI_SZ\" value=\"a b\"><Values><Value>a b</Value></Values></Properties></Registry>") == Lines{"3 set K V 7:6100200062000000" "0000"});
    Diagnostics said;
    CHECK(lines(item_of(R"(key="K" name="V" type="REG_MULTI_SZ" value="a b")"), &said).empty());
    CHECK(said.front().message == "the strings of a REG_MULTI_SZ stand in <Values>, which is missing, so the item is left out");
}

TEST_CASE("What is switched off is left out, groups with all in them", "[codec]") {
    Diagnostics said;
    const std::string one = item_of(R"(key="K" name="V" type="REG_DWORD" value="00000001")");
    CHECK(lines(one + "<Collection disabled=\"1\"><Collection>" + one + one + "</Collection></Collection>" + item_of("key=\"K\" name=\"W\"", "", " disabled=\"1\""), &said).size() == 1);
    REQUIRE(said.size() == 1);
    CHECK(said.front().message == "3 items are switched off and left out");
    CHECK(lines("<Collection><Collection>" + one + "</Collection></Collection>").size() == 1);
}

TEST_CASE("What is no Registry.xml is refused with its place", "[codec]") {
    CHECK(mistake("").find("gpp-syntax") != std::string::npos);
    CHECK(mistake("<Groups/>") == "1:1: gpp-root: this is no Registry.xml: its root element is \"Groups\"");
    CHECK(mistake("<a>\n<b></a>").find("gpp-syntax: this is not XML") != std::string::npos);
    CHECK(mistake("<a/><b/>") == "1:5: gpp-syntax: this is not XML: there is a second root element");
    CHECK(mistake("<!DOCTYPE x [<!ENTITY e \"e\">]><RegistrySettings/>") == "1:1: gpp-entities: the file has a document type, which no file of a policy has");
    CHECK(mistake("<a>\xFF</a>") == "1:4: gpp-encoding: the file is not UTF-8");
    CHECK(mistake(file_of(item_of(R"(action="X" key="K" name="V")"))) == "3:1: gpp-action: the action \"X\" is unknown");
    std::string deep;
    for (int at = 0; at < 100000; ++at) deep += "<a>";
    CHECK(mistake(deep).find("gpp-limit: elements are nested deeper than 64 levels") != std::string::npos);
    std::string wide = "<a>";
    for (int at = 0; at < 500001; ++at) wide += "<b/>";
    CHECK(mistake(wide + "</a>").find("gpp-limit: there are more than 500,000 elements") != std::string::npos);
}

TEST_CASE("Targeting by build and by kind of installation is evaluated for each release", "[codec]") {
    const auto on = [](const std::string& filters, const char* release) {
        return codec::lines_on(read(item_of(R"(key="K" name="V" type="REG_DWORD" value="00000001")", "<Filters>" + filters + "</Filters>")), facts::find_release(release)).operations.size() == 1;
    };
    const std::string from_2022 = filter("CurrentBuildNumber", R"(subtype="VERSION" min="20348.0.0.0" max="65535.0.0.0" gte="1" lte="1")");
    CHECK(on(from_2022, "windows-server-2022"));
    CHECK(on(from_2022, "windows-11-24h2"));
    CHECK_FALSE(on(from_2022, "windows-server-2019"));
    const std::string client = filter("InstallationType", R"(subtype="SUBSTRING" valueData="Client")");
    CHECK(on(from_2022 + client, "windows-11-24h2"));
    CHECK_FALSE(on(from_2022 + client, "windows-server-2025"));
    CHECK(on(client + filter("CurrentBuild", R"(subtype="SUBSTRING" valueData="20348")", "OR"), "windows-server-2022"));
    CHECK_FALSE(on("<FilterCollection bool=\"AND\" not=\"1\">" + from_2022 + "</FilterCollection>", "windows-server-2022"));
    // Another filter leaves it open, unless the release is out of the question already.
    const auto lines = read(item_of(R"(key="K" name="V" type="REG_DWORD" value="00000001")", "<Filters>" + from_2022 + "<FilterGroup bool=\"AND\" not=\"0\" name=\"x\"/></Filters>"));
    REQUIRE(lines.targets.size() == 1);
    CHECK(lines.targets.front().releases.empty());
    CHECK(std::ranges::find(lines.targets.front().uncertain, facts::find_release("windows-server-2022")) != lines.targets.front().uncertain.end());
    CHECK(std::ranges::find(lines.targets.front().uncertain, facts::find_release("windows-server-2019")) == lines.targets.front().uncertain.end());
    CHECK(lines.targets.front().kinds == Lines{"FilterGroup"});
}

TEST_CASE("What an item depends on besides the release is named, that of its groups as well", "[codec]") {
    const auto kinds = [](const std::string& items) {
        std::vector<Lines> out;
        for (const codec::PolicyTarget& target : read(items).targets) out.push_back(target.kinds);
        return out;
    };
    const std::string one = R"(key="K" name="V" type="REG_DWORD" value="00000001")";
    const std::string os = "<Filters><FilterOs bool=\"AND\" not=\"0\"/></Filters>", wmi = "<Filters><FilterWmi bool=\"AND\" not=\"0\"/></Filters>";
    CHECK(kinds(item_of(one, os) + item_of(one, wmi) + item_of(one, os)) == std::vector<Lines>{{"FilterOs"}, {"FilterWmi"}});
    CHECK(kinds("<Collection>" + os + item_of(one, wmi) + item_of(one) + "</Collection>") == std::vector<Lines>{{"FilterOs", "FilterWmi"}, {"FilterOs"}});
    const std::string build = filter("CurrentBuildNumber", R"(subtype="VERSION" min="20348.0.0.0" max="65535.0.0.0" gte="1" lte="1")");
    CHECK(kinds(item_of(one, "<Filters>" + build + "</Filters>")) == std::vector<Lines>{{}});
    // No source says which of the two binds tighter.
    CHECK(kinds(item_of(one, "<Filters>" + build + filter("CurrentBuildNumber", R"(valueData="14393")", "OR") + filter("InstallationType", R"(valueData="Client")") + "</Filters>")) == std::vector<Lines>{{"AND beside OR"}});
}

TEST_CASE("An item with a variable is left out, since what the client makes of it is not known", "[codec]") {
    const auto said_of = [](const std::string& items) {
        Diagnostics said;
        CHECK(lines(items, &said).empty());
        REQUIRE(said.size() == 1);
        CHECK(said.front().rule == "gpp-item");
        return said.front().message;
    };
    CHECK(said_of(item_of(R"(key="K" name="V" type="REG_SZ" value="TLS_A,%SUITES%")")) == "\"TLS_A,%SUITES%\" holds a variable, which the client replaces, so the item is left out");
    CHECK(said_of(item_of(R"(key="K\%X%" name="V" type="REG_SZ" value="a")")).starts_with("\"K\\%X%\" holds a variable"));
    CHECK(said_of(item_of(R"(action="D" key="K" name="%X%")")).starts_with("\"%X%\" holds a variable"));
    CHECK(said_of("<Registry name=\"n\"><Properties hive=\"HKEY_LOCAL_MACHINE\" key=\"K\" name=\"V\" type=\"REG_MULTI_SZ\"><Values><Value>a</Value><Value>%%X%</Value></Values></Properties></Registry>").starts_with("\"%%X%\" holds a variable"));
    CHECK(lines(item_of(R"(key="K" name="100%" type="REG_SZ" value="%%")")).size() == 1);
    CHECK(lines(item_of("key=\"K\" name=\"V\" type=\"REG_SZ\" value=\"" + std::string(1000000, '%') + "\"")).size() == 1);
    // It stays one in the registry, and is replaced when a program reads it.
    CHECK(lines(item_of(R"(key="K" name="V" type="REG_EXPAND_SZ" value="%SystemRoot%")")).size() == 1);
}

TEST_CASE("What is exported is read back as what each release is asked for, for every shipped profile", "[codec]") {
    for (const schannel::BuiltinProfile& shipped : test::shipped_profiles()) {
        for (const bool removal : {false, true}) {
            INFO(shipped.name << (removal ? " removal" : ""));
            const codec::CarrierInput input = carrier_golden::input_of_shipped(shipped, {.removal = removal});
            const auto carried = codec::encode_gpp_carrier(input);
            REQUIRE(carried);
            CHECK(std::ranges::all_of(carried->gaps, [](const codec::CarrierGap& gap) { return gap.reason.ends_with("; they are written everywhere"); }));
            REQUIRE(carried->files.size() == 1);
            const auto decoded = codec::decode_gpp(carried->files.front().bytes, "r.xml");
            REQUIRE(decoded);
            CHECK(decoded.diagnostics.empty());
            std::set<const facts::Release*> meant;
            const auto same = [](const registry::Wanted& asked, const registry::Wanted& found) {
                return std::ranges::equal(asked.values, found.values, [](const auto& a, const auto& b) { return a.key == b.key && a.name == b.name && a.value == b.value; });
            };
            for (const codec::CarrierVariant& variant : input.variants) {
                for (const facts::Release* release : variant.releases) {
                    meant.insert(release);
                    INFO(release->id);
                    CHECK(same(variant.wanted, registry::to_wanted(codec::lines_on(*decoded.value, release))));
                }
                if (variant.releases.empty()) CHECK(same(variant.wanted, registry::to_wanted(codec::lines_on(*decoded.value, nullptr))));
            }
            if (meant.empty()) continue;
            for (const facts::Release& release : facts::releases()) {
                if (!meant.contains(&release)) CHECK(codec::lines_on(*decoded.value, &release).operations.empty());
            }
        }
    }
}

TEST_CASE("What Preferences cannot hold is a gap with its reason", "[codec]") {
    const registry::KeyPath key(registry::Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL");
    const auto reason = [&](const registry::Value& value) {
        const auto carried = codec::encode_gpp_carrier(carrier_golden::input_of_line(key, "EventLogging", value));
        REQUIRE(carried);
        CHECK(carried->files.empty());
        REQUIRE(carried->gaps.size() == 1);
        return carried->gaps.front().reason;
    };
    CHECK(reason({registry::reg_dword, "abc"}) == "Preferences have no items of type REG_DWORD with 3 bytes");
    CHECK(reason({registry::reg_none, "abc"}) == "Preferences have no items of type REG_NONE");
    CHECK(reason({registry::reg_sz, "a"}) == "its bytes are not one string");
    CHECK(reason(registry::Value::sz("100%")) == "Preferences replace variables between percent signs");
    CHECK(reason(registry::Value::expand_sz("%SystemRoot%")) == "Preferences replace variables between percent signs");
    CHECK(reason(registry::Value::multi_sz({"a", "%X%"})) == "Preferences replace variables between percent signs");
    CHECK(reason(registry::Value::sz("\x01")) == "XML cannot hold its characters");
}

TEST_CASE("The registry items of strict are what was looked through, and those of every shipped profile are as they were", "[codec]") {
    std::string out;
    for (const schannel::BuiltinProfile& shipped : schannel::builtin_profiles()) {
        const auto carried = codec::encode_gpp_carrier(carrier_golden::input_of_shipped(shipped));
        REQUIRE(carried);
        if (shipped.name == "no-dh") carrier_golden::look("gpp/no-dh.xml", carrier_golden::without_cr(carried->files.front().bytes));
    }
    carrier_golden::look("gpp/digests.txt", carrier_golden::sizes_and_digests(codec::encode_gpp_carrier));
}
