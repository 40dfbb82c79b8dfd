// The two TOML files of an audit: waivers, and the mapping of machines to profiles. Text to values; opens no files.
//
//     [[waiver]]                          [[group]]
//     machine = "web-*"                   name = "web servers"
//     setting = 'protocols."TLS 1.0".*'   match = "web-*"
//     reason = "old till, ticket 4711"    profile = "strict"
//     until = "2027-03-31"
//
// Pure functions; use from any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "schancfg/diagnostic.hpp"

namespace schancfg::codec {

/// A difference that somebody has agreed to, for a time.
struct Waiver {
    std::string machine;  ///< a glob over the machine's name; without case
    std::string setting;  ///< a glob over `protocols."TLS 1.0".server` or `HKLM\...: Name`; empty where `rule` is given
    std::string rule;     ///< id of a lint rule
    std::string reason;
    std::string until;    ///< the last day on which it holds, `2027-03-31`
    Span place;
};
/// Every member but one of `setting` and `rule` is required, and nothing else is taken. All errors are collected.
[[nodiscard]] Decoded<std::vector<Waiver>> decode_waivers(std::string_view text, std::string_view file);

/// Machines that keep to one profile.
struct MachineGroup {
    std::string name;     ///< defaults to `match`
    std::string match;    ///< a glob over the machine's name; without case
    std::string profile;  ///< as on the command line
    Span place;
};
/// In the order of the file, in which the first that matches a machine is its group.
[[nodiscard]] Decoded<std::vector<MachineGroup>> decode_mapping(std::string_view text, std::string_view file);

}  // namespace schancfg::codec
