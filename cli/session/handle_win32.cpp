#include "session/handle_win32.hpp"

#include <windows.h>

#include <system_error>

namespace schancfg::cli {

void CloseHandleOf::operator()(void* handle) const { CloseHandle(handle); }

std::unexpected<Error> failed(const std::string& what, const std::string& done, unsigned long code) {
    return fail(ErrorCode::io, what + " cannot be " + done + ": " + std::system_category().message(static_cast<int>(code)), std::nullopt, code);
}

}  // namespace schancfg::cli
