#include "schancfg/files/paged.hpp"

namespace schancfg::files {

Result<PagedFile> PagedFile::open(std::string_view path, std::size_t max_size) { return read(path, max_size); }

}  // namespace schancfg::files
