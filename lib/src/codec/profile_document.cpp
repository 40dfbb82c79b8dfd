#include "profile_document.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "schancfg/codec/profile_toml.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::codec::profile {
namespace {

// The deepest thing a profile says is five levels. The parser recurses with values and with the parts of a dotted key.
constexpr int max_nesting = 32;
// A profile that sets everything there is has some 600 keys and list items. A megabyte of them would cost seconds.
constexpr int max_items = 10000;

Place place_of(std::string_view text, std::size_t offset) {
    Place place{1, 1};
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

bool fail_text(std::string_view text, std::size_t offset, std::string message, std::string fix, Report& report) {
    report.error(place_of(text, offset), "profile-text", std::move(message), std::move(fix));
    return false;
}

// TOML allows a tab, a line feed, and a carriage return before a line feed.
bool is_forbidden(std::string_view text, std::size_t at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte == '\r') return at + 1 >= text.size() || text[at + 1] != '\n';
    return (byte < 0x20 && byte != '\t' && byte != '\n') || byte == 0x7F;
}

// Walks a TOML text up to its first syntax error: knows strings and comments, so that what is in them does not count.
class Extent {
public:
    explicit Extent(std::string_view text) : text_(text) {}

    [[nodiscard]] bool too_many() const { return items_ > max_items; }
    [[nodiscard]] bool bad_header() const { return bad_header_; }

    /// Offset of the first place that is nested too deeply, has too much before it or begins a table without a name, or npos.
    std::size_t find_excess() {
        while (at_ < text_.size()) {
            const char c = text_[at_];
            if (c == '[' && depth_ == 0 && begins_line_) {
                if (const std::size_t bad = check_header(); bad != std::string_view::npos) return bad;
            }
            begins_line_ = c == '\n' || (begins_line_ && (c == ' ' || c == '\t' || c == '\r'));
            if (c == '#') {
                at_ = std::min(text_.find('\n', at_), text_.size());
            } else if (c == '"' || c == '\'') {
                skip_string(c);
            } else {
                count(c);
                if (depth_ > max_nesting || parts_ > max_nesting || too_many()) return at_;
                ++at_;
            }
        }
        return std::string_view::npos;
    }

private:
    // toml++ 3.3 asserts that a name follows the brackets of a table; `[` 0x01, `[#` and `[[[` reach that.
    std::size_t check_header() {
        const auto skip_blanks = [&](std::size_t at) {
            while (at < text_.size() && (text_[at] == ' ' || text_[at] == '\t')) ++at;
            return at;
        };
        const bool is_array = text_.substr(at_).starts_with("[[");
        const std::size_t at = skip_blanks(at_ + (is_array ? 2 : 1));
        if (at >= text_.size()) return std::string_view::npos;
        const char c = text_[at];
        const bool is_name = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
                             c == '"' || c == '\'';
        if (is_name || c == ']') return std::string_view::npos;
        bad_header_ = true;
        return at;
    }

    void count(char c) {
        if (c == '[' || c == '{') ++depth_;
        if ((c == ']' || c == '}') && depth_ > 0) --depth_;
        if (c == '=' || c == ',' || c == '[') ++items_;
        if (c == '.') {
            ++parts_;
        } else if (c == '\n' || c == '=' || c == ',' || c == '[' || c == ']' || c == '{' || c == '}') {
            parts_ = 0;
        }
    }

    void skip_string(char quote) {
        const std::array<char, 3> three{quote, quote, quote};
        const std::string_view triple(three.data(), three.size());
        const bool multi_line = text_.substr(at_).starts_with(triple);
        const bool escapes = quote == '"';
        at_ += multi_line ? 3 : 1;
        while (at_ < text_.size()) {
            if (escapes && text_[at_] == '\\') {
                at_ += 2;
            } else if (multi_line && text_.substr(at_).starts_with(triple)) {
                at_ += 3;
                // A closing delimiter may have up to two quotes of the string before it.
                while (at_ < text_.size() && text_[at_] == quote) ++at_;
                return;
            } else if (!multi_line && (text_[at_] == quote || text_[at_] == '\n')) {
                ++at_;
                return;
            } else {
                ++at_;
            }
        }
    }

    std::string_view text_;
    std::size_t at_ = 0;
    int depth_ = 0;
    int parts_ = 0;
    int items_ = 0;
    bool begins_line_ = true;
    bool bad_header_ = false;
};

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

void Report::error(Place place, std::string_view rule, std::string message, std::string fix) {
    if (full()) {
        leave_out();
        return;
    }
    diagnostics_.push_back({std::string(rule), Severity::error, span(place), std::move(message), std::move(fix)});
}

Diagnostics Report::take() {
    std::ranges::stable_sort(diagnostics_, [](const Diagnostic& a, const Diagnostic& b) {
        return Place{a.span.line, a.span.column} < Place{b.span.line, b.span.column};
    });
    if (cut_) {
        const Span last = diagnostics_.back().span;
        diagnostics_.push_back({"profile-too-many-errors", Severity::error, last,
                                "there are more errors than these " + std::to_string(limit), "mend these first"});
    }
    return std::move(diagnostics_);
}

bool check_text(std::string_view text, Report& report) {
    if (text.size() > profile_max_size) {
        report.error({1, 1}, "profile-text", "the file is larger than 1 MB", "a profile has at most 1,048,576 bytes");
        return false;
    }
    if (const std::size_t at = utf::find_invalid_utf8(text); at != std::string_view::npos) {
        return fail_text(text, at, "this is no valid UTF-8", "save the file as UTF-8", report);
    }
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (!is_forbidden(text, at)) continue;
        std::array<char, 8> number{};
        std::snprintf(number.data(), number.size(), "U+%04X", static_cast<unsigned char>(text[at]));
        return fail_text(text, at, "found the control character " + std::string(number.data()),
                         "TOML allows none but tabs and line ends; in a string write them as \\u001b", report);
    }
    Extent extent(text);
    if (const std::size_t at = extent.find_excess(); at != std::string_view::npos) {
        if (extent.bad_header()) {
            report.error(place_of(text, at), "profile-syntax", "this is no TOML", "a table is named between its brackets");
            return false;
        }
        if (extent.too_many()) {
            return fail_text(text, at, "more than 10,000 keys and list items", "no profile needs that many", report);
        }
        return fail_text(text, at, "nested deeper than 32 levels", "a profile needs five at most", report);
    }
    return true;
}

}  // namespace schancfg::codec::profile
