// The answers in which two effects differ, for people.
#include <algorithm>
#include <map>
#include <tuple>

#include "render/change_rows.hpp"
#include "render/effect.hpp"
#include "render/escape.hpp"
#include "render/views.hpp"

namespace schancfg::cli {
namespace {

using effect::EffectDifference;
using Kind = EffectDifference::Kind;

constexpr std::size_t few_suites = 3;
constexpr std::size_t most_names = 6;  // that are listed without being asked for

/// Differences that read as one: what goes the same way.
struct Group {
    std::vector<const EffectDifference*> members;
    std::vector<std::string> subjects;  // raw
};

std::string subject_of(const EffectDifference& each) {
    return each.subject + (each.role.empty() ? "" : " (" + std::string(each.role) + ')');
}

std::vector<Group> grouped(const std::vector<EffectDifference>& all) {
    std::vector<Group> out;
    std::map<std::tuple<Kind, std::string_view, std::string_view, bool>, std::size_t> places;
    for (const EffectDifference& each : all) {
        const auto [at, added] = places.try_emplace({each.kind, each.before, each.after, each.certain}, out.size());
        if (added) out.emplace_back();
        Group& group = out[at->second];
        group.members.push_back(&each);
        group.subjects.push_back(subject_of(each));
    }
    for (Group& group : out) join_views(group.subjects, [](std::string& each) -> std::string& { return each; }, [](const auto&, const auto&) { return true; });
    return out;
}

bool is_many_suites(const Group& group) { return group.members.front()->kind == Kind::suite && group.members.size() > few_suites; }

std::string title_of(const Group& group) { return std::to_string(group.members.size()) + " cipher suites"; }

// What can be used afterwards and could not before comes, the other way round it goes.
plan::Action tone_of(const EffectDifference& each) {
    const auto is_usable = [](std::string_view text) { return text == "on" || text == "usable" || text == "reachable"; };
    const bool was = is_usable(each.before), is = is_usable(each.after);
    return was == is ? plan::Action::change : is ? plan::Action::add : plan::Action::remove;
}

}  // namespace

std::string differences_text(const std::vector<EffectDifference>& all, const Paint& paint, bool names) {
    std::vector<ChangeRow> rows;
    for (const Group& group : grouped(all)) {
        const EffectDifference& each = *group.members.front();
        ChangeRow& row = rows.emplace_back(ChangeRow{escape(each.before), escape(each.after), {}, tone_of(each), each.certain, {}});
        if (!is_many_suites(group)) {
            for (const std::string& subject : group.subjects) row.subjects.push_back(escape(subject));
            continue;
        }
        const bool shown = names || group.members.size() <= most_names;
        row.subjects = {title_of(group) + (shown ? "" : "; --all names them")};
        for (const std::string& subject : shown ? group.subjects : std::vector<std::string>{}) row.below.push_back("      " + paint.dim(escape(subject)));
    }
    return change_rows("effect", rows, paint);
}

std::string differences_markdown(const std::vector<EffectDifference>& all) {
    if (all.empty()) return {};
    std::string out = "\n| Effect | Before | After |\n| --- | --- | --- |\n";
    std::string lists;
    bool doubt = false;
    for (const Group& group : grouped(all)) {
        const EffectDifference& each = *group.members.front();
        doubt = doubt || !each.certain;
        std::string subjects = is_many_suites(group) ? title_of(group) : std::string{};
        for (const std::string& subject : is_many_suites(group) ? std::vector<std::string>{} : group.subjects) {
            (subjects += subjects.empty() ? "" : "<br>") += markdown_text(subject);
        }
        out += "| " + subjects + (each.certain ? "" : " \\*") + " | " + markdown_text(each.before) + " | " + markdown_text(each.after) + " |\n";
        if (!is_many_suites(group)) continue;
        lists += "\n<details>\n<summary>" + html_text(title_of(group) + ": " + each.before + " → " + each.after) + "</summary>\n\n";
        for (const std::string& subject : group.subjects) lists += "- " + markdown_code(subject) + '\n';
        lists += "\n</details>\n";
    }
    if (doubt) out += "\n\\* not certain: sources disagree or say nothing; `schancfg status --all` names them.\n";
    return out + lists;
}

}  // namespace schancfg::cli
