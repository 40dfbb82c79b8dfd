// registry.pol (PReg, version 1): the registry part of a Group Policy. Source of the format: [MS-GPREG] 2.2.1 and "Registry Policy File
// Format" (win32 Policy/registry-policy-file-format); what real files hold beside it: lib/docs/formats/pol.md.
// Opens no files. Use from any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "schancfg/codec/carrier.hpp"
#include "schancfg/codec/policy_lines.hpp"
#include "schancfg/diagnostic.hpp"

namespace schancfg::codec {

/// One entry as it stands.
struct PolEntry {
    std::string key;   ///< without root; UTF-8 (WTF-8)
    std::string name;
    std::uint32_t type = 0;
    std::string data;
    std::size_t offset = 0;  ///< of its `[` in the file
    bool operator==(const PolEntry&) const = default;
};

inline constexpr std::size_t pol_max_entries = 1000000;
inline constexpr std::size_t pol_max_data = 65535;  ///< bytes of one value: [MS-GPREG] 2.2.1

/// All entries, or an error with the offset where it stops being a policy. Names that lack their NUL, or have more than one, are read with a warning.
/// `file` names it in messages.
[[nodiscard]] Decoded<std::vector<PolEntry>> decode_pol(std::string_view bytes, const std::string& file);
/// The bytes that Windows' own tools write.
[[nodiscard]] std::string encode_pol(const std::vector<PolEntry>& entries);

/// What the entries ask for: values, and the special names such as `**del.Enabled`. One that the client would not carry out, or that can't be
/// known, is a warning and left out.
[[nodiscard]] Decoded<PolicyLines> decode_pol_lines(std::string_view bytes, const std::string& file, registry::Root root = registry::Root::local_machine);

/// A profile as one .pol, policies and other values alike, for LGPO.exe and for folders of local policy. A .pol has no conditions: where not the same
/// is asked of all releases, each has a file.
[[nodiscard]] Result<Carried> encode_pol_carrier(const CarrierInput& input);

}  // namespace schancfg::codec
