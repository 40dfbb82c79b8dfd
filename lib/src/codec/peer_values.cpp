#include "peer_values.hpp"

#include <algorithm>

#include "profile_sections.hpp"
#include "profile_words.hpp"
#include "schancfg/facts/groups.hpp"
#include "schancfg/schannel/spelling.hpp"
#include "schancfg/text.hpp"
#include "schancfg/utf.hpp"
#include "scan_words.hpp"

namespace schancfg::codec {

using namespace profile;

void PeerValues::text(std::string_view what, const Node& value, bool may_have_lines, std::string& out) {
    if (value.kind != Node::Kind::string) return wrong_type(report_, value.place, what, value, "write a string");
    for (std::size_t at = 0; at < value.text.size();) {
        const char32_t point = utf::next_code_point(value.text, at);
        if (is_text(point, may_have_lines)) continue;
        report_.error(value.place, "profile-control-character", std::string(what) + " " + quote(value.text) + " holds a control character or one that cannot be seen",
                      may_have_lines ? "use printable characters, tabs and line ends" : "use printable characters");
        return;
    }
    out = value.text;
}

std::vector<const Node*> PeerValues::strings(std::string_view what, const Node& value) {
    const std::string fix = "write a list of strings";
    std::vector<const Node*> found;
    if (value.kind != Node::Kind::array) wrong_type(report_, value.place, what, value, fix);
    else if (value.items.empty()) report_.error(value.place, "profile-empty-list", std::string(what) + " is an empty list", "name at least one, or leave it out: then it is unknown");
    for (const Node& item : value.items) {
        if (item.kind == Node::Kind::string) found.push_back(&item);
        else wrong_type(report_, item.place, what, item, fix);
    }
    return found;
}

bool PeerValues::boolean(std::string_view what, const Node& value, bool otherwise) {
    if (value.kind == Node::Kind::boolean) return value.number != 0;
    wrong_type(report_, value.place, what, value, "write true or false");
    return otherwise;
}

int PeerValues::number(std::string_view what, const Node& value, int most) {
    const std::string fix = "write a number from 1 to " + std::to_string(most);
    if (value.kind != Node::Kind::integer) {
        wrong_type(report_, value.place, what, value, fix);
        return 0;
    }
    if (value.number >= 1 && value.number <= most) return static_cast<int>(value.number);
    report_.error(value.place, "profile-out-of-range", std::string(what) + " is " + std::to_string(value.number), fix);
    return 0;
}

std::string_view PeerValues::one_of(std::string_view what, const Node& value, std::span<const std::string_view> words) {
    if (value.kind != Node::Kind::string) {
        wrong_type(report_, value.place, what, value, "write " + any_of(words));
        return {};
    }
    const auto found = std::ranges::find_if(words, [&](std::string_view word) { return utf::equal_no_case(word, value.text); });
    if (found != words.end()) return *found;
    unknown_word(report_, value.place, std::string(what) + " cannot be", value.text, words);
    return {};
}

std::vector<std::string_view> group_names() {
    std::vector<std::string_view> known;
    for (const facts::Group& group : facts::groups()) {
        known.push_back(group.name);
        for (const std::string_view alias : scan::words_of(group.aliases)) known.push_back(alias);
    }
    return known;
}

std::string_view PeerValues::hash(const Node& item, std::string_view what) {
    const std::string_view name = item.text.size() <= 7 ? scan::hash_name(item.text) : std::string_view();
    if (std::ranges::find(peer_hashes, name) != peer_hashes.end()) return name;
    unknown_word(report_, item.place, std::string(what) + " cannot be", item.text, peer_hashes);
    return {};
}

}  // namespace schancfg::codec
