// The answers in which two effects differ, for people.
#include <algorithm>
#include <map>
#include <tuple>

#include "render/change_rows.hpp"
#include "render/effect.hpp"
#include "render/effect_words.hpp"
#include "render/escape.hpp"
#include "render/views.hpp"

namespace schancfg::cli {
namespace {

using effect::Aspect;
using effect::EffectDifference;

constexpr std::size_t few_suites = 3;
constexpr std::size_t most_names = 6;  // that are listed without being asked for

/// Differences that read as one: what goes the same way.
struct Group {
    std::vector<const EffectDifference*> members;
    std::vector<std::string> subjects;  // raw
    std::string before, after;          // raw
};

std::string subject_of(const EffectDifference& each) {
    return subject_words(each.subject) + (each.role ? " (" + std::string(facts::role_name(*each.role)) + ')' : std::string{});
}

// What is above Schannel reads as one, and so do its single switches.
Aspect family_of(Aspect aspect) {
    switch (aspect) {
        case Aspect::dotnet:
        case Aspect::dotnet_weak_suites:
        case Aspect::fips:
        case Aspect::remote_desktop: return Aspect::winhttp;
        case Aspect::renegotiation:
        case Aspect::sha512_signatures: return Aspect::setting;
        default: return aspect;
    }
}

std::vector<Group> grouped(const std::vector<EffectDifference>& all) {
    std::vector<Group> out;
    std::map<std::tuple<Aspect, std::string, std::string, bool>, std::size_t> places;
    for (const EffectDifference& each : all) {
        std::string before = value_words(each.subject.aspect, each.before), after = value_words(each.subject.aspect, each.after);
        const auto [at, added] = places.try_emplace({family_of(each.subject.aspect), before, after, each.surety.certain}, out.size());
        if (added) out.emplace_back(Group{{}, {}, std::move(before), std::move(after)});
        Group& group = out[at->second];
        group.members.push_back(&each);
        group.subjects.push_back(subject_of(each));
    }
    for (Group& group : out) join_views(group.subjects, [](std::string& each) -> std::string& { return each; }, [](const auto&, const auto&) { return true; });
    return out;
}

bool is_many_suites(const Group& group) { return group.members.front()->subject.aspect == Aspect::suite && group.members.size() > few_suites; }

std::string title_of(const Group& group) { return std::to_string(group.members.size()) + " cipher suites"; }

// What can be used afterwards and could not before comes, the other way round it goes.
plan::Action tone_of(const EffectDifference& each) {
    const bool was = effect::is_open(each.before), is = effect::is_open(each.after);
    return was == is ? plan::Action::change : is ? plan::Action::add : plan::Action::remove;
}

}  // namespace

std::string differences_text(const std::vector<EffectDifference>& all, const Sheet& sheet, bool names, std::string_view heading) {
    std::vector<ChangeRow> rows;
    for (const Group& group : grouped(all)) {
        const EffectDifference& each = *group.members.front();
        ChangeRow& row = rows.emplace_back(ChangeRow{escape(group.before), escape(group.after), {}, tone_of(each), each.surety.certain, {}});
        if (!is_many_suites(group)) {
            for (const std::string& subject : group.subjects) row.subjects.push_back(escape(subject));
            continue;
        }
        const bool shown = names || group.members.size() <= most_names;
        row.subjects = {title_of(group) + (shown ? "" : "; --all names them")};
        for (const std::string& subject : shown ? group.subjects : std::vector<std::string>{}) row.below.push_back("      " + sheet.paint.dim(escape(subject)));
    }
    return change_rows(heading, rows, sheet);
}

std::string differences_markdown(const std::vector<EffectDifference>& all) {
    if (all.empty()) return {};
    std::string out = "\n| Effect | Before | After |\n| --- | --- | --- |\n";
    std::string lists;
    bool doubt = false;
    for (const Group& group : grouped(all)) {
        const EffectDifference& each = *group.members.front();
        doubt = doubt || !each.surety.certain;
        std::string subjects = is_many_suites(group) ? title_of(group) : std::string{};
        for (const std::string& subject : is_many_suites(group) ? std::vector<std::string>{} : group.subjects) {
            (subjects += subjects.empty() ? "" : "<br>") += markdown_text(subject);
        }
        out += "| " + subjects + (each.surety.certain ? "" : " \\*") + " | " + markdown_text(group.before) + " | " + markdown_text(group.after) + " |\n";
        if (!is_many_suites(group)) continue;
        lists += "\n<details>\n<summary>" + html_text(title_of(group) + ": " + group.before + " → " + group.after) + "</summary>\n\n";
        for (const std::string& subject : group.subjects) lists += "- " + markdown_code(subject) + '\n';
        lists += "\n</details>\n";
    }
    if (doubt) out += "\n\\* not certain: sources disagree or say nothing; `schancfg status --all` names them.\n";
    return out + lists;
}

std::string differences_html(const std::vector<EffectDifference>& all) {
    if (all.empty()) return {};
    std::string out = "<table><thead><tr><th>Effect</th><th>Before</th><th>After</th></tr></thead><tbody>\n";
    for (const Group& group : grouped(all)) {
        std::string subjects = is_many_suites(group) ? "<details><summary>" + title_of(group) + "</summary><div>" : std::string{};
        for (std::size_t i = 0; i < group.subjects.size(); ++i) subjects += (i == 0 ? "" : "<br>") + html_text(group.subjects[i]);
        if (is_many_suites(group)) subjects += "</div></details>";
        out += "<tr><td>" + subjects + "</td><td>" + html_text(group.before) + "</td><td>" + html_text(group.after) +
               (group.members.front()->surety.certain ? "" : " <span class=\"warn\">(not certain)</span>") + "</td></tr>\n";
    }
    return out + "</tbody></table>\n";
}

}  // namespace schancfg::cli
