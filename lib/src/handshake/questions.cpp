#include <algorithm>

#include "handshake/causes.hpp"
#include "handshake/details.hpp"
#include "schancfg/text.hpp"

namespace schancfg::handshake {
namespace {

class OpenQuestions {
public:
    explicit OpenQuestions(const Scene& scene) : scene_(scene) {}

    std::vector<Question> ask() {
        for (const VersionOutcome& outcome : scene_.played.outcomes) ask_for(outcome);
        return std::move(questions_);
    }

private:
    void add(Side side, std::string text, std::string command) {
        const bool there = std::ranges::any_of(questions_, [&](const Question& each) { return each.side == side && each.text == text; });
        if (!there) questions_.push_back({side, std::move(text), std::move(command)});
    }

    /// What a look at the other end would tell.
    void look(Side side, const std::string& what, std::string_view scripts) {
        const End& end = scene_.of(side).end();
        if (side == Side::server) {
            add(side, what, nmap_command(end, scripts));
        } else {
            // nmap looks at servers; a client shows what it offers when it calls.
            add(side, what, "tshark -f \"tcp port " + port() + "\" -Y tls.handshake.type==1 -O tls");
        }
    }

    [[nodiscard]] std::string port() const {
        const auto& port = scene_.server.end().peer.port;
        return port ? std::to_string(*port) : "443";
    }

    [[nodiscard]] std::string name(Side side) const { return shorten(scene_.of(side).end().label); }

    void ask_about_protocols() {
        for (const Side side : {Side::client, Side::server}) {
            const Offer& offer = scene_.of(side);
            const Offer& other = scene_.other(side);
            std::vector<std::string> names;
            for (std::size_t at = 0; at < tls_versions.size(); ++at) {
                if (offer.at(at).offered != Answer::unknown || other.at(at).offered == Answer::no) continue;
                const Missing* missing = offer.end().find_missing(Missing::Kind::protocol, tls_versions[at]);
                if (missing != nullptr && missing->by_layer && offer.end().asked_basis.rule == effect::BasisRule::wininet_secure_protocols) {
                    add(side, "which protocols has SecureProtocols of WinINet on " + name(side) + "? " + shorten(missing->note),
                        R"(reg query "HKCU\Software\Microsoft\Windows\CurrentVersion\Internet Settings" /v SecureProtocols)");
                } else if (missing != nullptr) {
                    ask_windows(side, *missing);
                } else {
                    names.emplace_back(tls_versions[at]);
                }
            }
            if (!names.empty()) look(side, "does " + name(side) + " speak " + joined(names) + "?", "ssl-enum-ciphers");
        }
    }

    void ask_windows(Side side, const Missing& missing) {
        std::string text = "is " + shorten(missing.name) + " in effect on " + name(side) + "?";
        if (!missing.gates.empty()) text.append(" Perhaps it is blocked: ").append(shorten(missing.gates.front().words())).append(".");
        if (!missing.note.empty()) {
            text.append(" ").append(missing.note);
        } else if (!missing.alternative_source.empty()) {
            text.append(" Sources disagree: ").append(missing.source).append(" against ").append(missing.alternative_source);
        }
        add(side, std::move(text), side == Side::server ? nmap_command(scene_.server.end(), "ssl-enum-ciphers") : std::string());
    }

    void ask_about_suites(std::size_t version) {
        if (version == tls_versions.size()) return;
        for (const Side side : {Side::client, Side::server}) {
            const Offer& offer = scene_.of(side);
            if (!offer.at(version).complete && offer.end().kind != EndKind::windows) {
                look(side, "which cipher suites does " + name(side) + " take in " + std::string(tls_versions[version]) + "?", "ssl-enum-ciphers");
            }
            for (const Missing& missing : offer.end().missing) {
                OfferedSuite suite;
                suite.id = missing.id;
                if (missing.kind != Missing::Kind::suite || missing.sure || scene_.other(side).at(version).find(suite).empty()) continue;
                ask_windows(side, missing);
            }
        }
    }

    void ask_about_groups() {
        for (const Side side : {Side::client, Side::server}) {
            const Offer& offer = scene_.of(side);
            if (offer.end().kind == EndKind::windows) {
                for (const Missing& missing : offer.end().missing) {
                    if (missing.kind == Missing::Kind::group && !missing.sure && scene_.other(side).takes_group(missing.name) != Answer::no) ask_windows(side, missing);
                }
            } else if (!offer.end().peer.groups_complete) {
                look(side, "which elliptic curves does " + name(side) + " take?", "ssl-enum-ciphers");
            }
        }
    }

    void ask_about_update(Side side, std::string_view kb, std::string_view what) {
        add(side, "is " + std::string(kb) + ", or an update that replaces it, installed on " + name(side) + "? " + std::string(what),
            "powershell Get-HotFix -Id " + std::string(kb));
    }

    void ask_about_longest(std::string_view what, int limit) {
        const std::string above = limit == 0 ? std::string{} : " above " + std::to_string(limit) + " bits";
        add(Side::client, "does " + name(Side::client) + " refuse " + std::string(what) + above + "? What its ClientMaxKeyBitLength does there is not documented", {});
    }

    void ask_for(const VersionOutcome& outcome) {
        switch (outcome.doubt) {
            case Doubt::none:
            case Doubt::renegotiation: break;  // asked by its cause
            case Doubt::protocols: ask_about_protocols(); break;
            case Doubt::version_hole:
                ask_about_protocols();
                add(Side::server, "does " + name(Side::server) + " read the list of versions that a TLS 1.3 client sends?", nmap_command(scene_.server.end(), "ssl-enum-ciphers"));
                break;
            case Doubt::suites: ask_about_suites(outcome.version); break;
            case Doubt::groups: ask_about_groups(); break;
            case Doubt::dh_length: {
                const BitsTaken& taken = scene_.client.end().dh;
                if (outcome.bits == 0) look(Side::server, "how long is the Diffie-Hellman group of " + name(Side::server) + "?", "ssl-dh-params,ssl-enum-ciphers");
                if (outcome.reason->code == ReasonId::dh_too_long && !taken.longest_sure) {
                    ask_about_longest("Diffie-Hellman groups", outcome.limit);
                } else if (scene_.client.end().kind == EndKind::windows && taken.refused_below != taken.taken_from) {
                    ask_about_update(Side::client, outcome.reason->code == ReasonId::dh_too_short ? "KB3061518" : "KB3174644", taken.note);
                } else if (scene_.client.end().kind != EndKind::windows) {
                    add(Side::client, "what Diffie-Hellman lengths does " + name(Side::client) + " take?", {});
                }
                break;
            }
            case Doubt::certificate_kind:
                look(Side::server, "has the certificate of " + name(Side::server) + " an RSA or an ECDSA key?", "ssl-cert");
                break;
            case Doubt::certificate_length:
                if (outcome.reason->code == ReasonId::certificate_key_too_long && !scene_.client.end().rsa.longest_sure) {
                    ask_about_longest("RSA keys", outcome.limit);
                } else if (scene_.client.end().kind == EndKind::windows && outcome.bits >= 1024) {
                    add(Side::client, "does " + name(Side::client) + " refuse the certificate? Its lengths of RSA keys are documented for RSA key exchange alone", {});
                } else if (scene_.client.end().kind == EndKind::windows) {
                    ask_about_update(Side::client, "KB2661254", "It blocks RSA keys below 1024 bits in certificate chains");
                } else {
                    add(Side::client, "what RSA keys does " + name(Side::client) + " take?", {});
                }
                break;
            case Doubt::signature_hash: {
                const Missing& missing = *scene_.of(outcome.at_fault).end().find_missing(Missing::Kind::signature_hash, outcome.word);
                if (outcome.word == "SHA512") {
                    ask_about_update(outcome.at_fault, "KB2973337", missing.note);
                } else {
                    ask_windows(outcome.at_fault, missing);
                }
                break;
            }
        }
        if (scene_.played.contested_version) ask_about_protocols();
    }

    const Scene& scene_;
    std::vector<Question> questions_;
};

}  // namespace

std::vector<Question> questions_of(const Scene& scene, const Agreement& agreement) {
    if (agreement.verdict != Verdict::unknown) return {};
    std::vector<Question> questions = OpenQuestions(scene).ask();
    constexpr ReasonId of_setting[] = {ReasonId::early_tls13, ReasonId::strict_renegotiation};
    if (is_one_of(of_setting, agreement.reason->code)) questions.insert(questions.begin(), question_of_cause(*agreement.reason, scene.client.end(), scene.server.end()));
    if (questions.empty()) {
        const End& server = scene.server.end();
        questions.push_back({Side::server, "what does " + shorten(server.label) + " take?", nmap_command(server, "ssl-enum-ciphers,ssl-cert")});
    }
    return questions;
}

std::vector<const Reason*> now_and_then(const Scene& scene) {
    std::vector<const Reason*> found;
    const auto any = [&](auto is) { return std::ranges::any_of(scene.played.outcomes, [&](const VersionOutcome& each) { return each.verdict == Verdict::agree && is(each); }); };
    const bool old_version = any([](const VersionOutcome& each) { return each.version < tls13; });
    const auto& client = scene.client.end();
    const auto& server = scene.server.end();
    const auto clash = [](const End& one, const End& other) {
        return one.kind == EndKind::windows && one.peer.extended_master_secret == Answer::yes && other.peer.extended_master_secret == Answer::no;
    };
    if (old_version && (clash(client, server) || clash(server, client))) found.push_back(&reason_of(ReasonId::extended_master_secret));
    const bool dhe = any([](const VersionOutcome& each) { return traits_of(each.handshake.suite, each.handshake.suite_name).exchange == Exchange::dhe; });
    if (dhe && (client.dhe_fault || server.dhe_fault)) found.push_back(&reason_of(ReasonId::dhe_leading_zero));
    return found;
}

}  // namespace schancfg::handshake
