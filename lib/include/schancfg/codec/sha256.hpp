// SHA-256 (FIPS 180-4), to name the text of a profile in plans and undo records. Not for secrets: it takes no care of timing. An object belongs to one thread.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace schancfg::codec {

class Sha256 {
public:
    void update(std::string_view bytes);
    /// Lower-case hex. Ends the message: nothing may follow.
    [[nodiscard]] std::string finish();

private:
    void take_block(const unsigned char* block);

    std::array<std::uint32_t, 8> state_{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                        0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    std::array<unsigned char, 64> block_{};
    std::uint64_t size_ = 0;
};

}  // namespace schancfg::codec
