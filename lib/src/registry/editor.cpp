#include "schancfg/registry/editor.hpp"

#include <algorithm>
#include <cstring>
#include <iterator>
#include <set>

#include "schancfg/utf.hpp"

namespace schancfg::registry {
namespace {

// Up to here searching and shifting costs less than an index.
constexpr std::size_t few_values = 32;
constexpr std::size_t few_children = 512;
constexpr std::size_t npos = static_cast<std::size_t>(-1);

std::size_t shared_length(std::string_view a, std::string_view b) {
    const std::size_t most = std::min(a.size(), b.size());
    std::size_t at = 0;
    while (at + 16 <= most && std::memcmp(a.data() + at, b.data() + at, 16) == 0) at += 16;
    while (at < most && a[at] == b[at]) ++at;
    return at;
}

// Most names differ in their first letter or in their length, which is seen sooner than by folding both.
bool same_name(std::string_view a, std::string_view b) {
    if (a.empty() || b.empty()) return a.empty() && b.empty();
    const auto x = static_cast<unsigned char>(a[0]);
    const auto y = static_cast<unsigned char>(b[0]);
    if ((x | y) < 0x80 && (x | 0x20) != (y | 0x20)) return false;
    return utf::equal_no_case(a, b);
}

// Positions in a vector, ordered by the names found there. A balanced tree and no hash table: names come from files that may
// be hostile, and no choice of names makes this slow.
template <class NameAt>
struct ByName {
    using is_transparent = void;
    NameAt name_at;
    bool operator()(std::uint32_t a, std::uint32_t b) const { return utf::compare_no_case(name_at(a), name_at(b)) < 0; }
    bool operator()(std::uint32_t a, std::string_view b) const { return utf::compare_no_case(name_at(a), b) < 0; }
    bool operator()(std::string_view a, std::uint32_t b) const { return utf::compare_no_case(a, name_at(b)) < 0; }
};

struct ValueName {
    const std::vector<NamedValue>* values;
    std::string_view operator()(std::uint32_t at) const { return (*values)[at].name; }
};

struct ChildName {
    const std::vector<std::unique_ptr<Key>>* children;
    std::string_view operator()(std::uint32_t at) const { return (*children)[at]->name; }
};

}  // namespace

// What is known besides of a key that holds very much. Erased values stay in the vector until `finish`, and children are
// appended and sorted then.
struct Editor::Index {
    explicit Index(const Key& key, const std::vector<std::unique_ptr<Key>>& key_children)
        : values(ByName<ValueName>{{&key.values}}), children(ByName<ChildName>{{&key_children}}) {}

    bool has_values = false;
    std::set<std::uint32_t, ByName<ValueName>> values;
    std::vector<std::uint32_t> erased_values;
    bool has_children = false;
    std::set<std::uint32_t, ByName<ChildName>> children;
};

Editor::Editor(Tree& tree) : tree_(tree) {}
Editor::~Editor() { finish(); }

void Editor::open(Root root, std::string_view path) { enter(walk(root, path, true)); }

bool Editor::open_existing(Root root, std::string_view path) {
    Key* key = walk(root, path, false);
    enter(key);
    return key != nullptr;
}

// Starts at the deepest key that the path shares with the one before.
Key* Editor::walk(Root root, std::string_view path, bool make) {
    if (steps_.empty() || root != root_) {
        Key* top = make ? &tree_.create(KeyPath(root)) : tree_.find(KeyPath(root));
        steps_.clear();
        path_.clear();
        if (top == nullptr) return nullptr;
        steps_.push_back({top, 0});
        root_ = root;
    }
    const std::size_t shared = shared_length(path, path_);
    const auto whole = [&](const Step& step) {
        return step.end <= shared && (step.end == path.size() || step.end == 0 || path[step.end] == '\\');
    };
    while (!whole(steps_.back())) steps_.pop_back();
    path_.resize(steps_.back().end);
    while (path_.size() < path.size()) {
        const std::size_t start = path_.empty() ? 0 : path_.size() + 1;
        const std::size_t end = std::min(path.find('\\', start), path.size());
        Key* key = find_or_make_child(*steps_.back().key, path.substr(start, end - start), make);
        if (key == nullptr) return nullptr;
        path_.append(path.substr(path_.size(), end - path_.size()));
        steps_.push_back({key, end});
    }
    return steps_.back().key;
}

Key* Editor::find_or_make_child(Key& parent, std::string_view name, bool make) {
    auto& children = parent.children_;
    Index* index = children.size() < few_children ? nullptr : find_index(parent);
    if (index == nullptr || !index->has_children) {
        // Keys of an export come in order, so the end is the likeliest place.
        const int order = children.empty() ? -1 : utf::compare_no_case(children.back()->name, name);
        if (order == 0) return children.back().get();
        const auto at = order < 0 ? children.end()
                                  : std::ranges::lower_bound(
                                        children, name,
                                        [](std::string_view a, std::string_view b) { return utf::compare_no_case(a, b) < 0; },
                                        [](const std::unique_ptr<Key>& key) { return std::string_view(key->name); });
        if (at != children.end() && utf::equal_no_case((*at)->name, name)) return at->get();
        if (!make) return nullptr;
        if (at == children.end() || children.size() < few_children) {
            auto made = std::make_unique<Key>();
            made->name = name;
            return children.insert(at, std::move(made))->get();
        }
        index = &index_of(parent);
        index->has_children = true;
        for (std::uint32_t i = 0; i < children.size(); ++i) index->children.insert(index->children.end(), i);
    }
    if (const auto found = index->children.find(name); found != index->children.end()) return children[*found].get();
    if (!make) return nullptr;
    auto made = std::make_unique<Key>();
    made->name = name;
    children.push_back(std::move(made));
    index->children.insert(static_cast<std::uint32_t>(children.size() - 1));
    return children.back().get();
}

void Editor::enter(Key* key) {
    if (key == current_) return;
    leave();
    current_ = key;
    if (key == nullptr) return;
    current_index_ = key->values.size() <= few_values ? nullptr : find_index(*key);
    gathering_ = key->values.empty();
    if (gathering_) key->values.swap(spare_);
}

// Gives the values exactly the room they need and takes the generous one back for the next key: a tree holds very many
// small keys, and growing each by doubling would waste a third of it.
void Editor::leave() {
    if (current_ == nullptr) return;
    auto& values = current_->values;
    if (gathering_ && values.capacity() > values.size()) {
        std::vector<NamedValue> exact;
        exact.reserve(values.size());
        std::ranges::move(values, std::back_inserter(exact));
        values.swap(exact);
        exact.clear();
        if (exact.capacity() > spare_.capacity()) spare_.swap(exact);
    }
    current_ = nullptr;
    current_index_ = nullptr;
}

Editor::Index* Editor::find_index(const Key& key) {
    if (indexes_.empty()) return nullptr;
    const auto found = indexes_.find(&key);
    return found == indexes_.end() ? nullptr : found->second.get();
}

Editor::Index& Editor::index_of(Key& key) {
    auto& index = indexes_[&key];
    if (index == nullptr) index = std::make_unique<Index>(key, key.children_);
    if (&key == current_) current_index_ = index.get();
    return *index;
}

std::size_t Editor::find_value(std::string_view name) {
    const auto& values = current_->values;
    if (current_index_ == nullptr || !current_index_->has_values) {
        if (values.size() <= few_values) {
            const auto found = std::ranges::find_if(
                values, [&](const NamedValue& value) { return same_name(value.name, name); });
            return found == values.end() ? npos : static_cast<std::size_t>(found - values.begin());
        }
        Index& index = index_of(*current_);
        index.has_values = true;
        for (std::uint32_t i = 0; i < values.size(); ++i) index.values.insert(i);
    }
    const auto found = current_index_->values.find(name);
    return found == current_index_->values.end() ? npos : *found;
}

bool Editor::set_value(std::string_view name, Value value) {
    auto& values = current_->values;
    if (const std::size_t at = find_value(name); at != npos) {
        values[at].value = std::move(value);
        return true;
    }
    values.push_back({std::string(name), std::move(value)});
    if (current_index_ != nullptr && current_index_->has_values) {
        current_index_->values.insert(static_cast<std::uint32_t>(values.size() - 1));
    }
    return false;
}

bool Editor::erase_value(std::string_view name) {
    const std::size_t at = find_value(name);
    if (at == npos) return false;
    auto& values = current_->values;
    if (current_index_ == nullptr || !current_index_->has_values) {
        values.erase(values.begin() + static_cast<std::ptrdiff_t>(at));
    } else {
        current_index_->values.erase(current_index_->values.find(name));
        values[at].value = {};
        current_index_->erased_values.push_back(static_cast<std::uint32_t>(at));
    }
    return true;
}

void Editor::erase_all_values() {
    if (current_index_ != nullptr) {
        current_index_->values.clear();
        current_index_->erased_values.clear();
        current_index_->has_values = false;
    }
    current_->values.clear();
}

bool Editor::erase_key(Root root, std::string_view path) {
    Key* key = walk(root, path, false);
    leave();
    Key* parent = key == nullptr || steps_.size() < 2 ? nullptr : steps_[steps_.size() - 2].key;
    steps_.clear();
    if (key == nullptr) return false;
    if (!indexes_.empty()) forget(*key);
    if (parent == nullptr) return tree_.erase(KeyPath(root));
    Index* index = find_index(*parent);
    if (index == nullptr || !index->has_children) return parent->erase_child(key->name);
    const auto found = index->children.find(key->name);
    const std::uint32_t at = *found;
    index->children.erase(found);
    parent->children_[at].reset();
    return true;
}

// The keys go, and others may come to lie at their addresses.
void Editor::forget(const Key& key) {
    indexes_.erase(&key);
    for (const auto& child : key.children_) {
        if (child != nullptr) forget(*child);
    }
}

void Editor::finish() {
    leave();
    steps_.clear();
    path_.clear();
    for (auto& [address, index] : indexes_) {
        // Only keys of the tree, which is ours to change, are indexed.
        Key& key = const_cast<Key&>(*address);
        if (!index->erased_values.empty()) {
            std::ranges::sort(index->erased_values);
            auto erased = index->erased_values.begin();
            std::uint32_t at = 0;
            std::erase_if(key.values, [&](const NamedValue&) {
                const bool gone = erased != index->erased_values.end() && *erased == at;
                if (gone) ++erased;
                ++at;
                return gone;
            });
            key.values.shrink_to_fit();
        }
        if (index->has_children) {
            std::erase(key.children_, nullptr);
            std::ranges::sort(key.children_, [](const auto& a, const auto& b) {
                return utf::compare_no_case(a->name, b->name) < 0;
            });
        }
    }
    indexes_.clear();
}

}  // namespace schancfg::registry
