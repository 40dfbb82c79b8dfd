#include <windows.h>

#include <aclapi.h>
#include <sddl.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <random>
#include <system_error>
#include <vector>

#include "session/handle_win32.hpp"

namespace schancfg::cli {
namespace {

// The administrators and the system have all rights; OW is whoever owns the file, which is how a user who is no administrator
// keeps the right to his own record. Nothing is inherited.
constexpr wchar_t for_owner[] = L"D:P(A;;FA;;;BA)(A;;FA;;;SY)(A;;FA;;;OW)";
constexpr wchar_t for_everyone[] = L"D:P(A;;FA;;;BA)(A;;FA;;;SY)(A;;FA;;;OW)(A;;FR;;;WD)";

constexpr DWORD changing = FILE_WRITE_DATA | FILE_APPEND_DATA | FILE_WRITE_EA | FILE_WRITE_ATTRIBUTES | FILE_DELETE_CHILD | DELETE | WRITE_DAC |
                           WRITE_OWNER | GENERIC_WRITE | GENERIC_ALL;

std::vector<BYTE> own_user() {
    std::vector<BYTE> buffer(SECURITY_MAX_SID_SIZE + sizeof(TOKEN_USER));
    HANDLE token = nullptr;
    DWORD size = 0;
    if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token)) return {};
    const Handle closing(token);
    if (!GetTokenInformation(token, TokenUser, buffer.data(), static_cast<DWORD>(buffer.size()), &size)) return {};
    return buffer;
}

bool is_own(PSID sid) {
    static const std::vector<BYTE> user = own_user();
    return !user.empty() && EqualSid(reinterpret_cast<const TOKEN_USER*>(user.data())->User.Sid, sid);
}

// An account of an administrator is the owner of what it makes where a policy says so, hence the user himself.
bool may_own(PSID sid) {
    return IsWellKnownSid(sid, WinBuiltinAdministratorsSid) || IsWellKnownSid(sid, WinLocalSystemSid) || is_own(sid);
}

// What is granted to the owner, who is looked at by himself, is granted to nobody else.
bool may_change(PSID sid) { return may_own(sid) || IsWellKnownSid(sid, WinCreatorOwnerRightsSid) || IsWellKnownSid(sid, WinCreatorOwnerSid); }

bool others_may_change(PACL list) {
    if (list == nullptr) return true;  // No list: everybody may do everything.
    for (DWORD i = 0; i < list->AceCount; ++i) {
        void* raw = nullptr;
        if (!GetAce(list, i, &raw)) return true;
        const auto* header = static_cast<const ACE_HEADER*>(raw);
        if (header->AceType == ACCESS_DENIED_ACE_TYPE || (header->AceFlags & INHERIT_ONLY_ACE) != 0) continue;
        if (header->AceType != ACCESS_ALLOWED_ACE_TYPE) return true;
        auto* allowed = static_cast<ACCESS_ALLOWED_ACE*>(raw);
        if ((allowed->Mask & changing) != 0 && !may_change(&allowed->SidStart)) return true;
    }
    return false;
}

}  // namespace

void CloseHandleOf::operator()(void* handle) const { CloseHandle(handle); }

void FreeLocal::operator()(void* memory) const { LocalFree(memory); }

std::unexpected<Error> failed(std::string_view path, std::string_view what, unsigned long code) {
    const std::error_code error(static_cast<int>(code), std::system_category());
    const std::error_condition known = error.default_error_condition();
    const bool has_name = known.category() == std::generic_category();
    ErrorCode kind = ErrorCode::io;
    if (code == ERROR_FILE_NOT_FOUND || code == ERROR_PATH_NOT_FOUND) kind = ErrorCode::not_found;
    if (code == ERROR_ACCESS_DENIED || code == ERROR_WRITE_PROTECT || code == ERROR_PRIVILEGE_NOT_HELD) kind = ErrorCode::access_denied;
    if (code == ERROR_FILE_EXISTS || code == ERROR_ALREADY_EXISTS || code == ERROR_SHARING_VIOLATION) kind = ErrorCode::conflict;
    return fail(kind, std::string(path) + " cannot be " + std::string(what) + ": " + (has_name ? known.message() : error.message()), std::nullopt,
                static_cast<std::uint32_t>(code));
}

LocalMemory security_descriptor(const wchar_t* sddl) {
    PSECURITY_DESCRIPTOR raw = nullptr;
    if (!ConvertStringSecurityDescriptorToSecurityDescriptorW(sddl, SDDL_REVISION_1, &raw, nullptr)) return nullptr;
    return LocalMemory(raw);
}

Result<void> check_trusted(void* handle, std::string_view path) {
    PSID owner = nullptr;
    PACL list = nullptr;
    PSECURITY_DESCRIPTOR raw = nullptr;
    const DWORD code = GetSecurityInfo(handle, SE_FILE_OBJECT, OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION, &owner, nullptr, &list,
                                       nullptr, &raw);
    if (code != ERROR_SUCCESS) return failed(path, "read", code);
    const LocalMemory descriptor(raw);
    if (owner == nullptr || !may_own(owner)) return fail(ErrorCode::access_denied, std::string(path) + " belongs to another user, so it is not used");
    if (others_may_change(list)) return fail(ErrorCode::access_denied, std::string(path) + " could have been written by other users, so it is not used");
    return {};
}

bool is_elevated() {
    HANDLE token = nullptr;
    if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token)) return false;
    const Handle closing(token);
    TOKEN_ELEVATION elevation{};
    DWORD size = 0;
    return GetTokenInformation(token, TokenElevation, &elevation, sizeof elevation, &size) && elevation.TokenIsElevated != 0;
}

Result<Handle> write_beside(const std::wstring& path, std::string_view shown, std::string_view bytes, Readers readers, std::wstring& name) {
    const LocalMemory descriptor = readers == Readers::usual ? nullptr : security_descriptor(readers == Readers::owner ? for_owner : for_everyone);
    SECURITY_ATTRIBUTES attributes{sizeof attributes, descriptor.get(), FALSE};
    std::random_device random;
    HANDLE made = INVALID_HANDLE_VALUE;
    for (int i = 0; i < 100 && made == INVALID_HANDLE_VALUE; ++i) {
        name = path + L".tmp" + std::to_wstring(random());
        made = CreateFileW(name.c_str(), GENERIC_WRITE | DELETE, FILE_SHARE_READ | FILE_SHARE_DELETE, descriptor ? &attributes : nullptr, CREATE_NEW,
                           FILE_ATTRIBUTE_NORMAL, nullptr);
        if (made == INVALID_HANDLE_VALUE && GetLastError() != ERROR_FILE_EXISTS) break;
    }
    if (made == INVALID_HANDLE_VALUE) return failed(shown, "made", GetLastError());
    Handle file(made);
    DWORD code = ERROR_SUCCESS;
    while (!bytes.empty() && code == ERROR_SUCCESS) {
        DWORD done = 0;
        const auto size = static_cast<DWORD>(std::min<std::size_t>(bytes.size(), 1u << 30));
        if (!WriteFile(made, bytes.data(), size, &done, nullptr)) code = GetLastError();
        bytes.remove_prefix(done);
    }
    if (code == ERROR_SUCCESS && !FlushFileBuffers(made)) code = GetLastError();
    if (code != ERROR_SUCCESS) {
        file.reset();
        DeleteFileW(name.c_str());
        return failed(shown, "written", code);
    }
    return file;
}

bool move_file(const std::wstring& from, const std::wstring& to, bool replace) {
    // Somebody who reads the file at this moment stands in the way of replacing it.
    for (int attempt = 0;; ++attempt) {
        if (MoveFileExW(from.c_str(), to.c_str(), MOVEFILE_WRITE_THROUGH | (replace ? MOVEFILE_REPLACE_EXISTING : 0u))) return true;
        const DWORD code = GetLastError();
        if (!replace || attempt == 20 || (code != ERROR_SHARING_VIOLATION && code != ERROR_ACCESS_DENIED)) return false;
        Sleep(10);
    }
}

}  // namespace schancfg::cli
