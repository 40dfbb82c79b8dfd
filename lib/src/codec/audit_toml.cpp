#include "schancfg/codec/audit_toml.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <functional>

#include "profile_document.hpp"
#include "schancfg/nearest.hpp"
#include "schancfg/text.hpp"

namespace schancfg::codec {
namespace {

using profile::Member;
using profile::Node;
using profile::DocumentPlace;
using profile::DocumentErrors;

constexpr std::size_t longest_text = 1000;

bool is_day(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
    const auto number = [&](std::size_t from, std::size_t count) {
        int value = 0;
        for (const char c : text.substr(from, count)) {
            if (c < '0' || c > '9') return -1;
            value = value * 10 + (c - '0');
        }
        return value;
    };
    const int year = number(0, 4), month = number(5, 2), day = number(8, 2);
    return year >= 1970 && std::chrono::year_month_day(std::chrono::year(year), std::chrono::month(static_cast<unsigned>(std::max(month, 0))),
                                                       std::chrono::day(static_cast<unsigned>(std::max(day, 0)))).ok();
}

struct Slot {
    std::string_view name;
    std::string* text;
    bool required;
};

// One table of the list: its members are the slots and nothing else.
void decode_entry(const Node& table, std::string_view what, std::initializer_list<Slot> slots, DocumentErrors& report) {
    if (table.kind != Node::Kind::table) {
        return report.error(table.place, "audit-type", "each " + std::string(what) + " is a table, found " + std::string(kind_name(table.kind)),
                            "write [[" + std::string(what) + "]] above each");
    }
    for (const Member& member : table.members) {
        const auto* slot = std::ranges::find(slots, member.key, &Slot::name);
        if (slot == slots.end()) {
            Nearest search(member.key);
            for (const Slot& each : slots) search.offer(each.name);
            report.error(member.place, "audit-key", "unknown key " + quote(member.key) + " in a " + std::string(what),
                         search.best().empty() ? "" : "did you mean " + quote(search.best()) + "?");
        } else if (member.value.kind != Node::Kind::string) {
            report.error(member.value.place, "audit-type", member.key + " is a string, found " + std::string(kind_name(member.value.kind)),
                         "write it in quotation marks");
        } else if (member.value.text.empty() || member.value.text.size() > longest_text) {
            report.error(member.value.place, "audit-text", member.key + " is empty or longer than 1000 bytes", "write one line");
        } else {
            *slot->text = member.value.text;
        }
    }
    for (const Slot& slot : slots) {
        const bool given = std::ranges::find(table.members, slot.name, &Member::key) != table.members.end();
        if (slot.required && !given) report.error(table.place, "audit-missing", "a " + std::string(what) + " needs " + quote(slot.name), "add " + std::string(slot.name) + " = \"…\"");
    }
}

template <class T>
Decoded<std::vector<T>> decode(std::string_view text, std::string_view file, std::string_view what,
                               const std::function<void(const Node&, T&, DocumentErrors&)>& entry) {
    DocumentErrors report{std::string(file)};
    Decoded<std::vector<T>> out;
    Node root;
    std::vector<T> all;
    if (profile::check_text(text, report) && profile::parse_document(text, root, report)) {
        for (const Member& member : root.members) {
            if (member.key != what) {
                report.error(member.place, "audit-key", "unknown key " + quote(member.key), "this file is a list of [[" + std::string(what) + "]]");
            } else if (member.value.kind != Node::Kind::array) {
                report.error(member.value.place, "audit-type", std::string(what) + " is a list of tables, found " + std::string(kind_name(member.value.kind)),
                             "write [[" + std::string(what) + "]] above each");
            } else {
                for (const Node& item : member.value.items) {
                    T& one = all.emplace_back();
                    one.place = report.span(item.place);
                    entry(item, one, report);
                    if (report.full()) break;
                }
            }
        }
    }
    out.diagnostics = report.take();
    if (!has_errors(out.diagnostics)) out.value = std::move(all);
    return out;
}

}  // namespace

Decoded<std::vector<Waiver>> decode_waivers(std::string_view text, std::string_view file) {
    return decode<Waiver>(text, file, "waiver", [](const Node& table, Waiver& waiver, DocumentErrors& report) {
        decode_entry(table, "waiver",
                     {{"machine", &waiver.machine, true}, {"setting", &waiver.setting, false}, {"rule", &waiver.rule, false},
                      {"reason", &waiver.reason, true}, {"until", &waiver.until, true}},
                     report);
        if (table.kind != Node::Kind::table) return;
        if (waiver.setting.empty() == waiver.rule.empty()) {
            report.error(table.place, "audit-missing", "a waiver names either a setting or a rule of lint", "add setting = \"…\" or rule = \"…\"");
        }
        if (!waiver.until.empty() && !is_day(waiver.until)) {
            report.error(table.place, "audit-day", quote(waiver.until) + " is not a day", "write until = \"2027-03-31\"");
        }
    });
}

Decoded<std::vector<MachineGroup>> decode_mapping(std::string_view text, std::string_view file) {
    return decode<MachineGroup>(text, file, "group", [](const Node& table, MachineGroup& group, DocumentErrors& report) {
        decode_entry(table, "group", {{"name", &group.name, false}, {"match", &group.match, true}, {"profile", &group.profile, true}}, report);
        if (group.name.empty()) group.name = group.match;
    });
}

}  // namespace schancfg::codec
