// Footnotes: one mark for each reason why an answer is not certain, said once below with all sources. In text and Markdown alike.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "schancfg/effect/basis.hpp"

namespace schancfg::cli {

class Footnotes {
public:
    /// ` *`, ` *2`, ... for an answer that is not certain; nothing for one that is, or that only was not read: that is said once, in a line of its own.
    [[nodiscard]] std::string mark(const effect::Basis& basis);
    /// A heading and a paragraph each; empty without marks.
    [[nodiscard]] std::string text(std::size_t columns) const;
    [[nodiscard]] std::string markdown() const;
    [[nodiscard]] std::string html() const;

private:
    std::map<std::string, std::size_t> numbers_;
    std::vector<const std::string*> order_;  // keys of numbers_
};

}  // namespace schancfg::cli
