#include "schancfg/codec/regf_editor.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "schancfg/utf.hpp"

namespace schancfg::codec {

using registry::NamedValue;

namespace {

auto find_value(std::vector<NamedValue>& values, std::string_view name) {
    return std::ranges::find_if(values, [&](const NamedValue& each) { return utf::equal_no_case(each.name, name); });
}

std::vector<NamedValue> without_cells(std::vector<HiveValue> values) {
    std::vector<NamedValue> out;
    out.reserve(values.size());
    for (HiveValue& each : values) out.push_back(std::move(each.value));
    return out;
}

}  // namespace

HiveEditor::HiveEditor(const Hive& hive) : hive_(hive) { root_.original = hive.root(); }

Result<std::optional<HiveEditor::Place>> HiveEditor::find(const HivePath& path) const {
    Place at{&root_, root_.original};
    for (const std::string_view part : path) {
        if (at.node != nullptr) {
            const auto changed = at.node->children.find(utf::fold_case(part));
            if (changed != at.node->children.end()) {
                if (!changed->second) return std::nullopt;
                at = {changed->second.get(), changed->second->original};
                continue;
            }
        }
        if (!at.original) return std::nullopt;
        const auto child = hive_.child(*at.original, part);
        if (!child) return std::unexpected(child.error());
        if (!*child) return std::nullopt;
        at = {nullptr, **child};
    }
    return at;
}

Result<std::vector<std::string>> HiveEditor::children_of(const Place& place) const {
    std::vector<std::string> out;
    if (place.original) {
        auto stored = hive_.children(*place.original);
        if (!stored) return std::unexpected(std::move(stored.error()));
        for (HiveChild& each : *stored) {
            if (place.node != nullptr && place.node->children.contains(utf::fold_case(each.name))) continue;
            out.push_back(std::move(each.name));
        }
    }
    if (place.node != nullptr) {
        for (const auto& [folded, node] : place.node->children) {
            if (node) out.push_back(node->name);
        }
    }
    const auto less = [](const std::string& a, const std::string& b) { return utf::compare_no_case(a, b) < 0; };
    if (!std::ranges::is_sorted(out, less)) std::ranges::stable_sort(out, less);
    const auto twice = std::ranges::unique(out, [](const std::string& a, const std::string& b) { return utf::equal_no_case(a, b); });
    out.erase(twice.begin(), twice.end());
    return out;
}

Result<std::optional<HiveKey>> HiveEditor::read(const HivePath& path, HivePart part) const {
    const auto place = find(path);
    if (!place) return std::unexpected(place.error());
    if (!*place) return std::nullopt;
    HiveKey out;
    if ((*place)->original) {
        const auto about = hive_.key(*(*place)->original);
        if (!about) return std::unexpected(about.error());
        out.is_link = about->is_link;
        if ((*place)->node == nullptr) out.written = about->written;
    }
    if ((*place)->node != nullptr && (*place)->node->values) {
        out.values = *(*place)->node->values;
    } else if ((*place)->original) {
        auto stored = hive_.values(*(*place)->original);
        if (!stored) return std::unexpected(std::move(stored.error()));
        out.values = without_cells(std::move(*stored));
    }
    if (part == HivePart::without_children) return out;
    auto children = children_of(**place);
    if (!children) return std::unexpected(std::move(children.error()));
    out.children = std::move(*children);
    return out;
}

Result<HiveEditor::Node*> HiveEditor::open(const HivePath& path) {
    const auto there = find(path);
    if (!there) return std::unexpected(there.error());
    if (!*there) return nullptr;
    Node* at = &root_;
    for (const std::string_view part : path) {
        auto& child = at->children[utf::fold_case(part)];
        if (!child) {
            const auto cell = hive_.child(*at->original, part);
            if (!cell) return std::unexpected(cell.error());
            const auto about = hive_.key(**cell);
            if (!about) return std::unexpected(about.error());
            child = std::make_unique<Node>();
            child->name = about->name;
            child->original = **cell;
        }
        at = child.get();
    }
    return at;
}

Result<bool> HiveEditor::create(const HivePath& path) {
    std::size_t have = path.size();
    for (;; --have) {
        const auto found = find(HivePath(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(have)));
        if (!found) return std::unexpected(found.error());
        if (*found) break;
    }
    if (have == path.size()) return false;
    const auto parent = open(HivePath(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(have)));
    if (!parent) return std::unexpected(parent.error());
    Node* at = *parent;
    for (std::size_t i = have; i < path.size(); ++i) {
        auto made = std::make_unique<Node>();
        made->name = std::string(path[i]);
        made->values.emplace();
        auto& child = at->children[utf::fold_case(path[i])];
        child = std::move(made);
        at = child.get();
    }
    changed_ = true;
    return true;
}

Result<std::vector<NamedValue>*> HiveEditor::values_of(Node& node) {
    if (!node.values) {
        auto stored = hive_.values(*node.original);
        if (!stored) return std::unexpected(std::move(stored.error()));
        node.values = without_cells(std::move(*stored));
    }
    return &*node.values;
}

Result<std::vector<NamedValue>*> HiveEditor::values_at(const HivePath& path) {
    const auto node = open(path);
    if (!node) return std::unexpected(node.error());
    return *node == nullptr ? nullptr : values_of(**node);
}

Result<HiveEditor::Answer> HiveEditor::set(const HivePath& path, std::string_view name, registry::Value value) {
    const auto values = values_at(path);
    if (!values) return std::unexpected(values.error());
    if (*values == nullptr) return Answer::no_key;
    const auto found = find_value(**values, name);
    if (found == (*values)->end()) (*values)->push_back({std::string(name), std::move(value)});
    else if (found->value == value) return Answer::done;
    else found->value = std::move(value);
    changed_ = true;
    return Answer::done;
}

Result<HiveEditor::Answer> HiveEditor::unset(const HivePath& path, std::string_view name) {
    const auto values = values_at(path);
    if (!values) return std::unexpected(values.error());
    if (*values == nullptr) return Answer::no_key;
    const auto found = find_value(**values, name);
    if (found == (*values)->end()) return Answer::no_value;
    (*values)->erase(found);
    changed_ = true;
    return Answer::done;
}

Result<HiveEditor::Answer> HiveEditor::erase(const HivePath& path) {
    const auto place = find(path);
    if (!place) return std::unexpected(place.error());
    if (!*place) return Answer::no_key;
    const auto below = children_of(**place);
    if (!below) return std::unexpected(below.error());
    if (!below->empty()) return Answer::has_children;
    const auto parent = open(HivePath(path.begin(), path.end() - 1));
    if (!parent) return std::unexpected(parent.error());
    const std::string folded = utf::fold_case(path.back());
    bool was_stored = false;
    if ((*parent)->original) {
        const auto stored = hive_.child(*(*parent)->original, path.back());
        if (!stored) return std::unexpected(stored.error());
        was_stored = stored->has_value();
    }
    if (was_stored) (*parent)->children[folded] = nullptr;
    else (*parent)->children.erase(folded);
    changed_ = true;
    return Answer::done;
}

Result<void> HiveEditor::compare(const Hive& written, HiveCell key, const Node& node) const {
    const auto differs = [&](std::string_view what) { return fail(ErrorCode::io, "what was written of the key '" + node.name + "' reads back with other " + std::string(what)); };
    const auto values = written.values(key);
    if (!values) return std::unexpected(values.error());
    Result<std::vector<HiveValue>> stored;
    if (!node.values) stored = hive_.values(*node.original);
    if (!stored) return std::unexpected(stored.error());
    const bool same = node.values ? std::ranges::equal(*node.values, *values, {}, {}, &HiveValue::value)
                                  : std::ranges::equal(*stored, *values, {}, &HiveValue::value, &HiveValue::value);
    if (!same) return differs("values");
    const auto children = written.children(key);
    if (!children) return std::unexpected(children.error());
    Result<std::vector<HiveChild>> before;
    if (node.original) before = hive_.children(*node.original);
    if (!before) return std::unexpected(before.error());
    std::size_t expected = 0;
    for (const HiveChild& child : *before) {
        const auto found = node.children.find(utf::fold_case(child.name));
        if (found != node.children.end() && (!found->second || !found->second->original)) continue;
        ++expected;
    }
    for (const auto& [folded, child] : node.children) expected += child && !child->original ? 1u : 0u;
    if (expected != children->size()) return differs("keys");
    std::unordered_map<HiveCell, std::string_view> kept;
    for (const HiveChild& child : *before) kept.emplace(child.cell, child.name);
    for (const HiveChild& child : *children) {
        const auto found = node.children.find(utf::fold_case(child.name));
        const Node* changed = found == node.children.end() ? nullptr : found->second.get();
        // A key without a change is where it was, and so is all below it.
        const auto old = kept.find(child.cell);
        if (changed == nullptr || (changed->original && *changed->original != child.cell)) {
            if (old == kept.end() || old->second != child.name) return differs("keys");
            continue;
        }
        if (child.name != changed->name) return differs("keys");
        if (auto compared = compare(written, child.cell, *changed); !compared) return compared;
    }
    return {};
}

}  // namespace schancfg::codec
