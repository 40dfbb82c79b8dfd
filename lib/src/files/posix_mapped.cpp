#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstdint>
#include <limits>
#include <mutex>

#include "posix_descriptor.hpp"
#include "refusals.hpp"
#include "schancfg/files/mapped.hpp"

namespace schancfg::files {
namespace {

constexpr std::size_t most_mappings = 64;  // at once; beyond, files are read

// A page that a mapped file no longer has ends the process when it is read (SIGBUS), unless something is put in its place: zeros here, and a mark for
// who reads them.
struct Mapping {
    std::atomic<bool> is_taken = false, is_short = false;
    std::atomic<std::uintptr_t> begin = 0, end = 0;
};
std::array<Mapping, most_mappings> mappings;
static_assert(std::atomic<std::uintptr_t>::is_always_lock_free);
struct sigaction other_action {};
std::uintptr_t page_size = 0;

// Runs in a thread that reads such a page; only what may be called in a signal handler is.
void fill_in(int signal, siginfo_t* about, void*) {
    const int kept = errno;
    const auto address = reinterpret_cast<std::uintptr_t>(about->si_addr);
    for (Mapping& mapping : mappings) {
        if (address < mapping.begin || address >= mapping.end) continue;
        const std::uintptr_t page = address / page_size * page_size;
        mapping.is_short = true;
        // The rest as well: a file that is shortened has none of it.
        void* zeros = ::mmap(reinterpret_cast<void*>(page), mapping.end - page, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
        if (zeros == MAP_FAILED) break;
        errno = kept;
        return;
    }
    // Somebody else's: it happens again, to who was asked before.
    ::sigaction(signal, &other_action, nullptr);
    errno = kept;
}

Mapping* take_mapping(void* bytes, std::size_t size) {
    static std::once_flag once;
    static bool is_ready = false;
    std::call_once(once, [] {
        page_size = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
        struct sigaction ours {};
        ours.sa_sigaction = fill_in;
        ours.sa_flags = SA_SIGINFO | SA_RESTART | SA_NODEFER;
        ::sigemptyset(&ours.sa_mask);
        is_ready = ::sigaction(SIGBUS, &ours, &other_action) == 0;
    });
    if (!is_ready) return nullptr;
    for (Mapping& mapping : mappings) {
        if (mapping.is_taken.exchange(true)) continue;
        mapping.is_short = false;
        mapping.begin = reinterpret_cast<std::uintptr_t>(bytes);
        mapping.end = (mapping.begin + size + page_size - 1) / page_size * page_size;
        return &mapping;
    }
    return nullptr;
}

Mapping* mapping_of(const char* bytes) {
    const auto address = reinterpret_cast<std::uintptr_t>(bytes);
    const auto found = std::ranges::find_if(mappings, [&](const Mapping& mapping) { return mapping.begin == address; });
    return found == mappings.end() ? nullptr : &*found;
}

}  // namespace

void Unmap::operator()(const char* bytes) const {
    if (Mapping* mapping = mapping_of(bytes)) {
        mapping->begin = mapping->end = 0;
        mapping->is_taken = false;
    }
    ::munmap(const_cast<char*>(bytes), size);
}

Result<MappedFile> MappedFile::open(std::string_view path, std::size_t max_size) {
    if (path.find('\0') != std::string_view::npos) return has_nul();
    // Without blocking: a named pipe would keep us waiting for its writer.
    auto opened = std::make_shared<Descriptor>(::open(std::string(path).c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    const Descriptor& file = *opened;
    if (!file) return refused(path, "read", errno);
    const auto about = check_regular(file, path, max_size);
    if (!about) return std::unexpected(about.error());
    const auto size = static_cast<std::size_t>(about->st_size);
    MappedFile out;
    if (size >= std::size_t{16} << 20) {  // smaller ones are read, which is quicker
        void* mapped = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.get(), 0);
        if (mapped != MAP_FAILED && take_mapping(mapped, size) == nullptr) {
            ::munmap(mapped, size);
            mapped = MAP_FAILED;
        }
        if (mapped != MAP_FAILED) {
            ::madvise(mapped, size, MADV_SEQUENTIAL);
            out.mapped_ = {static_cast<const char*>(mapped), Unmap{size}};
            out.file_ = std::shared_ptr<const int>(opened, &opened->number());
            return out;
        }
    }
    auto bytes = read_all(file, path, size, max_size);
    if (!bytes) return std::unexpected(std::move(bytes.error()));
    out.read_ = std::move(*bytes);
    return out;
}

Result<void> MappedFile::check(std::string_view path) const {
    const Mapping* mapping = mapped_ ? mapping_of(mapped_.get()) : nullptr;
    if (mapping == nullptr || !mapping->is_short) return {};
    return fail(ErrorCode::conflict, std::string(path) + " was changed while it was read: it has become shorter");
}

bool MappedFile::copy(std::size_t at, std::span<char> out) const {
    if (!file_) return copy_in_memory(at, out);
    const std::size_t size = bytes().size();
    if (at > size || out.size() > size - at) return false;
    return ::pread(*file_, out.data(), out.size(), static_cast<off_t>(at)) == static_cast<ssize_t>(out.size());
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
