#include "schancfg/backend/open.hpp"

#include "catch.hpp"
#include "folder.hpp"
#include "schancfg/codec/memory_json.hpp"
#include "schancfg/codec/reg_text.hpp"
#include "schancfg/schannel/defaults.hpp"

using namespace schancfg;
using namespace schancfg::backend;
using registry::KeyPath;
using registry::Root;
using registry::Value;

namespace {

const KeyPath schannel_key(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL");
const std::string one_value =
    "Windows Registry Editor Version 5.00\r\n\r\n"
    "[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL]\r\n\"EventLogging\"=dword:00000003\r\n\r\n";
const facts::Release* server_2022() { return facts::find_release("windows-server-2022"); }

OpenError source_error(std::string_view spelling, const OpenOptions& options = {}) {
    auto opened = open_source(spelling, options);
    REQUIRE_FALSE(opened);
    return opened.error();
}
OpenError target_error(std::string_view spelling, const OpenOptions& options = {}) {
    auto opened = open_target(spelling, options);
    REQUIRE_FALSE(opened);
    return opened.error();
}
void check_usage(const OpenError& error, const std::string& message) {
    CHECK(error.usage);
    CHECK(error.error.message == message);
}

}  // namespace

TEST_CASE("a reg file is opened by its prefix and by its ending", "[backend]") {
    const Folder folder;
    const std::string path = folder.write("Old.REG", one_value);
    for (const std::string& spelling : {path, "reg:" + path, path + "@2022"}) {
        INFO(spelling);
        const auto opened = open_source(spelling, {});
        REQUIRE(opened);
        CHECK(opened->kind == Kind::reg_file);
        CHECK(opened->label == "reg:" + path);
        CHECK(opened->machine == path);
        CHECK(opened->source->label() == opened->label);
        CHECK(opened->source->read(schannel_key)->values.at(0).value == Value::dword(3));
        CHECK(opened->release == (spelling.ends_with("2022") ? server_2022() : nullptr));
    }
}

TEST_CASE("the last at sign counts where it names a release, and belongs to the name where it does not", "[backend]") {
    const Folder folder;
    const std::string path = folder.write("me@home.reg", one_value);
    CHECK(open_source(path, {})->release == nullptr);
    CHECK(open_source(path + "@windows-server-2022", {})->release == server_2022());
    const OpenError misspelt = source_error("reg:" + path + "@windows-server-2202");
    CHECK_FALSE(misspelt.usage);
    CHECK(misspelt.error.code == ErrorCode::not_found);
    CHECK(misspelt.error.message.starts_with(path + "@windows-server-2202 cannot be read: "));
    CHECK(misspelt.error.message.ends_with("; the nearest release to 'windows-server-2202' is windows-server-2022"));
}

TEST_CASE("--os is for those that don't say their release", "[backend]") {
    const Folder folder;
    const std::string path = folder.write("a.reg", one_value);
    const OpenOptions os{.os = server_2022()};
    CHECK(open_source(path, os)->release == server_2022());
    CHECK(open_source("os:2022", os)->release == server_2022());
    check_usage(source_error("os:2019", os), "os:windows-server-2019 is windows-server-2019, and cannot be taken for windows-server-2022");
    check_usage(source_error(path + "@2019", os), "'" + path + "@2019' says its release, and windows-server-2022 is another");
    const std::string memory = folder.write("m.json", codec::encode_memory("windows-server-2019", {}));
    check_usage(source_error("memory:" + memory, os), memory + " is windows-server-2019, and cannot be taken for windows-server-2022");
}

TEST_CASE("an untouched release is a source that cannot be written", "[backend]") {
    const auto opened = open_source("os:2022", {});
    REQUIRE(opened);
    CHECK(opened->kind == Kind::os);
    CHECK(opened->label == "os:windows-server-2022");
    const auto all = snapshot(*opened->source, {{KeyPath(Root::local_machine, "SYSTEM"), true}, {KeyPath(Root::local_machine, "SOFTWARE"), true}});
    REQUIRE(all);
    CHECK(all->same_content(schannel::untouched(*server_2022())));
    check_usage(target_error("os:2022"), "'os:2022' cannot be written; live, live:HOST, reg:FILE, hive:DIR and memory:FILE.json can");
    check_usage(target_error("-"), "'-' cannot be written; live, live:HOST, reg:FILE, hive:DIR and memory:FILE.json can");
    check_usage(source_error("os:windows-server-2202"), "'windows-server-2202' is not a Windows release; the nearest is windows-server-2022");
}

TEST_CASE("a profile is a source on top of an untouched release", "[backend]") {
    const auto opened = open_source("profile:weak-dh-peer@2022", {});
    REQUIRE(opened);
    CHECK(opened->kind == Kind::profile);
    CHECK(opened->release == server_2022());
    CHECK(opened->source->read(schannel_key.below("KeyExchangeAlgorithms\\Diffie-Hellman"))->values ==
          std::vector<registry::NamedValue>{{"ClientMinKeyBitLength", Value::dword(512)}});
    CHECK(open_source("profile:weak-dh-peer", {.os = server_2022()}));
    check_usage(source_error("profile:weak-dh-peer"), "'profile:weak-dh-peer' needs a Windows release");
    check_usage(source_error("profile:strickt@2022"),
                "unknown profile \"strickt\"; did you mean \"strict\"?");
    const Folder folder;
    const std::string path = folder.write("mine.toml", "format = 1\n[schannel]\nevent_logging = [\"errors\"]\n");
    CHECK(open_source("profile:" + path + "@2022", {})->source->read(schannel_key)->values.size() >= 1);
    const std::string reg = folder.write("vendor.reg", one_value);
    CHECK(open_source("profile:" + reg + "@2022", {})->source->read(schannel_key));
    const OpenError broken = source_error("profile:" + folder.write("broken.toml", "format = \n") + "@2022");
    CHECK(broken.usage);
    REQUIRE_FALSE(broken.diagnostics.empty());
    CHECK(broken.error.where->line == 1);
}

TEST_CASE("what stands behind a hyphen is the export on standard input", "[backend]") {
    const auto opened = open_source("-@2022", {.standard_input = one_value});
    REQUIRE(opened);
    CHECK(opened->kind == Kind::standard_input);
    CHECK(opened->label == "-");
    CHECK(opened->release == server_2022());
    CHECK(opened->source->read(schannel_key));
    const OpenError nothing = source_error("-");
    CHECK(nothing.usage);
    CHECK(nothing.error.code == ErrorCode::malformed);
}

TEST_CASE("spellings that are not source say what would be right", "[backend]") {
    const std::string right = "; expected live, live:HOST, reg:FILE, hive:DIR, os:RELEASE, profile:NAME-OR-FILE, memory:FILE.json, gpo:DIR or -";
    check_usage(source_error("lvie"), "'lvie' is not a source" + right);
    check_usage(source_error(""), "'' is not a source" + right);
    check_usage(source_error("LIVE"), "'LIVE' is not a source" + right);
    check_usage(source_error("2022"), "'2022' is not a source; that release is os:windows-server-2022");
    check_usage(source_error("demo.json"), "'demo.json' is not a source; a registry in JSON is memory:demo.json");
    check_usage(source_error("a/strict.toml"), "'a/strict.toml' is not a source; a profile is profile:a/strict.toml");
    check_usage(source_error("reg:"), "'reg:' needs a file after the colon");
    check_usage(source_error("live:"), "'live:' needs a host name after the colon");
    CHECK_FALSE(source_error("hive:C:\\image").usage);
    CHECK(source_error("hive:C:\\image").error.message == "C:\\image does not exist");
    check_usage(source_error("hive:"), "'hive:' needs a folder or a file after the colon");
    check_usage(source_error("scan:x.xml"), "'scan:x.xml' is a peer as a scanner saw it, and holds no registry; doctor, diff and apply take it as a peer");
    check_usage(source_error("\x1B[31mred\x07\xFF"), "'\x1B[31mred\x07\xFF' is not a source" + right);  // as it is: who shows it escapes it
}

TEST_CASE("a drive letter is not a scheme", "[backend]") {
    const OpenError error = source_error("C:\\no\\such.reg");
    CHECK_FALSE(error.usage);
    CHECK(error.error.code == ErrorCode::not_found);
    CHECK(source_error("reg:C:\\no\\such.reg").error.code == ErrorCode::not_found);
    CHECK(source_error("memory:C:\\no\\such.json").error.code == ErrorCode::not_found);
}

TEST_CASE("a reg file of which Windows would import nothing is an error with its place", "[backend]") {
    const Folder folder;
    const std::string path = folder.write("a.reg", "Windows Registry Editor 6\r\n");
    const OpenError error = source_error(path);
    CHECK(error.usage);
    REQUIRE(error.error.where);
    CHECK(error.error.where->file == path);
    CHECK_FALSE(error.diagnostics.empty());
}

TEST_CASE("lines that Windows would skip are warnings, and errors when strict", "[backend]") {
    const Folder folder;
    const std::string path = folder.write("a.reg", one_value + "\"Odd\"=hex:0x\r\n");
    const auto opened = open_source(path, {});
    REQUIRE(opened);
    CHECK_FALSE(opened->diagnostics.empty());
    CHECK(source_error(path, {.strict = true}).usage);
}

TEST_CASE("a numbered control set beside the current one is ignored with a note", "[backend]") {
    const Folder folder;
    const auto with = [&](const std::string& keys) {
        const auto opened = open_source(folder.write("a.reg", "REGEDIT4\r\n\r\n" + keys), {});
        REQUIRE(opened);
        return opened->diagnostics;
    };
    const auto both = with("[HKEY_LOCAL_MACHINE\\SYSTEM\\ControlSet001\\Control]\r\n[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control]\r\n");
    REQUIRE(both.size() == 1);
    CHECK(both[0].severity == Severity::note);
    CHECK(both[0].message == "HKLM\\SYSTEM\\ControlSet001 beside CurrentControlSet is ignored");
    const auto alone = with("[HKEY_LOCAL_MACHINE\\SYSTEM\\ControlSet001\\Control]\r\n");
    REQUIRE(alone.size() == 1);
    CHECK(alone[0].severity == Severity::warning);
    CHECK(with("[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control]\r\n").empty());
}

TEST_CASE("a memory file is read with the release that it says", "[backend]") {
    const Folder folder;
    registry::Tree tree;
    tree.set_value(schannel_key, "EventLogging", Value::dword(1));
    const std::string path = folder.write("m.json", codec::encode_memory("windows-server-2022", tree));
    const auto opened = open_source("memory:" + path, {});
    REQUIRE(opened);
    CHECK(opened->kind == Kind::memory);
    CHECK(opened->label == "memory:" + path);
    CHECK(opened->release == server_2022());
    CHECK(opened->source->read(schannel_key)->values.size() == 1);
    const OpenError odd = source_error("memory:" + folder.write("n.json", codec::encode_memory("windows-server-2202", tree)));
    check_usage(odd, "\"os\" is 'windows-server-2202', which is not a Windows release; the nearest is windows-server-2022");
    CHECK(source_error("memory:" + folder.write("o.json", "{")).error.where->line == 1);
}

TEST_CASE("a memory file that does not exist is made for who asks to create it, and only by a commit", "[backend]") {
    const Folder folder;
    const std::string path = folder / "new.json";
    CHECK(source_error("memory:" + path).error.code == ErrorCode::not_found);
    CHECK_FALSE(source_error("memory:" + path).usage);
    CHECK(target_error("memory:" + path).error.code == ErrorCode::not_found);
    check_usage(target_error("memory:" + path, {.create = true}), path + " does not exist; making it needs a Windows release");
    {
        auto opened = open_target("memory:" + path, {.os = server_2022(), .create = true});
        REQUIRE(opened);
        CHECK(folder.files() == 0);
        REQUIRE(opened->target->create(schannel_key));
        REQUIRE(opened->target->set(schannel_key, "EventLogging", Value::dword(1)));
    }
    CHECK(folder.files() == 0);
    auto opened = open_target("memory:" + path, {.os = server_2022(), .create = true});
    REQUIRE(opened);
    REQUIRE(opened->target->commit());
    const auto made = codec::decode_memory(Folder::read(path), path);
    REQUIRE(made);
    CHECK(made->os == "windows-server-2022");
    CHECK(made->tree.same_content(schannel::untouched(*server_2022())));
}

TEST_CASE("a reg file that is a target is rewritten whole, at commit, and only if something changed", "[backend]") {
    const Folder folder;
    const std::string text = "REGEDIT4\n; a comment\n\n" + one_value.substr(one_value.find('['));
    const std::string path = folder.write("a.reg", text);
    auto opened = open_target(path, {});
    REQUIRE(opened);
    REQUIRE(opened->target->set(schannel_key, "EventLogging", Value::dword(3)));
    REQUIRE(opened->target->create(schannel_key));
    REQUIRE(opened->target->commit());
    CHECK(Folder::read(path) == text);
    REQUIRE(opened->target->set(schannel_key, "EventLogging", Value::dword(7)));
    CHECK(Folder::read(path) == text);
    REQUIRE(opened->target->commit());
    // Keys that the file did not name are not named now, since that would say that nothing else is below them.
    registry::Tree expected;
    expected.set_value(schannel_key, "EventLogging", Value::dword(7));
    const auto named = registry::Coverage::of({schannel_key});
    CHECK(Folder::read(path) == codec::encode_reg(expected, named));
    CHECK(codec::decode_reg_state(Folder::read(path), {}).value->coverage.keys() == named.keys());
    REQUIRE(opened->target->unset(schannel_key, "EventLogging"));
    REQUIRE(opened->target->commit());
    expected.find(schannel_key)->values.clear();
    CHECK(Folder::read(path) == codec::encode_reg(expected, named));
    CHECK(codec::decode_reg_state(Folder::read(path), {}).value->coverage.keys() == named.keys());
}

TEST_CASE("two writers of one file exclude each other for as long as the first lives", "[backend]") {
    const Folder folder;
    const std::string path = folder.write("a.reg", one_value);
    {
        auto first = open_target(path, {});
        REQUIRE(first);
        const auto refused = [&] {
            const OpenError error = target_error(path);
            CHECK_FALSE(error.usage);
            CHECK(error.error.code == ErrorCode::conflict);
            CHECK(error.error.message.starts_with(path + " is locked by "));
            CHECK(error.error.message.ends_with(" writing it"));
        };
        refused();
        REQUIRE(first->target->set(schannel_key, "EventLogging", Value::dword(0)));
        REQUIRE(first->target->commit());
        refused();
        CHECK(open_source(path, {}));
    }
    CHECK(open_target(path, {}));
    CHECK(folder.files() == 1);
}

TEST_CASE("a file that another program changed since it was read is not overwritten", "[backend]") {
    const Folder folder;
    const std::string path = folder.write("a.reg", one_value);
    auto opened = open_target(path, {});
    REQUIRE(opened);
    REQUIRE(opened->target->set(schannel_key, "EventLogging", Value::dword(0)));
    folder.write("a.reg", one_value + "\r\n");
    const auto refused = opened->target->commit();
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::conflict);
    CHECK(refused.error().message == path + " was changed by another program since it was read");
    CHECK(Folder::read(path) == one_value + "\r\n");
    CHECK(folder.files() == 1);
}
