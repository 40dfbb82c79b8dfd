// What Schannel does with a state, as people and programs read it. What is shown here is never computed here.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>
#include <vector>

#include "console/output.hpp"
#include "schancfg/effect/effect.hpp"
#include "schancfg/effect/difference.hpp"

namespace schancfg::cli {

/// Adds `"protocols"`, `"ciphers"`, ... `"weak"` to the object of `status`.
void add_effect(nlohmann::ordered_json& object, const effect::Effect& effect);

/// Protocols first, then what is weak, then suites in order and the rest; within the columns of the sheet but for long names. `all`: blocked
/// suites with what blocks them, single settings and every source.
[[nodiscard]] std::string effect_text(const effect::Effect& effect, const Sheet& sheet, bool all);
/// `Not in this file, assumed as installed: .NET, WinHTTP`; empty where the state speaks for everything. `where`: what does not hold them, escaped.
[[nodiscard]] std::string assumed_line(const std::vector<effect::Area>& areas, std::string_view where = "this file");
[[nodiscard]] std::string effect_markdown(const effect::Effect& effect);
/// The same as parts of a page.
[[nodiscard]] std::string effect_html(const effect::Effect& effect);

/// `"assumed"` of a result.
[[nodiscard]] nlohmann::ordered_json areas_json(const std::vector<effect::Area>& areas);

/// The answers in which two effects differ.
[[nodiscard]] nlohmann::ordered_json differences_json(const std::vector<effect::EffectDifference>& all);
/// An empty line, the heading and the rows; empty where nothing differs. `names`: each suite of a large group as well.
[[nodiscard]] std::string differences_text(const std::vector<effect::EffectDifference>& all, const Sheet& sheet, bool names, std::string_view heading = "effect");
[[nodiscard]] std::string differences_markdown(const std::vector<effect::EffectDifference>& all);

/// A table; empty where nothing differs.
[[nodiscard]] std::string differences_html(const std::vector<effect::EffectDifference>& all);

}  // namespace schancfg::cli
