#include "profile_computed.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "profile_words.hpp"
#include "schancfg/facts/cipher_suites.hpp"
#include "schancfg/facts/curves.hpp"
#include "schancfg/schannel/computed_list.hpp"
#include "schancfg/schannel/spelling.hpp"
#include "schancfg/text.hpp"

namespace schancfg::codec::profile {
namespace {

using schannel::ComputedList;
using schannel::WriteList;

void unknown_pattern(const Node& item, WriteList::Kind kind, DocumentErrors& report) {
    const bool curves = kind == WriteList::Kind::curves;
    if (schannel::is_glob(item.text) || item.text.size() > longest_pattern) {
        report.error(item.place, "profile-unknown-name",
                     std::string("no release has ") + (curves ? "an elliptic curve" : "a cipher suite") + " that matches " + quote(item.text),
                     curves ? "write names of Windows, or patterns such as \"brainpool*\"" : "write names of Windows, or patterns such as \"TLS_RSA_*\"");
        return;
    }
    std::vector<std::string_view> candidates;
    if (curves) {
        for (const facts::Curve& curve : facts::curves()) candidates.push_back(curve.name);
    } else {
        for (const facts::CipherSuite& suite : facts::cipher_suites()) {
            if (suite.in_schannel) candidates.push_back(suite.name);
        }
    }
    unknown_word(report, item.place, curves ? "unknown elliptic curve" : "unknown cipher suite", item.text, candidates);
}

std::vector<ComputedList::Pattern> decode_patterns(const std::string& what, const Node& value, WriteList::Kind kind, DocumentErrors& report) {
    std::vector<ComputedList::Pattern> patterns;
    if (value.kind != Node::Kind::array) {
        wrong_type(report, value.place, what, value, "write a list of names and patterns such as \"TLS_RSA_*\"");
        return patterns;
    }
    if (value.items.size() > most_patterns) {
        report.error(value.place, "profile-out-of-range",
                     what + " has " + std::to_string(value.items.size()) + " items", "write at most " + std::to_string(most_patterns));
        return patterns;
    }
    for (const Node* item : decode_strings(what, value, report)) {
        if (item->text.size() > longest_pattern || !schannel::matches_any_release(kind, item->text)) {
            unknown_pattern(*item, kind, report);
        } else {
            patterns.push_back({item->text, report.span(item->place)});
        }
    }
    return patterns;
}

// A name that one list takes out and the other puts first.
void refuse_both(const ComputedList& list, DocumentErrors& report) {
    for (const ComputedList::Pattern& name : list.first) {
        if (schannel::is_glob(name.text)) continue;
        const auto out = std::ranges::find_if(
            list.without, [&](const ComputedList::Pattern& pattern) { return schannel::matches(pattern.text, name.text); });
        if (out == list.without.end()) continue;
        report.error({name.place.line, name.place.column}, "profile-duplicate",
                     quote(name.text) + " is in first, and " + quote(out->text) + " in line " + std::to_string(out->place.line) + " takes it out",
                     "keep one of them");
    }
}

}  // namespace

bool is_computed_key(std::string_view key) { return std::ranges::find(computed_keys, key) != std::end(computed_keys); }

bool is_computable(const schannel::Setting& setting) {
    return setting.form == schannel::Form::suites || setting.form == schannel::Form::curves;
}

void decode_computed_list(std::string_view what, const schannel::Setting& setting, const Node& table, DocumentErrors& report, Drafts& drafts) {
    ComputedList list;
    list.kind = setting.form == schannel::Form::curves ? WriteList::Kind::curves : WriteList::Kind::cipher_suites;
    list.form = setting.list_form;
    const Member* given = nullptr;
    for (const Member& member : table.members) {
        if (!is_computed_key(member.key)) continue;
        if (given == nullptr) given = &member;
        auto& patterns = member.key == "first" ? list.first : list.without;
        patterns = decode_patterns(std::string(what) + "." + member.key, member.value, list.kind, report);
    }
    if (given == nullptr) return;
    const auto order = std::ranges::find(table.members, "order", &Member::key);
    if (order != table.members.end()) {
        report.error(std::max(order->place, given->place), "profile-duplicate", std::string(what) + " has both order and " + given->key,
                     "keep order, or compute the list with without and first");
        return;
    }
    refuse_both(list, report);
    if (list.without.empty() && list.first.empty()) return;
    drafts.push_back({.entry = {.key = setting.key,
                                .value_name = setting.value_name,
                                .what = std::move(list),
                                .protocol = {},
                                .raw = false,
                                .origin = report.span(given->place)},
                      .detail = setting.path().size(),
                      .place = given->place});
}

}  // namespace schancfg::codec::profile
