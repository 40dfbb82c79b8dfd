#include "schancfg/registry/coverage.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "schancfg/utf.hpp"

namespace schancfg::registry {

Coverage Coverage::of(std::vector<KeyPath> keys) {
    Coverage coverage;
    coverage.whole_ = false;
    for (KeyPath& key : keys) key = canonical(key);
    std::ranges::sort(keys, [](const KeyPath& a, const KeyPath& b) { return a < b; });
    // A parent sorts before what is below it.
    for (KeyPath& key : keys) {
        if (coverage.keys_.empty() || !key.is_within(coverage.keys_.back())) coverage.keys_.push_back(std::move(key));
    }
    return coverage;
}

namespace {

bool is_before(const std::pair<KeyPath, std::string>& a, const std::pair<KeyPath, std::string>& b) {
    if (const auto order = a.first <=> b.first; order != 0) return order < 0;
    return a.second < b.second;
}

}  // namespace

Coverage Coverage::of_values(std::vector<std::pair<KeyPath, std::string>> values) {
    Coverage coverage;
    coverage.whole_ = false;
    for (auto& [key, name] : values) {
        key = canonical(key);
        name = utf::fold_case(name);
    }
    std::ranges::sort(values, is_before);
    coverage.values_ = std::move(values);
    return coverage;
}

bool Coverage::speaks_for(const KeyPath& key, std::string_view value_name) const {
    return speaks_for(key) || std::ranges::binary_search(values_, std::pair(canonical(key), utf::fold_case(value_name)), is_before);
}

bool Coverage::speaks_for(const KeyPath& key) const {
    if (whole_) return true;
    const KeyPath path = canonical(key);
    const auto after = std::ranges::upper_bound(keys_, path, [](const KeyPath& a, const KeyPath& b) { return a < b; });
    return after != keys_.begin() && path.is_within(*std::prev(after));
}

std::size_t keep_spoken_for(Tree& tree, const Coverage& coverage) {
    if (coverage.whole()) return 0;
    std::vector<KeyPath> unspoken;
    tree.for_each([&](const KeyPath& path, const Key& key) {
        if (!key.values.empty() && !coverage.speaks_for(path)) unspoken.push_back(path);
    });
    std::size_t removed = 0;
    for (const KeyPath& path : unspoken) {
        removed += std::erase_if(tree.find(path)->values, [&](const NamedValue& value) { return !coverage.speaks_for(path, value.name); });
    }
    return removed;
}

}  // namespace schancfg::registry
