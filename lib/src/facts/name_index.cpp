#include "name_index.hpp"

#include <algorithm>

#include "schancfg/ascii.hpp"

namespace schancfg::facts {
namespace {

std::string upper(std::string_view name) {
    std::string text(name);
    for (char& c : text) {
        c = ascii::to_upper(c);
    }
    return text;
}

}  // namespace

void NameIndex::add(std::string_view name, std::size_t row) {
    if (name.empty()) return;
    longest_ = std::max(longest_, name.size());
    entries_.push_back({upper(name), row});
}

void NameIndex::sort() { std::ranges::stable_sort(entries_, {}, &Entry::name); }

std::optional<std::size_t> NameIndex::find(std::string_view name) const {
    if (name.size() > longest_) return std::nullopt;
    const std::string wanted = upper(name);
    const auto found = std::ranges::lower_bound(entries_, wanted, {}, &Entry::name);
    if (found == entries_.end() || found->name != wanted) return std::nullopt;
    return found->row;
}

}  // namespace schancfg::facts
