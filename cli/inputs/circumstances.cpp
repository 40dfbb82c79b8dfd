#include "inputs/circumstances.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "schancfg/ascii.hpp"
#include "schancfg/backend/live.hpp"
#include "schancfg/backend/machine.hpp"
#include "schancfg/effect/withdrawn.hpp"
#include "schancfg/registry/patch.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::cli {
namespace {

bool is_update(std::string_view word) {
    if (word.size() > 2 && utf::equal_no_case(word.substr(0, 2), "KB")) word.remove_prefix(2);
    return word.size() >= 6 && word.size() <= 8 && std::ranges::all_of(word, ascii::is_digit<char>);
}

}  // namespace

Outcome<effect::Circumstances> circumstances(const Options& options) {
    effect::Circumstances out;
    for (const std::string& word : options.values("update")) {
        if (word == "none") {
            out.updates_complete = true;
            continue;
        }
        if (!is_update(word)) {
            return usage("\"" + word + "\" is not an update for --update; expected KB and its number, such as KB3080079, or none (no others than those named)");
        }
        out.updates.push_back(word);
    }
    return out;
}

Outcome<effect::Circumstances> circumstances(const Options& options, backend::Kind kind, const backend::Source& source,
                                               const facts::Release* release) {
    auto out = circumstances(options);
    if (out) add_what_it_says(*out, kind, source, release);
    return out;
}

void add_what_it_says(effect::Circumstances& known, backend::Kind kind, const backend::Source& source, const facts::Release* release) {
    known.coverage = source.coverage();
    if (!release) return;
    known.untouched = kind == backend::Kind::os || kind == backend::Kind::profile;
    if (known.untouched) return;
    // A machine that is newer than every release known here is judged as the nearest one, by that one's rules.
    const backend::DetectedRelease detected = backend::detect_release(source);
    if (detected.exact && detected.release == release) {
        const backend::WindowsBuild build = backend::windows_build(source);
        known.build = facts::Build{release->build.major, release->build.minor, build.number};
        known.revision = build.revision;
    }
    known.live = kind == backend::Kind::live;
    if (known.live) known.last_start = backend::last_start();
}

Transition transition_of(const plan::Plan& plan, const registry::Tree& state, const facts::Release* release, const effect::Circumstances& known) {
    if (!plan.empty()) return transition_between(state, release, known, plan::carried_out(plan, state), release, known);
    const auto effect = release ? std::make_shared<const effect::Effect>(effect::evaluate(state, *release, known)) : nullptr;
    return {state, plan::carried_out(plan, state), effect, effect};
}

Transition transition_between(const registry::Tree& from, const facts::Release* from_release, const effect::Circumstances& known_of_from,
                              registry::Tree to, const facts::Release* to_release, const effect::Circumstances& known_of_to) {
    if (!from_release) from_release = to_release;
    if (!to_release) to_release = from_release;
    Transition out{from, std::move(to), nullptr, nullptr};
    if (from_release) {
        out.effect_before = std::make_shared<const effect::Effect>(effect::evaluate(from, *from_release, known_of_from));
        out.effect_after = std::make_shared<const effect::Effect>(effect::evaluate(out.after, *to_release, known_of_to));
    }
    return out;
}

std::vector<effect::EffectDifference> effects_of(const Transition& transition) {
    if (transition.effect_before == transition.effect_after) return {};
    return effect::difference(*transition.effect_before, *transition.effect_after);
}

std::array<std::vector<std::string>, 2> withdrawn_by(const Transition& transition) {
    if (!transition.effect_before) return {};
    return {effect::withdrawn(*transition.effect_before, *transition.effect_after, facts::Role::client),
            effect::withdrawn(*transition.effect_before, *transition.effect_after, facts::Role::server)};
}

lint::Alarms alarms_of(const Transition& transition) {
    if (!transition.effect_before) return lint::alarms_between(transition.before, transition.after);
    return lint::alarms_between(*transition.effect_before, *transition.effect_after);
}

lint::Alarms alarms_of(const Transition& transition, const plan::Plan& plan) {
    if (plan.empty()) return {};
    lint::Alarms alarms = alarms_of(transition);
    std::ranges::move(lint::writes_in_vain(plan, transition.after), std::back_inserter(alarms));
    lint::sort_alarms(alarms);
    return alarms;
}

}  // namespace schancfg::cli
