// Allow comments: `# schancfg: allow RULE reason` in a profile, `; schancfg: allow RULE reason` in a `.reg` file.
//
// At the end of a line it silences that rule on that line; alone on a line, on the next line that is not a comment. The reason is for
// the reader and required: without one nothing is silenced. Use from any thread.
#pragma once

#include <cstdint>
#include <string_view>

#include "schancfg/lint/lint.hpp"

namespace schancfg::lint {

enum class CommentSyntax : std::uint8_t { toml, reg };

/// Takes what the comments of `text` (UTF-8, the text of `file`) allow out of `findings`, and adds what is wrong with the comments.
void apply_allow_comments(Findings& findings, std::string_view file, std::string_view text, CommentSyntax syntax);

}  // namespace schancfg::lint
