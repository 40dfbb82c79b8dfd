// GptTmpl.inf: the security settings of a Group Policy, of which [Registry Values] are values of the registry; FIPS mode travels there.
// Source: [MS-GPSB] 2.2.6. Opens no files. Use from any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "schancfg/codec/policy_lines.hpp"
#include "schancfg/diagnostic.hpp"
#include "schancfg/registry/wanted.hpp"

namespace schancfg::codec {

/// The values of [Registry Values], which no other section can change. UTF-16LE, or UTF-8. A line that can't be read is a warning and left out; an
/// error: the file is no text, or no security template. `file` names it in messages.
[[nodiscard]] Decoded<PolicyLines> decode_gpt_tmpl(std::string_view bytes, const std::string& file);

/// Its lines for these values: UTF-16LE with BOM and CRLF, as Windows writes it. All of them are 4-byte REG_DWORDs below HKLM that are to be set.
[[nodiscard]] std::string encode_gpt_tmpl(const std::vector<registry::WantedValue>& values);

}  // namespace schancfg::codec
