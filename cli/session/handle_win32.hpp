// Handles, error texts and access rights, for the *_win32.cpp of the program. Needs no <windows.h>: a HANDLE is a pointer.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "session/file.hpp"

namespace schancfg::cli {

struct CloseHandleOf {
    void operator()(void* handle) const;
};
using Handle = std::unique_ptr<void, CloseHandleOf>;

/// `PATH cannot be WHAT: Access denied`, from a Windows error code.
[[nodiscard]] std::unexpected<Error> failed(std::string_view path, std::string_view what, unsigned long code);

struct FreeLocal {
    void operator()(void* memory) const;
};
using LocalMemory = std::unique_ptr<void, FreeLocal>;

/// A security descriptor from its text form (SDDL); empty where Windows does not take it.
[[nodiscard]] LocalMemory security_descriptor(const wchar_t* sddl);

/// access_denied: somebody other than the administrators, the system and this user owns the open file or folder, or may change it
/// or its rights.
[[nodiscard]] Result<void> check_trusted(void* handle, std::string_view path);

/// Does this process have the rights of an administrator?
[[nodiscard]] bool is_elevated();

/// A new file beside `path`, written and flushed, open with the right to rename and delete it; `name` gets its name. Nothing is left
/// when it fails.
[[nodiscard]] Result<Handle> write_beside(const std::wstring& path, std::string_view shown, std::string_view bytes, Readers readers,
                                          std::wstring& name);
/// Durable when it returns.
[[nodiscard]] bool move_file(const std::wstring& from, const std::wstring& to, bool replace);

}  // namespace schancfg::cli
