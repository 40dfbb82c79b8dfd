#include "schancfg/backend/peers.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <optional>

#include "names.hpp"
#include "open_error.hpp"
#include "schancfg/codec/peer_toml.hpp"
#include "schancfg/codec/scan.hpp"
#include "schancfg/files/file.hpp"
#include "schancfg/files/folder.hpp"
#include "schancfg/files/path.hpp"
#include "schancfg/text.hpp"
#include "schancfg/utf.hpp"
#include "spelling.hpp"

namespace schancfg::backend {
namespace {

using schannel::Peer;
using Opened = std::expected<OpenedPeers, OpenError>;

constexpr std::size_t max_files = 10000;
constexpr std::size_t max_peers = 200000;  // of a folder
constexpr std::size_t most_listed = 5;
constexpr std::string_view prefix = "scan:";
constexpr std::string_view extensions[] = {".xml", ".json", ".csv", ".toml"};

bool has_extension(std::string_view path) {
    return std::ranges::any_of(extensions, [&](std::string_view end) {
        return path.size() > end.size() && utf::ends_with_no_case(path, end);
    });
}

/// `HOST`, `HOST:PORT`, `::1`, `[::1]:443`.
struct PeerSelection {
    std::string host;
    std::optional<std::uint16_t> port;
};

std::optional<PeerSelection> parse_selector(std::string_view text) {
    PeerSelection found;
    std::string_view port;
    if (text.starts_with('[')) {
        const std::size_t end = text.find(']');
        if (end == std::string_view::npos) return std::nullopt;
        found.host = text.substr(1, end - 1);
        port = text.substr(end + 1);
        if (!port.empty() && !port.starts_with(':')) return std::nullopt;
    } else if (std::ranges::count(text, ':') == 1) {
        found.host = text.substr(0, text.find(':'));
        port = text.substr(text.find(':'));
    } else {
        found.host = text;
    }
    if (found.host.empty()) return std::nullopt;
    if (port.empty()) return found;
    std::uint16_t number = 0;
    const auto [end, error] = std::from_chars(port.data() + 1, port.data() + port.size(), number);
    if (error != std::errc{} || end != port.data() + port.size()) return std::nullopt;
    found.port = number;
    return found;
}

bool matches(const PeerSelection& selector, const Peer& peer) {
    if (selector.port && selector.port != peer.port) return false;
    return utf::equal_no_case(peer.host, selector.host) || (!peer.ip.empty() && utf::equal_no_case(peer.ip, selector.host));
}

/// The file or folder, and which of its peers.
struct HostPlace {
    std::string path;
    std::string selector;  ///< as spelled, without the `#`; empty: all
};

// A `#` may be part of a name, so what exists wins.
HostPlace place_of(std::string_view spelling) {
    if (spelling.starts_with(prefix)) spelling.remove_prefix(prefix.size());
    const std::size_t hash = spelling.rfind('#');
    if (hash == std::string_view::npos || files::exists(std::string(spelling))) return {std::string(spelling), {}};
    return {std::string(spelling.substr(0, hash)), std::string(spelling.substr(hash + 1))};
}

/// The shortest selector that means this one alone; empty: another has the same name, address and port.
std::string selector_of(const Peer& peer, const std::vector<Peer>& among) {
    const auto is_alone = [&](const std::string& text) {
        const auto selector = parse_selector(text);
        return selector && std::ranges::count_if(among, [&](const Peer& each) { return matches(*selector, each); }) == 1;
    };
    if (std::string name = peer.address(); is_alone(name)) return name;
    if (peer.ip.empty()) return {};
    Peer by_address = peer;
    by_address.host = peer.ip;
    std::string name = by_address.address();
    return is_alone(name) ? name : std::string();
}

std::string listed(const std::vector<Peer>& peers) {
    std::vector<std::string> names;
    for (const Peer& peer : peers) {
        const std::string selector = selector_of(peer, peers);
        std::string name = shorten(selector.empty() ? peer.address() : selector, 200);
        if (std::ranges::find(names, name) == names.end()) names.push_back(std::move(name));
        if (names.size() > most_listed) break;
    }
    std::string text;
    for (std::size_t i = 0; i < std::min(names.size(), most_listed); ++i) text += (i == 0 ? "" : ", ") + names[i];
    return names.size() > most_listed ? text + ", ..." : text;
}

Opened read_one(const std::string& path) {
    auto text = files::read_file(path, codec::scan_max_size);
    if (!text) return refused(std::move(text.error()));
    OpenedPeers opened;
    const bool is_toml = path.size() > 5 && utf::equal_no_case(std::string_view(path).substr(path.size() - 5), ".toml");
    if (is_toml || codec::looks_like_peer(*text)) {
        auto peer = codec::decode_peer(*text, path);
        if (!peer) return bad_text(std::move(peer.diagnostics));
        opened.peers.push_back(std::move(*peer.value));
        opened.diagnostics = std::move(peer.diagnostics);
        return opened;
    }
    auto scan = codec::decode_scan(*text, path);
    if (!scan) return bad_text(std::move(scan.diagnostics));
    opened.peers = std::move(*scan.value);
    opened.diagnostics = std::move(scan.diagnostics);
    return opened;
}

Opened read_folder(const std::string& path) {
    auto files = files::list_files(path, max_files);
    if (!files) return refused(std::move(files.error()));
    OpenedPeers opened;
    bool any = false;
    for (const std::string& file : *files) {
        if (!has_extension(file)) continue;
        any = true;
        auto one = read_one(file);
        if (!one) {
            // One odd file does not hide the others; of the peer that it may stand for nothing is known.
            const Error& error = one.error().error;
            opened.diagnostics.push_back({"peer-not-read", Severity::warning, error.where.value_or(Span{}),
                                          error.where ? error.message + ": the file is not read" : error.message, {}});
            schannel::Peer unknown = schannel::unknown_peer(facts::Role::server);
            unknown.host = file.substr(file.find_last_of("/\\") + 1);
            unknown.tls_answered = false;
            opened.peers.push_back(std::move(unknown));
            continue;
        }
        std::ranges::move(one->peers, std::back_inserter(opened.peers));
        std::ranges::move(one->diagnostics, std::back_inserter(opened.diagnostics));
        if (opened.peers.size() > max_peers) return bad_usage("the scans in " + std::string(path) + " have more than 200,000 hosts and ports");
    }
    if (!any) return bad_usage("the folder " + std::string(path) + " holds no scan: no file that ends in .xml, .json, .csv or .toml");
    return opened;
}

}  // namespace

bool is_peer_spelling(std::string_view spelling) {
    if (spelling.starts_with(prefix)) return true;
    if (parse_spelling(spelling)) return false;
    const HostPlace place = place_of(spelling);
    return has_extension(place.path) || files::exists(place.path);
}

std::expected<OpenedPeers, OpenError> open_peers(std::string_view spelling) {
    const HostPlace place = place_of(spelling);
    const auto named = [&] { return "'" + shorten(spelling, 400) + "'"; };
    if (place.path.empty()) return bad_usage(named() + " needs a file after the colon");
    if (const std::size_t at = place.path.rfind('@'); at != std::string::npos && !files::exists(place.path) && facts::find_release(place.path.substr(at + 1)) != nullptr) {
        return bad_usage(named() + " names a release; a scan says what a peer does, whatever it runs");
    }
    std::optional<PeerSelection> selector;
    if (!place.selector.empty()) {
        selector = parse_selector(place.selector);
        if (!selector) return bad_usage("'" + place.selector + "' is not a host; expected HOST, HOST:PORT or [ADDRESS]:PORT");
    }
    Opened opened = files::is_folder(place.path) ? read_folder(place.path) : read_one(place.path);
    if (!opened) return opened;
    opened->label = std::string(prefix) + files::full_path(place.path) + (place.selector.empty() ? "" : "#" + place.selector);
    if (!selector) return opened;
    std::vector<Peer> all = std::move(opened->peers);
    opened->peers.clear();
    std::ranges::copy_if(all, std::back_inserter(opened->peers), [&](const Peer& peer) { return matches(*selector, peer); });
    if (opened->peers.empty()) return bad_usage(place.path + " holds no " + place.selector + (all.empty() ? "" : "; it holds " + listed(all)));
    return opened;
}

std::expected<OpenedPeer, OpenError> open_peer(std::string_view spelling) {
    auto opened = open_peers(spelling);
    if (!opened) return std::unexpected(std::move(opened.error()));
    std::vector<Peer> answered;
    std::ranges::copy_if(opened->peers, std::back_inserter(answered), &Peer::tls_answered);
    const std::string file = place_of(spelling).path;
    if (answered.empty()) {
        if (opened->peers.empty()) return bad_usage(file + " holds no host");
        const Peer& first = opened->peers.front();
        return bad_usage(file + ": " + shorten(first.address(), 200) + " gave no answer" + (first.not_tested.empty() ? "" : ": " + shorten(first.not_tested.front(), 200)));
    }
    if (answered.size() > 1) {
        std::string message = file + " holds " + std::to_string(answered.size()) + " peers: " + listed(answered);
        for (const Peer& peer : answered) {
            const std::string selector = selector_of(peer, answered);
            // What is shortened or holds blanks would not be read back.
            const bool plain = !selector.empty() && selector.size() <= 200 && escape(selector) == selector && selector.find(' ') == std::string::npos;
            if (plain) return bad_usage(message + "; name one: scan:" + file + "#" + selector);
        }
        return bad_usage(message + "; they have the same name, address and port: give a file with one of them");
    }
    return OpenedPeer{std::move(answered.front()), std::move(opened->label), std::move(opened->diagnostics)};
}

}  // namespace schancfg::backend
