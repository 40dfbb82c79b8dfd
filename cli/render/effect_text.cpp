#include <algorithm>

#include "console/columns.hpp"
#include "render/effect.hpp"
#include "render/effect_words.hpp"
#include "render/escape.hpp"
#include "render/footnotes.hpp"
#include "render/page.hpp"
#include "render/services.hpp"
#include "render/table.hpp"
#include "render/views.hpp"
#include "schancfg/effect/management.hpp"

namespace schancfg::cli {
namespace {

using effect::Basis;

bool is_weak(const effect::Effect& effect, std::string_view protocol, std::string_view role) {
    return std::ranges::any_of(effect.weak, [&](const effect::WeakPoint& point) {
        return point.kind == effect::Weakness::weak_protocol && point.subject == protocol && (point.role.empty() || point.role == role);
    });
}

// By whom an answer was decided, when it is not the release.
std::string by_whom(const Basis& basis) {
    using effect::OriginKind;
    switch (basis.origin.kind) {
        case OriginKind::release_default: return {};
        case OriginKind::update: return std::string(basis.origin.update);
        case OriginKind::policy: return "policy";
        case OriginKind::fips_mode: return "FIPS mode";
        case OriginKind::registry_value: return "registry";
    }
    return {};
}

std::string state_cell(const effect::Effect& effect, facts::Role role, const effect::ProtocolReach& reach, bool weak, const Paint& paint, Footnotes& notes) {
    using effect::ReachState;
    if (reach.state == ReachState::not_supported && reach.basis.certain) return paint.dim("-");
    std::string text(effect::reach_state_name(reach.state));
    if (reach.state == ReachState::no_suite) text = std::string(facts::state_name(effect.protocol(reach.name)->of(role).state)) + ", no suite left";
    if (const std::string whom = by_whom(reach.basis); !whom.empty()) text += " (" + whom + ')';
    if (reach.basis.origin.pending) text += " after a restart";
    text += notes.mark(reach.basis);
    if (weak || reach.state == ReachState::no_suite) return paint.removed(text);
    return reach.state == ReachState::on || reach.state == ReachState::on_request ? paint.added(text) : text;
}

// What holds in either case is left alone, and the rest is marked.
std::string names_of(const std::vector<effect::LayerProtocol>& protocols, Footnotes& notes) {
    std::string out;
    for (const effect::LayerProtocol& protocol : protocols) {
        const bool perhaps = protocol.works == schannel::Answer::unknown && !protocol.basis.undisputed();
        if (!protocol.usable() && !(perhaps && protocol.suites)) continue;
        (out += out.empty() ? "" : ", ") += std::string(protocol.name) + (perhaps ? notes.mark(protocol.basis) : std::string{});
    }
    return out.empty() ? "nothing" : out;
}

std::string bits_of(const effect::BitLimit& limit, Footnotes& notes) {
    if (!limit.bits) return (limit.basis.undisputed() ? "-" : "not documented") + notes.mark(limit.basis);
    const std::string whom = by_whom(limit.basis);
    return std::to_string(*limit.bits) + " bits" + (whom.empty() ? whom : " (" + whom + ')') + notes.mark(limit.basis);
}

// What an answer is about, and by what: a key is copied as a whole.
std::string heading_text(const std::string& heading, const Basis& basis, const Sheet& sheet, Footnotes& notes) {
    const std::string text = heading + " (" + escape(basis.origin.to_string()) + ')' + notes.mark(basis);
    return '\n' + (text.find('\\') != std::string::npos ? text + '\n' : paragraph({}, text, sheet.columns));
}

std::string faint_lines(std::string_view text, const Sheet& sheet) {
    std::string out;
    for (const std::string& line : wrap(text, sheet.columns - 2)) out += "  " + sheet.paint.dim(line) + '\n';
    return out;
}

std::string protocols_text(const effect::Effect& effect, const Sheet& sheet, Footnotes& notes, bool all) {
    std::vector<std::vector<std::string>> rows{{"protocols", "client", "server"}};
    std::string absent;
    for (const effect::ProtocolReach& client : effect.reach(facts::Role::client).protocols) {
        const effect::ProtocolReach& server = *effect.reach(facts::Role::server).find(client.name);
        const auto nothing = [](const effect::ProtocolReach& reach) {
            return reach.state == effect::ReachState::not_supported && reach.basis.certain;
        };
        if (!all && nothing(client) && nothing(server)) {
            (absent += absent.empty() ? "" : ", ") += client.name;
            continue;
        }
        rows.push_back({"  " + std::string(client.name), state_cell(effect, facts::Role::client, client, is_weak(effect, client.name, "client"), sheet.paint, notes),
                        state_cell(effect, facts::Role::server, server, is_weak(effect, server.name, "server"), sheet.paint, notes)});
    }
    rows.front().front() = sheet.paint.strong(rows.front().front());
    std::string out = text_table(rows, sheet.columns);
    return absent.empty() ? out : out + faint_lines("this release does not have " + absent, sheet);
}

// Both views of a 64-bit machine are one row where they say the same.
void join_rows(std::vector<std::vector<std::string>>& rows) {
    join_views(rows, [](std::vector<std::string>& row) -> std::string& { return row.front(); },
               [](const std::vector<std::string>& one, const std::vector<std::string>& other) { return one.back() == other.back(); });
}

std::string weak_text(const effect::Effect& effect, const Sheet& sheet, Footnotes& notes) {
    if (effect.weak.empty()) return '\n' + sheet.paint.strong("weak") + (effect.assumed.empty() ? "\n  nothing\n" : "\n  nothing in what was read\n");
    std::vector<std::vector<std::string>> rows;
    for (const effect::WeakPoint& point : effect.weak) {
        const std::string role = point.role.empty() ? std::string{} : " (" + std::string(point.role) + ')';
        const std::string subject = escape(point.subject) + role;
        rows.push_back({point.on_request ? subject : sheet.paint.removed(subject), escape(point.detail) + notes.mark(point.basis)});
    }
    join_rows(rows);
    return '\n' + sheet.paint.strong("weak") + '\n' + text_table(rows, sheet.columns, 2);
}

std::string suites_text(const effect::Effect& effect, const Sheet& sheet, Footnotes& notes, bool all) {
    const effect::CipherSuitesEffect& suites = effect.cipher_suites;
    std::string out = heading_text(sheet.paint.strong("cipher suites") + ", in order", suites.basis, sheet, notes);
    std::size_t blocked = 0;
    bool perhaps = false;
    std::vector<std::vector<std::string>> rows;
    for (const effect::SuiteEffect& suite : suites.listed) {
        const bool on_request = suite.use() == effect::SuiteUse::on_request;
        std::string why;
        for (const effect::Gate& gate : suite.blocked_by) {
            if (!on_request || gate.kind != effect::GateKind::explicit_request) (why += why.empty() ? "" : ", ") += gate.words();
        }
        if (!suite.usable()) {
            ++blocked;
            perhaps = perhaps || !suite.use_basis.undisputed();
            if (all) rows.push_back({sheet.paint.dim("-"), escape(suite.name) + notes.mark(suite.use_basis), sheet.paint.dim("blocked: " + escape(why))});
            continue;
        }
        if (on_request) why = "on request" + (why.empty() ? "" : ": " + why);
        std::string perhaps_by;
        for (const effect::Gate& gate : suite.doubts) {
            if (!gate.assumed) (perhaps_by += perhaps_by.empty() ? "" : ", ") += gate.words();
        }
        if (!perhaps_by.empty()) why += (why.empty() ? "perhaps blocked: " : "; perhaps blocked: ") + perhaps_by;
        rows.push_back({std::to_string(rows.size() + 1), escape(suite.name) + notes.mark(suite.use_basis), sheet.paint.dim(escape(why))});
    }
    out += rows.empty() ? "  none\n" : text_table(rows, sheet.columns, 2);
    if (blocked != 0 && !all) out += faint_lines(std::to_string(blocked) + (blocked == 1 ? " more name in the list is" : " more names in the list are") + (perhaps ? " blocked or perhaps blocked; --all says by what" : " blocked; --all says by what"), sheet);
    if (suites.local_shadowed) out += faint_lines("the local list is there too; the policy list rules instead of it", sheet);
    return out;
}

std::vector<std::vector<std::string>> exchange_rows(const effect::Effect& effect, Footnotes& notes) {
    std::vector<std::vector<std::string>> rows;
    rows.reserve(effect.key_exchanges.size());
    for (const effect::KeyExchangeEffect& exchange : effect.key_exchanges) {
        rows.push_back({std::string(exchange.algorithm.name), std::string(effect::gate_state_name(exchange.algorithm.state)) + notes.mark(exchange.algorithm.basis),
                        bits_of(exchange.client_min_bits, notes), bits_of(exchange.server_min_bits, notes)});
    }
    return rows;
}

std::string exchanges_text(const effect::Effect& effect, const Sheet& sheet, Footnotes& notes) {
    std::vector<std::vector<std::string>> rows{{sheet.paint.strong("key exchange"), "state", "client from", "server from"}};
    for (std::vector<std::string>& row : exchange_rows(effect, notes)) {
        row.front().insert(0, "  ");
        rows.push_back(std::move(row));
    }
    return '\n' + text_table(rows, sheet.columns);
}

// Cells are plain text.
std::string markdown_rows(std::string_view header, const std::vector<std::vector<std::string>>& rows) {
    std::string out = "\n" + std::string(header) + "\n|";
    for (std::size_t at = 1; at < static_cast<std::size_t>(std::ranges::count(header, '|')); ++at) out += " --- |";
    out += '\n';
    for (const std::vector<std::string>& row : rows) {
        out += '|';
        for (const std::string& cell : row) out += ' ' + markdown_text(cell) + " |";
        out += '\n';
    }
    return out;
}

std::string exchanges_markdown(const effect::Effect& effect, Footnotes& notes) {
    return markdown_rows("| Key exchange | State | Client from | Server from |", exchange_rows(effect, notes));
}

std::string curves_markdown(const effect::Effect& effect, Footnotes& notes) {
    if (!effect.curves.has_list) return "\nThis release has no list of curves; each suite's name carries its curve.\n";
    std::string out;
    if (const std::string mark = notes.mark(effect.curves.basis); !mark.empty()) out = "\n" + markdown_text("The list of curves is not certain:" + mark) + '\n';
    out += "\n| # | Curve | |\n| --- | --- | --- |\n";
    std::size_t number = 0;
    for (const effect::CurveEffect& curve : effect.curves.listed) {
        out += "| " + (curve.usable ? std::to_string(++number) : "–") + " | " + markdown_code(curve.name) + " | " +
               markdown_text((curve.usable ? "" : "blocked") + notes.mark(curve.basis)) + " |\n";
    }
    return out;
}

std::string gates_text(const effect::Effect& effect, const Sheet& sheet, Footnotes& notes) {
    std::string off, perhaps;
    for (const auto* all : {&effect.ciphers, &effect.hashes}) {
        for (const effect::AlgorithmEffect& algorithm : *all) {
            const std::string mark = notes.mark(algorithm.basis);
            if (algorithm.state == effect::GateState::off) (off += off.empty() ? "" : ", ") += std::string(algorithm.name) + mark;
            else if (!mark.empty()) (perhaps += perhaps.empty() ? "" : ", ") += std::string(algorithm.name) + mark;
        }
    }
    std::string out = '\n' + sheet.paint.strong("switched off") + '\n' + paragraph("  ", off.empty() ? "no cipher and no hash" : off, sheet.columns);
    return perhaps.empty() ? out : out + paragraph("  ", "perhaps " + perhaps, sheet.columns);
}

std::string curves_text(const effect::Effect& effect, const Sheet& sheet, Footnotes& notes) {
    const std::string heading = sheet.paint.strong("curves") + ", in order";
    if (!effect.curves.has_list) return '\n' + heading + '\n' + paragraph("  ", "this release has no list; each suite's name carries its curve", sheet.columns);
    const std::string out = heading_text(heading, effect.curves.basis, sheet, notes);
    std::string names;
    for (const effect::CurveEffect& curve : effect.curves.listed) {
        (names += names.empty() ? "" : ", ") += escape(curve.name) + (curve.usable ? "" : " (blocked)") + notes.mark(curve.basis);
    }
    return out + paragraph("  ", names.empty() ? "none" : names, sheet.columns);
}

/// WinHTTP and .NET by view, then FIPS mode and renegotiation.
std::vector<std::vector<std::string>> layer_rows(const effect::Effect& effect, Footnotes& notes) {
    std::vector<std::vector<std::string>> rows;
    rows.reserve(effect.winhttp.size());
    for (const effect::WinHttpEffect& view : effect.winhttp) {
        rows.push_back({"WinHTTP " + std::string(effect::view_name(view.view)), names_of(view.protocols, notes) + notes.mark(view.basis)});
    }
    for (const effect::DotnetEffect& dotnet : effect.dotnet) {
        for (const effect::DotnetCase& each : dotnet.cases) {
            rows.push_back({".NET " + std::string(each.target) + ' ' + std::string(effect::view_name(dotnet.view)),
                            names_of(each.protocols, notes) + notes.mark(each.basis)});
        }
    }
    join_rows(rows);
    rows.push_back({"FIPS mode", std::string(effect.fips.on ? "on" : "off") + notes.mark(effect.fips.basis)});
    const auto& mode = effect.renegotiation;
    rows.push_back({"renegotiation", "client " + std::string(effect::renegotiation_name(mode.client)) + notes.mark(mode.client_basis) + ", server " +
                                         std::string(effect::renegotiation_name(mode.server)) + notes.mark(mode.server_basis)});
    return rows;
}

std::string layers_text(const effect::Effect& effect, const Sheet& sheet, Footnotes& notes) {
    return '\n' + sheet.paint.strong("above Schannel") + '\n' + text_table(layer_rows(effect, notes), sheet.columns, 2);
}

std::string layers_markdown(const effect::Effect& effect, Footnotes& notes) { return markdown_rows("| Above Schannel | |", layer_rows(effect, notes)); }

// What no registry shows.
std::string management_sentence(const effect::Effect& effect) {
    std::string names;
    for (const effect::ManagementPolicy& each : effect::management_policies(*effect.release)) (names += names.empty() ? "" : ", ").append(each.name);
    return names.empty() ? names : "Policies that device management sets may overrule this (Policy CSP Cryptography): " + names +
                                       ". Where the registry keeps them is not documented, so whether one is in force is not known.";
}

std::string settings_text(const effect::Effect& effect, const Sheet& sheet, Footnotes& notes) {
    std::vector<std::vector<std::string>> rows;
    rows.reserve(effect.settings.size());
    for (const effect::SettingEffect& setting : effect.settings) {
        rows.push_back({std::string(setting.name), setting_words(setting.number, setting.unit) + notes.mark(setting.basis), sheet.paint.dim(escape(setting.basis.origin.to_string()))});
    }
    return '\n' + sheet.paint.strong("single settings") + '\n' + text_table(rows, sheet.columns, 2);
}

}  // namespace

std::string assumed_line(const std::vector<effect::Area>& areas, std::string_view where) {
    std::string names;
    for (const effect::Area area : areas) (names += names.empty() ? "" : ", ") += effect::area_name(area);
    return names.empty() ? names : std::string("Not in ").append(where).append(", assumed as installed: ").append(names);
}

std::string effect_text(const effect::Effect& effect, const Sheet& sheet, bool all) {
    Footnotes notes;
    std::string out;
    if (const std::string assumed = assumed_line(effect.assumed); !assumed.empty()) out = paragraph({}, assumed, sheet.columns) + '\n';
    out += protocols_text(effect, sheet, notes, all);
    out += weak_text(effect, sheet, notes);
    out += suites_text(effect, sheet, notes, all);
    out += exchanges_text(effect, sheet, notes);
    out += gates_text(effect, sheet, notes);
    out += curves_text(effect, sheet, notes);
    out += layers_text(effect, sheet, notes);
    out += services_text(effect, sheet, [&](const Basis& basis) { return notes.mark(basis); }, all);
    if (const std::string management = management_sentence(effect); !management.empty()) out += '\n' + paragraph("", management, sheet.columns);
    if (all) out += settings_text(effect, sheet, notes);
    return out + notes.text(sheet.columns);
}

std::string effect_markdown(const effect::Effect& effect) {
    Footnotes notes;
    const Paint plain(false);
    std::string out = markdown_text(assumed_line(effect.assumed));
    if (!out.empty()) out += "\n\n";
    out += "| Protocol | Client | Server |\n| --- | --- | --- |\n";
    for (const effect::ProtocolReach& client : effect.reach(facts::Role::client).protocols) {
        const effect::ProtocolReach& server = *effect.reach(facts::Role::server).find(client.name);
        out += "| " + std::string(client.name) + " | " + markdown_text(state_cell(effect, facts::Role::client, client, false, plain, notes)) + " | " +
               markdown_text(state_cell(effect, facts::Role::server, server, false, plain, notes)) + " |\n";
    }
    if (!effect.weak.empty()) out += "\n| Weak | |\n| --- | --- |\n";
    for (const effect::WeakPoint& point : effect.weak) {
        out += "| " + markdown_text(point.subject) + (point.role.empty() ? "" : " (" + std::string(point.role) + ')') + " | " +
               markdown_text(point.detail + notes.mark(point.basis)) + " |\n";
    }
    if (const std::string mark = notes.mark(effect.cipher_suites.basis); !mark.empty()) out += "\n" + markdown_text("The list is not certain:" + mark) + '\n';
    out += "\n| # | Cipher suite | |\n| --- | --- | --- |\n";
    std::size_t number = 0;
    for (const effect::SuiteEffect& suite : effect.cipher_suites.listed) {
        std::string why;
        for (const effect::Gate& gate : suite.blocked_by) (why += why.empty() ? "" : ", ") += gate.words();
        const std::string place = suite.usable() ? std::to_string(++number) : "–";
        out += "| " + place + " | " + markdown_code(suite.name) + " | " + markdown_text((suite.usable() || why.empty() ? "" : "blocked: ") + why + notes.mark(suite.use_basis)) + " |\n";
    }
    out += exchanges_markdown(effect, notes);
    out += curves_markdown(effect, notes);
    out += layers_markdown(effect, notes);
    out += services_markdown(effect, [&](const Basis& basis) { return notes.mark(basis); });
    if (const std::string management = management_sentence(effect); !management.empty()) out += '\n' + markdown_text(management) + '\n';
    return out + notes.markdown();
}

std::string effect_html(const effect::Effect& effect) {
    using Rows = std::vector<std::vector<std::string>>;
    Footnotes notes;
    const Paint plain(false);
    const auto escaped = [](Rows rows) {
        for (auto& row : rows) std::ranges::transform(row, row.begin(), [](const std::string& cell) { return html_text(cell); });
        return rows;
    };
    const auto toned = [](std::string_view tone, const std::string& text) { return "<span class=\"" + std::string(tone) + "\">" + html_text(text) + "</span>"; };
    std::string out = html_paragraph(assumed_line(effect.assumed), "warn");
    Rows rows;
    for (const effect::ProtocolReach& client : effect.reach(facts::Role::client).protocols) {
        const auto cell = [&](facts::Role role, const effect::ProtocolReach& reach) {
            const std::string text = state_cell(effect, role, reach, false, plain, notes);
            if (reach.state == effect::ReachState::on_request) return toned("warn", text);
            return reach.state != effect::ReachState::on ? html_text(text) : toned(is_weak(effect, reach.name, facts::role_name(role)) ? "bad" : "good", text);
        };
        rows.push_back({html_text(client.name), cell(facts::Role::client, client), cell(facts::Role::server, *effect.reach(facts::Role::server).find(client.name))});
    }
    out += html_heading("Protocols") + html_table({"Protocol", "Client", "Server"}, rows);
    rows.clear();
    for (const effect::WeakPoint& point : effect.weak) {
        rows.push_back({toned("bad", point.subject + (point.role.empty() ? "" : " (" + std::string(point.role) + ')')), html_text(point.detail + notes.mark(point.basis))});
    }
    out += html_heading("Weak") + (rows.empty() ? html_paragraph("Nothing.") : html_table({"What", "Why"}, rows));
    rows.clear();
    std::size_t number = 0;
    for (const effect::SuiteEffect& suite : effect.cipher_suites.listed) {
        std::string why;
        for (const effect::Gate& gate : suite.blocked_by) (why += why.empty() ? "" : ", ") += gate.words();
        rows.push_back({suite.usable() ? std::to_string(++number) : "–", html_code(suite.name), html_text((suite.usable() || why.empty() ? "" : "blocked: ") + why + notes.mark(suite.use_basis))});
    }
    out += html_heading("Cipher suites, in order") + html_paragraph(effect.cipher_suites.basis.origin.to_string() + notes.mark(effect.cipher_suites.basis), "faint") +
           html_table({"Place", "Cipher suite", "Note"}, rows);
    out += html_heading("Key exchange") + html_table({"Key exchange", "State", "Client from", "Server from"}, escaped(exchange_rows(effect, notes)));
    rows.clear();
    number = 0;
    for (const effect::CurveEffect& curve : effect.curves.listed) {
        rows.push_back({curve.usable ? std::to_string(++number) : "–", html_code(curve.name), html_text((curve.usable ? "" : "blocked") + notes.mark(curve.basis))});
    }
    if (effect.curves.has_list) out += html_heading("Curves, in order") + html_table({"Place", "Curve", "Note"}, rows);
    out += html_heading("Above Schannel") + html_table({"Where", "What"}, escaped(layer_rows(effect, notes)));
    out += html_heading("What services get") + services_html(effect, [&](const Basis& basis) { return notes.mark(basis); });
    return out + html_paragraph(management_sentence(effect)) + notes.html();
}

}  // namespace schancfg::cli
