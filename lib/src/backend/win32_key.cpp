#include "win32_key.hpp"

#include <algorithm>
#include <vector>

#include "schancfg/utf.hpp"
#include "files/win32_text.hpp"

namespace schancfg::backend {
namespace {

constexpr wchar_t link_value[] = L"SymbolicLinkValue";
constexpr int max_growth = 16;

LSTATUS read_values(HKEY key, KeyContent& content) {
    // A value name has at most 16,383 units, so a buffer of that size leaves ERROR_MORE_DATA only the data to complain about.
    std::vector<wchar_t> name(16384);
    std::vector<BYTE> data(4096);
    int grown = 0;
    for (DWORD index = 0;;) {
        auto name_size = static_cast<DWORD>(name.size());
        auto data_size = static_cast<DWORD>(data.size());
        DWORD type = 0;
        const LSTATUS status = ::RegEnumValueW(key, index, name.data(), &name_size, nullptr, &type, data.data(), &data_size);
        if (status == ERROR_NO_MORE_ITEMS) return ERROR_SUCCESS;
        if (status == ERROR_MORE_DATA) {
            // The size that comes back is that of now; the value may have grown again by the next call.
            if (++grown > max_growth) return status;
            data.resize(std::max<std::size_t>(data_size + data_size / 4, data.size() * 2));
            continue;
        }
        if (status != ERROR_SUCCESS) return status;
        content.values.push_back({files::from_wide({name.data(), name_size}),
                                  registry::Value{type, std::string(reinterpret_cast<const char*>(data.data()), data_size)}});
        ++index;
        grown = 0;
    }
}

LSTATUS read_children(HKEY key, KeyContent& content) {
    // 255 units and a NUL on Windows; Wine 8 lets a name have one more.
    std::vector<wchar_t> name(512);
    for (DWORD index = 0;; ++index) {
        auto size = static_cast<DWORD>(name.size());
        const LSTATUS status = ::RegEnumKeyExW(key, index, name.data(), &size, nullptr, nullptr, nullptr, nullptr);
        if (status == ERROR_NO_MORE_ITEMS) break;
        if (status != ERROR_SUCCESS) return status;
        content.children.push_back(files::from_wide({name.data(), size}));
    }
    std::ranges::sort(content.children, [](const std::string& a, const std::string& b) { return utf::compare_no_case(a, b) < 0; });
    return ERROR_SUCCESS;
}

LSTATUS last_write_of(HKEY key, std::uint64_t& time) {
    FILETIME written{};
    const LSTATUS status = ::RegQueryInfoKeyW(key, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, &written);
    time = to_number(written);
    return status;
}

bool is_string(DWORD type) { return type == REG_SZ || type == REG_EXPAND_SZ || type == REG_MULTI_SZ; }

}  // namespace

LSTATUS open_key(HKEY root, const std::wstring& path, REGSAM access, KeyHandle& key) {
    HKEY opened = nullptr;
    const LSTATUS status = ::RegOpenKeyExW(root, path.c_str(), REG_OPTION_OPEN_LINK, access | KEY_WOW64_64KEY, &opened);
    key.reset(status == ERROR_SUCCESS ? opened : nullptr);
    return status;
}

// A link holds this one value with the NT path of its target ([MS-RRP] 3.1.1.11).
bool is_link(HKEY key) {
    DWORD type = REG_NONE;
    return ::RegQueryValueExW(key, link_value, nullptr, &type, nullptr, nullptr) == ERROR_SUCCESS && type == REG_LINK;
}

LSTATUS read_content(HKEY key, KeyContent& content) {
    // Enumeration is by index, so a change in the middle repeats or skips something: the time of the last write must be the same
    // before and after. It does not change when a value of a grandchild does, which is not ours to see here.
    for (int attempt = 0; attempt < 8; ++attempt) {
        content = {};
        std::uint64_t after = 0;
        if (const LSTATUS status = last_write_of(key, content.last_write); status != ERROR_SUCCESS) return status;
        if (const LSTATUS status = read_values(key, content); status != ERROR_SUCCESS) return status;
        content.is_link = is_link(key);
        if (!content.is_link) {
            if (const LSTATUS status = read_children(key, content); status != ERROR_SUCCESS) return status;
        }
        if (const LSTATUS status = last_write_of(key, after); status != ERROR_SUCCESS) return status;
        if (after == content.last_write) return ERROR_SUCCESS;
        ::Sleep(static_cast<DWORD>(attempt));
    }
    return ERROR_MORE_DATA;
}

LSTATUS query_value(HKEY key, const std::wstring& name, registry::Value& value) {
    std::vector<BYTE> data(256);
    for (int attempt = 0; attempt < max_growth; ++attempt) {
        // The size is set anew each time: on failure it says whatever it likes.
        auto size = static_cast<DWORD>(data.size());
        DWORD type = 0;
        const LSTATUS status = ::RegQueryValueExW(key, name.c_str(), nullptr, &type, data.data(), &size);
        if (status == ERROR_SUCCESS) {
            value = {type, std::string(reinterpret_cast<const char*>(data.data()), size)};
            return status;
        }
        if (status != ERROR_MORE_DATA) return status;
        data.resize(std::max<std::size_t>(size + size / 4, data.size() * 2));
    }
    return ERROR_MORE_DATA;
}

LSTATUS store_value(HKEY key, const std::wstring& name, const registry::Value& value) {
    const auto size = static_cast<DWORD>(value.bytes.size());
    if (size == 0) return ::RegSetValueExW(key, name.c_str(), 0, value.type, nullptr, 0);
    // Windows looks at the unit behind a string that does not end in a NUL, and stores it too when it is one ("abc" of 6 bytes
    // becomes 8). These bytes are behind it instead, so that what is asked for is what is stored.
    std::string bytes = value.bytes;
    if (is_string(value.type)) bytes.append(4, '\xFF');
    return ::RegSetValueExW(key, name.c_str(), 0, value.type, reinterpret_cast<const BYTE*>(bytes.data()), size);
}

}  // namespace schancfg::backend
