#include "schancfg/registry/coverage.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

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
        Key* key = tree.find(path);
        removed += key->values.size();
        key->values.clear();
    }
    return removed;
}

}  // namespace schancfg::registry
