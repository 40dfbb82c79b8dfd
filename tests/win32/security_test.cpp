// Who may do what with a key is nothing that schancfg changes.
#include "scratch.hpp"

#include <sddl.h>  // does not stand alone: after <windows.h>

using namespace schancfg;
using registry::KeyPath;
using registry::Value;

namespace {

constexpr SECURITY_INFORMATION parts = OWNER_SECURITY_INFORMATION | GROUP_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION;

// In the words of SDDL.
std::wstring descriptor(HKEY key) {
    DWORD size = 0;
    REQUIRE(::RegGetKeySecurity(key, parts, nullptr, &size) == ERROR_INSUFFICIENT_BUFFER);
    std::string bytes(size, '\0');
    REQUIRE(::RegGetKeySecurity(key, parts, bytes.data(), &size) == ERROR_SUCCESS);
    LPWSTR text = nullptr;
    REQUIRE(::ConvertSecurityDescriptorToStringSecurityDescriptorW(bytes.data(), SDDL_REVISION_1, parts, &text, nullptr));
    std::wstring out = text;
    ::LocalFree(text);
    return out;
}

void guard(HKEY key, const wchar_t* sddl) {
    PSECURITY_DESCRIPTOR made = nullptr;
    REQUIRE(::ConvertStringSecurityDescriptorToSecurityDescriptorW(sddl, SDDL_REVISION_1, &made, nullptr));
    const LSTATUS set = ::RegSetKeySecurity(key, DACL_SECURITY_INFORMATION, made);
    ::LocalFree(made);
    REQUIRE(set == ERROR_SUCCESS);
}

HKEY open(const Scratch& scratch, const wchar_t* name) {
    HKEY key = nullptr;
    REQUIRE(::RegOpenKeyExW(scratch.key(), name, 0, KEY_READ | KEY_WOW64_64KEY, &key) == ERROR_SUCCESS);
    return key;
}

}  // namespace

TEST_CASE("a key keeps its security descriptor when its values and subkeys change", "[win32]") {
    const Scratch scratch;
    guard(scratch.key(), L"D:P(A;CI;KA;;;BA)(A;CI;KA;;;SY)(A;CI;KR;;;BU)");
    const std::wstring before = descriptor(scratch.key());
    REQUIRE(before.find(L"KR;;;BU") != std::wstring::npos);
    const auto target = live();
    const KeyPath key = Scratch::key_path();
    REQUIRE(target->set(key, "Enabled", Value::dword(1)));
    REQUIRE(target->set(key, "Enabled", Value::dword(0)));
    REQUIRE(target->create(key.child("Client")));
    REQUIRE(target->set(key.child("Client"), "Enabled", Value::dword(0)));
    REQUIRE(target->unset(key, "Enabled"));
    CHECK(descriptor(scratch.key()) == before);
    REQUIRE(target->erase(key.child("Client")));
    CHECK(descriptor(scratch.key()) == before);
}

TEST_CASE("a key that is made has the security descriptor that Windows gives it", "[win32]") {
    const Scratch scratch;
    guard(scratch.key(), L"D:P(A;CI;KA;;;BA)(A;CI;KA;;;SY)(A;CI;KR;;;BU)");
    HKEY plain = nullptr;
    REQUIRE(::RegCreateKeyExW(scratch.key(), L"Plain", 0, nullptr, 0, KEY_READ | KEY_WOW64_64KEY, nullptr, &plain, nullptr) == ERROR_SUCCESS);
    REQUIRE(live()->create(Scratch::key_path().child("Ours")));
    HKEY ours = open(scratch, L"Ours");
    CHECK(descriptor(ours) == descriptor(plain));
    ::RegCloseKey(ours);
    ::RegCloseKey(plain);
}
