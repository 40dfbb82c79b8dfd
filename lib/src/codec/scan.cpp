#include "schancfg/codec/scan.hpp"

#include <algorithm>

#include "schancfg/schannel/spelling.hpp"
#include "schancfg/text.hpp"
#include "schancfg/utf.hpp"
#include "scan_readers.hpp"
#include "scan_words.hpp"

namespace schancfg::codec {
namespace scan {

bool Peers::add(PeerBuilder& builder, std::size_t offset) {
    if (list.size() == scan_max_peers) return report_.error(offset, "scan-limit", "the file has more than 100,000 hosts and ports");
    list.push_back(builder.finish());
    suites_ += list.back().suites.size();
    return suites_ <= scan_max_suites || report_.error(offset, "scan-limit", "the file has more than 1,000,000 suites");
}

namespace {

constexpr const char* readable = "schancfg reads the XML of nmap (-oX) and sslscan (--xml), the JSON of testssl.sh, sslyze (version 3 and later) and SSL Labs, and testssl.sh's CSV";

bool refuse(ScanErrors& report, std::string what, std::string fix = readable) {
    return report.error("scan-format", std::move(what), std::move(fix));
}

// PowerShell's `>` writes UTF-16.
std::string from_utf16(std::string_view bytes) {
    if (bytes.starts_with("\xFF\xFE")) return utf::from_utf16le(bytes.substr(2));
    return {};
}

std::string_view first_line(std::string_view text) { return text.substr(0, text.find_first_of("\r\n")); }

bool read_xml(std::string_view text, Peers& peers, ScanErrors& report) {
    if (const std::string_view line = first_line(text.substr(text.find('<'))); contains(line, "<!doctype html") || contains(line, "<html")) {
        return refuse(report, "this is a page of HTML, no scan");
    }
    XmlOutline outline;
    if (!outline_xml(text, outline, report)) return false;
    if (outline.root == "nmaprun") return read_nmap(outline, peers, report);
    const std::string_view head = text.substr(outline.head.begin, outline.head.end - outline.head.begin);
    if (outline.root == "document" && contains(head, "sslscan")) return read_sslscan(outline, peers, report);
    if (outline.root == "document" && contains(head, "sslyze")) {
        return refuse(report, "this is XML of sslyze, which only its versions before 2.0 wrote", "scan with sslyze 3 or later, and --json_out");
    }
    return refuse(report, "this is XML of another kind, its root is " + quote(outline.root));
}

bool read_json_object(std::string_view text, Extent all, Peers& peers, ScanErrors& report) {
    std::vector<JsonPart> root;
    if (!json_parts(text, all, root, report)) return false;
    const auto has = [&](std::string_view key) { return find_part(root, key) != nullptr; };
    if (has("scanResult")) return read_testssl_pretty(text, root, peers, report);
    if (has("sslyze_version") || has("server_scan_results") || has("accepted_targets")) return read_sslyze(text, root, peers, report);
    if (has("endpoints") || has("engineVersion")) return read_ssllabs(text, {{{}, all}}, peers, report);
    if (has("targetHost") || has("target host")) {
        return refuse(report, "this is one target cut out of JSON of testssl.sh", "give the whole file");
    }
    if (has("format_version") && has("keys")) return refuse(report, "this is a registry in JSON, no scan", "give it as memory:FILE");
    return refuse(report, "this is JSON of another kind");
}

bool read_json_array(std::string_view text, Extent all, Peers& peers, ScanErrors& report) {
    std::vector<JsonPart> items, first;
    if (!json_parts(text, all, items, report) || (!items.empty() && !json_parts(text, items.front().extent, first, report))) return false;
    const auto has = [&](std::string_view key) { return find_part(first, key) != nullptr; };
    if (has("endpoints") || has("engineVersion")) return read_ssllabs(text, items, peers, report);
    if (items.empty() || (has("id") && has("finding"))) return read_testssl_flat(text, items, peers, report);
    return refuse(report, "this is JSON of another kind");
}

bool read_json(std::string_view text, Peers& peers, ScanErrors& report) {
    // Places stay where they are.
    const std::string shorter = shorten_numbers(text);
    if (!shorter.empty()) text = shorter;
    if (!check_json(text, report)) return false;
    const Extent all{text.find_first_of("[{"), text.size()};
    return text[all.begin] == '[' ? read_json_array(text, all, peers, report) : read_json_object(text, all, peers, report);
}

bool read_text(std::string_view text, Peers& peers, ScanErrors& report) {
    if (is_testssl_csv(text)) return read_testssl_csv(text, peers, report);
    const std::string_view line = first_line(text);
    if (line.starts_with("# Nmap") || line.starts_with("Starting Nmap") || line.starts_with("Nmap scan report")) {
        return refuse(report, "this is nmap's output for people or for grep", "scan with nmap -oX FILE");
    }
    if (contains(text.substr(0, 300), "Testing SSL server")) return refuse(report, "this is sslscan's output for people", "scan with sslscan --xml=FILE");
    if (contains(text.substr(0, 1000), "testssl.sh")) return refuse(report, "this is testssl.sh's output for people", "scan with testssl.sh --jsonfile FILE");
    return refuse(report, "this is not a scan");
}

bool read(std::string_view text, Peers& peers, ScanErrors& report) {
    if (text.size() > scan_max_size) return report.error("scan-limit", "the file is larger than 128 MiB");
    const std::size_t begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos) return report.error("scan-truncated", "the file is empty", "let the scan run to its end");
    if (const std::size_t at = text.find('\0'); at != std::string_view::npos) return refuse(report, "this is not text");
    if (const std::size_t at = utf::find_invalid_utf8(text); at != std::string_view::npos) {
        return report.error(at, "scan-syntax", "this is not valid UTF-8", "no scanner writes anything else");
    }
    switch (text[begin]) {
        case '<': return read_xml(text, peers, report);
        case '[':
        case '{': return read_json(text, peers, report);
        default: return read_text(text.substr(begin), peers, report);
    }
}

}  // namespace
}  // namespace scan

Decoded<std::vector<schannel::Peer>> decode_scan(std::string_view bytes, std::string_view file) {
    const std::string converted = bytes.size() > scan_max_size ? std::string() : scan::from_utf16(bytes);
    std::string_view text = converted.empty() ? bytes : std::string_view(converted);
    // Places count without it, as editors do.
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    scan::ScanErrors report(text, file);
    scan::Peers peers(report);
    const bool is_read = scan::read(text, peers, report);
    Decoded<std::vector<schannel::Peer>> result;
    if (is_read) result.value = std::move(peers.list);
    result.diagnostics = report.take();
    return result;
}

}  // namespace schancfg::codec
