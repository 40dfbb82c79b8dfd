// What only the Win32 registry itself can show: odd data, races, links, views, errors.

#include <atomic>
#include <chrono>
#include <thread>

#include "schancfg/backend/machine.hpp"
#include "schancfg/backend/open.hpp"
#include "scratch.hpp"

using namespace schancfg;
using namespace schancfg::backend;
using registry::KeyPath;
using registry::NamedValue;
using registry::Root;
using registry::Value;

namespace {

const KeyPath top = Scratch::key_path();

std::uint64_t last_write(HKEY key) {
    FILETIME time{};
    REQUIRE(::RegQueryInfoKeyW(key, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, &time) == ERROR_SUCCESS);
    return (std::uint64_t{time.dwHighDateTime} << 32) | time.dwLowDateTime;
}

// With NULs behind what is counted: the very case in which Windows counts on by itself.
LSTATUS put(HKEY key, const wchar_t* name, DWORD type, const std::string& bytes) {
    const std::string padded = bytes + std::string(8, '\0');
    return ::RegSetValueExW(key, name, 0, type, reinterpret_cast<const BYTE*>(padded.data()), static_cast<DWORD>(bytes.size()));
}

HKEY make_key(HKEY parent, const wchar_t* name, DWORD options = 0, REGSAM view = KEY_WOW64_64KEY) {
    HKEY key = nullptr;
    REQUIRE(::RegCreateKeyExW(parent, name, 0, nullptr, options, KEY_ALL_ACCESS | view, nullptr, &key, nullptr) == ERROR_SUCCESS);
    return key;
}

// `target`: below the scratch key.
void make_link(const Scratch& scratch, const wchar_t* name, const std::wstring& target) {
    const std::wstring path = L"\\Registry\\Machine\\" + Scratch::path() + L"\\" + target;
    const HKEY link = make_key(scratch.key(), name, REG_OPTION_CREATE_LINK | REG_OPTION_VOLATILE);
    REQUIRE(::RegSetValueExW(link, L"SymbolicLinkValue", 0, REG_LINK, reinterpret_cast<const BYTE*>(path.data()),
                             static_cast<DWORD>(path.size() * sizeof(wchar_t))) == ERROR_SUCCESS);
    ::RegCloseKey(link);
}

}  // namespace

TEST_CASE("what other programs stored is read byte for byte, and what we store is what they read", "[win32]") {
    const Scratch scratch;
    const std::string nul(1, '\0');
    const std::vector<NamedValue> odd{
        {"no NUL", {REG_SZ, "a" + nul + "b" + nul}}, {"odd", {REG_SZ, "a" + nul + "b"}},
        {"one NUL", {REG_MULTI_SZ, "a" + nul + nul + nul}}, {"short", {REG_DWORD, "abc"}},
        {"long", {REG_DWORD, "abcdefgh"}}, {"empty", {REG_DWORD, ""}}, {"odd list", {REG_MULTI_SZ, "abc"}},
    };
    const auto target = live();
    for (const NamedValue& value : odd) {
        INFO(value.name);
        const std::wstring name(value.name.begin(), value.name.end());
        REQUIRE(target->set(top, value.name, value.value));
        DWORD size = 0;
        DWORD type = 0;
        REQUIRE(::RegQueryValueExW(scratch.key(), name.c_str(), nullptr, &type, nullptr, &size) == ERROR_SUCCESS);
        CHECK(type == value.value.type);
        CHECK(size == value.value.bytes.size());
        REQUIRE(target->unset(top, value.name));
        REQUIRE(put(scratch.key(), name.c_str(), value.value.type, value.value.bytes) == ERROR_SUCCESS);
        const auto content = target->read(top);
        REQUIRE(content);
        REQUIRE(content->values.size() == 1);
        CHECK(content->values[0].value.type == value.value.type);
        CHECK(content->values[0].value.bytes.starts_with(value.value.bytes));
        REQUIRE(target->unset(top, value.name));
    }
}

TEST_CASE("a value that grows while it is read comes out whole", "[win32]") {
    const Scratch scratch;
    std::atomic<bool> stop = false;
    REQUIRE(put(scratch.key(), L"grows", REG_BINARY, "x") == ERROR_SUCCESS);
    std::thread writer([&] {
        for (std::size_t size = 1; !stop; size = size % 300000 + 7919) {
            (void)put(scratch.key(), L"grows", REG_BINARY, std::string(size, static_cast<char>('a' + size % 26)));
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
    });
    const auto target = live();
    int whole = 0;
    for (int i = 0; i < 200; ++i) {
        const auto content = target->read(top);
        if (!content) {
            CHECK(content.error().code == ErrorCode::conflict);
            continue;
        }
        REQUIRE(content->values.size() == 1);
        const std::string& bytes = content->values[0].value.bytes;
        if (bytes != "x") CHECK(bytes == std::string(bytes.size(), static_cast<char>('a' + bytes.size() % 26)));
        ++whole;
    }
    stop = true;
    writer.join();
    CHECK(whole > 100);
}

TEST_CASE("values and keys that come and go while they are listed make no list with holes or doubles", "[win32]") {
    const Scratch scratch;
    for (int i = 0; i < 20; ++i) REQUIRE(put(scratch.key(), (L"stays " + std::to_wstring(i)).c_str(), REG_SZ, "") == ERROR_SUCCESS);
    std::atomic<bool> stop = false;
    std::thread writer([&] {
        for (int i = 0; !stop; i = (i + 1) % 10) {
            const std::wstring name = L"passes " + std::to_wstring(i);
            (void)put(scratch.key(), name.c_str(), REG_SZ, "");
            ::RegCloseKey(make_key(scratch.key(), name.c_str()));
            std::this_thread::sleep_for(std::chrono::milliseconds(3));
            ::RegDeleteValueW(scratch.key(), name.c_str());
            ::RegDeleteKeyExW(scratch.key(), name.c_str(), KEY_WOW64_64KEY, 0);
            std::this_thread::sleep_for(std::chrono::milliseconds(3));
        }
    });
    const auto target = live();
    int complete = 0;
    for (int i = 0; i < 200; ++i) {
        const auto taken = snapshot(*target, {{top, true}});
        if (!taken) {
            CHECK(taken.error().code == ErrorCode::conflict);
            continue;
        }
        std::vector<std::string> names;
        for (const NamedValue& value : taken->find(top)->values) names.push_back(value.name);
        CHECK(std::ranges::count_if(names, [](const std::string& name) { return name.starts_with("stays"); }) == 20);
        std::ranges::sort(names);
        CHECK(std::ranges::adjacent_find(names) == names.end());
        ++complete;
    }
    stop = true;
    writer.join();
    CHECK(complete > 100);
}

TEST_CASE("a key that is removed and made again while it is read is there, or not, and nothing else", "[win32]") {
    const Scratch scratch;
    std::atomic<bool> stop = false;
    std::thread writer([&] {
        while (!stop) {
            ::RegCloseKey(make_key(scratch.key(), L"flickers"));
            std::this_thread::sleep_for(std::chrono::microseconds(500));
            ::RegDeleteKeyExW(scratch.key(), L"flickers", KEY_WOW64_64KEY, 0);
            std::this_thread::sleep_for(std::chrono::microseconds(500));
        }
    });
    const auto target = live();
    int there = 0;
    int absent = 0;
    for (int i = 0; i < 5000 && (i < 500 || there == 0 || absent == 0); ++i) {
        const auto content = target->read(top.child("flickers"));
        if (content) ++there;
        else if (content.error().code == ErrorCode::not_found) ++absent;
        else CHECK(content.error().os_code == ERROR_KEY_DELETED);
    }
    stop = true;
    writer.join();
    CHECK(there > 0);
    CHECK(absent > 0);
}

TEST_CASE("a value that is there already is not written again", "[win32]") {
    const Scratch scratch;
    const auto target = live();
    REQUIRE(target->set(top, "a", Value::dword(1)));
    const std::uint64_t before = last_write(scratch.key());
    ::Sleep(20);
    REQUIRE(target->set(top, "a", Value::dword(1)));
    CHECK(last_write(scratch.key()) == before);
    CHECK(target->read(top)->last_write == before);
    REQUIRE(target->set(top, "a", Value{REG_BINARY, std::string("\1\0\0\0", 4)}));
    CHECK(last_write(scratch.key()) != before);
}

TEST_CASE("a link is reported, and neither followed nor changed nor removed", "[win32]") {
    const Scratch scratch;
    const auto target = live();
    REQUIRE(target->create(top.below("target\\child")));
    REQUIRE(target->set(top.child("target"), "precious", Value::dword(1)));
    make_link(scratch, L"link", L"target");
    const auto content = target->read(top.child("link"));
    REQUIRE(content);
    CHECK(content->is_link);
    CHECK(content->children.empty());
    REQUIRE(content->values.size() == 1);
    CHECK(content->values[0].name == "SymbolicLinkValue");
    const std::string refusal = "the key HKLM\\SOFTWARE\\schancfg-test-win32\\link is a symbolic link, which is left alone";
    CHECK(target->erase(top.child("link")).error().message == refusal);
    CHECK(target->set(top.child("link"), "precious", Value::dword(2)).error().message == refusal);
    CHECK(target->unset(top.child("link"), "precious").error().message == refusal);
    CHECK(target->create(top.child("link")));
    const auto taken = snapshot(*target, {{top, true}});
    REQUIRE(taken);
    CHECK(taken->find(top.child("link")) == nullptr);
    CHECK(*taken->find_value(top.child("target"), "precious") == Value::dword(1));
    CHECK(taken->find(top.below("target\\child")) != nullptr);
}

TEST_CASE("no other link is followed, wherever it stands in the path, and what lies behind it is shown as such", "[win32]") {
    const Scratch scratch;
    const auto target = live();
    REQUIRE(target->create(top.below("elsewhere\\TLS 1.0\\Client")));
    REQUIRE(target->set(top.below("elsewhere\\TLS 1.0\\Client"), "precious", Value::dword(1)));
    REQUIRE(target->create(top.child("SCHANNEL")));
    make_link(scratch, L"SCHANNEL\\Protocols", L"elsewhere");
    const auto before = snapshot(*target, {{top.child("elsewhere"), true}});
    for (const char* below : {"Protocols\\TLS 1.0", "Protocols\\TLS 1.0\\Client", "protocols\\TLS 1.0\\Client\\New", "PROTOCOLS\\New\\Key"}) {
        INFO(below);
        const KeyPath key = top.child("SCHANNEL").below(below);
        const std::string link = top.child("SCHANNEL").child(std::string_view(below).substr(0, 9)).to_string();
        const std::string refusal = "the key " + link + " is a symbolic link, which is left alone";
        CHECK(target->create(key).error().message == refusal);
        CHECK(target->set(key, "precious", Value::dword(2)).error().message == refusal);
        CHECK(target->unset(key, "precious").error().message == refusal);
        CHECK(target->erase(key).error().message == refusal);
        const auto content = target->read(key);
        REQUIRE(content);
        CHECK(content->is_link);
        CHECK(content->values.empty());
        CHECK(content->children.empty());
    }
    const auto after = snapshot(*target, {{top.child("elsewhere"), true}});
    REQUIRE(before);
    REQUIRE(after);
    CHECK(after->same_content(*before));
    std::vector<Link> links;
    REQUIRE(snapshot(*target, {{top.child("SCHANNEL"), true}, {top.below("SCHANNEL\\Protocols\\TLS 1.0"), false}}, &links));
    REQUIRE(links.size() == 2);
    CHECK(links[0].key == top.below("SCHANNEL\\Protocols"));
    CHECK(links[0].leads_to == "\\Registry\\Machine\\SOFTWARE\\schancfg-test-win32\\elsewhere");
    CHECK(links[1].key == top.below("SCHANNEL\\Protocols\\TLS 1.0"));
    CHECK(links[1].leads_to.empty());
}

TEST_CASE("a link in the middle of a path is followed when it is CurrentControlSet, and no other", "[win32]") {
    const Scratch scratch;
    const auto target = live();
    REQUIRE(target->create(top.child("ControlSet001")));
    make_link(scratch, L"CurrentControlSet", L"ControlSet001");
    REQUIRE(target->create(top.below("CurrentControlSet\\Control\\Lsa")));
    REQUIRE(target->set(top.below("CurrentControlSet\\Control\\Lsa"), "a", Value::dword(1)));
    CHECK(target->read(top.below("ControlSet001\\Control\\Lsa"))->values.size() == 1);
    CHECK_FALSE(target->read(top.below("CurrentControlSet\\Control"))->is_link);
    CHECK(snapshot(*target, {{top.below("CurrentControlSet\\Control"), true}})->find(top.below("CurrentControlSet\\Control\\Lsa")) != nullptr);
    REQUIRE(target->unset(top.below("CurrentControlSet\\Control\\Lsa"), "a"));
    REQUIRE(target->erase(top.below("CurrentControlSet\\Control\\Lsa")));
    CHECK(target->read(top.below("ControlSet001\\Control"))->children.empty());
    make_link(scratch, L"broken", L"nowhere");
    CHECK(target->create(top.below("broken\\child")).error().message ==
          "the key HKLM\\SOFTWARE\\schancfg-test-win32\\broken is a symbolic link, which is left alone");
    CHECK(target->read(top.child("nowhere")).error().code == ErrorCode::not_found);
}

TEST_CASE("below a key that lasts until the next restart nothing lasting can be made", "[win32]") {
    const Scratch scratch;
    ::RegCloseKey(make_key(scratch.key(), L"volatile", REG_OPTION_VOLATILE));
    const auto refused = live()->create(top.below("volatile\\child"));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::unsupported);
    CHECK(refused.error().os_code == ERROR_CHILD_MUST_BE_VOLATILE);
    CHECK(refused.error().message.starts_with("the key HKLM\\SOFTWARE\\schancfg-test-win32\\volatile\\child cannot be made: the key above it lasts "
                                              "only until the next restart, and so would everything below it (Windows error 1021"));
}

TEST_CASE("the 32-bit view is Wow6432Node, and the policies of both views are one key", "[win32]") {
    const Scratch scratch;
    const auto target = live();
    const KeyPath narrow(Root::local_machine, "SOFTWARE\\Wow6432Node\\schancfg-test-win32");
    REQUIRE(target->create(narrow));
    REQUIRE(target->set(narrow, "view", Value::dword(32)));
    REQUIRE(target->set(top, "view", Value::dword(64)));
    HKEY seen = nullptr;
    REQUIRE(::RegOpenKeyExW(HKEY_LOCAL_MACHINE, Scratch::path().c_str(), 0, KEY_READ | KEY_WOW64_32KEY, &seen) == ERROR_SUCCESS);
    DWORD number = 0;
    DWORD size = sizeof number;
    CHECK(::RegQueryValueExW(seen, L"view", nullptr, nullptr, reinterpret_cast<BYTE*>(&number), &size) == ERROR_SUCCESS);
    CHECK(number == 32);
    ::RegCloseKey(seen);
    CHECK(target->read(top)->values.at(0).value == Value::dword(64));
    REQUIRE(target->erase(narrow));
    const KeyPath policy(Root::local_machine, "SOFTWARE\\Policies\\schancfg-test-win32");
    const KeyPath twin(Root::local_machine, "SOFTWARE\\Wow6432Node\\Policies\\schancfg-test-win32");
    REQUIRE(target->create(policy));
    REQUIRE(target->set(policy, "one", Value::dword(1)));
    // There is a link of Windows in that path; the spelling that needs none is the one that is used.
    CHECK(target->read(twin)->is_link);
    CHECK(registry::canonical(twin) == policy);
    HKEY shared = nullptr;
    REQUIRE(::RegOpenKeyExW(HKEY_LOCAL_MACHINE, L"SOFTWARE\\Policies\\schancfg-test-win32", 0, KEY_READ | KEY_WOW64_32KEY, &shared) == ERROR_SUCCESS);
    CHECK(::RegQueryValueExW(shared, L"one", nullptr, nullptr, reinterpret_cast<BYTE*>(&number), &size) == ERROR_SUCCESS);
    ::RegCloseKey(shared);
    REQUIRE(target->erase(policy));
    CHECK(target->read(policy).error().code == ErrorCode::not_found);
}

TEST_CASE("a key that may only be read says so when it is to be written", "[win32]") {
    const Scratch scratch;
    const auto target = live();
    SECURITY_DESCRIPTOR descriptor{};
    REQUIRE(::InitializeSecurityDescriptor(&descriptor, SECURITY_DESCRIPTOR_REVISION) != 0);
    SID_IDENTIFIER_AUTHORITY world{SECURITY_WORLD_SID_AUTHORITY};
    PSID everyone = nullptr;
    REQUIRE(::AllocateAndInitializeSid(&world, 1, SECURITY_WORLD_RID, 0, 0, 0, 0, 0, 0, 0, &everyone) != 0);
    BYTE room[256];
    const auto list = reinterpret_cast<PACL>(room);
    REQUIRE(::InitializeAcl(list, sizeof room, ACL_REVISION) != 0);
    REQUIRE(::AddAccessAllowedAce(list, ACL_REVISION, KEY_READ | DELETE | WRITE_DAC, everyone) != 0);
    REQUIRE(::SetSecurityDescriptorDacl(&descriptor, TRUE, list, FALSE) != 0);
    const HKEY guarded = make_key(scratch.key(), L"guarded");
    REQUIRE(::RegSetKeySecurity(guarded, DACL_SECURITY_INFORMATION, &descriptor) == ERROR_SUCCESS);
    ::RegCloseKey(guarded);
    ::FreeSid(everyone);
    const auto refused = target->set(top.child("guarded"), "a", Value::dword(1));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::access_denied);
    CHECK(refused.error().os_code == ERROR_ACCESS_DENIED);
    CHECK(target->read(top.child("guarded")));
    CHECK(refused.error().message.starts_with("the key HKLM\\SOFTWARE\\schancfg-test-win32\\guarded cannot be opened: access was denied; "
                                              "run from an elevated prompt, or ask who protects it (Windows error 5"));
}

TEST_CASE("a machine that is not there is said to be so, in time", "[win32]") {
    const auto start = std::chrono::steady_clock::now();
    const auto refused = open_target("live:no-such-host.invalid", {});
    REQUIRE_FALSE(refused);
    CHECK_FALSE(refused.error().usage);
    CHECK(refused.error().error.message.starts_with("the registry of 'no-such-host.invalid' cannot be opened: "
                                                    "the machine was not found in the network (Windows error 53"));
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(22));
    CHECK(open_live("a\\b", Access::read).error().message == "'a\\b' is not a host name");
    CHECK(open_live("\\\\", Access::read).error().code == ErrorCode::malformed);
}

TEST_CASE("this machine says who it is and which Windows it runs", "[win32]") {
    const auto opened = open_source("live", {});
    REQUIRE(opened);
    CHECK(opened->kind == Kind::live);
    CHECK(opened->label == "live");
    CHECK(opened->machine.size() > 37);
    CHECK(opened->machine.find('/') == 36);
    CHECK(opened->machine == open_target("live", {})->machine);
    CHECK(opened->release != nullptr);
    CHECK(opened->source->read(KeyPath(Root::dyn_data, "")).error().message == "the root HKDD does not exist in live");
    CHECK(opened->source->read(KeyPath(Root::classes_root)));
}
