#include <windows.h>

#include <shellapi.h>

#include <memory>

#include "console/arguments.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::cli {
namespace {

std::string narrow(std::wstring_view text) {
    return utf::from_utf16le({reinterpret_cast<const char*>(text.data()), text.size() * sizeof(wchar_t)});
}

}  // namespace

// argv is in the code page of the system, which cannot spell every file name; the command line itself is UTF-16.
std::vector<std::string> arguments(int, char**) {
    int count = 0;
    const std::unique_ptr<wchar_t*, decltype(&LocalFree)> words(CommandLineToArgvW(GetCommandLineW(), &count), &LocalFree);
    std::vector<std::string> out;
    for (int i = 1; words && i < count; ++i) out.push_back(narrow(words.get()[i]));
    return out;
}

std::optional<std::string> environment(const char* name) {
    const std::wstring wide(name, name + std::char_traits<char>::length(name));
    std::wstring value(32767, L'\0');  // The longest that a variable can be.
    const DWORD length = GetEnvironmentVariableW(wide.c_str(), value.data(), static_cast<DWORD>(value.size()));
    if (length == 0 || length >= value.size()) return std::nullopt;
    return narrow(std::wstring_view(value).substr(0, length));
}

}  // namespace schancfg::cli
