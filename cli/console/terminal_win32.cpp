#include <windows.h>

#include <fcntl.h>
#include <io.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

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

BOOL WINAPI swallow(DWORD) { return TRUE; }

// The console outlives the program and belongs to the shell.
UINT shells_code_page = 0;
void give_back_code_page() { SetConsoleOutputCP(shells_code_page); }

}  // namespace

void prepare_streams() {
    for (FILE* stream : {stdin, stdout, stderr}) _setmode(_fileno(stream), _O_BINARY);
    for (const Stream stream : {Stream::output, Stream::error}) {
        DWORD mode = 0;
        if (!GetConsoleMode(handle(stream), &mode)) continue;
        if (shells_code_page == 0) {
            shells_code_page = GetConsoleOutputCP();
            std::atexit(give_back_code_page);
        }
        SetConsoleOutputCP(CP_UTF8);
        // Refused before Windows 10: then there are no colours.
        SetConsoleMode(handle(stream), mode | ENABLE_PROCESSED_OUTPUT | ENABLE_VIRTUAL_TERMINAL_PROCESSING);
    }
}

bool is_terminal(Stream stream) {
    DWORD mode = 0;
    return GetConsoleMode(handle(stream), &mode) != 0;
}

bool understands_ansi(Stream stream) {
    DWORD mode = 0;
    return GetConsoleMode(handle(stream), &mode) && (mode & ENABLE_VIRTUAL_TERMINAL_PROCESSING) != 0;
}

Result<void> write_stream(Stream stream, std::string_view bytes) {
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

InterruptShield::InterruptShield() { SetConsoleCtrlHandler(swallow, TRUE); }
InterruptShield::~InterruptShield() { SetConsoleCtrlHandler(swallow, FALSE); }

}  // namespace schancfg::cli
