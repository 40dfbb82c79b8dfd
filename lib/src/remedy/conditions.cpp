#include "remedy/conditions.hpp"

#include <algorithm>
#include <ranges>

#include "handshake/details.hpp"
#include "schancfg/facts/suite_names.hpp"
#include "schancfg/text.hpp"
#include "words.hpp"

namespace schancfg::remedy {
namespace {

using handshake::Answer;
using handshake::End;
using handshake::EndKind;
using handshake::Missing;
using handshake::Offer;
using handshake::Side;
using handshake::Verdict;

constexpr std::size_t most_named = 4;

Side side_of(const End& end) { return end.role() == facts::Role::client ? Side::client : Side::server; }

bool agrees(const End& client, const End& server, const std::vector<Condition>& conditions) {
    return handshake::agree_briefly(supposed(client, conditions), supposed(server, conditions)).verdict == Verdict::agree;
}

/// A scan has seen each suite taken with the certificate that there is.
bool is_certificate_open(const End& server) {
    if (server.kind == EndKind::seen) return false;
    const auto& certificates = server.peer.certificates;
    return certificates.empty() || std::ranges::any_of(certificates, [](const auto& each) { return each.key_type.empty(); });
}

class OpenPoints {
public:
    OpenPoints(const End& end, const End& other) : end_(end), ours_(end), theirs_(other) {}

    std::vector<Condition> list() {
        protocols();
        for (std::size_t version = 0; version < handshake::tls_versions.size(); ++version) suites(version);
        groups();
        lengths();
        return std::move(points_);
    }

private:
    void add(ConditionKind kind, std::vector<std::string> names, int bits = 0) {
        if (names.empty() && bits == 0) return;
        add_once(points_, Condition{kind, side_of(end_), std::move(names), bits});
    }

    void protocols() {
        for (std::size_t version = handshake::tls_versions.size(); version-- > 0;) {
            if (ours_.at(version).offered == Answer::unknown && theirs_.at(version).offered != Answer::no) {
                add(ConditionKind::protocol, {std::string(handshake::tls_versions[version])});
            }
        }
    }

    void suites(std::size_t version) {
        if (ours_.at(version).offered == Answer::no || theirs_.at(version).offered == Answer::no) return;
        std::vector<std::string> names;
        for (const handshake::OfferedSuite& suite : theirs_.at(version).suites) {
            if (suite.id == 0 || names.size() == most_named) continue;
            const auto found = ours_.at(version).find(suite);
            const bool sure = std::ranges::any_of(found, [&](std::uint32_t at) { return ours_.at(version).suites[at].sure; });
            if (sure || (found.empty() && ours_.at(version).complete)) continue;
            add_once(names, suite.name);
        }
        add(ConditionKind::suites, std::move(names));
    }

    void groups() {
        std::vector<std::string> names;
        for (const std::string_view group : theirs_.groups()) {
            if (theirs_.takes_group(group) == Answer::yes && ours_.takes_group(group) == Answer::unknown) names.emplace_back(group);
        }
        if (theirs_.groups().empty() && ours_.groups().empty() && !end_.peer.groups_complete) names.emplace_back("secp256r1");
        names.resize(std::min(names.size(), most_named));
        add(ConditionKind::groups, std::move(names));
    }

    void lengths() {
        constexpr int usual = 2048;
        if (end_.role() == facts::Role::client) {
            if (end_.dh.refused_below != end_.dh.taken_from) add(ConditionKind::dh_bits, {}, theirs_.end().peer.dh_min_bits);
        } else if (end_.peer.dh_min_bits == 0) {
            const int least = theirs_.end().dh.taken_from;
            add(ConditionKind::dh_bits, {}, least == 0 ? usual : least);
        }
    }

    const End& end_;
    Offer ours_, theirs_;
    std::vector<Condition> points_;
};

void suppose_suites(End& end, const std::vector<std::string>& names) {
    for (const std::string& name : names) {
        if (const auto known = facts::identify_suite(name)) {
            std::erase_if(end.missing, [&](const Missing& each) { return each.id == known->id; });
            const auto same = [&](const schannel::PeerSuite& suite) { return suite.id == known->id; };
            if (std::ranges::none_of(end.peer.suites, same)) end.peer.suites.push_back({.protocol = {}, .id = known->id, .name = std::string(known->name), .group = {}});
        }
    }
}

/// No protocol is called as a group is.
void no_longer_missing(End& end, std::string_view name) {
    std::erase_if(end.missing, [name](const Missing& each) { return each.name == name; });
}

void suppose(End& end, const Condition& condition) {
    switch (condition.kind) {
        case ConditionKind::certificate_key: {
            schannel::PeerCertificate certificate;
            certificate.key_type = condition.names.front();
            end.peer.certificates = {std::move(certificate)};
            break;
        }
        case ConditionKind::groups:
            for (const std::string& name : condition.names) {
                no_longer_missing(end, name);
                add_once(end.peer.groups, name);
            }
            break;
        case ConditionKind::protocol:
            for (schannel::PeerProtocol& protocol : end.peer.protocols) {
                if (protocol.name == condition.names.front()) protocol.offered = Answer::yes;
            }
            no_longer_missing(end, condition.names.front());
            break;
        case ConditionKind::suites: suppose_suites(end, condition.names); break;
        case ConditionKind::dh_bits:
            if (end.role() == facts::Role::server) {
                end.peer.dh_min_bits = end.peer.dh_max_bits = condition.bits;
            } else {
                end.dh.refused_below = end.dh.taken_from = std::min(end.dh.taken_from, condition.bits);
            }
            break;
    }
}

/// Which kinds of key lead to agreement, where the server's is not known.
std::optional<std::vector<Condition>> with_certificate(const End& client, const End& server, std::vector<Condition> conditions) {
    if (!is_certificate_open(server)) return conditions;
    std::vector<Condition> kinds;
    for (const char* key : {"RSA", "ECDSA"}) {
        Condition kind{ConditionKind::certificate_key, Side::server, {key}, 0};
        std::vector<Condition> all = conditions;
        all.push_back(kind);
        if (agrees(client, server, all)) kinds.push_back(std::move(kind));
    }
    if (kinds.empty()) return std::nullopt;
    if (kinds.size() == 1) conditions.push_back(std::move(kinds.front()));
    return conditions;
}

std::string listed(const std::vector<std::string>& names) {
    return std::string(names.size() > 1 ? "one of " : "").append(series(names | std::views::transform([](const std::string& name) { return shorten(name); }), " or "));
}

}  // namespace

std::string condition_text(const Condition& condition) {
    const std::string side = "the " + std::string(handshake::side_name(condition.side));
    switch (condition.kind) {
        case ConditionKind::certificate_key: return side + "'s certificate has an " + condition.names.front() + " key";
        case ConditionKind::groups: return side + " takes " + (condition.names.size() == 1 ? "the curve " : "") + listed(condition.names);
        case ConditionKind::protocol: return side + " speaks " + condition.names.front();
        case ConditionKind::suites: return side + " takes " + listed(condition.names);
        case ConditionKind::dh_bits: break;
    }
    const bool server = condition.side == Side::server;
    return side + (server ? " uses Diffie-Hellman groups of " : " takes Diffie-Hellman groups of ") + std::to_string(condition.bits) + (server ? " bits or more" : " bits");
}

handshake::End supposed(const End& end, const std::vector<Condition>& conditions) {
    End changed = end;
    for (const Condition& condition : conditions) {
        if (condition.side == side_of(end)) suppose(changed, condition);
    }
    return changed;
}

std::optional<std::vector<Condition>> conditions_of(const End& client, const End& server) {
    const Verdict verdict = handshake::agree_briefly(client, server).verdict;
    if (verdict == Verdict::disagree) return std::nullopt;
    if (verdict == Verdict::agree) return with_certificate(client, server, {});
    std::vector<Condition> open = OpenPoints(client, server).list();
    for (Condition& point : OpenPoints(server, client).list()) open.push_back(std::move(point));
    std::vector<std::vector<Condition>> worlds{open};
    if (is_certificate_open(server)) {
        for (const char* key : {"RSA", "ECDSA"}) {
            worlds.push_back(open);
            worlds.back().push_back({ConditionKind::certificate_key, Side::server, {key}, 0});
        }
    }
    for (std::vector<Condition>& world : worlds) {
        if (!agrees(client, server, world)) continue;
        for (std::size_t at = 0; at < world.size();) {
            std::vector<Condition> fewer = world;
            fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(at));
            if (agrees(client, server, fewer)) {
                world = std::move(fewer);
            } else {
                ++at;
            }
        }
        const bool about_key = std::ranges::any_of(world, [](const Condition& each) { return each.kind == ConditionKind::certificate_key; });
        return about_key ? world : with_certificate(client, server, std::move(world));
    }
    return std::nullopt;
}

}  // namespace schancfg::remedy
