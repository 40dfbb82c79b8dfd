// What testssl.sh finds at one target: an id and a text a finding. Its severities are opinions and are not read.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scan_peer.hpp"

namespace schancfg::codec::scan {

class Findings {
public:
    Findings(std::string_view version, std::string_view time);

    /// Any finding, in the order of the file; ids that say nothing of what a client meets are passed over.
    void take(std::string_view id, std::string_view severity, std::string_view finding);
    /// Puts what was found into `builder`, once, after the last finding.
    void finish();

    PeerBuilder builder;

private:
    struct Suite {
        std::string protocol;
        std::uint32_t id = 0;
        std::string name, exchange;
        int bits = 0;  // of the exchange
    };

    void take_protocol(std::string_view protocol, std::string_view finding);
    void take_suite(std::string_view id, std::string_view finding);
    void take_order(std::string_view protocol, std::string_view finding);
    void take_groups(std::string_view finding);
    void take_certificate(std::string_view id, std::string_view finding);
    void add_suite(const Suite& suite, std::string_view protocol);
    void finish_protocol(schannel::PeerProtocol& protocol);
    [[nodiscard]] std::string_view group_of(const Suite& suite) const;

    std::vector<Suite> suites_;                                               // of cipher-tls1_2_xc030, cipher_xc030
    std::map<std::string, std::vector<std::string>, std::less<>> orders_;     // by protocol, of cipherorder_TLSv1_2, supportedciphers_TLSv1_2
    std::map<std::string, schannel::PeerCertificate, std::less<>> certificates_;  // by `<hostCert#1>`
    std::optional<bool> server_prefers_, server_prefers_tls13_;               // of cipher_order
    bool sees_groups_ = false, fatal_ = false;
};

}  // namespace schancfg::codec::scan
