#include <windows.h>

#include <aclapi.h>
#include <sddl.h>

#include <algorithm>
#include <vector>

#include "schancfg/files/folder.hpp"
#include "schancfg/files/path.hpp"
#include "schancfg/files/system_path.hpp"
#include "temporary.hpp"
#include "win32_handle.hpp"

namespace schancfg::files {
namespace {

// The administrators and the system have all rights; OW is anyone who owns the file, which is how a user who is not an administrator
// keeps the right to his own record. Nothing is inherited.
constexpr wchar_t for_owner[] = L"D:P(A;;FA;;;BA)(A;;FA;;;SY)(A;;FA;;;OW)";
constexpr wchar_t for_everyone[] = L"D:P(A;;FA;;;BA)(A;;FA;;;SY)(A;;FA;;;OW)(A;;FR;;;WD)";
// With the administrators as owner, whatever a policy says of who owns what an administrator makes.
constexpr wchar_t for_administrators[] = L"O:BAD:P(A;;FA;;;BA)(A;;FA;;;SY)";
constexpr wchar_t of_administrators[] = L"O:BAD:P(A;;FA;;;BA)(A;;FA;;;SY)(A;;FR;;;WD)";

constexpr DWORD changing = FILE_WRITE_DATA | FILE_APPEND_DATA | FILE_WRITE_EA | FILE_WRITE_ATTRIBUTES | FILE_DELETE_CHILD | DELETE | WRITE_DAC |
                           WRITE_OWNER | GENERIC_WRITE | GENERIC_ALL;

// TrustedInstaller, which owns what Windows itself installs and `C:\Program Files` (win32 SecAuthZ, service SIDs).
constexpr wchar_t trusted_installer[] = L"S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464";

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

bool is_trusted_installer(PSID sid) {
    static const LocalMemory known = [] {
        PSID made = nullptr;
        return LocalMemory(ConvertStringSidToSidW(trusted_installer, &made) ? made : nullptr);
    }();
    return known && EqualSid(known.get(), sid);
}

// An account of an administrator is the owner of what it makes where a policy says so, hence the user himself.
bool may_own(PSID sid) {
    return IsWellKnownSid(sid, WinBuiltinAdministratorsSid) || IsWellKnownSid(sid, WinLocalSystemSid) || is_trusted_installer(sid) || is_own(sid);
}

// What is granted to the owner, who is looked at by himself, is granted to nobody else.
bool may_change(PSID sid) { return may_own(sid) || IsWellKnownSid(sid, WinCreatorOwnerRightsSid) || IsWellKnownSid(sid, WinCreatorOwnerSid); }

// What it takes to put another folder in the place of one that is in it, or to give oneself the right to.
constexpr DWORD replacing = FILE_DELETE_CHILD | DELETE | WRITE_DAC | WRITE_OWNER | GENERIC_ALL;

bool others_may(PACL list, DWORD what) {
    if (list == nullptr) return true;  // No list: everybody may do everything.
    for (DWORD i = 0; i < list->AceCount; ++i) {
        void* raw = nullptr;
        if (!GetAce(list, i, &raw)) return true;
        const auto* header = static_cast<const ACE_HEADER*>(raw);
        if (header->AceType == ACCESS_DENIED_ACE_TYPE || (header->AceFlags & INHERIT_ONLY_ACE) != 0) continue;
        if (header->AceType != ACCESS_ALLOWED_ACE_TYPE) return true;
        auto* allowed = static_cast<ACCESS_ALLOWED_ACE*>(raw);
        if ((allowed->Mask & what) != 0 && !may_change(&allowed->SidStart)) return true;
    }
    return false;
}

LocalMemory rights_of(Readers readers) {
    if (readers == Readers::usual) return nullptr;
    if (is_elevated()) {
        // Only who may give a file to the administrators can make one of theirs: else his own, which is looked at like theirs.
        if (auto theirs = security_descriptor(readers == Readers::owner ? for_administrators : of_administrators)) return theirs;
    }
    return security_descriptor(readers == Readers::owner ? for_owner : for_everyone);
}

// The access rights of another file; owner and auditing are the business of who may set them.
LocalMemory rights_like(const std::wstring& like, PACL& list, bool& is_protected) {
    PSECURITY_DESCRIPTOR raw = nullptr;
    if (GetNamedSecurityInfoW(const_cast<wchar_t*>(like.c_str()), SE_FILE_OBJECT, DACL_SECURITY_INFORMATION, nullptr, nullptr, &list, nullptr, &raw) != ERROR_SUCCESS) {
        list = nullptr;
        return nullptr;
    }
    SECURITY_DESCRIPTOR_CONTROL control = 0;
    DWORD revision = 0;
    is_protected = GetSecurityDescriptorControl(raw, &control, &revision) != 0 && (control & SE_DACL_PROTECTED) != 0;
    return LocalMemory(raw);
}

// Before the first byte: nobody can read meanwhile what he may not read afterwards.
void take_rights_of(const std::wstring& like, const std::wstring& name) {
    PACL list = nullptr;
    bool is_protected = false;
    const LocalMemory rights = rights_like(like, list, is_protected);
    if (!rights) return;
    const SECURITY_INFORMATION what = DACL_SECURITY_INFORMATION |
                                      (is_protected ? PROTECTED_DACL_SECURITY_INFORMATION : UNPROTECTED_DACL_SECURITY_INFORMATION);
    SetNamedSecurityInfoW(const_cast<wchar_t*>(name.c_str()), SE_FILE_OBJECT, what, nullptr, nullptr, list, nullptr);
}

}  // namespace

LocalMemory security_descriptor(const wchar_t* sddl) {
    PSECURITY_DESCRIPTOR raw = nullptr;
    if (!ConvertStringSecurityDescriptorToSecurityDescriptorW(sddl, SDDL_REVISION_1, &raw, nullptr)) return nullptr;
    return LocalMemory(raw);
}

namespace {

Result<void> check_rights(void* handle, std::string_view path, DWORD what) {
    PSID owner = nullptr;
    PACL list = nullptr;
    PSECURITY_DESCRIPTOR raw = nullptr;
    const DWORD code = GetSecurityInfo(handle, SE_FILE_OBJECT, OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION, &owner, nullptr, &list,
                                       nullptr, &raw);
    if (code != ERROR_SUCCESS) return refused(path, "read", code);
    const LocalMemory descriptor(raw);
    if (owner == nullptr || !may_own(owner)) {
        return fail(ErrorCode::access_denied, std::string(path) + " belongs to another user; refusing to use it; to fix: takeown /A /F, then icacls /reset");
    }
    if (others_may(list, what)) {
        return fail(ErrorCode::access_denied, std::string(path) + " is writable by other users; refusing to use it; to fix: icacls /inheritance:r /grant:r "
                                                                  "*S-1-5-32-544:F *S-1-5-18:F");
    }
    return {};
}

Result<void> check_rights_of(const std::wstring& path, DWORD what) {
    const HANDLE opened = CreateFileW(path.c_str(), READ_CONTROL, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr, OPEN_EXISTING,
                                      FILE_FLAG_BACKUP_SEMANTICS, nullptr);
    if (opened == INVALID_HANDLE_VALUE) return refused(utf8_of(path), "read", GetLastError());
    const Handle handle(opened);
    return check_rights(opened, utf8_of(path), what);
}

}  // namespace

Result<void> check_trusted(void* handle, std::string_view path) { return check_rights(handle, path, changing); }

Result<void> check_trusted(std::string_view path) {
    const HANDLE opened = CreateFileW(path_of(path).wstring().c_str(), READ_CONTROL, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr,
                                      OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, nullptr);
    if (opened == INVALID_HANDLE_VALUE) return refused(path, "read", GetLastError());
    const Handle handle(opened);
    return check_trusted(opened, path);
}

Result<void> check_trusted_program(std::string_view path) {
    const std::wstring real = path_of(full_path(std::string(path))).wstring();
    const bool has_drive = real.size() > 3 && real[1] == L':' && real[2] == L'\\';
    if (!has_drive || GetDriveTypeW(real.substr(0, 3).c_str()) != DRIVE_FIXED) {
        return fail(ErrorCode::access_denied, std::string(path) + " is not on a fixed drive");
    }
    std::size_t end = real.rfind(L'\\');
    if (auto trusted = check_rights_of(real, changing); !trusted) return trusted;
    // A library of the right name in the folder of the program would be run with it.
    if (auto trusted = check_rights_of(real.substr(0, std::max<std::size_t>(end, 3)), changing); !trusted) return trusted;
    while (end > 2) {
        end = real.rfind(L'\\', end - 1);
        if (auto trusted = check_rights_of(real.substr(0, std::max<std::size_t>(end, 3)), replacing); !trusted) return trusted;
    }
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

Result<Handle> write_beside(const std::wstring& path, std::string_view shown, std::string_view bytes, Readers readers, const std::wstring& like,
                            std::wstring& name) {
    const LocalMemory descriptor = rights_of(readers);
    SECURITY_ATTRIBUTES attributes{sizeof attributes, descriptor.get(), FALSE};
    const DWORD known = like.empty() ? INVALID_FILE_ATTRIBUTES : GetFileAttributesW(like.c_str());
    const DWORD kept = known == INVALID_FILE_ATTRIBUTES ? 0 : known & (FILE_ATTRIBUTE_HIDDEN | FILE_ATTRIBUTE_SYSTEM | FILE_ATTRIBUTE_NOT_CONTENT_INDEXED);
    HANDLE made = INVALID_HANDLE_VALUE;
    for (int attempt = 0; attempt < max_temporaries && made == INVALID_HANDLE_VALUE; ++attempt) {
        name = path + path_of(temporary_ending(attempt)).wstring();
        made = CreateFileW(name.c_str(), GENERIC_WRITE | DELETE | READ_CONTROL | WRITE_DAC, FILE_SHARE_READ | FILE_SHARE_DELETE,
                           descriptor ? &attributes : nullptr, CREATE_NEW, kept != 0 ? kept : FILE_ATTRIBUTE_NORMAL, nullptr);
        if (made == INVALID_HANDLE_VALUE && GetLastError() != ERROR_FILE_EXISTS) break;
    }
    if (made == INVALID_HANDLE_VALUE) return refused(shown, "made", GetLastError());
    Handle file(made);
    if (!like.empty() && readers == Readers::usual) take_rights_of(like, name);
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
        return refused(shown, "written", code);
    }
    return file;
}

// Below %ProgramData% every user can make folders and own them, so this one is made with rights of its own: all for administrators
// and the system, looking in for everyone, nothing inherited from above. What is made in it is for administrators and the system.
Result<void> make_private_folder(const std::string& folder) {
    const std::wstring native = path_of(folder).wstring();
    const LocalMemory descriptor = is_elevated() ? security_descriptor(L"O:BAD:PAI(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)(A;;FRFX;;;WD)") : nullptr;
    SECURITY_ATTRIBUTES attributes{sizeof attributes, descriptor.get(), FALSE};
    if (!CreateDirectoryW(native.c_str(), descriptor ? &attributes : nullptr)) {
        if (const DWORD code = GetLastError(); code != ERROR_ALREADY_EXISTS) return refused(folder, "made", code);
    }
    if (auto checked = check_private_folder(folder); !checked) return checked;
    sweep(folder, std::chrono::hours(1));
    return {};
}

// Anyone who owns a folder can give himself any right to it, and a reparse point can lead to a folder of anybody.
Result<void> check_private_folder(const std::string& folder) {
    const HANDLE opened = CreateFileW(path_of(folder).wstring().c_str(), READ_CONTROL | FILE_READ_ATTRIBUTES,
                                      FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr, OPEN_EXISTING,
                                      FILE_FLAG_BACKUP_SEMANTICS | FILE_FLAG_OPEN_REPARSE_POINT, nullptr);
    if (opened == INVALID_HANDLE_VALUE) return refused(folder, "read", GetLastError());
    const Handle handle(opened);
    BY_HANDLE_FILE_INFORMATION about{};
    if (!GetFileInformationByHandle(opened, &about)) return refused(folder, "read", GetLastError());
    if ((about.dwFileAttributes & FILE_ATTRIBUTE_REPARSE_POINT) != 0) {
        return fail(ErrorCode::access_denied, folder + " is a link; refusing to use it");
    }
    if ((about.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) == 0) return fail(ErrorCode::io, folder + " is not a folder");
    return check_trusted(opened, folder);
}

}  // namespace schancfg::files
