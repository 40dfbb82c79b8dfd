#include "schancfg/audit/usage.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "schancfg/facts/cipher_suites.hpp"
#include "schancfg/facts/protocols.hpp"

namespace schancfg::audit {
namespace {

constexpr std::string_view unknown = "not known";
constexpr std::string_view unlogged = "not logged";

std::string part_of(std::string_view meaning, std::string_view logged) {
    if (!meaning.empty()) return std::string(meaning);
    if (logged.empty() || logged == "-") return std::string(unlogged);
    return std::string(unknown) + " (" + std::string(logged) + ')';
}

bool is_known(std::string_view part) { return !part.starts_with(unknown) && part != unlogged; }

std::size_t age_of(std::string_view protocol) {
    constexpr std::string_view order[] = {"PCT 1.0", "SSL 2.0", "SSL 3.0", "TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3"};
    return static_cast<std::size_t>(std::ranges::find(order, protocol) - std::begin(order));
}

auto rank_of(const UsedWay& way) { return std::tuple(age_of(way.protocol), std::tie(way.protocol, way.key_exchange, way.cipher, way.hash)); }

void widen(std::string& first, std::string& last, const std::string& from, const std::string& to) {
    if (!from.empty() && (first.empty() || from < first)) first = from;
    if (to > last) last = to;
}

void append_sized(std::string& joined, std::string_view part) { joined.append(std::to_string(part.size())).append(1, ':').append(part); }

/// Could a handshake by that way have been one with this suite?
bool fits(const facts::CipherSuite& suite, const UsedWay& way) {
    const bool is_13 = suite.min_protocol == "TLS 1.3";
    if (is_13 != (way.protocol == "TLS 1.3")) return false;
    if ((suite.min_protocol == "TLS 1.2" && way.protocol != "TLS 1.2") || suite.name.starts_with("SSL_CK_")) return false;
    // TLS 1.3 names its key exchange apart from the suite.
    if (!is_13 && is_known(way.key_exchange) && suite.key_exchange != way.key_exchange) return false;
    const std::string cipher = suite.bulk_cipher == "AES" ? "AES-" + std::to_string(suite.key_bits) : std::string(suite.bulk_cipher);
    if (is_known(way.cipher) && cipher != way.cipher) return false;
    if (!is_known(way.hash)) return true;
    // For a suite with authenticated encryption Schannel reports the hash of the handshake, for others that of the records.
    const std::string_view hash = suite.aead ? suite.prf_hash : suite.mac_hash;
    return hash == (way.hash == "SHA-1" ? "SHA" : way.hash == "SHA-256" ? "SHA256" : way.hash == "SHA-384" ? "SHA384" : way.hash == "SHA-512" ? "SHA512" : std::string_view(way.hash));
}

}  // namespace

std::string UsedWay::words() const {
    std::string out;
    for (const std::string* part : {&protocol, &key_exchange, &cipher, &hash}) {
        if (is_known(*part) || part == &protocol) (out += out.empty() ? "" : ", ") += *part;
    }
    return out;
}

std::size_t Usage::place_of_way(const codec::LoggedUse& use) {
    // Millions of uses, and a handful of ways.
    joined_.clear();
    for (const std::string* part : {&use.protocol, &use.key_exchange, &use.cipher, &use.hash}) append_sized(joined_, *part);
    if (const auto found = logged_ways_.find(joined_); found != logged_ways_.end()) return found->second;
    const codec::TlsWay meaning = codec::tls_way(use);
    UsedWay way{part_of(meaning.protocol, use.protocol), part_of(meaning.key_exchange, use.key_exchange), part_of(meaning.cipher, use.cipher), part_of(meaning.hash, use.hash)};
    const auto [place, is_new] = way_places_.try_emplace(way, ways_.size());
    if (is_new) ways_.push_back({.way = std::move(way), .first = {}, .last = {}});
    logged_ways_.emplace(joined_, place->second);
    return place->second;
}

std::size_t Usage::place_of_client(const codec::LoggedUse& use) {
    const bool is_logged = !use.client.empty() && use.client != "-";
    const std::string network = !is_logged ? std::string(unlogged) : anonymous_ ? codec::network_of(use.client) : std::string();
    const std::string network_through = anonymous_ && !use.through.empty() ? codec::network_of(use.through) : std::string();
    const std::string& who = network.empty() ? use.client : network;
    const std::string& through = network_through.empty() ? use.through : network_through;
    joined_.clear();
    append_sized(joined_, who);
    append_sized(joined_, through);
    const auto [place, is_new] = client_places_.try_emplace(joined_, clients_.size());
    if (is_new) clients_.push_back({.client = who, .through = through, .ways = {}, .first = {}, .last = {}});
    return place->second;
}

void Usage::add(const codec::LoggedUse& use) {
    const std::size_t way = place_of_way(use);
    WayUsage& of_way = ways_[way];
    ClientUsage& of_client = clients_[place_of_client(use)];
    of_way.requests += use.count;
    of_client.requests += use.count;
    widen(of_way.first, of_way.last, use.first, use.last);
    widen(of_client.first, of_client.last, use.first, use.last);
    if (std::ranges::find(of_client.ways, way) == of_client.ways.end()) {
        of_client.ways.push_back(way);
        ++of_way.clients;
    }
}

void Usage::finish() {
    std::vector<std::size_t> order(ways_.size()), places(ways_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&](std::size_t at) { return rank_of(ways_[at].way); });
    std::vector<WayUsage> sorted;
    for (std::size_t i = 0; i < order.size(); ++i) {
        places[order[i]] = i;
        sorted.push_back(std::move(ways_[order[i]]));
    }
    ways_ = std::move(sorted);
    for (auto& [way, place] : way_places_) place = places[place];
    for (auto& [way, place] : logged_ways_) place = places[place];
    for (ClientUsage& client : clients_) {
        for (std::size_t& way : client.ways) way = places[way];
        std::ranges::sort(client.ways);
    }
    std::ranges::sort(clients_, {}, [](const ClientUsage& client) { return std::tie(client.ways.front(), client.client, client.through); });
    for (std::size_t i = 0; i < clients_.size(); ++i) {
        joined_.clear();
        append_sized(joined_, clients_[i].client);
        append_sized(joined_, clients_[i].through);
        client_places_[joined_] = i;
    }
}

std::string Usage::used_by(const ClientUsage& client) const {
    std::string out;
    for (const std::size_t way : client.ways) (out += out.empty() ? "" : "; ") += ways_[way].way.words();
    return out;
}

schannel::Peer Usage::peer_of(const ClientUsage& client) const {
    schannel::Peer peer = schannel::unknown_peer(facts::Role::client);
    peer.host = client.through.empty() ? client.client : client.client + " through " + client.through;
    peer.tool = "IIS";
    peer.time = client.last;
    bool any_known = false;
    for (schannel::PeerProtocol& protocol : peer.protocols) {
        for (const std::size_t place : client.ways) {
            const UsedWay& way = ways_[place].way;
            if (way.protocol != protocol.name) continue;
            protocol.offered = schannel::Answer::yes;
            any_known = true;
            for (const facts::CipherSuite& suite : facts::cipher_suites()) {
                if (!suite.in_schannel || !fits(suite, way)) continue;
                const std::string name(suite.alias_of.empty() ? suite.name : suite.alias_of);
                const auto is_it = [&](const schannel::PeerSuite& each) { return each.protocol == protocol.name && each.id == suite.id; };
                if (std::ranges::none_of(peer.suites, is_it)) peer.suites.push_back({protocol.name, suite.id, name, {}, 0});
            }
        }
        if (protocol.offered == schannel::Answer::yes) {
            protocol.suites_complete = std::ranges::any_of(peer.suites, [&](const schannel::PeerSuite& suite) { return suite.protocol == protocol.name; });
        }
    }
    if (!any_known) {
        peer.tls_answered = false;
        return peer;
    }
    for (schannel::PeerProtocol& protocol : peer.protocols) {
        if (protocol.offered == schannel::Answer::unknown) protocol.offered = schannel::Answer::no;
    }
    // No log says which curve it was: one of those that every release with ECDHE has.
    peer.groups = {"secp256r1", "secp384r1", "x25519"};
    return peer;
}

}  // namespace schancfg::audit
