// sslyze --json_out, version 3 and later: sslyze/json/json_output.py and the scan commands of nabla-c0d3/sslyze. 3 and 4 put the
// result of a command where 5 has its status, and say where the server is in `server_info`.
#include <nlohmann/json.hpp>

#include "schancfg/facts/groups.hpp"
#include "schancfg/schannel/spelling.hpp"
#include "schancfg/text.hpp"
#include "scan_dates.hpp"
#include "scan_readers.hpp"
#include "scan_words.hpp"

namespace schancfg::codec::scan {
namespace {

using nlohmann::json;
using schannel::Answer;
using schannel::PeerCertificate;

struct Command {
    const char* member;
    const char* protocol;
};
constexpr Command commands[] = {{"ssl_2_0_cipher_suites", "SSL 2.0"}, {"ssl_3_0_cipher_suites", "SSL 3.0"}, {"tls_1_0_cipher_suites", "TLS 1.0"},
                                {"tls_1_1_cipher_suites", "TLS 1.1"}, {"tls_1_2_cipher_suites", "TLS 1.2"}, {"tls_1_3_cipher_suites", "TLS 1.3"}};

class ServerReader {
public:
    ServerReader(const json& server, PeerBuilder& builder, JsonReader& reader) : server_(server), builder_(builder), reader_(reader) {}

    bool run() {
        if (!server_.is_object()) return reader_.error("", "an object");
        if (!take_location()) return false;
        const json* older = reader_.object(server_, "scan_commands_results");
        const json* result = older != nullptr ? older : reader_.object(server_, "scan_result");
        const bool completed = older != nullptr || reader_.string(server_, "scan_status") == "COMPLETED";
        if (!completed || result == nullptr) {
            builder_.peer.tls_answered = false;
            builder_.peer.not_tested = {"sslyze could not connect"};
            return reader_.ok();
        }
        for (const Command& command : commands) take_suites(*result, command);
        take_curves(*result);
        take_certificates(*result);
        take_extensions(*result);
        builder_.peer.not_tested.emplace_back("whose order of suites counts: sslyze does not try");
        return reader_.ok();
    }

private:
    bool take_location() {
        const json* info = reader_.object(server_, "server_info");
        const json* location = reader_.object(info != nullptr ? *info : server_, "server_location");
        if (location == nullptr) return reader_.error("server_location", "an object");
        schannel::Peer& peer = builder_.peer;
        peer.host = reader_.string(*location, "hostname");
        peer.ip = reader_.string(*location, "ip_address");
        if (peer.host == peer.ip) peer.ip.clear();
        const int port = reader_.number(*location, "port");
        if (reader_.ok() && (port < 1 || port > 0xFFFF)) return reader_.error("port", "a number from 1 to 65535");
        peer.port = static_cast<std::uint16_t>(port);
        return reader_.ok();
    }

    /// The result of a scan command that ended; nullptr: it did not, or was not asked for.
    const json* result_of(const json& results, const char* command) {
        const json* attempt = reader_.object(results, command);
        if (attempt == nullptr || !attempt->contains("status")) return attempt;
        return reader_.string(*attempt, "status") == "COMPLETED" ? reader_.object(*attempt, "result") : nullptr;
    }

    void take_suites(const json& results, const Command& command) {
        const json* result = result_of(results, command.member);
        if (result == nullptr) {
            builder_.peer.not_tested.push_back(std::string(command.protocol) + ": sslyze did not try it, or failed");
            return;
        }
        schannel::PeerProtocol& protocol = builder_.protocol(command.protocol);
        const json* accepted = reader_.array(*result, "accepted_cipher_suites");
        if (accepted == nullptr) return;
        // Older ones do not say it in so many words.
        const bool supported = reader_.boolean(*result, "is_tls_version_supported", !accepted->empty());
        protocol.offered = supported ? Answer::yes : Answer::no;
        protocol.suites_complete = !accepted->empty();
        for (const json& suite : *accepted) take_suite(suite, command.protocol);
    }

    void take_suite(const json& accepted, std::string_view protocol) {
        const json* suite = reader_.object(accepted, "cipher_suite");
        if (suite == nullptr) {
            reader_.error("cipher_suite", "an object");
            return;
        }
        std::string_view group;
        int dh_bits = 0;
        if (const json* key = reader_.object(accepted, "ephemeral_key"); key != nullptr) {
            group = group_name(reader_.string(*key, "curve_name"));
            if (reader_.string(*key, "type_name") == "DH") dh_bits = reader_.number(*key, "size");
        }
        const std::string_view name = reader_.string(*suite, "name");
        if (name.empty()) {
            reader_.error("name", "a string");
            return;
        }
        builder_.add_suite(protocol, std::nullopt, name, group, dh_bits);
    }

    void take_curves(const json& results) {
        const json* result = result_of(results, "elliptic_curves");
        if (result == nullptr) {
            builder_.peer.not_tested.emplace_back("groups: sslyze tries them with --elliptic_curves");
            return;
        }
        if (const json* curves = reader_.array(*result, "supported_curves"); curves != nullptr) {
            for (const json& curve : *curves) builder_.add_group(group_name(reader_.string(curve, "name")));
        }
        builder_.peer.groups_complete = true;
    }

    void take_certificates(const json& results) {
        const json* result = result_of(results, "certificate_info");
        if (result == nullptr) {
            builder_.peer.not_tested.emplace_back("the certificate: sslyze shows it with --certinfo");
            return;
        }
        const json* deployments = reader_.array(*result, "certificate_deployments");
        if (deployments == nullptr) return;
        for (const json& deployment : *deployments) {
            const json* chain = reader_.array(deployment, "received_certificate_chain");
            if (chain != nullptr && !chain->empty()) take_certificate(chain->front());
        }
    }

    void take_certificate(const json& from) {
        PeerCertificate certificate;
        if (const json* key = reader_.object(from, "public_key"); key != nullptr) {
            certificate.key_type = key_name(reader_.string(*key, "algorithm"));
            certificate.key_bits = reader_.number(*key, "key_size");
            certificate.curve = group_name(reader_.string(*key, "ec_curve_name"));
        } else if (key = reader_.object(from, "publicKey"); key != nullptr) {  // 3
            certificate.key_type = key_name(reader_.string(*key, "algorithm"));
            certificate.key_bits = reader_.number(*key, "size");
            certificate.curve = group_name(reader_.string(*key, "curve"));
        }
        if (const std::string_view hash = reader_.string(from, "signatureAlgorithm"); !hash.empty()) certificate.signature_hash = hash_name(hash);
        if (const json* oid = reader_.object(from, "signature_algorithm_oid"); oid != nullptr) read_signature(reader_.string(*oid, "name"), certificate);
        if (const json* hash = reader_.object(from, "signature_hash_algorithm"); hash != nullptr) {
            certificate.signature_hash = hash_name(reader_.string(*hash, "name"));
        }
        if (const json* subject = reader_.object(from, "subject"); subject != nullptr) certificate.subject = reader_.string(*subject, "rfc4514_string");
        const auto date = [&](const char* name, const char* of_3) {
            const std::string_view text = reader_.string(from, name);
            return seconds_of(text.empty() ? reader_.string(from, of_3) : text);
        };
        certificate.valid_from = date("not_valid_before", "notBefore");
        certificate.valid_until = date("not_valid_after", "notAfter");
        builder_.add_certificate(std::move(certificate));
    }

    void take_extensions(const json& results) {
        const auto answer = [](bool yes) { return yes ? Answer::yes : Answer::no; };
        if (const json* result = result_of(results, "session_renegotiation"); result != nullptr && reader_.has(*result, "supports_secure_renegotiation")) {
            builder_.peer.secure_renegotiation = answer(reader_.boolean(*result, "supports_secure_renegotiation", false));
        }
        if (const json* result = result_of(results, "tls_extended_master_secret"); result != nullptr && reader_.has(*result, "supports_ems_extension")) {
            builder_.peer.extended_master_secret = answer(reader_.boolean(*result, "supports_ems_extension", false));
        }
    }

    const json& server_;
    PeerBuilder& builder_;
    JsonReader& reader_;
};

}  // namespace

bool read_sslyze(std::string_view text, const std::vector<JsonPart>& root, Peers& peers, ScanErrors& report) {
    const JsonPart* servers = find_part(root, "server_scan_results");
    std::string version, time;
    for (const JsonPart& part : root) {
        if (part.key == "server_scan_results" || part.key == "accepted_targets") continue;
        json value;
        if (!parse_part(text, part.extent, value, report)) return false;
        if (part.key == "sslyze_version" && value.is_string()) version = value.get<std::string>();
        if (part.key == "date_scans_completed" && value.is_string()) time = value.get<std::string>();
    }
    const auto major = number_of(std::string_view(version).substr(0, version.find('.')));
    if (!major || *major < 3 || servers == nullptr) {
        return report.error("scan-format", "this is JSON of sslyze " + (version.empty() ? "of an unknown version" : quote(version)) +
                                               ", whose members have other names", "scan with sslyze 3 or later, or with nmap, sslscan or testssl.sh");
    }
    std::vector<JsonPart> all;
    if (!json_parts(text, servers->extent, all, report)) return false;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const std::size_t offset = all[i].extent.begin;
        json server;
        if (!parse_part(text, all[i].extent, server, report)) return false;
        PeerBuilder builder("sslyze");
        builder.peer.tool_version = version;
        builder.peer.time = time;
        JsonReader reader("server_scan_results[" + std::to_string(i) + "]", offset, report);
        if (!ServerReader(server, builder, reader).run() || !peers.add(builder, offset)) return false;
    }
    return true;
}

}  // namespace schancfg::codec::scan
