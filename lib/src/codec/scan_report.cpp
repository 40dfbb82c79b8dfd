#include "scan_report.hpp"

#include <algorithm>

namespace schancfg::codec::scan {

bool ScanErrors::error(std::size_t offset, std::string_view rule, std::string message, std::string fix) {
    add(Severity::error, place(offset), rule, std::move(message), std::move(fix));
    return false;
}

bool ScanErrors::error(std::string_view rule, std::string message, std::string fix) {
    add(Severity::error, {file_}, rule, std::move(message), std::move(fix));
    return false;
}

void ScanErrors::warn(std::size_t offset, std::string_view rule, std::string message) {
    if (++warnings_ > most_warnings) return;
    add(Severity::warning, place(offset), rule, std::move(message), {});
}

Diagnostics ScanErrors::take() {
    if (warnings_ > most_warnings) {
        add(Severity::warning, {file_}, "scan-more", std::to_string(warnings_ - most_warnings) + " more warnings are left out", {});
    }
    return std::move(diagnostics_);
}

Span ScanErrors::place(std::size_t offset) {
    offset = std::min(offset, text_.size());
    if (known_place_.line == 0 || offset < known_) {
        known_ = 0;
        known_place_ = {file_, 1, 1};
    }
    for (; known_ < offset; ++known_) {
        const auto byte = static_cast<unsigned char>(text_[known_]);
        if (byte == '\n') {
            ++known_place_.line;
            known_place_.column = 1;
        } else if ((byte & 0xC0) != 0x80) {
            ++known_place_.column;
        }
    }
    return known_place_;
}

void ScanErrors::add(Severity severity, Span span, std::string_view rule, std::string message, std::string fix) {
    diagnostics_.push_back({std::string(rule), severity, std::move(span), std::move(message), std::move(fix)});
}

}  // namespace schancfg::codec::scan
