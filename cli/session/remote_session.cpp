#include "session/remote_session.hpp"

#include <algorithm>

namespace schancfg::cli {

std::vector<std::string> taken_away(const std::vector<effect::EffectDifference>& effects) {
    const auto is_offered = [](const std::string& state) { return state == "on" || state == "on-request"; };
    std::vector<std::string> out;
    for (const effect::EffectDifference& effect : effects) {
        if (effect.kind != effect::EffectDifference::Kind::protocol || effect.role == "client") continue;
        if (!is_offered(effect.before) || is_offered(effect.after)) continue;
        if (std::ranges::find(out, effect.subject) == out.end()) out.push_back(effect.subject);
    }
    return out;
}

}  // namespace schancfg::cli
