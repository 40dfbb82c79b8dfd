#include "schancfg/files/file.hpp"
#include "schancfg/files/module.hpp"
#include "schancfg/files/paged.hpp"

namespace schancfg::files {

struct PagedFile::Pages {};

PagedFile::PagedFile() = default;
PagedFile::PagedFile(PagedFile&&) noexcept = default;
PagedFile& PagedFile::operator=(PagedFile&&) noexcept = default;
PagedFile::~PagedFile() = default;

Result<PagedFile> PagedFile::open(std::string_view path, std::size_t max_size) {
    PagedFile out;
    // Nobody writes while a file is looked at: it is not copied. What can't be read says so below.
    if (const auto there = look_at_file(path); there && !there->empty() && there->size() <= max_size) {
        out.view_ = *there;
        return out;
    }
    auto bytes = read_file(path, max_size);
    if (!bytes) return std::unexpected(std::move(bytes.error()));
    out.read_ = std::move(*bytes);
    return out;
}

bool PagedFile::bring(std::size_t at, std::size_t size) { return at <= bytes().size() && size <= bytes().size() - at; }

Result<void> PagedFile::check(std::string_view) const { return {}; }

}  // namespace schancfg::files
