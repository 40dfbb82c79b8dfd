#include "schancfg/codec/peer_toml.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "peer_values.hpp"
#include "profile_document.hpp"
#include "profile_sections.hpp"
#include "profile_words.hpp"
#include "schancfg/facts/groups.hpp"
#include "schancfg/facts/iana_suites.hpp"
#include "schancfg/facts/suite_names.hpp"
#include "schancfg/schannel/spelling.hpp"
#include "schancfg/text.hpp"
#include "scan_dates.hpp"
#include "scan_words.hpp"

namespace schancfg::codec {
namespace {

using namespace profile;
using schannel::Answer;
using schannel::Peer;
using schannel::PeerCertificate;
using schannel::PeerProtocol;
using schannel::PeerSuite;
using schannel::Preference;

constexpr int max_bits = 65536;

constexpr std::array<std::string_view, 20> peer_keys{
    "role",         "name",         "host",        "port",         "notes",            "complete",             "protocols",
    "cipher_suites", "cipher_order", "groups",      "dh_bits",      "dh_min_bits",      "dh_max_bits",          "rsa_min_bits",
    "rsa_max_bits", "certificate",  "signature_hashes", "handshake_signatures", "secure_renegotiation", "extended_master_secret"};
constexpr std::array<std::string_view, 8> certificate_keys{"key", "bits", "curve", "signature_hash", "signature_key", "subject", "valid_from", "valid_until"};
constexpr std::array<std::string_view, 5> key_types{"RSA", "ECDSA", "DSA", "ED25519", "ED448"};
constexpr std::array<std::string_view, 6> signature_keys{"RSA", "RSA-PSS", "ECDSA", "DSA", "ED25519", "ED448"};

bool is_tls13(const PeerSuite& suite) { return (suite.id >= 0x1301 && suite.id <= 0x13FF) || suite.id == 0xC0B4 || suite.id == 0xC0B5; }

bool fits(const PeerSuite& suite, std::string_view protocol) {
    if (protocol == "SSL 2.0") return suite.id > 0xFFFF;
    return suite.id <= 0xFFFF && is_tls13(suite) == (protocol == "TLS 1.3");
}

class PeerDocument {
public:
    explicit PeerDocument(DocumentErrors& report) : report_(report), values_(report) {}

    Peer run(const Member& section) {
        peer_ = schannel::unknown_peer(facts::Role::server);
        if (section.value.kind != Node::Kind::table) {
            wrong_type(report_, section.value.place, "peer", section.value, "write a table: [peer]");
            return std::move(peer_);
        }
        for (const Member& member : section.value.members) take(member);
        settle();
        return std::move(peer_);
    }

private:
    void take(const Member& member) {
        const std::string_view key = member.key;
        const Node& value = member.value;
        if (key == "role") {
            const auto word = values_.one_of("role", value, std::array<std::string_view, 2>{"client", "server"});
            if (word == "client") peer_.role = facts::Role::client;
        } else if (key == "name") {
            values_.text("name", value, false, name_);
        } else if (key == "host") {
            values_.text("host", value, false, peer_.host);
        } else if (key == "notes") {
            values_.text("notes", value, true, peer_.notes);
        } else if (key == "port") {
            if (const int port = values_.number("port", value, 0xFFFF); port != 0) peer_.port = static_cast<std::uint16_t>(port);
        } else if (key == "complete") {
            complete_ = values_.boolean("complete", value, true);
        } else if (key == "protocols") {
            take_protocols(value);
        } else if (key == "cipher_suites") {
            take_suites(value);
        } else if (key == "cipher_order") {
            cipher_order_ = value.place;
            const auto word = values_.one_of("cipher_order", value, std::array<std::string_view, 2>{"client", "server"});
            preference_ = word == "client" ? Preference::client : word == "server" ? Preference::server : Preference::unknown;
        } else if (key == "groups") {
            take_groups(value);
        } else if (key == "signature_hashes") {
            for (const Node* item : values_.strings("signature_hashes", value)) take_hash(*item);
            peer_.signature_hashes_complete = true;
        } else if (key == "handshake_signatures") {
            take_signatures(value);
        } else if (key == "certificate") {
            take_certificates(value);
        } else if (key == "secure_renegotiation") {
            peer_.secure_renegotiation = values_.boolean("secure_renegotiation", value, true) ? Answer::yes : Answer::no;
        } else if (key == "extended_master_secret") {
            peer_.extended_master_secret = values_.boolean("extended_master_secret", value, true) ? Answer::yes : Answer::no;
        } else if (!take_bits(key, value, member.place)) {
            unknown_word(report_, member.place, "a peer has no key", key, peer_keys);
        }
    }

    bool take_bits(std::string_view key, const Node& value, DocumentPlace place) {
        int* const bits = key == "dh_min_bits"    ? &peer_.dh_min_bits
                          : key == "dh_max_bits"  ? &peer_.dh_max_bits
                          : key == "rsa_min_bits" ? &peer_.rsa_min_bits
                          : key == "rsa_max_bits" ? &peer_.rsa_max_bits
                                                  : nullptr;
        if (key == "dh_bits") {
            dh_bits_ = values_.number(key, value, max_bits);
            dh_bits_place_ = place;
        } else if (bits != nullptr) {
            *bits = values_.number(key, value, max_bits);
            if (key == "dh_max_bits") dh_max_place_ = place;
            if (key == "rsa_max_bits") rsa_max_place_ = place;
        } else {
            return false;
        }
        return true;
    }

    // What needs all keys, as they come in any order.
    void settle() {
        if (peer_.host.empty()) peer_.host = name_;
        else if (!name_.empty()) peer_.notes = peer_.notes.empty() ? name_ : name_ + ": " + peer_.notes;
        if (dh_bits_ != 0) {
            if (peer_.dh_min_bits != 0 || peer_.dh_max_bits != 0) {
                report_.error(dh_bits_place_, "profile-duplicate", "dh_bits stands beside dh_min_bits or dh_max_bits", "write dh_bits for one size, the other two for a range");
            }
            peer_.dh_min_bits = peer_.dh_max_bits = dh_bits_;
        }
        check_range("dh_max_bits", "dh_min_bits", peer_.dh_min_bits, peer_.dh_max_bits, dh_max_place_);
        check_range("rsa_max_bits", "rsa_min_bits", peer_.rsa_min_bits, peer_.rsa_max_bits, rsa_max_place_);
        if (peer_.role == facts::Role::client && preference_ != Preference::unknown) {
            report_.error(cipher_order_, "profile-wrong-type", "cipher_order is a matter of servers, and this peer is a client", "remove it; the order of cipher_suites is the client's");
        }
        for (PeerProtocol& protocol : peer_.protocols) {
            if (has_protocols_ && complete_ && protocol.offered == Answer::unknown) protocol.offered = Answer::no;
            if (protocol.offered == Answer::no) continue;
            protocol.preference = preference_;
            protocol.suites_complete = complete_ && std::ranges::any_of(peer_.suites, [&](const PeerSuite& suite) { return fits(suite, protocol.name); });
        }
        peer_.groups_complete = peer_.groups_complete && complete_;
        peer_.signature_hashes_complete = peer_.signature_hashes_complete && complete_;
        peer_.handshake_signatures_complete = peer_.handshake_signatures_complete && complete_;
    }

    void check_range(std::string_view upper, std::string_view lower, int least, int most, DocumentPlace place) {
        if (least == 0 || most == 0 || least <= most) return;
        report_.error(place, "profile-out-of-range", std::string(upper) + " is " + std::to_string(most), "it is at least " + std::string(lower) + ", " + std::to_string(least));
    }

    void add_once(std::vector<std::string>& list, std::string_view name, const Node& item) {
        if (std::ranges::find(list, name) == list.end()) list.emplace_back(name);
        else report_.error(item.place, "profile-duplicate", quote(item.text) + " is given twice", "keep one of them");
    }

    void take_protocols(const Node& value) {
        has_protocols_ = true;
        for (const Node* item : values_.strings("protocols", value)) {
            const std::string_view name = scan::protocol_name(item->text);
            const auto found = std::ranges::find(peer_.protocols, name, &PeerProtocol::name);
            if (found == peer_.protocols.end()) {
                std::vector<std::string_view> known;
                known.reserve(peer_.protocols.size());
                for (const PeerProtocol& protocol : peer_.protocols) known.push_back(protocol.name);
                unknown_word(report_, item->place, "unknown protocol", item->text, known);
            } else if (found->offered == Answer::yes) {
                report_.error(item->place, "profile-duplicate", quote(item->text) + " is given twice", "keep one of them");
            } else {
                found->offered = Answer::yes;
            }
        }
    }

    void take_suites(const Node& value) {
        for (const Node* item : values_.strings("cipher_suites", value)) {
            const auto found = facts::identify_suite(item->text);
            if (!found) {
                unknown_suite(*item);
                continue;
            }
            PeerSuite suite{.protocol = {}, .id = found->id, .name = std::string(found->name), .group = std::string(found->group), .dh_bits = 0};
            // `..._P256` and `..._P384` are two suites to Windows.
            const auto same = [&](const PeerSuite& other) { return other.id == suite.id && other.group == suite.group; };
            if (std::ranges::any_of(peer_.suites, same)) {
                report_.error(item->place, "profile-duplicate", quote(item->text) + " is given twice, perhaps by another name", "keep one of them");
            } else {
                peer_.suites.push_back(std::move(suite));
            }
        }
    }

    void unknown_suite(const Node& item) {
        if (report_.full()) return report_.leave_out();
        std::vector<std::string> openssl;
        std::vector<std::string_view> known;
        const bool is_iana = item.text.find('_') != std::string::npos;
        for (const facts::IanaSuite& suite : facts::iana_suites()) {
            if (is_iana) known.push_back(suite.name);
            else openssl.push_back(facts::openssl_name(suite.name));
        }
        for (const std::string& name : openssl) {
            if (!name.empty()) known.push_back(name);
        }
        unknown_word(report_, item.place, "unknown cipher suite", item.text, known, "write the name of IANA, OpenSSL, GnuTLS or Windows, or the id: 0xC02F");
    }

    void take_groups(const Node& value) {
        for (const Node* item : values_.strings("groups", value)) {
            if (const facts::Group* group = facts::find_group(item->text); group != nullptr) {
                add_once(peer_.groups, group->name, *item);
            } else {
                unknown_word(report_, item->place, "unknown group", item->text, group_names());
            }
        }
        peer_.groups_complete = true;
    }

    void take_hash(const Node& item) {
        if (const std::string_view name = values_.hash(item, "a hash"); !name.empty()) add_once(peer_.signature_hashes, name, item);
    }

    void take_signatures(const Node& value) {
        for (const Node* item : values_.strings("handshake_signatures", value)) {
            const std::string scheme = scan::signature_scheme(item->text);
            if (scheme.empty()) {
                report_.error(item->place, "profile-unknown-name", "unknown signature " + quote(item->text), "write key and hash: \"RSA+SHA256\", \"RSA-PSS+SHA256\", \"ECDSA+SHA384\"");
            } else {
                add_once(peer_.handshake_signatures, scheme, *item);
            }
        }
        peer_.handshake_signatures_complete = true;
    }

    void take_certificates(const Node& value) {
        if (value.kind == Node::Kind::table) return take_certificate(value);
        if (value.kind != Node::Kind::array) {
            return wrong_type(report_, value.place, "certificate", value, "write a table, { key = \"RSA\", bits = 2048 }, or a list of such");
        }
        for (const Node& item : value.items) {
            if (item.kind == Node::Kind::table) take_certificate(item);
            else wrong_type(report_, item.place, "certificate", item, "write a table, { key = \"RSA\", bits = 2048 }");
        }
    }

    std::optional<std::int64_t> seconds_of_node(const Node& value, const std::string& key) {
        const auto seconds = value.kind == Node::Kind::string ? scan::seconds_of(value.text) : std::nullopt;
        if (!seconds) wrong_type(report_, value.place, "certificate." + key, value, "write a date in quotes, \"2027-01-31\" or \"2027-01-31T23:59:59Z\"");
        return seconds;
    }

    void take_certificate(const Node& table) {
        PeerCertificate certificate;
        for (const Member& member : table.members) {
            const std::string_view key = member.key;
            const Node& value = member.value;
            if (key == "key") {
                certificate.key_type = values_.one_of("certificate.key", value, key_types);
            } else if (key == "bits") {
                certificate.key_bits = values_.number("certificate.bits", value, max_bits);
            } else if (key == "signature_key") {
                certificate.signature_key = values_.one_of("certificate.signature_key", value, signature_keys);
            } else if (key == "subject") {
                values_.text("certificate.subject", value, false, certificate.subject);
            } else if (key == "valid_from" || key == "valid_until") {
                const auto seconds = seconds_of_node(value, member.key);
                (key == "valid_from" ? certificate.valid_from : certificate.valid_until) = seconds;
                if (certificate.valid_from && certificate.valid_until && *certificate.valid_from > *certificate.valid_until) {
                    report_.error(member.place, "profile-out-of-range", "valid_until lies before valid_from", "swap them");
                }
            } else if (key == "curve" || key == "signature_hash") {
                if (value.kind != Node::Kind::string) {
                    wrong_type(report_, value.place, "certificate." + member.key, value, "write a string");
                } else if (key == "signature_hash") {
                    certificate.signature_hash = values_.hash(value, "certificate.signature_hash");
                } else if (certificate.curve = scan::group_name(value.text); certificate.curve.empty()) {
                    unknown_word(report_, value.place, "unknown curve", value.text, group_names());
                }
            } else {
                unknown_word(report_, member.place, "a certificate has no key", key, certificate_keys);
            }
        }
        peer_.certificates.push_back(std::move(certificate));
    }

    DocumentErrors& report_;
    PeerValues values_;
    Peer peer_;
    std::string name_;
    bool complete_ = true;
    bool has_protocols_ = false;
    Preference preference_ = Preference::unknown;
    DocumentPlace cipher_order_, dh_bits_place_, dh_max_place_, rsa_max_place_;
    int dh_bits_ = 0;
};

// `format = 1` may stand at the top, as in profiles.
bool check_head(const Node& root, DocumentErrors& report) {
    constexpr std::array<std::string_view, 2> known{"format", "peer"};
    bool found = false;
    for (const Member& member : root.members) {
        if (member.key == "peer") {
            found = true;
        } else if (member.key != "format") {
            unknown_word(report, member.place, "unknown key", member.key, known);
        } else if (member.value.kind != Node::Kind::integer || member.value.number != 1) {
            report.error(member.value.place, "profile-format", "format is not 1", "this program reads format 1");
        }
    }
    if (!found) report.error({1, 1}, "profile-format", "this is not a peer file: there is no table [peer]", "write [peer] and what is known of it below");
    return found;
}

}  // namespace

Decoded<schannel::Peer> decode_peer(std::string_view text, std::string_view file) {
    DocumentErrors report{std::string(file)};
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    Decoded<schannel::Peer> result;
    Node root;
    if (check_text(text, report) && parse_document(text, root, report) && check_head(root, report)) {
        Peer peer = PeerDocument(report).run(*std::ranges::find(root.members, "peer", &Member::key));
        result.value = std::move(peer);
    }
    result.diagnostics = report.take();
    if (has_errors(result.diagnostics)) result.value.reset();
    return result;
}

bool looks_like_peer(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string line;
        for (const char c : text.substr(0, std::min<std::size_t>(end, 200))) {
            if (c != ' ' && c != '\t' && c != '\r') line += c;
        }
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.empty() || line.starts_with('#') || line.starts_with("format=")) continue;
        return line.starts_with("[peer") || line.starts_with("[[peer") || line.starts_with("peer=") || line.starts_with("peer.");
    }
    return false;
}

}  // namespace schancfg::codec
