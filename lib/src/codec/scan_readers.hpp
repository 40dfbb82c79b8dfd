// The readers of the formats, one a scanner. Each appends a Peer for each host and port and gives back false, with an error in the
// report, for a file that it cannot read.
#pragma once

#include <string_view>
#include <vector>

#include "scan_json.hpp"
#include "scan_peer.hpp"
#include "scan_report.hpp"
#include "scan_xml.hpp"

namespace schancfg::codec::scan {

/// The peers of a file, within the limits of scan.hpp.
class Peers {
public:
    explicit Peers(ScanErrors& report) : report_(report) {}
    /// `offset` is where the file speaks of it, for the error of a file that has too many.
    bool add(PeerBuilder& builder, std::size_t offset);
    std::vector<schannel::Peer> list;

private:
    ScanErrors& report_;
    std::size_t suites_ = 0;
};

/// `nmaprun`.
[[nodiscard]] bool read_nmap(const XmlOutline& xml, Peers& peers, ScanErrors& report);
/// What ssl-enum-ciphers wrote before it wrote tables (nmap before 6.25): the text that it shows to people.
void read_nmap_text(std::string_view output, PeerBuilder& builder);

/// `document` with the title SSLScan Results.
[[nodiscard]] bool read_sslscan(const XmlOutline& xml, Peers& peers, ScanErrors& report);

/// `--jsonfile`: the elements of the root, findings.
[[nodiscard]] bool read_testssl_flat(std::string_view text, const std::vector<JsonPart>& items, Peers& peers, ScanErrors& report);
/// `--jsonfile-pretty`: the members of the root, `scanResult` among them.
[[nodiscard]] bool read_testssl_pretty(std::string_view text, const std::vector<JsonPart>& root, Peers& peers, ScanErrors& report);

/// Is its first line the names of the columns of `--csvfile`?
[[nodiscard]] bool is_testssl_csv(std::string_view text);
[[nodiscard]] bool read_testssl_csv(std::string_view text, Peers& peers, ScanErrors& report);

/// The hosts of an assessment by SSL Labs, each an object.
[[nodiscard]] bool read_ssllabs(std::string_view text, const std::vector<JsonPart>& hosts, Peers& peers, ScanErrors& report);

/// The members of the root, `server_scan_results` among them.
[[nodiscard]] bool read_sslyze(std::string_view text, const std::vector<JsonPart>& root, Peers& peers, ScanErrors& report);

}  // namespace schancfg::codec::scan
