#include "schancfg/codec/carrier.hpp"

#include <set>

#include "catch.hpp"
#include "profile_text.hpp"
#include "schancfg/codec/ansible.hpp"
#include "schancfg/codec/dsc.hpp"
#include "schancfg/codec/gpo.hpp"
#include "schancfg/codec/gpp_xml.hpp"
#include "schancfg/codec/intune.hpp"
#include "schancfg/codec/pol.hpp"
#include "schancfg/codec/ps1.hpp"
#include "schancfg/codec/profile_toml.hpp"
#include "schancfg/registry/patch.hpp"
#include "schancfg/schannel/builtin.hpp"
#include "schancfg/schannel/defaults.hpp"
#include "schancfg/schannel/translate.hpp"
#include "shipped_sample.hpp"

using namespace schancfg;

namespace {

schannel::Profile profile_of(const std::string& text) {
    auto decoded = codec::decode_profile(text, "p.toml", {});
    REQUIRE(decoded);
    return std::move(*decoded.value);
}

// Keys without a value are no difference.
std::vector<std::string> values_of(const registry::Tree& tree) {
    std::vector<std::string> out;
    tree.for_each([&](const registry::KeyPath& path, const registry::Key& key) {
        for (const registry::NamedValue& value : key.values) out.push_back(path.to_string() + " " + value.name + " " + profile_text::show(value.value));
    });
    return out;
}

registry::Tree after(registry::Tree tree, const registry::Wanted& wanted) {
    registry::replay(registry::to_patch(wanted), tree);
    return tree;
}

}  // namespace

TEST_CASE("What depends on no release is asked of every machine, and what does is told apart by release", "[codec]") {
    const auto same = codec::carrier_variants(profile_of("format = 1\n[protocols]\n\"TLS 1.0\" = \"disabled\"\n"), {});
    REQUIRE(same);
    REQUIRE(same.value->size() == 1);
    CHECK(same.value->front().releases.empty());

    const auto apart = codec::carrier_variants(profile_of("format = 1\n[protocols]\n\"TLS 1.3\" = \"enabled\"\n\"TLS 1.0\" = \"disabled\"\n"), {});
    REQUIRE(apart);
    CHECK(apart.value->size() == 2);
    std::set<const facts::Release*> seen;
    for (const auto& variant : *apart.value) {
        for (const facts::Release* release : variant.releases) CHECK(seen.insert(release).second);
    }
    CHECK(seen.size() == facts::releases().size());
}

TEST_CASE("Only the releases that `windows` allows are meant, also where all are asked for the same", "[codec]") {
    const auto found = codec::carrier_variants(profile_of("format = 1\nwindows = [\"server\", \">= windows-server-2019\"]\n[protocols]\n\"TLS 1.0\" = \"disabled\"\n"), {});
    REQUIRE(found);
    REQUIRE(found.value->size() == 1);
    for (const facts::Release* release : found.value->front().releases) {
        CHECK(release->server);
        CHECK(release->build.number >= 17763);
    }
    const facts::Release* old = facts::find_release("windows-server-2016");
    const auto refused = codec::carrier_variants(profile_of("format = 1\nwindows = \">= windows-server-2019\"\n[protocols]\n\"TLS 1.0\" = \"disabled\"\n"), {.release = old});
    REQUIRE_FALSE(refused);
    CHECK(refused.diagnostics.front().message == "the profile is not for Windows Server 2016");
}

TEST_CASE("A removal after an export leaves an untouched installation as it was, for every shipped profile and release", "[codec]") {
    for (const schannel::BuiltinProfile& shipped : test::shipped_profiles()) {
        const auto decoded = codec::decode_profile(shipped.text, "built-in:" + std::string(shipped.name), {});
        REQUIRE(decoded);
        for (const facts::Release& release : facts::releases()) {
            INFO(shipped.name << " " << release.id);
            const auto exported = codec::carrier_variants(*decoded.value, {.release = &release});
            const auto removal = codec::carrier_variants(*decoded.value, {.release = &release, .removal = true});
            REQUIRE(exported.value.has_value() == removal.value.has_value());
            if (!exported) continue;
            const registry::Tree before = schannel::untouched(release);
            const registry::Tree end = after(after(schannel::untouched(release), exported.value->front().wanted), removal.value->front().wanted);
            CHECK(values_of(end) == values_of(before));
        }
    }
}

TEST_CASE("A removal of lines that know no release leaves each release's untouched installation as it was, and deletes no list of Windows", "[codec]") {
    registry::Patch lines;
    const auto key = [](const std::string& path) { return registry::KeyPath(registry::Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\" + path); };
    const registry::KeyPath local = key("Cryptography\\Configuration\\Local\\SSL\\00010002"), schannel = key("SecurityProviders\\SCHANNEL");
    const auto set = [](const registry::KeyPath& at, const char* name, registry::Value value) { return registry::Operation{.op = registry::Op::set_value, .key = at, .name = name, .value = std::move(value)}; };
    lines.operations = {set(local, "Functions", registry::Value::multi_sz({"TLS_AES_256_GCM_SHA384"})),
                        set(schannel, "EventLogging", registry::Value::dword(7)),
                        set(key("SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.0\\Client"), "Enabled", registry::Value::dword(0)),
                        {.op = registry::Op::erase_key, .key = key("SecurityProviders\\SCHANNEL\\Protocols\\SSL 2.0")},
                        {.op = registry::Op::erase_all_values, .key = key("Lsa\\FIPSAlgorithmPolicy")},
                        set(key("Lsa\\FIPSAlgorithmPolicy"), "Other", registry::Value::dword(0))};
    const registry::Wanted wanted = registry::to_wanted(lines);
    const auto for_all = codec::carrier_variants(wanted, {.removal = true});
    CHECK(for_all.size() > 1);
    std::size_t restored = 0;
    for (const facts::Release& release : facts::releases()) {
        INFO(release.id);
        const auto alone = codec::carrier_variants(wanted, {.release = &release, .removal = true});
        REQUIRE(alone.size() == 1);
        const registry::Tree before = schannel::untouched(release);
        registry::Tree end = after(after(schannel::untouched(release), wanted), alone.front().wanted);
        if (before.find_value(local, "Functions") == nullptr) {
            CHECK(end.find_value(local, "Functions") != nullptr);
            registry::Patch own;
            own.operations = {{.op = registry::Op::erase_value, .key = local, .name = "Functions"}};
            registry::replay(own, end);
        }
        CHECK(values_of(end) == values_of(before));
        if (before.find_value(key("SecurityProviders\\SCHANNEL\\Protocols\\SSL 2.0\\Client"), "DisabledByDefault") != nullptr) ++restored;
        const auto its = std::ranges::find_if(for_all, [&](const auto& variant) { return std::ranges::find(variant.releases, &release) != variant.releases.end(); });
        REQUIRE(its != for_all.end());
        CHECK(values_of(after(after(schannel::untouched(release), wanted), its->wanted)) == values_of(after(after(schannel::untouched(release), wanted), alone.front().wanted)));
    }
    CHECK(restored > 0);
    CHECK(codec::carrier_variants(wanted, {}).size() == 1);
}

TEST_CASE("What depends on what a machine holds is carried as that, or told", "[codec]") {
    const registry::KeyPath key(registry::Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\KeyExchangeAlgorithms\\PKCS");
    const auto input_of = [&](registry::Meets meets, std::vector<std::string> only_where_held = {}) {
        registry::WantedValue item{.key = key, .name = "ClientMinKeyBitLength", .value = registry::Value::dword(2048), .meets = meets, .origin = {}, .overridden = {}};
        if (!only_where_held.empty()) item.value = registry::Value::multi_sz({"a", "b"});
        item.only_where_held = std::move(only_where_held);
        codec::CarrierVariant variant;
        variant.wanted.values = {std::move(item)};
        return codec::CarrierInput{.name = "p", .label = "p", .variants = {std::move(variant)}};
    };
    const auto written = [](const Result<codec::Carried>& carried, std::string_view part) {
        REQUIRE(carried);
        return std::ranges::any_of(carried->files, [&](const codec::CarrierFile& file) { return file.bytes.find(part) != std::string::npos; });
    };
    const codec::CarrierInput missing = input_of(registry::Meets::any_value), least = input_of(registry::Meets::dword_at_least), held = input_of(registry::Meets::exact, {"b"});
    for (const codec::CarrierInput* input : {&missing, &least, &held}) CHECK_FALSE(codec::condition_of(input->variants.front().wanted.values.front()).empty());
    CHECK(codec::condition_of(input_of(registry::Meets::dword_on).variants.front().wanted.values.front()).empty());

    for (const auto encode : {codec::encode_ps1, codec::encode_intune}) {
        CHECK(written(encode(missing), "Met = 'any'"));
        CHECK(written(encode(least), "Met = 'at least'"));
        CHECK(written(encode(held), "WhereHeld = @('b')"));
        for (const codec::CarrierInput* input : {&missing, &least, &held}) CHECK(encode(*input)->gaps.empty());
    }
    CHECK(written(codec::encode_ansible(missing), "        - not schancfg_held_1.exists\n"));
    CHECK(written(codec::encode_ansible(least), "        - not schancfg_held_1.exists or schancfg_held_1.type != 'REG_DWORD' or schancfg_held_1.value | int < 2048\n"));
    CHECK(codec::encode_ansible(missing)->gaps.empty());
    CHECK(written(codec::encode_gpp_carrier(missing), "action=\"C\""));
    CHECK(codec::encode_gpp_carrier(missing)->gaps.empty());
    // Written whole, and told.
    for (const auto encode : {codec::encode_ansible, codec::encode_gpp_carrier, codec::encode_pol_carrier, codec::encode_gpo_carrier}) {
        const auto carried = encode(held);
        REQUIRE(carried);
        CHECK_FALSE(carried->files.empty());
        REQUIRE(carried->gaps.size() == 1);
        CHECK(carried->gaps.front().reason == "some of its names are asked for only where a machine has them; they are written everywhere");
    }
    // Left out, and told.
    for (const auto encode : {codec::encode_dsc, codec::encode_pol_carrier, codec::encode_gpp_carrier, codec::encode_gpo_carrier}) {
        const auto carried = encode(least);
        REQUIRE(carried);
        CHECK(carried->files.empty());
        REQUIRE(carried->gaps.size() == 1);
        CHECK(carried->gaps.front().reason.starts_with("a larger number is to stay, and "));
    }
    for (const auto encode : {codec::encode_dsc, codec::encode_pol_carrier}) {
        CHECK(encode(missing)->files.empty());
        CHECK(encode(missing)->gaps.size() == 1);
    }
    CHECK(codec::encode_dsc(held)->files.empty());
}

TEST_CASE("The same words have the same id, and others another", "[codec]") {
    CHECK(codec::stable_uuid("strict") == codec::stable_uuid("strict"));
    CHECK(codec::stable_uuid("strict") != codec::stable_uuid("strict "));
    CHECK(codec::stable_uuid("")[14] == '8');
    CHECK(std::string("89ab").find(codec::stable_uuid("x")[19]) != std::string::npos);
}
