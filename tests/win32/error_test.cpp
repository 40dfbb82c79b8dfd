#include <windows.h>

#include "files/win32_text.hpp"
#include "catch.hpp"

using namespace schancfg;
using namespace schancfg::files;

TEST_CASE("every code that the registry functions give has a meaning of its own", "[win32]") {
    for (const DWORD code : {2u, 3u, 5u, 6u, 13u, 32u, 53u, 1722u, 1115u, 87u, 120u, 161u, 183u, 234u, 259u, 998u, 1009u, 1010u, 1015u, 1017u,
                             1018u, 1019u, 1020u, 1450u, 1021u, 1300u, 1314u, 1630u}) {
        INFO(code);
        const std::string text = describe_windows_error(code);
        CHECK_FALSE(text.starts_with("Windows error"));
        CHECK(text.find("(Windows error " + std::to_string(code) + ": ") != std::string::npos);
        CHECK(text.ends_with(")"));
        CHECK(text.find('\n') == std::string::npos);
        CHECK(text.find('\r') == std::string::npos);
    }
}

TEST_CASE("a code without a meaning here is its number and what the system says of it", "[win32]") {
    CHECK(describe_windows_error(0xDEADBEEF) == "Windows error 3735928559");
    const std::string known = describe_windows_error(ERROR_ARENA_TRASHED);
    CHECK(known.starts_with("Windows error 7: "));
    CHECK_FALSE(known.ends_with("."));
    CHECK(error_code_of(ERROR_ARENA_TRASHED) == ErrorCode::io);
}

TEST_CASE("absent, denied and in use are three answers", "[win32]") {
    CHECK(error_code_of(ERROR_FILE_NOT_FOUND) == ErrorCode::not_found);
    CHECK(error_code_of(ERROR_ACCESS_DENIED) == ErrorCode::access_denied);
    CHECK(error_code_of(ERROR_SHARING_VIOLATION) == ErrorCode::conflict);
    CHECK(error_code_of(ERROR_KEY_DELETED) == ErrorCode::conflict);
    CHECK(error_code_of(ERROR_BAD_PATHNAME) == ErrorCode::malformed);
}

TEST_CASE("names with half a character come back from UTF-16 as they went there", "[win32]") {
    const std::wstring odd{L'a', static_cast<wchar_t>(0xD800), L'b', static_cast<wchar_t>(0xDC00), static_cast<wchar_t>(0xD83D), static_cast<wchar_t>(0xDD12)};
    CHECK(to_wide(from_wide(odd)) == odd);
}
