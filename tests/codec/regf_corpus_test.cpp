// Real hives from public repositories: <corpus>/hives.
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "catch.hpp"
#include "schancfg/codec/regf_editor.hpp"
#include "schancfg/codec/regf_log.hpp"

using namespace schancfg;
using namespace schancfg::codec;

namespace {

const std::filesystem::path folder = std::filesystem::path(SCHANCFG_CORPUS) / "hives";

std::string read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) FAIL(path.string());
    return {std::istreambuf_iterator<char>(file), {}};
}

void add(std::string& out, const Hive& hive, HiveCell key, const std::string& path) {
    const auto values = hive.values(key);
    if (!values) FAIL(path << ": " << values.error().message);
    for (const HiveValue& each : *values) out += path + ":" + each.value.name + "=" + std::to_string(each.value.value.type) + registry::to_hex(each.value.value.bytes) + "\n";
    const auto children = hive.children(key);
    if (!children) FAIL(path << ": " << children.error().message);
    for (const HiveChild& child : *children) {
        out += path + "\\" + child.name + "\n";
        add(out, hive, child.cell, path + "\\" + child.name);
    }
}
std::string dump(const std::string& bytes) {
    const auto hive = Hive::open(bytes);
    if (!hive) FAIL(hive.error().message);
    std::string out;
    add(out, *hive, hive->root(), "");
    return out;
}

RecoveredHive recover(const std::string& name, const std::string& stem) {
    const std::string one = read_file(folder / name / (stem + ".LOG1")), two = read_file(folder / name / (stem + ".LOG2"));
    const std::string_view logs[]{one, two};
    const std::string hive = read_file(folder / name / stem);
    auto out = recover_hive(hive, logs);
    if (!out) FAIL(out.error().message);
    return std::move(*out);
}

}  // namespace

TEST_CASE("a dirty hive of Windows 10 becomes what Windows 10 made of it, byte for byte", "[corpus]") {
    const RecoveredHive recovered = recover("NewDirtyHive1", "NewDirtyHive");
    REQUIRE(recovered.recovery == HiveRecovery::replayed);
    const std::string expected = read_file(folder / "NewDirtyHive1" / "RecoveredHive_Windows10");
    const std::size_t end = 4096 + read_hive_header(expected)->bins_size;
    REQUIRE(recovered.bytes.size() >= end);
    CHECK(read_hive_header(recovered.bytes)->bins_size + 4096 == end);
    CHECK(recovered.bytes.compare(4096, end - 4096, expected, 4096, end - 4096) == 0);
}

TEST_CASE("a dirty hive of Windows 7 holds what Windows 7 made of it", "[corpus]") {
    const RecoveredHive recovered = recover("OldDirtyHive", "OldDirtyHive");
    REQUIRE(recovered.recovery == HiveRecovery::replayed);
    CHECK(dump(recovered.bytes) == dump(read_file(folder / "OldDirtyHive" / "RecoveredHive_Windows7")));
}

TEST_CASE("every real hive is read whole, or is refused with what is wrong in it", "[corpus]") {
    std::string refused;
    std::size_t read = 0;
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) files.push_back(entry.path());
    std::ranges::sort(files);
    for (const auto& file : files) {
        const std::string name = file.filename().string();
        if (!std::filesystem::is_regular_file(file) || name.ends_with(".xz") || name.find(".LOG") != std::string::npos) continue;
        const std::string bytes = read_file(file);
        const auto began = std::chrono::steady_clock::now();
        const auto hive = Hive::open(bytes);
        const auto checked = hive ? hive->check_all() : Result<void>(std::unexpected(hive.error()));
        CHECK(std::chrono::steady_clock::now() - began < std::chrono::milliseconds(1000));
        if (checked) ++read;
        else refused += name + ": " + checked.error().message + "\n";
    }
    CHECK(refused == "slow27s.hiv: the hive is damaged: its header speaks of 4110422016 bytes of bins\n"
                     "samba-team__samba__regfio_corrupt_lf_subkeys_75e6b8.dat: the hive is cut off: it has 5120 of 204800 bytes\n"
                     "yarp__BadListHive: the hive is damaged: a cell that two others use at offset 4816\n"
                     "yarp__TruncatedHive: the hive is cut off: it has 12288 of 491520 bytes\n");
    CHECK(read >= 17);
}
