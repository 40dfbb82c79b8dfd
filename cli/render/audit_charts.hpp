// The charts of an audit's page, drawn as SVG in it. Each says in its label what it shows, for who does not see it.
#pragma once

#include <string>
#include <vector>

#include "render/audit.hpp"

namespace schancfg::cli {

/// A bar of each release: compliant, different, waived, the rest. Empty where there are no machines.
[[nodiscard]] std::string compliance_chart(const AuditView& view);
/// Of each release which protocols its machines speak, of servers as a server, of clients as a client. Empty where no release is known.
[[nodiscard]] std::string protocols_chart(const AuditView& view);
/// A bar of each kind. Empty where nothing differs, now or then.
[[nodiscard]] std::string drift_chart(const std::vector<audit::Drift>& drift);

}  // namespace schancfg::cli
