#include <algorithm>

#include "render/alarms.hpp"
#include "render/decisions.hpp"
#include "render/effect.hpp"
#include "render/escape.hpp"
#include "render/plan.hpp"
#include "render/plan_order.hpp"
#include "render/value.hpp"
#include "schancfg/effect/policy.hpp"
#include "schancfg/schannel/settings.hpp"

namespace schancfg::cli {
namespace {

std::string cell(const plan::Change& change, const std::optional<registry::Value>& value, const std::string& shown) {
    if (!value) return "absent";
    if (const auto names = list_of(*change.value_name, *value); names && names->size() > longest_inline_list) {
        return std::to_string(names->size()) + " names, see below";
    }
    return markdown_code(shown);
}

std::string row(const plan::Change& change) {
    const std::string where = markdown_code(change.key.to_string() + ": " + (change.value_name->empty() ? "(default value)" : *change.value_name));
    const schannel::Setting* setting = schannel::find_setting(change.key, *change.value_name);
    const std::string label = setting ? markdown_text(setting->label) + "<br>" : std::string{};
    const ShownChange shown = show_change(change.before, change.after);
    return "| " + label + where + " | " + cell(change, change.before, shown.before) + " | " + cell(change, change.after, shown.after) + " |\n";
}

// The difference of a long list, folded away.
std::string list_block(const plan::Change& change) {
    const std::vector<std::string> before = names_of(*change.value_name, change.before);
    const std::vector<std::string> after = names_of(*change.value_name, change.after);
    if (before.size() <= longest_inline_list && after.size() <= longest_inline_list) return {};
    const std::string out = "\n<details>\n<summary>" + html_text(show_name(*change.value_name)) + "</summary>\n\n" +
                      markdown_code(change.key.to_string()) + "\n\n";
    std::string lines;
    std::size_t longest = 2;
    for (const ListLine& line : list_difference(before, after)) {
        const std::string name = escape(line.name);
        std::size_t run = 0;
        for (const char c : name) {
            run = c == '`' ? run + 1 : 0;
            longest = std::max(longest, run);
        }
        lines += line.mark + name + '\n';
    }
    const std::string fence(longest + 1, '`');
    return out + fence + "diff\n" + lines + fence + "\n\n</details>\n";
}

std::string by_value(const plan::Plan& plan) {
    std::string out = "\n| Setting | Before | After |\n| --- | --- | --- |\n";
    std::string lists;
    for (const KeyChanges& key : by_key(plan)) {
        if (key.of_key && key.of_values.empty() && !key.is_on_the_way) {
            const bool made = key.of_key->action == plan::Action::add;
            out += "| " + markdown_code(key.key.to_string()) + (made ? " | absent | key |\n" : " | key | absent |\n");
        }
        for (const plan::Change* change : key.of_values) {
            out += row(*change);
            lists += list_block(*change);
        }
    }
    return out + lists;
}

// Folded: what a reviewer reads first is the effect.
std::string by_decision(const plan::Plan& plan, const facts::Release* release) {
    std::string out = "\n<details>\n<summary>Settings</summary>\n\n| Setting | Before | After |\n| --- | --- | --- |\n";
    std::string lists;
    for (const Decision& decision : decisions(plan, release)) {
        std::string subjects;
        for (const std::string& subject : decision.subjects) (subjects += subjects.empty() ? "" : ", ") += markdown_text(subject);
        if (decision.has_no_effect) subjects += " (no effect: not part of this release)";
        out += "| " + subjects + " | " + markdown_text(decision.before) + " | " + markdown_text(decision.after) + " |\n";
        if (decision.is_list) lists += list_block(*decision.changes.front());
    }
    return out + "\n</details>\n" + lists;
}

}  // namespace

std::string plan_markdown(const PlanView& view) {
    const auto side = [](const std::string& label, const facts::Release* release) {
        return markdown_code(label) + (release ? " (" + markdown_text(release->name) + ')' : std::string{});
    };
    std::string out = alarms_markdown(view.alarms) + "### TLS settings: " + side(view.from, view.from_release) + " → " + side(view.to, view.to_release) + "\n\n";
    const std::string peers = view.peers ? peers_markdown(*view.peers) : std::string{};
    const std::string rows = view.list ? list_markdown(*view.list) : std::string{};
    if (view.saved) out += markdown_text(saved_sentence(*view.saved)) + "\n\n";
    if (view.saved && view.plan->empty()) return out + "**It changes nothing.**\n";
    if (view.plan->empty() && view.effects.empty()) {
        return out + (view.command == "diff" ? "**Nothing differs.**\n" : "**Nothing to change.**\n") + peers + rows;
    }
    if (view.plan->empty()) return out + "**No value differs, and what the releases do with them does.**\n" + peers + differences_markdown(view.effects) + rows;
    out += "**" + plan_summary(*view.plan) + ".** " + restart_sentence(*view.plan, release_of(view));
    while (out.ends_with(' ')) out.pop_back();
    out += '\n';
    for (const effect::PolicyOwner& owner : effect::policy_owners(view.plan->changes)) out += '\n' + markdown_text(owner.to_string()) + ".\n";
    out += peers + differences_markdown(view.effects);
    out += view.all ? by_value(*view.plan) : by_decision(*view.plan, release_of(view));
    out += rows;
    return view.digest.empty() ? out : out + "\n`changes_sha256` " + view.digest + '\n';
}

}  // namespace schancfg::cli
