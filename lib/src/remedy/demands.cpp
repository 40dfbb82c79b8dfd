#include <algorithm>
#include <functional>
#include <ranges>
#include <tuple>

#include "handshake/offer.hpp"
#include "handshake/play.hpp"
#include "remedy/steps.hpp"
#include "schancfg/facts/suite_names.hpp"
#include "schancfg/text.hpp"
#include "words.hpp"

namespace schancfg::remedy {
namespace {

using handshake::Answer;
using handshake::End;
using handshake::Offer;
using handshake::OfferedSuite;
using handshake::Side;

constexpr std::size_t most_named = 3;
constexpr int good_bits = 2048, weak_cipher = 128, least_cipher = 112;

std::string listed(const std::vector<std::string>& names) {
    return series(names | std::views::transform([](const std::string& name) { return shorten(name); }), " or ");
}

std::string one_of(const std::vector<std::string>& names, std::string_view what) {
    return names.size() == 1 ? shorten(names.front()) : "one of the " + std::string(what) + " " + listed(names);
}

bool needs_group(const OfferedSuite& suite) {
    return suite.traits.exchange == handshake::Exchange::ecdhe || suite.traits.exchange == handshake::Exchange::tls13;
}

/// Many stacks of today have no TLS_DHE, and its groups are a question of their own: a curve is worth more.
std::tuple<bool, bool, bool, int> worth_of(const OfferedSuite* suite) {
    return {suite->traits.forward_secrecy, needs_group(*suite), suite->traits.aead, suite->traits.bits};
}

class DeviceSearch {
public:
    DeviceSearch(const End& device, const End& other, const handshake::Agreement& agreement)
        : device_(device), other_(other), agreement_(agreement), ours_(device), theirs_(other),
          side_(device.role() == facts::Role::client ? Side::client : Side::server),
          other_name_(device.role() == facts::Role::client ? "the server" : "the client") {}

    std::vector<Fix> find() {
        const std::optional<handshake::ReasonId> id = agreement_.reason == nullptr ? std::nullopt : std::optional(agreement_.reason->code);
        if (id == handshake::ReasonId::no_common_protocol || id == handshake::ReasonId::no_protocol_left || id == handshake::ReasonId::app_protocols || id == handshake::ReasonId::version_hole) protocols();
        if (id == handshake::ReasonId::no_common_suite || id == handshake::ReasonId::certificate_type) suites();
        if (id == handshake::ReasonId::no_common_curve) groups();
        if (id == handshake::ReasonId::dh_too_short || id == handshake::ReasonId::dh_too_long) lengths(id == handshake::ReasonId::dh_too_short);
        if (id == handshake::ReasonId::certificate_key_too_long && side_ == Side::client) rsa_length();
        if (id == handshake::ReasonId::certificate_signature_hash && agreement_.at_fault == side_) signature_hash();
        if (id == handshake::ReasonId::strict_renegotiation && device_.peer.secure_renegotiation != Answer::yes) renegotiation();
        return std::move(ways_);
    }

private:
    Fix& add(std::string title, std::string text = {}) {
        Fix& fix = ways_.emplace_back();
        fix.kind = FixKind::advice;
        fix.side = side_;
        fix.title = std::move(title);
        fix.text = std::move(text);
        return fix;
    }

    /// The server's keys; empty: not known, or shown by the suites that a scan saw.
    [[nodiscard]] const std::vector<schannel::PeerCertificate>& certificates() const {
        return (side_ == Side::server ? device_ : other_).peer.certificates;
    }

    [[nodiscard]] bool fits(const OfferedSuite& suite, std::string_view key) const {
        const handshake::Authentication needed = suite.traits.authentication;
        if (needed == handshake::Authentication::any) return true;
        if (needed == handshake::Authentication::none) return false;
        if (!key.empty()) return needed == (key == "ECDSA" ? handshake::Authentication::ecdsa : handshake::Authentication::rsa);
        if (certificates().empty()) return needed != handshake::Authentication::dss;
        return std::ranges::any_of(certificates(), [&](const auto& each) { return each.key_type.empty() || handshake::serves(each, needed); });
    }

    /// What the other end has for sure in that version and this one could take, the best first.
    [[nodiscard]] std::vector<std::string> takeable(std::size_t version, std::string_view key, bool with_group) const {
        std::vector<const OfferedSuite*> found;
        for (const OfferedSuite& suite : theirs_.at(version).suites) {
            if (suite.id == 0 || !suite.sure || suite.traits.bits < least_cipher || !fits(suite, key)) continue;
            if (with_group && !needs_group(suite)) continue;
            found.push_back(&suite);
        }
        std::ranges::stable_sort(found, std::ranges::greater{}, worth_of);
        std::vector<std::string> names;
        for (const OfferedSuite* suite : found) {
            if (suite->traits.exchange != found.front()->traits.exchange || names.size() == most_named) break;
            add_once(names, suite->name);
        }
        return names;
    }

    [[nodiscard]] bool is_common(std::size_t version, const OfferedSuite& suite) const {
        const auto found = ours_.at(version).find(suite);
        return std::ranges::any_of(found, [&](std::uint32_t at) { return ours_.at(version).suites[at].sure; });
    }

    void protocols() {
        for (std::size_t version = handshake::tls_versions.size(); version-- > 1;) {  // nobody gets SSL 2.0 back
            if (theirs_.at(version).offered != Answer::yes || ours_.at(version).offered == Answer::yes) continue;
            const std::string name(handshake::tls_versions[version]);
            const std::vector<std::string> names = takeable(version, {}, false);
            if (names.empty()) continue;
            Fix& fix = add((side_ == Side::server ? "Accept " : "Offer ") + name + " as well", "T" + other_name_.substr(1) + " speaks it.");
            fix.demand.protocol = name;
            const bool common = std::ranges::any_of(theirs_.at(version).suites, [&](const OfferedSuite& suite) { return suite.sure && is_common(version, suite); });
            if (!common) {
                fix.demand.suites = names;
                fix.text.append(" Of its cipher suites one is needed: ").append(listed(names)).append(".");
            }
            fix.weakens = version < handshake::tls12;
            if (fix.weakens) fix.risk = name + " is forbidden by " + (version == 1 ? "RFC 7568" : "RFC 8996") + "; every connection of that end may use it";
        }
    }

    [[nodiscard]] std::size_t version() const {
        const std::size_t decided = handshake::version_index(agreement_.handshake.protocol);
        if (decided < handshake::tls_versions.size()) return decided;
        const auto newest_first = std::views::iota(std::size_t{0}, handshake::tls_versions.size()) | std::views::reverse;
        const auto found = std::ranges::find_if(newest_first, [&](std::size_t at) { return ours_.at(at).offered != Answer::no && theirs_.at(at).offered != Answer::no; });
        return found == newest_first.end() ? handshake::tls12 : *found;
    }

    Fix& ask_for_suites(std::vector<std::string> names, std::string_view of) {
        const bool offers = side_ == Side::server;
        Fix& fix = add((offers ? "Accept " : "Offer ") + one_of(names, of), "Of what " + other_name_ + (offers ? " offers, " : " accepts, ") +
                       (names.size() == 1 ? "this is the best." : "these are the best."));
        const auto known = facts::identify_suite(names.front());
        const handshake::SuiteTraits traits = known ? handshake::traits_of(known->id, known->name) : handshake::SuiteTraits{};
        if (!traits.forward_secrecy) fix.risk = "no forward secrecy: anyone who gets the server's key later can read what was recorded";
        fix.weakens = traits.bits < weak_cipher;
        fix.demand.suites = std::move(names);
        return fix;
    }

    void suites() {
        const std::size_t at = version();
        if (std::vector<std::string> names = takeable(at, {}, false); !names.empty()) ask_for_suites(std::move(names), "cipher suites");
        if (side_ != Side::server || at > handshake::tls12 || certificates().empty()) return;
        // Another kind of key opens other suites.
        for (const char* key : {"ECDSA", "RSA"}) {
            if (std::ranges::any_of(certificates(), [&](const auto& each) { return each.key_type == key; })) continue;
            const std::vector<std::string> names = takeable(at, key, false);
            if (names.empty()) continue;
            Fix& fix = add("Give the server a certificate with an " + std::string(key) + " key, and accept " + one_of(names, "cipher suites"),
                           names.size() == 1 ? "The client offers it, and it needs such a certificate." : "The client offers them, and they need such a certificate.");
            fix.kind = FixKind::certificate;
            fix.demand.suites = names;
            fix.certificate.key_type = key;
            fix.certificate.key_bits = std::string_view(key) == "RSA" ? std::max(good_bits, other_.rsa.taken_from) : 256;
            if (std::string_view(key) == "ECDSA") fix.certificate.curve = "secp256r1";
            fix.certificate.signature_hash = "SHA256";
            fix.certificate.signature_key = "RSA";
        }
    }

    void groups() {
        std::vector<std::string> names;
        for (const std::string_view group : theirs_.groups()) {
            const bool usable = handshake::is_group_of(version(), group) != Answer::no && theirs_.takes_group(group) == Answer::yes;
            if (usable && ours_.takes_group(group) != Answer::yes && names.size() < most_named) names.emplace_back(group);
        }
        // The certificate's own curve is what the client has to take.
        const auto of_certificate = std::ranges::find(certificates(), "ECDSA", &schannel::PeerCertificate::key_type);
        if (side_ == Side::client && of_certificate != certificates().end() && !of_certificate->curve.empty()) {
            const std::string curve(handshake::canonical_group(of_certificate->curve));
            if (ours_.takes_group(curve) != Answer::yes) names = {curve};
        }
        if (!names.empty()) {
            Fix& fix = add((side_ == Side::server ? "Accept " : "Offer ") + (names.size() == 1 ? "the curve " + names.front() : one_of(names, "curves")), "The other end has " + std::string(names.size() == 1 ? "it." : "them."));
            fix.demand.groups = std::move(names);
        }
        suites();
    }

    void lengths(bool too_short) {
        const int bits = agreement_.handshake.bits;
        if (side_ == Side::server) {
            const int most = other_.peer.dh_max_bits;
            const int wanted = too_short ? std::max(good_bits, other_.dh.taken_from) : most;
            if (wanted > 0) {
                Fix& fix = add("Use a Diffie-Hellman group of " + std::to_string(wanted) + " bits",
                               "The client takes " + (too_short ? std::to_string(other_.dh.taken_from) + " bits or more." : "at most " + std::to_string(most) + " bits."));
                fix.demand.dh_bits = wanted;
                fix.weakens = wanted < good_bits;
                if (fix.weakens) fix.risk = "shorter groups for every client of that server";
            }
        } else if (bits > 0) {
            Fix& fix = add("Accept Diffie-Hellman groups of " + std::to_string(bits) + " bits", "The server gives such a group.");
            fix.demand.dh_bits = bits;
            fix.weakens = too_short;
            if (too_short) fix.risk = "short groups are broken (Logjam); the limit holds for every connection of that client";
        }
        if (std::vector<std::string> names = takeable(version(), {}, true); !names.empty()) ask_for_suites(std::move(names), "cipher suites");
    }

    void rsa_length() {
        int bits = 0;
        for (const auto& certificate : other_.peer.certificates) {
            if (certificate.key_type == "RSA") bits = std::max(bits, certificate.key_bits);
        }
        if (bits == 0) return;
        Fix& fix = add("Accept RSA keys of " + std::to_string(bits) + " bits, with newer firmware", "The server's certificate has such a key, and no setting of Schannel is about this.");
        fix.demand.rsa_bits = bits;
    }

    void signature_hash() {
        const auto& certificates = other_.peer.certificates;
        const auto found = std::ranges::find_if(certificates, [&](const auto& each) { return ours_.verifies(each.signature_hash) == Answer::no; });
        if (found == certificates.end()) return;
        Fix& fix = add("Verify certificates that are signed with " + shorten(found->signature_hash) + ", with newer firmware",
                       "The certificate of the other end is signed with it.");
        fix.demand.signature_hash = found->signature_hash;
        fix.weakens = found->signature_hash == "MD5" || found->signature_hash == "SHA1";
        if (fix.weakens) fix.risk = found->signature_hash + " signatures can be forged";
    }

    void renegotiation() {
        Fix& fix = add("Add secure renegotiation (RFC 5746), with newer firmware or software",
                       "The other end insists on it; without it connections are open to CVE-2009-3555.");
        fix.demand.secure_renegotiation = true;
    }

    const End& device_;
    const End& other_;
    const handshake::Agreement& agreement_;
    Offer ours_, theirs_;
    Side side_;
    std::string other_name_;
    std::vector<Fix> ways_;
};

}  // namespace

std::vector<Fix> device_steps(const End& device, const End& other, const handshake::Agreement& agreement) {
    return DeviceSearch(device, other, agreement).find();
}

}  // namespace schancfg::remedy
