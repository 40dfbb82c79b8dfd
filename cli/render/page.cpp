#include "render/page.hpp"

#include "render/escape.hpp"
#include "render/page_style.hpp"
#include "schancfg/codec/sha256.hpp"

namespace schancfg::cli {
namespace {

std::string source_of(std::string_view text) {
    codec::Sha256 sha256;
    sha256.update(text);
    return "'sha256-" + base64_of_hex(sha256.finish()) + "'";
}

}  // namespace

std::string base64_of_hex(std::string_view hex) {
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const auto nibble = [](char c) { return static_cast<unsigned>(c <= '9' ? c - '0' : c - 'a' + 10); };
    std::string out;
    unsigned bits = 0, count = 0;
    for (const char c : hex) {
        bits = bits << 4 | nibble(c);
        count += 4;
        if (count >= 6) {
            count -= 6;
            out += digits[bits >> count & 63u];
        }
    }
    if (count != 0) out += digits[bits << (6 - count) & 63u];
    while (out.size() % 4 != 0) out += '=';
    return out;
}

const std::string_view search_script = R"('use strict';
const field=document.getElementById('search'),said=document.getElementById('found'),items=[...document.querySelectorAll('[data-find]')];
field.addEventListener('input',()=>{const words=field.value.toLowerCase().split(/\s+/).filter(Boolean);let count=0;
for(const item of items){const text=item.dataset.find.toLowerCase();const hit=words.every(w=>text.includes(w));item.hidden=!hit;if(!hit)continue;count++;const around=item.parentElement.closest('details');if(around&&words.length)around.open=true;}
said.textContent=words.length?count+' of '+items.length+' shown':'';});
)";

std::string html_code(std::string_view text) { return "<code>" + html_text(text) + "</code>"; }

std::string html_heading(std::string_view text) { return "<h2>" + html_text(text) + "</h2>\n"; }

std::string html_paragraph(std::string_view text, std::string_view tone) {
    if (text.empty()) return {};
    return (tone.empty() ? std::string("<p>") : "<p class=\"" + std::string(tone) + "\">") + html_text(text) + "</p>\n";
}

std::string html_table(std::initializer_list<std::string_view> headers, const std::vector<std::vector<std::string>>& rows) {
    if (rows.empty()) return {};
    std::string out = "<table><thead><tr>";
    for (const std::string_view header : headers) out += "<th scope=\"col\">" + html_text(header) + "</th>";
    out += "</tr></thead><tbody>\n";
    for (const std::vector<std::string>& row : rows) {
        out += "<tr>";
        for (const std::string& cell : row) out += "<td>" + cell + "</td>";
        out += "</tr>\n";
    }
    return out + "</tbody></table>\n";
}

std::string html_folded(std::string_view summary_html, std::string_view body_html, std::string_view find) {
    std::string out = find.empty() ? "<details>" : "<details data-find=\"" + html_text(find) + "\">";
    return out.append("<summary>").append(summary_html).append("</summary><div>\n").append(body_html).append("</div></details>\n");
}

std::string html_search() {
    return "<label for=\"search\">Search</label>\n<input id=\"search\" type=\"search\" autocomplete=\"off\">\n<p id=\"found\" class=\"faint\" role=\"status\"></p>\n";
}

std::string html_page(std::string_view title, std::string_view body, std::string_view script) {
    std::string policy = "default-src 'none'; style-src " + source_of(page_style) + "; base-uri 'none'; form-action 'none'";
    if (!script.empty()) policy += "; script-src " + source_of(script);
    std::string out = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"" + policy +
                      "\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<title>" + html_text(title) +
                      "</title>\n<style>";
    out.append(page_style).append("</style>\n</head>\n<body>\n<main>\n").append(body).append("</main>\n");
    if (!script.empty()) out.append("<script>").append(script).append("</script>\n");
    return out + "</body>\n</html>\n";
}

}  // namespace schancfg::cli
