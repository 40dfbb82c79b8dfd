#include <algorithm>
#include <array>

#include "file.hpp"
#include "names.hpp"
#include "schancfg/backend/open.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::backend {
namespace {

// Names that Windows takes for a device in any folder, with any extension: win32 FileIO/naming-a-file.
bool is_device_name(std::string_view component) {
    constexpr std::array<std::string_view, 6> devices{"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"};
    std::string_view stem = component.substr(0, component.find('.'));
    while (stem.ends_with(' ')) stem.remove_suffix(1);
    if (std::ranges::any_of(devices, [&](std::string_view name) { return utf::equal_no_case(name, stem); })) return true;
    if (stem.size() < 4) return false;
    if (!utf::equal_no_case(stem.substr(0, 3), "COM") && !utf::equal_no_case(stem.substr(0, 3), "LPT")) return false;
    const std::string_view number = stem.substr(3);
    // Superscript one to three count as digits there.
    return (number.size() == 1 && number[0] >= '0' && number[0] <= '9') || number == "\xC2\xB9" || number == "\xC2\xB2" ||
           number == "\xC2\xB3";
}

Result<void> check_relative(std::string_view name) {
    const auto refuse = [&](const std::string& what) { return fail(ErrorCode::malformed, "'" + printable(name) + "' " + what); };
    if (name.empty()) return fail(ErrorCode::malformed, "an empty name is no profile");
    if (utf::find_invalid_utf8(name) != std::string_view::npos ||
        std::ranges::any_of(name, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; })) {
        return refuse("has characters in it that no file name should have");
    }
    const auto slash = [](char c) { return c == '/' || c == '\\'; };
    if (name.size() > 1 && slash(name[0]) && slash(name[1])) return refuse("is a network or device path; right is a path relative to this file");
    if (slash(name[0])) return refuse("is an absolute path; right is a path relative to this file");
    if (name.find(':') != std::string_view::npos) return refuse("names a drive or a stream; right is a path relative to this file");
    for (std::size_t start = 0; start <= name.size();) {
        const std::size_t end = std::min(name.find_first_of("/\\", start), name.size());
        if (is_device_name(name.substr(start, end - start))) return refuse("names a device; right is a path relative to this file");
        start = end + 1;
    }
    return {};
}

// `a/./b//c` as `a/b/c`. `..` stays: behind a linked folder it means another place than the text says.
std::string tidy(std::string_view path) {
    std::string out;
    if (path.starts_with('/')) out = "/";
    for (std::size_t start = 0; start <= path.size();) {
        const std::size_t end = std::min(path.find('/', start), path.size());
        const std::string_view component = path.substr(start, end - start);
        start = end + 1;
        if (component.empty() || component == ".") continue;
        if (!out.empty() && !out.ends_with('/')) out += '/';
        out += component;
    }
    return out;
}

// `a/b/../c` as `a/c`, where both are the same file: so that a cycle is seen the first time it closes.
std::string without_parents(const std::string& path) {
    std::string out = path;
    for (std::size_t at = 0; (at = out.find("/../", at)) != std::string::npos;) {
        const std::size_t before = out.rfind('/', at == 0 ? 0 : at - 1);
        const std::size_t start = before == std::string::npos || before >= at ? 0 : before + 1;
        const std::string_view folder = std::string_view(out).substr(start, at - start);
        if (folder.empty() || folder == "..") {
            at += 3;
            continue;
        }
        out.erase(start, at + 4 - start);
        at = start == 0 ? 0 : start - 1;
    }
    return is_same_file(out, path) ? out : path;
}

}  // namespace

Result<std::string> read_profile_text(std::string_view path) { return read_file(std::string(path), codec::profile_max_size); }

Result<codec::LoadedText> load_profile(std::string_view name, std::string_view from) {
    if (auto valid = check_relative(name); !valid) return std::unexpected(std::move(valid.error()));
    if (from.starts_with("built-in:")) {
        return fail(ErrorCode::malformed, "'" + printable(name) + "' is a path, and a built-in profile is in no folder");
    }
    std::string relative(name);
    std::ranges::replace(relative, '\\', '/');
#if defined(_WIN32)
    const std::size_t slash = from.find_last_of("/\\:");
#else
    const std::size_t slash = from.rfind('/');
#endif
    std::string path = tidy(slash == std::string_view::npos ? relative : std::string(from.substr(0, slash + 1)) + relative);
    auto text = read_file(path, codec::profile_max_size);
    if (!text) return std::unexpected(std::move(text.error()));
    return codec::LoadedText{without_parents(path), std::move(*text)};
}

}  // namespace schancfg::backend
