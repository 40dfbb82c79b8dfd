// What two ends agree on as JSON, the same for `doctor` and for the peers of `diff` and `apply`.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "schancfg/handshake/agreement.hpp"

namespace schancfg::cli {

/// `{"protocol", "cipher_suite", "id", "group", "bits", "signature"}`, null for what is not known; null as a whole where no protocol is.
[[nodiscard]] nlohmann::ordered_json handshake_json(const handshake::Handshake& handshake);

}  // namespace schancfg::cli
