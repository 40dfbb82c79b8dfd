// What Microsoft DSC v3 and this program say to each other when the program is a resource: desired states in, states out, one JSON object each.
//
// A desired state names a profile, settings as a profile's sections, raw values, or several of these, and may ask for all of it to be gone. What an engine
// does with the answers: PowerShell/DSC, dsc-lib (command_resource.rs, invoke_result.rs). Opens no files. Use from any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schancfg/registry/tree.hpp"
#include "schancfg/registry/wanted.hpp"
#include "schancfg/result.hpp"

namespace schancfg::codec {

inline constexpr std::size_t dsc_max_size = 4u << 20;  ///< bytes of a desired state

struct DscDesired {
    std::string target;    ///< a source as it is spelled; empty: not said
    std::string profile;   ///< name or path; empty: none
    std::string settings;  ///< a TOML profile made of the sections, without `extends`; empty: none
    registry::Wanted values;   ///< raw ones; sorted
    bool exist = true;         ///< false: the values are to be as on an untouched installation
    bool allow_lock_out = false;
    bool whole = false;        ///< nothing is asked: all that the target holds is meant
};

/// Empty input (or blanks) asks for nothing. malformed: no JSON, an unknown member (with the nearest known), a wrong type, something twice; with line and
/// column where the text is no JSON. Never throws.
[[nodiscard]] Result<DscDesired> decode_dsc_desired(std::string_view text);

/// What is said of a target.
struct DscState {
    std::string target;
    std::string profile;  ///< as the desired state said it; may be empty
    std::vector<registry::WantedValue> values;  ///< each with what the target holds (nullopt: absent)
    bool exist = true;
    std::optional<bool> in_desired_state = std::nullopt;
    std::vector<std::string> differs = {};  ///< `HKLM\...: Enabled`; only said with in_desired_state
    std::string restart = {};               ///< the system that has to be restarted; empty: none
};

/// One line without its end, ASCII.
[[nodiscard]] std::string encode_dsc_state(const DscState& state);
/// The schema of both (JSON Schema 2020-12), one line without its end.
[[nodiscard]] std::string dsc_schema();

}  // namespace schancfg::codec
