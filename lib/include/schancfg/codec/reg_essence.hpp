// What of a `.reg` file decides the state that it holds.
//
// Machines of a fleet have equal exports but for their names and values of other programs. RegEssence leaves those lines out: files with the same
// essence hold the same state, so that it is read once. It knows the form that regedit and reg.exe write, and declines any other file; it opens
// none. A RegEssence belongs to one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "schancfg/registry/key_path.hpp"

namespace schancfg::codec {

class RegEssence {
public:
    /// Does that value decide anything? Asked once for each key and name; the name has its spelling in the file.
    using Decides = std::function<bool(const registry::KeyPath& key, std::string_view value_name)>;
    /// `own`: the key of a string that is each machine's own, called `own_name`.
    RegEssence(Decides decides, registry::KeyPath own, std::string own_name);
    ~RegEssence();
    RegEssence(const RegEssence&) = delete;
    RegEssence& operator=(const RegEssence&) = delete;

    struct Found {
        std::string_view bytes;  ///< a `.reg` file that holds the same but for values that decide nothing and for the own one; valid until the next call
        std::string own;         ///< the own value; empty: the file has none
    };
    /// nullopt: the file is not in UTF-16LE with header 5.00, deletes keys, or has lines of another form than Windows writes, so that it has to be read.
    [[nodiscard]] std::optional<Found> find(std::string_view bytes);

private:
    struct Section;
    class Lines;
    struct Hash {
        using is_transparent = void;
        [[nodiscard]] std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    [[nodiscard]] Section* section_of(std::string_view line);
    [[nodiscard]] bool decides(Section& section, std::string_view name);

    Decides decides_;
    registry::KeyPath own_;
    std::string own_name_;
    std::unordered_map<std::string, std::unique_ptr<Section>, Hash, std::equal_to<>> sections_;  // by their key line as it is; null: it opens no key
    std::size_t names_ = 0;                                                                      // that all of them remember
    std::string bytes_;
};

inline constexpr std::size_t reg_max_essence = 256u << 10;  ///< bytes of a file; a larger one is declined

}  // namespace schancfg::codec
