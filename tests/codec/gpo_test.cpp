#include "schancfg/codec/gpo.hpp"

#include <map>

#include "carrier_golden.hpp"
#include "policy_text.hpp"
#include "schancfg/codec/gpp_xml.hpp"
#include "schancfg/codec/gpt_tmpl_inf.hpp"
#include "schancfg/codec/pol.hpp"
#include "schancfg/schannel/defaults.hpp"
#include "shipped_sample.hpp"

using namespace schancfg;

namespace {

codec::CarrierInput input_of(const schannel::BuiltinProfile& shipped, const facts::Release* release = nullptr) {
    codec::CarrierInput input = carrier_golden::input_of_shipped(shipped, {.release = release});
    input.removals = carrier_golden::input_of_shipped(shipped, {.release = release, .removal = true}).variants;
    return input;
}

codec::Carried carried_of(const codec::CarrierInput& input) {
    auto carried = codec::encode_gpo_carrier(input);
    REQUIRE(carried);
    return std::move(*carried);
}

// The lines of each backup, in the client's order, by its name.
std::map<std::string, codec::PolicyLines> read_back(const codec::Carried& carried) {
    std::map<std::string, codec::PolicyLines> out;
    for (const codec::CarrierFile& info : carried.files) {
        if (!info.path.ends_with("/bkupInfo.xml")) continue;
        const std::string id = info.path.substr(0, info.path.find('/'));
        const auto tree = codec::decode_gpp_tree(info.bytes, info.path);
        REQUIRE(tree);
        codec::PolicyLines& lines = out[tree.value->child("GPODisplayName")->text];
        for (const std::string_view name : {"registry.pol", "GptTmpl.inf", "Registry.xml"}) {
            for (const codec::CarrierFile& file : carried.files) {
                if (!file.path.starts_with(id + '/') || !file.path.ends_with("/" + std::string(name))) continue;
                auto decoded = name == "registry.pol" ? codec::decode_pol_lines(file.bytes, file.path) : name == "GptTmpl.inf" ? codec::decode_gpt_tmpl(file.bytes, file.path) : codec::decode_gpp(file.bytes, file.path);
                REQUIRE(decoded);
                CHECK(decoded.diagnostics.empty());
                lines.append(std::move(*decoded.value), file.path);
            }
        }
    }
    return out;
}

std::vector<std::string> values_of(const registry::Tree& tree) {
    std::vector<std::string> out;
    tree.for_each([&](const registry::KeyPath& path, const registry::Key& key) {
        for (const registry::NamedValue& value : key.values) out.push_back(path.to_string() + ' ' + value.name + ' ' + std::to_string(value.value.type) + ':' + registry::to_hex(value.value.bytes));
    });
    return out;
}

const codec::CarrierFile* file_of(const codec::Carried& carried, std::string_view end) {
    const auto found = std::ranges::find_if(carried.files, [&](const auto& file) { return file.path.ends_with(end); });
    return found == carried.files.end() ? nullptr : &*found;
}

}  // namespace

TEST_CASE("A policy sets on each release what the profile asks of it, and its removal leaves the installation as it was", "[codec]") {
    for (const schannel::BuiltinProfile& shipped : test::shipped_profiles()) {
        const codec::CarrierInput input = input_of(shipped);
        const auto backups = read_back(carried_of(input));
        const std::string name = input.name;
        for (const codec::CarrierVariant& variant : input.variants) {
            std::vector<const facts::Release*> releases = variant.releases;
            if (releases.empty()) releases = {facts::find_release("windows-server-2022")};
            for (const facts::Release* release : releases) {
                INFO(shipped.name << ' ' << release->id);
                registry::Tree asked = schannel::untouched(*release), found = schannel::untouched(*release);
                registry::replay(registry::to_patch(variant.wanted), asked);
                registry::replay(codec::lines_on(backups.at(name), release), found);
                CHECK(values_of(found) == values_of(asked));
                if (!backups.contains(name + " (removal)")) continue;
                registry::replay(codec::lines_on(backups.at(name + " (removal)"), release), found);
                CHECK(values_of(found) == values_of(schannel::untouched(*release)));
            }
        }
    }
}

TEST_CASE("Policies go into registry.pol, FIPS mode into GptTmpl.inf, all else into Preferences", "[codec]") {
    const auto* shipped = schannel::find_builtin_profile("fips140");
    REQUIRE(shipped);
    const codec::Carried carried = carried_of(input_of(*shipped, facts::find_release("windows-server-2022")));
    const auto* pol = file_of(carried, "/registry.pol");
    REQUIRE(pol);
    const auto entries = codec::decode_pol(pol->bytes, "p.pol");
    REQUIRE(entries);
    for (const codec::PolEntry& entry : *entries.value) CHECK(entry.key.starts_with("SOFTWARE\\Policies\\"));
    const auto* inf = file_of(carried, "/GptTmpl.inf");
    REQUIRE(inf);
    CHECK(inf->path.ends_with("/DomainSysvol/GPO/Machine/microsoft/windows nt/SecEdit/GptTmpl.inf"));
    CHECK(codec::decode_gpt_tmpl(inf->bytes, "t.inf").value->patch.operations.size() == 1);
    const auto* xml = file_of(carried, "/Registry.xml");
    REQUIRE(xml);
    CHECK(xml->bytes.find("Policies") == std::string::npos);
    CHECK(xml->bytes.find("FIPSAlgorithmPolicy") == std::string::npos);
}

TEST_CASE("Backup.xml names the files that are there and the extensions that read them", "[codec]") {
    for (const schannel::BuiltinProfile& shipped : test::shipped_profiles()) {
        INFO(shipped.name);
        const codec::Carried carried = carried_of(input_of(shipped));
        for (const codec::CarrierFile& file : carried.files) {
            CHECK(std::ranges::all_of(file.path, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || std::string_view("/ .-_{}").find(c) != std::string_view::npos; }));
            if (!file.path.ends_with("/Backup.xml")) continue;
            const std::string folder = file.path.substr(0, file.path.size() - 10);
            const auto tree = codec::decode_gpp_tree(file.bytes, file.path);
            REQUIRE(tree);
            const codec::GppElement* object = tree.value->child("GroupPolicyObject");
            REQUIRE(object);
            std::size_t named = 0;
            for (const codec::GppElement& extension : object->children) {
                for (const codec::GppElement& each : extension.children) {
                    if (each.name != "FSObjectFile") continue;
                    std::string location(each.attribute("bkp:Location"));
                    std::ranges::replace(location, '\\', '/');
                    CHECK(file_of(carried, folder + location) != nullptr);
                    ++named;
                }
            }
            const auto policies = static_cast<std::size_t>(std::ranges::count_if(carried.files, [&](const auto& each) { return each.path.starts_with(folder + "DomainSysvol/GPO/Machine/"); }));
            CHECK(named == policies);
            const std::string extensions = object->child("GroupPolicyCoreSettings")->child("MachineExtensionGuids")->text;
            CHECK((extensions.find("{35378EAC-") != std::string::npos) == (file_of(carried, folder + "DomainSysvol/GPO/Machine/registry.pol") != nullptr));
            CHECK((extensions.find("{827D319E-") != std::string::npos) == (file_of(carried, folder + "DomainSysvol/GPO/Machine/microsoft/windows nt/SecEdit/GptTmpl.inf") != nullptr));
        }
    }
}

TEST_CASE("The same profile gives the same folder, and another name another id", "[codec]") {
    const auto* shipped = schannel::find_builtin_profile("strict");
    const codec::CarrierInput input = input_of(*shipped);
    const auto show = [](const codec::Carried& carried) {
        std::string out;
        for (const auto& file : carried.files) out += file.path + '\n' + file.bytes;
        return out;
    };
    CHECK(show(carried_of(input)) == show(carried_of(input)));
    codec::CarrierInput other = input;
    other.name += 'x';
    CHECK(carried_of(other).files.back().path != carried_of(input).files.back().path);
}

TEST_CASE("A hostile name stays text", "[codec]") {
    codec::CarrierInput input = input_of(*schannel::find_builtin_profile("no-dh"));
    input.name = "a]]><x/>&\"";
    const auto backups = read_back(carried_of(input));
    CHECK(backups.contains(input.name));
    input.name = "\xEF\xBF\xBF";
    CHECK(read_back(carried_of(input)).contains("?"));
}

TEST_CASE("The backups of every shipped profile are as they were", "[codec]") {
    std::string out;
    for (const schannel::BuiltinProfile& shipped : schannel::builtin_profiles()) {
        const codec::Carried carried = carried_of(input_of(shipped));
        out += std::string(shipped.name) + '\n';
        for (const auto& file : carried.files) out += "  " + file.path + ' ' + std::to_string(file.bytes.size()) + ' ' + carrier_golden::digest(file.bytes).substr(0, 16) + '\n';
        for (const auto& gap : carried.gaps) out += "  cannot say " + gap.key.to_string() + ": " + gap.value + ": " + gap.reason + '\n';
    }
    carrier_golden::look("gpo/digests.txt", out);
    carrier_golden::look("gpo/pol.txt", carrier_golden::sizes_and_digests(codec::encode_pol_carrier));
}
