// What the PowerShell scripts of ps1 and intune share: literals, the tables of what is asked, and the functions that read, compare and write.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "schancfg/codec/carrier.hpp"

namespace schancfg::codec {

/// Any text as an expression of ASCII alone that gives that text and does nothing else.
[[nodiscard]] std::string powershell_text(std::string_view text);
/// The same for a line comment: one line without characters that are not ASCII or could end it, at most 300 bytes of it.
[[nodiscard]] std::string powershell_comment(std::string_view text);

struct PowershellTables {
    std::string text = {};              ///< `$wanted`, `$gone` and `$releases`, in the order of writing
    std::string id = {};                ///< the same for the same tables
    std::vector<CarrierGap> gaps = {};  ///< by key and value
};
[[nodiscard]] PowershellTables powershell_tables(const CarrierInput& input);

/// The head of comments: what it is, of which profile, for which releases.
[[nodiscard]] std::string powershell_head(const CarrierInput& input, const PowershellTables& tables, std::string_view synopsis, std::string_view usage);

/// Functions that convert, read and compare; and those that write.
[[nodiscard]] std::string_view powershell_reading();
[[nodiscard]] std::string_view powershell_writing();

/// With CRLF.
[[nodiscard]] std::string powershell_lines(std::string_view text);

}  // namespace schancfg::codec
