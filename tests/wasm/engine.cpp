// engine RELEASE < profile.toml: what of the profile is wrong, how many values it changes on an untouched installation, and what that locks out.
#include <cstdio>
#include <string>

#include "schancfg/codec/profile_toml.hpp"
#include "schancfg/effect/effect.hpp"
#include "schancfg/lint/alarms.hpp"
#include "schancfg/plan/planner.hpp"
#include "schancfg/schannel/defaults.hpp"
#include "schancfg/schannel/translate.hpp"

using namespace schancfg;

namespace {

void say(const std::string& line) { std::printf("%s\n", line.c_str()); }

std::string read_all() {
    std::string text;
    char buffer[4096];
    std::size_t got = 0;
    while ((got = std::fread(buffer, 1, sizeof buffer, stdin)) > 0) text.append(buffer, got);
    return text;
}

registry::Tree carried_out(const plan::Plan& plan, const facts::Release& release) {
    registry::Tree state = schannel::untouched(release);
    for (const plan::Change& change : plan.changes) {
        if (change.value_name && change.after) state.set_value(change.key, *change.value_name, *change.after);
    }
    return state;
}

}  // namespace

int main(int count, char** words) {
    const facts::Release* release = count > 1 ? facts::find_release(words[1]) : nullptr;
    if (release == nullptr) return 2;
    const auto profile = codec::decode_profile(read_all(), "profile.toml", {});
    for (const Diagnostic& each : profile.diagnostics) say(std::to_string(each.span.line) + ": " + each.message);
    if (!profile.value) return 2;
    const auto wanted = schannel::translate(*profile.value, {.release = release});
    if (!wanted.value) return 2;
    const registry::Tree before = schannel::untouched(*release);
    const plan::Plan plan = plan::make(before, *wanted.value, release);
    say(std::to_string(plan.changes.size()) + " changes");
    for (const lint::Alarm& alarm : lint::alarms_between(effect::evaluate(before, *release), effect::evaluate(carried_out(plan, *release), *release))) {
        say(alarm.message);
    }
    return 0;
}
