#include "render/list_rows.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

#include "console/columns.hpp"
#include "render/escape.hpp"
#include "render/page.hpp"
#include "render/table.hpp"
#include "render/value.hpp"
#include "schancfg/codec/plan_json.hpp"
#include "schancfg/text.hpp"

namespace schancfg::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string_view word_of(RowMet met) { return met == RowMet::yes ? "met" : met == RowMet::no ? "not met" : "not known"; }

std::string asked(const codec::HardeningKittyRow& row) { return row.wanted.name + ' ' + row.operation + ' ' + shorten(row.recommended, 60); }

std::string found_by(const ListRow& row) {
    if (row.met == RowMet::not_known) return "not in this file";
    if (row.found && names_of(row.row->wanted.name, row.found).size() > longest_inline_list) return std::to_string(names_of(row.row->wanted.name, row.found).size()) + " names";
    return show_value(row.found);
}

std::string summary(const ListView& view) {
    const std::size_t all = view.rows.size();
    std::string out = std::to_string(view.met()) + " of " + std::to_string(all) + (all == 1 ? " row of " : " rows of ") + view.list + (view.met() == 1 ? " is met" : " are met");
    const auto unknown = std::ranges::count(view.rows, RowMet::not_known, &ListRow::met);
    if (unknown > 0) out += "; " + std::to_string(unknown) + (unknown == 1 ? " is" : " are") + " not known";
    if (view.not_read > 0) out += "; " + std::to_string(view.not_read) + (view.not_read == 1 ? " other is" : " others are") + " not about TLS";
    return out;
}

}  // namespace

std::size_t ListView::met() const { return static_cast<std::size_t>(std::ranges::count(rows, RowMet::yes, &ListRow::met)); }

ListView list_view(const codec::HardeningKittyList& list, const registry::Tree& state, const registry::Coverage& coverage) {
    ListView view;
    view.not_read = list.elsewhere.size() + list.others.size();
    for (const codec::HardeningKittyRow& row : list.rows) {
        const registry::Value* found = state.find_value(row.wanted.key, row.wanted.name);
        ListRow& out = view.rows.emplace_back(ListRow{&row, {}, row.wanted.is_met_by(found) ? RowMet::yes : RowMet::no});
        if (found != nullptr) out.found = *found;
        else if (!coverage.speaks_for(row.wanted.key)) out.met = RowMet::not_known;
    }
    return view;
}

std::string list_text(const ListView& view, const Sheet& sheet) {
    std::vector<std::vector<std::string>> rows;
    for (const ListRow& row : view.rows) {
        const std::string met(word_of(row.met));
        rows.push_back({escape(row.row->id), row.met == RowMet::yes ? met : sheet.paint.removed(met), escape(shorten(row.row->name, 60)), escape(asked(*row.row)), row.met == RowMet::yes ? std::string{} : (row.met == RowMet::no ? "found " : "") + found_by(row)});
    }
    return '\n' + paragraph({}, escape(summary(view)), sheet.columns) + text_table(rows, sheet.columns, 2);
}

std::string list_markdown(const ListView& view) {
    std::string out = "\n" + markdown_text(summary(view)) + ".\n\n| Row | | Name | Asks | Found |\n| --- | --- | --- | --- | --- |\n";
    for (const ListRow& row : view.rows) {
        out += "| " + markdown_text(row.row->id) + " | " + std::string(word_of(row.met)) + " | " + markdown_text(row.row->name) + " | " + markdown_code(asked(*row.row)) + " | " +
               (row.found ? markdown_code(found_by(row)) : found_by(row)) + " |\n";
    }
    return out;
}

std::string list_html(const ListView& view) {
    std::vector<std::vector<std::string>> rows;
    for (const ListRow& row : view.rows) {
        const std::string met(word_of(row.met));
        rows.push_back({html_text(row.row->id), row.met == RowMet::no ? "<span class=\"bad\">" + met + "</span>" : met, html_text(row.row->name), html_code(asked(*row.row)), html_text(found_by(row))});
    }
    return html_heading("Rows of the list") + html_paragraph(summary(view) + '.') + html_table({"Row", "Met", "Name", "Asks", "Found"}, rows);
}

Json list_json(const ListView& view) {
    Json out{{"met", view.met()}, {"rows", view.rows.size()}, {"not_read", view.not_read}};
    Json& results = out["results"] = Json::array();
    for (const ListRow& row : view.rows) {
        const codec::HardeningKittyRow& of = *row.row;
        Json result{{"id", of.id}, {"category", of.category}, {"name", of.name}, {"line", of.wanted.origin.line}, {"key", of.wanted.key.to_string()}, {"value", of.wanted.name}, {"operator", of.operation}, {"recommended", of.recommended}};
        result["found"] = row.found ? Json::parse(codec::encode_value(*row.found)) : Json(nullptr);
        result["met"] = row.met == RowMet::not_known ? Json(nullptr) : Json(row.met == RowMet::yes);
        results.push_back(std::move(result));
    }
    return out;
}

}  // namespace schancfg::cli
