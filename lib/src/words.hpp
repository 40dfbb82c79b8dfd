// Words and lists of them, for several rooms.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <ranges>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace schancfg {

/// Unless it is in the list already.
template <class Each, class Item>
void add_once(std::vector<Each>& list, Item&& item) {
    if (std::ranges::find(list, item) == list.end()) list.emplace_back(std::forward<Item>(item));
}

/// `a`, `a or b`, `a, b or c` with ` or ` before the last.
template <class Range>
[[nodiscard]] std::string series(const Range& texts, std::string_view before_last) {
    std::string out;
    auto left = std::ranges::size(texts);
    for (const auto& text : texts) {
        if (!out.empty()) out += left == 1 ? before_last : ", ";
        out += text;
        --left;
    }
    return out;
}

/// Without blanks and ends of lines around it.
[[nodiscard]] inline std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
    return text.substr(0, text.find_last_not_of(blanks) + 1);
}

/// Eight bytes at a time: it is asked of whole exports as well.
[[nodiscard]] inline bool is_ascii(std::string_view text) {
    constexpr std::uint64_t high_bits = 0x8080808080808080u;
    std::uint64_t all = 0;
    std::size_t at = 0;
    for (std::uint64_t eight = 0; at + 8 <= text.size(); at += 8) {
        std::memcpy(&eight, text.data() + at, 8);
        all |= eight;
    }
    return (all & high_bits) == 0 && std::ranges::all_of(text.substr(at), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace schancfg
