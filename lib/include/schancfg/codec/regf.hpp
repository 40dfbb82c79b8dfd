// Hive: the keys and values of an offline registry hive (the regf format, versions 1.3 to 1.6), read in place from its bytes.
//
// Nothing is looked at but what is asked for, and everything is checked when it is first met: offsets lie in cells that are in use, cells lie in
// their bins, and no two keys share a list, a value or a child, so that reading all of a hive takes time by its size, whatever it holds.
// It knows no logs (codec/regf_log.hpp) and no CurrentControlSet. One object is used by one thread at a time.
// Source of the format: msuhanov/regf, "Windows registry file format specification".
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "schancfg/registry/tree.hpp"
#include "schancfg/result.hpp"

namespace schancfg::codec {

/// Offsets have 31 bits.
inline constexpr std::size_t hive_max_file = (std::size_t{1} << 31) + 4096;

/// What the base block, the first 4,096 bytes, says. Its checksum may be wrong.
struct HiveHeader {
    std::uint32_t primary = 0, secondary = 0;  ///< sequence numbers; different while a write is under way
    std::uint64_t written = 0;                 ///< FILETIME
    std::uint32_t minor = 0;                   ///< of version 1.x
    std::uint32_t root = 0;                    ///< cell of the root key
    std::uint32_t bins_size = 0;
    bool checksum_holds = false;

    /// Was it left in the middle of a write, or with changes that are in its logs alone?
    [[nodiscard]] bool is_dirty() const { return !checksum_holds || primary != secondary; }
};

/// malformed: no base block of a hive; unsupported: a version or type that is none of a primary file.
[[nodiscard]] Result<HiveHeader> read_hive_header(std::string_view bytes);

/// Where a key, a value or a list lies: an offset from the end of the base block.
using HiveCell = std::uint32_t;

struct HiveChild {
    std::string name;
    HiveCell cell = 0;
};

/// A value and where it lies.
struct HiveValue {
    registry::NamedValue value;
    HiveCell cell = 0;
};

class Hive {
public:
    /// `bytes` outlive it and do not change. malformed: what they say of themselves does not hold, with the offset in the file; also where
    /// the file is shorter than its header says. A header whose sequence numbers differ, or whose checksum is wrong, is taken as it is.
    /// `bring`, where it is given, is asked before any bytes are looked at, so that they may be read as late as that: offset and size, both within `bytes`. False: they
    /// can't be had, which ends in an error of code io.
    using Bring = std::function<bool(std::size_t at, std::size_t size)>;
    [[nodiscard]] static Result<Hive> open(std::string_view bytes, Bring bring = {});

    [[nodiscard]] const HiveHeader& header() const { return header_; }
    [[nodiscard]] std::string_view bytes() const { return bytes_; }
    [[nodiscard]] HiveCell root() const { return header_.root; }

    struct KeyInfo {
        std::string name;
        std::uint64_t written = 0;  ///< FILETIME
        bool is_link = false;
        std::uint32_t subkeys = 0;  ///< those that are stored; a hive holds no volatile ones
        std::uint32_t values = 0;
    };
    [[nodiscard]] Result<KeyInfo> key(HiveCell cell) const;
    /// As they are stored, which is sorted in a sound hive. Keys that a differencing hive marks as removed are left out.
    [[nodiscard]] Result<std::vector<HiveChild>> children(HiveCell key) const;
    /// Without case; nullopt: there is none. One of them, where several have that name. It is looked for as Windows does, by its hash or by the order of the names, so that few of
    /// the others are looked at; a list in which the names that are met are in no order is searched whole.
    [[nodiscard]] Result<std::optional<HiveCell>> child(HiveCell key, std::string_view name) const;
    /// In stored order.
    [[nodiscard]] Result<std::vector<HiveValue>> values(HiveCell key) const;

    /// Every cell that the key itself takes, its children and its security descriptor excepted: what is free when it is removed.
    [[nodiscard]] Result<std::vector<HiveCell>> cells_of_key(HiveCell key) const;
    /// The cells of its list of children, and of its list of values.
    [[nodiscard]] Result<std::vector<HiveCell>> cells_of_child_list(HiveCell key) const;
    /// The value itself and its data.
    [[nodiscard]] Result<std::vector<HiveCell>> cells_of_value(HiveCell value) const;

    /// Reads every bin, key, value and security descriptor once. malformed: something does not hold, so that nothing may be written.
    [[nodiscard]] Result<void> check_all() const;

    /// The content of a cell in use of at least that many bytes. malformed: there is none at that offset.
    [[nodiscard]] Result<std::string_view> cell(HiveCell at, std::size_t least) const;

private:
    struct Bin {
        std::uint32_t start, end;
    };
    struct Listed {
        HiveCell cell = 0;
        std::uint32_t hash = 0;
        bool has_hash = false;
    };

    Hive(std::string_view bytes, HiveHeader header, Bring bring) : bytes_(bytes), header_(header), bring_(std::move(bring)) {}
    [[nodiscard]] bool has(std::size_t at, std::size_t size) const { return !bring_ || bring_(at, size); }
    [[nodiscard]] std::optional<Bin> bin_at(HiveCell page) const;
    [[nodiscard]] Result<Bin> bin_of(HiveCell at) const;
    [[nodiscard]] Result<void> read_bins() const;
    [[nodiscard]] Result<std::string_view> cell_in(Bin bin, HiveCell at, std::size_t least) const;
    [[nodiscard]] Result<std::string_view> key_node(HiveCell at) const;
    [[nodiscard]] Result<std::string_view> value_node(HiveCell at) const;
    [[nodiscard]] Result<std::string> name_of(HiveCell key) const;
    [[nodiscard]] bool is_removed(std::string_view key_node) const;
    /// Every child of the list, before its node was looked at. `lists`, where it is not null: the cells of the list.
    [[nodiscard]] Result<std::vector<Listed>> listed(HiveCell key, std::string_view node, std::vector<HiveCell>* lists = nullptr) const;
    [[nodiscard]] Result<void> add_leaf(HiveCell leaf, std::string_view body, std::size_t most, std::vector<Listed>& out) const;
    [[nodiscard]] Result<std::vector<HiveCell>> value_cells(HiveCell key, std::string_view node) const;
    [[nodiscard]] Result<std::string> data_of(HiveCell value, std::string_view node, std::vector<HiveCell>* cells) const;
    /// A list of children, as it was read once.
    struct Index {
        std::vector<Listed> stored;
        std::vector<Listed> by_hash;     // those that have one
        std::optional<std::vector<HiveChild>> by_name;  // with folded names; where it was needed
    };
    [[nodiscard]] Result<Index*> index_of(HiveCell key) const;
    [[nodiscard]] Result<std::optional<HiveCell>> child_by_hash(const Index& index, std::string_view name) const;
    enum class Order : std::uint8_t { holds, fails };
    /// By the order of the names, as far as what is met of them has one.
    [[nodiscard]] Result<std::pair<Order, std::optional<HiveCell>>> child_by_order(const Index& index, std::string_view name) const;
    [[nodiscard]] Result<std::optional<HiveCell>> child_by_name(Index& index, std::string_view name) const;
    /// Of its node: is it no tombstone?
    [[nodiscard]] Result<bool> is_there(HiveCell key) const;
    /// malformed: the cell belongs to another owner.
    [[nodiscard]] Result<void> claim(HiveCell cell, HiveCell owner) const;

    std::string_view bytes_;
    HiveHeader header_;
    Bring bring_;
    mutable std::vector<Bin> bins_;  // those that were met, or all of them; sorted
    mutable bool has_all_bins_ = false;
    mutable std::optional<Error> bins_damage_;  // why there will never be all of them
    mutable std::unordered_map<HiveCell, HiveCell> owners_;
    mutable std::unordered_map<HiveCell, Index> indexes_;  // of the keys whose children were looked for
};

}  // namespace schancfg::codec
