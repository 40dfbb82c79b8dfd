// Configuration documents for Microsoft DSC v3: a resource Microsoft.Windows/Registry for each value. Files of the form that 3.0 and 3.1 take.
//
// The engine has no condition on a resource before 3.2, so where releases differ each has a document of its own. Opens no files. Use from any thread.
#pragma once

#include "schancfg/codec/carrier.hpp"

namespace schancfg::codec {

/// One `.dsc.config.json`, or where the variants are several one for each of their releases, named by it. Gaps: keys that are to go, and data that the resource has no member
/// for. The order of the resources is that of the values, by key; what is turned on comes before what is turned off.
[[nodiscard]] Result<Carried> encode_dsc(const CarrierInput& input);

}  // namespace schancfg::codec
