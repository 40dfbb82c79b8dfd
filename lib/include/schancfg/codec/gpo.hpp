// The backup of a Group Policy, as Import-GPO takes it: policies in registry.pol, FIPS mode in GptTmpl.inf, all else in Registry.xml of Preferences.
// Sources: [MS-GPOL], [MS-GPREG], [MS-GPSB], [MS-GPPREF]; the layout after a backup written by GPMC (lib/docs/formats/gpo-backup.md).
// Opens no files. Use from any thread.
#pragma once

#include "schancfg/codec/carrier.hpp"

namespace schancfg::codec {

/// One backup, and with input.removals a second one that undoes it, since what Preferences and security settings wrote stays when the policy goes. Ids are made
/// from the content; there is no clock. What goes into the two files that have no conditions is a gap where the profile is not for every machine.
[[nodiscard]] Result<Carried> encode_gpo_carrier(const CarrierInput& input);

}  // namespace schancfg::codec
