// One open registry key and the verbs on it that Win32 makes difficult. Included by win32*.cpp alone.
#pragma once

#include <windows.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>

#include "schancfg/backend/source.hpp"

namespace schancfg::backend {

struct CloseKey {
    void operator()(HKEY key) const { ::RegCloseKey(key); }
};
using KeyHandle = std::unique_ptr<std::remove_pointer_t<HKEY>, CloseKey>;

[[nodiscard]] inline std::uint64_t to_number(const FILETIME& time) { return (std::uint64_t{time.dwHighDateTime} << 32) | time.dwLowDateTime; }

/// Opens `path` below `root` in the 64-bit view; a link in the last place is opened itself. Returns the Win32 code.
[[nodiscard]] LSTATUS open_key(HKEY root, const std::wstring& path, REGSAM access, KeyHandle& key);

/// Is the key a symbolic link? Needs KEY_QUERY_VALUE.
[[nodiscard]] bool is_link(HKEY key);

/// Everything of one key, by enumeration. A Win32 code, ERROR_MORE_DATA among them when it would not hold still.
[[nodiscard]] LSTATUS read_content(HKEY key, KeyContent& content);

/// The value as it is stored. ERROR_FILE_NOT_FOUND when there is none.
[[nodiscard]] LSTATUS query_value(HKEY key, const std::wstring& name, registry::Value& value);

/// Stores exactly these bytes.
[[nodiscard]] LSTATUS store_value(HKEY key, const std::wstring& name, const registry::Value& value);

}  // namespace schancfg::backend
