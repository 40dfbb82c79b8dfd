#include "schancfg/files/module.hpp"
#include "schancfg/files/paged.hpp"

namespace schancfg::files {

Result<PagedFile> PagedFile::open(std::string_view path, std::size_t max_size) {
    // Nobody writes while a file is looked at: it is not copied. What can't be read says so below.
    if (const auto there = look_at_file(path); there && !there->empty() && there->size() <= max_size) {
        PagedFile out;
        out.view_ = *there;
        return out;
    }
    return read(path, max_size);
}

}  // namespace schancfg::files
