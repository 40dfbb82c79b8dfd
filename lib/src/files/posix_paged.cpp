#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>
#include <vector>

#include "posix_descriptor.hpp"
#include "refusals.hpp"
#include "schancfg/files/paged.hpp"

namespace schancfg::files {
namespace {

constexpr std::size_t page = 4096;

}  // namespace

struct PagedFile::Pages {
    Descriptor file;
    char* bytes = nullptr;  // room for all of it, which takes memory where it was written to
    std::size_t size = 0;
    std::vector<bool> has;
    int problem = 0;
    bool is_short = false;

    Pages(Descriptor opened, std::size_t length) : file(std::move(opened)), size(length), has((length + page - 1) / page) {}
    Pages(const Pages&) = delete;
    Pages& operator=(const Pages&) = delete;
    ~Pages() {
        if (bytes != nullptr) ::munmap(bytes, size);
    }

    // Page `first` to the one before `last`, in one go.
    bool read(std::size_t first, std::size_t last) {
        const std::size_t end = std::min(last * page, size);
        for (std::size_t at = first * page; at < end;) {
            const ssize_t got = ::pread(file.get(), bytes + at, end - at, static_cast<off_t>(at));
            if (got < 0 && errno == EINTR) continue;
            if (got <= 0) {
                problem = got < 0 ? errno : 0;
                is_short = got == 0;
                return false;
            }
            at += static_cast<std::size_t>(got);
        }
        std::fill(has.begin() + static_cast<std::ptrdiff_t>(first), has.begin() + static_cast<std::ptrdiff_t>(last), true);
        return true;
    }
};

PagedFile::PagedFile() = default;
PagedFile::PagedFile(PagedFile&&) noexcept = default;
PagedFile& PagedFile::operator=(PagedFile&&) noexcept = default;
PagedFile::~PagedFile() = default;

Result<PagedFile> PagedFile::open(std::string_view path, std::size_t max_size) {
    if (path.find('\0') != std::string_view::npos) return has_nul();
    // Without blocking: a named pipe would keep us waiting for its writer.
    Descriptor file(::open(std::string(path).c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (!file) return refused(path, "read", errno);
    const auto about = check_regular(file, path, max_size);
    if (!about) return std::unexpected(about.error());
    const auto size = static_cast<std::size_t>(about->st_size);
    PagedFile out;
    void* room = size == 0 ? MAP_FAILED : ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (room == MAP_FAILED) {
        auto bytes = read_all(file, path, size, max_size);
        if (!bytes) return std::unexpected(std::move(bytes.error()));
        out.read_ = std::move(*bytes);
        return out;
    }
#ifdef MADV_NOHUGEPAGE
    // Else the first byte that is written may take two megabytes.
    ::madvise(room, size, MADV_NOHUGEPAGE);
#endif
    out.pages_ = std::make_unique<Pages>(std::move(file), size);
    out.pages_->bytes = static_cast<char*>(room);
    out.view_ = {out.pages_->bytes, size};
    return out;
}

bool PagedFile::bring(std::size_t at, std::size_t size) {
    if (!pages_) return at <= read_.size() && size <= read_.size() - at;
    if (at > pages_->size || size > pages_->size - at) return false;
    if (size == 0) return true;
    const std::size_t last = (at + size - 1) / page + 1;
    for (std::size_t first = at / page; first < last;) {
        if (pages_->has[first]) {
            ++first;
            continue;
        }
        std::size_t end = first + 1;
        while (end < last && !pages_->has[end]) ++end;
        if (!pages_->read(first, end)) return false;
        first = end;
    }
    return true;
}

Result<void> PagedFile::check(std::string_view path) const {
    if (!pages_) return {};
    if (pages_->is_short) return fail(ErrorCode::conflict, std::string(path) + " was changed while it was read: it has become shorter");
    if (pages_->problem != 0) return refused(path, "read", pages_->problem);
    return {};
}

}  // namespace schancfg::files
