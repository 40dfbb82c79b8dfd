// What is wrong with a scan: one error that ends the reading, and warnings, each with its place in the text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "schancfg/diagnostic.hpp"

namespace schancfg::codec::scan {

/// From `begin` to before `end`, in bytes of the text.
struct Extent {
    std::size_t begin = 0, end = 0;
};

class ScanErrors {
public:
    /// More warnings than that are left out and said to be.
    static constexpr std::size_t most_warnings = 20;

    /// `text` lives as long as this.
    ScanErrors(std::string_view text, std::string_view file) : text_(text), file_(file) {}

    /// Always false, for `return report.error(...)`.
    bool error(std::size_t offset, std::string_view rule, std::string message, std::string fix = {});
    /// Of the whole file.
    bool error(std::string_view rule, std::string message, std::string fix = {});
    void warn(std::size_t offset, std::string_view rule, std::string message);
    [[nodiscard]] Diagnostics take();

private:
    [[nodiscard]] Span place(std::size_t offset);
    void add(Severity severity, Span span, std::string_view rule, std::string message, std::string fix);

    std::string_view text_;
    std::string file_;
    Diagnostics diagnostics_;
    std::size_t warnings_ = 0;
    // Where the last place was: the next one is mostly behind it.
    std::size_t known_ = 0;
    Span known_place_;
};

}  // namespace schancfg::codec::scan
