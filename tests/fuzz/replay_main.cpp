// Stands in for libFuzzer: runs the target over every file of a folder, and over each cut short, so that a plain test run replays
// what fuzzing found.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "property.hpp"

namespace {

void run(const std::string& bytes) {
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

}  // namespace

int main(int argc, char** argv) {
    std::size_t count = 0;
    for (int i = 1; i < argc; ++i) {
        for (const auto& entry : std::filesystem::directory_iterator(argv[i])) {
            std::ifstream in(entry.path(), std::ios::binary);
            const std::string bytes(std::istreambuf_iterator<char>(in), {});
            std::fprintf(stderr, "%s\n", entry.path().filename().string().c_str());
            run(bytes);
            const std::size_t step = bytes.size() / 64 + 1;
            for (std::size_t cut = 0; cut < bytes.size(); cut += step) run(bytes.substr(0, cut));
            ++count;
        }
    }
    if (count == 0) {
        std::fputs("no inputs to replay\n", stderr);
        return 1;
    }
    std::printf("%zu inputs\n", count);
    return 0;
}
