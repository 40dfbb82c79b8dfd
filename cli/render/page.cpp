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
