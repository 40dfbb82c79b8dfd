#include "schancfg/effect/withdrawn.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "words.hpp"

namespace schancfg::effect {
namespace {

using facts::Role;
using Names = std::vector<std::string>;

constexpr std::array<std::string_view, 4> tls_versions{"TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3"};

/// What the versions that stay have on one side.
struct Offered {
    Names suites, groups;
};

Offered offered(const Effect& effect, const std::vector<std::string_view>& versions, Role role) {
    Offered out;
    for (const std::string_view version : versions) {
        const ProtocolReach& protocol = *effect.reach(role).find(version);
        for (const UsableSuite& suite : protocol.suites) add_once(out.suites, effect.cipher_suites.listed[suite.at].name);
        for (const UsableGroup& group : protocol.groups) add_once(out.groups, group.name);
    }
    return out;
}

Names missing(const Names& before, const Names& after) {
    Names out;
    for (const std::string& name : before) {
        if (std::ranges::find(after, name) == after.end()) out.push_back(name);
    }
    return out;
}

void add_few(Names& to, Names names, std::string_view many) {
    constexpr std::size_t most = 3;
    if (names.size() > most) {
        to.push_back(std::to_string(names.size()).append(1, ' ').append(many));
    } else {
        std::ranges::move(names, std::back_inserter(to));
    }
}

const KeyExchangeEffect& exchange(const Effect& effect, std::string_view name) {
    return *std::ranges::find(effect.key_exchanges, name, [](const KeyExchangeEffect& each) { return each.algorithm.name; });
}

// A longer least length: a peer whose key or group is shorter does not come through any more.
void add_length(Names& to, const Effect& before, const Effect& after, std::string_view name, BitLimit KeyExchangeEffect::* limit, std::string_view what) {
    const auto least = (exchange(before, name).*limit).bits, now = (exchange(after, name).*limit).bits;
    if (now && least.value_or(0) < *now) to.push_back(std::string(what).append(" below ").append(std::to_string(*now)).append(" bits"));
}

}  // namespace

std::vector<std::string> withdrawn(const Effect& before, const Effect& after, Role role) {
    Names out;
    std::vector<std::string_view> stay;
    for (const std::string_view version : tls_versions) {
        if (before.reach(role).find(version)->usable() == Answer::no) continue;
        if (after.reach(role).find(version)->usable() == Answer::no) out.emplace_back(version);
        else stay.push_back(version);
    }
    if (stay.empty()) return out;
    const Offered had = offered(before, stay, role), has = offered(after, stay, role);
    add_few(out, missing(had.suites, has.suites), "cipher suites");
    add_few(out, missing(had.groups, has.groups), "groups");
    if (role == Role::server) {
        add_length(out, before, after, "Diffie-Hellman", &KeyExchangeEffect::server_min_bits, "Diffie-Hellman groups");
    } else {
        add_length(out, before, after, "Diffie-Hellman", &KeyExchangeEffect::client_min_bits, "Diffie-Hellman groups");
        add_length(out, before, after, "PKCS", &KeyExchangeEffect::client_min_bits, "RSA keys");
    }
    return out;
}

}  // namespace schancfg::effect
