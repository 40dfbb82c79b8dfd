#include <algorithm>
#include <charconv>

#include "handshake/play.hpp"
#include "schancfg/facts/groups.hpp"

namespace schancfg::handshake {
namespace {

Answer all(Answer a, Answer b) {
    if (a == Answer::no || b == Answer::no) return Answer::no;
    return a == Answer::yes && b == Answer::yes ? Answer::yes : Answer::unknown;
}

constexpr std::string_view mandatory = "secp256r1";  // RFC 8446, 9.1
constexpr std::string_view strong = "secp384r1";

/// A Schannel server with its own list of curves picks by the strength of the suite: secp384r1 with AES-256, x25519 or secp256r1 with AES-128. Seen in
/// handshakes of Server 2019 and 2022, Windows 10 and 11 with a client that offers all of them (nabla-c0d3/sslyze#463 and captures); Microsoft documents
/// no order. In TLS 1.3 the shares that the client sends count as well.
std::string_view by_strength(const Offer& client, const Offer& server, std::size_t version, const OfferedSuite& suite) {
    const bool own_list = server.end().curve_list.origin.kind == effect::OriginKind::release_default && server.end().curve_list.certain;
    if (!own_list || version >= tls13 || suite.traits.bits != 256) return {};
    return client.takes_group(strong) == Answer::yes && server.takes_group(strong) == Answer::yes ? strong : std::string_view{};
}

}  // namespace

int group_bits(std::string_view name) {
    if (name == "x25519") return 253;
    const facts::Group* group = facts::find_group(name);
    if (group == nullptr) return 0;
    if (!is_curve(*group)) return group->dh_bits;  // a hybrid has no one length
    const std::string_view number = name.substr(std::min(name.find_first_of("0123456789"), name.size()));
    int bits = 0;
    std::from_chars(number.data(), number.data() + number.size(), bits);
    return bits;
}

CommonGroup common_group(const Offer& client, const Offer& server, std::size_t version, const OfferedSuite& of_server) {
    // Before Windows 10 each suite of a server carries its own curve.
    const bool by_suite = server.end().kind == EndKind::windows && !of_server.group.empty();
    const auto server_takes = [&](std::string_view group) {
        if (group == of_server.group) return Answer::yes;
        return by_suite ? Answer::no : server.takes_group(group);
    };
    const bool server_complete = server.groups_complete();
    const bool client_complete = client.groups_complete();

    CommonGroup common;
    std::size_t possible = 0, sure = 0;
    std::string_view only, first_of_client;
    for (const std::string_view group : client.groups()) {
        const Answer answer = all(all(client.takes_group(group), server_takes(group)), is_group_of(version, group));
        if (answer == Answer::no) continue;
        ++possible;
        if (answer != Answer::yes) continue;
        ++sure;
        only = group;
        if (first_of_client.empty()) first_of_client = group;
    }
    common.answer = sure != 0 ? Answer::yes : possible != 0 ? Answer::unknown : Answer::no;
    if (!client_complete && common.answer != Answer::yes) {
        const bool any = !server_complete || !server.groups().empty() || !of_server.group.empty();
        if (any) common.answer = Answer::unknown;
    }
    if (sure == 1 && possible == 1 && client_complete) common.name = only;
    const bool schannel = server.end().kind == EndKind::windows && !by_suite;
    if (sure > 1 && schannel) common.name = by_strength(client, server, version, of_server);
    if (sure == possible && client_complete && server_complete && !schannel) {
        // Whose order counts is documented nowhere: where both orders begin alike it does not matter.
        const auto first = std::ranges::find_if(server.groups(), [&](std::string_view group) {
            return is_group_of(version, group) == Answer::yes && client.takes_group(group) == Answer::yes;
        });
        if (first != server.groups().end() && *first == first_of_client) common.name = *first;
    }
    if (common.answer == Answer::unknown && version == tls13) {
        const bool by_client = client.takes_group(mandatory) == Answer::yes || !client_complete;
        // A scanner that saw another one picked shows a server that may be configured to have it alone (CNSA: secp384r1).
        const bool other_seen = !of_server.group.empty() && of_server.group != mandatory;
        const bool by_server = server.takes_group(mandatory) == Answer::yes || (!server_complete && !other_seen);
        if (by_client && by_server) {
            common.answer = Answer::yes;
            common.by_standard = true;
        }
    }
    return common;
}

}  // namespace schancfg::handshake
