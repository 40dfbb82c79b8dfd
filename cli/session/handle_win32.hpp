// A handle that is closed, and why Windows refused, for the *_win32.cpp of this folder. Needs no <windows.h>: a HANDLE is a pointer.
#pragma once

#include <memory>
#include <string>

#include "schancfg/result.hpp"

namespace schancfg::cli {

struct CloseHandleOf {
    void operator()(void* handle) const;
};
using Handle = std::unique_ptr<void, CloseHandleOf>;

/// `WHAT cannot be STARTED: Access denied`, from a Windows error code.
[[nodiscard]] std::unexpected<Error> failed(const std::string& what, const std::string& done, unsigned long code);

}  // namespace schancfg::cli
