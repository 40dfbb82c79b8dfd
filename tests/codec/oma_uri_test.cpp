#include "schancfg/codec/oma_uri.hpp"

#include <nlohmann/json.hpp>

#include <map>

#include "carrier_golden.hpp"

using namespace schancfg;
using namespace carrier_golden;

namespace {

const facts::Release* newest() { return facts::find_release("windows-11-24h2"); }

codec::Carried carried_of(const codec::CarrierInput& input) {
    auto carried = codec::encode_oma_uri(input);
    REQUIRE(carried);
    return std::move(*carried);
}

std::map<std::string, nlohmann::json> settings_of(const codec::Carried& carried) {
    std::map<std::string, nlohmann::json> out;
    if (carried.files.empty()) return out;
    const auto document = nlohmann::json::parse(carried.files.front().bytes);
    CHECK(document["@odata.type"] == "#microsoft.graph.windows10CustomConfiguration");
    for (const auto& setting : document["omaSettings"]) {
        const std::string name = setting["displayName"];
        CHECK(setting["omaUri"] == "./Device/Vendor/MSFT/Policy/Config/Cryptography/" + name);
        CHECK(setting["@odata.type"] == (setting["value"].is_number() ? "#microsoft.graph.omaSettingInteger" : "#microsoft.graph.omaSettingString"));
        out[name] = setting["value"];
    }
    return out;
}

using Settings = std::map<std::string, nlohmann::json>;

}  // namespace

TEST_CASE("Lists, FIPS and the lowest versions are said, and everything else is named as left out", "[codec]") {
    const auto carried = carried_of(input_of_text("format = 1\n[protocols]\n\"TLS 1.0\" = \"disabled\"\n\"TLS 1.1\" = { server = \"disabled\" }\n\"DTLS 1.0\" = { client = \"disabled\" }\n"
                                                  "[ciphers]\n\"NULL\" = \"disabled\"\n[cipher_suites.policy]\norder = [\"TLS_AES_256_GCM_SHA384\", \"TLS_AES_128_GCM_SHA256\"]\n"
                                                  "[elliptic_curves.policy]\norder = [\"NistP256\", \"NistP384\"]\n[fips]\nenabled = true\n",
                                                  {.release = newest()}));
    CHECK(settings_of(carried) == Settings{{"AllowFipsAlgorithmPolicy", 1},
                                           {"ConfigureEllipticCurveCryptography", "NistP256;NistP384"},
                                           {"OverrideMinimumEnabledDTLSVersionClient", "1.2"},
                                           {"OverrideMinimumEnabledTLSVersionClient", "1.1"},
                                           {"OverrideMinimumEnabledTLSVersionServer", "1.2"},
                                           {"TLSCipherSuites", "TLS_AES_256_GCM_SHA384;TLS_AES_128_GCM_SHA256"}});
    std::size_t protocols = 0, ciphers = 0;
    for (const codec::CarrierGap& gap : carried.gaps) {
        CHECK(gap.reason == "Policy CSP has no setting for it");
        protocols += gap.key.to_string().find("\\Protocols\\") != std::string::npos;
        ciphers += gap.key.to_string().find("\\Ciphers\\") != std::string::npos;
    }
    CHECK(protocols == 8);
    CHECK(ciphers == 1);
    CHECK(carried.gaps.size() == 9);
}

TEST_CASE("A version that is off above one that is not is no floor", "[codec]") {
    CHECK(settings_of(carried_of(input_of_text("format = 1\n[protocols]\n\"TLS 1.1\" = \"disabled\"\n", {.release = newest()}))).empty());
    CHECK(settings_of(carried_of(input_of_text("format = 1\n[protocols]\n\"TLS 1.0\" = \"disabled\"\n", {.release = facts::find_release("windows-11-23h2")}))).empty());
}

TEST_CASE("A list that is to be absent cannot be said", "[codec]") {
    const auto carried = carried_of(input_of_text("format = 1\n[cipher_suites.policy]\norder = \"default\"\n", {.release = newest()}));
    CHECK(carried.files.empty());
    REQUIRE(carried.gaps.size() == 1);
    CHECK(carried.gaps.front().reason == "a configuration cannot ask for a value to be absent; unassign the one that set it");
}

TEST_CASE("A name that holds what parts names is a gap, not two names", "[codec]") {
    const registry::KeyPath key(registry::Root::local_machine, "SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002");
    for (const registry::Value& value : {registry::Value::multi_sz({"a;b", "c"}), registry::Value::sz("a,,c"), registry::Value::dword(1)}) {
        const auto carried = carried_of(input_of_line(key, "Functions", value));
        CHECK(carried.files.empty());
        REQUIRE(carried.gaps.size() == 1);
        CHECK(carried.gaps.front().reason == "its data are not a list of names that semicolons can part");
    }
    CHECK(settings_of(carried_of(input_of_line(key, "EccCurves", registry::Value::sz("a,c"))))["ConfigureEllipticCurveCryptography"] == "a;c");
}

TEST_CASE("Where releases differ each has a configuration, the same as that of an export for it alone, from Windows 10 on", "[codec]") {
    const schannel::BuiltinProfile& profile = *schannel::find_builtin_profile("best-practices");
    const auto all = carried_of(input_of_shipped(profile));
    for (const facts::Release& release : facts::releases()) {
        INFO(release.id);
        const auto file = std::ranges::find(all.files, "oma-uri." + std::string(release.id) + ".json", &codec::CarrierFile::path);
        CHECK((file != all.files.end()) == (release.build.number >= 10240));
        if (file == all.files.end()) continue;
        const auto alone = carried_of(input_of_shipped(profile, {.release = &release}));
        REQUIRE(alone.files.size() == 1);
        CHECK((alone.files.front().bytes == file->bytes));
    }
    const auto old = carried_of(input_of_shipped(profile, {.release = facts::find_release("windows-8.1")}));
    CHECK(old.files.empty());
    CHECK(old.gaps.front().reason == "Windows before Windows 10 has no Policy CSP");
    CHECK(std::ranges::any_of(all.gaps, [](const codec::CarrierGap& gap) { return gap.value == "Functions"; }));
}

TEST_CASE("The configuration of each shipped profile is the one that was looked through", "[codec]") {
    std::string all;
    for (const schannel::BuiltinProfile& shipped : schannel::builtin_profiles()) {
        const auto decoded = codec::decode_profile(shipped.text, "built-in:" + std::string(shipped.name), {});
        REQUIRE(decoded);
        const facts::Release* last = nullptr;
        for (const facts::Release& release : facts::releases()) {
            if (codec::carrier_variants(*decoded.value, {.release = &release})) last = &release;
        }
        REQUIRE(last != nullptr);
        const codec::Carried carried = carried_of(input_of_shipped(shipped, {.release = last}));
        all += "=== " + std::string(shipped.name) + "@" + std::string(last->id) + ", " + std::to_string(carried.gaps.size()) + " cannot be said\n";
        for (const codec::CarrierFile& file : carried.files) all += file.bytes;
    }
    look("oma-uri.txt", all);
}
