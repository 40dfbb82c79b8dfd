#include "schancfg/backend/policy.hpp"

#include "catch.hpp"
#include "folder.hpp"
#include "schancfg/backend/open.hpp"
#include "schancfg/backend/profiles.hpp"
#include "schancfg/codec/gpt_tmpl_inf.hpp"
#include "schancfg/codec/pol.hpp"

using namespace schancfg;

namespace {

const std::string suites = "SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002";
const std::string ssl_key = "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL";

std::string write(const Folder& folder, const std::string& name, const std::string& content) {
    std::filesystem::create_directories((folder.path() / name).parent_path());
    return folder.write(name, content);
}

std::string pol(const std::string& key, const std::string& name, std::uint32_t number) {
    return codec::encode_pol({{.key = key, .name = name, .type = registry::reg_dword, .data = registry::Value::dword(number).bytes}});
}

std::string xml(const std::string& key, const std::string& name, const std::string& digits) {
    return "<RegistrySettings><Registry><Properties action=\"U\" hive=\"HKEY_LOCAL_MACHINE\" key=\"" + key + "\" name=\"" + name + "\" type=\"REG_DWORD\" value=\"" + digits + "\"/></Registry></RegistrySettings>";
}

}  // namespace

TEST_CASE("A policy is read in the client's order, names in any case, with the file of each value", "[backend]") {
    const Folder folder;
    write(folder, "{A}/DomainSysvol/GPO/MACHINE/Registry.POL", pol(ssl_key, "EventLogging", 1));
    const std::string last = write(folder, "{A}/DomainSysvol/GPO/MACHINE/preferences/registry/registry.xml", xml(ssl_key, "EventLogging", "00000007"));
    write(folder, "{A}/DomainSysvol/GPO/MACHINE/Microsoft/Windows NT/SecEdit/GptTmpl.inf",
          "[Registry Values]\r\nMACHINE\\" + ssl_key + "\\EventLogging=4,3\r\nMACHINE\\SYSTEM\\CurrentControlSet\\Control\\Lsa\\FIPSAlgorithmPolicy\\Enabled=4,1\r\n");
    const auto opened = backend::open_profile("gpo:" + folder.path().string(), {});
    REQUIRE(opened);
    REQUIRE(opened->lines.values.size() == 2);
    const auto* logging = opened->lines.find(registry::KeyPath(registry::Root::local_machine, ssl_key), "EventLogging");
    REQUIRE(logging);
    CHECK(logging->value == registry::Value::dword(7));
    CHECK(logging->origin.file == last);
    CHECK(logging->overridden.size() == 2);
    CHECK(backend::holds_policy(folder.path().string()));
}

TEST_CASE("Policies that disagree are an error that names both, and others are taken together", "[backend]") {
    const Folder folder;
    write(folder, "Policies/{A}/Machine/registry.pol", pol(ssl_key, "EventLogging", 1));
    write(folder, "Policies/{B}/Machine/registry.pol", pol(ssl_key, "EventLogging", 1));
    write(folder, "Policies/{C}/User/registry.pol", pol("Software\\X", "Y", 1));
    CHECK(backend::open_policy(folder.path().string()));
    write(folder, "Policies/{B}/Machine/registry.pol", pol(ssl_key, "EventLogging", 2));
    const auto refused = backend::open_policy(folder.path().string());
    REQUIRE_FALSE(refused);
    CHECK(refused.error().usage);
    CHECK(refused.error().error.message.find("two policies of the folder disagree about HKLM\\" + ssl_key + "\\EventLogging") == 0);
    CHECK(backend::open_policy(folder / "Policies/{B}"));
}

TEST_CASE("Items about TLS whose machines are not known are counted, with what they depend on", "[backend]") {
    const Folder folder;
    const auto item = [&](const std::string& key, const std::string& filter) {
        return "<Registry><Properties action=\"U\" hive=\"HKEY_LOCAL_MACHINE\" key=\"" + key + "\" name=\"EventLogging\" type=\"REG_DWORD\" value=\"00000007\"/><Filters><" + filter + "/></Filters></Registry>";
    };
    const std::string file = write(folder, "Registry.xml", "<RegistrySettings>\n" + item("SOFTWARE\\X", "FilterGroup") + "\n" + item(ssl_key, "FilterOs") + item(ssl_key, "FilterWmi") + item(ssl_key, "FilterOs") + "</RegistrySettings>");
    const auto opened = backend::open_policy(file);
    REQUIRE(opened);
    const facts::Release* release = facts::find_release("windows-server-2022");
    const auto note = backend::targeting_note(opened->lines, {release});
    REQUIRE(note);
    CHECK(note->message == "3 items are left out: which machines they are for depends on more than the release (FilterOs, FilterWmi)");
    CHECK(note->span.line == 3);
    CHECK(backend::targeting_note(opened->lines, {nullptr})->message == "3 items are left out: they are for some machines alone, and the release is not known");
    CHECK_FALSE(backend::targeting_note(opened->lines, {}));
}

TEST_CASE("A part that is switched off is left out with a warning", "[backend]") {
    const Folder folder;
    write(folder, "{A}/DomainSysvol/GPO/Machine/registry.pol", pol(ssl_key, "EventLogging", 1));
    write(folder, "{A}/Backup.xml", "<G><GroupPolicyObject><GroupPolicyCoreSettings><Options><![CDATA[2]]></Options></GroupPolicyCoreSettings></GroupPolicyObject></G>");
    const auto opened = backend::open_policy(folder.path().string());
    REQUIRE(opened);
    CHECK(opened->lines.patch.operations.empty());
    CHECK(opened->diagnostics.front().rule == "policy-off");
}

TEST_CASE("A folder or file that is no policy is refused", "[backend]") {
    const Folder folder;
    CHECK_FALSE(backend::open_policy(folder.path().string()));
    CHECK_FALSE(backend::holds_policy(folder.path().string()));
    const auto missing = backend::open_policy(folder / "x.pol");
    REQUIRE_FALSE(missing);
    CHECK_FALSE(missing.error().usage);
    const std::string bad = folder.write("bad.pol", "PReg\x01");
    const auto refused = backend::open_source(bad, {});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().usage);
    CHECK(refused.error().error.where->file == bad);
}

TEST_CASE("As a source a policy holds what it names, speaks for that alone, and cannot be written", "[backend]") {
    const Folder folder;
    const std::string file = folder.write("a.pol", pol(ssl_key, "EventLogging", 1));
    const auto source = backend::open_source(file, {});
    REQUIRE(source);
    CHECK(source->kind == backend::Kind::policy);
    const registry::KeyPath key(registry::Root::local_machine, ssl_key);
    CHECK(source->source->read(key)->values.size() == 1);
    CHECK(source->source->coverage().speaks_for(key, "EventLogging"));
    CHECK_FALSE(source->source->coverage().speaks_for(key));
    CHECK_FALSE(backend::open_target(file, {}));
}
