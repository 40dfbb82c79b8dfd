// Scripts for the engines that ask and then fix: Intune's remediations, and the compliance settings of Configuration Manager.
//
// `detect.ps1` and `remediate.ps1` end with 0 or 1 and nothing else, and their last line is at most 2,048 characters long: what Intune keeps (Microsoft Learn, "Remediations").
// `discover.ps1` prints one word, `Compliant` or `NonCompliant`, and ends with 1 only where it could not find out: Configuration Manager takes that for an error.
// Opens no file. Use from any thread.
#pragma once

#include "schancfg/codec/carrier.hpp"

namespace schancfg::codec {

inline constexpr std::size_t intune_max_script = 200 * 1024;  ///< bytes that Intune takes of one script

/// Three files: ASCII, CRLF, no byte order mark. unsupported: one of them would be longer than intune_max_script. Gaps: as of encode_ps1.
[[nodiscard]] Result<Carried> encode_intune(const CarrierInput& input);

}  // namespace schancfg::codec
