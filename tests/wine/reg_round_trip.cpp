// reg_round_trip FROM TO: reads a .reg file and writes it again. Ends with 1, and says why, when it cannot or when a line would be skipped.
#include <cstdio>
#include <fstream>
#include <iterator>

#include "schancfg/codec/reg_text.hpp"

int main(int argc, char** argv) {
    if (argc != 3) return 2;
    std::ifstream file(argv[1], std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    const auto patch = schancfg::codec::decode_reg(bytes, {.file = argv[1], .strict = true});
    for (const auto& found : patch.diagnostics) std::printf("%u: %s\n", found.span.line, found.message.c_str());
    if (!patch || !patch.diagnostics.empty()) return 1;
    std::ofstream(argv[2], std::ios::binary) << schancfg::codec::encode_reg(*patch.value);
    return 0;
}
