#include "scan_xml.hpp"

#include <algorithm>
#include <string>

#include "schancfg/ascii.hpp"
#include "schancfg/codec/scan.hpp"

namespace schancfg::codec::scan {
namespace {

// Of one child: a node of pugixml takes 64 bytes, a tag of four.
constexpr std::size_t max_tags = 500000;

constexpr const char* unfinished = "the XML ends before it is complete: the scan was interrupted, or the file was cut";
constexpr const char* scan_again = "let the scan run to its end";

bool is_name(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || ascii::is_alphanumeric(c) || c == '_' || c == '-' || c == '.' || c == ':';
}

// Goes from tag to tag; what is between them is left to the parser.
class XmlWalk {
public:
    XmlWalk(std::string_view text, XmlOutline& outline, ScanErrors& report) : text_(text), outline_(outline), report_(report) {}

    bool run() {
        while (skip_to_tag()) {
            if (!take_markup()) return false;
        }
        if (failed_) return false;
        if (depth_ > 0 || outline_.root.empty()) return report_.error(text_.size(), "scan-truncated", unfinished, scan_again);
        return true;
    }

private:
    bool fail(std::size_t at, std::string_view rule, std::string message, std::string fix = {}) {
        failed_ = true;
        return report_.error(at, rule, std::move(message), std::move(fix));
    }

    [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }

    bool skip_to_tag() {
        const std::size_t from = at_;
        at_ = std::min(text_.find('<', at_), text_.size());
        if (depth_ == 0) {
            const std::size_t other = text_.substr(from, at_ - from).find_first_not_of(" \t\r\n");
            if (other != std::string_view::npos) return fail(from + other, "scan-syntax", "this is not XML: there is text outside of the root element");
        }
        return at_ < text_.size();
    }

    bool take_markup() {
        if (rest().starts_with("<?")) return skip_behind("?>", 2);
        if (rest().starts_with("<!--")) return skip_behind("-->", 4);
        if (rest().starts_with("<![CDATA[")) return depth_ > 0 ? skip_behind("]]>", 9) : fail(at_, "scan-syntax", "this is not XML");
        for (const std::string_view start : {"<!--", "<!DOCTYPE", "<![CDATA["}) {
            if (start.starts_with(rest())) return fail(text_.size(), "scan-truncated", unfinished, scan_again);
        }
        if (rest().starts_with("<!")) return take_doctype();
        return rest().starts_with("</") ? take_end() : take_start();
    }

    bool skip_behind(std::string_view end, std::size_t from) {
        const std::size_t found = text_.find(end, at_ + from);
        if (found == std::string_view::npos) return fail(text_.size(), "scan-truncated", unfinished, scan_again);
        at_ = found + end.size();
        return true;
    }

    // nmap writes <!DOCTYPE nmaprun>. What stands in brackets there declares entities: bombs, or files to be read.
    bool take_doctype() {
        if (!rest().starts_with("<!DOCTYPE") || !outline_.root.empty()) return fail(at_, "scan-syntax", "this is not XML");
        const std::size_t end = text_.find_first_of("[>", at_);
        if (end == std::string_view::npos) return fail(text_.size(), "scan-truncated", unfinished, scan_again);
        if (text_[end] == '[') {
            return fail(at_, "scan-entities", "the document type declares entities, which no scanner does", "remove what stands in brackets in it");
        }
        at_ = end + 1;
        return true;
    }

    // The place of the `>` that ends the tag at `at_`; npos: an error was reported.
    std::size_t end_of_tag() {
        char quote = 0;
        const std::size_t limit = std::min(text_.size(), at_ + scan_max_text);
        for (std::size_t at = at_ + 1; at < limit; ++at) {
            const char c = text_[at];
            if (quote != 0) {
                if (c == quote) quote = 0;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '>') {
                return at;
            } else if (c == '<') {
                fail(at, "scan-syntax", "this is not XML: a tag begins within another");
                return std::string_view::npos;
            }
        }
        if (limit < text_.size()) {
            fail(at_, "scan-limit", "a tag is longer than 1 MiB", "no scanner writes such a one");
        } else {
            fail(text_.size(), "scan-truncated", unfinished, scan_again);
        }
        return std::string_view::npos;
    }

    bool take_end() {
        const std::size_t end = end_of_tag();
        if (end == std::string_view::npos) return false;
        if (depth_ == 0) return fail(at_, "scan-syntax", "this is not XML: an element ends that did not begin");
        at_ = end + 1;
        --depth_;
        return end_child();
    }

    bool end_child() {
        if (depth_ != 1) return true;
        Extent& extent = outline_.children.back().extent;
        extent.end = at_;
        if (extent.end - extent.begin > scan_max_item) return fail(extent.begin, "scan-limit", "one host takes more than 32 MiB", "no scanner writes as much");
        return true;
    }

    bool take_start() {
        const std::size_t end = end_of_tag();
        if (end == std::string_view::npos) return false;
        const std::string_view tag = text_.substr(at_ + 1, end - at_ - 1);
        const std::string_view name = tag.substr(0, static_cast<std::size_t>(std::ranges::find_if_not(tag, is_name) - tag.begin()));
        if (name.empty()) return fail(at_, "scan-syntax", "this is not XML: a tag without a name");
        const bool is_empty = text_[end - 1] == '/';
        if (depth_ == 0 && !outline_.root.empty()) return fail(at_, "scan-syntax", "this is not XML: there is a second root element");
        if (depth_ == scan_max_depth) return fail(at_, "scan-limit", "elements are nested deeper than 64 levels", "no scanner needs ten");
        if (depth_ == 0) {
            outline_.root = name;
            outline_.head = {at_, end + 1};
        } else if (depth_ == 1) {
            if (outline_.children.size() == max_children) return fail(at_, "scan-limit", "the root has more than a million elements");
            outline_.children.push_back({name, {at_, 0}});
            tags_ = 0;
        }
        if (++tags_ > max_tags) return fail(at_, "scan-limit", "one host takes more than 500,000 elements", "no scanner writes as many");
        at_ = end + 1;
        if (!is_empty) {
            ++depth_;
            return true;
        }
        return end_child();
    }

    static constexpr std::size_t max_children = 1000000;

    std::string_view text_;
    XmlOutline& outline_;
    ScanErrors& report_;
    std::size_t at_ = 0;
    std::size_t depth_ = 0;
    std::size_t tags_ = 0;  // of the child that is open
    bool failed_ = false;
};

bool parse(std::string_view element, std::size_t offset, pugi::xml_document& tree, ScanErrors& report) {
    // References to characters are resolved, CDATA is text; comments, instructions and document types are left out.
    constexpr unsigned options = pugi::parse_cdata | pugi::parse_escapes | pugi::parse_eol | pugi::parse_wconv_attribute | pugi::parse_embed_pcdata;
    const pugi::xml_parse_result result = tree.load_buffer(element.data(), element.size(), options, pugi::encoding_utf8);
    if (result) return true;
    const auto at = static_cast<std::size_t>(std::max<std::ptrdiff_t>(result.offset, 0));
    return report.error(offset + std::min(at, element.size()), "scan-syntax", "this is not XML: " + std::string(result.description()));
}

}  // namespace

bool outline_xml(std::string_view text, XmlOutline& outline, ScanErrors& report) {
    outline.text = text;
    return XmlWalk(text, outline, report).run();
}

bool parse_child(const XmlOutline& outline, const XmlChild& child, pugi::xml_document& tree, ScanErrors& report) {
    return parse(outline.text.substr(child.extent.begin, child.extent.end - child.extent.begin), child.extent.begin, tree, report);
}

bool parse_head(const XmlOutline& outline, pugi::xml_document& tree, ScanErrors& report) {
    const Extent head = outline.head;
    std::string element(outline.text.substr(head.begin, head.end - head.begin));
    if (!element.ends_with("/>")) element.append("</").append(outline.root).append(">");
    return parse(element, head.begin, tree, report);
}

}  // namespace schancfg::codec::scan
