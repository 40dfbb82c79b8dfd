// SSL Labs' API, versions 2 and 3: ssllabs/ssllabs-scan, ssllabs-api-docs-v2-deprecated.md and ssllabs-api-docs-v3.md; what
// ssllabs-scan and the site's own export write.
#include <array>
#include <map>

#include <nlohmann/json.hpp>

#include "schancfg/codec/scan.hpp"
#include "scan_readers.hpp"
#include "scan_words.hpp"

namespace schancfg::codec::scan {
namespace {

using nlohmann::json;
using schannel::Answer;
using schannel::PeerCertificate;
using schannel::Preference;

std::string_view protocol_of(int id) {
    switch (id) {
        case 0x0002: return "SSL 2.0";
        case 0x0300: return "SSL 3.0";
        case 0x0301: return "TLS 1.0";
        case 0x0302: return "TLS 1.1";
        case 0x0303: return "TLS 1.2";
        case 0x0304: return "TLS 1.3";
        default: return {};
    }
}

class EndpointReader {
public:
    EndpointReader(const json& host, const json& endpoint, PeerBuilder& builder, JsonReader& reader)
        : host_(host), endpoint_(endpoint), builder_(builder), reader_(reader) {}

    bool run() {
        if (!endpoint_.is_object()) return reader_.error("endpoints", "objects");
        schannel::Peer& peer = builder_.peer;
        peer.host = reader_.string(host_, "host");
        peer.ip = reader_.string(endpoint_, "ipAddress");
        if (peer.host.empty()) peer.host = std::exchange(peer.ip, {});
        if (peer.ip == peer.host) peer.ip.clear();
        const int port = reader_.has(host_, "port") ? reader_.number(host_, "port") : 443;
        if (reader_.ok() && (port < 1 || port > 0xFFFF)) return reader_.error("port", "a number from 1 to 65535");
        peer.port = static_cast<std::uint16_t>(port);
        peer.tool_version = reader_.string(host_, "engineVersion");
        const json* details = reader_.object(endpoint_, "details");
        const json* protocols = details == nullptr ? nullptr : reader_.array(*details, "protocols");
        if (protocols == nullptr || protocols->empty()) {
            peer.tls_answered = false;
            const std::string_view message = reader_.string(endpoint_, "statusMessage");
            peer.not_tested = {"SSL Labs did not finish: " + std::string(message.empty() ? "no reason is given" : message)};
            return reader_.ok();
        }
        take_protocols(*details, *protocols);
        take_groups(*details);
        take_suites(*details);
        take_certificates(*details);
        const int renegotiation = reader_.number(*details, "renegSupport");
        // Bit 1: secure renegotiation is supported; bit 0: insecure one that a client starts is.
        if (reader_.has(*details, "renegSupport")) peer.secure_renegotiation = (renegotiation & 2) != 0 ? Answer::yes : Answer::no;
        return reader_.ok();
    }

private:
    void take_protocols(const json& details, const json& protocols) {
        // Version 3 of the API looks for all of them; TLS 1.3 is younger than version 2.
        const auto suites = details.find("suites");
        const bool is_v3 = suites != details.end() && suites->is_array();
        for (schannel::PeerProtocol& protocol : builder_.peer.protocols) {
            protocol.offered = protocol.name == "TLS 1.3" && !is_v3 ? Answer::unknown : Answer::no;
        }
        for (const json& each : protocols) {
            const std::string_view name = protocol_of(reader_.number(each, "id"));
            if (!name.empty()) builder_.protocol(name).offered = Answer::yes;
        }
    }

    void take_suites(const json& details) {
        const auto suites = details.find("suites");
        if (suites == details.end()) return;
        if (suites->is_array()) {
            for (const json& each : *suites) {
                const std::string_view protocol = protocol_of(reader_.number(each, "protocol"));
                if (!protocol.empty()) take_list(each, protocol);
            }
        } else {
            take_list(*suites, {});
        }
    }

    void take_list(const json& from, std::string_view protocol) {
        const json* list = reader_.array(from, "list");
        if (list == nullptr) return;
        for (const json& suite : *list) {
            const int id = reader_.number(suite, "id");
            const std::string_view name = reader_.string(suite, "name");
            const std::string_view group = group_name(reader_.string(suite, "namedGroupName"));
            // dhP is the length of the prime in bytes.
            constexpr int bits_a_byte = 8, longest = 4096;
            const int prime = reader_.number(suite, "dhP"), strength = reader_.number(suite, "dhStrength");
            const int bits = prime > 0 && prime <= longest ? prime * bits_a_byte : strength;
            if (name.empty()) continue;
            builder_.add_suite(protocol, id > 0 ? std::optional(static_cast<std::uint32_t>(id)) : std::nullopt, name, group, bits);
        }
        for (schannel::PeerProtocol& each : builder_.peer.protocols) {
            if (each.offered != Answer::yes || (!protocol.empty() && each.name != protocol)) continue;
            // A list for all protocols together holds those of each, and perhaps more.
            each.suites_complete = !list->empty();
            if (reader_.has(from, "preference")) each.preference = reader_.boolean(from, "preference", false) ? Preference::server : Preference::client;
        }
    }

    void take_groups(const json& details) {
        const json* groups = reader_.object(details, "namedGroups");
        const json* list = groups == nullptr ? nullptr : reader_.array(*groups, "list");
        if (list == nullptr) {
            builder_.peer.not_tested.emplace_back("groups: SSL Labs lists them from version 3 of its API on");
            return;
        }
        for (const json& each : *list) builder_.add_group(group_name(reader_.string(each, "name")));
        builder_.peer.groups_complete = !list->empty();
    }

    /// Milliseconds since 1970.
    static std::optional<std::int64_t> date_of(const json& from, const char* name) {
        constexpr std::int64_t second_ms = 1000;
        const auto found = from.find(name);
        if (found == from.end() || !found->is_number_integer()) return std::nullopt;
        return found->get<std::int64_t>() / second_ms;
    }

    void take_certificates(const json& details) {
        if (const json* key = reader_.object(details, "key"); key != nullptr) {  // version 2
            PeerCertificate certificate;
            certificate.key_type = key_name(reader_.string(*key, "alg"));
            certificate.key_bits = reader_.number(*key, "size");
            if (const json* cert = reader_.object(details, "cert"); cert != nullptr) {
                read_signature(reader_.string(*cert, "sigAlg"), certificate);
                certificate.subject = reader_.string(*cert, "subject");
                certificate.valid_from = date_of(*cert, "notBefore");
                certificate.valid_until = date_of(*cert, "notAfter");
            }
            builder_.add_certificate(std::move(certificate));
            return;
        }
        const json* chains = reader_.array(details, "certChains");
        const json* certs = reader_.array(host_, "certs");
        if (chains == nullptr || certs == nullptr) return;
        for (const json& chain : *chains) {
            // What a client without SNI gets is another one's.
            if (reader_.boolean(chain, "noSni", false)) continue;
            const json* ids = reader_.array(chain, "certIds");
            if (ids == nullptr || ids->empty() || !ids->front().is_string()) continue;
            for (const json& cert : *certs) {
                if (reader_.string(cert, "id") != ids->front().get_ref<const std::string&>()) continue;
                PeerCertificate certificate;
                certificate.key_type = key_name(reader_.string(cert, "keyAlg"));
                certificate.key_bits = reader_.number(cert, "keySize");
                read_signature(reader_.string(cert, "sigAlg"), certificate);
                certificate.subject = reader_.string(cert, "subject");
                certificate.valid_from = date_of(cert, "notBefore");
                certificate.valid_until = date_of(cert, "notAfter");
                builder_.add_certificate(std::move(certificate));
                break;
            }
        }
    }

    const json& host_;
    const json& endpoint_;
    PeerBuilder& builder_;
    JsonReader& reader_;
};

}  // namespace

bool read_ssllabs(std::string_view text, const std::vector<JsonPart>& hosts, Peers& peers, ScanErrors& report) {
    for (std::size_t i = 0; i < hosts.size(); ++i) {
        const std::size_t offset = hosts[i].extent.begin;
        json host;
        if (!parse_part(text, hosts[i].extent, host, report)) return false;
        JsonReader reader("host " + std::to_string(i + 1), offset, report);
        if (!host.is_object()) return reader.error("", "an object");
        const json* endpoints = reader.array(host, "endpoints");
        if (!reader.ok()) return false;
        if (endpoints == nullptr || endpoints->empty()) {
            return report.error(offset, "scan-no-tls", "SSL Labs saw no endpoint of " + std::string(reader.string(host, "host")),
                                "scan again when its status is READY");
        }
        for (const json& endpoint : *endpoints) {
            PeerBuilder builder("SSL Labs");
            if (!EndpointReader(host, endpoint, builder, reader).run() || !peers.add(builder, offset)) return false;
        }
    }
    return true;
}

}  // namespace schancfg::codec::scan
