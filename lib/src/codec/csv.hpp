// Records of comma separated values (RFC 4180): fields in quotation marks may hold commas, line ends and doubled quotation marks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace schancfg::codec {

struct CsvLimits {
    std::size_t field = 64u << 10;  ///< bytes
    std::size_t columns = 64;
};

class CsvRecords {
public:
    /// `text` lives as long as this, without a byte order mark.
    CsvRecords(std::string_view text, CsvLimits limits) : text_(text), limits_(limits) {}

    /// The fields of the next record that is not an empty line; false: there is none, or `error` says what is wrong.
    bool next(std::vector<std::string>& fields);

    [[nodiscard]] std::uint32_t line() const { return begin_; }  ///< where the record begins, from 1
    [[nodiscard]] const std::string& error() const { return error_; }

private:
    bool field(std::string& out);
    bool quoted(std::string& out);
    bool append(std::string& out, char c);
    bool fail(std::string message);
    /// CRLF is one, and so is either alone.
    [[nodiscard]] bool ends_line() const { return text_[at_] == '\n' || (text_[at_] == '\r' && (at_ + 1 == text_.size() || text_[at_ + 1] != '\n')); }
    [[nodiscard]] bool is_end() const { return at_ >= text_.size() || text_[at_] == '\n' || text_[at_] == '\r'; }

    std::string_view text_;
    CsvLimits limits_;
    std::size_t at_ = 0;
    std::uint32_t line_ = 1, begin_ = 1;
    std::string error_;
};

}  // namespace schancfg::codec
