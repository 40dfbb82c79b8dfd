#include "schancfg/nearest.hpp"

#include <algorithm>
#include <utility>

#include "schancfg/utf.hpp"

namespace schancfg {
namespace {

// Longer than every name in the tables; what a hostile file offers beyond that is not measured at all.
constexpr std::size_t max_length = 128;

std::u32string folded(std::string_view text) {
    std::u32string out;
    if (text.size() > 4 * max_length) return out;
    const std::string upper = utf::fold_case(text);
    for (std::size_t at = 0; at < upper.size();) out.push_back(utf::next_code_point(upper, at));
    if (out.size() > max_length) out.clear();
    return out;
}

// Edit distance where two swapped neighbours count once. `rows` is scratch space.
std::size_t edit_distance(std::u32string_view a, std::u32string_view b, std::vector<std::size_t>& rows) {
    const std::size_t width = b.size() + 1;
    rows.assign(3 * width, 0);
    std::size_t* before = rows.data();
    std::size_t* last = before + width;
    std::size_t* row = last + width;
    for (std::size_t j = 0; j < width; ++j) last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j < width; ++j) {
            const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0u : 1u);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, replaced});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                row[j] = std::min(row[j], before[j - 2] + 1);
            }
        }
        std::swap(before, last);
        std::swap(last, row);
    }
    return last[width - 1];
}

}  // namespace

Nearest::Nearest(std::string_view word) : word_(folded(word)) {
    if (word_.size() > 1) distance_ = std::max<std::size_t>(1, word_.size() / 3) + 1;
}

void Nearest::offer(std::string_view candidate, std::string_view stands_for) {
    if (distance_ == 0) return;
    const std::u32string other = folded(candidate);
    const std::size_t longer = std::max(other.size(), word_.size());
    if (other.empty() || longer - std::min(other.size(), word_.size()) > distance_) return;
    const std::size_t distance = edit_distance(word_, other, rows_);
    if (distance > distance_ || (best_.empty() && distance == distance_)) return;
    const auto ends = std::ranges::mismatch(word_, other);
    const auto shared = static_cast<std::size_t>(ends.in1 - word_.begin());
    std::size_t step = 0;
    if (ends.in1 != word_.end() && ends.in2 != other.end()) {
        step = *ends.in1 > *ends.in2 ? *ends.in1 - *ends.in2 : *ends.in2 - *ends.in1;
    }
    // `TLS 1.4` is one edit away from four names; the closest digit is what was meant most likely.
    if (!best_.empty() && distance == distance_) {
        if (shared < shared_ || (shared == shared_ && step >= step_)) return;
    }
    distance_ = distance;
    shared_ = shared;
    step_ = step;
    best_ = stands_for;
}

std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates) {
    Nearest search(word);
    for (const std::string_view candidate : candidates) search.offer(candidate);
    return search.best();
}

}  // namespace schancfg
