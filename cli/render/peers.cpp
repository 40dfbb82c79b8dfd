#include "render/peers.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include <nlohmann/json.hpp>

#include "render/agreement_json.hpp"
#include "render/doctor.hpp"
#include "console/columns.hpp"
#include "render/escape.hpp"
#include "render/page.hpp"

namespace schancfg::cli {
namespace {

using handshake::Agreement;
using handshake::PeerChange;
using handshake::PeerChangeKind;
using Json = nlohmann::ordered_json;

constexpr std::array kinds{PeerChangeKind::cut_off, PeerChangeKind::uncertain, PeerChangeKind::weaker,
                           PeerChangeKind::changed, PeerChangeKind::stronger,  PeerChangeKind::reached};
constexpr std::size_t named = 10;

std::string_view kind_words(PeerChangeKind kind) {
    switch (kind) {
        case PeerChangeKind::cut_off: return "cut off";
        case PeerChangeKind::uncertain: return "not known";
        case PeerChangeKind::weaker: return "weaker";
        case PeerChangeKind::changed: return "changed";
        case PeerChangeKind::stronger: return "stronger";
        case PeerChangeKind::reached: break;
    }
    return "newly reachable";
}

std::string_view used_by(const PeersView& view, std::size_t peer) { return peer < view.used.size() ? std::string_view(view.used[peer]) : std::string_view{}; }

std::string shown_name(const PeersView& view, std::size_t peer) {
    std::string name = shorten(peer_name(view, peer), 200);
    if (const std::string_view used = used_by(view, peer); !used.empty()) name += " (used " + shorten(used, 300) + ')';
    return name;
}

// What a log can't say.
std::string_view limits_of_logs(const PeersView& view) {
    return view.used.empty() ? "" : "Clients from logs are judged by what they used: they may be capable of more. Clients that could not connect are in no log.";
}

std::string counted_peers(std::size_t count) { return std::to_string(count) + (count == 1 ? " known peer" : " known peers"); }

std::string outcome_words(const Agreement& agreement) {
    switch (agreement.verdict) {
        case handshake::Verdict::agree: {
            const std::string words = handshake_words(agreement.handshake);
            return words.empty() ? "agree" : words;
        }
        case handshake::Verdict::disagree: return agreement.reason ? std::string(agreement.reason->title) : "no agreement";
        case handshake::Verdict::unknown: break;
    }
    return agreement.reason ? "not known (perhaps: " + std::string(agreement.reason->title) + ')' : "not known";
}

/// Peers to which the same happens.
struct Group {
    PeerChangeKind kind = PeerChangeKind::cut_off;
    std::string before, after;
    std::vector<std::size_t> peers;
};

std::vector<Group> grouped(const PeersView& view) {
    std::vector<Group> out;
    std::map<std::tuple<PeerChangeKind, std::string, std::string>, std::size_t> places;
    for (const PeerChange& change : view.changes.changes) {
        std::string before = outcome_words(change.before);
        std::string after = outcome_words(change.after);
        const auto [place, is_new] = places.try_emplace({change.kind, before, after}, out.size());
        if (is_new) out.push_back({change.kind, std::move(before), std::move(after), {}});
        out[place->second].peers.push_back(change.peer);
    }
    return out;
}

// Those that are cut off are all named; of the rest the first.
std::size_t shown_of(const Group& group) {
    return group.kind == PeerChangeKind::cut_off ? group.peers.size() : std::min(group.peers.size(), named);
}

std::string more_of(const Group& group) {
    const std::size_t shown = shown_of(group);
    return shown == group.peers.size() ? std::string{} : "and " + std::to_string(group.peers.size() - shown) + " more; --format json names them all";
}

std::string paint_kind(PeerChangeKind kind, std::string_view text, const Paint& paint) {
    switch (kind) {
        case PeerChangeKind::cut_off: return paint.removed(text);
        case PeerChangeKind::stronger:
        case PeerChangeKind::reached: return paint.added(text);
        default: return paint.changed(text);
    }
}

Json side_json(const Agreement& agreement) {
    Json out{{"verdict", handshake::verdict_name(agreement.verdict)}};
    out["handshake"] = agreement.verdict == handshake::Verdict::agree ? handshake_json(agreement.handshake) : Json(nullptr);
    out["reason"] = agreement.reason ? Json(agreement.reason->id) : Json(nullptr);
    return out;
}

Json text_or_null(std::string_view text) { return text.empty() ? Json(nullptr) : Json(text); }

}  // namespace

std::string peer_name(const PeersView& view, std::size_t peer) {
    const std::string address = view.peers[peer].address();
    return address.empty() ? view.sources[peer] : address;
}

std::string cut_off_names(const PeersView& view) {
    constexpr std::size_t most = 3;
    std::string out;
    std::size_t count = 0;
    for (const PeerChange& change : view.changes.changes) {
        if (change.kind != PeerChangeKind::cut_off) continue;
        if (++count <= most) (out += out.empty() ? "" : ", ") += escape(shown_name(view, change.peer));
    }
    return count > most ? out + " and " + std::to_string(count - most) + " more" : out;
}

std::string peers_summary(const handshake::PeerChanges& changes) {
    std::string out;
    const auto add = [&out](std::size_t count, std::string_view words) {
        if (count != 0) (out += out.empty() ? "" : ", ") += std::to_string(count).append(1, ' ').append(words);
    };
    for (const PeerChangeKind kind : kinds) add(changes.count(kind), kind == PeerChangeKind::uncertain ? "not known any more" : kind_words(kind));
    add(changes.unchanged, "as before");
    add(changes.out_of_reach, "out of reach before and after");
    add(changes.unknown, "of which nothing can be said");
    return counted_peers(changes.judged) + (out.empty() ? "" : ": " + out);
}

// The first of them; --format json names them all.
std::string unknown_names(const PeersView& view) {
    std::string out;
    const auto& all = view.changes.unknown_peers;
    for (std::size_t i = 0; i < std::min(all.size(), named); ++i) (out += out.empty() ? "" : ", ") += shown_name(view, all[i]);
    return all.size() <= named ? out : out + " and " + std::to_string(all.size() - named) + " more";
}

std::string peers_text(const PeersView& view, const Sheet& sheet) {
    std::string out = '\n' + sheet.paint.strong("peers") + '\n';
    for (const Group& group : grouped(view)) {
        out += paragraph("  ", paint_kind(group.kind, kind_words(group.kind), sheet.paint) + ": " + group.before + " → " + group.after, sheet.columns);
        for (std::size_t i = 0; i < shown_of(group); ++i) out += paragraph("      ", escape(shown_name(view, group.peers[i])), sheet.columns);
        if (const std::string more = more_of(group); !more.empty()) out += paragraph("      ", more, sheet.columns);
    }
    out += paragraph("  ", peers_summary(view.changes) + '.', sheet.columns);
    if (const std::string names = unknown_names(view); !names.empty()) out += paragraph("  ", "Nothing can be said of " + escape(names) + '.', sheet.columns);
    if (const std::string_view limits = limits_of_logs(view); !limits.empty()) out += paragraph("  ", limits, sheet.columns);
    return out;
}

std::string peers_markdown(const PeersView& view) {
    std::string out = "\n**" + peers_summary(view.changes) + ".**\n";
    if (const std::string names = unknown_names(view); !names.empty()) out += "\nNothing can be said of " + markdown_text(names) + ".\n";
    if (const std::string_view limits = limits_of_logs(view); !limits.empty()) out.append("\n").append(limits).append("\n");
    if (view.changes.changes.empty()) return out;
    out += "\n| Peer | | Before | After |\n| --- | --- | --- | --- |\n";
    for (const Group& group : grouped(view)) {
        std::string names;
        for (std::size_t i = 0; i < shown_of(group); ++i) {
            (names += names.empty() ? "" : "<br>") += markdown_code(shown_name(view, group.peers[i]));
        }
        if (const std::string more = more_of(group); !more.empty()) names += "<br>" + more;
        const std::string kind(kind_words(group.kind));
        out += "| " + names + " | " + (group.kind == PeerChangeKind::cut_off ? "**" + kind + "**" : kind) + " | " + markdown_text(group.before) + " | " +
               markdown_text(group.after) + " |\n";
    }
    return out;
}

std::string peers_html(const PeersView& view) {
    std::string out = html_heading("Peers") + html_paragraph(peers_summary(view.changes) + '.');
    if (const std::string names = unknown_names(view); !names.empty()) out += html_paragraph("Nothing can be said of " + names + '.');
    out += html_paragraph(limits_of_logs(view), "faint");
    std::vector<std::vector<std::string>> rows;
    for (const Group& group : grouped(view)) {
        std::string names;
        for (std::size_t i = 0; i < shown_of(group); ++i) (names += names.empty() ? "" : "<br>") += html_text(shown_name(view, group.peers[i]));
        if (const std::string more = more_of(group); !more.empty()) names += "<br>" + html_text(more);
        const std::string kind(kind_words(group.kind));
        rows.push_back({names, group.kind == PeerChangeKind::cut_off ? "<strong class=\"bad\">" + kind + "</strong>" : kind, html_text(group.before), html_text(group.after)});
    }
    return out + html_table({"Peer", "Change", "Before", "After"}, rows);
}

Json peers_json(const PeersView& view) {
    Json list = Json::array();
    for (const PeerChange& change : view.changes.changes) {
        const schannel::Peer& peer = view.peers[change.peer];
        Json row{{"peer", peer_name(view, change.peer)}};
        row["host"] = text_or_null(peer.host);
        row["port"] = peer.port ? Json(*peer.port) : Json(nullptr);
        row["role"] = facts::role_name(peer.role);
        row["source"] = view.sources[change.peer];
        if (const std::string_view used = used_by(view, change.peer); !used.empty()) row["used"] = used;
        row["change"] = handshake::peer_change_kind_name(change.kind);
        row["before"] = side_json(change.before);
        row["after"] = side_json(change.after);
        list.push_back(std::move(row));
    }
    return list;
}

Json peers_summary_json(const handshake::PeerChanges& changes) {
    Json out{{"judged", changes.judged}};
    for (const PeerChangeKind kind : kinds) out[kind == PeerChangeKind::cut_off ? "cut_off" : std::string(handshake::peer_change_kind_name(kind))] = changes.count(kind);
    out["unchanged"] = changes.unchanged;
    out["out_of_reach"] = changes.out_of_reach;
    out["no_answer"] = changes.unknown;
    return out;
}

Json unknown_peers_json(const PeersView& view) {
    Json out = Json::array();
    for (const std::size_t peer : view.changes.unknown_peers) out.push_back(peer_name(view, peer));
    return out;
}

}  // namespace schancfg::cli
