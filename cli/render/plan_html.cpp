#include "render/alarms.hpp"
#include "render/decisions.hpp"
#include "render/effect.hpp"
#include "render/escape.hpp"
#include "render/page.hpp"
#include "render/plan.hpp"
#include "render/plan_order.hpp"
#include "render/value.hpp"
#include "schancfg/effect/policy.hpp"
#include "schancfg/schannel/settings.hpp"

namespace schancfg::cli {
namespace {

using Rows = std::vector<std::vector<std::string>>;

std::string side(const std::string& label, const facts::Release* release) {
    return html_code(label) + (release ? " (" + html_text(release->name) + ')' : std::string{});
}

/// Both lists in one, folded; empty where they are short.
std::string names_html(const plan::Change& change) {
    const std::vector<std::string> before = names_of(*change.value_name, change.before);
    const std::vector<std::string> after = names_of(*change.value_name, change.after);
    if (before.size() <= longest_inline_list && after.size() <= longest_inline_list) return {};
    std::string lines = "<p>" + html_code(change.key.to_string()) + "</p>\n<pre>";
    for (const ListLine& line : list_difference(before, after)) lines += line.mark + html_text(line.name) + '\n';
    return html_folded(html_text(show_name(*change.value_name)), lines + "</pre>\n");
}

std::string cell(const plan::Change& change, const std::optional<registry::Value>& value, const std::string& shown) {
    if (!value) return "absent";
    const auto names = list_of(*change.value_name, *value);
    return names && names->size() > longest_inline_list ? std::to_string(names->size()) + " names, see below" : html_code(shown);
}

std::string by_value(const plan::Plan& plan) {
    Rows rows;
    std::string lists;
    for (const KeyChanges& key : by_key(plan)) {
        if (key.of_key && key.of_values.empty() && !key.is_on_the_way) {
            const bool made = key.of_key->action == plan::Action::add;
            rows.push_back({html_code(key.key.to_string()), made ? "absent" : "key", made ? "key" : "absent"});
        }
        for (const plan::Change* change : key.of_values) {
            const schannel::Setting* setting = schannel::find_setting(change->key, *change->value_name);
            const ShownChange shown = show_change(change->before, change->after);
            rows.push_back({(setting ? html_text(setting->label) + "<br>" : std::string{}) + html_code(change->key.to_string() + ": " + show_name(*change->value_name)),
                            cell(*change, change->before, shown.before), cell(*change, change->after, shown.after)});
            lists += names_html(*change);
        }
    }
    return html_table({"Setting", "Before", "After"}, rows) + lists;
}

std::string by_decision(const plan::Plan& plan, const facts::Release* release) {
    Rows rows;
    std::string lists;
    for (const Decision& decision : decisions(plan, release)) {
        std::string subjects;
        for (const std::string& subject : decision.subjects) (subjects += subjects.empty() ? "" : "<br>") += html_text(subject);
        if (decision.has_no_effect) subjects += " <span class=\"faint\">(no effect: not part of this release)</span>";
        rows.push_back({std::move(subjects), html_text(decision.before), html_text(decision.after)});
        if (decision.is_list) lists += names_html(*decision.changes.front());
    }
    return html_table({"Setting", "Before", "After"}, rows) + lists;
}

std::string verdict(const PlanView& view) {
    if (!view.plan->empty()) return plan_summary(*view.plan) + '.';
    if (view.saved) return "It changes nothing.";
    if (!view.effects.empty()) return "No value differs, and what the releases do with them does.";
    return view.command == "diff" ? "Nothing differs." : "Nothing to change.";
}

}  // namespace

std::string plan_html(const PlanView& view) {
    std::string body = "<h1>TLS settings</h1>\n<p>From " + side(view.from, view.from_release) + "<br>To " + side(view.to, view.to_release) + "</p>\n";
    if (view.saved) body += html_paragraph(saved_sentence(*view.saved), "faint");
    body += alarms_html(view.alarms) + "<p><strong>" + html_text(verdict(view)) + "</strong></p>\n" + html_paragraph(restart_sentence(*view.plan, release_of(view)));
    for (const effect::PolicyOwner& owner : effect::policy_owners(view.plan->changes)) body += html_paragraph(owner.to_string() + '.');
    body += html_paragraph(assumed_line(view.assumed), "warn");
    if (!view.effects.empty()) body += html_heading("Effect") + differences_html(view.effects);
    if (view.peers) body += peers_html(*view.peers);
    if (!view.plan->empty()) body += html_heading("Settings") + (view.all ? by_value(*view.plan) : by_decision(*view.plan, release_of(view)));
    if (view.list) body += list_html(*view.list);
    if (!view.digest.empty()) body += "<p class=\"faint\">changes_sha256 " + html_code(view.digest) + "</p>\n";
    return html_page("TLS settings: " + view.from + " → " + view.to, body);
}

}  // namespace schancfg::cli
