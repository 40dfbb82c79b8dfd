// What services get of a state, as people and programs read it.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <functional>
#include <string>

#include "console/output.hpp"
#include "schancfg/effect/effect.hpp"

namespace schancfg::cli {

/// `TLS 1.0 to 1.2, perhaps TLS 1.3 (not documented)`, `not reachable`.
[[nodiscard]] std::string service_protocols(const effect::ServiceEffect& service);
/// A heading and a row for all services that get the same. `mark`: the sign of a footnote, empty for what is certain. `all`: besides, what
/// each narrows and who says so.
[[nodiscard]] std::string services_text(const effect::Effect& effect, const Sheet& sheet, const std::function<std::string(const effect::Basis&)>& mark, bool all);
[[nodiscard]] std::string services_markdown(const effect::Effect& effect, const std::function<std::string(const effect::Basis&)>& mark);
[[nodiscard]] std::string services_html(const effect::Effect& effect, const std::function<std::string(const effect::Basis&)>& mark);
/// `"services"` of `status`; `add_basis` adds what every answer carries.
[[nodiscard]] nlohmann::ordered_json services_json(const effect::Effect& effect,
                                                   const std::function<void(nlohmann::ordered_json&, const effect::Basis&)>& add_basis);

}  // namespace schancfg::cli
