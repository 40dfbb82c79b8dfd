#include "iis_crypto_xml.hpp"

#include <algorithm>

#include "schancfg/ascii.hpp"
#include "schancfg/codec/iis_crypto.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::codec::iis_crypto {
namespace {

constexpr std::size_t most_warnings = 1000;

}  // namespace

std::string utf8_of(std::string_view bytes) {
    if (bytes.starts_with("\xEF\xBB\xBF")) return std::string(bytes.substr(3));
    const bool little = bytes.starts_with("\xFF\xFE"), big = bytes.starts_with("\xFE\xFF");
    if (little) return utf::from_utf16le(bytes.substr(2));
    if (big) {
        std::string swapped(bytes.substr(2));
        swapped.resize(swapped.size() / 2 * 2);
        for (std::size_t at = 0; at < swapped.size(); at += 2) std::swap(swapped[at], swapped[at + 1]);
        return utf::from_utf16le(swapped);
    }
    if (bytes.size() > 1 && bytes[0] == '<' && bytes[1] == '\0') return utf::from_utf16le(bytes);
    return std::string(bytes);
}

Xml::Xml(std::string text, std::string file, bool strict) : text_(std::move(text)), file_(std::move(file)), strict_(strict) {
    lines_.push_back(0);
    for (std::size_t at = 0; (at = text_.find('\n', at)) != std::string::npos;) lines_.push_back(++at);
}

Span Xml::place(std::size_t offset) const {
    offset = std::min(offset, text_.size());
    const auto line = std::ranges::upper_bound(lines_, offset) - lines_.begin();
    const std::size_t start = lines_[static_cast<std::size_t>(line) - 1];
    const auto before = std::string_view(text_).substr(start, offset - start);
    const auto column = std::ranges::count_if(before, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }) + 1;
    return {file_, static_cast<std::uint32_t>(line), static_cast<std::uint32_t>(column)};
}

// pugixml gives the place of the name; the tag begins one before it.
Span Xml::place(const pugi::xml_node& node) const {
    const auto offset = static_cast<std::size_t>(std::max<std::ptrdiff_t>(node.offset_debug(), 0));
    return place(node.type() == pugi::node_element && offset > 0 ? offset - 1 : offset);
}

bool Xml::error(std::size_t offset, std::string_view rule, std::string message, std::string fix) {
    diagnostics_.push_back({std::string(rule), Severity::error, place(offset), std::move(message), std::move(fix)});
    return false;
}

void Xml::unknown(const pugi::xml_node& at, std::string message, std::string fix) {
    if (diagnostics_.size() >= most_warnings) {
        ++left_out_;
        return;
    }
    diagnostics_.push_back({"ictpl-unknown", strict_ ? Severity::error : Severity::warning, place(at), std::move(message), std::move(fix)});
}

void Xml::note(const pugi::xml_node& at, std::string_view rule, std::string message, std::string fix) {
    diagnostics_.push_back({std::string(rule), Severity::note, place(at), std::move(message), std::move(fix)});
}

Diagnostics Xml::take() {
    if (left_out_ > 0) diagnostics_.push_back({"ictpl-unknown", Severity::warning, {file_}, std::to_string(left_out_) + " more of this kind are left out", {}});
    return std::move(diagnostics_);
}

// What the parser would skip without a word, or what would cost it too much.
bool Xml::check_markup() {
    const std::string_view text = text_;
    std::size_t tags = 0;
    for (std::size_t at = 0; (at = text.find('<', at)) != std::string_view::npos;) {
        const std::string_view rest = text.substr(at);
        std::string_view end;
        if (rest.starts_with("<!--")) end = "-->";
        else if (rest.starts_with("<![CDATA[")) end = "]]>";
        else if (rest.starts_with("<?")) end = "?>";
        else if (rest.starts_with("<!")) return error(at, "ictpl-syntax", "a document type or an entity is declared here, which no template does", "remove the declaration");
        if (end.empty()) {
            if (++tags > iis_crypto_max_tags) return error(at, "ictpl-limit", "there are more than 20,000 tags", "a template has some hundred");
            ++at;
            continue;
        }
        const std::size_t found = text.find(end, at);
        if (found == std::string_view::npos) return error(at, "ictpl-syntax", "what begins here does not end");
        at = found + end.size();
    }
    return true;
}

bool Xml::parse() {
    if (text_.size() > 2 * iis_crypto_max_size) return error(0, "ictpl-limit", "the file is larger than 1 MiB", "a template has some kilobytes");
    if (const std::size_t bad = utf::find_invalid_utf8(text_); bad != std::string::npos) return error(bad, "ictpl-syntax", "this is not UTF-8", "save the template again");
    if (const std::size_t nul = text_.find('\0'); nul != std::string::npos) return error(nul, "ictpl-syntax", "there is a NUL character here", "save the template again");
    if (!check_markup()) return false;
    constexpr unsigned options = pugi::parse_cdata | pugi::parse_escapes | pugi::parse_eol | pugi::parse_wconv_attribute;
    const pugi::xml_parse_result result = tree_.load_buffer(text_.data(), text_.size(), options, pugi::encoding_utf8);
    if (result) return true;
    std::string what(result.description());
    if (!what.empty()) what.front() = ascii::to_lower(what.front());
    return error(static_cast<std::size_t>(std::max<std::ptrdiff_t>(result.offset, 0)), "ictpl-syntax", "this is not XML: " + what);
}

}  // namespace schancfg::codec::iis_crypto
