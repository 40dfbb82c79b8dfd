// The XML of policies as a tree: checked within limits before pugixml sees it, which reads no document types here and opens nothing.
#include <algorithm>

#include <pugixml.hpp>

#include "schancfg/codec/gpp_xml.hpp"
#include "schancfg/text.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::codec {
namespace {

// Lines and columns of offsets that come in rising order.
class Places {
public:
    explicit Places(std::string_view text) : text_(text) {}
    std::pair<std::uint32_t, std::uint32_t> of(std::size_t offset) {
        offset = std::min(offset, text_.size());
        if (offset < at_) {
            at_ = 0;
            line_ = column_ = 1;
        }
        for (; at_ < offset; ++at_) {
            if (text_[at_] == '\n') {
                ++line_;
                column_ = 1;
            } else if ((static_cast<unsigned char>(text_[at_]) & 0xC0) != 0x80) {
                ++column_;
            }
        }
        return {line_, column_};
    }

private:
    std::string_view text_;
    std::size_t at_ = 0;
    std::uint32_t line_ = 1, column_ = 1;
};

struct Mistake {
    std::string_view rule;
    std::size_t at = 0;
    std::string message;
    std::string fix;
};

// Depth, number of elements, and no document type: what makes a small file a large tree.
std::optional<Mistake> beyond_limits(std::string_view text) {
    std::size_t depth = 0, elements = 0;
    for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at)) {
        const std::string_view rest = text.substr(at);
        const auto skip = [&](std::string_view end) {
            const std::size_t found = text.find(end, at);
            at = found == std::string_view::npos ? text.size() : found + end.size();
        };
        if (rest.starts_with("<!--")) {
            skip("-->");
            continue;
        }
        if (rest.starts_with("<![CDATA[")) {
            skip("]]>");
            continue;
        }
        if (rest.starts_with("<?")) {
            skip("?>");
            continue;
        }
        if (rest.starts_with("<!")) return Mistake{"gpp-entities", at, "the file has a document type, which no file of a policy has", "remove it"};
        // A quoted `>` does not end a tag.
        char quote = 0;
        std::size_t end = at + 1;
        for (; end < text.size(); ++end) {
            const char c = text[end];
            if (quote != 0) quote = c == quote ? '\0' : quote;
            else if (c == '"' || c == '\'') quote = c;
            else if (c == '>') break;
        }
        if (rest.starts_with("</")) {
            depth -= depth == 0 ? 0 : 1;
        } else {
            if (++elements > gpp_max_elements) return Mistake{"gpp-limit", at, "there are more than 500,000 elements", "no policy has as many"};
            if (end >= text.size() || text[end - 1] != '/') {
                if (++depth > gpp_max_depth) return Mistake{"gpp-limit", at, "elements are nested deeper than 64 levels", "no policy needs ten"};
            }
        }
        at = std::min(end + 1, text.size());
    }
    return std::nullopt;
}

// Depth is limited above, so that this may call itself.
void take(const pugi::xml_node& node, GppElement& into, Places& places) {
    into.name = node.name();
    // The offset is that of the name, behind the `<`.
    const auto offset = static_cast<std::size_t>(std::max<std::ptrdiff_t>(node.offset_debug() - 1, 0));
    std::tie(into.line, into.column) = places.of(offset);
    for (const pugi::xml_attribute& each : node.attributes()) into.attributes.emplace_back(each.name(), each.value());
    for (const pugi::xml_node& each : node.children()) {
        if (each.type() == pugi::node_element) take(each, into.children.emplace_back(), places);
        else into.text += each.value();
    }
    if (!into.children.empty()) into.text.clear();
}

std::string attributes_of(const GppElement& element) {
    std::string out;
    for (const auto& [name, value] : element.attributes) out += ' ' + name + "=\"" + gpp_escape(value) + '"';
    return out;
}

std::string text_of(const GppElement& element) {
    std::string out = gpp_escape(element.text);
    // In text a quotation mark stands for itself.
    for (std::size_t at = 0; (at = out.find("&quot;", at)) != std::string::npos; ++at) out.replace(at, 6, "\"");
    return out;
}

void write_indented(const GppElement& element, std::size_t depth, std::string& out) {
    out.append(2 * depth, ' ').append(1, '<').append(element.name).append(attributes_of(element));
    if (element.children.empty() && element.text.empty()) {
        out += " />";
        return;
    }
    out += '>';
    if (element.children.empty()) {
        out += text_of(element);
    } else {
        for (const GppElement& child : element.children) {
            out += "\r\n";
            write_indented(child, depth + 1, out);
        }
        out.append("\r\n").append(2 * depth, ' ');
    }
    out.append("</").append(element.name).append(1, '>');
}

void write_in_line(const GppElement& element, std::string& out) {
    out.append(1, '<').append(element.name).append(attributes_of(element));
    if (element.children.empty() && element.text.empty()) {
        out += "/>";
        return;
    }
    out.append(1, '>').append(text_of(element));
    for (const GppElement& child : element.children) write_in_line(child, out);
    out.append("</").append(element.name).append(1, '>');
}

}  // namespace

std::string_view GppElement::attribute(std::string_view of) const {
    const auto found = std::ranges::find(attributes, of, [](const auto& each) -> std::string_view { return each.first; });
    return found == attributes.end() ? std::string_view{} : std::string_view(found->second);
}

const GppElement* GppElement::child(std::string_view of) const {
    const auto found = std::ranges::find(children, of, &GppElement::name);
    return found == children.end() ? nullptr : &*found;
}

std::string gpp_escape(std::string_view text) {
    if (utf::find_invalid_utf8(text) != std::string_view::npos) return {};
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            // An attribute keeps these as references alone.
            case '\t': out += "&#x9;"; break;
            case '\n': out += "&#xA;"; break;
            case '\r': out += "&#xD;"; break;
            default:
                // XML 1.0, production 2: no other control characters.
                if (static_cast<unsigned char>(c) < 0x20) return {};
                out += c;
        }
    }
    // XML excludes U+FFFE and U+FFFF as well.
    if (out.find("\xEF\xBF\xBE") != std::string::npos || out.find("\xEF\xBF\xBF") != std::string::npos) return {};
    return out;
}

Decoded<GppElement> decode_gpp_tree(std::string_view bytes, const std::string& file) {
    Decoded<GppElement> out;
    std::string converted;
    const auto refuse = [&](Mistake mistake, std::string_view text) {
        const auto [line, column] = Places(text).of(mistake.at);
        out.diagnostics.push_back({std::string(mistake.rule), Severity::error, {file, line, column}, std::move(mistake.message), std::move(mistake.fix)});
        return std::move(out);
    };
    if (bytes.size() > policy_max_file) return refuse({"gpp-limit", 0, "the file is larger than 64 MiB", "no policy is"}, {});
    if (bytes.starts_with("\xFF\xFE")) {
        converted = utf::from_utf16le(bytes.substr(2));
        bytes = converted;
    }
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    if (const std::size_t bad = utf::find_invalid_utf8(bytes); bad != std::string_view::npos) return refuse({"gpp-encoding", bad, "the file is not UTF-8", "save it as UTF-8"}, bytes);
    if (const std::size_t nul = bytes.find('\0'); nul != std::string_view::npos) return refuse({"gpp-encoding", nul, "the file holds a NUL character", "save it as UTF-8"}, bytes);
    if (auto mistake = beyond_limits(bytes)) return refuse(std::move(*mistake), bytes);
    pugi::xml_document document;
    constexpr unsigned options = pugi::parse_cdata | pugi::parse_escapes | pugi::parse_eol | pugi::parse_wconv_attribute;
    const pugi::xml_parse_result result = document.load_buffer(bytes.data(), bytes.size(), options, pugi::encoding_utf8);
    if (!result) {
        return refuse({"gpp-syntax", static_cast<std::size_t>(std::max<std::ptrdiff_t>(result.offset, 0)), "this is not XML: " + std::string(result.description()), "copy the file again"}, bytes);
    }
    pugi::xml_node root;
    for (const pugi::xml_node& each : document.children()) {
        if (each.type() != pugi::node_element) continue;
        if (root) return refuse({"gpp-syntax", static_cast<std::size_t>(std::max<std::ptrdiff_t>(each.offset_debug() - 1, 0)), "this is not XML: there is a second root element", "copy the file again"}, bytes);
        root = each;
    }
    if (!root) return refuse({"gpp-syntax", bytes.size(), "this is not XML: there is no element", "copy the file again"}, bytes);
    Places places(bytes);
    GppElement tree;
    take(root, tree, places);
    out.value = std::move(tree);
    return out;
}

std::string encode_gpp_tree(const GppElement& root, GppForm form) {
    std::string out = form == GppForm::cmdlet ? "\xEF\xBB\xBF" : "";
    out += "<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n";
    if (form == GppForm::cmdlet) {
        write_indented(root, 0, out);
        return out;
    }
    out.append(1, '<').append(root.name).append(attributes_of(root)).append(1, '>');
    for (std::size_t at = 0; at < root.children.size(); ++at) {
        if (at > 0) out += "\r\n\t";
        write_in_line(root.children[at], out);
    }
    return out.append("\r\n</").append(root.name).append(">\r\n");
}

}  // namespace schancfg::codec
