// The nearest right name for a misspelt one, for "did you mean".
//
// Compares without case by the edit distance of Damerau and Levenshtein (insert, delete, replace, swap two neighbours).
// It knows no table of names: the caller offers those that would have been right. A search belongs to one thread.
#pragma once

#include <cstddef>
#include <functional>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace schancfg {

/// Keeps the best of the candidates that it is offered. `word` need not live on; candidates must.
class Nearest {
public:
    explicit Nearest(std::string_view word);
    /// `stands_for` is what `best` returns if this candidate wins (an alias stands for its id).
    void offer(std::string_view candidate, std::string_view stands_for);
    void offer(std::string_view candidate) { offer(candidate, candidate); }
    /// Empty when nothing is near: more than a third of the word (one character of a short one) would change, or the word
    /// is longer than any name could be. Of equals the one with the longer common start, then the nearer character behind
    /// it, then the earlier one.
    [[nodiscard]] std::string_view best() const { return best_; }

private:
    std::u32string word_;
    std::size_t distance_ = 0;  // of the best so far; before that, the limit plus one
    std::size_t shared_ = 0;    // length of its common start
    std::size_t step_ = 0;      // how far apart the characters behind it are
    std::string_view best_;
    std::vector<std::size_t> rows_;
};

[[nodiscard]] std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates);

/// The same over rows of a table: `nearest(word, protocols(), &Protocol::name)`.
template <std::ranges::input_range Rows, class Name>
[[nodiscard]] std::string_view nearest(std::string_view word, const Rows& rows, Name name) {
    Nearest search(word);
    for (const auto& row : rows) search.offer(std::invoke(name, row));
    return search.best();
}

}  // namespace schancfg
