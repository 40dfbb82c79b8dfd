#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <limits>

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

Result<std::string> read_start(std::string_view path, std::size_t most) {
    if (path.find('\0') != std::string_view::npos) return has_nul();
    const Descriptor file(::open(std::string(path).c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (!file) return refused(path, "read", errno);
    if (const auto about = check_regular(file, path, std::numeric_limits<std::size_t>::max()); !about) return std::unexpected(about.error());
    std::string out(most, '\0');
    std::size_t have = 0;
    while (have < most) {
        const ssize_t got = ::pread(file.get(), out.data() + have, most - have, static_cast<off_t>(have));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return refused(path, "read", errno);
        if (got == 0) break;
        have += static_cast<std::size_t>(got);
    }
    out.resize(have);
    return out;
}

}  // namespace schancfg::files
