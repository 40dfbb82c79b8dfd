// The JSON file behind `memory:`: an in-memory registry, for demonstrations and tests. Schema: profiles/memory.schema.json.
#pragma once

#include <string>
#include <string_view>

#include "schancfg/registry/tree.hpp"
#include "schancfg/result.hpp"

namespace schancfg::codec {

struct MemoryFile {
    std::string os;  ///< release id, or empty
    registry::Tree tree;
};

[[nodiscard]] std::string encode_memory(const MemoryFile& file);
[[nodiscard]] Result<MemoryFile> decode_memory(std::string_view text, std::string_view file);

}  // namespace schancfg::codec
