// testssl.sh --csvfile: a finding a line, under the names of its columns. testssl.sh, fileout: each field in quotation marks, one
// within a field doubled or left as it is.
#include <array>

#include "schancfg/codec/scan.hpp"
#include "scan_testssl_targets.hpp"

namespace schancfg::codec::scan {
namespace {

class CsvLines {
public:
    CsvLines(std::string_view text, ScanErrors& report) : text_(text), report_(report) {}

    [[nodiscard]] std::size_t begin() const { return begin_; }
    [[nodiscard]] bool failed() const { return failed_; }

    /// The fields of the next line that is not empty; false: there is none, or it is not CSV.
    bool next(std::vector<std::string>& fields) {
        while (at_ < text_.size() && (text_[at_] == '\n' || text_[at_] == '\r')) ++at_;
        if (at_ == text_.size()) return false;
        begin_ = at_;
        fields.clear();
        do {
            fields.emplace_back();
            if (!field(fields.back())) return false;
        } while (at_ < text_.size() && text_[at_++] == ',');
        return true;
    }

private:
    [[nodiscard]] bool is_end(std::size_t at) const { return at >= text_.size() || text_[at] == ',' || text_[at] == '\n' || text_[at] == '\r'; }

    bool field(std::string& out) {
        if (at_ < text_.size() && text_[at_] == '"') {
            for (++at_; at_ < text_.size(); ++at_) {
                if (text_[at_] == '"') {
                    if (is_end(at_ + 1)) {
                        ++at_;
                        return true;
                    }
                    if (text_[at_ + 1] == '"' && !is_end(at_ + 2)) ++at_;
                }
                if (out.size() == scan_max_text) return fail("scan-limit", "a field is longer than 1 MiB");
                out += text_[at_];
            }
            return fail("scan-truncated", "the CSV ends within a field: the scan was interrupted, or the file was cut");
        }
        while (!is_end(at_)) {
            if (out.size() == scan_max_text) return fail("scan-limit", "a field is longer than 1 MiB");
            out += text_[at_++];
        }
        return true;
    }

    bool fail(std::string_view rule, std::string message) {
        failed_ = true;
        return report_.error(begin_, rule, std::move(message), "let the scan run to its end");
    }

    std::string_view text_;
    ScanErrors& report_;
    std::size_t at_ = 0, begin_ = 0;
    bool failed_ = false;
};

}  // namespace

bool is_testssl_csv(std::string_view text) { return text.starts_with("\"id\",\"fqdn/ip\",\"port\",") || text.starts_with("id,fqdn/ip,port,"); }

bool read_testssl_csv(std::string_view text, Peers& peers, ScanErrors& report) {
    constexpr std::array<std::string_view, 5> names{"id", "fqdn/ip", "port", "severity", "finding"};
    CsvLines lines(text, report);
    std::vector<std::string> fields;
    std::array<std::size_t, names.size()> columns{};
    if (!lines.next(fields)) return false;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const auto found = std::ranges::find(fields, names[i]);
        if (found == fields.end()) return report.error("scan-shape", "the CSV has no column \"" + std::string(names[i]) + "\"");
        columns[i] = static_cast<std::size_t>(found - fields.begin());
    }
    const std::size_t least = *std::ranges::max_element(columns) + 1;
    Targets targets(peers, report);
    while (lines.next(fields)) {
        if (fields.size() < least) return report.error(lines.begin(), "scan-shape", "the line has too few fields", "a field a column");
        const auto of = [&](std::size_t column) -> std::string_view { return fields[columns[column]]; };
        if (of(0) == names[0]) continue;  // of a file that was appended to
        if (!targets.take(of(1), of(2), of(0), of(3), of(4), lines.begin())) return false;
    }
    return !lines.failed() && targets.finish();
}

}  // namespace schancfg::codec::scan
