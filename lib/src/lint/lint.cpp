#include "schancfg/lint/lint.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "lint/subject.hpp"
#include "schancfg/registry/overlay.hpp"
#include "schancfg/schannel/defaults.hpp"
#include "schancfg/schannel/managed.hpp"
#include "schancfg/schannel/translate.hpp"
#include "schancfg/utf.hpp"
#include "words.hpp"

namespace schancfg::lint {
namespace {

using registry::KeyPath;
using registry::Tree;
using registry::Wanted;

void judge(Subject& subject) {
    lint_near_misses(subject);
    lint_values(subject);
    lint_protocols(subject);
    lint_algorithms(subject);
    lint_suite_lists(subject);
    lint_suite_effects(subject);
    lint_curves(subject);
    lint_layers(subject);
    lint_services(subject);
    lint_defaults(subject);
    lint_alarms(subject);
}

/// Findings of all releases, each once with the releases that have it.
class Collection {
public:
    void add(Findings findings) {
        for (Finding& finding : findings) {
            const auto [at, added] = index_.emplace(key_of(finding), all_.size());
            if (added) {
                all_.push_back(std::move(finding));
                continue;
            }
            auto& releases = all_[at->second].releases;
            for (const facts::Release* release : finding.releases) {
                add_once(releases, release);
            }
        }
    }

    Findings finish() {
        std::ranges::stable_sort(all_, {}, [](const Finding& each) { return std::tie(each.place.file, each.place.line, each.place.column, each.rule->id); });
        return std::move(all_);
    }

private:
    using FindingKey = std::tuple<std::string_view, Severity, std::string, std::uint32_t, std::uint32_t, std::string, std::string, std::string>;
    static FindingKey key_of(const Finding& finding) {
        return {finding.rule->id, finding.severity, finding.place.file, finding.place.line, finding.place.column,
                finding.key,      finding.value,    finding.message};
    }
    Findings all_;
    std::map<FindingKey, std::size_t> index_;
};

/// Of translate: its rules have rows among ours. The release is given beside the message, not in it.
Finding from_diagnostic(const Diagnostic& diagnostic, const facts::Release* release) {
    Finding finding;
    finding.rule = find_lint_rule(diagnostic.rule);
    finding.severity = diagnostic.severity;
    finding.place = diagnostic.span;
    finding.message = diagnostic.message;
    finding.fix = diagnostic.fix.empty() ? std::string(finding.rule->fix) : diagnostic.fix;
    if (release == nullptr) return finding;
    finding.releases.push_back(release);
    const std::string name(release->name);
    for (std::size_t at = finding.message.find(name); at != std::string::npos; at = finding.message.find(name, at)) {
        finding.message.replace(at, name.size(), "the release");
    }
    return finding;
}

Findings from_diagnostics(const Diagnostics& diagnostics, const facts::Release* release) {
    Findings findings;
    for (const Diagnostic& diagnostic : diagnostics) {
        if (find_lint_rule(diagnostic.rule) != nullptr) findings.push_back(from_diagnostic(diagnostic, release));
    }
    return findings;
}

/// On an untouched installation, of which a file that speaks for a part alone knows nothing else.
Tree result_of(const Wanted& wanted, const facts::Release* release, const registry::Coverage& coverage) {
    Tree tree = release != nullptr ? schannel::untouched(*release) : Tree{};
    registry::keep_spoken_for(tree, coverage);
    registry::overlay(tree, wanted);
    return tree;
}

/// What an untouched installation holds anyway is nobody's fault.
Wanted without_held(Wanted wanted, const facts::Release* release) {
    if (release == nullptr) return wanted;
    const Tree untouched = schannel::untouched(*release);
    std::erase_if(wanted.values, [&](const registry::WantedValue& item) {
        const registry::Value* held = untouched.find_value(item.key, item.name);
        return held != nullptr && item.value && *held == *item.value;
    });
    return wanted;
}

/// Without a release a default that differs between them cannot be looked up: the rest is judged nevertheless.
schannel::Profile without_defaults(schannel::Profile profile) {
    for (schannel::Layer& layer : profile.layers) {
        std::erase_if(layer.entries, [](const schannel::Entry& entry) { return std::holds_alternative<schannel::FollowDefault>(entry.what); });
    }
    return profile;
}

void lint_for(const schannel::Profile& profile, const facts::Release* release, const effect::Circumstances& circumstances, Collection& into) {
    auto wanted = schannel::translate(profile, {.release = release});
    if (!wanted && release == nullptr) {
        Findings needs = from_diagnostics(wanted.diagnostics, nullptr);
        for (Finding& finding : needs) finding.severity = Severity::note;
        into.add(std::move(needs));
        wanted = schannel::translate(without_defaults(profile), {});
    } else {
        into.add(from_diagnostics(wanted.diagnostics, release));
    }
    if (!wanted) return;
    Tree state = result_of(*wanted.value, release, circumstances.coverage);
    Subject subject(without_held(std::move(*wanted.value), release), std::move(state), release, circumstances);
    subject.profile = &profile;
    subject.file = profile.file;
    judge(subject);
    into.add(subject.take());
}

void lint_conditions(const schannel::Profile& profile, const LintOptions& options, Collection& into) {
    for (const facts::Release* release : options.releases) {
        if (schannel::is_for(profile, *release).value_or(true)) continue;
        Finding finding;
        finding.rule = &lint_rule(Rule::release_outside);
        finding.severity = finding.rule->severity;
        finding.place = profile.windows.front().origin;
        finding.message = "the profile is not meant for this release";
        finding.fix = finding.rule->fix;
        finding.releases.push_back(release);
        into.add({std::move(finding)});
    }
}

/// Values of a state that an untouched installation does not hold; without a release, all of them.
Wanted set_in(const Tree& state, const facts::Release* release) {
    const Tree untouched = release != nullptr ? schannel::untouched(*release) : Tree{};
    Wanted wanted;
    schannel::managed_part(state).for_each([&](const KeyPath& key, const registry::Key& content) {
        for (const registry::NamedValue& value : content.values) {
            const registry::Value* held = untouched.find_value(key, value.name);
            if (held == nullptr || *held != value.value) wanted.values.push_back({.key = key, .name = value.name, .value = value.value, .origin = {}, .overridden = {}});
        }
    });
    wanted.sort();
    return wanted;
}

/// Which values a later line sets to the data that they have already.
void note_repeated(Subject& subject, const registry::Patch& patch) {
    std::map<std::pair<KeyPath, std::string>, const registry::Operation*> last;
    for (const registry::Operation& operation : patch.operations) {
        if (operation.op != registry::Op::set_value) continue;
        const KeyPath key = registry::canonical(operation.key);
        const registry::Operation*& earlier = last[{key, utf::fold_case(operation.name)}];
        if (earlier != nullptr && earlier->value == operation.value) {
            const bool alias = !(earlier->key == operation.key);
            subject.note_repeated(patch.place_of(*earlier), alias ? Repeated::by_alias : Repeated::same_data);
        }
        earlier = &operation;
    }
}

/// One run for each release, or a single one without any.
template <class Run>
Findings for_each_release(const std::vector<const facts::Release*>& releases, Run run) {
    Collection all;
    if (releases.empty()) run(nullptr, all);
    for (const facts::Release* release : releases) run(release, all);
    return all.finish();
}

}  // namespace

std::vector<const facts::Release*> releases_to_judge(const schannel::Profile& profile, const LintOptions& options) {
    if (!options.releases.empty() || profile.windows.empty()) return options.releases;
    std::vector<const facts::Release*> allowed;
    for (const facts::Release& release : facts::releases()) {
        if (schannel::is_for(profile, release) == true) allowed.push_back(&release);
    }
    return allowed;
}

Findings lint_profile(const schannel::Profile& profile, const LintOptions& options) {
    bool first = true;
    return for_each_release(releases_to_judge(profile, options), [&](const facts::Release* release, Collection& all) {
        if (std::exchange(first, false)) lint_conditions(profile, options, all);
        lint_for(profile, release, options.circumstances, all);
    });
}

Findings lint_patch(const registry::Patch& patch, const LintOptions& options) {
    return lint_patch([&](const facts::Release*) { return patch; }, options);
}

Findings lint_patch(const std::function<registry::Patch(const facts::Release*)>& lines_on, const LintOptions& options) {
    return for_each_release(options.releases, [&](const facts::Release* release, Collection& all) {
        const registry::Patch patch = lines_on(release);
        const Wanted wanted = registry::to_wanted(patch);
        Subject subject(without_held(wanted, release), result_of(wanted, release, options.circumstances.coverage), release, options.circumstances);
        subject.file = patch.file;
        subject.defaults = options.defaults;
        note_repeated(subject, patch);
        judge(subject);
        all.add(subject.take());
    });
}

Findings lint_state(const Tree& state, std::string_view label, const LintOptions& options) {
    return for_each_release(options.releases, [&](const facts::Release* release, Collection& all) {
        Subject subject(set_in(state, release), schannel::managed_part(state), release, options.circumstances);
        subject.defaults = true;
        subject.file = label;
        judge(subject);
        all.add(subject.take());
    });
}

}  // namespace schancfg::lint
