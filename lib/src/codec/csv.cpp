#include "csv.hpp"

#include <utility>

namespace schancfg::codec {

bool CsvRecords::fail(std::string message) {
    error_ = std::move(message);
    return false;
}

bool CsvRecords::append(std::string& out, char c) {
    if (out.size() == limits_.field) return fail("a field is longer than " + std::to_string(limits_.field >> 10) + " KiB");
    out += c;
    return true;
}

bool CsvRecords::quoted(std::string& out) {
    for (++at_; at_ < text_.size(); ++at_) {
        if (ends_line()) ++line_;
        if (text_[at_] == '"') {
            if (at_ + 1 == text_.size() || text_[at_ + 1] != '"') {
                ++at_;
                if (is_end() || text_[at_] == ',') return true;
                return fail("text follows the quotation mark that ends a field");
            }
            ++at_;
        }
        if (!append(out, text_[at_])) return false;
    }
    return fail("the file ends within a field in quotation marks");
}

bool CsvRecords::field(std::string& out) {
    if (!is_end() && text_[at_] == '"') return quoted(out);
    for (; !is_end() && text_[at_] != ','; ++at_) {
        if (!append(out, text_[at_])) return false;
    }
    return true;
}

bool CsvRecords::next(std::vector<std::string>& fields) {
    for (; at_ < text_.size() && is_end(); ++at_) line_ += ends_line() ? 1u : 0u;
    fields.clear();
    begin_ = line_;
    if (at_ >= text_.size()) return false;
    while (true) {
        if (fields.size() == limits_.columns) return fail("the line has more than " + std::to_string(limits_.columns) + " fields");
        if (!field(fields.emplace_back())) return false;
        if (is_end()) return true;
        ++at_;  // the comma
    }
}

}  // namespace schancfg::codec
