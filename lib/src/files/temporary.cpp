#include "temporary.hpp"

#include <charconv>
#include <filesystem>
#include <system_error>
#include <vector>

#include "schancfg/files/held.hpp"
#include "schancfg/files/system_path.hpp"

namespace schancfg::files {
namespace {

namespace fs = std::filesystem;

bool is_number(std::string_view text) { return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos; }

// What stands between the name of the file and the end: `1234-0`.
bool is_temporary(std::string_view name, std::string_view lead) {
    constexpr std::string_view end = ".tmp";
    if (!name.ends_with(end)) return false;
    name.remove_suffix(end.size());
    if (lead.empty()) {
        const std::size_t dot = name.rfind('.');
        if (dot == std::string_view::npos) return false;
        name.remove_prefix(dot + 1);
    } else {
        if (!name.starts_with(lead) || name.size() <= lead.size() || name[lead.size()] != '.') return false;
        name.remove_prefix(lead.size() + 1);
    }
    const std::size_t dash = name.find('-');
    return dash != std::string_view::npos && is_number(name.substr(0, dash)) && is_number(name.substr(dash + 1));
}

}  // namespace

std::string temporary_ending(int attempt) { return '.' + std::to_string(own_process()) + '-' + std::to_string(attempt) + ".tmp"; }

void remove_temporaries(const std::string& path, std::chrono::seconds age) {
    const fs::path native = path_of(path);
    const std::string lead = utf8_of(native.filename());
    const fs::path folder = native.has_parent_path() ? native.parent_path() : fs::path(".");
    std::error_code error;
    std::vector<fs::path> found;
    for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
        if (is_temporary(utf8_of(at->path().filename()), lead)) found.push_back(at->path());
    }
    const auto old = fs::file_time_type::clock::now() - age;
    for (const fs::path& each : found) {
        std::error_code ignored;
        const bool is_old = age == age.zero() || fs::last_write_time(each, ignored) <= old;
        if (!ignored && is_old) fs::remove(each, ignored);
    }
}

std::uint64_t process_in(std::string_view text) {
    std::uint64_t number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    return problem == std::errc{} && end == text.data() + text.size() ? number : 0;
}

}  // namespace schancfg::files
