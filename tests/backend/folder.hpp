// A folder of its own for a test, gone when the test ends.
#pragma once

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

class Folder {
public:
    Folder() {
        static int number = 0;
        // Canonical, so that paths in messages are these.
        const auto base = std::filesystem::canonical(std::filesystem::temp_directory_path());
        do path_ = base / ("schancfg-test-" + std::to_string(++number));
        while (!std::filesystem::create_directory(path_));
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    /// With the separators of the system.
    [[nodiscard]] std::string operator/(const std::string& name) const { return (path_ / name).make_preferred().string(); }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    /// Writes a file and gives its path.
    std::string write(const std::string& name, const std::string& content) const {
        std::ofstream(path_ / name, std::ios::binary) << content;
        return *this / name;
    }
    [[nodiscard]] static std::string read(const std::string& path) {
        std::ostringstream all;
        all << std::ifstream(path, std::ios::binary).rdbuf();
        return all.str();
    }
    /// How many, but for the lock that stands beside an open target on Windows.
    [[nodiscard]] std::size_t files() const {
        std::size_t count = 0;
        for (const auto& entry : std::filesystem::directory_iterator(path_)) count += entry.path().extension() == ".lock" ? 0u : 1u;
        return count;
    }

private:
    std::filesystem::path path_;
};
