#include "schancfg/codec/ansible.hpp"

#include "carrier_golden.hpp"
#include "shipped_sample.hpp"

using namespace schancfg;
using namespace carrier_golden;

namespace {

const registry::KeyPath& schannel_key() {
    static const registry::KeyPath key(registry::Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL");
    return key;
}

std::string file_of(const codec::CarrierInput& input, std::string_view path) {
    const auto carried = codec::encode_ansible(input);
    REQUIRE(carried);
    for (const codec::CarrierFile& file : carried->files) {
        if (file.path == path) return file.bytes;
    }
    return {};
}

std::string tasks_of(const codec::CarrierInput& input) { return file_of(input, "tasks/main.yml"); }
std::string task_of(const registry::Value& value) { return tasks_of(input_of_line(schannel_key(), "EventLogging", value)); }
bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("Each task of a role names a value, since without a name the module deletes the key", "[codec]") {
    for (const schannel::BuiltinProfile& shipped : test::shipped_profiles()) {
        const std::string tasks = tasks_of(input_of_shipped(shipped));
        std::size_t modules = 0, named = 0;
        for (std::size_t at = tasks.find("win_regedit:"); at != std::string::npos; at = tasks.find("win_regedit:", at + 1)) {
            ++modules;
            const std::size_t name = tasks.find("\n        name: '", at);
            named += name < tasks.find("win_regedit:", at + 1) && tasks[name + 16] != '\'';
        }
        INFO(shipped.name);
        CHECK(modules != 0);
        CHECK(named == modules);
    }
}

TEST_CASE("A whole key and a default value are left out of a role and named", "[codec]") {
    registry::Patch lines;
    lines.operations = {{.op = registry::Op::erase_key, .key = schannel_key().child("Ciphers")}, {.op = registry::Op::erase_value, .key = schannel_key(), .name = ""}};
    codec::CarrierInput input{.name = "x", .description = {}, .label = "x", .variants = codec::carrier_variants(registry::to_wanted(lines), {}), .removal = false};
    const auto carried = codec::encode_ansible(input);
    REQUIRE(carried);
    CHECK(carried->files.empty());
    REQUIRE(carried->gaps.size() == 2);
    CHECK(carried->gaps[0].reason == "to win_regedit an empty name means the whole key");
    CHECK(carried->gaps[1].reason == "the role removes values by their names, never whole keys");
}

TEST_CASE("Data is written as win_regedit reads it", "[codec]") {
    CHECK(has(task_of(registry::Value::dword(0xFFFFFFFF)), "type: dword\n        data: 4294967295\n"));
    CHECK(has(task_of(registry::Value::multi_sz({"a", "it's"})), "type: multistring\n        data:\n          - 'a'\n          - 'it''s'\n"));
    CHECK(has(task_of(registry::Value::multi_sz({})), "type: multistring\n        data: []\n"));
    CHECK(has(task_of(registry::Value::binary(std::string("\x00\xff", 2))), "type: binary\n        data: 'hex:00,ff'\n"));
    CHECK(has(task_of(registry::Value::expand_sz("%windir%")), "type: expandstring\n        data: '%windir%'\n"));
}

TEST_CASE("What Ansible would take for a template is marked as text, and a long text stays one", "[codec]") {
    CHECK(has(task_of(registry::Value::sz("{{ lookup('pipe', 'id') }}")), "data: !unsafe '{{ lookup(''pipe'', ''id'') }}'\n"));
    CHECK(has(task_of(registry::Value::sz("a\nb\xC3\xA9")), "data: \"a\\nb\\u00e9\"\n"));
    const std::string text = task_of(registry::Value::sz(std::string(95, 'x') + " yz"));
    CHECK(has(text, "data: \"" + std::string(95, 'x') + " \\\n          yz\"\n"));
    codec::CarrierInput input = input_of_line(schannel_key(), "EventLogging", registry::Value::dword(1));
    input.name = "{{ x }}: # <b>`";
    input.description = "[a](b) | {% x %}";
    for (const char* path : {"README.md", "meta/main.yml", "tasks/main.yml"}) {
        INFO(path);
        for (const std::string_view part : {"{{ x", "{% x", "<b>", "[a](b)"}) CHECK_FALSE(has(file_of(input, path), part));
    }
}

TEST_CASE("Conditions are written where releases are asked for different things, and only there", "[codec]") {
    const std::string same = tasks_of(input_of_text("format = 1\n[protocols]\n\"TLS 1.0\" = \"disabled\"\n"));
    CHECK_FALSE(has(same, "schancfg_variant"));
    const codec::CarrierInput apart = input_of_text("format = 1\n[protocols]\n\"TLS 1.0\" = \"disabled\"\n\"TLS 1.3\" = \"enabled\"\n");
    CHECK(has(tasks_of(apart), "when: schancfg_variant in schancfg_variants_1\n"));
    CHECK(has(file_of(apart, "vars/main.yml"), "  20348 server: windows-server-2022\n"));
    CHECK(has(file_of(apart, "vars/main.yml"), "  7601 client: "));
}

TEST_CASE("Restarting is off by default", "[codec]") {
    const codec::CarrierInput input = input_of_shipped(*schannel::find_builtin_profile("no-dh"));
    CHECK(has(file_of(input, "defaults/main.yml"), "schancfg_restart: false\n"));
    CHECK(has(file_of(input, "handlers/main.yml"), "win_reboot:\n  when: schancfg_restart | bool\n"));
}

TEST_CASE("The role of each shipped profile is the one that was looked through", "[codec]") {
    for (const char* name : {"no-dh", "windows-defaults"}) {
        const auto carried = codec::encode_ansible(input_of_shipped(*schannel::find_builtin_profile(name)));
        REQUIRE(carried);
        std::string all;
        for (const codec::CarrierFile& file : carried->files) all += "=== " + file.path + "\n" + file.bytes;
        look("ansible/" + std::string(name) + ".txt", all);
    }
    look("ansible/digests.txt", sizes_and_digests(codec::encode_ansible));
}
