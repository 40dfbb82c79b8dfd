#include "win32_text.hpp"

#include <windows.h>

#include <algorithm>
#include <array>

#include "schancfg/utf.hpp"

namespace schancfg::files {
namespace {

struct Meaning {
    DWORD code;
    ErrorCode kind;
    std::string_view text;
};

// What the registry and file functions mean by a code: MicrosoftDocs sdk-api nf-winreg-*, win32 Debug/system-error-codes.
constexpr std::array meanings{
    Meaning{ERROR_FILE_NOT_FOUND, ErrorCode::not_found, "it does not exist"},
    Meaning{ERROR_PATH_NOT_FOUND, ErrorCode::not_found, "its folder does not exist"},
    Meaning{ERROR_ACCESS_DENIED, ErrorCode::access_denied, "access was denied; run from an elevated prompt, or ask who protects it"},
    Meaning{ERROR_INVALID_HANDLE, ErrorCode::unsupported, "the registry does not have this here"},
    Meaning{ERROR_INVALID_DATA, ErrorCode::wrong_type, "the data has a length that its type cannot have"},
    Meaning{ERROR_SHARING_VIOLATION, ErrorCode::conflict, "another process is using it"},
    Meaning{ERROR_LOCK_VIOLATION, ErrorCode::conflict, "another process is using it"},
    Meaning{ERROR_BAD_NETPATH, ErrorCode::not_found, "the machine was not found in the network"},
    Meaning{ERROR_BAD_NET_NAME, ErrorCode::not_found, "the machine was not found in the network"},
    Meaning{ERROR_NETWORK_ACCESS_DENIED, ErrorCode::access_denied, "the machine denied access"},
    Meaning{ERROR_INVALID_PARAMETER, ErrorCode::malformed, "Windows takes no such name here"},
    Meaning{ERROR_CALL_NOT_IMPLEMENTED, ErrorCode::unsupported, "this system cannot do it"},
    Meaning{ERROR_BAD_PATHNAME, ErrorCode::malformed, "a key path does not start with a backslash"},
    Meaning{ERROR_ALREADY_EXISTS, ErrorCode::conflict, "it exists already"},
    Meaning{ERROR_FILE_EXISTS, ErrorCode::conflict, "it exists already"},
    Meaning{ERROR_MORE_DATA, ErrorCode::conflict, "it keeps growing while it is read"},
    Meaning{ERROR_NO_MORE_ITEMS, ErrorCode::conflict, "it keeps shrinking while it is read"},
    Meaning{ERROR_NOACCESS, ErrorCode::io, "the call was given data that is not there"},
    Meaning{ERROR_BADDB, ErrorCode::io, "the registry is damaged"},
    Meaning{ERROR_BADKEY, ErrorCode::io, "the registry key is damaged"},
    Meaning{ERROR_REGISTRY_CORRUPT, ErrorCode::io, "the registry is damaged"},
    Meaning{ERROR_REGISTRY_IO_FAILED, ErrorCode::io, "the registry could not be read from or written to its file"},
    Meaning{ERROR_NOT_REGISTRY_FILE, ErrorCode::io, "its file is not a registry file"},
    Meaning{ERROR_KEY_DELETED, ErrorCode::conflict, "another process removed the key meanwhile"},
    Meaning{ERROR_NO_LOG_SPACE, ErrorCode::io, "the registry has no space left in its log"},
    Meaning{ERROR_KEY_HAS_CHILDREN, ErrorCode::conflict, "the key has keys below it"},
    Meaning{ERROR_CHILD_MUST_BE_VOLATILE, ErrorCode::unsupported,
            "the key above it lasts only until the next restart, and so would everything below it"},
    Meaning{ERROR_SHUTDOWN_IN_PROGRESS, ErrorCode::io, "the system is shutting down"},
    Meaning{ERROR_NOT_ALL_ASSIGNED, ErrorCode::access_denied, "this account does not have the privilege that it takes"},
    Meaning{ERROR_PRIVILEGE_NOT_HELD, ErrorCode::access_denied, "this process does not hold the privilege that it takes"},
    Meaning{ERROR_NO_SYSTEM_RESOURCES, ErrorCode::io, "the system is out of resources"},
    Meaning{ERROR_UNSUPPORTED_TYPE, ErrorCode::wrong_type, "the value has another type"},
    Meaning{RPC_S_SERVER_UNAVAILABLE, ErrorCode::io, "the machine does not answer; its Remote Registry service may be off, or a firewall be between"},
    Meaning{RPC_S_CALL_FAILED, ErrorCode::io, "the machine stopped answering"},
    Meaning{RPC_S_CALL_FAILED_DNE, ErrorCode::io, "the machine stopped answering"},
    Meaning{ERROR_DISK_FULL, ErrorCode::io, "the disk is full"},
    Meaning{ERROR_WRITE_PROTECT, ErrorCode::access_denied, "the disk is write-protected"},
};

const Meaning* find_meaning(std::uint32_t code) {
    const auto* found = std::ranges::find(meanings, code, &Meaning::code);
    return found == meanings.end() ? nullptr : found;
}

std::string system_text(DWORD code) {
    wchar_t buffer[512];
    const DWORD length = ::FormatMessageW(FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS | FORMAT_MESSAGE_MAX_WIDTH_MASK,
                                          nullptr, code, 0, buffer, static_cast<DWORD>(std::size(buffer)), nullptr);
    std::string text = from_wide({buffer, length});
    while (!text.empty() && (text.back() == ' ' || text.back() == '.')) text.pop_back();
    return text;
}

}  // namespace

std::wstring to_wide(std::string_view text) {
    const std::string bytes = utf::to_utf16le(text);
    std::wstring wide(bytes.size() / 2, L'\0');
    std::copy(bytes.begin(), bytes.end(), reinterpret_cast<char*>(wide.data()));
    return wide;
}

std::string from_wide(std::wstring_view text) {
    return utf::from_utf16le({reinterpret_cast<const char*>(text.data()), text.size() * sizeof(wchar_t)});
}

std::string describe_windows_error(std::uint32_t code) {
    std::string said = "Windows error " + std::to_string(code);
    if (const std::string text = system_text(code); !text.empty()) said += ": " + text;
    const Meaning* meaning = find_meaning(code);
    return meaning == nullptr ? said : std::string(meaning->text) + " (" + said + ")";
}

ErrorCode error_code_of(std::uint32_t code) {
    const Meaning* meaning = find_meaning(code);
    return meaning == nullptr ? ErrorCode::io : meaning->kind;
}

std::unexpected<Error> windows_error(std::uint32_t code, const std::string& what) {
    return fail(error_code_of(code), what + ": " + describe_windows_error(code), std::nullopt, code);
}

}  // namespace schancfg::files
