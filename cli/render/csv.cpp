#include "render/csv.hpp"

#include "schancfg/text.hpp"

namespace schancfg::cli {
namespace {

std::string cell(std::string_view text) {
    std::string clean = escape(text);
    // What a spreadsheet takes for a formula (OWASP, CSV injection).
    if (!clean.empty() && std::string_view("=+-@").find(clean.front()) != std::string_view::npos) clean.insert(0, 1, '\'');
    if (clean.find_first_of(",\"\r\n") == std::string::npos) return clean;
    std::string out = "\"";
    for (const char c : clean) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + '"';
}

}  // namespace

std::string csv_line(const std::vector<std::string>& cells) {
    std::string out;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i != 0) out += ',';
        out += cell(cells[i]);
    }
    return out + "\r\n";
}

}  // namespace schancfg::cli
