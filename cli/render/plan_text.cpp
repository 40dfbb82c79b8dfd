#include "render/alarms.hpp"
#include "render/change_rows.hpp"
#include "console/columns.hpp"
#include "render/decisions.hpp"
#include "render/effect.hpp"
#include "render/escape.hpp"
#include "render/place.hpp"
#include "render/plan.hpp"
#include "render/plan_order.hpp"
#include "render/table.hpp"
#include "render/value.hpp"
#include "schancfg/codec/plan_json.hpp"
#include "schancfg/effect/policy.hpp"
#include "schancfg/effect/restart.hpp"

namespace schancfg::cli {
namespace {

char mark_of(plan::Action action) {
    return action == plan::Action::add ? '+' : action == plan::Action::remove ? '-' : '~';
}

// A list is shown name by name where it is long and both sides are lists or absent.
bool is_long_list(const plan::Change& change) {
    for (const auto& side : {change.before, change.after}) {
        if (side && !list_of(*change.value_name, *side)) return false;
    }
    return names_of(*change.value_name, change.before).size() > longest_inline_list || names_of(*change.value_name, change.after).size() > longest_inline_list;
}

std::string list_size(const plan::Change& change, const std::optional<registry::Value>& value) {
    if (!value) return "absent";
    const std::size_t size = names_of(*change.value_name, value).size();
    return std::to_string(size) + (size == 1 ? " name" : " names");
}

std::vector<std::string> list_lines(const plan::Change& change, const Paint& paint) {
    std::vector<std::string> out;
    for (const ListLine& line : list_difference(names_of(*change.value_name, change.before), names_of(*change.value_name, change.after))) {
        const std::string text = std::string(1, line.mark) + ' ' + escape(line.name);
        out.push_back("      " + (line.mark == '+' ? paint.added(text) : line.mark == '-' ? paint.removed(text) : text));
    }
    return out;
}

std::string values_of(const KeyChanges& key, const Sheet& sheet) {
    std::vector<std::vector<std::string>> rows;
    for (const plan::Change* change : key.of_values) {
        const bool list = is_long_list(*change);
        // Where only the type changes, both sides would look the same.
        const bool types = change->before && change->after && change->before->type != change->after->type;
        const ShownChange shown = list    ? ShownChange{list_size(*change, change->before), list_size(*change, change->after)}
                                  : types ? ShownChange{show_typed_value(*change->before), show_typed_value(*change->after)}
                                          : show_change(change->before, change->after);
        const std::string name = std::string(1, mark_of(change->action)) + ' ' + show_name(*change->value_name);
        const std::string place = show_place(change->origin.value_or(Span{}));
        rows.push_back({paint_action(change->action, name, sheet.paint), shown.before + " → " + shown.after, place.empty() ? place : sheet.paint.dim(place)});
    }
    std::string out;
    const std::vector<std::string> table = table_rows(rows, sheet.columns, 2);
    auto row = table.begin();
    for (const plan::Change* change : key.of_values) {
        out += *row++;
        if (!is_long_list(*change)) continue;
        for (const std::string& line : list_lines(*change, sheet.paint)) out += line + '\n';
    }
    return out;
}

std::string labelled(std::string_view word, const std::string& label, const facts::Release* release) {
    return std::string(word) + escape(label) + (release ? " (" + std::string(release->name) + ')' : std::string{}) + '\n';
}

std::string by_value(const plan::Plan& plan, const Sheet& sheet) {
    std::string out;
    for (const KeyChanges& key : by_key(plan)) {
        if (key.is_on_the_way) continue;
        std::string heading = sheet.paint.strong(escape(key.key.to_string()));
        if (key.of_key) heading += paint_action(key.of_key->action, key.of_key->action == plan::Action::add ? "  (new key)" : "  (key removed)", sheet.paint);
        out += '\n' + heading + '\n' + values_of(key, sheet);
    }
    return out;
}

std::string by_decision(const plan::Plan& plan, const facts::Release* release, const Sheet& sheet) {
    std::vector<ChangeRow> rows;
    for (const Decision& decision : decisions(plan, release)) {
        ChangeRow& row = rows.emplace_back(ChangeRow{escape(decision.before), escape(decision.after), {}, decision.action});
        for (const std::string& subject : decision.subjects) row.subjects.push_back(escape(subject));
        if (decision.has_no_effect) row.subjects.back() += " (no effect: not part of this release)";
        if (decision.is_list) row.below = list_lines(*decision.changes.front(), sheet.paint);
    }
    return change_rows("settings", rows, sheet);
}

// Who may put values back that are changed here.
std::string policy_sentences(const plan::Plan& plan, std::size_t columns) {
    std::string out;
    for (const effect::PolicyOwner& owner : effect::policy_owners(plan.changes)) out += paragraph({}, escape(owner.to_string()) + '.', columns);
    return out;
}

}  // namespace

std::string plan_summary(const plan::Plan& plan) {
    plan::Summary values;
    plan::Summary keys;
    for (const plan::Change& change : plan.changes) {
        plan::Summary& counts = change.value_name ? values : keys;
        ++(change.action == plan::Action::add ? counts.add : change.action == plan::Action::remove ? counts.remove : counts.change);
    }
    std::string out;
    const auto count = [&out](std::size_t number, std::string_view one, std::string_view many, std::string_view verb, std::string_view between) {
        if (number == 0) return;
        out += (out.empty() ? std::string{} : std::string(between)) + std::to_string(number);
        if (!one.empty()) (out += ' ') += number == 1 ? one : many;
        (out += ' ') += verb;
    };
    count(values.add, "value", "values", "to add", "");
    count(values.change, out.empty() ? "value" : "", "values", "to change", ", ");
    count(values.remove, out.empty() ? "value" : "", "values", "to remove", ", ");
    const std::size_t before_keys = out.size();
    count(keys.add, "key", "keys", "to create", "; ");
    count(keys.remove, out.size() == before_keys ? "key" : "", "keys", "to remove", out.size() == before_keys ? "; " : ", ");
    return out;
}

const facts::Release* release_of(const PlanView& view) {
    if (!view.from_release || !view.to_release) return view.from_release ? view.from_release : view.to_release;
    return view.from_release == view.to_release ? view.from_release : nullptr;
}

std::string restart_sentence(const plan::Plan& plan, const facts::Release* release) {
    const effect::Restart restart = effect::restart(plan.changes, release);
    if (restart.needed == effect::RestartNeed::no) {
        return restart.scope == effect::RestartScope::processes ? "Restart the programs that are concerned: they read these values once." : std::string{};
    }
    if (restart.needed == effect::RestartNeed::disputed) return "A restart may be required: Microsoft's documentation is inconsistent or silent here.";
    const std::string what = restart.scope == effect::RestartScope::computer ? "Restart the computer" : "Restart the " + std::string(effect::restart_scope_name(restart.scope)) + " that use TLS";
    return what + " for all of this to take effect.";
}

std::string saved_sentence(const codec::Record& record) {
    const bool is_plan = record.kind == codec::Record::Kind::plan;
    std::string out = std::string(is_plan ? "A plan" : "A record") + " of " + escape(record.time) + ", made on " + escape(record.machine);
    if (!is_plan) out += ", " + std::string(codec::status_name(record.status));
    if (!record.undoes.empty()) out += "; it undid " + escape(record.undoes);
    if (!record.revert_at.empty() && record.confirmed.empty()) out += "; reverted at " + escape(record.revert_at) + " unless confirmed";
    return out + '.';
}

std::string plan_text(const PlanView& view, const Sheet& sheet) {
    std::string out = alarms_text(view.alarms, sheet) + labelled("from  ", view.from, view.from_release) + labelled("to    ", view.to, view.to_release);
    if (view.saved) out += paragraph({}, saved_sentence(*view.saved), sheet.columns);
    out += differences_text(view.effects, sheet, view.all);
    if (!view.assumed.empty()) out += '\n' + paragraph({}, assumed_line(view.assumed), sheet.columns);
    if (view.peers) out += peers_text(*view.peers, sheet);
    out += view.all ? by_value(*view.plan, sheet) : by_decision(*view.plan, release_of(view), sheet);
    const std::string restart = restart_sentence(*view.plan, release_of(view));
    return out + '\n' + (view.saved && view.plan->empty() ? "It changes nothing." : view.plan->empty() && !view.effects.empty() ? "No value differs." : view.plan->empty() ? view.command == "diff" ? "Nothing differs." : "Nothing to change." : plan_summary(*view.plan) + '.') + '\n' +
           (restart.empty() ? restart : paragraph({}, restart, sheet.columns)) + policy_sentences(*view.plan, sheet.columns) +
           (view.list ? list_text(*view.list, sheet) : std::string{}) +
           (view.digest.empty() ? view.digest : "changes_sha256 " + view.digest + '\n');
}

std::string plan_names(const plan::Plan& plan) {
    std::string out;
    for (const KeyChanges& key : by_key(plan)) {
        for (const plan::Change* change : key.of_values) {
            out += escape(key.key.to_string()) + ": " + show_name(*change->value_name) + '\n';
        }
    }
    return out;
}

std::string show_plan(const PlanView& view, const Options& options) {
    if (options.has("name-only")) return plan_names(*view.plan);
    const std::string format = options.format();
    if (format == "json") return plan_json(view);
    PlanView shown = view;
    shown.all = options.has("all");
    if (format == "html") return plan_html(shown);
    return format == "markdown" ? plan_markdown(shown) : plan_text(shown, sheet_for(options));
}

}  // namespace schancfg::cli
