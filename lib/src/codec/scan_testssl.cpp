// testssl.sh --jsonfile and --jsonfile-pretty: 2.9 to 3.3 (testssl.sh, fileout).
#include <nlohmann/json.hpp>

#include "schancfg/codec/scan.hpp"
#include "scan_readers.hpp"
#include "scan_testssl_targets.hpp"
#include "scan_words.hpp"

namespace schancfg::codec::scan {
namespace {

using nlohmann::json;

bool take_finding(const json& item, Findings& findings, JsonReader& reader) {
    if (!item.is_object()) return reader.error("", "an object");
    const std::string_view id = reader.string(item, "id");
    const std::string_view severity = reader.string(item, "severity");
    const std::string_view finding = reader.string(item, "finding");
    if (!reader.ok()) return false;
    findings.take(id, severity, finding);
    return true;
}

bool is_port(std::string_view word, schannel::Peer& peer, JsonReader& reader) {
    if (word.empty()) return true;  // testssl.sh failed before it had one
    peer.port = port_of(word);
    return peer.port || reader.error("port", "a number from 0 to 65535");
}

}  // namespace

bool read_testssl_flat(std::string_view text, const std::vector<JsonPart>& items, Peers& peers, ScanErrors& report) {
    Targets targets(peers, report);
    for (std::size_t i = 0; i < items.size(); ++i) {
        const std::size_t offset = items[i].extent.begin;
        json item;
        if (!parse_part(text, items[i].extent, item, report)) return false;
        JsonReader reader("finding " + std::to_string(i + 1), offset, report);
        if (!item.is_object()) return reader.error("", "an object");
        const std::string_view ip = reader.string(item, "ip"), port = reader.string(item, "port");
        const std::string_view id = reader.string(item, "id"), severity = reader.string(item, "severity"), finding = reader.string(item, "finding");
        if (!reader.ok() || !targets.take(ip, port, id, severity, finding, offset)) return false;
    }
    return targets.finish();
}

bool read_testssl_pretty(std::string_view text, const std::vector<JsonPart>& root, Peers& peers, ScanErrors& report) {
    const JsonPart* results = find_part(root, "scanResult");
    std::string version;
    bool interrupted = false;
    for (const JsonPart& part : root) {
        if (&part == results) continue;
        json value;
        if (!parse_part(text, part.extent, value, report)) return false;
        if (part.key == "version" && value.is_string()) version = value.get<std::string>();
        if (part.key == "scanTime" && value.is_string()) interrupted = contains(value.get_ref<const std::string&>(), "interrupted");
    }
    std::vector<JsonPart> targets;
    if (results != nullptr && !json_parts(text, results->extent, targets, report)) return false;
    for (std::size_t i = 0; i < targets.size(); ++i) {
        const std::size_t offset = targets[i].extent.begin;
        json target;
        if (!parse_part(text, targets[i].extent, target, report)) return false;
        JsonReader reader("scanResult[" + std::to_string(i) + "]", offset, report);
        if (!target.is_object()) return reader.error("", "an object");
        Findings findings(version, {});
        schannel::Peer& peer = findings.builder.peer;
        peer.complete = !interrupted;
        // 2.9 has a blank in the name. What failed before the scan has an id in its place.
        std::string_view host = reader.string(target, "targetHost");
        if (host.empty()) host = reader.string(target, "target host");
        name_target(std::string(host) + "/" + std::string(reader.string(target, "ip")), peer);
        if (!is_port(reader.string(target, "port"), peer, reader) || !reader.ok()) return false;
        if (target.contains("id") && !take_finding(target, findings, reader)) return false;
        for (const auto& [name, section] : target.items()) {
            if (!section.is_array()) continue;
            for (const json& item : section) {
                if (!take_finding(item, findings, reader)) return false;
            }
        }
        findings.finish();
        if (!peers.add(findings.builder, offset)) return false;
    }
    if (targets.empty()) return report.error("scan-no-tls", "testssl.sh wrote no result: it failed before the scan began", "read what it said on the screen");
    return true;
}

}  // namespace schancfg::codec::scan
