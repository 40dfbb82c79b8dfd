// The lists of a key: its children, its values and their data.
#include <algorithm>
#include <iterator>
#include <ranges>

#include "regf_bytes.hpp"
#include "schancfg/codec/regf.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::codec {

using namespace regf;

namespace {

/// So many keys of one hash or name are tried; in a sound hive it is one.
constexpr int most_alike = 16;

std::unexpected<Error> damaged(std::uint64_t at, const std::string& what) {
    return fail(ErrorCode::malformed, "the hive is damaged: " + what + " at offset " + std::to_string(at + base_block));
}

bool is_list(std::string_view body) { return body.starts_with("lf") || body.starts_with("lh") || body.starts_with("li"); }

}  // namespace

Result<void> Hive::add_leaf(HiveCell leaf, std::string_view body, std::size_t most, std::vector<Listed>& out) const {
    const bool plain = body.starts_with("li");
    const std::size_t width = plain ? 4 : 8;
    const std::size_t count = get16(body, 2);
    if (count > (body.size() - 4) / width) return damaged(leaf, "a list of keys that leaves its cell");
    if (count > most - out.size()) return damaged(leaf, "a list of more keys than its key has");
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t at = 4 + i * width;
        const bool has_hash = body.starts_with("lh");
        out.push_back({get32(body, at), has_hash ? get32(body, at + 4) : 0, has_hash});
    }
    return {};
}

Result<std::vector<Hive::Listed>> Hive::listed(HiveCell key, std::string_view node, std::vector<HiveCell>* lists) const {
    std::vector<Listed> out;
    const std::size_t count = get32(node, nk::subkeys);
    if (count == 0) return out;
    // No more than there is room for, whatever the key says.
    if (count > header_.bins_size / cell_size(nk::name)) return damaged(key, "a key that says it has " + std::to_string(count) + " keys");
    const HiveCell list = get32(node, nk::subkey_list);
    const auto body = cell(list, 4);
    if (!body) return std::unexpected(body.error());
    if (auto claimed = claim(list, key); !claimed) return std::unexpected(std::move(claimed.error()));
    if (lists) lists->push_back(list);
    out.reserve(count);
    if (is_list(*body)) {
        if (auto added = add_leaf(list, *body, count, out); !added) return std::unexpected(std::move(added.error()));
    } else if (body->starts_with("ri")) {
        const std::size_t leaves = get16(*body, 2);
        if (leaves > (body->size() - 4) / 4) return damaged(list, "a list of keys that leaves its cell");
        for (std::size_t i = 0; i < leaves; ++i) {
            const HiveCell leaf = get32(*body, 4 + i * 4);
            const auto part = cell(leaf, 4);
            if (!part) return std::unexpected(part.error());
            if (!is_list(*part)) return damaged(leaf, "no list of keys");
            if (auto claimed = claim(leaf, list); !claimed) return std::unexpected(std::move(claimed.error()));
            if (lists) lists->push_back(leaf);
            if (auto added = add_leaf(leaf, *part, count, out); !added) return std::unexpected(std::move(added.error()));
        }
    } else {
        return damaged(list, "no list of keys");
    }
    if (out.size() != count) return damaged(list, "a list of " + std::to_string(out.size()) + " keys whose key has " + std::to_string(count));
    return out;
}

Result<std::vector<HiveChild>> Hive::children(HiveCell key) const {
    const auto node = key_node(key);
    if (!node) return std::unexpected(node.error());
    const auto list = listed(key, *node);
    if (!list) return std::unexpected(list.error());
    std::vector<HiveChild> out;
    out.reserve(list->size());
    std::vector<HiveCell> seen;
    seen.reserve(list->size());
    for (const Listed& each : *list) {
        const auto child = key_node(each.cell);
        if (!child) return std::unexpected(child.error());
        if (auto claimed = claim(each.cell, key); !claimed) return std::unexpected(std::move(claimed.error()));
        seen.push_back(each.cell);
        if (is_removed(*child)) continue;
        out.push_back({name_text(child->substr(nk::name, get16(*child, nk::name_size)), (get16(*child, nk::flags) & nk::is_compressed) != 0), each.cell});
    }
    std::ranges::sort(seen);
    if (const auto twice = std::ranges::adjacent_find(seen); twice != seen.end()) return damaged(*twice, "a key that stands in its list twice");
    return out;
}

Result<Hive::Index*> Hive::index_of(HiveCell key) const {
    const auto cached = indexes_.find(key);
    if (cached != indexes_.end()) return &cached->second;
    const auto node = key_node(key);
    if (!node) return std::unexpected(node.error());
    auto list = listed(key, *node);
    if (!list) return std::unexpected(std::move(list.error()));
    Index index;
    std::ranges::copy_if(*list, std::back_inserter(index.by_hash), &Listed::has_hash);
    std::ranges::stable_sort(index.by_hash, {}, &Listed::hash);
    index.stored = std::move(*list);
    return &indexes_.emplace(key, std::move(index)).first->second;
}

Result<bool> Hive::is_there(HiveCell key) const {
    const auto node = key_node(key);
    if (!node) return std::unexpected(node.error());
    return !is_removed(*node);
}

Result<std::optional<HiveCell>> Hive::child_by_hash(const Index& index, std::string_view name) const {
    for (const Listed& each : std::ranges::equal_range(index.by_hash, name_hash(name), {}, &Listed::hash) | std::views::take(most_alike)) {
        const auto stored = name_of(each.cell);
        if (!stored) return std::unexpected(stored.error());
        if (!utf::equal_no_case(*stored, name)) continue;
        const auto there = is_there(each.cell);
        if (!there) return std::unexpected(there.error());
        if (*there) return each.cell;
    }
    return std::nullopt;
}

Result<std::pair<Hive::Order, std::optional<HiveCell>>> Hive::child_by_order(const Index& index, std::string_view name) const {
    std::optional<std::string> below;
    std::optional<std::string> above;
    std::size_t low = 0;
    for (std::size_t high = index.stored.size(); low < high;) {
        const std::size_t middle = low + (high - low) / 2;
        auto stored = name_of(index.stored[middle].cell);
        if (!stored) return std::unexpected(std::move(stored.error()));
        if ((below && utf::compare_no_case(*below, *stored) > 0) || (above && utf::compare_no_case(*stored, *above) > 0)) return std::pair{Order::fails, std::nullopt};
        if (utf::compare_no_case(*stored, name) < 0) {
            low = middle + 1;
            below = std::move(*stored);
        } else {
            high = middle;
            above = std::move(*stored);
        }
    }
    for (int alike = 0; low < index.stored.size(); ++low, ++alike) {
        if (alike == most_alike) return std::pair{Order::fails, std::nullopt};
        const auto stored = name_of(index.stored[low].cell);
        if (!stored) return std::unexpected(stored.error());
        if (!utf::equal_no_case(*stored, name)) break;
        const auto there = is_there(index.stored[low].cell);
        if (!there) return std::unexpected(there.error());
        if (*there) return std::pair{Order::holds, std::optional(index.stored[low].cell)};
    }
    return std::pair{Order::holds, std::nullopt};
}

Result<std::optional<HiveCell>> Hive::child_by_name(Index& index, std::string_view name) const {
    if (!index.by_name) {
        std::vector<HiveChild> names;
        names.reserve(index.stored.size());
        for (const Listed& each : index.stored) {
            const auto there = is_there(each.cell);
            if (!there) return std::unexpected(there.error());
            if (!*there) continue;
            auto stored = name_of(each.cell);
            if (!stored) return std::unexpected(std::move(stored.error()));
            names.push_back({utf::fold_case(*stored), each.cell});
        }
        std::ranges::stable_sort(names, {}, &HiveChild::name);
        index.by_name = std::move(names);
    }
    const std::string folded = utf::fold_case(name);
    const auto place = std::ranges::lower_bound(*index.by_name, folded, {}, &HiveChild::name);
    if (place == index.by_name->end() || place->name != folded) return std::nullopt;
    return place->cell;
}

Result<std::optional<HiveCell>> Hive::child(HiveCell key, std::string_view name) const {
    const auto index = index_of(key);
    if (!index) return std::unexpected(index.error());
    auto found = child_by_hash(**index, name);
    if (!found) return found;
    // Names without hashes, and those whose hashes are wrong: a list of all keys would show them.
    if (!*found) {
        auto ordered = child_by_order(**index, name);
        if (!ordered) return std::unexpected(std::move(ordered.error()));
        found = ordered->second;
        if (ordered->first == Order::fails) found = child_by_name(**index, name);
        if (!found) return found;
    }
    if (!*found) return found;
    if (auto claimed = claim(**found, key); !claimed) return std::unexpected(std::move(claimed.error()));
    return found;
}

Result<std::vector<HiveCell>> Hive::value_cells(HiveCell key, std::string_view node) const {
    std::vector<HiveCell> out;
    // Its count is a handle.
    if ((get16(node, nk::flags) & nk::is_predefined) != 0) return out;
    const std::size_t count = get32(node, nk::values);
    if (count == 0) return out;
    const HiveCell list = get32(node, nk::value_list);
    if (count > header_.bins_size / cell_size(vk::name)) return damaged(key, "a key that says it has " + std::to_string(count) + " values");
    const auto body = cell(list, count * 4);
    if (!body) return std::unexpected(body.error());
    if (auto claimed = claim(list, key); !claimed) return std::unexpected(std::move(claimed.error()));
    out.reserve(count);
    for (std::size_t i = 0; i < count; ++i) out.push_back(get32(*body, i * 4));
    std::vector<HiveCell> sorted = out;
    std::ranges::sort(sorted);
    if (const auto twice = std::ranges::adjacent_find(sorted); twice != sorted.end()) return damaged(*twice, "a value that stands in its list twice");
    return out;
}

Result<std::string> Hive::data_of(HiveCell value, std::string_view node, std::vector<HiveCell>* cells) const {
    const std::uint32_t stated = get32(node, vk::data_size);
    const std::size_t size = stated & ~vk::is_inline;
    const HiveCell at = get32(node, vk::data);
    if ((stated & vk::is_inline) != 0) {
        if (size > 4) return damaged(value, "a value of " + std::to_string(size) + " bytes in the place of 4");
        return std::string(node.substr(vk::data, size));
    }
    if (size == 0) return std::string{};
    if (size > header_.bins_size) return damaged(value, "a value of " + std::to_string(size) + " bytes");
    const auto take = [&](HiveCell part, HiveCell owner) -> Result<void> {
        if (cells) cells->push_back(part);
        return claim(part, owner);
    };
    const auto body = cell(at, 4);
    if (!body) return std::unexpected(body.error());
    if (auto taken = take(at, value); !taken) return std::unexpected(std::move(taken.error()));
    if (body->size() >= size) return std::string(body->substr(0, size));
    if (header_.minor < 4 || size <= big_data || !body->starts_with("db") || body->size() < 8) return damaged(at, "data that are shorter than their value says");
    const std::size_t count = get16(*body, 2);
    if (count != (size + big_data - 1) / big_data) return damaged(at, "data in " + std::to_string(count) + " parts");
    const HiveCell list = get32(*body, 4);
    const auto parts = cell(list, count * 4);
    if (!parts) return std::unexpected(parts.error());
    if (auto taken = take(list, at); !taken) return std::unexpected(std::move(taken.error()));
    std::string out;
    out.reserve(size);
    std::vector<HiveCell> seen;
    for (std::size_t i = 0; i < count; ++i) {
        const HiveCell part = get32(*parts, i * 4);
        seen.push_back(part);
        const std::size_t length = std::min(big_data, size - out.size());
        const auto bytes = cell(part, length);
        if (!bytes) return std::unexpected(bytes.error());
        if (auto taken = take(part, list); !taken) return std::unexpected(std::move(taken.error()));
        out.append(bytes->substr(0, length));
    }
    std::ranges::sort(seen);
    if (const auto twice = std::ranges::adjacent_find(seen); twice != seen.end()) return damaged(*twice, "data that stand in their list twice");
    return out;
}

Result<std::vector<HiveValue>> Hive::values(HiveCell key) const {
    const auto node = key_node(key);
    if (!node) return std::unexpected(node.error());
    const auto cells = value_cells(key, *node);
    if (!cells) return std::unexpected(cells.error());
    std::vector<HiveValue> out;
    out.reserve(cells->size());
    for (const HiveCell at : *cells) {
        const auto value = value_node(at);
        if (!value) return std::unexpected(value.error());
        if (auto claimed = claim(at, key); !claimed) return std::unexpected(std::move(claimed.error()));
        const std::uint16_t flags = get16(*value, vk::flags);
        if (header_.minor >= 6 && (flags & vk::is_tombstone) != 0) continue;
        auto data = data_of(at, *value, nullptr);
        if (!data) return std::unexpected(std::move(data.error()));
        out.push_back({{name_text(value->substr(vk::name, get16(*value, vk::name_size)), (flags & vk::is_compressed) != 0), {get32(*value, vk::type), std::move(*data)}}, at});
    }
    return out;
}

Result<std::vector<HiveCell>> Hive::cells_of_value(HiveCell value) const {
    const auto node = value_node(value);
    if (!node) return std::unexpected(node.error());
    std::vector<HiveCell> out{value};
    const auto data = data_of(value, *node, &out);
    if (!data) return std::unexpected(data.error());
    return out;
}

Result<std::vector<HiveCell>> Hive::cells_of_child_list(HiveCell key) const {
    const auto node = key_node(key);
    if (!node) return std::unexpected(node.error());
    std::vector<HiveCell> out;
    const auto list = listed(key, *node, &out);
    if (!list) return std::unexpected(list.error());
    return out;
}

Result<std::vector<HiveCell>> Hive::cells_of_key(HiveCell key) const {
    auto out = cells_of_child_list(key);
    if (!out) return out;
    const auto node = key_node(key);
    out->push_back(key);
    if (const HiveCell class_name = get32(*node, nk::class_name); class_name != none && get16(*node, nk::class_size) != 0) {
        const auto text = cell(class_name, get16(*node, nk::class_size));
        if (!text) return std::unexpected(text.error());
        if (auto claimed = claim(class_name, key); !claimed) return std::unexpected(std::move(claimed.error()));
        out->push_back(class_name);
    }
    const auto cells = value_cells(key, *node);
    if (!cells) return std::unexpected(cells.error());
    if (!cells->empty()) out->push_back(get32(*node, nk::value_list));
    for (const HiveCell each : *cells) {
        const auto taken = cells_of_value(each);
        if (!taken) return std::unexpected(taken.error());
        out->insert(out->end(), taken->begin(), taken->end());
    }
    return out;
}

}  // namespace schancfg::codec
