#include "schancfg/codec/regf.hpp"

#include <algorithm>
#include <iterator>

#include "regf_bytes.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::codec {

using namespace regf;

std::uint32_t regf::name_hash(std::string_view utf8) {
    const std::string units = utf::to_utf16le(utf8);
    std::uint32_t hash = 0;
    for (std::size_t at = 0; at < units.size(); at += 2) hash = hash * 37 + utf::upcase(static_cast<char16_t>(get16(units, at)));
    return hash;
}

std::string regf::name_text(std::string_view stored, bool compressed) {
    if (!compressed) return utf::from_utf16le(stored);
    std::string out(stored);
    if (std::ranges::all_of(out, [](char c) { return static_cast<unsigned char>(c) < 0x80; })) return out;
    out.clear();
    for (const char c : stored) utf::append_utf8(out, static_cast<unsigned char>(c));
    return out;
}

Result<HiveHeader> read_hive_header(std::string_view bytes) {
    if (!bytes.starts_with("regf")) return fail(ErrorCode::malformed, "this is not a registry hive: it does not begin with regf");
    if (bytes.size() < base_block) return fail(ErrorCode::malformed, "the hive is cut off: it has " + std::to_string(bytes.size()) + " bytes, and its header alone takes 4096");
    const std::uint32_t major = get32(bytes, at_major);
    const std::uint32_t minor = get32(bytes, at_minor);
    if (major != 1 || minor < 3 || minor > 6) {
        return fail(ErrorCode::unsupported, "the hive is of version " + std::to_string(major) + '.' + std::to_string(minor) + "; versions 1.3 to 1.6 can be read");
    }
    const std::uint32_t type = get32(bytes, at_type);
    if (type == 1 || type == 2 || type == 6) return fail(ErrorCode::unsupported, "this is the log of a hive, not the hive itself");
    if (type != 0 || get32(bytes, at_format) != 1) return fail(ErrorCode::unsupported, "the hive is of type " + std::to_string(type) + ", which is not known");
    return HiveHeader{.primary = get32(bytes, at_primary), .secondary = get32(bytes, at_secondary), .written = get64(bytes, at_written), .minor = minor,
                      .root = get32(bytes, at_root), .bins_size = get32(bytes, at_bins_size), .checksum_holds = has_checksum(bytes)};
}

namespace {

std::unexpected<Error> is_gone() { return fail(ErrorCode::io, "the hive can't be read any more"); }

std::unexpected<Error> damaged(std::uint64_t at, const std::string& what) {
    return fail(ErrorCode::malformed, "the hive is damaged: " + what + " at offset " + std::to_string(at + base_block));
}

}  // namespace

Result<Hive> Hive::open(std::string_view bytes, Bring bring) {
    if (bring && !bring(0, std::min(bytes.size(), base_block))) return is_gone();
    const auto header = read_hive_header(bytes);
    if (!header) return std::unexpected(header.error());
    const std::uint32_t size = header->bins_size;
    if (size == 0 || size % page != 0 || size > volatile_bit) return fail(ErrorCode::malformed, "the hive is damaged: its header speaks of " + std::to_string(size) + " bytes of bins");
    if (bytes.size() - base_block < size) {
        return fail(ErrorCode::malformed, "the hive is cut off: it has " + std::to_string(bytes.size()) + " of " + std::to_string(base_block + size) + " bytes");
    }
    Hive out(bytes, *header, std::move(bring));
    if (auto root = out.key_node(out.root()); !root) return std::unexpected(std::move(root.error()));
    // Nothing below it leads back to it.
    out.owners_.emplace(out.root(), out.root());
    return out;
}

std::optional<Hive::Bin> Hive::bin_at(HiveCell start) const {
    if (!has(base_block + start, bin_header)) return std::nullopt;
    const std::string_view head = bytes_.substr(base_block + start, 12);
    const std::uint32_t length = get32(head, 8);
    if (!head.starts_with("hbin") || get32(head, 4) != start || length == 0 || length % page != 0 || length > header_.bins_size - start) return std::nullopt;
    return Bin{start, start + length};
}

Result<void> Hive::read_bins() const {
    if (has_all_bins_) return {};
    if (bins_damage_) return std::unexpected(*bins_damage_);
    std::vector<Bin> all;
    for (HiveCell at = 0; at < header_.bins_size;) {
        const auto bin = bin_at(at);
        if (!bin) {
            const bool is_one = bytes_.substr(base_block + at, 4) == "hbin" && get32(bytes_, base_block + at + 4) == at;
            bins_damage_ = damaged(at, is_one ? "a bin of " + std::to_string(get32(bytes_, base_block + at + 8)) + " bytes" : "there is no bin").error();
            return std::unexpected(*bins_damage_);
        }
        all.push_back(*bin);
        at = bin->end;
    }
    bins_ = std::move(all);
    has_all_bins_ = true;
    return {};
}

// Bins are mostly small, so the few pages before a cell hold the head of its bin; looking through all bins would bring all of the file into memory.
Result<Hive::Bin> Hive::bin_of(HiveCell at) const {
    constexpr std::size_t most_met = 1024;
    constexpr HiveCell most_pages = 64;
    const auto known = std::ranges::upper_bound(bins_, at, {}, &Bin::end);
    if (known != bins_.end() && known->start <= at) return *known;
    const HiveCell from = known == bins_.begin() ? 0 : std::prev(known)->end;
    const HiveCell to = known == bins_.end() ? header_.bins_size : known->start;
    if (!has_all_bins_ && bins_.size() < most_met) {
        const HiveCell own = at / static_cast<HiveCell>(page);
        for (HiveCell back = 0; back < most_pages && back <= own; ++back) {
            const auto bin = bin_at((own - back) * static_cast<HiveCell>(page));
            if (!bin || bin->end <= at) continue;
            if (bin->start < from || bin->end > to) break;  // two that overlap: which is none?
            bins_.insert(known, *bin);
            return *bin;
        }
    }
    if (auto read = read_bins(); !read) return std::unexpected(std::move(read.error()));
    return *std::ranges::upper_bound(bins_, at, {}, &Bin::end);
}

Result<std::string_view> Hive::cell_in(Bin bin, HiveCell at, std::size_t least) const {
    if (at < bin.start + bin_header) return damaged(at, "no cell");
    if (!has(base_block + at, 8)) return is_gone();
    const auto size = static_cast<std::int32_t>(get32(bytes_, base_block + at));
    if (size >= 0) return damaged(at, "a cell that is not in use");
    const auto length = static_cast<std::uint64_t>(-static_cast<std::int64_t>(size));
    if (length % 8 != 0 || length > bin.end - at) return damaged(at, "a cell that leaves its bin");
    if (length - 4 < least) return damaged(at, "a cell that is too small");
    if (!has(base_block + at, length)) return is_gone();
    return bytes_.substr(base_block + at + 4, length - 4);
}

Result<std::string_view> Hive::cell(HiveCell at, std::size_t least) const {
    if (at % 8 != 0 || at >= header_.bins_size) return damaged(at, "no cell");
    auto bin = bin_of(at);
    if (!bin) return std::unexpected(std::move(bin.error()));
    auto found = cell_in(*bin, at, least);
    if (found || has_all_bins_) return found;
    // What looks like the head of a bin may be data within one.
    if (auto read = read_bins(); !read) return std::unexpected(std::move(read.error()));
    return cell(at, least);
}

Result<std::string_view> Hive::key_node(HiveCell at) const {
    const auto node = cell(at, nk::name);
    if (!node) return node;
    if (!node->starts_with("nk")) return damaged(at, "no key");
    if (node->size() - nk::name < get16(*node, nk::name_size)) return damaged(at, "a name that leaves its cell");
    return node;
}

Result<std::string_view> Hive::value_node(HiveCell at) const {
    const auto node = cell(at, vk::name);
    if (!node) return node;
    if (!node->starts_with("vk")) return damaged(at, "no value");
    if (node->size() - vk::name < get16(*node, vk::name_size)) return damaged(at, "a name that leaves its cell");
    return node;
}

Result<void> Hive::claim(HiveCell at, HiveCell owner) const {
    const auto [found, is_new] = owners_.emplace(at, owner);
    if (!is_new && (found->second != owner || at == header_.root)) return damaged(at, "a cell that two others use");
    return {};
}

Result<std::string> Hive::name_of(HiveCell key) const {
    const auto node = key_node(key);
    if (!node) return std::unexpected(node.error());
    return name_text(node->substr(nk::name, get16(*node, nk::name_size)), (get16(*node, nk::flags) & nk::is_compressed) != 0);
}

// A tombstone of a layered key: the two lowest bits, from version 1.6 on.
bool Hive::is_removed(std::string_view node) const { return header_.minor >= 6 && (node[nk::layer] & 3) == 1; }

Result<Hive::KeyInfo> Hive::key(HiveCell at) const {
    const auto node = key_node(at);
    if (!node) return std::unexpected(node.error());
    const std::uint16_t flags = get16(*node, nk::flags);
    return KeyInfo{.name = name_text(node->substr(nk::name, get16(*node, nk::name_size)), (flags & nk::is_compressed) != 0),
                   .written = get64(*node, nk::written),
                   .is_link = (flags & nk::is_link) != 0,
                   .subkeys = get32(*node, nk::subkeys),
                   .values = (flags & nk::is_predefined) != 0 ? 0 : get32(*node, nk::values)};
}

Result<void> Hive::check_all() const {
    if (auto read = read_bins(); !read) return read;
    std::vector<HiveCell> open{root()};
    while (!open.empty()) {
        const HiveCell at = open.back();
        open.pop_back();
        const auto below = children(at);
        if (!below) return std::unexpected(below.error());
        for (const HiveChild& child : *below) open.push_back(child.cell);
        const auto own = cells_of_key(at);
        if (!own) return std::unexpected(own.error());
        const auto held = values(at);
        if (!held) return std::unexpected(held.error());
        const auto node = key_node(at);
        const HiveCell security = get32(*node, nk::security);
        if (security == none) continue;
        const auto descriptor = cell(security, sk::descriptor);
        if (!descriptor) return std::unexpected(descriptor.error());
        if (!descriptor->starts_with("sk") || get32(*descriptor, sk::size) > descriptor->size() - sk::descriptor) return damaged(security, "no security descriptor");
        // Shared by keys, and by nothing else.
        if (auto claimed = claim(security, none); !claimed) return claimed;
    }
    return {};
}

}  // namespace schancfg::codec
