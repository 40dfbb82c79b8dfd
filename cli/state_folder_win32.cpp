#include <windows.h>

#include <aclapi.h>
#include <sddl.h>

#include <filesystem>
#include <memory>

#include "file.hpp"
#include "state_folder.hpp"

namespace schancfg::cli {
namespace {

struct Free {
    void operator()(void* memory) const { LocalFree(memory); }
};
using Descriptor = std::unique_ptr<void, Free>;

std::unexpected<Error> failed(const std::string& folder, std::string_view what, DWORD code) {
    const std::error_code error(static_cast<int>(code), std::system_category());
    return fail(code == ERROR_ACCESS_DENIED ? ErrorCode::access_denied : ErrorCode::io,
                folder + " cannot be " + std::string(what) + ": " + error.message(), std::nullopt, code);
}

}  // namespace

// Below %ProgramData% every user can make folders and own them, so this one is made with rights of its own: all for
// administrators and the system, reading for users, nothing inherited.
Result<void> make_state_folder(const std::string& folder) {
    PSECURITY_DESCRIPTOR raw = nullptr;
    if (!ConvertStringSecurityDescriptorToSecurityDescriptorW(L"D:PAI(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)(A;OICI;FRFX;;;BU)", SDDL_REVISION_1,
                                                              &raw, nullptr)) {
        return failed(folder, "made", GetLastError());
    }
    const Descriptor descriptor(raw);
    SECURITY_ATTRIBUTES attributes{sizeof attributes, descriptor.get(), FALSE};
    if (!CreateDirectoryW(path_of(folder).c_str(), &attributes) && GetLastError() != ERROR_ALREADY_EXISTS) {
        return failed(folder, "made", GetLastError());
    }
    return check_state_folder(folder);
}

// Whoever owns a folder can give himself any right to it. Owners that may be here are the administrators, the system, and
// whoever runs this: an account of an administrator is the owner of what it makes where a policy says so.
Result<void> check_state_folder(const std::string& folder) {
    PSID owner = nullptr;
    PSECURITY_DESCRIPTOR raw = nullptr;
    const DWORD code = GetNamedSecurityInfoW(path_of(folder).c_str(), SE_FILE_OBJECT, OWNER_SECURITY_INFORMATION, &owner, nullptr, nullptr,
                                             nullptr, &raw);
    if (code != ERROR_SUCCESS) return failed(folder, "read", code);
    const Descriptor descriptor(raw);
    if (IsWellKnownSid(owner, WinBuiltinAdministratorsSid) || IsWellKnownSid(owner, WinLocalSystemSid)) return {};
    HANDLE token = nullptr;
    if (OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token)) {
        BYTE buffer[SECURITY_MAX_SID_SIZE + sizeof(TOKEN_USER)];
        DWORD size = 0;
        const bool known = GetTokenInformation(token, TokenUser, buffer, sizeof buffer, &size) != 0;
        CloseHandle(token);
        if (known && EqualSid(reinterpret_cast<TOKEN_USER*>(buffer)->User.Sid, owner)) return {};
    }
    return fail(ErrorCode::access_denied, folder + " belongs to another user, so its undo records are not used");
}

}  // namespace schancfg::cli
