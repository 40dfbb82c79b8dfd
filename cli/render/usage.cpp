#include "render/usage.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

#include "render/audit.hpp"
#include "console/columns.hpp"
#include "render/csv.hpp"
#include "render/escape.hpp"
#include "render/table.hpp"
#include "schancfg/text.hpp"

namespace schancfg::cli {
namespace {

using audit::ClientUsage;
using audit::WayUsage;
using nlohmann::ordered_json;

constexpr std::size_t most_names = 12;  // of a way, unless everything is asked for
constexpr std::string_view limits = "A log says what was used: a client may be capable of more, and one that could not connect is not in it.";

bool is_old(const WayUsage& way) { return way.way.protocol != "TLS 1.2" && way.way.protocol != "TLS 1.3"; }

std::string count_of(std::uint64_t number, std::string_view noun) { return with_commas(number) + ' ' + std::string(noun) + (number == 1 ? "" : "s"); }

std::string summary_of(const UsageView& view) {
    std::string out = count_of(view.usage.clients().size(), "client") + ", " + count_of(view.requests, "request") + " by TLS";
    if (view.plain != 0) out += ", " + with_commas(view.plain) + " without";
    if (view.files_read < view.files) out += "; interrupted: " + with_commas(view.files - view.files_read) + " of " + count_of(view.files, "log") + " were not read";
    return out;
}

std::string day_of(std::string_view time) { return std::string(time.substr(0, 10)); }

std::string name_of(const ClientUsage& client) { return client.through.empty() ? client.client : client.client + " through " + client.through; }

std::string clients_of(const UsageView& view, std::size_t way, std::size_t most) {
    std::string out;
    std::size_t count = 0;
    for (const ClientUsage& client : view.usage.clients()) {
        if (std::ranges::find(client.ways, way) == client.ways.end()) continue;
        if (++count <= most) (out += out.empty() ? "" : ", ") += shorten(name_of(client), 100);
    }
    return count <= most ? out : out + " and " + with_commas(count - most) + " more";
}

}  // namespace

std::string usage_text(const UsageView& view, bool all, const Sheet& sheet) {
    const auto& ways = view.usage.ways();
    std::string out = sheet.paint.strong("Used: " + summary_of(view)) + '\n';
    std::vector<std::vector<std::string>> rows{{"protocol", "exchange", "cipher", "hash", "clients", "requests", "first", "last"}};
    for (const WayUsage& way : ways) {
        rows.push_back({escape(way.way.protocol), escape(way.way.key_exchange), escape(way.way.cipher), escape(way.way.hash), with_commas(way.clients), with_commas(way.requests),
                        escape(day_of(way.first)), escape(day_of(way.last))});
    }
    if (ways.empty()) return out;
    out += text_table(rows, sheet.columns, 2);
    for (std::size_t at = 0; at < ways.size(); ++at) {
        if (is_old(ways[at]) && !all) out += paragraph("  " + escape(ways[at].way.words()) + ": ", escape(clients_of(view, at, most_names)), sheet.columns);
    }
    if (all) {
        rows = {{"client", "used", "requests", "first", "last"}};
        for (const ClientUsage& client : view.usage.clients()) {
            rows.push_back({escape(shorten(name_of(client), 100)), escape(view.usage.used_by(client)), with_commas(client.requests), escape(day_of(client.first)), escape(day_of(client.last))});
        }
        out += '\n' + sheet.paint.strong("Clients") + '\n' + text_table(rows, sheet.columns, 2);
    }
    return out + paragraph("  ", limits, sheet.columns);
}

std::string usage_markdown(const UsageView& view, bool all) {
    const auto& ways = view.usage.ways();
    std::string out = "\n### Used\n\n" + summary_of(view) + ".\n\n| protocol | key exchange | cipher | hash | clients | requests | first | last |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n";
    for (const WayUsage& way : ways) {
        out += "| " + markdown_text(way.way.protocol) + " | " + markdown_text(way.way.key_exchange) + " | " + markdown_text(way.way.cipher) + " | " + markdown_text(way.way.hash) + " | " +
               with_commas(way.clients) + " | " + with_commas(way.requests) + " | " + markdown_text(way.first) + " | " + markdown_text(way.last) + " |\n";
    }
    for (std::size_t at = 0; at < ways.size(); ++at) {
        if (is_old(ways[at])) out += "\n" + markdown_text(ways[at].way.words()) + ": " + markdown_text(clients_of(view, at, all ? view.usage.clients().size() : most_names)) + "\n";
    }
    return out.append("\n").append(limits).append("\n");
}

std::string usage_html(const UsageView& view) {
    std::string out = "<h2>Used</h2>\n<p>" + html_text(summary_of(view)) + ".</p>\n<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"What was used\"><table><thead><tr><th>Protocol</th><th>Key exchange</th><th>Cipher</th><th>Hash</th><th>Clients</th><th>Requests</th>"
                      "<th>First</th><th>Last</th></tr></thead><tbody>\n";
    for (const WayUsage& way : view.usage.ways()) {
        out += std::string("<tr><td") + (is_old(way) ? " class=\"bad\"" : "") + ">" + html_text(way.way.protocol) + "</td>";
        for (const std::string& each : {html_text(way.way.key_exchange), html_text(way.way.cipher), html_text(way.way.hash), with_commas(way.clients), with_commas(way.requests),
                                        html_text(way.first), html_text(way.last)}) {
            out += "<td>" + each + "</td>";
        }
        out += "</tr>\n";
    }
    out += "</tbody></table></div>\n";
    constexpr std::size_t most_of_page = 500;
    for (std::size_t at = 0; at < view.usage.ways().size(); ++at) {
        const WayUsage& way = view.usage.ways()[at];
        if (!is_old(way)) continue;
        const std::string names = clients_of(view, at, most_of_page);
        out += "<details data-find=\"" + html_text(way.way.words() + ' ' + names) + "\"><summary><strong>" + count_of(way.clients, "client") + "</strong> used " + html_text(way.way.words()) +
               "</summary><div><p>" + html_text(names) + "</p></div></details>\n";
    }
    return out + "<p class=\"faint\">" + std::string(limits) + "</p>\n";
}

std::string usage_csv(const UsageView& view) {
    std::string out = csv_line({"client", "through", "used", "requests", "first", "last"});
    for (const ClientUsage& client : view.usage.clients()) {
        out += csv_line({client.client, client.through, view.usage.used_by(client), std::to_string(client.requests), client.first, client.last});
    }
    return out;
}

ordered_json usage_json(const UsageView& view) {
    const auto way_json = [](const audit::UsedWay& way) {
        return ordered_json{{"protocol", way.protocol}, {"key_exchange", way.key_exchange}, {"cipher", way.cipher}, {"hash", way.hash}};
    };
    const auto time = [](const std::string& text) { return text.empty() ? ordered_json(nullptr) : ordered_json(text); };
    ordered_json out{{"files", view.files}, {"files_read", view.files_read}, {"requests", view.requests}, {"without_tls", view.plain}};
    ordered_json ways = ordered_json::array(), clients = ordered_json::array();
    for (const WayUsage& way : view.usage.ways()) {
        ordered_json row = way_json(way.way);
        row["clients"] = way.clients;
        row["requests"] = way.requests;
        row["first"] = time(way.first);
        row["last"] = time(way.last);
        ways.push_back(std::move(row));
    }
    for (const ClientUsage& client : view.usage.clients()) {
        ordered_json row{{"client", client.client}};
        row["through"] = time(client.through);
        row["used"] = ordered_json::array();
        for (const std::size_t place : client.ways) row["used"].push_back(way_json(view.usage.ways()[place].way));
        row["requests"] = client.requests;
        row["first"] = time(client.first);
        row["last"] = time(client.last);
        clients.push_back(std::move(row));
    }
    out["ways"] = std::move(ways);
    out["clients"] = std::move(clients);
    return out;
}

}  // namespace schancfg::cli
