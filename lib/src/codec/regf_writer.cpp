// The bytes of a changed hive: HiveEditor::encode.
#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

#include "regf_bytes.hpp"
#include "schancfg/codec/regf_editor.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::codec {

using namespace regf;
using registry::NamedValue;

namespace {

/// Of one leaf: it lies in one page, as those that Windows makes; more are joined by an `ri`.
constexpr std::size_t most_in_leaf = 500;

// As it is stored: one byte a character where all fit.
struct StoredName {
    std::string bytes;
    bool compressed = true;
    std::size_t units = 0;
};

StoredName stored_name(std::string_view utf8) {
    const std::string units = utf::to_utf16le(utf8);
    StoredName out{{}, true, units.size() / 2};
    for (std::size_t at = 1; at < units.size(); at += 2) out.compressed = out.compressed && units[at] == 0;
    if (!out.compressed) {
        out.bytes = units;
        return out;
    }
    for (std::size_t at = 0; at < units.size(); at += 2) out.bytes += units[at];
    return out;
}

// In an `lf` list: the first four characters, or nothing where they are not all of one byte.
std::uint32_t name_hint(const StoredName& name) {
    if (!name.compressed) return 0;
    std::string hint = name.bytes.substr(0, 4);
    hint.resize(4, '\0');
    return get32(hint, 0);
}

}  // namespace

class HiveWriter {
public:
    HiveWriter(const HiveEditor& editor, std::uint64_t time) : editor_(editor), hive_(editor.hive_), time_(time), out_(hive_.bytes().substr(0, base_block + hive_.header().bins_size)) {}

    Result<std::string> write(std::uint32_t sequence) {
        if (auto updated = update(editor_.root_, hive_.root()); !updated) return std::unexpected(std::move(updated.error()));
        if (!is_changed_) return std::string(hive_.bytes());
        settle_security();
        close_bin();
        if (out_.size() - base_block >= volatile_bit) return fail(ErrorCode::unsupported, "the hive would be larger than the 2 GiB that a hive may have");
        put32(out_, at_bins_size, static_cast<std::uint32_t>(out_.size() - base_block));
        put64(out_, at_written, time_);
        put32(out_, at_primary, sequence);
        put32(out_, at_secondary, sequence);
        put32(out_, at_checksum, checksum(out_));
        // Files may be longer than what they hold.
        if (hive_.bytes().size() > out_.size()) out_.append(hive_.bytes().substr(out_.size()));
        return std::move(out_);
    }

private:
    // --- cells

    [[nodiscard]] static std::size_t at(HiveCell cell) { return base_block + cell + 4; }

    HiveCell allocate(std::size_t body) {
        if (bin_ == 0) {
            bin_ = out_.size();
            out_.append("hbin");
            out_.resize(bin_ + bin_header, '\0');
            put32(out_, bin_ + 4, static_cast<std::uint32_t>(bin_ - base_block));
            put64(out_, bin_ + 20, time_);
        }
        const auto cell = static_cast<HiveCell>(out_.size() - base_block);
        const std::size_t size = cell_size(body);
        out_.resize(out_.size() + size, '\0');
        put32(out_, base_block + cell, static_cast<std::uint32_t>(0 - size));
        return cell;
    }

    // The rest of its last page is one free cell.
    void close_bin() {
        if (bin_ == 0) return;
        const std::size_t end = out_.size();
        out_.resize(base_block + whole_pages(end - base_block), '\0');
        if (out_.size() != end) put32(out_, end, static_cast<std::uint32_t>(out_.size() - end));
        put32(out_, bin_ + 8, static_cast<std::uint32_t>(out_.size() - bin_));
    }

    void release(const std::vector<HiveCell>& cells) {
        for (const HiveCell cell : cells) {
            const std::uint32_t size = get32(out_, base_block + cell);
            if ((size & volatile_bit) != 0) put32(out_, base_block + cell, 0 - size);
        }
    }

    void put(HiveCell cell, std::size_t offset, std::string_view bytes) { out_.replace(at(cell) + offset, bytes.size(), bytes); }
    void raise32(HiveCell cell, std::size_t offset, std::size_t least) {
        put32(out_, at(cell) + offset, std::max(get32(out_, at(cell) + offset), static_cast<std::uint32_t>(least)));
    }

    // What it removes of the hive below it is not shown, and would come back with a list of what is shown.
    static std::unexpected<Error> is_layer() {
        return fail(ErrorCode::unsupported, "this is the hive of a layer (of a container, say), with marks of what it removes from the hive below it; it can be read and not written");
    }

    // --- values

    HiveCell make_data(std::string_view bytes) {
        if (bytes.size() <= big_data || hive_.header().minor < 4) {
            const HiveCell cell = allocate(bytes.size());
            put(cell, 0, bytes);
            return cell;
        }
        const std::size_t count = (bytes.size() + big_data - 1) / big_data;
        const HiveCell head = allocate(8);
        const HiveCell list = allocate(count * 4);
        put(head, 0, "db");
        put16(out_, at(head) + 2, static_cast<std::uint16_t>(count));
        put32(out_, at(head) + 4, list);
        for (std::size_t i = 0; i < count; ++i) {
            // Each but the last with room for the four bytes that follow in a part of Windows.
            const std::string_view part = bytes.substr(i * big_data, big_data);
            const HiveCell cell = allocate(part.size() == big_data ? big_data + 4 : part.size());
            put(cell, 0, part);
            put32(out_, at(list) + i * 4, cell);
        }
        return head;
    }

    HiveCell make_value(const NamedValue& value) {
        const StoredName name = stored_name(value.name);
        const std::string& bytes = value.value.bytes;
        const HiveCell data = bytes.size() > 4 ? make_data(bytes) : 0;
        const HiveCell cell = allocate(vk::name + name.bytes.size());
        put(cell, 0, "vk");
        put16(out_, at(cell) + vk::name_size, static_cast<std::uint16_t>(name.bytes.size()));
        put32(out_, at(cell) + vk::data_size, static_cast<std::uint32_t>(bytes.size()) | (bytes.size() > 4 ? 0 : vk::is_inline));
        if (bytes.size() > 4) put32(out_, at(cell) + vk::data, data);
        else put(cell, vk::data, bytes);
        put32(out_, at(cell) + vk::type, value.value.type);
        put16(out_, at(cell) + vk::flags, name.compressed && !name.bytes.empty() ? vk::is_compressed : 0);
        put(cell, vk::name, name.bytes);
        return cell;
    }

    // The list of the key becomes these; a value that is as it was stays where it is.
    void put_values(HiveCell key, const std::vector<NamedValue>& values, const std::vector<HiveValue>& stored, std::vector<HiveCell>& kept) {
        std::unordered_multimap<std::string_view, const HiveValue*> by_name;
        for (const HiveValue& each : stored) by_name.emplace(each.value.name, &each);
        std::vector<HiveCell> cells;
        cells.reserve(values.size());
        std::size_t longest = 0, largest = 0;
        for (const NamedValue& value : values) {
            longest = std::max(longest, utf::to_utf16le(value.name).size());
            largest = std::max(largest, value.value.bytes.size());
            auto [found, end] = by_name.equal_range(value.name);
            while (found != end && found->second->value.value != value.value) ++found;
            if (found == end) {
                cells.push_back(make_value(value));
                continue;
            }
            cells.push_back(found->second->cell);
            kept.push_back(found->second->cell);
            by_name.erase(found);
        }
        HiveCell list = none;
        if (!cells.empty()) {
            list = allocate(cells.size() * 4);
            for (std::size_t i = 0; i < cells.size(); ++i) put32(out_, at(list) + i * 4, cells[i]);
        }
        put32(out_, at(key) + nk::values, static_cast<std::uint32_t>(cells.size()));
        put32(out_, at(key) + nk::value_list, list);
        raise32(key, nk::longest_value, longest);
        raise32(key, nk::largest_data, largest);
    }

    Result<void> update_values(HiveCell key, const std::vector<NamedValue>& values) {
        const auto stored = hive_.values(key);
        if (!stored) return std::unexpected(stored.error());
        if (std::ranges::equal(values, *stored, {}, {}, &HiveValue::value)) return {};
        if ((get16(out_, at(key) + nk::flags) & nk::is_predefined) != 0) return fail(ErrorCode::unsupported, "a key that stands for a handle (a predefined one) has no values of its own, and takes none");
        if (stored->size() != hive_.key(key)->values) return is_layer();
        std::vector<HiveCell> freed;
        if (!stored->empty()) freed.push_back(get32(out_, at(key) + nk::value_list));
        std::vector<HiveCell> kept;
        put_values(key, values, *stored, kept);
        std::ranges::sort(kept);
        for (const HiveValue& each : *stored) {
            if (std::ranges::binary_search(kept, each.cell)) continue;
            const auto cells = hive_.cells_of_value(each.cell);
            if (!cells) return std::unexpected(cells.error());
            freed.insert(freed.end(), cells->begin(), cells->end());
        }
        release(freed);
        stamp(key);
        return {};
    }

    // --- keys

    void stamp(HiveCell key) {
        put64(out_, at(key) + nk::written, time_);
        is_changed_ = true;
    }

    HiveCell make_key(const HiveEditor::Node& node, HiveCell parent) {
        const StoredName name = stored_name(node.name);
        const HiveCell key = allocate(nk::name + name.bytes.size());
        put(key, 0, "nk");
        put16(out_, at(key) + nk::flags, name.compressed ? nk::is_compressed : 0);
        put32(out_, at(key) + nk::parent, parent);
        for (const std::size_t offset : {nk::subkey_list, nk::volatile_list, nk::value_list, nk::class_name}) put32(out_, at(key) + offset, none);
        const HiveCell security = get32(out_, at(parent) + nk::security);
        put32(out_, at(key) + nk::security, security);
        if (security != none) ++security_[security];
        put16(out_, at(key) + nk::name_size, static_cast<std::uint16_t>(name.bytes.size()));
        put(key, nk::name, name.bytes);
        stamp(key);
        std::vector<HiveCell> kept;
        put_values(key, *node.values, {}, kept);
        std::vector<HiveChild> children;
        for (const auto& [folded, child] : node.children) children.push_back({child->name, make_key(*child, key)});
        put_children(key, std::move(children));
        return key;
    }

    void put_children(HiveCell key, std::vector<HiveChild> children) {
        std::ranges::stable_sort(children, [](const HiveChild& a, const HiveChild& b) { return utf::compare_no_case(a.name, b.name) < 0; });
        std::size_t longest = 0;
        for (const HiveChild& child : children) longest = std::max(longest, utf::to_utf16le(child.name).size());
        std::vector<HiveCell> leaves;
        for (std::size_t from = 0; from < children.size(); from += most_in_leaf) {
            leaves.push_back(make_leaf({children.begin() + static_cast<std::ptrdiff_t>(from),
                                        children.begin() + static_cast<std::ptrdiff_t>(std::min(children.size(), from + most_in_leaf))}));
        }
        HiveCell list = leaves.empty() ? none : leaves.front();
        if (leaves.size() > 1) {
            list = allocate(4 + leaves.size() * 4);
            put(list, 0, "ri");
            put16(out_, at(list) + 2, static_cast<std::uint16_t>(leaves.size()));
            for (std::size_t i = 0; i < leaves.size(); ++i) put32(out_, at(list) + 4 + i * 4, leaves[i]);
        }
        put32(out_, at(key) + nk::subkeys, static_cast<std::uint32_t>(children.size()));
        put32(out_, at(key) + nk::subkey_list, list);
        // The upper half of this number has become flags of the key.
        put16(out_, at(key) + nk::longest_subkey, std::max(get16(out_, at(key) + nk::longest_subkey), static_cast<std::uint16_t>(longest)));
    }

    HiveCell make_leaf(const std::vector<HiveChild>& children) {
        const bool hashed = hive_.header().minor >= 5;
        const HiveCell leaf = allocate(4 + children.size() * 8);
        put(leaf, 0, hashed ? "lh" : "lf");
        put16(out_, at(leaf) + 2, static_cast<std::uint16_t>(children.size()));
        for (std::size_t i = 0; i < children.size(); ++i) {
            put32(out_, at(leaf) + 4 + i * 8, children[i].cell);
            put32(out_, at(leaf) + 8 + i * 8, hashed ? name_hash(children[i].name) : name_hint(stored_name(children[i].name)));
        }
        return leaf;
    }

    // With what is stored below it, all of which was removed before.
    Result<void> remove(HiveCell key) {
        const auto below = hive_.children(key);
        if (!below) return std::unexpected(below.error());
        for (const HiveChild& child : *below) {
            if (auto removed = remove(child.cell); !removed) return removed;
        }
        const auto cells = hive_.cells_of_key(key);
        if (!cells) return std::unexpected(cells.error());
        const HiveCell security = get32(out_, at(key) + nk::security);
        if (security != none) --security_[security];
        release(*cells);
        return {};
    }

    Result<void> update(const HiveEditor::Node& node, HiveCell key) {
        if (node.values) {
            if (auto updated = update_values(key, *node.values); !updated) return updated;
        }
        if (node.children.empty()) return {};
        const auto stored = hive_.children(key);
        if (!stored) return std::unexpected(stored.error());
        const std::size_t children_before = stored->size();
        std::vector<HiveChild> children;
        bool differ = false;
        for (const HiveChild& child : *stored) {
            const auto found = node.children.find(utf::fold_case(child.name));
            if (found != node.children.end() && (!found->second || !found->second->original)) {
                if (auto removed = remove(child.cell); !removed) return removed;
                differ = true;
                continue;
            }
            children.push_back(child);
        }
        for (const auto& [folded, child] : node.children) {
            if (!child) continue;
            if (child->original) {
                if (auto updated = update(*child, *child->original); !updated) return updated;
                continue;
            }
            children.push_back({child->name, make_key(*child, key)});
            differ = true;
        }
        if (!differ) return {};
        if (hive_.key(key)->subkeys != children_before) return is_layer();
        const auto lists = hive_.cells_of_child_list(key);
        if (!lists) return std::unexpected(lists.error());
        put_children(key, std::move(children));
        release(*lists);
        stamp(key);
        return {};
    }

    // --- security descriptors

    void settle_security() {
        for (const auto& [cell, change] : security_) {
            const std::int64_t count = static_cast<std::int64_t>(get32(out_, at(cell) + sk::count)) + change;
            put32(out_, at(cell) + sk::count, static_cast<std::uint32_t>(std::max<std::int64_t>(count, 0)));
            if (count > 0) continue;
            // The last key that had it is gone: out of the ring, where its neighbours are what they should be.
            const HiveCell next = get32(out_, at(cell) + sk::next);
            const HiveCell previous = get32(out_, at(cell) + sk::previous);
            const auto is_security = [&](HiveCell other) { const auto body = hive_.cell(other, sk::descriptor); return body && body->starts_with("sk"); };
            if (next == cell || !is_security(next) || !is_security(previous)) continue;
            put32(out_, at(previous) + sk::next, next);
            put32(out_, at(next) + sk::previous, previous);
            release({cell});
        }
    }

    const HiveEditor& editor_;
    const Hive& hive_;
    std::uint64_t time_;
    std::string out_;
    std::size_t bin_ = 0;  // where the new one begins; 0: there is none yet
    std::map<HiveCell, std::int64_t> security_;
    bool is_changed_ = false;
};

Result<std::string> HiveEditor::encode(std::uint64_t written, std::uint32_t sequence) const {
    if (!changed_) return std::string(hive_.bytes());
    if (auto sound = hive_.check_all(); !sound) return std::unexpected(std::move(sound.error()));
    auto bytes = HiveWriter(*this, written).write(sequence);
    if (!bytes) return bytes;
    const auto again = Hive::open(*bytes);
    if (!again) return std::unexpected(again.error());
    if (auto sound = again->check_all(); !sound) return std::unexpected(std::move(sound.error()));
    if (auto same = compare(*again, again->root(), root_); !same) return std::unexpected(std::move(same.error()));
    return bytes;
}

}  // namespace schancfg::codec
