#include "schancfg/codec/dsc.hpp"

#include <nlohmann/json.hpp>

#include "carrier_golden.hpp"
#include "schancfg/registry/overlay.hpp"
#include "schancfg/schannel/defaults.hpp"
#include "schancfg/schannel/translate.hpp"
#include "shipped_sample.hpp"

using namespace schancfg;
using namespace carrier_golden;
using Json = nlohmann::json;

namespace {

Json document_of(const codec::CarrierInput& input) {
    const auto carried = codec::encode_dsc(input);
    REQUIRE(carried);
    REQUIRE(carried->files.size() == 1);
    return Json::parse(carried->files.front().bytes);
}

// What Microsoft.Windows/Registry does with each resource, in their order.
void carry_out(const Json& document, registry::Tree& tree) {
    for (const Json& resource : document["resources"]) {
        const Json& properties = resource["properties"];
        const auto key = registry::KeyPath::parse(properties["keyPath"].get<std::string>());
        REQUIRE(key);
        registry::Operation operation{.op = registry::Op::erase_value, .key = *key, .name = properties["valueName"].get<std::string>()};
        if (properties.contains("valueData")) {
            operation.op = registry::Op::set_value;
            const Json& data = properties["valueData"];
            if (data.contains("DWord")) operation.value = registry::Value::dword(data["DWord"].get<std::uint32_t>());
            else if (data.contains("String")) operation.value = registry::Value::sz(data["String"].get<std::string>());
            else operation.value = registry::Value::multi_sz(data.at("MultiString").get<std::vector<std::string>>());
        }
        registry::replay(operation, tree);
    }
}

}  // namespace

TEST_CASE("A document gives what the profile asks for, and its removal the state before, for every shipped profile", "[codec]") {
    for (const char* os : {"2012-r2", "2016", "2022", "windows-11-24h2"}) {
        const facts::Release* release = facts::find_release(os);
        for (const schannel::BuiltinProfile& shipped : test::shipped_profiles()) {
            INFO(shipped.name << " on " << os);
            const auto decoded = codec::decode_profile(shipped.text, "built-in", {});
            REQUIRE(decoded);
            if (!codec::carrier_variants(*decoded.value, {.release = release})) continue;
            const codec::CarrierInput input = input_of(*decoded.value, "p", {.release = release}), back = input_of(*decoded.value, "p", {.release = release, .removal = true});
            const auto carried = codec::encode_dsc(input);
            REQUIRE(carried);
            if (!carried->gaps.empty() || carried->files.empty()) continue;
            registry::Tree tree = schannel::untouched(*release);
            carry_out(Json::parse(carried->files.front().bytes), tree);
            for (const registry::WantedValue& item : input.variants.front().wanted.values) CHECK(item.is_met_by(tree.find_value(item.key, item.name)));
            const auto undone = codec::encode_dsc(back);
            REQUIRE(undone);
            if (!undone->gaps.empty() || undone->files.empty()) continue;
            carry_out(Json::parse(undone->files.front().bytes), tree);
            const registry::Tree before = schannel::untouched(*release);
            for (const registry::WantedValue& item : input.variants.front().wanted.values) {
                const registry::Value* held = tree.find_value(item.key, item.name);
                const registry::Value* once = before.find_value(item.key, item.name);
                CHECK((held == nullptr) == (once == nullptr));
                if (held != nullptr && once != nullptr) CHECK(*held == *once);
            }
        }
    }
}

TEST_CASE("Data has the member that its type is, a DWORD without a sign, and what has none is a gap", "[codec]") {
    const registry::KeyPath key(registry::Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Ciphers\\AES 128/128");
    const auto properties = [&](const registry::Value& value) { return document_of(input_of_line(key, "Enabled", value))["resources"][0]["properties"]; };
    CHECK(properties(registry::Value::dword(0xFFFFFFFF))["valueData"] == Json{{"DWord", 4294967295}});
    CHECK(properties(registry::Value::dword(1))["keyPath"] == "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Ciphers\\AES 128/128");
    CHECK(properties(registry::Value::qword(1))["valueData"] == Json{{"QWord", 1}});
    CHECK(properties(registry::Value::expand_sz("%a%"))["valueData"] == Json{{"ExpandString", "%a%"}});
    CHECK(properties(registry::Value::multi_sz({"a", "b"}))["valueData"] == Json{{"MultiString", {"a", "b"}}});
    CHECK(properties(registry::Value::binary(std::string("\x00\xFF", 2)))["valueData"] == Json{{"Binary", {0, 255}}});
    const auto odd = codec::encode_dsc(input_of_line(key, "Enabled", registry::Value{registry::reg_none, "ab"}));
    REQUIRE(odd);
    CHECK(odd->files.empty());
    REQUIRE(odd->gaps.size() == 1);
    CHECK(odd->gaps[0].reason == "Microsoft.Windows/Registry has no member for REG_NONE with these bytes");
}

TEST_CASE("Text that the engine would carry out as a function is a gap", "[codec]") {
    const registry::KeyPath key(registry::Root::local_machine, "SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002");
    const auto gap = [&](const std::string& name, const registry::Value& value) {
        const auto carried = codec::encode_dsc(input_of_line(key, name, value));
        REQUIRE(carried);
        CHECK(carried->files.empty());
        REQUIRE(carried->gaps.size() == 1);
        return carried->gaps.front().reason;
    };
    const std::string reason = "DSC takes text that begins with [ for a function";
    CHECK(gap("Functions", registry::Value::sz("[envvar('PATH')]")) == reason);
    CHECK(gap("EccCurves", registry::Value::multi_sz({"NistP256", "[concat('a', 'b')]"})) == reason);
    CHECK(gap("[x()]", registry::Value::dword(1)) == reason);
    CHECK(document_of(input_of_line(key, "Functions", registry::Value::sz("a[b]")))["resources"][0]["properties"]["valueData"]["String"] == "a[b]");
}

TEST_CASE("Where releases differ each has a document, the same as that of an export for it alone", "[codec]") {
    const schannel::BuiltinProfile& strict = *schannel::find_builtin_profile("strict");
    const auto all = codec::encode_dsc(input_of_shipped(strict));
    REQUIRE(all);
    std::size_t found = 0;
    for (const facts::Release& release : facts::releases()) {
        const std::string path = "tls-settings." + std::string(release.id) + ".dsc.config.json";
        const auto file = std::ranges::find(all->files, path, &codec::CarrierFile::path);
        const auto decoded = codec::decode_profile(strict.text, "built-in:strict", {});
        CHECK((file != all->files.end()) == schannel::is_for(*decoded.value, release).value_or(false));
        if (file == all->files.end()) continue;
        ++found;
        const auto alone = codec::encode_dsc(input_of_shipped(strict, {.release = &release}));
        REQUIRE(alone);
        CHECK(alone->files.front().path == path);
        CHECK((alone->files.front().bytes == file->bytes));
    }
    CHECK(found == all->files.size());
}

TEST_CASE("Names of resources are plain, and each stands once", "[codec]") {
    codec::CarrierInput input = input_of_text("format = 1\n[ciphers]\n\"AES 128/128\" = \"disabled\"\n\"RC4 128/128\" = \"disabled\"\n[protocols]\n\"TLS 1.2\" = \"enabled\"\n", {.release = facts::find_release("2022")});
    input.variants.front().wanted.values.push_back(input.variants.front().wanted.values.front());
    const Json document = document_of(input);
    std::vector<std::string> names;
    for (const Json& each : document["resources"]) names.push_back(each["name"]);
    CHECK(names.front() == "Protocols TLS 1 2 Client DisabledByDefault");
    CHECK(names.back() == "SCHANNEL Ciphers AES 128 128 Enabled 2");
}

TEST_CASE("The documents of every shipped profile are those that were looked through", "[codec]") { look("dsc.txt", sizes_and_digests(codec::encode_dsc)); }
