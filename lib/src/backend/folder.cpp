#include <algorithm>
#include <filesystem>
#include <system_error>

#include "file.hpp"
#include "names.hpp"

namespace schancfg::backend {
namespace {

namespace fs = std::filesystem;

fs::path path_of(const std::string& utf8) { return fs::path(std::u8string(utf8.begin(), utf8.end())); }

std::string utf8_of(const fs::path& path) {
    const std::u8string text = path.u8string();
    return {text.begin(), text.end()};
}

std::unexpected<Error> refuse(const std::string& folder, const std::error_code& error) {
    const ErrorCode code = error == std::errc::permission_denied ? ErrorCode::access_denied
                           : error == std::errc::no_such_file_or_directory ? ErrorCode::not_found
                                                                           : ErrorCode::io;
    return fail(code, "cannot list the folder " + printable(folder), std::nullopt, static_cast<std::uint32_t>(error.value()));
}

}  // namespace

bool is_folder(const std::string& path) {
    std::error_code ignored;
    return path.find('\0') == std::string::npos && fs::is_directory(path_of(path), ignored);
}

bool exists(const std::string& path) {
    std::error_code ignored;
    return path.find('\0') == std::string::npos && fs::exists(path_of(path), ignored);
}

Result<std::vector<std::string>> list_files(const std::string& folder, std::size_t most) {
    std::error_code error;
    fs::directory_iterator entries(path_of(folder), error);
    if (error) return refuse(folder, error);
    std::vector<std::string> files;
    std::size_t seen = 0;
    while (entries != fs::directory_iterator()) {
        if (++seen > most) return fail(ErrorCode::malformed, "the folder " + printable(folder) + " has more than " + std::to_string(most) + " files");
        std::error_code ignored;
        if (entries->is_regular_file(ignored)) files.push_back(utf8_of(entries->path()));
        entries.increment(error);
        if (error) return refuse(folder, error);
    }
    std::ranges::sort(files);
    return files;
}

}  // namespace schancfg::backend
