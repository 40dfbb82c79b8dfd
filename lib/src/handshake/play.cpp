#include "handshake/play.hpp"

#include <algorithm>
#include <iterator>
#include <optional>

#include "handshake/choices.hpp"
#include "schancfg/facts/cipher_suites.hpp"
#include "schancfg/facts/curves.hpp"

namespace schancfg::handshake {
namespace {

/// RFC 8446, 9.1: who speaks TLS 1.3 must have it.
constexpr std::uint32_t mandatory_suite = 0x1301;
constexpr std::string_view mandatory_name = "TLS_AES_128_GCM_SHA256";

/// More than anybody registers; a file that offers more is not followed further.
constexpr std::size_t most_choices = 1000;

std::string_view windows_name(const End& end, const OfferedSuite& suite) {
    if (end.kind != EndKind::windows || suite.group.empty()) return {};
    for (const facts::CipherSuite& row : facts::cipher_suites()) {
        if (row.id != suite.id || row.curve_suffix.empty()) continue;
        if (facts::find_curve(row.curve_suffix)->iana_name == suite.group) return row.name;
    }
    return {};
}

/// The kinds of certificate that the server may have: what its suites need, as far as it is not known.
std::vector<Authentication> kinds_of_certificate(const Offer& server, std::size_t version) {
    const End& end = server.end();
    if (end.kind == EndKind::seen) return {Authentication::any};  // each suite was taken with the certificate that it has
    const auto& certificates = end.peer.certificates;
    if (!certificates.empty() && std::ranges::none_of(certificates, [](const auto& each) { return each.key_type.empty(); })) {
        return {Authentication::any};  // known: see `served`
    }
    std::vector<Authentication> kinds;
    for (const Authentication kind : {Authentication::rsa, Authentication::ecdsa}) {
        const bool needed = std::ranges::any_of(server.at(version).suites, [kind](const OfferedSuite& suite) { return suite.traits.authentication == kind; });
        if (needed) kinds.push_back(kind);
    }
    if (kinds.empty()) kinds.push_back(Authentication::any);
    // What a list holds says nothing of the certificate that is bound: one with an RSA key is what machines have by themselves.
    if (end.kind == EndKind::windows && certificates.empty() && kinds == std::vector{Authentication::ecdsa}) kinds.insert(kinds.begin(), Authentication::rsa);
    return kinds;
}

bool served(const Offer& server, const OfferedSuite& suite, Authentication supposed) {
    const Authentication needed = suite.traits.authentication;
    if (needed == Authentication::any || needed == Authentication::none) return true;
    if (supposed != Authentication::any) return needed == supposed;
    if (server.end().kind == EndKind::seen || server.end().peer.certificates.empty()) return true;
    return std::ranges::any_of(server.end().peer.certificates, [&](const auto& certificate) { return serves(certificate, needed); });
}

class Playthrough {
public:
    Playthrough(const Offer& client, const Offer& server) : client_(client), server_(server) {}

    Played play() {
        if (!client_.any_protocol() || !server_.any_protocol()) {
            fail(ReasonId::no_protocol_left, client_.any_protocol() ? Side::server : Side::client);
            return std::move(played_);
        }
        bool sure = false;
        std::size_t version = tls_versions.size();
        while (version-- > 0 && !sure) {
            const Answer ours = client_.at(version).offered, theirs = server_.at(version).offered;
            if (ours == Answer::no || theirs == Answer::no) continue;
            sure = ours == Answer::yes && theirs == Answer::yes;
            if (sure && hole(version)) break;
            if (played_.outcomes.empty()) played_.contested_version = !sure;
            play_version(version);
        }
        if (!sure) add_no_protocol();
        suppose_rsa();
        suppose_ecdsa();
        find_step_of_all();
        return std::move(played_);
    }

private:
    VersionOutcome& fail(ReasonId reason, Side at_fault) {
        VersionOutcome& outcome = played_.outcomes.emplace_back();
        outcome.verdict = Verdict::disagree;
        outcome.reason = &reason_of(reason);
        outcome.at_fault = at_fault;
        return outcome;
    }

    /// Where a certificate with an RSA key does, it is supposed, and said as a condition: one with an ECDSA key is not what devices and
    /// programs are given that cannot take it.
    void suppose_rsa() {
        const auto fails_by_kind = [this](const VersionOutcome& outcome) {
            if (outcome.authentication != Authentication::ecdsa || outcome.verdict == Verdict::agree) return false;
            bool with_rsa = false;
            for (const VersionOutcome& other : played_.outcomes) {
                if (other.version != outcome.version || other.authentication != Authentication::rsa) continue;
                if (other.verdict != Verdict::agree) return false;
                with_rsa = true;
            }
            return with_rsa;
        };
        std::vector<VersionOutcome> kept;
        std::ranges::remove_copy_if(played_.outcomes, std::back_inserter(kept), fails_by_kind);
        played_.supposed_rsa = kept.size() != played_.outcomes.size();
        played_.outcomes = std::move(kept);
    }

    /// A machine whose list has suites for ECDSA alone is taken to have such a certificate where that does, and it is said as a condition.
    void suppose_ecdsa() {
        const auto of = [this](std::size_t version, Authentication kind) {
            std::vector<const VersionOutcome*> found;
            for (const VersionOutcome& each : played_.outcomes) {
                if (each.version == version && each.authentication == kind) found.push_back(&each);
            }
            return found;
        };
        const auto is_dropped = [&](const VersionOutcome& outcome) {
            if (outcome.authentication != Authentication::rsa || outcome.reason == nullptr || outcome.reason->code != ReasonId::certificate_type) return false;
            const auto with_ecdsa = of(outcome.version, Authentication::ecdsa);
            return !with_ecdsa.empty() && of(outcome.version, Authentication::rsa).size() == 1 && server_.end().kind == EndKind::windows && !has_rsa_suite(outcome.version) &&
                   std::ranges::all_of(with_ecdsa, [](const VersionOutcome* each) { return each->verdict == Verdict::agree; });
        };
        std::vector<VersionOutcome> kept;
        std::ranges::remove_copy_if(played_.outcomes, std::back_inserter(kept), is_dropped);
        if (kept.size() == played_.outcomes.size()) return;
        played_.supposed_ecdsa = true;
        played_.supposed_certificate = std::ranges::any_of(kept, [](const VersionOutcome& each) { return each.authentication == Authentication::rsa; });
        played_.outcomes = std::move(kept);
    }

    [[nodiscard]] bool has_rsa_suite(std::size_t version) const {
        return std::ranges::any_of(server_.at(version).suites, [](const OfferedSuite& suite) { return suite.traits.authentication == Authentication::rsa; });
    }

    /// Where all fail, each of something else: a step that fails whatever the rest comes to is the reason.
    void find_step_of_all() {
        std::vector<VersionOutcome>& outcomes = played_.outcomes;
        VersionOutcome step;
        for (const VersionOutcome& outcome : outcomes) {
            step.version = outcome.version;
            if (outcome.verdict != Verdict::disagree || outcome.version >= tls13) return;
            check_extensions(client_, server_, step);
            if (step.verdict != Verdict::disagree) return;
        }
        for (VersionOutcome& outcome : outcomes) {
            outcome.reason = step.reason;
            outcome.at_fault = step.at_fault;
            outcome.doubt = Doubt::none;
        }
    }

    /// None of the protocols is sure to be common, so perhaps none is.
    void add_no_protocol() {
        const End& client = client_.end();
        bool by_layer = false;
        for (std::size_t version = 0; version < tls_versions.size(); ++version) {
            const Missing* missing = client.find_missing(Missing::Kind::protocol, tls_versions[version]);
            by_layer = by_layer || (missing != nullptr && missing->by_layer && server_.at(version).offered == Answer::yes);
        }
        VersionOutcome& outcome = fail(by_layer ? ReasonId::app_protocols : ReasonId::no_common_protocol, by_layer ? Side::client : Side::both);
        outcome.doubt = Doubt::protocols;
    }

    /// Up to TLS 1.2 the client says its newest version alone, and the server answers with its own newest up to that.
    bool hole(std::size_t version) {
        std::size_t newest = version;
        for (std::size_t at = version + 1; at <= tls12; ++at) {
            if (client_.at(at).offered != Answer::no) newest = at;
        }
        bool newer = false;  // is a newer one than `at` said for sure?
        for (std::size_t at = newest; at > version; --at) {
            const Answer ours = client_.at(at).offered, theirs = server_.at(at).offered;
            if (ours != Answer::yes && theirs != Answer::no) {
                // Anyone who offers TLS 1.3 lists all its versions; an old server does not read the list.
                const bool lists = client_.at(tls13).offered != Answer::no;
                const bool sure = !lists && newer && ours == Answer::no && theirs == Answer::yes;
                if (!sure && at == newest && ours == Answer::unknown) continue;  // without it the client's newest is older
                VersionOutcome& outcome = fail(ReasonId::version_hole, Side::client);
                outcome.word = tls_versions[at];
                outcome.version = at;
                if (sure) return true;
                outcome.verdict = Verdict::unknown;
                outcome.doubt = lists && newer && ours == Answer::no && theirs == Answer::yes ? Doubt::version_hole : Doubt::protocols;
                return false;
            }
            newer = newer || ours == Answer::yes;
        }
        return false;
    }

    [[nodiscard]] VersionOutcome outcome_of(std::size_t version, Authentication supposed) const {
        VersionOutcome outcome;
        outcome.version = version;
        outcome.authentication = supposed;
        outcome.handshake.protocol = tls_versions[version];
        return outcome;
    }

    void play_version(std::size_t version) {
        const OfferedProtocol& ours = client_.at(version);
        const OfferedProtocol& theirs = server_.at(version);
        if (version == tls13 && play_by_standard(ours, theirs)) return;
        const Choices found = choices(client_, server_, version);
        const std::vector<Authentication> kinds = kinds_of_certificate(server_, version);
        played_.supposed_certificate = played_.supposed_certificate || kinds.size() > 1;
        for (const Authentication kind : kinds) play_choices(version, found, kind);
    }

    /// Nothing is known of the suites of one end: of TLS 1.3 what the standard demands is.
    bool play_by_standard(const OfferedProtocol& ours, const OfferedProtocol& theirs) {
        // What a list in a registry comes to, of which nobody says what Windows does with it, is not what the standard demands.
        const auto disputed = [](const Offer& offer) { return offer.end().kind == EndKind::windows && !offer.end().suite_list.undisputed(); };
        if (disputed(client_) || disputed(server_)) return false;
        const auto nothing = [](const OfferedProtocol& protocol) { return protocol.suites.empty() && !protocol.complete; };
        if (!nothing(ours) && !nothing(theirs)) return false;
        const OfferedSuite wanted{mandatory_suite, mandatory_name, {}, 0, true, traits_of(mandatory_suite, mandatory_name)};
        const auto has = [&](const OfferedProtocol& protocol) {
            if (nothing(protocol)) return true;
            return std::ranges::any_of(protocol.find(wanted), [&](std::uint32_t at) { return protocol.suites[at].sure; });
        };
        if (!has(ours) || !has(theirs)) return false;
        VersionOutcome outcome = outcome_of(tls13, Authentication::any);
        const CommonGroup group = common_group(client_, server_, tls13, wanted);
        if (group.answer != Answer::yes) return false;
        outcome.handshake.group = group.name;
        check_certificate(client_, server_, wanted, outcome);
        played_.by_standard = true;
        played_.outcomes.push_back(std::move(outcome));
        return true;
    }

    void play_choices(std::size_t version, const Choices& found, Authentication kind) {
        bool sure = false, certificate = false, group = false;
        std::size_t added = 0;
        bool open = found.open;
        for (const Choice& choice : found.all) {
            if (added == most_choices) {
                open = true;
                break;
            }
            if (!served(server_, *choice.server, kind)) {
                certificate = true;
                continue;
            }
            if (choice.possible == Answer::no) {
                group = true;
                continue;
            }
            add_choice(version, choice, kind);
            group = group || choice.obstacle == Choice::Obstacle::group;
            ++added;
            sure = sure || choice.possible == Answer::yes;
            if (sure && found.ordered) break;
        }
        // A list with names that nobody knows may hold what is missing; it never shows that nothing is common.
        const bool agreed = std::any_of(played_.outcomes.end() - static_cast<std::ptrdiff_t>(added), played_.outcomes.end(),
                                        [](const VersionOutcome& each) { return each.verdict == Verdict::agree; });
        open = open || (!agreed && (client_.at(version).unheard || server_.at(version).unheard));
        if (sure && !open) return;
        // Every choice hangs on something unknown, or there is none: perhaps nothing is common.
        VersionOutcome outcome = outcome_of(version, kind);
        outcome.verdict = Verdict::disagree;
        outcome.reason = &reason_of(certificate && added == 0 ? ReasonId::certificate_type : group ? ReasonId::no_common_curve : ReasonId::no_common_suite);
        outcome.at_fault = Side::both;
        outcome.nothing_sure = !sure;
        if (open) {
            outcome.verdict = Verdict::unknown;
            outcome.doubt = Doubt::suites;
        } else if (kind != Authentication::any && certificate) {
            outcome.doubt = Doubt::certificate_kind;
        }
        played_.outcomes.push_back(std::move(outcome));
    }

    void add_choice(std::size_t version, const Choice& choice, Authentication kind) {
        const OfferedSuite& suite = *choice.server;
        VersionOutcome outcome = outcome_of(version, kind);
        Handshake& handshake = outcome.handshake;
        handshake.suite = suite.id;
        handshake.suite_name = suite.name;
        handshake.windows_name = windows_name(server_.end(), suite);
        if (suite.traits.exchange == Exchange::ecdhe || suite.traits.exchange == Exchange::tls13) {
            handshake.group = choice.group.name;
            handshake.bits = group_bits(choice.group.name);
            played_.by_standard = played_.by_standard || choice.group.by_standard;
        }
        check_length(client_, server_, suite, outcome);
        if (outcome.verdict == Verdict::agree) check_certificate(client_, server_, suite, outcome);
        check_extensions(client_, server_, outcome);
        if (outcome.verdict == Verdict::agree && choice.possible == Answer::unknown) {
            outcome.doubt = choice.obstacle == Choice::Obstacle::group ? Doubt::groups : Doubt::suites;
        }
        played_.outcomes.push_back(std::move(outcome));
    }

    const Offer& client_;
    const Offer& server_;
    Played played_;
};

}  // namespace

Played play(const Offer& client, const Offer& server) { return Playthrough(client, server).play(); }

}  // namespace schancfg::handshake
