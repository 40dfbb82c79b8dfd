#include "render/profile_difference.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "render/change_rows.hpp"
#include "console/columns.hpp"
#include "render/decisions.hpp"
#include "render/effect.hpp"
#include "render/escape.hpp"
#include "render/json_text.hpp"
#include "render/page.hpp"
#include "render/place.hpp"
#include "render/value.hpp"
#include "schancfg/codec/plan_json.hpp"

namespace schancfg::cli {
namespace {

using effect::EffectDifference;
using effect::InstructionChange;
using effect::InstructionDifference;
using effect::OnReleases;
using effect::WeakPoint;
using Json = nlohmann::ordered_json;
using Releases = std::vector<const facts::Release*>;

// What is so on the same releases is shown together.
struct Part {
    Releases releases;
    std::vector<const InstructionDifference*> instructions;
    std::vector<EffectDifference> untouched, configured;
    std::vector<const WeakPoint*> weaker;
};

std::vector<Part> parts_of(const ProfileDifferenceView& view) {
    std::vector<Part> parts;
    const auto part = [&](const Releases& releases) -> Part& {
        const auto found = std::ranges::find(parts, releases, &Part::releases);
        if (found != parts.end()) return *found;
        return parts.emplace_back(Part{releases, {}, {}, {}, {}});
    };
    for (const auto& each : view.difference->instructions) part(each.releases).instructions.push_back(&each.what);
    for (const auto& each : view.difference->untouched) part(each.releases).untouched.push_back(each.what);
    for (const auto& each : view.difference->configured) part(each.releases).configured.push_back(each.what);
    for (const auto& each : view.difference->weaker) part(each.releases).weaker.push_back(&each.what);
    // What holds everywhere comes first.
    std::ranges::stable_sort(parts, std::greater<>{}, [](const Part& each) { return each.releases.size(); });
    return parts;
}

struct Row {
    std::vector<std::string> subjects;  // raw
    std::string before, after;          // `disabled`; `default`: that the value is absent
    std::vector<std::string> older, newer;  // the lines that ask
    const plan::Change* list = nullptr;     // whose names are worth a look
};

std::string word_of(const std::string& text) { return text == "not set" ? "default" : text; }

void add_place(std::vector<std::string>& places, const Span& place) {
    std::string text = show_place(place);
    if (!text.empty() && std::ranges::find(places, text) == places.end()) places.push_back(std::move(text));
}

// The instructions of one kind, put together as the changes of a plan are.
class Rows {
public:
    Rows(const std::vector<const InstructionDifference*>& all, InstructionChange change) {
        for (const InstructionDifference* each : all) {
            if (each->change != change) continue;
            if (!each->value_name) {
                Row& row = rows_.emplace_back();
                row.subjects = {each->key.to_string()};
                row.before = row.after = "key removed";
                add_place(row.older, each->older);
                add_place(row.newer, each->newer);
                continue;
            }
            const auto action = !each->before ? plan::Action::add : !each->after ? plan::Action::remove : plan::Action::change;
            plan_.changes.push_back({each->key, each->value_name, action, each->before, each->after, std::nullopt});
            of_.push_back(each);
        }
        for (const Decision& decision : decisions(plan_)) {
            Row& row = rows_.emplace_back();
            row.subjects = decision.subjects;
            row.before = word_of(decision.before);
            row.after = word_of(decision.after);
            if (decision.is_list) row.list = decision.changes.front();
            for (const plan::Change* each : decision.changes) {
                const InstructionDifference& of = *of_[static_cast<std::size_t>(each - plan_.changes.data())];
                add_place(row.older, of.older);
                add_place(row.newer, of.newer);
            }
        }
    }
    [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }

private:
    plan::Plan plan_;
    std::vector<const InstructionDifference*> of_;  // in the order of plan_
    std::vector<Row> rows_;
};

constexpr std::size_t most_places = 3;

std::string places(const Row& row) {
    const auto joined = [](const std::vector<std::string>& all) {
        std::string text;
        for (std::size_t at = 0; at < all.size() && at < most_places; ++at) (text += at == 0 ? "" : ", ") += all[at];
        if (all.size() > most_places) text += " and " + std::to_string(all.size() - most_places) + " more";
        return text;
    };
    const std::string older = joined(row.older), newer = joined(row.newer);
    return older + (older.empty() || newer.empty() ? "" : " → ") + newer;
}

std::vector<ListLine> list_lines(const plan::Change& change) {
    const auto names = [&](const std::optional<registry::Value>& value) {
        return value ? list_of(*change.value_name, *value).value_or(std::vector<std::string>{}) : std::vector<std::string>{};
    };
    return list_difference(names(change.before), names(change.after));
}

struct Kind {
    InstructionChange change;
    std::string_view heading;
};
constexpr Kind kinds[] = {{InstructionChange::asked, "newly asked for"},
                          {InstructionChange::changed, "changed"},
                          {InstructionChange::no_longer_asked, "no longer asked for; machines that have it keep it, \"default\" resets it"}};

std::string instructions_text(const Part& part, const Sheet& sheet) {
    std::string out;
    for (const Kind& kind : kinds) {
        std::vector<ChangeRow> rows;
        const Rows all(part.instructions, kind.change);
        for (const Row& row : all.rows()) {
            const auto tone = kind.change == InstructionChange::asked     ? plan::Action::add
                              : kind.change == InstructionChange::changed ? plan::Action::change
                                                                          : plan::Action::remove;
            ChangeRow& shown = rows.emplace_back(ChangeRow{kind.change == InstructionChange::asked ? "" : escape(row.before),
                                                           kind.change == InstructionChange::no_longer_asked ? "" : escape(row.after), {}, tone});
            for (const std::string& subject : row.subjects) shown.subjects.push_back(escape(subject));
            if (row.list != nullptr) {
                for (const ListLine& line : list_lines(*row.list)) {
                    const std::string text = std::string(1, line.mark) + ' ' + escape(line.name);
                    shown.below.push_back("      " + (line.mark == '+' ? sheet.paint.added(text) : line.mark == '-' ? sheet.paint.removed(text) : text));
                }
            }
            if (const std::string where = places(row); !where.empty()) shown.below.push_back("    " + sheet.paint.dim(where));
        }
        out += change_rows(kind.heading, rows, sheet);
    }
    return out;
}

std::string weaker_text(const std::vector<const WeakPoint*>& points, const Sheet& sheet) {
    if (points.empty()) return {};
    std::string out = '\n' + sheet.paint.strong("weaker") + '\n';
    for (const WeakPoint* point : points) {
        out += paragraph("  ", sheet.paint.removed(escape(point->subject) + (point->role.empty() ? "" : " (" + std::string(point->role) + ')')) + ' ' + escape(point->detail) +
                                   (point->certain ? "" : " (not certain)"), sheet.columns);
    }
    return out;
}

std::string plural(std::size_t count, std::string_view one, std::string_view many) {
    return std::to_string(count) + ' ' + std::string(count == 1 ? one : many);
}

struct Counts {
    std::size_t asked = 0, changed = 0, no_longer_asked = 0;
};
// A value counts once, however many releases it has a list of its own on.
Counts counts_of(const effect::ProfileDifference& difference) {
    Counts counts;
    const InstructionDifference* last = nullptr;
    for (const auto& each : difference.instructions) {
        const InstructionDifference* before = std::exchange(last, &each.what);
        if (before != nullptr && before->key == each.what.key && before->value_name == each.what.value_name) continue;
        ++(each.what.change == InstructionChange::asked     ? counts.asked
           : each.what.change == InstructionChange::changed ? counts.changed
                                                            : counts.no_longer_asked);
    }
    return counts;
}

std::string summary(const ProfileDifferenceView& view) {
    if (view.difference->empty()) return "Both ask for the same.";
    const Counts counts = counts_of(*view.difference);
    return plural(counts.asked, "value", "values") + " newly asked for, " + std::to_string(counts.changed) + " changed, " +
           std::to_string(counts.no_longer_asked) + " no longer asked for.";
}

std::string releases_line(const ProfileDifferenceView& view) {
    if (view.releases.size() == 1) return std::string(view.releases.front()->name);
    return release_ranges(view.releases, view.releases) + " (" + std::to_string(view.releases.size()) + " releases)";
}

// Of releases that only one of the two is for, as sentences.
std::vector<std::string> windows_sentences(const ProfileDifferenceView& view) {
    std::vector<std::string> out;
    if (!view.only_from.empty()) out.push_back("No longer for " + release_ranges(view.only_from, view.only_from) + '.');
    if (!view.only_to.empty()) out.push_back("Now also for " + release_ranges(view.only_to, view.only_to) + '.');
    return out;
}

std::string as_text(const ProfileDifferenceView& view, const Sheet& sheet, bool names) {
    std::string out = "from  " + escape(view.from) + "\nto    " + escape(view.to) + '\n' + paragraph("on    ", releases_line(view), sheet.columns);
    for (const std::string& sentence : windows_sentences(view)) out += '\n' + paragraph({}, sentence, sheet.columns);
    for (const Part& part : parts_of(view)) {
        if (part.releases.size() != view.releases.size()) out += '\n' + paragraph({}, "On " + release_ranges(part.releases, view.releases) + ':', sheet.columns);
        out += weaker_text(part.weaker, sheet) + instructions_text(part, sheet);
        const bool alike = part.untouched == part.configured;
        if (alike) {
            out += differences_text(part.untouched, sheet, names);
            continue;
        }
        // Each table opens with an empty line and the word "effect".
        const auto table = [&](std::string_view where, const std::vector<EffectDifference>& rows) {
            if (!rows.empty()) out += '\n' + paragraph({}, where, sheet.columns) + differences_text(rows, sheet, names).substr(1);
        };
        table("On a machine that had neither:", part.untouched);
        table("On a machine that the first one was applied to:", part.configured);
    }
    return out + '\n' + paragraph({}, summary(view), sheet.columns);
}

std::string as_markdown(const ProfileDifferenceView& view) {
    std::string out = "### TLS profiles: " + markdown_code(view.from) + " → " + markdown_code(view.to) + "\n\n**" + markdown_text(summary(view)) + "** " +
                      markdown_text(releases_line(view)) + ".\n";
    for (const std::string& sentence : windows_sentences(view)) out += '\n' + markdown_text(sentence) + '\n';
    for (const Part& part : parts_of(view)) {
        if (part.releases.size() != view.releases.size()) out += "\n#### " + markdown_text(release_ranges(part.releases, view.releases)) + '\n';
        if (!part.weaker.empty()) {
            out += '\n';
            for (const WeakPoint* point : part.weaker) {
                out += "- **weaker:** " + markdown_text(point->subject) + (point->role.empty() ? "" : " (" + std::string(point->role) + ')') + ' ' +
                       markdown_text(point->detail) + (point->certain ? "" : " (not certain)") + '\n';
            }
        }
        std::string rows;
        for (const Kind& kind : kinds) {
            const Rows all(part.instructions, kind.change);
            for (const Row& row : all.rows()) {
                std::string subjects;
                for (const std::string& subject : row.subjects) (subjects += subjects.empty() ? "" : ", ") += markdown_text(subject);
                const bool asked = kind.change == InstructionChange::asked, dropped = kind.change == InstructionChange::no_longer_asked;
                rows += "| " + subjects + " | " + (asked ? "not asked for" : markdown_text(row.before)) + " | " +
                        (dropped ? "no longer asked for" : markdown_text(row.after)) + " | " + markdown_text(places(row)) + " |\n";
            }
        }
        if (!rows.empty()) out += "\n| Setting | Before | After | Lines |\n| --- | --- | --- | --- |\n" + rows;
        if (part.untouched == part.configured) {
            out += differences_markdown(part.untouched);
            continue;
        }
        if (!part.untouched.empty()) out += "\nOn a machine that had neither:\n" + differences_markdown(part.untouched);
        if (!part.configured.empty()) out += "\nOn a machine that the first one was applied to:\n" + differences_markdown(part.configured);
    }
    return out;
}

std::string as_html(const ProfileDifferenceView& view) {
    std::string body = "<h1>TLS profiles</h1>\n<p>From " + html_code(view.from) + "<br>To " + html_code(view.to) + "</p>\n<p><strong>" + html_text(summary(view)) + "</strong></p>\n" +
                       html_paragraph(releases_line(view) + '.', "faint");
    for (const std::string& sentence : windows_sentences(view)) body += html_paragraph(sentence);
    for (const Part& part : parts_of(view)) {
        body += html_heading(part.releases.size() != view.releases.size() ? release_ranges(part.releases, view.releases) : "What differs");
        for (const WeakPoint* point : part.weaker) {
            body += html_paragraph("weaker: " + point->subject + (point->role.empty() ? "" : " (" + std::string(point->role) + ')') + ' ' + point->detail + (point->certain ? "" : " (not certain)"), "bad");
        }
        std::vector<std::vector<std::string>> rows;
        for (const Kind& kind : kinds) {
            const Rows all(part.instructions, kind.change);
            for (const Row& row : all.rows()) {
                std::string subjects;
                for (const std::string& subject : row.subjects) (subjects += subjects.empty() ? "" : "<br>") += html_text(subject);
                rows.push_back({std::move(subjects), kind.change == InstructionChange::asked ? "not asked for" : html_text(row.before),
                                kind.change == InstructionChange::no_longer_asked ? "no longer asked for" : html_text(row.after), html_text(places(row))});
            }
        }
        body += html_table({"Setting", "Before", "After", "Lines"}, rows);
        const bool alike = part.untouched == part.configured;
        if (!part.untouched.empty()) body += html_paragraph(alike ? "" : "On a machine that had neither:") + differences_html(part.untouched);
        if (!alike && !part.configured.empty()) body += html_paragraph("On a machine that the first one was applied to:") + differences_html(part.configured);
    }
    return html_page("TLS profiles: " + view.from + " → " + view.to, body);
}

Json ids(const Releases& releases) {
    Json out = Json::array();
    for (const facts::Release* release : releases) out.push_back(release->id);
    return out;
}

Json place_json(const Span& place) {
    if (place == Span{}) return nullptr;
    return {{"file", place.file}, {"line", place.line}, {"column", place.column}};
}

Json value_json(const std::optional<registry::Value>& value) { return value ? Json::parse(codec::encode_value(*value)) : Json(nullptr); }

Json effects_json(const std::vector<OnReleases<EffectDifference>>& all) {
    Json out = Json::array();
    for (const auto& each : all) {
        Json row = differences_json({each.what}).front();
        row["releases"] = ids(each.releases);
        out.push_back(std::move(row));
    }
    return out;
}

std::string as_json(const ProfileDifferenceView& view) {
    const Counts counts = counts_of(*view.difference);
    Json object{{"format_version", "1.0"}, {"command", "diff"}};
    object["os"] = view.releases.size() == 1 ? Json(view.releases.front()->id) : Json(nullptr);
    object["from"] = view.from;
    object["to"] = view.to;
    object["releases"] = ids(view.releases);
    object["only_from"] = ids(view.only_from);
    object["only_to"] = ids(view.only_to);
    Json instructions = Json::array();
    for (const auto& each : view.difference->instructions) {
        const InstructionDifference& of = each.what;
        Json row{{"change", effect::instruction_change_name(of.change)}, {"key", of.key.to_string()}};
        row["value"] = of.value_name ? Json(*of.value_name) : Json(nullptr);
        row["before"] = value_json(of.before);
        row["after"] = value_json(of.after);
        row["origin"] = {{"from", place_json(of.older)}, {"to", place_json(of.newer)}};
        row["releases"] = ids(each.releases);
        instructions.push_back(std::move(row));
    }
    object["instructions"] = std::move(instructions);
    object["effects"] = {{"untouched", effects_json(view.difference->untouched)}, {"configured", effects_json(view.difference->configured)}};
    Json weaker = Json::array();
    for (const auto& each : view.difference->weaker) {
        Json row{{"id", effect::weakness_id(each.what.kind)}, {"subject", each.what.subject}};
        row["role"] = each.what.role.empty() ? Json(nullptr) : Json(each.what.role);
        row["message"] = each.what.detail;
        row["certain"] = each.what.certain;
        row["releases"] = ids(each.releases);
        weaker.push_back(std::move(row));
    }
    object["weaker"] = std::move(weaker);
    object["summary"] = {{"asked", counts.asked}, {"changed", counts.changed}, {"no_longer_asked", counts.no_longer_asked}};
    return json_text(object);
}

std::string as_names(const effect::ProfileDifference& difference) {
    std::string out;
    const InstructionDifference* last = nullptr;
    for (const auto& each : difference.instructions) {
        const InstructionDifference* before = std::exchange(last, &each.what);
        if (before != nullptr && before->key == each.what.key && before->value_name == each.what.value_name) continue;
        out += escape(each.what.key.to_string()) + (each.what.value_name ? ": " + show_name(*each.what.value_name) : std::string{}) + '\n';
    }
    return out;
}

}  // namespace

std::string release_ranges(const Releases& some, const Releases& all) {
    std::string text;
    const auto place = [&](const facts::Release* release) { return std::ranges::find(all, release) - all.begin(); };
    for (std::size_t at = 0; at < some.size();) {
        std::size_t end = at;
        while (end + 1 < some.size() && place(some[end + 1]) == place(some[end]) + 1) ++end;
        if (end - at < 2) end = at;
        (text += text.empty() ? "" : ", ") += some[at]->name;
        if (end != at) (text += " to ") += some[end]->name;
        at = end + 1;
    }
    return text;
}

std::string show_profile_difference(const ProfileDifferenceView& view, const Options& options) {
    if (options.has("name-only")) return as_names(*view.difference);
    const std::string format = options.format();
    if (format == "json") return as_json(view);
    if (format == "markdown") return as_markdown(view);
    if (format == "html") return as_html(view);
    return as_text(view, sheet_for(options), options.has("all"));
}

}  // namespace schancfg::cli
