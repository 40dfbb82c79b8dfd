// Handles, error texts and access rights, for the win32_*.cpp of this room. Needs no <windows.h>: a HANDLE is a pointer.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "schancfg/files/file.hpp"

namespace schancfg::files {

struct CloseHandleOf {
    void operator()(void* handle) const;
};
using Handle = std::unique_ptr<void, CloseHandleOf>;

struct FreeLocal {
    void operator()(void* memory) const;
};
using LocalMemory = std::unique_ptr<void, FreeLocal>;

/// `PATH cannot be WHAT: Permission denied`, from a Windows error code.
[[nodiscard]] std::unexpected<Error> refused(std::string_view path, std::string_view what, unsigned long code);

/// A security descriptor from its text form (SDDL); empty where Windows does not take it.
[[nodiscard]] LocalMemory security_descriptor(const wchar_t* sddl);

/// access_denied: somebody other than the administrators, the system and this user owns the open file or folder, or may change it
/// or its rights.
[[nodiscard]] Result<void> check_trusted(void* handle, std::string_view path);

/// CreateFileW, tried again for some seconds while another process keeps the file to itself. Empty: GetLastError() says why.
[[nodiscard]] Handle open_patiently(const std::wstring& path, unsigned long access, unsigned long share, unsigned long disposition, unsigned long flags);

/// GetFullPathName turns NUL, COM1 and `C:\x\CON` into `\\.\NUL`; a device can keep anyone who opens it waiting.
[[nodiscard]] std::wstring absolute(const std::wstring& path);
[[nodiscard]] bool is_device(const std::wstring& path);
/// What a link leads to; the absolute path itself when it is none.
[[nodiscard]] std::wstring resolve(const std::wstring& path);

struct FileState {
    std::uint64_t size = 0, written = 0;
    bool operator==(const FileState&) const = default;
};
/// malformed: no regular file.
[[nodiscard]] Result<FileState> check_regular(void* file, std::string_view path);
/// The whole of it; `seen` gets what it was when reading began.
[[nodiscard]] Result<std::string> read_all(void* file, std::string_view path, std::size_t max_size, FileState& seen);

/// A new file beside `path`, written and flushed, open with the right to rename and delete it; `name` gets its name. `like`: a file
/// whose attributes and access rights it gets, where readers are as usual. Nothing is left when it fails.
[[nodiscard]] Result<Handle> write_beside(const std::wstring& path, std::string_view shown, std::string_view bytes, Readers readers,
                                          const std::wstring& like, std::wstring& name);
/// One step, durable when it returns, tried again for some seconds while another process is in the way. On failure `from` and `to`
/// are as they were, and GetLastError() says why.
[[nodiscard]] bool move_file(const std::wstring& from, const std::wstring& to, bool replace);

}  // namespace schancfg::files
