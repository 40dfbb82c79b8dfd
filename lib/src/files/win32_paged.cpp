#include "schancfg/files/file.hpp"
#include "schancfg/files/paged.hpp"

namespace schancfg::files {

struct PagedFile::Pages {};

PagedFile::PagedFile() = default;
PagedFile::PagedFile(PagedFile&&) noexcept = default;
PagedFile& PagedFile::operator=(PagedFile&&) noexcept = default;
PagedFile::~PagedFile() = default;

Result<PagedFile> PagedFile::open(std::string_view path, std::size_t max_size) {
    auto bytes = read_file(path, max_size);
    if (!bytes) return std::unexpected(std::move(bytes.error()));
    PagedFile out;
    out.read_ = std::move(*bytes);
    return out;
}

bool PagedFile::bring(std::size_t at, std::size_t size) { return at <= read_.size() && size <= read_.size() - at; }

Result<void> PagedFile::check(std::string_view) const { return {}; }

}  // namespace schancfg::files
