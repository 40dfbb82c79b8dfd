// Words and lists of them, for several rooms.
#pragma once

#include <algorithm>
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

[[nodiscard]] inline bool is_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace schancfg
