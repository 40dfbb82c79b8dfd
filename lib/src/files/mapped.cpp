// What a file that is looked through has in common on systems that map it and on those that read it.
#include "schancfg/files/mapped.hpp"

#include "schancfg/files/file.hpp"

namespace schancfg::files {

Result<MappedFile> MappedFile::read(std::string_view path, std::size_t max_size) {
    auto bytes = read_file(path, max_size);
    if (!bytes) return std::unexpected(std::move(bytes.error()));
    MappedFile out;
    out.read_ = std::move(*bytes);
    return out;
}

bool MappedFile::copy_in_memory(std::size_t at, std::span<char> out) const {
    const std::string_view all = bytes();
    if (at > all.size() || out.size() > all.size() - at) return false;
    all.copy(out.data(), out.size(), at);
    return true;
}

}  // namespace schancfg::files
