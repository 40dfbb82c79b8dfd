// What a reader of `.reg` text has to say: the diagnostics in the order of the text, as many as anybody will read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "schancfg/diagnostic.hpp"
#include "schancfg/registry/key_path.hpp"

namespace schancfg::codec::reg_text {

/// What is said of lines below keys that schancfg does not read.
enum class Elsewhere : std::uint8_t { said, counted, silent };

class RegErrors {
public:
    RegErrors(std::string file, bool strict, Elsewhere elsewhere) : file_(std::move(file)), strict_(strict), of_elsewhere_(elsewhere) {}

    /// The key below which the lines that follow stand.
    void enter(registry::Root root, std::string_view path) {
        if (of_elsewhere_ == Elsewhere::said) return;
        root_ = root;
        path_ = path;
        elsewhere_.reset();
        entered_ = true;
    }

    /// Windows imports nothing, or we cannot read on; the last that there is to say.
    void error(std::string_view rule, std::uint32_t line, std::uint32_t column, std::string message, std::string fix);
    /// Windows passes over the line: an error if the reader was asked to be strict.
    void skipped(std::string_view rule, std::uint32_t line, std::uint32_t column, std::string message, std::string fix);
    /// Worth knowing; nothing is lost.
    void warning(std::string_view rule, std::uint32_t line, std::uint32_t column, std::string message, std::string fix);

    [[nodiscard]] bool has_errors() const { return errors_; }
    /// The diagnostics; beyond the limit the last one says how many more there were.
    [[nodiscard]] Diagnostics take();

private:
    void add(Diagnostic diagnostic);
    [[nodiscard]] bool is_elsewhere();

    std::string file_;
    bool strict_;
    Elsewhere of_elsewhere_;
    bool entered_ = false;
    registry::Root root_ = registry::Root::local_machine;
    std::string path_;
    std::optional<bool> elsewhere_;  ///< of that key, once somebody asked
    std::size_t count_ = 0;          ///< of warnings about lines elsewhere
    std::uint32_t count_from_ = 0;
    bool errors_ = false;
    Diagnostics all_;
    std::optional<Diagnostic> end_;
    std::size_t more_ = 0;
    std::uint32_t more_from_ = 0;
    Severity worst_of_more_ = Severity::note;
};

}  // namespace schancfg::codec::reg_text
