// RegSieve: of a large `.reg` file, while its bytes come, what is read of it for a few keys.
//
// For a host that has a file in parts, and no room or time for all of it at once. What is left is a text of some kilobytes and the line ends of the lines that
// are gone. Opens no files. A RegSieve belongs to one thread.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "schancfg/registry/area_index.hpp"

namespace schancfg::codec {

class RegSieve {
public:
    /// `only`: what decode_reg_state will be asked for with; outlives the sieve. `slices`: the file comes cut into so many (at least one), each behind the one before
    /// it, begun at an even place, and their bytes in any order among each other.
    explicit RegSieve(const registry::AreaIndex& only, std::size_t slices = 1);
    ~RegSieve();
    RegSieve(const RegSieve&) = delete;
    RegSieve& operator=(const RegSieve&) = delete;

    /// Where the next bytes of a slice go; `take` says how many they are. Valid until the next call.
    [[nodiscard]] char* room(std::size_t size, std::size_t slice = 0);
    /// The first `size` bytes of the room are there. False: declined; the file is to be read as a whole.
    [[nodiscard]] bool take(std::size_t size, std::size_t slice = 0);
    /// After the last byte: a text of which decode_reg_state with `only` says all that it says of the file, the numbers of lines among it. nullopt: declined, which
    /// happens to files in other encodings than UTF-16LE with its mark or ASCII, to those that can't be read, and where too much stands below one key.
    [[nodiscard]] std::optional<std::string> finish();

private:
    class Window;
    std::vector<std::unique_ptr<Window>> windows_;  // of each slice
};

}  // namespace schancfg::codec
