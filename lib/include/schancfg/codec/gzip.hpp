// gzip (RFC 1952, RFC 1951): what a log is packed with. Opens no files. Use from any thread.
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

#include "schancfg/result.hpp"

namespace schancfg::codec {

[[nodiscard]] inline bool looks_like_gzip(std::string_view bytes) { return bytes.starts_with("\x1F\x8B"); }

/// Gives what `bytes` unpack to, in parts of at most 256 KiB in their order; several members follow one another. Memory does not grow with the file.
/// malformed: not a gzip file, cut off, or with another length or checksum than it says: what was given until then is not to be relied on.
/// `take` ends it by false, which is no error.
[[nodiscard]] Result<void> unpack_gzip(std::string_view bytes, const std::function<bool(std::string_view)>& take);

}  // namespace schancfg::codec
