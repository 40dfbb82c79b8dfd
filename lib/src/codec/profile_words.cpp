#include "profile_words.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <ranges>

#include "schancfg/facts/curves.hpp"
#include "schancfg/facts/groups.hpp"
#include "schancfg/facts/suite_names.hpp"
#include "schancfg/nearest.hpp"
#include "schancfg/schannel/spelling.hpp"
#include "schancfg/text.hpp"
#include "schancfg/utf.hpp"
#include "words.hpp"

namespace schancfg::codec::profile {
namespace {


// More than these and a list of what would be right does not help.
constexpr std::size_t most_listed = 16;

struct Confusable {
    char32_t point;
    char looks_like;  // 0: like nothing
    std::string_view name;
};
// From Unicode's confusables.txt, those that occur in names of Windows; names as in UnicodeData.txt, in lower case.
constexpr Confusable confusables[] = {
    {0x00A0, ' ', "no-break space"}, {0x00AD, 0, "soft hyphen"}, {0x00B7, '.', "middle dot"},
    {0x0391, 'A', "Greek capital alpha"}, {0x0392, 'B', "Greek capital beta"}, {0x0395, 'E', "Greek capital epsilon"},
    {0x0396, 'Z', "Greek capital zeta"}, {0x0397, 'H', "Greek capital eta"}, {0x0399, 'I', "Greek capital iota"},
    {0x039A, 'K', "Greek capital kappa"}, {0x039C, 'M', "Greek capital mu"}, {0x039D, 'N', "Greek capital nu"},
    {0x039F, 'O', "Greek capital omicron"}, {0x03A1, 'P', "Greek capital rho"}, {0x03A4, 'T', "Greek capital tau"},
    {0x03A5, 'Y', "Greek capital upsilon"}, {0x03A7, 'X', "Greek capital chi"}, {0x03BF, 'o', "Greek small omicron"},
    {0x0405, 'S', "Cyrillic capital dze"}, {0x0406, 'I', "Cyrillic capital Ukrainian i"}, {0x0408, 'J', "Cyrillic capital je"},
    {0x0410, 'A', "Cyrillic capital a"}, {0x0412, 'B', "Cyrillic capital ve"}, {0x0415, 'E', "Cyrillic capital ie"},
    {0x041A, 'K', "Cyrillic capital ka"}, {0x041C, 'M', "Cyrillic capital em"}, {0x041D, 'H', "Cyrillic capital en"},
    {0x041E, 'O', "Cyrillic capital o"}, {0x0420, 'P', "Cyrillic capital er"}, {0x0421, 'C', "Cyrillic capital es"},
    {0x0422, 'T', "Cyrillic capital te"}, {0x0423, 'Y', "Cyrillic capital u"}, {0x0425, 'X', "Cyrillic capital ha"},
    {0x0430, 'a', "Cyrillic small a"}, {0x0435, 'e', "Cyrillic small ie"}, {0x043E, 'o', "Cyrillic small o"},
    {0x0440, 'p', "Cyrillic small er"}, {0x0441, 'c', "Cyrillic small es"}, {0x0443, 'y', "Cyrillic small u"},
    {0x0445, 'x', "Cyrillic small ha"}, {0x0455, 's', "Cyrillic small dze"},
    {0x0456, 'i', "Cyrillic small Byelorussian-Ukrainian i"}, {0x0458, 'j', "Cyrillic small je"},
    {0x0501, 'd', "Cyrillic small komi de"}, {0x200B, 0, "zero width space"}, {0x200C, 0, "zero width non-joiner"},
    {0x200D, 0, "zero width joiner"}, {0x2010, '-', "hyphen"}, {0x2011, '-', "non-breaking hyphen"},
    {0x2012, '-', "figure dash"}, {0x2013, '-', "en dash"}, {0x2014, '-', "em dash"}, {0x2024, '.', "one dot leader"},
    {0x2044, '/', "fraction slash"}, {0x2060, 0, "word joiner"}, {0x2212, '-', "minus sign"},
    {0x2215, '/', "division slash"}, {0x2571, '/', "box drawings light diagonal"}, {0x29F8, '/', "big solidus"},
    {0xFE63, '-', "small hyphen-minus"}, {0xFEFF, 0, "zero width no-break space"},
};

bool is_wide_space(char32_t point) {
    return (point >= 0x2000 && point <= 0x200A) || point == 0x202F || point == 0x205F || point == 0x3000;
}

// What a character is and what it looks like, where that is known.
struct Found {
    std::optional<char> looks_like;
    std::string_view name;
};
Found describe(char32_t point) {
    const auto* row = std::ranges::find(confusables, point, &Confusable::point);
    if (row != std::end(confusables)) return {row->looks_like, row->name};
    if (is_wide_space(point)) return {' ', "a space that is not U+0020"};
    if (point >= 0xFF01 && point <= 0xFF5E) return {static_cast<char>(point - 0xFEE0), "a fullwidth form"};
    return {std::nullopt, {}};
}

std::string code_point(char32_t point) {
    std::array<char, 12> text{};
    std::snprintf(text.data(), text.size(), "U+%04X", static_cast<unsigned>(point));
    return text.data();
}

}  // namespace

std::string any_of(std::span<const std::string_view> words) {
    return series(words | std::views::transform([](std::string_view word) { return quote(word); }), " or ");
}

std::optional<Lookalike> find_lookalike(std::string_view word) {
    std::optional<Lookalike> found;
    std::string plain;
    bool replaced_all = true;
    for (std::size_t at = 0; at < word.size();) {
        const char32_t point = utf::next_code_point(word, at);
        if (point < 0x80) {
            plain += static_cast<char>(point);
            continue;
        }
        const Found what = describe(point);
        if (!found) {
            found.emplace();
            found->description = code_point(point);
            if (!what.name.empty()) found->description += " (" + std::string(what.name) + ")";
        }
        replaced_all = replaced_all && what.looks_like.has_value();
        if (what.looks_like && *what.looks_like != 0) plain += *what.looks_like;
    }
    if (found) {
        found->plain = std::move(plain);
        found->replaced_all = replaced_all;
    }
    return found;
}

/// What OpenSSL, GnuTLS, IANA or people call a suite or a curve, as Windows spells it; empty: not among the candidates.
std::string_view windows_name(std::string_view word, std::span<const std::string_view> candidates) {
    const auto among = [&](std::string_view name) { return std::ranges::find(candidates, name) != candidates.end(); };
    for (const facts::CipherSuite* suite : facts::find_suites(word)) {
        if (among(suite->name)) return suite->name;
    }
    const facts::Group* group = facts::find_group(word);
    if (group == nullptr) return {};
    for (const facts::Curve& curve : facts::curves()) {
        if (facts::find_group(curve.iana_name) == group && among(curve.name)) return curve.name;
    }
    return {};
}

void unknown_word(DocumentErrors& report, DocumentPlace place, std::string_view complaint, std::string_view word,
                  std::span<const std::string_view> candidates, std::string otherwise) {
    if (report.full()) {
        report.leave_out();
        return;
    }
    std::string_view near = nearest(word, candidates);
    if (const auto lookalike = find_lookalike(word)) {
        std::string fix = "names hold ASCII characters only";
        const auto meant = std::ranges::find_if(
            candidates, [&](std::string_view candidate) { return utf::equal_no_case(candidate, lookalike->plain); });
        if (meant != candidates.end()) near = *meant;
        if (!near.empty()) fix = "write " + quote(near) + " in ASCII characters";
        report.error(place, "profile-lookalike", quote(word) + " holds " + lookalike->description, std::move(fix));
        return;
    }
    std::string fix = std::move(otherwise);
    if (const std::string_view own = windows_name(word, candidates); !own.empty()) {
        fix = "Windows calls it " + quote(own);
    } else if (!near.empty()) {
        fix = "did you mean " + quote(near) + "?";
    } else if (fix.empty() && candidates.size() <= most_listed) {
        fix = "known here: " + any_of(candidates);
    } else if (fix.empty()) {
        fix = "known here are " + std::to_string(candidates.size()) + " names such as " + quote(candidates.front());
    }
    report.error(place, "profile-unknown-name", std::string(complaint) + " " + quote(word), std::move(fix));
}

bool is_reserved(std::string_view word) { return std::ranges::find(reserved_words, word) != std::end(reserved_words); }

void wrong_type(DocumentErrors& report, DocumentPlace place, std::string_view what, const Node& found, std::string fix) {
    report.error(place, "profile-wrong-type", std::string(what) + " is " + std::string(kind_name(found.kind)), std::move(fix));
}

bool is_text(char32_t point, bool may_have_lines) {
    if (point == '\n' || point == '\t' || point == '\r') return may_have_lines;
    const bool blank = point == 0xA0 || point == 0x1680 || (point >= 0x2000 && point <= 0x200A) || point == 0x202F || point == 0x205F || point == 0x3000;
    return blank || (point >= 0xFE00 && point <= 0xFE0F) || !is_unprintable(point);
}

std::vector<const Node*> decode_strings(std::string_view what, const Node& list, DocumentErrors& report) {
    std::vector<const Node*> strings;
    if (list.items.empty()) {
        report.error(list.place, "profile-empty-list", std::string(what) + " is an empty list",
                     "name at least one, or write \"default\"");
    }
    std::map<std::string_view, DocumentPlace> seen;
    for (const Node& item : list.items) {
        if (item.kind != Node::Kind::string) {
            wrong_type(report, item.place, "an item of " + std::string(what), item, "write strings only");
            continue;
        }
        const auto [first, is_new] = seen.emplace(item.text, item.place);
        if (is_new) {
            strings.push_back(&item);
        } else {
            report.error(item.place, "profile-duplicate",
                         quote(item.text) + " is listed twice, first in line " + std::to_string(first->second.line),
                         "name it once");
        }
    }
    return strings;
}

}  // namespace schancfg::codec::profile
