#include "handshake/services.hpp"

#include <algorithm>

#include "schancfg/effect/services.hpp"

namespace schancfg::handshake {
namespace {

using facts::Service;
using facts::ServiceReach;
using facts::Speaks;

/// The release runs it, and it has that role.
bool is_run(const Service& service, const End& end) { return service.role == end.role() && (!service.servers_only || end.release->server); }

bool common_rsa(const Scene& scene, std::size_t version) {
    const auto has = [version](const Offer& offer, std::uint32_t id) {
        return std::ranges::any_of(offer.at(version).suites, [id](const OfferedSuite& suite) { return suite.id == id && suite.traits.exchange == Exchange::rsa; });
    };
    return std::ranges::any_of(scene.server.at(version).suites, [&](const OfferedSuite& suite) {
        return suite.traits.exchange == Exchange::rsa && has(scene.client, suite.id);
    });
}

std::string of_known(const Service& service, const ServiceReach& row, std::size_t version) {
    const std::string name(service.name);
    if (version == tls13 && !row.trouble_13.empty()) return "the known trouble of " + name + " with TLS 1.3 does not apply: " + std::string(row.trouble_13);
    if (version != tls13 && row.rsa_first) return "which suite " + name + " takes depends on its certificate: " + std::string(row.narrows);
    return {};
}

/// Which services would not do what Schannel does.
std::string of_unknown(const End& end, std::size_t version, bool rsa) {
    std::vector<std::string> without, undocumented, first;
    for (const Service& service : facts::services()) {
        if (!is_run(service, end)) continue;
        const ServiceReach& row = facts::service_reach(service.id, *end.release);
        const Speaks speaks = facts::speaks(row, tls_versions[version]);
        if (speaks == Speaks::no) {
            without.emplace_back(service.name);
        } else if (speaks == Speaks::not_known) {
            undocumented.emplace_back(service.name);
        } else if (row.rsa_first && rsa) {
            first.emplace_back(service.name);
        }
    }
    const std::string protocol(tls_versions[version]);
    std::string text;
    const auto add = [&text](const std::string& more) { text.append(text.empty() ? "" : "; ").append(more); };
    if (!without.empty()) add(joined(without) + (without.size() == 1 ? " does not speak " : " do not speak ") + protocol + " here");
    if (!undocumented.empty()) add("whether " + joined(undocumented) + (undocumented.size() == 1 ? " speaks it" : " speak it") + " is not documented");
    if (!first.empty()) add(joined(first) + " with its self-signed certificate takes RSA key exchange first");
    if (text.empty()) return text;
    return (end.role() == facts::Role::server ? "the service leaves the choice to Schannel: " : "the client leaves the choice to Schannel: ") + text;
}

}  // namespace

void narrow_by_service(End& end, const effect::ServiceEffect& service) {
    for (schannel::PeerProtocol& row : end.peer.protocols) {
        const effect::ServiceProtocol* protocol = service.find(row.name);
        if (protocol == nullptr) continue;
        if (service.row->rsa_first && row.name != "TLS 1.3") row.preference = Preference::unknown;
        if (row.offered == Answer::no) {
            // On request only: perhaps the service names it.
            if (!protocol->on_request) continue;
            row.offered = Answer::unknown;
            for (Missing& missing : end.missing) {
                if (missing.kind != Missing::Kind::protocol || missing.name != row.name) continue;
                missing.sure = false;
                missing.note = "it is on request only, and whether the service names its protocols is not documented";
            }
            continue;
        }
        if (protocol->service == Speaks::yes) continue;
        const bool sure = protocol->service == Speaks::no && protocol->service_sure;
        row.offered = sure ? Answer::no : Answer::unknown;
        std::erase_if(end.missing, [&](const Missing& each) { return each.kind == Missing::Kind::protocol && each.name == row.name; });
        Missing& missing = end.missing.emplace_back();
        missing.kind = Missing::Kind::protocol;
        missing.name = row.name;
        missing.sure = sure;
        missing.by_service = true;
        missing.origins.emplace_back();
        missing.note = sure ? "the service does not speak it on this release" : protocol->service == Speaks::no ? service.row->narrows : "of this service it is not documented";
        missing.source = service.row->source;
    }
}

std::vector<std::string> service_conditions(const Scene& scene, const Agreement& agreement) {
    std::vector<std::string> conditions;
    const std::size_t version = scene.version();
    if (agreement.verdict == Verdict::disagree || version == tls_versions.size()) return conditions;
    for (const Side side : {Side::client, Side::server}) {
        const End& end = scene.of(side).end();
        if (end.kind != EndKind::windows) continue;
        std::string text;
        if (end.service != nullptr) {
            text = of_known(*end.service, facts::service_reach(end.service->id, *end.release), version);
        } else if (side == Side::server) {
            text = of_unknown(end, version, common_rsa(scene, version));
        } else if (version == tls13 && scene.server.end().kind == EndKind::windows && is_run(facts::service(facts::ServiceId::adfs_proxy), end)) {
            const ServiceReach& proxy = facts::service_reach(facts::ServiceId::adfs_proxy, *end.release);
            if (!proxy.trouble_13.empty()) text = "the client is not the proxy of AD FS, whose trust " + std::string(proxy.trouble_13);
        }
        if (!text.empty()) conditions.push_back(std::move(text));
    }
    return conditions;
}

}  // namespace schancfg::handshake
