// Offline hives as a source and a target, through the spelling `hive:`.
#include <filesystem>
#include <fstream>

#include "../hives.hpp"
#include "catch.hpp"
#include "folder.hpp"
#include "schancfg/backend/machine.hpp"
#include "schancfg/backend/open.hpp"
#include "schancfg/files/file.hpp"

using namespace schancfg;
using namespace schancfg::backend;
using registry::KeyPath;
using registry::Root;
using registry::Value;

namespace {

namespace fs = std::filesystem;

const KeyPath schannel_key(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL");
const KeyPath version_key(Root::local_machine, "SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion");

std::string bytes_of(const std::string& path) { return files::read_file(path, 1u << 30).value(); }

/// An image: its root with Windows/System32/config.
struct Image {
    Folder folder;
    std::string root, config, system, software;
    Image() {
        root = below(folder.path(), "");
        config = below(root, "WINDOWS/system32/Config");
        fs::create_directories(config);
        system = below(config, "SYSTEM");
        software = below(config, "software");
        write(system, hives::system());
        write(software, hives::software());
    }
    /// As the system itself spells paths.
    static std::string below(const fs::path& folder, const std::string& name) { return fs::path(name.empty() ? folder : folder / name).make_preferred().string(); }
    static void write(const std::string& path, const std::string& bytes) { std::ofstream(path, std::ios::binary) << bytes; }
};

OpenedSource source(const std::string& spelling, const OpenOptions& options = {}) {
    auto opened = open_source(spelling, options);
    if (!opened) FAIL(opened.error().error.message);
    return std::move(*opened);
}
OpenedTarget target(const std::string& spelling, const OpenOptions& options = {}) {
    auto opened = open_target(spelling, options);
    if (!opened) FAIL(opened.error().error.message);
    return std::move(*opened);
}
std::string refused(const std::string& spelling, bool writing, bool usage) {
    if (writing) {
        const auto opened = open_target(spelling, {});
        if (opened) return "opened";
        CHECK(opened.error().usage == usage);
        return opened.error().error.message;
    }
    const auto opened = open_source(spelling, {});
    if (opened) return "opened";
    CHECK(opened.error().usage == usage);
    return opened.error().error.message;
}
Value value(const Source& source, const KeyPath& key, std::string_view name) {
    const auto content = source.read(key);
    if (!content) FAIL(content.error().message);
    for (const auto& each : content->values) {
        if (each.name == name) return each.value;
    }
    FAIL("no value " << name);
    return {};
}

}  // namespace

TEST_CASE("an image is found by its root, its Windows, its config and by its files, in any case", "[backend]") {
    const Image image;
    for (const std::string& spelling : {image.root, image.root + "/WINDOWS", image.config, image.system + "," + image.software, image.software + "," + image.system}) {
        INFO(spelling);
        const auto opened = source("hive:" + spelling);
        CHECK(opened.kind == Kind::hive);
        CHECK(opened.release == facts::find_release("windows-server-2022"));
        CHECK(opened.machine == image.system);
        CHECK(windows_build(*opened.source).revision == 2700);
        CHECK(computer_name(*opened.source) == "GOLDEN");
        CHECK(value(*opened.source, schannel_key, "EventLogging") == Value::dword(1));
        CHECK(opened.diagnostics.empty());
    }
}

TEST_CASE("one hive speaks for its part alone", "[backend]") {
    const Image image;
    const auto system = source("hive:" + image.system);
    CHECK(system.release == nullptr);
    CHECK(system.source->coverage().speaks_for(schannel_key));
    CHECK_FALSE(system.source->coverage().speaks_for(version_key));
    CHECK(system.source->read(version_key).error().code == ErrorCode::not_found);
    CHECK(source("hive:" + image.system + "@2022").release == facts::find_release("windows-server-2022"));
    const auto software = source("hive:" + image.software);
    CHECK(software.machine == image.software);
    CHECK_FALSE(software.source->coverage().speaks_for(schannel_key));
    CHECK(software.source->read(KeyPath(Root::local_machine))->children == std::vector<std::string>{"SOFTWARE"});
    CHECK(refused("hive:" + image.software + "@2019", false, true).ends_with("is windows-server-2022, and cannot be taken for windows-server-2019"));
}

TEST_CASE("what names no hive is refused with what would be right", "[backend]") {
    const Image image;
    CHECK(refused("hive:" + image.root + "/nothing", false, false) == image.root + "/nothing does not exist");
    fs::create_directories(image.root + "/empty");
    CHECK(refused("hive:" + image.root + "/empty", false, false).ends_with("/empty holds no hive: neither SYSTEM nor SOFTWARE, nor a folder Windows/System32/config with them"));
    CHECK(refused("hive:" + image.system + "," + image.system, false, true) == image.system + " is a SYSTEM hive as well; expected one of SYSTEM and one of SOFTWARE");
    CHECK(refused("hive:" + image.system + ",", false, false) == "no file is named after the comma");
    CHECK(refused("hive:" + image.system + ",x", false, false) == "x does not exist");
    Image::write(Image::below(image.config, "X"), "MZ");
    CHECK(refused("hive:" + Image::below(image.config, "X"), false, true) == Image::below(image.config, "X") + ": this is not a registry hive: it does not begin with regf");
    Image::write(Image::below(image.config, "X"), hives::minimal());
    CHECK(refused("hive:" + Image::below(image.config, "X"), false, true) == Image::below(image.config, "X") + ": this is neither a SYSTEM nor a SOFTWARE hive: it has no control set, and no key Microsoft");
    Image::write(Image::below(image.config, "X"), hives::with(hives::minimal(), {{"Software\\Microsoft", "a", Value::dword(1)}, {"Environment", "b", Value::dword(1)}}));
    CHECK(refused("hive:" + Image::below(image.config, "X"), false, true) == Image::below(image.config, "X") + ": this is the hive of a user; TLS settings are in those of the machine, SYSTEM and SOFTWARE");
}

TEST_CASE("the current control set is the one that Select names", "[backend]") {
    const Image image;
    const std::string key = "\\Control\\SecurityProviders\\SCHANNEL";
    const auto with = [&](std::vector<hives::Line> select) {
        select.push_back({"ControlSet001" + key, "EventLogging", Value::dword(11)});
        select.push_back({"ControlSet002" + key, "EventLogging", Value::dword(12)});
        Image::write(image.system, hives::with(hives::minimal(), select));
    };
    with({{"Select", "Current", Value::dword(2)}, {"Select", "Default", Value::dword(2)}});
    auto opened = source("hive:" + image.config);
    CHECK(value(*opened.source, schannel_key, "EventLogging") == Value::dword(12));
    CHECK(opened.diagnostics.empty());
    CHECK(opened.source->read(KeyPath(Root::local_machine, "SYSTEM"))->children == std::vector<std::string>{"ControlSet001", "ControlSet002", "CurrentControlSet", "Select"});
    with({{"Select", "Current", Value::dword(1)}, {"Select", "Default", Value::dword(2)}});
    opened = source("hive:" + image.config);
    CHECK(value(*opened.source, schannel_key, "EventLogging") == Value::dword(11));
    CHECK(opened.diagnostics.at(0).rule == "hive-control-set");
    for (const Value& wrong : {Value::dword(0), Value::dword(7), Value::sz("1")}) {
        with({{"Select", "Current", wrong}, {"Select", "Default", Value::dword(2)}});
        CHECK(value(*source("hive:" + image.config).source, schannel_key, "EventLogging") == Value::dword(12));
        with({{"Select", "Current", wrong}});
        CHECK(refused("hive:" + image.config, false, true) == image.system + ": there are several control sets (ControlSet001, ControlSet002), and Select\\Current names none of them");
    }
    Image::write(image.system, hives::with(hives::minimal(), {{"ControlSet003" + key, "EventLogging", Value::dword(3)}}));
    opened = source("hive:" + image.config);
    CHECK(value(*opened.source, schannel_key, "EventLogging") == Value::dword(3));
    CHECK(opened.diagnostics.at(0).message == "Select\\Current names no control set; ControlSet003 is read, the only one");
    Image::write(image.system, hives::with(hives::minimal(), {{"Select", "Current", Value::dword(1)}}));
    CHECK(refused("hive:" + image.config, false, true) == image.system + ": the hive has no control set (ControlSet001), so it holds no settings");
}

TEST_CASE("both hives are written at commit, and read back from the files", "[backend]") {
    const Image image;
    const std::string before = bytes_of(image.system);
    {
        const auto opened = target("hive:" + image.root);
        Target& hives = *opened.target;
        CHECK(hives.writes_at_commit());
        REQUIRE(hives.create(schannel_key.below("Protocols\\TLS 1.0\\Server")));
        REQUIRE(hives.set(schannel_key.below("Protocols\\TLS 1.0\\Server"), "Enabled", Value::dword(0)));
        REQUIRE(hives.create(KeyPath(Root::local_machine, "SOFTWARE\\Wow6432Node\\Microsoft\\.NETFramework\\v4.0.30319")));
        CHECK(bytes_of(image.system) == before);
        REQUIRE(hives.commit());
        CHECK(bytes_of(image.system) != before);
        // The lock goes with the file.
        CHECK(refused("hive:" + image.system, true, false).find("is locked by") != std::string::npos);
        REQUIRE(hives.set(schannel_key, "EventLogging", Value::dword(7)));
        REQUIRE(hives.commit());
    }
    const auto opened = source("hive:" + image.root);
    CHECK(value(*opened.source, schannel_key.below("Protocols\\TLS 1.0\\Server"), "Enabled") == Value::dword(0));
    CHECK(value(*opened.source, schannel_key, "EventLogging") == Value::dword(7));
    CHECK(opened.source->read(KeyPath(Root::local_machine, "SOFTWARE\\WOW6432Node\\Microsoft\\.NETFramework\\v4.0.30319")));
    CHECK(opened.source->read(KeyPath(Root::local_machine, "SYSTEM\\ControlSet001\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.0\\Server")));
}

TEST_CASE("nothing to write leaves the file as it is, bytes and time", "[backend]") {
    const Image image;
    const std::string before = bytes_of(image.system);
    const auto time = fs::last_write_time(image.system);
    const auto opened = target("hive:" + image.config);
    REQUIRE(opened.target->create(schannel_key));
    REQUIRE(opened.target->set(schannel_key, "EVENTLOGGING", Value::dword(1)));
    REQUIRE(opened.target->commit());
    CHECK(bytes_of(image.system) == before);
    CHECK(fs::last_write_time(image.system) == time);
}

TEST_CASE("a hive without its other half takes no key of that", "[backend]") {
    const Image image;
    const auto opened = target("hive:" + image.system);
    const auto refusal = opened.target->create(version_key);
    REQUIRE_FALSE(refusal);
    CHECK(refusal.error().message == "hive:" + image.system + " does not hold " + version_key.to_string() + "; expected a key below HKLM\\SYSTEM; hive:SYSTEM,SOFTWARE holds both");
}

TEST_CASE("a dirty hive is read with its logs, and written as what they make of it", "[backend]") {
    const Image image;
    const std::string clean = hives::system();
    const std::string newer = hives::with(clean, {{"ControlSet001\\Control\\SecurityProviders\\SCHANNEL", "EventLogging", Value::dword(5)}});
    Image::write(image.system, hives::dirty(clean));
    Image::write(image.config + "/SYSTEM.log2", hives::new_log(clean, 9, {hives::entry(clean, newer, 9)}));
    {
        const auto opened = target("hive:" + image.config);
        CHECK(opened.diagnostics.at(0).rule == "hive-replayed");
        CHECK(value(*opened.target, schannel_key, "EventLogging") == Value::dword(5));
        REQUIRE(opened.target->commit());
        CHECK(bytes_of(image.system) == hives::dirty(clean));
        REQUIRE(opened.target->set(schannel_key, "New", Value::dword(1)));
        REQUIRE(opened.target->commit());
    }
    // The log is there still, and fits no more.
    const auto opened = source("hive:" + image.config);
    CHECK(opened.diagnostics.empty());
    CHECK(value(*opened.source, schannel_key, "EventLogging") == Value::dword(5));
    CHECK(value(*opened.source, schannel_key, "New") == Value::dword(1));
}

TEST_CASE("a dirty hive without a log that fits is read with a warning, and not written", "[backend]") {
    const Image image;
    Image::write(image.system, hives::dirty(hives::system()));
    const auto opened = source("hive:" + image.config);
    REQUIRE(opened.diagnostics.size() == 1);
    CHECK(opened.diagnostics[0].severity == Severity::warning);
    CHECK(opened.diagnostics[0].rule == "hive-stale");
    CHECK(opened.diagnostics[0].message.find("VALUES MAY BE OLD OR MISSING") != std::string::npos);
    CHECK(value(*opened.source, schannel_key, "EventLogging") == Value::dword(1));
    CHECK(refused("hive:" + image.config, true, false).find("so it is not written") != std::string::npos);
    Image::write(image.config + "/SYSTEM.LOG1", "garbage");
    CHECK(source("hive:" + image.config).diagnostics.at(0).message.find("no log beside it fits") != std::string::npos);
}

TEST_CASE("a hibernated system is read with a warning, and not written", "[backend]") {
    const Image image;
    const std::string hibernation = image.root + "/hiberfil.sys";
    for (const char* signature : {"hibr", "HIBR", "RSTR"}) {
        Image::write(hibernation, signature + std::string(4092, 'x'));
        CHECK(source("hive:" + image.config).diagnostics.at(0).rule == "hive-hibernated");
        CHECK(refused("hive:" + image.root, true, false).find("is hibernated (") != std::string::npos);
    }
    for (const std::string& resumed : {std::string(4096, '\0'), std::string("WAKE") + std::string(4092, 'x'), std::string{}}) {
        Image::write(hibernation, resumed);
        CHECK(source("hive:" + image.root).diagnostics.empty());
        CHECK(target("hive:" + image.root).target != nullptr);
    }
}

TEST_CASE("the original is kept beside the hive where that is asked for, once and never over another", "[backend]") {
    const Image image;
    const std::string before = bytes_of(image.system);
    {
        const auto opened = target("hive:" + image.root, {.keep_original = true});
        REQUIRE(opened.target->set(schannel_key, "EventLogging", Value::dword(7)));
        REQUIRE(opened.target->commit());
        REQUIRE(opened.target->set(schannel_key, "EventLogging", Value::dword(6)));
        REQUIRE(opened.target->commit());
    }
    CHECK(bytes_of(image.system + ".bak") == before);
    CHECK_FALSE(fs::exists(image.software + ".bak"));
    const std::string now = bytes_of(image.system);
    {
        const auto again = target("hive:" + image.root, {.keep_original = true});
        REQUIRE(again.target->set(schannel_key, "EventLogging", Value::dword(5)));
        const auto refused = again.target->commit();
        REQUIRE_FALSE(refused);
        CHECK(refused.error().message == image.system + ".bak exists, and is not replaced");
    }
    CHECK(bytes_of(image.system) == now);
    // What an interrupted run has kept is no obstacle for the next one.
    Image::write(image.system + ".bak", now);
    const auto third = target("hive:" + image.root, {.keep_original = true});
    REQUIRE(third.target->set(schannel_key, "EventLogging", Value::dword(5)));
    REQUIRE(third.target->commit());
    CHECK(bytes_of(image.system + ".bak") == now);
}
