// nmap -oX with the scripts ssl-enum-ciphers and ssl-cert; sslv2 where it ran. Written by Nmap 6.00 and later: nmap.dtd,
// scripts/ssl-enum-ciphers.nse, scripts/ssl-cert.nse, nselib/tls.lua.
#include <algorithm>

#include "schancfg/facts/groups.hpp"
#include "schancfg/schannel/spelling.hpp"
#include "schancfg/text.hpp"
#include "scan_dates.hpp"
#include "scan_readers.hpp"
#include "scan_words.hpp"

namespace schancfg::codec::scan {
namespace {

using pugi::xml_node;
using schannel::Answer;
using schannel::PeerCertificate;
using schannel::PeerProtocol;
using schannel::Preference;

constexpr const char* how_to_scan = "scan with nmap -Pn -p PORT --script ssl-enum-ciphers,ssl-cert -oX FILE HOST";

/// The `elem` or `table` of that key; elements come in any order.
xml_node keyed(xml_node in, const char* kind, std::string_view key) {
    for (const xml_node child : in.children(kind)) {
        if (child.attribute("key").value() == key) return child;
    }
    return {};
}

std::string_view elem(xml_node in, std::string_view key) { return keyed(in, "elem", key).text().get(); }

// CHANGELOG of Nmap 7.92: TLS 1.3 is tried by ssl-enum-ciphers.
bool tries_tls13(std::string_view version) {
    const auto dot = version.find('.');
    const auto major = number_of(version.substr(0, dot));
    if (!major || dot == std::string_view::npos) return false;
    std::string_view digits = version.substr(dot + 1);
    digits = digits.substr(0, std::min(digits.find_first_not_of("0123456789"), digits.size()));
    return *major > 7 || (*major == 7 && number_of(digits).value_or(0) >= 92);
}

// Did the scan have the script at all? What it found nothing with leaves no trace but the command line.
bool ran_script(std::string_view arguments) {
    if (contains(arguments, "ssl-enum-ciphers") || contains(arguments, "ssl-*")) return true;
    if (!contains(arguments, "--script")) return false;
    return contains(arguments, "intrusive") || contains(arguments, "discovery") || contains(arguments, "all");
}

class NmapReader {
public:
    NmapReader(const XmlOutline& xml, Peers& peers, ScanErrors& report) : xml_(xml), peers_(peers), report_(report) {}

    bool run() {
        pugi::xml_document head;
        if (!parse_head(xml_, head, report_)) return false;
        const xml_node root = head.document_element();
        version_ = root.attribute("version").value();
        time_ = root.attribute("startstr").value();
        for (const XmlChild& child : xml_.children) {
            if (child.name == "runstats" && !take_end(child)) return false;
        }
        for (const XmlChild& child : xml_.children) {
            if (child.name == "host" && !take_host(child)) return false;
        }
        if (peers_.list.empty() && !said_.empty()) {
            return report_.error("scan-no-tls", "nmap saw no host: " + shorten(said_), "check the name or address; scan with -Pn where the host drops pings");
        }
        if (!found_script_ && !ran_script(root.attribute("args").value())) {
            return report_.error("scan-no-tls", "this nmap scan ran without ssl-enum-ciphers and says nothing of TLS", how_to_scan);
        }
        return true;
    }

private:
    bool take_end(const XmlChild& child) {
        pugi::xml_document tree;
        if (!parse_child(xml_, child, tree, report_)) return false;
        const xml_node finished = tree.document_element().child("finished");
        const std::string_view exit = finished.attribute("exit").value();
        complete_ = exit.empty() || exit == "success";
        // What nmap itself says: an error, or `Nmap done at ...; 0 IP addresses (0 hosts up) scanned in 0.53 seconds`.
        said_ = finished.attribute("errormsg").value();
        if (!said_.empty()) return true;
        const std::string_view up = tree.document_element().child("hosts").attribute("up").value();
        std::string_view summary = finished.attribute("summary").value();
        summary.remove_prefix(std::min(summary.find_first_not_of(' ', std::min(summary.rfind(';') + 1, summary.size())), summary.size()));
        if (up == "0") said_ = summary;
        if (up == "0" && said_.empty()) said_ = "0 hosts up";
        return true;
    }

    [[nodiscard]] PeerBuilder begin() const {
        PeerBuilder builder("nmap");
        builder.peer.tool_version = version_;
        builder.peer.time = time_;
        builder.peer.complete = complete_;
        return builder;
    }

    static void name_host(xml_node host, schannel::Peer& peer) {
        for (const xml_node address : host.children("address")) {
            const std::string_view type = address.attribute("addrtype").value();
            if (type == "ipv4" || type == "ipv6") peer.ip = address.attribute("addr").value();
        }
        for (const xml_node hostname : host.child("hostnames").children("hostname")) {
            const bool asked_for = std::string_view(hostname.attribute("type").value()) == "user";
            if (peer.host.empty() || asked_for) peer.host = hostname.attribute("name").value();
            if (asked_for) break;
        }
        if (peer.host.empty() || peer.host == peer.ip) peer.host = std::exchange(peer.ip, {});
    }

    bool take_host(const XmlChild& child) {
        pugi::xml_document tree;
        if (!parse_child(xml_, child, tree, report_)) return false;
        const xml_node host = tree.document_element();
        offset_ = child.extent.begin;
        if (std::string_view(host.child("status").attribute("state").value()) == "down") {
            PeerBuilder builder = begin();
            name_host(host, builder.peer);
            return add_silent(builder, "the host was down");
        }
        for (const xml_node port : host.child("ports").children("port")) {
            if (std::string_view(port.attribute("protocol").value()) != "tcp") continue;
            PeerBuilder builder = begin();
            name_host(host, builder.peer);
            if (!take_port(port, builder)) return false;
        }
        return true;
    }

    bool add_silent(PeerBuilder& builder, std::string why) {
        builder.peer.tls_answered = false;
        builder.peer.not_tested = {std::move(why)};
        return peers_.add(builder, offset_);
    }

    bool take_port(xml_node port, PeerBuilder& builder) {
        const std::string_view number = port.attribute("portid").value();
        builder.peer.port = port_of(number);
        if (!builder.peer.port) return report_.error(offset_, "scan-shape", quote(number) + " is not a port", "a port is a number from 0 to 65535");
        bool answered = false;
        has_tables_ = false;
        for (const xml_node script : port.children("script")) {
            const std::string_view id = script.attribute("id").value();
            if (id == "ssl-enum-ciphers") {
                found_script_ = true;
                answered = take_suites(script, builder) || answered;
            } else if (id == "ssl-cert") {
                take_certificate(script, builder);
            } else if (id == "sslv2") {
                answered = take_sslv2(script, builder) || answered;
            }
        }
        if (answered) {
            if (has_tables_) settle_protocols(builder);
            add_not_tested(builder.peer);
            return peers_.add(builder, offset_);
        }
        const std::string state = port.child("state").attribute("state").value();
        return add_silent(builder, state == "open" ? "the port is open, and no TLS handshake was seen" : "the port was " + (state.empty() ? "not seen" : state));
    }

    bool take_suites(xml_node script, PeerBuilder& builder) {
        bool any = false;
        for (const xml_node table : script.children("table")) {
            const std::string_view key = table.attribute("key").value();
            const std::string_view name = protocol_name(key);
            if (name.empty()) {
                report_.warn(offset_, "scan-unknown-name", "ssl-enum-ciphers names a protocol " + quote(key) + ", which nobody knows; it is left out");
                continue;
            }
            take_protocol(table, name, builder);
            any = true;
        }
        if (!any) {
            read_nmap_text(script.attribute("output").value(), builder);
            return !builder.peer.suites.empty();
        }
        has_tables_ = true;
        return true;
    }

    // A protocol without an accepted suite has no table: it is not offered, where nmap tried it with what the server could have taken.
    void settle_protocols(PeerBuilder& builder) {
        for (PeerProtocol& protocol : builder.peer.protocols) {
            const bool tried = protocol.name != "SSL 2.0" && (protocol.name != "TLS 1.3" || tries_tls13(version_));
            if (tried && protocol.offered == Answer::unknown) protocol.offered = Answer::no;
        }
        PeerProtocol& tls13 = builder.protocol("TLS 1.3");
        if (tls13.offered != Answer::no || builder.protocol("TLS 1.2").offered != Answer::yes || !signs_beyond_nmap(builder.peer)) return;
        tls13.offered = Answer::unknown;
        builder.peer.not_tested.emplace_back("TLS 1.3: nmap does not offer ecdsa_secp384r1_sha384, without which a P-384 certificate is of no use there");
    }

    // nselib/tls.lua, DEFAULT_SIGSCHEMES: in the hello of TLS 1.3 there is no ecdsa_secp384r1_sha384.
    static bool signs_beyond_nmap(const schannel::Peer& peer) {
        if (std::ranges::none_of(peer.suites, [](const schannel::PeerSuite& suite) { return contains(suite.name, "_ECDSA_"); })) return false;
        const auto is_other = [](const PeerCertificate& each) { return each.key_type == "ECDSA" && each.key_bits != 0 && each.key_bits != 384; };
        return std::ranges::none_of(peer.certificates, is_other);
    }

    void take_protocol(xml_node table, std::string_view version, PeerBuilder& builder) {
        for (const xml_node suite : keyed(table, "table", "ciphers").children("table")) {
            const std::string_view suite_name = elem(suite, "name");
            if (suite_name.empty()) continue;
            std::string_view group;
            int dh_bits = 0;
            read_exchange(elem(suite, "kex_info"), builder.peer, group, dh_bits);
            builder.add_suite(version, std::nullopt, suite_name, group, dh_bits);
        }
        PeerProtocol& protocol = builder.protocol(version);
        protocol.suites_complete = protocol.offered == Answer::yes;
        const std::string_view preference = elem(table, "cipher preference");
        if (preference == "client") protocol.preference = Preference::client;
        // With an error the suites could not be sorted and stand in alphabetical order.
        if (preference == "server" && !keyed(table, "elem", "cipher preference error")) protocol.preference = Preference::server;
        for (const xml_node warning : keyed(table, "table", "warnings").children("elem")) {
            const std::string_view text = warning.text().get();
            if (contains(text, "certificate signature") && seen_hash_.empty()) seen_hash_ = hash_name(text);
        }
    }

    // `rsa 2048` and `dsa 1024` are keys of the certificate, `dh 2048` the group of the server, a single word a named group.
    void read_exchange(std::string_view text, const schannel::Peer& peer, std::string_view& group, int& dh_bits) {
        if (text.empty()) return;
        const auto words = words_of(text);
        if (words.size() == 2 && number_of(words[1])) {
            const int bits = *number_of(words[1]);
            if (words[0] == "dh") dh_bits = bits;
            if ((words[0] == "rsa" || words[0] == "dsa") && seen_key_.key_type.empty()) {
                seen_key_.key_type = key_name(words[0]);
                seen_key_.key_bits = bits;
            }
            if (words[0] == "dh" || words[0] == "rsa" || words[0] == "dsa" || words[0] == "ec" || words[0] == "ecdh") return;
        }
        if (const facts::Group* known = words.empty() ? nullptr : facts::find_group(words[0]); known != nullptr) {
            group = known->name;
            dh_bits = known->dh_bits;
            return;
        }
        report_.warn(offset_, "scan-unknown-name", quote(peer.address()) + ": ssl-enum-ciphers names a key exchange " + quote(text) +
                                                       ", which nobody knows; the suite is read without it");
    }

    static void take_certificate(xml_node script, PeerBuilder& builder) {
        const xml_node key = keyed(script, "table", "pubkey");
        if (!key) return;
        PeerCertificate certificate;
        certificate.key_type = key_name(elem(key, "type"));
        certificate.key_bits = number_of(elem(key, "bits")).value_or(0);
        const xml_node curve = keyed(keyed(key, "table", "ecdhparams"), "table", "curve_params");
        certificate.curve = group_name(elem(curve, "curve"));
        read_signature(elem(script, "sig_algo"), certificate);
        certificate.subject = elem(keyed(script, "table", "subject"), "commonName");
        const xml_node validity = keyed(script, "table", "validity");
        certificate.valid_from = seconds_of(elem(validity, "notBefore"));
        certificate.valid_until = seconds_of(elem(validity, "notAfter"));
        builder.add_certificate(std::move(certificate));
    }

    static bool take_sslv2(xml_node script, PeerBuilder& builder) {
        if (!contains(script.attribute("output").value(), "SSLv2 supported")) return false;
        builder.protocol("SSL 2.0").offered = Answer::yes;
        for (const xml_node suite : keyed(script, "table", "ciphers").children("elem")) {
            // scripts/sslv2.nse: SSL2_RC4_128_WITH_MD5.
            const std::string_view name = suite.text().get();
            builder.add_suite("SSL 2.0", std::nullopt, name.starts_with("SSL2_") ? "SSL_CK_" + std::string(name.substr(5)) : std::string(name));
        }
        return true;
    }

    void add_not_tested(schannel::Peer& peer) {
        if (peer.certificates.empty() && !seen_key_.key_type.empty()) {
            seen_key_.signature_hash = seen_hash_;
            peer.certificates.push_back(seen_key_);
        }
        if (peer.certificates.empty()) peer.not_tested.emplace_back("the certificate: nmap shows it with the script ssl-cert");
        if (peer.protocol("SSL 2.0")->offered == Answer::unknown) peer.not_tested.emplace_back("SSL 2.0: nmap tries it with the script sslv2");
        if (peer.protocol("TLS 1.3")->offered == Answer::unknown && !tries_tls13(version_)) peer.not_tested.emplace_back("TLS 1.3: nmap tries it from 7.92 on");
        peer.not_tested.emplace_back("groups: nmap offers five and sees one for each suite, not all that are taken");
        seen_key_ = {};
        seen_hash_ = {};
    }

    const XmlOutline& xml_;
    Peers& peers_;
    ScanErrors& report_;
    std::string version_, time_, said_;
    bool complete_ = true;
    bool found_script_ = false;
    bool has_tables_ = false;     // of the port
    std::size_t offset_ = 0;      // of the host
    PeerCertificate seen_key_;    // of the port, by the key exchanges
    std::string_view seen_hash_;  // of the port, by the warnings
};

}  // namespace

bool read_nmap(const XmlOutline& xml, Peers& peers, ScanErrors& report) { return NmapReader(xml, peers, report).run(); }

}  // namespace schancfg::codec::scan
