// Text of others in YAML that Ansible reads.
#pragma once

#include <string>
#include <string_view>

namespace schancfg::codec {

/// A scalar of ASCII that is that text; long ones continue on lines with `indent` blanks. What Ansible would take for a template is marked `!unsafe`.
[[nodiscard]] std::string yaml_text(std::string_view text, std::size_t indent);
/// For a comment, a name or a page: one line of printable ASCII without what YAML, Jinja and Markdown give a meaning to.
[[nodiscard]] std::string plain_words(std::string_view text);

}  // namespace schancfg::codec
