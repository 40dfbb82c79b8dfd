// sslscan --xml: versions 1.11 to 2.2 (sslscan.c of rbsec/sslscan).
#include <algorithm>
#include <charconv>

#include "schancfg/facts/groups.hpp"
#include "schancfg/facts/suite_names.hpp"
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

// `0xC030`, and of version 1 also `0x9F` and `0xA`.
std::optional<std::uint32_t> suite_id(std::string_view word) {
    if (!word.starts_with("0x") || word.size() < 3 || word.size() > 8) return std::nullopt;
    std::uint32_t id = 0;
    const auto [end, error] = std::from_chars(word.data() + 2, word.data() + word.size(), id, 16);
    return error == std::errc{} && end == word.data() + word.size() ? std::optional(id) : std::nullopt;
}

class SslscanReader {
public:
    SslscanReader(const XmlOutline& xml, Peers& peers, ScanErrors& report) : xml_(xml), peers_(peers), report_(report) {}

    bool run() {
        pugi::xml_document head;
        if (!parse_head(xml_, head, report_)) return false;
        version_ = head.document_element().attribute("version").value();
        for (const XmlChild& child : xml_.children) {
            if (child.name == "ssltest" && !take_test(child)) return false;
        }
        return true;
    }

private:
    bool take_test(const XmlChild& child) {
        pugi::xml_document tree;
        if (!parse_child(xml_, child, tree, report_)) return false;
        offset_ = child.extent.begin;
        const xml_node test = tree.document_element();
        PeerBuilder builder("sslscan");
        schannel::Peer& peer = builder.peer;
        peer.tool_version = version_;
        peer.host = test.attribute("host").value();
        if (const std::string_view sni = test.attribute("sniname").value(); !sni.empty() && sni != peer.host) {
            peer.ip = std::exchange(peer.host, sni);
        }
        const std::string_view port = test.attribute("port").value();
        peer.port = port_of(port);
        if (!peer.port) return report_.error(offset_, "scan-shape", quote(port) + " is not a port", "a port is a number from 0 to 65535");

        for (const xml_node protocol : test.children("protocol")) take_protocol(protocol, builder);
        const bool says_no = std::ranges::any_of(peer.protocols, [](const PeerProtocol& each) { return each.offered == Answer::no; });
        for (const xml_node cipher : test.children("cipher")) take_cipher(cipher, builder);
        for (PeerProtocol& protocol : peer.protocols) protocol.suites_complete = protocol.suites_complete && has_protocols_;
        for (const xml_node group : test.children("group")) take_group(group, builder);
        for (const xml_node signature : test.children("connection-signature-algorithm")) take_signature(signature, builder);
        // Version 1 has no element around them.
        for (const xml_node certificate : test.children("certificate")) take_certificate(certificate, builder);
        for (const xml_node certificate : test.child("certificates").children("certificate")) take_certificate(certificate, builder);
        if (std::string_view(test.child("renegotiation").attribute("secure").value()) == "1") peer.secure_renegotiation = Answer::yes;

        const bool offers = std::ranges::any_of(peer.protocols, [](const PeerProtocol& each) { return each.offered == Answer::yes; });
        if (!offers) return add_silent(builder, says_no);
        // What was seen before the error was seen.
        peer.complete = !test.child("error");
        add_not_tested(peer);
        has_protocols_ = false;
        return peers_.add(builder, offset_);
    }

    bool add_silent(PeerBuilder& builder, bool says_no) {
        for (PeerProtocol& protocol : builder.peer.protocols) protocol.offered = Answer::unknown;
        builder.peer.tls_answered = false;
        builder.peer.not_tested = {says_no ? "sslscan saw no protocol at all" : "sslscan could not connect"};
        has_protocols_ = false;
        return peers_.add(builder, offset_);
    }

    // Those that were looked for are all listed, with 0 or 1.
    void take_protocol(xml_node element, PeerBuilder& builder) {
        const std::string word = std::string(element.attribute("type").value()) + element.attribute("version").value();
        const std::string_view name = protocol_name(word);
        if (name.empty()) {
            report_.warn(offset_, "scan-unknown-name", "sslscan names a protocol " + quote(word) + ", which nobody knows; it is left out");
            return;
        }
        has_protocols_ = true;
        const std::string_view enabled = element.attribute("enabled").value();
        if (enabled == "1") builder.protocol(name).offered = Answer::yes;
        if (enabled == "0") builder.protocol(name).offered = Answer::no;
    }

    void take_cipher(xml_node element, PeerBuilder& builder) {
        const std::string_view status = element.attribute("status").value();
        if (status != "accepted" && status != "preferred") return;
        const std::string_view word = element.attribute("sslversion").value();
        const std::string_view protocol = protocol_name(word);
        if (protocol.empty()) {
            report_.warn(offset_, "scan-unknown-name", "sslscan names a protocol " + quote(word) + ", which nobody knows; its suite is left out");
            return;
        }
        const std::optional<std::uint32_t> id = suite_id(element.attribute("id").value());
        const std::string_view name = element.attribute("cipher").value();
        if (!id && name.empty()) {
            report_.warn(offset_, "scan-unknown-name", "a suite that sslscan lists has no name and no proper id; it is left out");
            builder.protocol(protocol).offered = Answer::yes;
            return;
        }
        const facts::Group* group = facts::find_group(element.attribute("curve").value());
        const int dh_bits = number_of(element.attribute("dhebits").value()).value_or(0);
        builder.add_suite(protocol, id, name, group == nullptr ? std::string_view() : group->name, dh_bits);
        builder.protocol(protocol).suites_complete = true;
    }

    // `secp256r1 (NIST P-256)`, `x25519`.
    void take_group(xml_node element, PeerBuilder& builder) {
        const facts::Group* group = facts::find_group(element.attribute("id").value());
        if (group == nullptr) {
            const auto words = words_of(element.attribute("name").value());
            if (!words.empty()) group = facts::find_group(words[0]);
        }
        if (group == nullptr) {
            report_.warn(offset_, "scan-unknown-name", "sslscan names a group " + quote(element.attribute("name").value()) + ", which nobody knows; it is left out");
            return;
        }
        builder.add_group(group->name);
        builder.peer.groups_complete = true;
    }

    static void take_signature(xml_node element, PeerBuilder& builder) {
        const std::string_view name = element.attribute("name").value();
        const std::string scheme = signature_scheme(name);
        // ANY: the server signs with what it was not asked for.
        if (scheme.empty() || name == "ANY") return;
        builder.add_handshake_signature(scheme);
        builder.peer.handshake_signatures_complete = true;
    }

    static void take_certificate(xml_node element, PeerBuilder& builder) {
        PeerCertificate certificate;
        const xml_node key = element.child("pk");
        certificate.key_type = key_name(key.attribute("type").value());
        certificate.key_bits = number_of(key.attribute("bits").value()).value_or(0);
        certificate.curve = group_name(key.attribute("curve_name").value());
        read_signature(element.child("signature-algorithm").text().get(), certificate);
        certificate.subject = element.child("subject").text().get();
        certificate.valid_from = seconds_of(element.child("not-valid-before").text().get());
        certificate.valid_until = seconds_of(element.child("not-valid-after").text().get());
        if (!certificate.key_type.empty() || !certificate.signature_hash.empty()) builder.add_certificate(std::move(certificate));
    }

    void add_not_tested(schannel::Peer& peer) const {
        if (!has_protocols_) peer.not_tested.emplace_back("protocols without a suite: this version of sslscan does not say whether it tried them");
        if (peer.protocol("SSL 3.0")->offered == Answer::yes || peer.protocol("SSL 2.0")->offered == Answer::yes) {
            peer.not_tested.emplace_back("suites of SSL 2.0 and 3.0: sslscan does not list them");
        }
        if (!peer.groups_complete) peer.not_tested.emplace_back("groups: sslscan shows one for each suite, not all that are taken");
        if (peer.certificates.empty()) peer.not_tested.emplace_back("the certificate: sslscan saw none");
        peer.not_tested.emplace_back("whose order of suites counts: sslscan does not try");
    }

    const XmlOutline& xml_;
    Peers& peers_;
    ScanErrors& report_;
    std::string version_;
    std::size_t offset_ = 0;       // of the test
    bool has_protocols_ = false;   // of the test: version 2, which also tries what OpenSSL does not know
};

}  // namespace

bool read_sslscan(const XmlOutline& xml, Peers& peers, ScanErrors& report) { return SslscanReader(xml, peers, report).run(); }

}  // namespace schancfg::codec::scan
