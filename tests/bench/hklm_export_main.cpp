// hklm_export make FILE MIB    writes an export of about that size
// hklm_export read FILE        reads it into a Tree once: run it under `/usr/bin/time -v` for the peak memory of the whole
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <string>
#include <string_view>

#include "hklm_export.hpp"
#include "schancfg/codec/reg_text.hpp"

int main(int argc, char** argv) {
    const std::string_view command = argc > 2 ? argv[1] : "";
    if (command == "make" && argc == 4) {
        const std::string bytes = schancfg::codec::encode_reg(bench::make_hklm(std::strtoull(argv[3], nullptr, 10) << 20));
        std::ofstream(argv[2], std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        return 0;
    }
    if (command == "read" && argc == 3) {
        std::ifstream file(argv[2], std::ios::binary | std::ios::ate);
        std::string bytes(static_cast<std::size_t>(file.tellg()), '\0');
        file.seekg(0).read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        const std::clock_t start = std::clock();
        const auto decoded = schancfg::codec::decode_reg_tree(bytes, {.file = argv[2]});
        const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
        std::size_t keys = 0;
        std::size_t values = 0;
        if (decoded) {
            decoded.value->for_each([&](const auto&, const auto& key) {
                ++keys;
                values += key.values.size();
            });
        }
        std::printf("%zu bytes, %zu keys, %zu values, %.3f s of processor time\n", bytes.size(), keys, values, seconds);
        std::fflush(stdout);
        std::_Exit(decoded ? 0 : 1);  // a program that is done does not take its tree apart either
    }
    std::fprintf(stderr, "usage: hklm_export make FILE MIB | read FILE\n");
    return 2;
}
