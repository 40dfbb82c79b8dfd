#include "codec/reg_text_report.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

#include "schancfg/utf.hpp"

namespace schancfg::codec::reg_text {
namespace {

constexpr std::size_t most = 1000;
constexpr std::size_t longest_quote = 80;

// Control characters, marks that turn the direction of writing, and what is not a character at all.
bool is_unprintable(char32_t point) {
    return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0x061C || (point >= 0x200B && point <= 0x200F) ||
           (point >= 0x2028 && point <= 0x202E) || (point >= 0x2060 && point <= 0x206F) || (point >= 0xD800 && point < 0xE000) ||
           point == 0xFEFF || (point & 0xFFFE) == 0xFFFE;
}

}  // namespace

std::string quoted(std::string_view text) {
    std::string out = "\"";
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size(); ++count) {
        if (count == longest_quote) {
            out += "...";
            break;
        }
        const char32_t point = utf::next_code_point(text, at);
        if (is_unprintable(point)) {
            std::array<char, 16> spelled{};
            std::snprintf(spelled.data(), spelled.size(), "<U+%04X>", static_cast<unsigned>(point));
            out += spelled.data();
        } else {
            utf::append_utf8(out, point);
        }
    }
    return out + '"';
}

void Report::error(std::string_view rule, std::uint32_t line, std::uint32_t column, std::string message, std::string fix) {
    errors_ = true;
    end_ = {std::string(rule), Severity::error, {file_, line, column}, std::move(message), std::move(fix)};
}

void Report::skipped(std::string_view rule, std::uint32_t line, std::uint32_t column, std::string message, std::string fix) {
    errors_ = errors_ || strict_;
    add({std::string(rule), strict_ ? Severity::error : Severity::warning, {file_, line, column}, std::move(message),
         std::move(fix)});
}

void Report::warning(std::string_view rule, std::uint32_t line, std::uint32_t column, std::string message, std::string fix) {
    add({std::string(rule), Severity::warning, {file_, line, column}, std::move(message), std::move(fix)});
}

void Report::add(Diagnostic diagnostic) {
    if (all_.size() < most - 1) {
        all_.push_back(std::move(diagnostic));
        return;
    }
    if (more_++ == 0) more_from_ = diagnostic.span.line;
    worst_of_more_ = std::max(worst_of_more_, diagnostic.severity);
}

Diagnostics Report::take() {
    if (end_) all_.push_back(*std::move(end_));
    if (more_ > 0) {
        all_.push_back({"reg-more", worst_of_more_, {file_, more_from_, 0},
                        std::to_string(more_) + " more warnings from this line on", "fix the first ones and read the file again"});
    }
    return std::move(all_);
}

}  // namespace schancfg::codec::reg_text
