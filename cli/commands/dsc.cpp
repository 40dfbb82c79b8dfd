#include <algorithm>
#include <string>

#include "commands/commands.hpp"
#include "console/dsc_lines.hpp"
#include "console/output.hpp"
#include "console/terminal.hpp"
#include "inputs/circumstances.hpp"
#include "inputs/request.hpp"
#include "inputs/sources.hpp"
#include "schancfg/backend/profiles.hpp"
#include "schancfg/codec/carrier.hpp"
#include "schancfg/codec/dsc_resource.hpp"
#include "schancfg/effect/restart.hpp"
#include "schancfg/plan/checked.hpp"
#include "schancfg/plan/planner.hpp"
#include "schancfg/registry/overlay.hpp"
#include "schancfg/registry/patch.hpp"
#include "schancfg/schannel/builtin.hpp"
#include "schancfg/schannel/managed.hpp"
#include "schancfg/schannel/spelling.hpp"
#include "schancfg/text.hpp"
#include "schancfg/utf.hpp"
#include "session/execution.hpp"
#include "session/record_undo.hpp"
#include "session/watchdog.hpp"

namespace schancfg::cli {
namespace {

using codec::DscDesired;
using codec::DscState;
using registry::Wanted;
using registry::WantedValue;

Outcome<DscDesired> read_desired(bool needed) {
    std::string text;
    if (!is_terminal(Stream::input)) {
        auto read = read_input(codec::dsc_max_size);
        if (!read) return failure(ExitCode::usage, "standard input: " + read.error().message);
        text = std::move(*read);
    }
    auto desired = codec::decode_dsc_desired(text);
    if (!desired) return failure(ExitCode::usage, desired.error());
    if (needed && desired->whole) return failure(ExitCode::usage, "the desired state asks for nothing: it has none of profile, settings, values");
    return std::move(*desired);
}

Outcome<std::string> spelling_of(const Context& context, const DscDesired& desired) {
    const auto option = context.options.value("target");
    if (option && !desired.target.empty() && *option != desired.target) return usage("--target and the target of the desired state contradict each other");
    if (!desired.target.empty()) return desired.target;
    return target_spelling(context.options);
}

// What the profile, or the sections that rest on it, ask of that release; how an untouched installation has it where nothing of it is to exist.
Outcome<Wanted> profile_wanted(const Context& context, const DscDesired& desired, const facts::Release* release, std::string& sha256) {
    std::string word = desired.profile;
    backend::ProfileOptions options;
    if (!desired.settings.empty()) {
        options.standard_input = desired.settings;
        if (!desired.profile.empty()) {
            if (schannel::find_builtin_profile(desired.profile) == nullptr) return failure(ExitCode::usage, "settings rest on a shipped profile alone; " + quote(desired.profile) + " is none");
            options.standard_input += "extends = [" + schannel::toml_string(desired.profile) + "]\n";
        }
        word = "-";
    } else if (word == "-" || word == "profile:-") {
        return failure(ExitCode::usage, "standard input holds the desired state and no profile");
    }
    auto opened = backend::open_profile(word, options);
    if (!opened) return std::unexpected(refused(context, std::move(opened.error())));
    context.log.report(opened->diagnostics);
    if (!opened->refused.empty()) return std::unexpected(Failure{ExitCode::usage, std::move(opened->refused)});
    sha256 = opened->sha256;
    if (is_meant_for(context, *opened, release) == false) return failure(ExitCode::usage, "the profile is not meant for " + std::string(release->name));
    if (desired.exist) return wanted_of(context, *opened, release);
    if (release == nullptr) return failure(ExitCode::usage, "what an untouched installation holds depends on its release: add @RELEASE to the target");
    const codec::CarrierOptions removal{.release = release, .removal = true};
    if (!opened->profile) return codec::carrier_variants(backend::lines_on(*opened, release), removal).front().wanted;
    auto variants = codec::carrier_variants(*opened->profile, removal);
    if (!variants) return std::unexpected(Failure{ExitCode::usage, std::move(variants.diagnostics)});
    return variants.value->front().wanted;
}

Outcome<Wanted> wanted_of(const Context& context, const DscDesired& desired, const facts::Release* release, std::string& sha256) {
    Wanted wanted;
    if (!desired.profile.empty() || !desired.settings.empty()) {
        auto of_profile = profile_wanted(context, desired, release, sha256);
        if (!of_profile) return of_profile;
        wanted = std::move(*of_profile);
    }
    auto parted = plan::part(desired.values);
    if (!parted.refused.empty()) return std::unexpected(Failure{ExitCode::usage, std::move(parted.refused)});
    for (WantedValue& each : parted.writable.values) {
        if (!desired.exist) each.value.reset();
        std::erase_if(wanted.values, [&](const WantedValue& other) { return other.key == each.key && utf::equal_no_case(other.name, each.name); });
        wanted.values.push_back(std::move(each));
    }
    wanted.sort();
    return wanted;
}

// What the state holds of what is asked; of all that it holds, where nothing is.
DscState state_of(const std::string& target, const DscDesired& desired, const Wanted& wanted, const registry::Tree& state) {
    DscState out{.target = target, .profile = desired.profile, .values = {}, .exist = false};
    const auto add = [&](const registry::KeyPath& key, const std::string& name, const registry::Value* value) {
        WantedValue& held = out.values.emplace_back(WantedValue{.key = key, .name = name, .value = {}, .origin = {}, .overridden = {}});
        if (value == nullptr) return;
        held.value = *value;
        out.exist = true;
    };
    if (!desired.whole) {
        for (const WantedValue& each : wanted.values) add(each.key, each.name, state.find_value(each.key, each.name));
        return out;
    }
    schannel::managed_part(state).for_each([&](const registry::KeyPath& path, const registry::Key& key) {
        for (const registry::NamedValue& value : key.values) add(path, value.name, &value.value);
    });
    return out;
}

void judge(DscState& out, const plan::Plan& plan) {
    for (const plan::Change& change : plan.changes) {
        if (change.value_name) out.differs.push_back(change.key.to_string() + ": " + *change.value_name);
    }
    out.in_desired_state = out.differs.empty();
}

std::string changed(bool any) { return any ? "[\"values\"]\n" : "[]\n"; }

Outcome<ExitCode> print(const std::string& text) {
    if (auto written = write_stream(Stream::output, text); !written) return failure(ExitCode::target, written.error());
    return ExitCode::done;
}

Outcome<ExitCode> get(const Context& context, bool tests) {
    auto desired = read_desired(tests);
    if (!desired) return std::unexpected(std::move(desired.error()));
    auto spelling = spelling_of(context, *desired);
    if (!spelling) return std::unexpected(std::move(spelling.error()));
    auto source = open_source(context, *spelling, true);
    if (!source) return std::unexpected(std::move(source.error()));
    std::string sha256;
    auto wanted = wanted_of(context, *desired, source->release, sha256);
    if (!wanted) return std::unexpected(std::move(wanted.error()));
    auto state = read_state(context, *source->source);
    if (!state) return std::unexpected(std::move(state.error()));
    DscState out = state_of(*spelling, *desired, *wanted, *state);
    if (!tests) return print(codec::encode_dsc_state(out) + '\n');
    judge(out, plan::make(*state, *wanted, source->release));
    return print(codec::encode_dsc_state(out) + '\n' + changed(!*out.in_desired_state));
}

std::string system_of(const plan::Plan& plan, const facts::Release* release, const std::string& machine) {
    return plan.empty() || effect::restart(plan.changes, release).needed == effect::RestartNeed::no ? std::string{} : machine;
}

Outcome<ExitCode> predict(const Context& context, const DscDesired& desired, const std::string& spelling) {
    auto source = open_source(context, spelling, true);
    if (!source) return std::unexpected(std::move(source.error()));
    std::string sha256;
    auto wanted = wanted_of(context, desired, source->release, sha256);
    if (!wanted) return std::unexpected(std::move(wanted.error()));
    auto state = read_state(context, *source->source);
    if (!state) return std::unexpected(std::move(state.error()));
    const plan::Plan plan = plan::make(*state, *wanted, source->release);
    registry::overlay(*state, *wanted);
    DscState out = state_of(spelling, desired, *wanted, *state);
    out.restart = system_of(plan, source->release, source->machine);
    return print(codec::encode_dsc_state(out) + '\n' + changed(!plan.empty()));
}

// The same way as `apply`: planned, recorded, written, read back, rolled back on failure. Nothing is printed before it is done.
Outcome<ExitCode> set(const Context& context) {
    auto desired = read_desired(true);
    if (!desired) return std::unexpected(std::move(desired.error()));
    auto spelling = spelling_of(context, *desired);
    if (!spelling) return std::unexpected(std::move(spelling.error()));
    if (context.options.has("what-if")) return predict(context, *desired, *spelling);
    auto target = open_target(context, *spelling, true);
    if (!target) return std::unexpected(std::move(target.error()));
    sweep_watchdogs(context);
    std::string sha256;
    auto wanted = wanted_of(context, *desired, target->release, sha256);
    if (!wanted) return std::unexpected(std::move(wanted.error()));
    auto reverted = revert_overdue(context, *target);
    if (!reverted) return std::unexpected(std::move(reverted.error()));
    auto state = read_state(context, *target->target);
    if (!state) return std::unexpected(after_overdue(std::move(state.error()), *reverted));
    const plan::Plan plan = plan::make(*state, *wanted, target->release);
    Job job{"dsc", desired->profile.empty() ? "desired state" : desired->profile, plan, sha256};
    job.shown = false;
    auto known = circumstances(context.options, target->kind, *target->target, target->release);
    if (!known) return std::unexpected(std::move(known.error()));
    const Transition transition = transition_of(job.plan, *state, target->release, *known);
    job.effects = effects_of(transition);
    job.withdrawn = withdrawn_by(transition);
    job.alarms = alarms_of(transition, job.plan);
    const Decisions decisions{.assume_yes = true, .allow_lock_out = desired->allow_lock_out};
    auto done = execute(context, std::move(job), decisions, *target);
    if (!done) return std::unexpected(after_overdue(std::move(done.error()), *reverted));
    auto now = read_state(context, *target->target);
    if (!now) return std::unexpected(std::move(now.error()));
    DscState out = state_of(*spelling, *desired, *wanted, *now);
    out.restart = system_of(plan, target->release, target->machine);
    return print(codec::encode_dsc_state(out) + '\n' + changed(!plan.empty()));
}

// One instance: what may be set again of what the target holds.
Outcome<ExitCode> export_all(const Context& context) {
    const auto filter = read_desired(false);
    if (!filter) return std::unexpected(filter.error());
    auto spelling = spelling_of(context, *filter);
    if (!spelling) return std::unexpected(std::move(spelling.error()));
    auto source = open_source(context, *spelling);
    if (!source) return std::unexpected(std::move(source.error()));
    auto state = read_state(context, *source->source);
    if (!state) return std::unexpected(std::move(state.error()));
    DscState out = state_of(*spelling, DscDesired{.target = {}, .profile = {}, .settings = {}, .values = {}, .whole = true}, {}, *state);
    std::erase_if(out.values, [](const WantedValue& each) {
        const schannel::Permission permission = schannel::permission(each.key, each.name);
        return permission != schannel::Permission::named && permission != schannel::Permission::raw_only;
    });
    return out.values.empty() ? ExitCode::done : print(codec::encode_dsc_state(out) + '\n');
}

}  // namespace

Outcome<ExitCode> run_dsc(const Context& context) {
    log_for_dsc();
    const auto& operands = context.options.operands();
    if (operands.empty()) return usage("say which operation: get, set, test, export or schema");
    const std::string& operation = operands.front();
    if (context.options.has("what-if") && operation != "set") return usage("--what-if goes with set");
    if (operation == "get" || operation == "test") return get(context, operation == "test");
    if (operation == "set") return set(context);
    if (operation == "export") return export_all(context);
    return print(codec::dsc_schema() + '\n');
}

}  // namespace schancfg::cli
