// The targets of a file of testssl.sh that names each finding's: the flat JSON and the CSV.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "scan_readers.hpp"
#include "scan_testssl_findings.hpp"

namespace schancfg::codec::scan {

/// `host/1.2.3.4`, `host/[2001:db8::1]`; both may be the address.
void name_target(std::string_view text, schannel::Peer& peer);

class Targets {
public:
    Targets(Peers& peers, ScanErrors& report) : peers_(peers), report_(report) {}

    /// A finding of the target `ip`, which is a peer with that port. False, with an error in the report: not a port, or too many targets.
    bool take(std::string_view ip, std::string_view port, std::string_view id, std::string_view severity, std::string_view finding, std::size_t offset);
    /// Once, after the last finding. False, with an error in the report: there was none, or too many suites.
    bool finish();

private:
    struct Target {
        Findings findings;
        std::size_t offset;
    };
    Peers& peers_;
    ScanErrors& report_;
    std::vector<Target> targets_;
    std::unordered_map<std::string, std::size_t> known_;
};

}  // namespace schancfg::codec::scan
