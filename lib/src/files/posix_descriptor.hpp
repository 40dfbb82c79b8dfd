// An open file that is closed, and the steps that make a file durable. For the posix_*.cpp of this room.
#pragma once

#include <sys/stat.h>

#include <string>
#include <string_view>
#include <utility>

#include "schancfg/result.hpp"

namespace schancfg::files {

class Descriptor {
public:
    explicit Descriptor(int number = -1) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    ~Descriptor();
    [[nodiscard]] int get() const { return number_; }
    /// The same, for as long as this object lives.
    [[nodiscard]] const int& number() const { return number_; }
    explicit operator bool() const { return number_ >= 0; }

private:
    int number_;
};

/// `PATH cannot be WHAT: No such file or directory`, from errno.
[[nodiscard]] std::unexpected<Error> refused(std::string_view path, std::string_view what, int number);
[[nodiscard]] std::string folder_of(const std::string& path);
[[nodiscard]] inline bool same_file(const struct stat& a, const struct stat& b) { return a.st_dev == b.st_dev && a.st_ino == b.st_ino; }

/// What a regular file of at most that size is; malformed otherwise.
[[nodiscard]] Result<struct stat> check_regular(const Descriptor& file, std::string_view path, std::size_t max_size);
/// From the start to the end of it, whatever fstat said of its size.
[[nodiscard]] Result<std::string> read_all(const Descriptor& file, std::string_view path, std::size_t size, std::size_t max_size);

/// A new empty file beside `path`, with `mode` as far as the umask lets it; `name` gets its name. errno says why there is none.
[[nodiscard]] Descriptor make_beside(const std::string& path, mode_t mode, std::string& name);
/// Written and on the disk.
[[nodiscard]] Result<void> fill(const Descriptor& file, std::string_view path, std::string_view bytes);
/// Both of them; `exact`: the mode is as given whatever the umask says. Nothing is left when it fails.
[[nodiscard]] Result<Descriptor> write_beside(const std::string& path, std::string_view bytes, mode_t mode, bool exact, std::string& name);
/// The file takes a name that none has: 0, or errno (EEXIST: one has it). `temporary` is gone either way.
[[nodiscard]] int place_new(const std::string& temporary, const std::string& path);

/// Extended attributes go over to a file that replaces another: those that anyone can see, and those of NTFS (rights, attributes, short name), which
/// a mounted volume shows to who asks for them by name. access_denied, io: one of NTFS or of POSIX rights can't be kept, so that the new file would be open to
/// others than the old one, or closed; of the rest what can't be kept is left out.
[[nodiscard]] Result<void> keep_attributes(const Descriptor& from, const Descriptor& to, std::string_view path);

/// New and vanished names in the folder of `path` are durable when it returns. A file system that can't do this leaves it to the system.
[[nodiscard]] Result<void> flush_folder_of(const std::string& path);

}  // namespace schancfg::files
