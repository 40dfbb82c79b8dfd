// A scratch key of the live registry, reached past our own code, and gone when the test ends. Links below it are removed, never followed.
#pragma once

#include <windows.h>
#include <winternl.h>

#include <string>
#include <vector>

#include "catch.hpp"
#include "schancfg/backend/live.hpp"

extern "C" NTSTATUS NTAPI NtDeleteKey(HANDLE key);

class Scratch {
public:
    Scratch() {
        remove(path());
        REQUIRE(::RegCreateKeyExW(HKEY_LOCAL_MACHINE, path().c_str(), 0, nullptr, 0, KEY_ALL_ACCESS | KEY_WOW64_64KEY, nullptr, &key_, nullptr) ==
                ERROR_SUCCESS);
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    ~Scratch() {
        ::RegCloseKey(key_);
        remove(path());
    }
    [[nodiscard]] HKEY key() const { return key_; }
    [[nodiscard]] static std::wstring path() { return L"SOFTWARE\\schancfg-test-win32"; }
    [[nodiscard]] static schancfg::registry::KeyPath key_path() {
        return {schancfg::registry::Root::local_machine, "SOFTWARE\\schancfg-test-win32"};
    }

    static void remove(const std::wstring& path) {
        HKEY key = nullptr;
        unguard(path);
        if (::RegOpenKeyExW(HKEY_LOCAL_MACHINE, path.c_str(), REG_OPTION_OPEN_LINK, KEY_ALL_ACCESS | KEY_WOW64_64KEY, &key) != ERROR_SUCCESS) return;
        DWORD type = 0;
        const bool link = ::RegQueryValueExW(key, L"SymbolicLinkValue", nullptr, &type, nullptr, nullptr) == ERROR_SUCCESS && type == REG_LINK;
        std::vector<std::wstring> children;
        wchar_t name[512];
        for (DWORD size = 512; !link && ::RegEnumKeyExW(key, static_cast<DWORD>(children.size()), name, &size, nullptr, nullptr, nullptr, nullptr) == ERROR_SUCCESS; size = 512) {
            children.emplace_back(name, size);
        }
        for (const std::wstring& child : children) remove(path + L"\\" + child);
        ::NtDeleteKey(key);
        ::RegCloseKey(key);
    }

private:
    // Lets everyone at a key that a test made read-only.
    static void unguard(const std::wstring& path) {
        HKEY key = nullptr;
        if (::RegOpenKeyExW(HKEY_LOCAL_MACHINE, path.c_str(), REG_OPTION_OPEN_LINK, WRITE_DAC | KEY_WOW64_64KEY, &key) != ERROR_SUCCESS) return;
        SECURITY_DESCRIPTOR open{};
        ::InitializeSecurityDescriptor(&open, SECURITY_DESCRIPTOR_REVISION);
        ::SetSecurityDescriptorDacl(&open, TRUE, nullptr, FALSE);
        ::RegSetKeySecurity(key, DACL_SECURITY_INFORMATION, &open);
        ::RegCloseKey(key);
    }

    HKEY key_ = nullptr;
};

[[nodiscard]] inline std::unique_ptr<schancfg::backend::Target> live() {
    auto opened = schancfg::backend::open_live("", schancfg::backend::Access::write);
    if (!opened) FAIL(opened.error().message);
    return std::move(*opened);
}
