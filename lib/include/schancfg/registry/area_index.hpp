// AreaIndex: where a key lies with regard to some areas of the registry, found component by component.
//
// Made once and asked for every key line of an export. Names compare without case; `Wow6432Node\Policies` is `Policies` (see `canonical`). Use from any thread.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "schancfg/registry/key_path.hpp"

namespace schancfg::registry {

class AreaIndex {
public:
    explicit AreaIndex(const std::vector<Area>& areas);

    enum class Place : std::uint8_t {
        inside,   ///< its values belong to an area
        above,    ///< they don't, and an area lies below it
        outside,  ///< neither
    };
    struct Found {
        Place place = Place::outside;
        /// Of a key outside: bytes of the shortest beginning of its path that is outside as well; 0: nothing of its root is in an area.
        std::size_t length = 0;
    };
    /// `path` is normal (see KeyPath); empty for the root.
    [[nodiscard]] Found find(Root root, std::string_view path) const;

private:
    struct Node {
        std::string name;
        bool has_values = false, has_all = false;  // the key's own values; and all below it
        std::vector<Node> children;
    };
    void add(const KeyPath& key, bool recursive);

    std::map<Root, Node> roots_;
};

}  // namespace schancfg::registry
