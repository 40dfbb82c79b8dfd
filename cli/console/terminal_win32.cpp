#include <windows.h>

#include <fcntl.h>
#include <io.h>

#include <algorithm>
#include <atomic>
#include <cstdio>

#include "schancfg/utf.hpp"
#include "console/terminal.hpp"

namespace schancfg::cli {
namespace {

HANDLE handle(Stream stream) {
    switch (stream) {
        case Stream::input: return GetStdHandle(STD_INPUT_HANDLE);
        case Stream::output: return GetStdHandle(STD_OUTPUT_HANDLE);
        case Stream::error: break;
    }
    return GetStdHandle(STD_ERROR_HANDLE);
}

std::string message_of(DWORD code) {
    wchar_t text[512];
    const DWORD length = FormatMessageW(FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS, nullptr, code, 0, text, 512, nullptr);
    std::string out = utf::from_utf16le({reinterpret_cast<const char*>(text), length * sizeof(wchar_t)});
    while (!out.empty() && (out.back() == '\n' || out.back() == '\r' || out.back() == '.' || out.back() == ' ')) out.pop_back();
    return out.empty() ? "error " + std::to_string(code) : out;
}

// Set while no change is under way.
HANDLE at_rest() {
    static const HANDLE event = CreateEventW(nullptr, TRUE, TRUE, nullptr);
    return event;
}

// Ctrl+C and Ctrl+Break are swallowed. After the closing of the window, a logoff and a shutdown the system ends the process when this returns, or after five
// seconds (HandlerRoutine callback function, "CTRL_CLOSE_EVENT": https://learn.microsoft.com/windows/console/handlerroutine): so it waits for the change to be
// done or rolled back. What is not by then, the journal says.
BOOL WINAPI on_console_event(DWORD event) {
    constexpr DWORD almost_five_seconds = 4800;
    if (event == CTRL_CLOSE_EVENT || event == CTRL_LOGOFF_EVENT || event == CTRL_SHUTDOWN_EVENT) WaitForSingleObject(at_rest(), almost_five_seconds);
    return TRUE;
}

bool is_console(Stream stream) {
    DWORD mode = 0;
    return GetConsoleMode(handle(stream), &mode) != 0;
}

// In UTF-16, so that the console's code page does not matter and stays what the shell made it. Windows Server 2008 R2 and 2012 refuse long texts: the
// buffer of a console is shared and small (WriteConsole function, "nNumberOfCharsToWrite": 64 KB less what others hold).
Result<void> write_console(HANDLE console, std::string_view text) {
    constexpr std::size_t most = 8000;
    const std::string units = utf::to_utf16le(text);
    const auto* at = reinterpret_cast<const wchar_t*>(units.data());
    std::size_t left = units.size() / sizeof(wchar_t);
    while (left != 0) {
        std::size_t piece = std::min(left, most);
        // The halves of a character stay together.
        if (piece < left && at[piece - 1] >= 0xD800 && at[piece - 1] < 0xDC00) --piece;
        DWORD written = 0;
        if (!WriteConsoleW(console, at, static_cast<DWORD>(piece), &written, nullptr)) {
            const DWORD code = GetLastError();
            return fail(ErrorCode::io, message_of(code), std::nullopt, code);
        }
        if (written == 0) return fail(ErrorCode::io, "the console takes no more text");
        at += written;
        left -= std::min<std::size_t>(left, written);
    }
    return {};
}

}  // namespace

void prepare_streams() {
    for (FILE* stream : {stdin, stdout, stderr}) _setmode(_fileno(stream), _O_BINARY);
    for (const Stream stream : {Stream::output, Stream::error}) {
        DWORD mode = 0;
        if (!GetConsoleMode(handle(stream), &mode)) continue;
        // Refused before Windows 10: then there are no colours.
        SetConsoleMode(handle(stream), mode | ENABLE_PROCESSED_OUTPUT | ENABLE_VIRTUAL_TERMINAL_PROCESSING);
    }
}

bool is_terminal(Stream stream) { return is_console(stream); }

bool understands_ansi(Stream stream) {
    DWORD mode = 0;
    return GetConsoleMode(handle(stream), &mode) && (mode & ENABLE_VIRTUAL_TERMINAL_PROCESSING) != 0;
}

// Of the window, not of the buffer behind it, which may be wider. One less: a line that fills its row is followed by an empty one, since the cursor goes to the
// next row by itself (SetConsoleMode function, "ENABLE_WRAP_AT_EOL_OUTPUT": https://learn.microsoft.com/windows/console/setconsolemode).
std::optional<std::size_t> terminal_columns(Stream stream) {
    CONSOLE_SCREEN_BUFFER_INFO info{};
    if (!GetConsoleScreenBufferInfo(handle(stream), &info) || info.srWindow.Right <= info.srWindow.Left) return std::nullopt;
    return static_cast<std::size_t>(info.srWindow.Right - info.srWindow.Left);
}

Result<void> write_stream(Stream stream, std::string_view bytes) {
    if (is_console(stream)) return write_console(handle(stream), bytes);
    while (!bytes.empty()) {
        const auto size = static_cast<DWORD>(std::min<std::size_t>(bytes.size(), 1u << 20));
        DWORD written = 0;
        if (!WriteFile(handle(stream), bytes.data(), size, &written, nullptr)) {
            const DWORD code = GetLastError();
            return fail(ErrorCode::io, message_of(code), std::nullopt, code);
        }
        bytes.remove_prefix(written);
    }
    return {};
}

bool is_closed_pipe(const Error& error) { return error.os_code == ERROR_BROKEN_PIPE || error.os_code == ERROR_NO_DATA; }

Result<std::string> read_input(std::size_t max_size) {
    std::string out;
    std::string chunk(1u << 16, '\0');
    while (true) {
        DWORD got = 0;
        if (!ReadFile(handle(Stream::input), chunk.data(), static_cast<DWORD>(chunk.size()), &got, nullptr)) {
            const DWORD code = GetLastError();
            if (code == ERROR_BROKEN_PIPE) return out;  // The writer has closed its end: the end of the input.
            return fail(ErrorCode::io, message_of(code), std::nullopt, code);
        }
        if (got == 0) return out;
        out.append(chunk, 0, got);
        if (out.size() > max_size) return fail(ErrorCode::malformed, "more than " + std::to_string(max_size >> 20) + " MiB");
    }
}

std::optional<std::string> read_line() {
    std::string out;
    char c = 0;
    while (true) {
        DWORD got = 0;
        if (!ReadFile(handle(Stream::input), &c, 1, &got, nullptr) || got == 0) {
            return out.empty() ? std::nullopt : std::optional(out);
        }
        if (c == '\n') return out;
        if (c != '\r') out += c;
    }
}

InterruptShield::InterruptShield() {
    ResetEvent(at_rest());
    SetConsoleCtrlHandler(on_console_event, TRUE);
}

InterruptShield::~InterruptShield() {
    SetEvent(at_rest());
    SetConsoleCtrlHandler(on_console_event, FALSE);
}

namespace {

std::atomic<bool> stop_is_asked = false;

BOOL WINAPI ask_to_stop(DWORD) {
    stop_is_asked = true;
    return TRUE;
}

}  // namespace

StopRequest::StopRequest() {
    stop_is_asked = false;
    SetConsoleCtrlHandler(ask_to_stop, TRUE);
}

StopRequest::~StopRequest() { SetConsoleCtrlHandler(ask_to_stop, FALSE); }

bool StopRequest::asked() const { return stop_is_asked; }

}  // namespace schancfg::cli
