#include <fcntl.h>
#include <sys/mman.h>

#include <cerrno>

#include "posix_descriptor.hpp"
#include "refusals.hpp"
#include "schancfg/files/mapped.hpp"

namespace schancfg::files {
namespace {

constexpr std::size_t worth_mapping = 1u << 20;

}  // namespace

void Unmap::operator()(const char* bytes) const { ::munmap(const_cast<char*>(bytes), size); }

Result<MappedFile> MappedFile::open(std::string_view path, std::size_t max_size) {
    if (path.find('\0') != std::string_view::npos) return has_nul();
    // Without blocking: a named pipe would keep us waiting for its writer.
    const Descriptor file(::open(std::string(path).c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (!file) return refused(path, "read", errno);
    const auto about = check_regular(file, path, max_size);
    if (!about) return std::unexpected(about.error());
    const auto size = static_cast<std::size_t>(about->st_size);
    MappedFile out;
    if (size >= worth_mapping) {
        void* mapped = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.get(), 0);
        if (mapped != MAP_FAILED) {
            ::madvise(mapped, size, MADV_SEQUENTIAL);
            out.mapped_ = {static_cast<const char*>(mapped), Unmap{size}};
            return out;
        }
    }
    auto bytes = read_all(file, path, size, max_size);
    if (!bytes) return std::unexpected(std::move(bytes.error()));
    out.read_ = std::move(*bytes);
    return out;
}

}  // namespace schancfg::files
