// A file of pages on systems where it is read, or given, as a whole: on Windows and in a module.
#include "schancfg/files/file.hpp"
#include "schancfg/files/paged.hpp"

namespace schancfg::files {

struct PagedFile::Pages {};

PagedFile::PagedFile() = default;
PagedFile::PagedFile(PagedFile&&) noexcept = default;
PagedFile& PagedFile::operator=(PagedFile&&) noexcept = default;
PagedFile::~PagedFile() = default;

Result<PagedFile> PagedFile::read(std::string_view path, std::size_t max_size) {
    auto bytes = read_file(path, max_size);
    if (!bytes) return std::unexpected(std::move(bytes.error()));
    PagedFile out;
    out.read_ = std::move(*bytes);
    return out;
}

bool PagedFile::bring(std::size_t at, std::size_t size) { return at <= bytes().size() && size <= bytes().size() - at; }

Result<void> PagedFile::check(std::string_view) const { return {}; }

}  // namespace schancfg::files
