#include "schancfg/files/path.hpp"
#include "schancfg/files/system_path.hpp"

#include <system_error>

namespace schancfg::files {

std::filesystem::path path_of(std::string_view utf8) {
    return std::filesystem::path(std::u8string_view(reinterpret_cast<const char8_t*>(utf8.data()), utf8.size()));
}

std::string utf8_of(const std::filesystem::path& path) {
    const std::u8string text = path.u8string();
    return {reinterpret_cast<const char*>(text.data()), text.size()};
}

std::string join(std::string_view folder, std::string_view name) { return utf8_of(path_of(folder) / path_of(name)); }

std::string absolute(std::string_view path) {
    std::error_code error;
    const std::filesystem::path full = std::filesystem::absolute(path_of(path), error);
    return error ? std::string(path) : utf8_of(full);
}

}  // namespace schancfg::files
