#include <algorithm>
#include <iterator>

#include "lint/lists.hpp"
#include "lint/subject.hpp"
#include "schancfg/facts/curves.hpp"
#include "words.hpp"

namespace schancfg::lint {
namespace {

using Names = std::vector<std::string>;

/// secP256r1 and NistP256 are two names of one group.
std::string group_of(const std::string& name) {
    const facts::Curve* curve = facts::find_curve(name);
    return curve == nullptr || curve->group == 0 ? name : std::to_string(curve->group);
}

void lint_members(Subject& subject, const Item& item) {
    const auto list = list_of(*item.value());
    if (!list) return;
    report_names(subject, Rule::duplicate_name, item, duplicates_of(list->names, group_of),
                 [](const Names& names) { return "twice in the list: " + some_of(names); });
    Names lookalike;
    std::ranges::remove_copy_if(list->names, std::back_inserter(lookalike), is_ascii);
    report_names(subject, Rule::lookalike_character, item, lookalike,
                 [](const Names& names) { return "a name holds a character that is not ASCII: " + some_of(names); });
}

void lint_effect(Subject& subject, const effect::CurvesEffect& curves, bool fips) {
    const Item* item = curves.basis.unread ? nullptr : subject.find(curves.basis);
    if (item != nullptr) {
        Names unknown;
        for (const effect::CurveEffect& curve : curves.listed) {
            if (curve.basis.rule == effect::BasisRule::curve_unknown) unknown.push_back(curve.name);
        }
        report_names(subject, Rule::curve_unknown, *item, unknown, [](const Names& names) { return "not known to this release: " + some_of(names); });
        Names by_build;
        std::string_view needs;
        for (const effect::CurveEffect& curve : curves.listed) {
            const bool of_13 = curve.curve != nullptr && curve.curve->protocols == "TLS 1.3";
            const bool open = curve.basis.rule == effect::BasisRule::curve_build || (!curve.basis.undisputed() && curve.basis.rule == effect::BasisRule::curve_listed);
            if (!of_13 || !open) continue;
            by_build.push_back(curve.name);
            needs = curve.basis.note;
        }
        report_names(subject, Rule::curve_needs_build, *item, by_build, [needs](const Names& names) { return some_of(names) + ": " + std::string(needs); });
        const bool only_13 = !curves.listed.empty() && std::ranges::all_of(curves.listed, [](const effect::CurveEffect& curve) {
            return curve.curve != nullptr && curve.curve->protocols == "TLS 1.3";
        });
        if (only_13) subject.report(Rule::curve_list_tls13_only, *item, "no curve of the list works in TLS 1.2: its suites with ECDHE are gone");
        const bool unread = std::ranges::any_of(curves.listed, [](const effect::CurveEffect& curve) { return curve.basis.unread; });
        const bool open = std::ranges::any_of(curves.listed, [](const effect::CurveEffect& curve) { return !curve.basis.certain; });
        if (!curves.any_usable() && !unread) {
            subject.report(Rule::curve_list_dead, *item, open ? "perhaps no curve of the list can be used" : "no curve of the list can be used", open ? Severity::warning : Severity::error);
        }
    }
    if (!fips || curves.basis.unread) return;
    const auto dead = std::ranges::find_if(curves.listed, [](const effect::CurveEffect& curve) {
        return curve.basis.rule == effect::BasisRule::curve_fips && curve.name.starts_with("curve25519");
    });
    if (dead == curves.listed.end()) return;
    const Item* cause = subject.find(subject.effect()->fips.basis);
    if (cause == nullptr) cause = item;
    if (cause != nullptr) subject.report(Rule::fips_curve25519, *cause, "FIPS mode is on, and curve25519 stays in the list of curves");
}

}  // namespace

void lint_curves(Subject& subject) {
    for (const std::string_view path : {policy_suites_path, local_suites_path}) {
        const Item* item = subject.find(path, "EccCurves");
        if (item == nullptr) continue;
        lint_members(subject, *item);
        if (subject.effect() != nullptr && !subject.effect()->curves.has_list) {
            subject.report(Rule::setting_ignored, *item, "this release has no list of curves: the name of each suite carries its curve");
        }
    }
    if (subject.effect() != nullptr && subject.effect()->curves.has_list) {
        lint_effect(subject, subject.effect()->curves, subject.effect()->fips.on);
    }
}

}  // namespace schancfg::lint
