#include "schancfg/lint/allow.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "schancfg/nearest.hpp"
#include "schancfg/text.hpp"
#include "words.hpp"

namespace schancfg::lint {
namespace {

constexpr std::string_view marker = "schancfg:";

struct Comment {
    std::string_view text;     ///< behind `#` or `;`
    std::uint32_t line = 0, column = 0;
};

std::string_view take_word(std::string_view& text) {
    text = trimmed(text);
    const std::size_t end = std::min(text.find_first_of(" \t"), text.size());
    const std::string_view word = text.substr(0, end);
    text = trimmed(text.substr(end));
    return word;
}

/// Columns count characters, from 1.
std::uint32_t column_of(std::string_view line, std::size_t at) {
    const auto starts = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
    return 1 + static_cast<std::uint32_t>(std::ranges::count_if(line.substr(0, at), starts));
}

/// Finds where comments start: outside of strings, which in TOML may go over several lines.
class CommentScan {
public:
    explicit CommentScan(CommentSyntax syntax) : syntax_(syntax) {}

    /// Position of the `#` or `;` of this line, or npos.
    std::size_t comment_of(std::string_view line) { return syntax_ == CommentSyntax::toml ? toml(line) : reg(line); }

private:
    std::size_t toml(std::string_view line) {
        for (std::size_t at = 0; at < line.size();) {
            if (quote_ != 0) {
                at = inside(line, at);
                continue;
            }
            const char c = line[at];
            if (c == '#') return at;
            if (c != '"' && c != '\'') {
                ++at;
                continue;
            }
            quote_ = c;
            multi_line_ = line.substr(at).starts_with(std::string(3, c));
            at += multi_line_ ? 3 : 1;
        }
        if (!multi_line_) quote_ = 0;  // the line is not TOML then; the next one starts afresh
        return std::string_view::npos;
    }

    /// Moves behind one character of a string, or behind its end.
    std::size_t inside(std::string_view line, std::size_t at) {
        if (line[at] == '\\' && quote_ == '"') return at + 2;
        if (line[at] != quote_) return at + 1;
        if (!multi_line_) {
            quote_ = 0;
            return at + 1;
        }
        if (!line.substr(at).starts_with(std::string(3, quote_))) return at + 1;
        // Up to two quotation marks may stand right before the three that end it.
        const std::size_t run = std::min(line.find_first_not_of(quote_, at), line.size()) - at;
        quote_ = 0;
        multi_line_ = false;
        return at + std::min<std::size_t>(run, 5);
    }

    static std::size_t reg(std::string_view line) {
        std::size_t at = 0;
        // The name of a key may hold a semicolon; it ends at the last bracket.
        if (trimmed(line).starts_with('[')) {
            const std::size_t end = line.rfind(']');
            if (end != std::string_view::npos) at = end;
        }
        bool quoted = false;
        for (; at < line.size(); ++at) {
            if (line[at] == '\\' && quoted) {
                ++at;
            } else if (line[at] == '"') {
                quoted = !quoted;
            } else if (line[at] == ';' && !quoted) {
                return at;
            }
        }
        return std::string_view::npos;
    }

    CommentSyntax syntax_;
    char quote_ = 0;
    bool multi_line_ = false;
};

class AllowComments {
public:
    AllowComments(std::string_view file, Findings& findings) : file_(file), findings_(findings) {}

    /// What the comment allows; nullptr: nothing.
    const LintRule* read(const Comment& comment) {
        std::string_view text = trimmed(comment.text);
        if (!text.starts_with(marker)) return nullptr;
        text.remove_prefix(marker.size());
        const std::string_view verb = take_word(text);
        // A `.reg` file that leaves nothing out says so (codec::reg_whole_comment).
        if (verb == "complete,") return nullptr;
        if (verb != "allow") {
            report(Rule::allow_malformed, comment, "a comment for schancfg says " + (verb.empty() ? "nothing" : quote(verb)) +
                                                   "; it knows `allow RULE reason`");
            return nullptr;
        }
        const std::string_view id = take_word(text);
        const LintRule* rule = find_lint_rule(id);
        if (id.empty()) {
            report(Rule::allow_malformed, comment, "an allow comment names no rule");
        } else if (rule == nullptr || is_of_files(*rule)) {
            const std::string_view near = nearest(id, lint_rules(), &LintRule::id);
            report(Rule::allow_unknown_rule, comment, "there is no rule " + quote(id) +
                                                      (near.empty() ? "" : "; did you mean " + quote(near) + "?"));
        } else if (text.empty()) {
            report(Rule::allow_without_reason, comment, "an allow comment for " + std::string(id) + " gives no reason");
        } else {
            return rule;
        }
        return nullptr;
    }

private:
    void report(Rule rule, const Comment& comment, std::string message) {
        Finding finding;
        finding.rule = &lint_rule(rule);
        finding.severity = finding.rule->severity;
        finding.place = {std::string(file_), comment.line, comment.column};
        finding.message = std::move(message);
        finding.fix = finding.rule->fix;
        findings_.push_back(std::move(finding));
    }

    std::string_view file_;
    Findings& findings_;
};

}  // namespace

void apply_allow_comments(Findings& findings, std::string_view file, std::string_view text, CommentSyntax syntax) {
    if (text.find(marker) == std::string_view::npos) return;
    Findings wrong;
    AllowComments reader(file, wrong);
    CommentScan scan(syntax);
    std::set<std::pair<std::uint32_t, const LintRule*>> allowed;
    std::vector<const LintRule*> for_next;  // of comments alone on the lines above
    std::uint32_t number = 0;
    while (!text.empty()) {
        ++number;
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (line.ends_with('\r')) line.remove_suffix(1);
        const std::size_t at = scan.comment_of(line);
        const bool alone = at != std::string_view::npos && trimmed(line.substr(0, at)).empty();
        if (!alone) {
            for (const LintRule* rule : for_next) allowed.emplace(number, rule);
            for_next.clear();
        }
        if (at == std::string_view::npos) continue;
        const Comment comment{line.substr(at + 1), number, column_of(line, at)};
        if (const LintRule* rule = reader.read(comment)) {
            if (alone) {
                for_next.push_back(rule);
            } else {
                allowed.emplace(number, rule);
            }
        }
    }
    std::erase_if(findings, [&](const Finding& finding) {
        return finding.place.file == file && allowed.contains({finding.place.line, finding.rule});
    });
    std::ranges::move(wrong, std::back_inserter(findings));
    std::ranges::stable_sort(findings, {}, [](const Finding& each) { return std::tie(each.place.file, each.place.line, each.place.column, each.rule->id); });
}

}  // namespace schancfg::lint
