#include "schancfg/backend/machine.hpp"

#include "catch.hpp"
#include "schancfg/backend/memory.hpp"

using namespace schancfg;
using namespace schancfg::backend;
using registry::KeyPath;
using registry::Root;
using registry::Tree;
using registry::Value;

namespace {

DetectedRelease detect(const std::string& build, const std::string& kind, const std::string& product = {}) {
    const KeyPath key(Root::local_machine, "SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion");
    Tree tree;
    tree.set_value(key, "CurrentBuildNumber", Value::sz(build));
    if (!kind.empty()) tree.set_value(key, "InstallationType", Value::sz(kind));
    if (!product.empty()) tree.set_value(key, "ProductName", Value::sz(product));
    return detect_release(MemoryRegistry(std::move(tree)));
}

}  // namespace

TEST_CASE("the release of a machine is found by build number and kind", "[backend]") {
    const auto server = detect("20348", "Server Core");
    REQUIRE(server.release != nullptr);
    CHECK(server.release->id == "windows-server-2022");
    CHECK(server.exact);
    CHECK(server.note.empty());
    const auto client = detect("26100", "Client", "Windows 10 Pro");
    REQUIRE(client.release != nullptr);
    CHECK(client.release->id == "windows-11-24h2");
    CHECK(detect("26100", "Server").release->id == "windows-server-2025");
    CHECK(detect("17763", "", "Windows Server 2019 Datacenter").release->id == "windows-server-2019");
}

TEST_CASE("a service pack is no other release", "[backend]") {
    const auto found = detect("7601", "Server");
    REQUIRE(found.release != nullptr);
    CHECK(found.release->id == "windows-server-2008-r2");
    CHECK(found.exact);
}

TEST_CASE("a build that is not known is taken for the nearest older one of its kind, with a note", "[backend]") {
    const auto between = detect("20500", "Server");
    REQUIRE(between.release != nullptr);
    CHECK(between.release->id == "windows-server-2022");
    CHECK_FALSE(between.exact);
    CHECK(between.note == "this machine is a server of build 20500, which is not known here; it is taken for the nearest older one, windows-server-2022");
    const auto ancient = detect("1381", "Client");
    CHECK(ancient.release == nullptr);
    CHECK(ancient.note == "this machine is a client of build 1381, older than every release known here");
}

TEST_CASE("a registry that does not say which Windows it is of has no release", "[backend]") {
    CHECK(detect_release(MemoryRegistry{}).release == nullptr);
    CHECK(detect("20348x", "Server").note == "the registry does not say which Windows this is (CurrentBuildNumber)");
    CHECK(detect("99999999999999999999", "Server").release == nullptr);
}

TEST_CASE("a machine is known by its GUID and its name", "[backend]") {
    Tree tree;
    tree.set_value(KeyPath(Root::local_machine, "SOFTWARE\\Microsoft\\Cryptography"), "MachineGuid", Value::sz("1234-5678"));
    tree.set_value(KeyPath(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\ComputerName\\ComputerName"), "ComputerName", Value::sz("WEB01"));
    CHECK(machine_identity(MemoryRegistry(std::move(tree))) == "1234-5678/WEB01");
    CHECK(machine_identity(MemoryRegistry{}) == "/");
}

TEST_CASE("the exact build and its revision are read, and left open where the registry does not say them", "[backend]") {
    const KeyPath key(Root::local_machine, "SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion");
    const auto build = [&](std::initializer_list<std::pair<const char*, Value>> values) {
        Tree tree;
        for (const auto& [name, value] : values) tree.set_value(key, name, value);
        return windows_build(MemoryRegistry(std::move(tree)));
    };
    CHECK(build({}).number == 0);
    CHECK(build({{"CurrentBuildNumber", Value::sz("14393")}}).number == 14393);
    CHECK(build({{"CurrentBuildNumber", Value::sz("14393")}}).revision == 0);
    CHECK(build({{"CurrentBuildNumber", Value::sz("14393")}, {"UBR", Value::dword(3542)}}).revision == 3542);
    CHECK(build({{"CurrentBuildNumber", Value::sz("14393")}, {"UBR", Value::sz("3542")}}).revision == 0);
    CHECK(build({{"CurrentBuildNumber", Value::sz("14393 or so")}, {"UBR", Value::dword(3542)}}).number == 0);
}

TEST_CASE("a machine is known by its MachineGuid, whatever it is called, and anything else by its spelling", "[backend]") {
    const std::string guid = "2f6c4f8e-1d5b-4f6e-9a3c-0b1d2e3f4a5b";
    CHECK(backend::is_same_machine(guid + "/WEB01", guid + "/WEB02"));
    CHECK(backend::is_same_machine("2F6C4F8E-1D5B-4F6E-9A3C-0B1D2E3F4A5B/WEB01", guid + "/WEB01"));
    CHECK_FALSE(backend::is_same_machine(guid + "/WEB01", "3f6c4f8e-1d5b-4f6e-9a3c-0b1d2e3f4a5b/WEB01"));
    CHECK(backend::is_same_machine("/srv/a.reg", "/srv/a.reg"));
    CHECK_FALSE(backend::is_same_machine("/srv/a.reg", "/srv/A.reg"));
    // Nothing is known of who says nothing.
    CHECK_FALSE(backend::is_same_machine("/WEB01", "/WEB02"));
    CHECK_FALSE(backend::is_same_machine("", guid + "/WEB01"));
    CHECK_FALSE(backend::is_same_machine("guid/WEB01", "guid/WEB02"));
    CHECK(backend::computer_name(guid + "/WEB01") == "WEB01");
    CHECK(backend::computer_name("/srv/a.reg").empty());
    CHECK(backend::machine_key(guid + "/A") == backend::machine_key(guid + "/B"));
}
