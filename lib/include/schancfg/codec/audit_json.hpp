// What an earlier audit said, of its JSON (one object, or a machine a line): as much of it as drift needs. Pure; use from any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "schancfg/result.hpp"

namespace schancfg::codec {

struct BaselineMachine {
    std::string source, name;
    std::string verdict;               ///< `compliant`, `different`, ...
    std::vector<std::string> points;   ///< what was open then, sorted
};

/// malformed: not the JSON of an audit; with line and column where it is not JSON. Hostile: size (256 MiB), depth and number of items are limited.
[[nodiscard]] Result<std::vector<BaselineMachine>> decode_baseline(std::string_view text, std::string_view file);

/// A machine of an audit's JSON lines that was interrupted.
struct AuditedMachine {
    std::string source, verdict;
    std::string profile;    ///< empty: it was judged by none
    std::string_view line;  ///< without its end; of the text that was decoded
};
/// A last line that was not written to its end is left out. Of a source that stands there twice the last counts. Errors as above.
[[nodiscard]] Result<std::vector<AuditedMachine>> decode_audited(std::string_view text, std::string_view file);

}  // namespace schancfg::codec
