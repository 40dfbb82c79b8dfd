#include "profile_head.hpp"

#include <algorithm>
#include <set>

#include "profile_sections.hpp"
#include "profile_words.hpp"
#include "schancfg/facts/releases.hpp"
#include "schancfg/schannel/spelling.hpp"
#include "schancfg/text.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::codec::profile {
namespace {

using schannel::WindowsCondition;

constexpr std::string_view windows_fix = "write a condition such as \">= windows-server-2016\", \"client\" or \"server\", or a list";

void decode_text(const Member& member, bool may_have_lines, std::string& out, DocumentErrors& report) {
    if (member.value.kind != Node::Kind::string) {
        return wrong_type(report, member.value.place, member.key, member.value, "write a string");
    }
    const std::string_view text = member.value.text;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t point = utf::next_code_point(text, at);
        if (is_text(point, may_have_lines)) continue;
        report.error(member.value.place, "profile-control-character",
                     member.key + " " + quote(text) + " holds a control character or one that cannot be seen",
                     may_have_lines ? "use printable characters, tabs and line ends" : "use printable characters");
        return;
    }
    out = text;
}

struct Operator {
    std::string_view text;
    WindowsCondition::Kind kind;
};
// The longer ones first: `<=` begins with `<`.
constexpr Operator operators[] = {{"<=", WindowsCondition::Kind::less_equal},
                                  {">=", WindowsCondition::Kind::greater_equal},
                                  {"<", WindowsCondition::Kind::less},
                                  {">", WindowsCondition::Kind::greater},
                                  {"=", WindowsCondition::Kind::equal}};

void decode_condition(const Node& node, Head& head, DocumentErrors& report) {
    if (node.kind != Node::Kind::string) return wrong_type(report, node.place, "windows", node, std::string(windows_fix));
    std::string_view text = node.text;
    const auto trim = [&] {
        while (text.starts_with(' ')) text.remove_prefix(1);
        while (text.ends_with(' ')) text.remove_suffix(1);
    };
    trim();
    WindowsCondition condition;
    condition.origin = report.span(node.place);
    if (text == "client" || text == "server") {
        condition.kind = text == "client" ? WindowsCondition::Kind::client : WindowsCondition::Kind::server;
        head.windows.push_back(std::move(condition));
        return;
    }
    const auto* found = std::ranges::find_if(operators, [&](const Operator& each) { return text.starts_with(each.text); });
    if (found == std::end(operators)) {
        std::string fix(windows_fix);
        if (const facts::Release* release = facts::find_release(text)) fix = "write \"= " + std::string(release->id) + "\"";
        return report.error(node.place, "profile-windows", quote(node.text) + " is not a condition", std::move(fix));
    }
    text.remove_prefix(found->text.size());
    trim();
    const facts::Release* release = facts::find_release(text);
    if (release == nullptr) {
        const std::string_view near = facts::nearest_release(text);
        return report.error(node.place, "profile-windows", "unknown Windows release " + quote(text),
                            near.empty() ? "`schancfg releases` lists them" : "did you mean " + quote(near) + "?");
    }
    condition.kind = found->kind;
    condition.release = release->id;
    head.windows.push_back(std::move(condition));
}

void decode_windows(const Node& value, Head& head, DocumentErrors& report) {
    if (value.kind != Node::Kind::array) return decode_condition(value, head, report);
    if (value.items.empty()) {
        report.error(value.place, "profile-empty-list", "windows is an empty list", std::string(windows_fix));
    }
    for (const Node& item : value.items) decode_condition(item, head, report);
}

void decode_extends(const Node& value, Head& head, DocumentErrors& report) {
    constexpr std::string_view fix = "write a list of profiles: extends = [\"best-practices\"]";
    if (value.kind != Node::Kind::array) return wrong_type(report, value.place, "extends", value, std::string(fix));
    if (value.items.empty()) return;
    for (const Node* item : decode_strings("extends", value, report)) {
        const bool bad = item->text.empty() || item->text.find('\0') != std::string::npos;
        if (bad) {
            report.error(item->place, "profile-extends", quote(item->text) + " is not the name of a profile", std::string(fix));
        } else {
            head.bases.push_back({item->text, item->place});
        }
    }
}

void decode_exact(const Node& value, Head& head, DocumentErrors& report) {
    if (value.kind != Node::Kind::boolean) return wrong_type(report, value.place, "exact", value, "write true or false");
    head.exact = value.number != 0;
}

}  // namespace

bool check_format(const Node& root, DocumentErrors& report) {
    constexpr std::string_view fix = "begin the file with: format = 1";
    const auto found = std::ranges::find(root.members, "format", &Member::key);
    if (found == root.members.end()) {
        report.error({1, 1}, "profile-format", "format is missing", std::string(fix));
        return true;
    }
    if (found->value.kind != Node::Kind::integer) {
        wrong_type(report, found->value.place, "format", found->value, std::string(fix));
        return true;
    }
    if (found->value.number == 1) return true;
    report.error(found->value.place, "profile-format", "format is " + std::to_string(found->value.number),
                 "this program reads format 1");
    return false;
}

void decode_head(const Member& member, Head& head, DocumentErrors& report) {
    if (member.key == "name") decode_text(member, false, head.name, report);
    if (member.key == "description") decode_text(member, true, head.description, report);
    if (member.key == "windows") decode_windows(member.value, head, report);
    if (member.key == "extends") decode_extends(member.value, head, report);
    if (member.key == "exact") decode_exact(member.value, head, report);
}

}  // namespace schancfg::codec::profile
