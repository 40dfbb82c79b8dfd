#include <windows.h>

#include <algorithm>

#include "refusals.hpp"
#include "schancfg/files/file.hpp"
#include "schancfg/files/mapped.hpp"
#include "win32_handle.hpp"
#include "win32_text.hpp"

namespace schancfg::files {

void Unmap::operator()(const char*) const {}

Result<MappedFile> MappedFile::open(std::string_view path, std::size_t max_size) {
    return read(path, max_size);
}

Result<void> MappedFile::check(std::string_view) const { return {}; }

bool MappedFile::copy(std::size_t at, std::span<char> out) const { return copy_in_memory(at, out); }

Result<std::string> read_start(std::string_view path, std::size_t most) {
    if (path.find('\0') != std::string_view::npos) return has_nul();
    const std::wstring wide = to_wide(path);
    if (is_device(wide)) return not_regular(path);
    const Handle file = open_patiently(wide, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL);
    if (!file) return refused(path, "read", GetLastError());
    if (auto regular = check_regular(file.get(), path); !regular) return std::unexpected(std::move(regular.error()));
    std::string out(most, '\0');
    std::size_t have = 0;
    while (have < most) {
        DWORD got = 0;
        const auto size = static_cast<DWORD>(std::min<std::size_t>(most - have, 1u << 20));
        if (!ReadFile(file.get(), out.data() + have, size, &got, nullptr)) return refused(path, "read", GetLastError());
        if (got == 0) break;
        have += got;
    }
    out.resize(have);
    return out;
}

}  // namespace schancfg::files
