#include <algorithm>
#include <array>

#include "names.hpp"
#include "schancfg/ascii.hpp"
#include "schancfg/backend/open.hpp"
#include "schancfg/files/file.hpp"
#include "schancfg/files/path.hpp"
#include "schancfg/text.hpp"
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
    return (number.size() == 1 && ascii::is_digit(number[0])) || number == "\xC2\xB9" || number == "\xC2\xB2" ||
           number == "\xC2\xB3";
}

Result<void> check_relative(std::string_view name) {
    const auto refuse = [&](const std::string& what) { return fail(ErrorCode::malformed, "'" + shorten(name, 400) + "' " + what); };
    if (name.empty()) return fail(ErrorCode::malformed, "an empty name is not a profile");
    if (utf::find_invalid_utf8(name) != std::string_view::npos ||
        std::ranges::any_of(name, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; })) {
        return refuse("has characters in it that no file name should have");
    }
    const auto slash = [](char c) { return c == '/' || c == '\\'; };
    if (name.size() > 1 && slash(name[0]) && slash(name[1])) return refuse("is a network or device path; expected a path relative to this file");
    if (slash(name[0])) return refuse("is an absolute path; expected a path relative to this file");
    if (name.find(':') != std::string_view::npos) return refuse("names a drive or a stream; expected a path relative to this file");
    for (std::size_t start = 0; start <= name.size();) {
        const std::size_t end = std::min(name.find_first_of("/\\", start), name.size());
        if (is_device_name(name.substr(start, end - start))) return refuse("names a device; expected a path relative to this file");
        start = end + 1;
    }
    return {};
}

#if defined(_WIN32)
constexpr char separator = '\\';
constexpr std::string_view separators = "/\\";
constexpr std::string_view folder_ends = "/\\:";
#else
constexpr char separator = '/';
constexpr std::string_view separators = "/";
constexpr std::string_view folder_ends = "/";
#endif

// `folder` (empty, or with its separator) and a relative name in which both slashes separate. `..` stays: behind a linked folder it
// means another place than the text says.
std::string join(std::string_view folder, std::string_view name) {
    std::string out(folder);
    for (std::size_t start = 0; start <= name.size();) {
        const std::size_t end = std::min(name.find_first_of("/\\", start), name.size());
        const std::string_view component = name.substr(start, end - start);
        start = end + 1;
        if (component.empty() || component == ".") continue;
        if (out.size() > folder.size()) out += separator;
        out += component;
    }
    return out;
}

// `a/b/../c` as `a/c`, where both are the same file: so that a cycle is seen the first time it closes.
std::string without_parents(const std::string& path) {
    std::string out = path;
    for (std::size_t at = 0; (at = out.find("..", at)) != std::string::npos;) {
        const bool whole = at > 0 && separators.find(out[at - 1]) != std::string_view::npos && at + 2 < out.size() &&
                           separators.find(out[at + 2]) != std::string_view::npos;
        const std::size_t before = !whole || at < 2 ? std::string::npos : out.find_last_of(folder_ends, at - 2);
        const std::size_t start = before == std::string::npos ? 0 : before + 1;
        if (!whole || at < start + 2 || out.compare(start, at - 1 - start, "..") == 0 || out.compare(start, at - 1 - start, ".") == 0) {
            at += 2;
            continue;
        }
        out.erase(start, at + 3 - start);
        at = start;
    }
    return files::is_same_file(out, path) ? out : path;
}

}  // namespace

Result<std::string> read_profile_text(std::string_view path) { return files::read_file(std::string(path), codec::profile_max_size); }

Result<codec::LoadedText> load_profile(std::string_view name, std::string_view from) {
    if (auto valid = check_relative(name); !valid) return std::unexpected(std::move(valid.error()));
    if (from.starts_with("built-in:")) {
        return fail(ErrorCode::malformed, "'" + std::string(name) + "' is a path, and a built-in profile is in no folder");
    }
    const std::size_t end = from.find_last_of(folder_ends);
    const std::string path = join(end == std::string_view::npos ? std::string_view{} : from.substr(0, end + 1), name);
    auto text = files::read_file(path, codec::profile_max_size);
    if (!text) return std::unexpected(std::move(text.error()));
    return codec::LoadedText{without_parents(path), std::move(*text)};
}

std::vector<std::string> extended_files(const std::string& path) {
    std::vector<std::string> out;
    const auto text = read_profile_text(path);
    if (!text) return out;
    (void)codec::decode_profile(*text, path, [&](std::string_view name, std::string_view from) {
        auto loaded = load_profile(name, from);
        if (loaded) out.push_back(loaded->id);
        return loaded;
    });
    return out;
}

}  // namespace schancfg::backend
