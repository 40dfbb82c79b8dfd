#include <algorithm>
#include <limits>

#include "schancfg/files/file.hpp"
#include "schancfg/files/mapped.hpp"
#include "schancfg/files/module.hpp"

namespace schancfg::files {

void Unmap::operator()(const char*) const {}

Result<MappedFile> MappedFile::open(std::string_view path, std::size_t max_size) {
    // Nobody writes while a file is looked through: it is not copied. What can't be read says so below.
    if (const auto there = look_at_file(path); there && !there->empty() && there->size() <= max_size) {
        MappedFile out;
        out.mapped_ = {there->data(), Unmap{there->size()}};
        return out;
    }
    return read(path, max_size);
}

Result<void> MappedFile::check(std::string_view) const { return {}; }

bool MappedFile::copy(std::size_t at, std::span<char> out) const { return copy_in_memory(at, out); }

Result<std::string> read_start(std::string_view path, std::size_t most) {
    if (const auto there = look_at_file(path)) return std::string(there->substr(0, most));
    auto bytes = read_file(path, std::numeric_limits<std::size_t>::max());
    if (bytes) bytes->resize(std::min(bytes->size(), most));
    return bytes;
}

}  // namespace schancfg::files
