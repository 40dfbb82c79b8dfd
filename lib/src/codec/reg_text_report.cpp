#include "codec/reg_text_report.hpp"

#include <algorithm>
#include <utility>

#include "schancfg/schannel/managed.hpp"

namespace schancfg::codec::reg_text {
namespace {

constexpr std::size_t most = 1000;

}  // namespace

void RegErrors::error(std::string_view rule, std::uint32_t line, std::uint32_t column, std::string message, std::string fix) {
    errors_ = true;
    end_ = {std::string(rule), Severity::error, {file_, line, column}, std::move(message), std::move(fix)};
}

void RegErrors::skipped(std::string_view rule, std::uint32_t line, std::uint32_t column, std::string message, std::string fix) {
    errors_ = errors_ || strict_;
    add({std::string(rule), strict_ ? Severity::error : Severity::warning, {file_, line, column}, std::move(message),
         std::move(fix)});
}

void RegErrors::warning(std::string_view rule, std::uint32_t line, std::uint32_t column, std::string message, std::string fix) {
    add({std::string(rule), Severity::warning, {file_, line, column}, std::move(message), std::move(fix)});
}

bool RegErrors::is_elsewhere() {
    if (!entered_) return false;
    if (!elsewhere_) elsewhere_ = !schannel::is_managed(registry::KeyPath(root_, path_));
    return *elsewhere_;
}

void RegErrors::add(Diagnostic diagnostic) {
    if (diagnostic.severity != Severity::error && is_elsewhere()) {
        if (count_++ == 0) count_from_ = diagnostic.span.line;
        return;
    }
    if (all_.size() < most - 1) {
        all_.push_back(std::move(diagnostic));
        return;
    }
    if (more_++ == 0) more_from_ = diagnostic.span.line;
    worst_of_more_ = std::max(worst_of_more_, diagnostic.severity);
}

Diagnostics RegErrors::take() {
    if (count_ > 0 && of_elsewhere_ == Elsewhere::counted) {
        all_.push_back({"reg-elsewhere", Severity::note, {file_, count_from_, 0},
                        count_ == 1 ? std::string("a line that is not about TLS is not as Windows expects it")
                                    : std::to_string(count_) + " lines that are not about TLS are not as Windows expects them, the first of them here", {}});
    }
    if (end_) all_.push_back(*std::move(end_));
    if (more_ > 0) {
        all_.push_back({"reg-more", worst_of_more_, {file_, more_from_, 0},
                        std::to_string(more_) + " more warnings from this line on", "fix the first ones and read the file again"});
    }
    return std::move(all_);
}

}  // namespace schancfg::codec::reg_text
