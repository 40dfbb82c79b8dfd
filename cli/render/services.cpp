#include "render/services.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <vector>

#include "render/escape.hpp"
#include "render/page.hpp"
#include "render/table.hpp"

namespace schancfg::cli {
namespace {

using effect::Answer;
using effect::ServiceEffect;
using effect::ServiceProtocol;

/// What was not read is said once for the whole state, so it is shown as installed.
Answer shown(const ServiceProtocol& each) {
    if (each.works != Answer::unknown || !each.assumed) return each.works;
    return each.likely ? Answer::yes : Answer::no;
}

/// `TLS 1.2`, `TLS 1.0 to 1.2`, `TLS 1.0, TLS 1.2`: neighbours in the table are joined.
std::string range_text(const std::vector<ServiceProtocol>& all, Answer wanted) {
    std::string out;
    for (std::size_t at = 0; at < all.size(); ++at) {
        if (shown(all[at]) != wanted) continue;
        std::size_t end = at;
        while (end + 1 < all.size() && shown(all[end + 1]) == wanted) ++end;
        (out += out.empty() ? "" : ", ") += all[at].name;
        if (end > at) (out += end == at + 1 ? " and " : " to ") += all[end].name.substr(4);
        at = end;
    }
    return out;
}

struct Group {
    std::string names, text;
    bool reachable = true;
};

bool undocumented(const ServiceProtocol& each) { return shown(each) == Answer::unknown && each.service == facts::Speaks::not_known; }

/// What the words themselves say needs no footnote.
std::string marked(const ServiceEffect& service, const std::function<std::string(const effect::Basis&)>& mark) {
    std::string text = service_protocols(service);
    const bool said = std::ranges::all_of(service.protocols, [](const ServiceProtocol& each) {
        return shown(each) != Answer::unknown || each.on_request || undocumented(each);
    });
    return service.basis.certain || said ? text : text + mark(service.basis);
}

std::vector<Group> groups(const effect::Effect& effect, const std::function<std::string(const effect::Basis&)>& mark) {
    std::vector<Group> out;
    for (const ServiceEffect& service : effect.services) {
        const std::string text = marked(service, mark);
        const auto same = std::ranges::find(out, text, &Group::text);
        if (same == out.end()) {
            out.push_back({std::string(service.service->name), text, service.reachable});
        } else {
            same->names.append(", ").append(service.service->name);
        }
    }
    return out;
}

std::vector<std::string_view> names_of(const ServiceEffect& service, Answer wanted) {
    std::vector<std::string_view> out;
    for (const ServiceProtocol& each : service.protocols) {
        if (each.works == wanted) out.push_back(each.name);
    }
    return out;
}

std::string_view choice_name(facts::ServiceChoice choice) {
    switch (choice) {
        case facts::ServiceChoice::schannel: return "schannel";
        case facts::ServiceChoice::up_to: return "up-to";
        case facts::ServiceChoice::not_documented: break;
    }
    return "not-documented";
}

nlohmann::ordered_json text_or_null(std::string_view text) { return text.empty() ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(text); }

}  // namespace

std::string service_protocols(const ServiceEffect& service) {
    std::string out = range_text(service.protocols, Answer::yes);
    if (const std::string perhaps = range_text(service.protocols, Answer::unknown); !perhaps.empty()) {
        out += (out.empty() ? "perhaps " : ", perhaps ") + perhaps;
        if (std::ranges::any_of(service.protocols, undocumented)) {
            out += " (not documented)";
        } else if (std::ranges::any_of(service.protocols, &ServiceProtocol::on_request)) {
            out += " (on request only)";
        }
    }
    return out.empty() ? "not reachable" : out;
}

std::string services_text(const effect::Effect& effect, const Sheet& sheet, const std::function<std::string(const effect::Basis&)>& mark, bool all) {
    std::vector<std::vector<std::string>> rows;
    if (!all) {
        for (const Group& group : groups(effect, mark)) rows.push_back({group.reachable ? group.text : sheet.paint.removed(group.text), group.names});
    }
    for (const ServiceEffect& service : effect.services) {
        if (!all) break;
        const std::string text = marked(service, mark);
        rows.push_back({std::string(service.service->name), service.reachable ? text : sheet.paint.removed(text)});
        const auto add = [&](std::string_view what, std::string_view more) {
            if (!more.empty()) rows.push_back({"", sheet.paint.dim(escape(std::string(what).append(more)))});
        };
        add("supposes ", service.service->product);
        add("", service.row->narrows);
        add("with TLS 1.3: ", service.row->trouble_13);
        add("source: ", service.row->source);
    }
    return '\n' + sheet.paint.strong("what services get") + '\n' + text_table(rows, sheet.columns, 2);
}

std::string services_markdown(const effect::Effect& effect, const std::function<std::string(const effect::Basis&)>& mark) {
    std::string out = "\n| What services get | |\n| --- | --- |\n";
    for (const Group& group : groups(effect, mark)) out += "| " + markdown_text(group.text) + " | " + markdown_text(group.names) + " |\n";
    return out;
}

std::string services_html(const effect::Effect& effect, const std::function<std::string(const effect::Basis&)>& mark) {
    std::vector<std::vector<std::string>> rows;
    for (const Group& group : groups(effect, mark)) rows.push_back({html_text(group.names), (group.reachable ? "" : "<span class=\"bad\">") + html_text(group.text) + (group.reachable ? "" : "</span>")});
    return html_table({"Service", "Gets"}, rows);
}

nlohmann::ordered_json services_json(const effect::Effect& effect, const std::function<void(nlohmann::ordered_json&, const effect::Basis&)>& add_basis) {
    auto out = nlohmann::ordered_json::array();
    for (const ServiceEffect& each : effect.services) {
        nlohmann::ordered_json row{{"service", each.service->word}, {"name", each.service->name}, {"role", facts::role_name(each.service->role)}};
        row["port"] = text_or_null(each.service->port);
        row["supposes"] = text_or_null(each.service->product);
        row["protocols"] = names_of(each, Answer::yes);
        row["perhaps"] = names_of(each, Answer::unknown);
        row["reachable"] = schannel::answer_name(each.left);
        row["choice"] = choice_name(each.row->choice);
        row["newest"] = text_or_null(each.row->newest);
        row["narrows"] = text_or_null(each.row->narrows);
        row["trouble_with_tls13"] = text_or_null(each.row->trouble_13);
        add_basis(row, each.basis);
        out.push_back(std::move(row));
    }
    return out;
}

}  // namespace schancfg::cli
