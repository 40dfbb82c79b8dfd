// An open file that is closed, and the steps that make a file durable. For the *_posix.cpp of the program.
#pragma once

#include <string>
#include <string_view>

#include "session/file.hpp"

namespace schancfg::cli {

class Descriptor {
public:
    explicit Descriptor(int number = -1) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(other.number_) { other.number_ = -1; }
    Descriptor& operator=(Descriptor&& other) noexcept;
    ~Descriptor();
    [[nodiscard]] int get() const { return number_; }
    explicit operator bool() const { return number_ >= 0; }

private:
    int number_;
};

/// `PATH cannot be WHAT: No such file or directory`, from errno.
[[nodiscard]] std::unexpected<Error> failed(std::string_view path, std::string_view what, int number);
[[nodiscard]] std::string folder_of(const std::string& path);

/// A new file beside `path`, written and flushed; `name` gets its name. Nothing is left when it fails.
[[nodiscard]] Result<Descriptor> write_beside(const std::string& path, std::string_view bytes, unsigned mode, bool exact, std::string& name);
/// New and vanished names in the folder of `path` are durable when it returns. A file system that can't do this leaves it to the system.
[[nodiscard]] Result<void> flush_folder_of(const std::string& path);

}  // namespace schancfg::cli
