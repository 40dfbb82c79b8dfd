#include "schancfg/registry/area_index.hpp"

#include <algorithm>

#include "schancfg/utf.hpp"

namespace schancfg::registry {

AreaIndex::AreaIndex(const std::vector<Area>& areas) {
    static const KeyPath shared(Root::local_machine, "SOFTWARE\\Policies");
    for (const Area& area : areas) {
        add(area.key, area.recursive);
        if (!area.key.is_within(shared)) continue;
        add(KeyPath(Root::local_machine, "SOFTWARE\\Wow6432Node\\Policies" + area.key.path().substr(shared.path().size())), area.recursive);
    }
}

void AreaIndex::add(const KeyPath& key, bool recursive) {
    Node* node = &roots_[key.root()];
    for (const std::string_view name : key.components()) {
        const auto found = std::ranges::find_if(node->children, [&](const Node& child) { return utf::equal_no_case(child.name, name); });
        if (found != node->children.end()) {
            node = &*found;
        } else {
            node->children.emplace_back().name = name;
            node = &node->children.back();
        }
    }
    node->has_values = true;
    node->has_all = node->has_all || recursive;
}

AreaIndex::Found AreaIndex::find(Root root, std::string_view path) const {
    const auto top = roots_.find(root);
    if (top == roots_.end()) return {Place::outside, 0};
    const Node* node = &top->second;
    for (std::size_t at = 0; at < path.size() && !node->has_all;) {
        const std::size_t end = std::min(path.find('\\', at), path.size());
        const std::string_view name = path.substr(at, end - at);
        const auto found = std::ranges::find_if(node->children, [&](const Node& child) { return utf::equal_no_case(child.name, name); });
        if (found == node->children.end()) return {Place::outside, end};
        node = &*found;
        at = end + 1;
    }
    return {node->has_values ? Place::inside : Place::above, 0};
}

}  // namespace schancfg::registry
