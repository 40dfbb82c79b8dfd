#include "schancfg/files/path.hpp"
#include "schancfg/files/system_path.hpp"

#include <filesystem>
#include <fstream>

#include "catch.hpp"

using namespace schancfg;

namespace {

class Folder {
public:
    Folder() : path_(files::utf8_of(std::filesystem::temp_directory_path() / "schancfg-path-test")) {
        std::filesystem::remove_all(files::path_of(path_));
        std::filesystem::create_directories(files::path_of(path_));
    }
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(files::path_of(path_), ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    [[nodiscard]] std::string at(std::string_view name) const { return files::join(path_, name); }

private:
    std::string path_;
};

}  // namespace

TEST_CASE("Names of files are UTF-8 in and out", "[files]") {
    const std::string name = "M\xC3\xBCnchen \xE6\x97\xA5.reg";
    CHECK(files::utf8_of(files::path_of(name)) == name);
}

TEST_CASE("A path is made absolute from the working folder", "[files]") {
    const std::string absolute = files::absolute("x.reg");
    CHECK(files::path_of(absolute).is_absolute());
    CHECK(absolute.ends_with("x.reg"));
    CHECK(files::absolute(absolute) == absolute);
}

TEST_CASE("Two spellings of a file are the same file, two files are not", "[files]") {
    const Folder folder;
    std::ofstream(files::path_of(folder.at("a"))) << "a";
    std::ofstream(files::path_of(folder.at("b"))) << "a";
    std::filesystem::create_directory(files::path_of(folder.at("d")));
    CHECK(files::is_same_file(folder.at("a"), folder.at("d/../a")));
    CHECK_FALSE(files::is_same_file(folder.at("a"), folder.at("b")));
    CHECK_FALSE(files::is_same_file(folder.at("a"), folder.at("none")));
    CHECK_FALSE(files::is_same_file(folder.at("none"), folder.at("none")));
    CHECK(files::path_of(files::full_path(folder.at("d/../a"))) == files::path_of(files::full_path(folder.at("a"))));
    // A file that is still to be made is found again as well.
    CHECK(files::path_of(files::full_path(folder.at("none"))).is_absolute());
}
