#include "schancfg/codec/gzip.hpp"

#include <array>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <vector>

namespace schancfg::codec {
namespace {

constexpr std::size_t window = 32768;     // how far back a copy may reach
constexpr std::size_t part = 256u << 10;  // what is given at once
constexpr std::size_t longest_code = 15;
constexpr unsigned quick_bits = 10;

constexpr std::array<std::array<std::uint32_t, 256>, 8> crc_tables = [] {
    std::array<std::array<std::uint32_t, 256>, 8> tables{};
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        std::uint32_t value = byte;
        for (int bit = 0; bit < 8; ++bit) value = value >> 1 ^ ((value & 1) != 0 ? 0xEDB88320u : 0);
        tables[0][byte] = value;
    }
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        for (std::size_t table = 1; table < 8; ++table) tables[table][byte] = tables[table - 1][byte] >> 8 ^ tables[0][tables[table - 1][byte] & 0xFF];
    }
    return tables;
}();

std::uint32_t crc_of(std::uint32_t crc, std::string_view bytes) {
    const auto byte = [&](std::size_t at) { return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at])); };
    crc = ~crc;
    std::size_t at = 0;
    for (; at + 8 <= bytes.size(); at += 8) {
        const std::uint32_t one = crc ^ (byte(at) | byte(at + 1) << 8 | byte(at + 2) << 16 | byte(at + 3) << 24);
        crc = crc_tables[7][one & 0xFF] ^ crc_tables[6][one >> 8 & 0xFF] ^ crc_tables[5][one >> 16 & 0xFF] ^ crc_tables[4][one >> 24] ^ crc_tables[3][byte(at + 4)] ^
              crc_tables[2][byte(at + 5)] ^ crc_tables[1][byte(at + 6)] ^ crc_tables[0][byte(at + 7)];
    }
    for (; at < bytes.size(); ++at) crc = crc >> 8 ^ crc_tables[0][(crc ^ byte(at)) & 0xFF];
    return ~crc;
}

/// A prefix code: most symbols by one look at the next bits, long ones bit by bit (RFC 1951, 3.2.2).
class Code {
public:
    /// False where the lengths are those of no code: too many, or too few of them (a single symbol is allowed).
    bool make(const std::uint8_t* lengths, std::size_t count) {
        counts_.fill(0);
        quick_.fill(0);
        for (std::size_t symbol = 0; symbol < count; ++symbol) ++counts_[lengths[symbol]];
        std::size_t used = count - counts_[0];
        counts_[0] = 0;
        int left = 1;
        for (std::size_t length = 1; length <= longest_code; ++length) {
            left = 2 * left - counts_[length];
            if (left < 0) return false;
        }
        if (left > 0 && used > 1) return false;
        std::array<std::uint16_t, longest_code + 2> next{};
        for (std::size_t length = 1; length <= longest_code; ++length) next[length + 1] = static_cast<std::uint16_t>(next[length] + counts_[length]);
        symbols_.assign(used, 0);
        for (std::size_t symbol = 0; symbol < count; ++symbol) {
            if (lengths[symbol] != 0) symbols_[next[lengths[symbol]]++] = static_cast<std::uint16_t>(symbol);
        }
        unsigned code = 0;
        std::size_t place = 0;
        for (unsigned length = 1; length <= quick_bits; ++length, code <<= 1) {
            for (std::size_t i = 0; i < counts_[length]; ++i, ++code, ++place) {
                unsigned turned = 0;
                for (unsigned bit = 0; bit < length; ++bit) turned |= (code >> bit & 1) << (length - 1 - bit);
                for (unsigned entry = turned; entry < 1u << quick_bits; entry += 1u << length) quick_[entry] = static_cast<std::uint16_t>(static_cast<unsigned>(symbols_[place]) << 4 | length);
            }
        }
        return true;
    }

    [[nodiscard]] std::uint16_t quick(std::uint64_t bits) const { return quick_[bits & ((1u << quick_bits) - 1)]; }
    /// Symbol and length; length 0: no code begins so.
    [[nodiscard]] std::pair<unsigned, unsigned> slow(std::uint64_t bits) const {
        int code = 0, first = 0;
        std::size_t place = 0;
        for (unsigned length = 1; length <= longest_code; ++length, bits >>= 1) {
            code |= static_cast<int>(bits & 1);
            const int count = counts_[length];
            if (code - count < first) return {symbols_[place + static_cast<std::size_t>(code - first)], length};
            place += static_cast<std::size_t>(count);
            first = (first + count) << 1;
            code <<= 1;
        }
        return {0, 0};
    }

private:
    std::array<std::uint16_t, longest_code + 1> counts_{};
    std::vector<std::uint16_t> symbols_;
    std::array<std::uint16_t, 1u << quick_bits> quick_{};
};

struct Extra {
    std::uint16_t base;
    std::uint8_t bits;
};
constexpr std::array<Extra, 29> lengths{{{3, 0}, {4, 0}, {5, 0}, {6, 0}, {7, 0}, {8, 0}, {9, 0}, {10, 0}, {11, 1}, {13, 1}, {15, 1}, {17, 1}, {19, 2}, {23, 2}, {27, 2},
                                         {31, 2}, {35, 3}, {43, 3}, {51, 3}, {59, 3}, {67, 4}, {83, 4}, {99, 4}, {115, 4}, {131, 5}, {163, 5}, {195, 5}, {227, 5}, {258, 0}}};
constexpr std::array<Extra, 30> distances{{{1, 0}, {2, 0}, {3, 0}, {4, 0}, {5, 1}, {7, 1}, {9, 2}, {13, 2}, {17, 3}, {25, 3}, {33, 4}, {49, 4}, {65, 5}, {97, 5}, {129, 6},
                                           {193, 6}, {257, 7}, {385, 7}, {513, 8}, {769, 8}, {1025, 9}, {1537, 9}, {2049, 10}, {3073, 10}, {4097, 11}, {6145, 11},
                                           {8193, 12}, {12289, 12}, {16385, 13}, {24577, 13}}};

class Unpacker {
public:
    Unpacker(std::string_view bytes, const std::function<bool(std::string_view)>& take) : bytes_(bytes), take_(take), out_(window + part, '\0') {}

    /// All members. A message: what is wrong.
    std::optional<std::string> run() {
        do {
            if (auto wrong = member()) return wrong;
            // Zeros behind the last member are what tapes are filled with.
            while (at_ < bytes_.size() && bytes_[at_] == '\0') ++at_;
        } while (at_ < bytes_.size() && !is_over_);
        return std::nullopt;
    }

private:
    static std::optional<std::string> cut_off() { return "the gzip file ends too early"; }
    static std::optional<std::string> broken() { return "the gzip file is damaged"; }

    std::optional<std::string> member() {
        const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(bytes_[at]); };
        if (bytes_.size() - at_ < 10) return cut_off();
        if (!looks_like_gzip(bytes_.substr(at_)) || byte(at_ + 2) != 8 || (byte(at_ + 3) & 0xE0) != 0) return broken();
        const unsigned flags = byte(at_ + 3);
        at_ += 10;
        if ((flags & 4) != 0) {
            if (bytes_.size() - at_ < 2) return cut_off();
            at_ += 2u + byte(at_) + 256u * byte(at_ + 1);
        }
        for (const unsigned text : {8u, 16u}) {
            if ((flags & text) == 0) continue;
            const std::size_t end = at_ > bytes_.size() ? std::string_view::npos : bytes_.find('\0', at_);
            if (end == std::string_view::npos) return cut_off();
            at_ = end + 1;
        }
        if ((flags & 2) != 0) at_ += 2;
        if (at_ > bytes_.size()) return cut_off();
        bits_ = count_ = 0;
        crc_ = 0;
        length_ = 0;
        start_ = used_ = 0;
        bool is_last = false;
        while (!is_last && !is_over_) {
            fill();
            is_last = (bits_ & 1) != 0;
            const auto kind = bits_ >> 1 & 3;
            if (!drop(3)) return cut_off();
            auto wrong = kind == 0 ? stored() : kind == 1 ? fixed() : kind == 2 ? dynamic() : broken();
            if (wrong) return wrong;
        }
        give();
        if (is_over_) return std::nullopt;
        at_ -= count_ / 8;  // bytes that were taken too early
        if (bytes_.size() - at_ < 8) return cut_off();
        std::uint32_t crc = 0, length = 0;
        for (unsigned i = 0; i < 4; ++i) {
            crc |= std::uint32_t{byte(at_ + i)} << 8 * i;
            length |= std::uint32_t{byte(at_ + 4 + i)} << 8 * i;
        }
        at_ += 8;
        if (crc != crc_ || length != length_) return "the gzip file is damaged: its checksum is wrong";
        return std::nullopt;
    }

    // At least 56 bits, or all that there are.
    void fill() {
        if (at_ + 8 <= bytes_.size() && count_ <= 56) {
            std::uint64_t eight = 0;
            for (unsigned i = 0; i < 8; ++i) eight |= std::uint64_t{static_cast<unsigned char>(bytes_[at_ + i])} << 8 * i;
            bits_ |= eight << count_;
            const unsigned taken = (63 - count_) / 8;
            at_ += taken;
            count_ += 8 * taken;
            if (count_ < 64) bits_ &= (std::uint64_t{1} << count_) - 1;
            return;
        }
        while (count_ <= 56 && at_ < bytes_.size()) {
            bits_ |= std::uint64_t{static_cast<unsigned char>(bytes_[at_++])} << count_;
            count_ += 8;
        }
    }
    [[nodiscard]] bool drop(unsigned count) {
        if (count > count_) return false;
        bits_ >>= count;
        count_ -= count;
        return true;
    }
    std::optional<unsigned> take_bits(unsigned count) {
        if (count_ < count) fill();
        const auto value = static_cast<unsigned>(bits_ & ((std::uint64_t{1} << count) - 1));
        if (!drop(count)) return std::nullopt;
        return value;
    }
    std::optional<unsigned> symbol(const Code& code) {
        if (count_ < longest_code) fill();
        if (const unsigned quick = code.quick(bits_); quick != 0) {
            if (!drop(quick & 15)) return std::nullopt;
            return quick >> 4;
        }
        const auto [found, length] = code.slow(bits_);
        if (length == 0) {
            is_broken_ = true;
            return std::nullopt;
        }
        if (!drop(length)) return std::nullopt;
        return found;
    }
    std::optional<std::string> ended() const { return is_broken_ ? broken() : cut_off(); }

    /// Gives what is new, and keeps the window.
    void give() {
        const std::string_view fresh = std::string_view(out_).substr(start_, used_ - start_);
        crc_ = crc_of(crc_, fresh);
        length_ += static_cast<std::uint32_t>(fresh.size());
        if (!fresh.empty() && !take_(fresh)) is_over_ = true;
        if (used_ > window) {
            std::memmove(out_.data(), out_.data() + used_ - window, window);
            used_ = window;
        }
        start_ = used_;
    }
    void make_room(std::size_t size) {
        if (used_ + size > out_.size()) give();
    }

    std::optional<std::string> stored() {
        (void)drop(count_ % 8);
        const auto size = take_bits(16), check = take_bits(16);
        if (!size || !check) return cut_off();
        if ((*size ^ *check) != 0xFFFF) return broken();
        at_ -= count_ / 8;
        bits_ = count_ = 0;
        if (bytes_.size() - at_ < *size) return cut_off();
        make_room(*size);
        std::memcpy(out_.data() + used_, bytes_.data() + at_, *size);
        used_ += *size;
        at_ += *size;
        return std::nullopt;
    }
    std::optional<std::string> fixed() {
        std::array<std::uint8_t, 288> literal{};
        for (std::size_t symbol = 0; symbol < literal.size(); ++symbol) literal[symbol] = symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8;
        std::array<std::uint8_t, 32> distance{};
        distance.fill(5);
        (void)literals_.make(literal.data(), literal.size());
        (void)backs_.make(distance.data(), distance.size());
        return block();
    }
    std::optional<std::string> dynamic() {
        constexpr std::array<std::uint8_t, 19> order{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};
        const auto literals = take_bits(5), backs = take_bits(5), codes = take_bits(4);
        if (!literals || !backs || !codes) return cut_off();
        if (*literals > 29 || *backs > 29) return broken();
        std::array<std::uint8_t, 320> all{};
        for (unsigned i = 0; i < *codes + 4; ++i) {
            const auto length = take_bits(3);
            if (!length) return cut_off();
            all[order[i]] = static_cast<std::uint8_t>(*length);
        }
        Code of_lengths;
        if (!of_lengths.make(all.data(), 19)) return broken();
        all.fill(0);
        const std::size_t count = *literals + 257 + *backs + 1;
        for (std::size_t i = 0; i < count;) {
            const auto found = symbol(of_lengths);
            if (!found) return ended();
            if (*found < 16) {
                all[i++] = static_cast<std::uint8_t>(*found);
                continue;
            }
            if (*found == 16 && i == 0) return broken();
            const auto more = take_bits(*found == 16 ? 2 : *found == 17 ? 3 : 7);
            if (!more) return cut_off();
            std::size_t times = *more + (*found == 18 ? 11 : 3);
            if (times > count - i) return broken();
            const std::uint8_t value = *found == 16 ? all[i - 1] : std::uint8_t{0};
            while (times-- > 0) all[i++] = value;
        }
        if (all[256] == 0 || !literals_.make(all.data(), *literals + 257) || !backs_.make(all.data() + *literals + 257, *backs + 1)) return broken();
        return block();
    }
    std::optional<std::string> block() {
        constexpr std::size_t longest_copy = 258;
        while (!is_over_) {
            make_room(longest_copy);
            const auto found = symbol(literals_);
            if (!found) return ended();
            if (*found < 256) {
                out_[used_++] = static_cast<char>(*found);
                continue;
            }
            if (*found == 256) break;
            if (*found > 285) return broken();
            const Extra length_code = lengths[*found - 257];
            const auto length = take_bits(length_code.bits);
            if (!length) return cut_off();
            const auto back = symbol(backs_);
            if (!back) return ended();
            if (*back > 29) return broken();
            const auto far = take_bits(distances[*back].bits);
            if (!far) return cut_off();
            const std::size_t distance = distances[*back].base + *far, size = length_code.base + *length;
            if (distance > used_) return broken();
            char* to = out_.data() + used_;
            if (distance >= size) std::memcpy(to, to - distance, size);
            else for (std::size_t i = 0; i < size; ++i) to[i] = to[i - distance];
            used_ += size;
        }
        return std::nullopt;
    }

    std::string_view bytes_;
    const std::function<bool(std::string_view)>& take_;
    std::string out_;                  // a window of what was given, then what was not
    std::size_t at_ = 0, start_ = 0, used_ = 0;
    std::uint64_t bits_ = 0;
    unsigned count_ = 0;               // of bits_
    std::uint32_t crc_ = 0, length_ = 0;
    bool is_over_ = false, is_broken_ = false;
    Code literals_, backs_;
};

}  // namespace

Result<void> unpack_gzip(std::string_view bytes, const std::function<bool(std::string_view)>& take) {
    if (auto wrong = Unpacker(bytes, take).run()) return fail(ErrorCode::malformed, std::move(*wrong));
    return {};
}

}  // namespace schancfg::codec
