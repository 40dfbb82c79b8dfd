#include "profile_document.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "schancfg/ascii.hpp"
#include "schancfg/codec/profile_toml.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::codec::profile {
namespace {

// The deepest thing a profile says is five levels. The parser recurses with values and with the parts of a dotted key.
constexpr int max_nesting = 32;
// A profile that sets everything there is has some 600 keys and list items. A megabyte of them would cost seconds.
constexpr int max_items = 10000;

DocumentPlace place_of(std::string_view text, std::size_t offset) {
    DocumentPlace place{1, 1};
    for (std::size_t at = 0; at < offset;) {
        if (utf::next_code_point(text, at) == '\n') {
            ++place.line;
            place.column = 1;
        } else {
            ++place.column;
        }
    }
    return place;
}

bool fail_text(std::string_view text, std::size_t offset, std::string message, std::string fix, DocumentErrors& report) {
    report.error(place_of(text, offset), "profile-text", std::move(message), std::move(fix));
    return false;
}

// TOML allows a tab, a line feed, and a carriage return before a line feed.
bool is_forbidden(std::string_view text, std::size_t at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte == '\r') return at + 1 >= text.size() || text[at + 1] != '\n';
    return (byte < 0x20 && byte != '\t' && byte != '\n') || byte == 0x7F;
}

// Walks a TOML text up to its first syntax error: knows strings and comments, so that what is in them does not count. Besides
// nesting and number of items it finds what toml++ 3.3 asserts on or takes for unreachable.
class Scan {
public:
    enum class Finding : std::uint8_t { nothing, too_deep, too_many, no_table_name, not_ascii, continued_not_ascii };

    explicit Scan(std::string_view text) : text_(text) {}

    /// The first finding; `at()` is its offset.
    Finding run() {
        while (at_ < text_.size() && finding_ == Finding::nothing) {
            const char c = text_[at_];
            if (c == '[' && depth_ == 0 && begins_line_ && !check_header()) break;
            begins_line_ = c == '\n' || (begins_line_ && (is_blank(c) || c == '\r'));
            if (c == '#') {
                at_ = std::min(text_.find('\n', at_), text_.size());
            } else if (c == '"' || c == '\'') {
                skip_string(c);
            } else if (!is_ascii(c)) {
                // Its test for white space has no answer for most of U+00A0 to U+FEFF. TOML 1.0 has them in strings and comments only.
                finding_ = Finding::not_ascii;
            } else if (count(c)) {
                ++at_;
            }
        }
        return finding_;
    }
    [[nodiscard]] std::size_t at() const { return at_; }

private:
    static bool is_blank(char c) { return c == ' ' || c == '\t'; }
    static bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

    // It asserts that a name follows the brackets of a table; `[` 0x01, `[#` and `[[[` reach that.
    bool check_header() {
        std::size_t at = at_ + (text_.substr(at_).starts_with("[[") ? 2 : 1);
        while (at < text_.size() && is_blank(text_[at])) ++at;
        if (at >= text_.size()) return true;
        const char c = text_[at];
        if (ascii::is_alphanumeric(c) || c == '_' || c == '-' || c == '"' ||
            c == '\'' || c == ']') {
            return true;
        }
        at_ = at;
        finding_ = Finding::no_table_name;
        return false;
    }

    bool count(char c) {
        if (c == '[' || c == '{') ++depth_;
        if ((c == ']' || c == '}') && depth_ > 0) --depth_;
        if (c == '=' || c == ',' || c == '[') ++items_;
        if (c == '.') {
            ++parts_;
        } else if (c == '\n' || c == '=' || c == ',' || c == '[' || c == ']' || c == '{' || c == '}') {
            parts_ = 0;
        }
        if (depth_ > max_nesting || parts_ > max_nesting) finding_ = Finding::too_deep;
        if (items_ > max_items) finding_ = Finding::too_many;
        return finding_ == Finding::nothing;
    }

    // The same test for white space is made of what follows a backslash in a multi-line string, also on the next line.
    bool check_continuation() {
        std::size_t at = at_ + 1;
        while (at < text_.size() && (is_blank(text_[at]) || text_[at] == '\r' || text_[at] == '\n')) ++at;
        if (at >= text_.size() || is_ascii(text_[at])) return true;
        at_ = at;
        finding_ = Finding::continued_not_ascii;
        return false;
    }

    void skip_string(char quote) {
        const std::array<char, 3> three{quote, quote, quote};
        const std::string_view triple(three.data(), three.size());
        const bool multi_line = text_.substr(at_).starts_with(triple);
        const bool escapes = quote == '"';
        at_ += multi_line ? 3 : 1;
        while (at_ < text_.size()) {
            if (escapes && text_[at_] == '\\') {
                if (multi_line && !check_continuation()) return;
                at_ += 2;
            } else if (multi_line && text_.substr(at_).starts_with(triple)) {
                at_ += 3;
                // A closing delimiter may have up to two quotes of the string before it.
                while (at_ < text_.size() && text_[at_] == quote) ++at_;
                return;
            } else if (!multi_line && text_[at_] == '\n') {
                return;  // never closed: a syntax error
            } else if (!multi_line && text_[at_] == quote) {
                ++at_;
                return;
            } else {
                ++at_;
            }
        }
    }

    std::string_view text_;
    std::size_t at_ = 0;
    Finding finding_ = Finding::nothing;
    int depth_ = 0;
    int parts_ = 0;
    int items_ = 0;
    bool begins_line_ = true;
};

bool check_structure(std::string_view text, DocumentErrors& report) {
    Scan scan(text);
    const Scan::Finding finding = scan.run();
    const auto fail = [&](const char* rule, const char* message, const char* fix) {
        report.error(place_of(text, scan.at()), rule, message, fix);
        return false;
    };
    switch (finding) {
        case Scan::Finding::too_deep: return fail("profile-text", "nested deeper than 32 levels", "a profile needs five at most");
        case Scan::Finding::too_many:
            return fail("profile-text", "more than 10,000 keys and list items", "no profile needs that many");
        case Scan::Finding::no_table_name:
            return fail("profile-syntax", "this is not TOML", "a table is named between its brackets");
        case Scan::Finding::not_ascii:
            return fail("profile-syntax", "this is not TOML", "characters outside of ASCII stand in quotes or comments");
        case Scan::Finding::continued_not_ascii:
            return fail("profile-syntax", "a backslash is followed by a character outside of ASCII",
                        "write that character as \\u and four hex digits");
        case Scan::Finding::nothing: break;
    }
    return true;
}

}  // namespace

std::string_view kind_name(Node::Kind kind) {
    switch (kind) {
        case Node::Kind::table: return "a table";
        case Node::Kind::array: return "a list";
        case Node::Kind::string: return "a string";
        case Node::Kind::integer: return "a number";
        case Node::Kind::boolean: return "a boolean";
        case Node::Kind::other: break;
    }
    return "a decimal number, date or time";
}

void DocumentErrors::error(DocumentPlace place, std::string_view rule, std::string message, std::string fix) {
    if (full()) {
        leave_out();
        return;
    }
    diagnostics_.push_back({std::string(rule), Severity::error, span(place), std::move(message), std::move(fix)});
}

Diagnostics DocumentErrors::take() {
    std::ranges::stable_sort(diagnostics_, [](const Diagnostic& a, const Diagnostic& b) {
        return DocumentPlace{a.span.line, a.span.column} < DocumentPlace{b.span.line, b.span.column};
    });
    if (cut_) {
        const Span last = diagnostics_.back().span;
        diagnostics_.push_back({"profile-too-many-errors", Severity::error, last,
                                "there are more errors than these " + std::to_string(limit), "fix these first"});
    }
    return std::move(diagnostics_);
}

bool check_text(std::string_view text, DocumentErrors& report) {
    if (text.size() > profile_max_size) {
        report.error({1, 1}, "profile-text", "the file is larger than 1 MB", "a profile has at most 1,048,576 bytes");
        return false;
    }
    if (const std::size_t at = utf::find_invalid_utf8(text); at != std::string_view::npos) {
        return fail_text(text, at, "this is not valid UTF-8", "save the file as UTF-8", report);
    }
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (!is_forbidden(text, at)) continue;
        std::array<char, 8> number{};
        std::snprintf(number.data(), number.size(), "U+%04X", static_cast<unsigned char>(text[at]));
        return fail_text(text, at, "found the control character " + std::string(number.data()),
                         "TOML allows none but tabs and line ends; in a string write them as \\u001b", report);
    }
    return check_structure(text, report);
}

}  // namespace schancfg::codec::profile
