// The JSON file behind `memory:`: an in-memory registry, for demonstrations and tests. Schema: lib/docs/schemas/memory.schema.json. Use from any thread.
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
[[nodiscard]] std::string encode_memory(std::string_view os, const registry::Tree& tree);
/// malformed, with line and column where the text is not JSON, with the number of the key in the message else. Bytes are hostile: size
/// (64 MiB), depth and number of items are limited. A value or member given twice is an error.
[[nodiscard]] Result<MemoryFile> decode_memory(std::string_view text, std::string_view file);

}  // namespace schancfg::codec
