#include <algorithm>
#include <string>

#include "property.hpp"
#include "schancfg/codec/peer_toml.hpp"
#include "schancfg/text.hpp"
#include "schancfg/utf.hpp"

using namespace schancfg;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = text_of(data, size);
    (void)codec::looks_like_peer(text);
    const auto peer = codec::decode_peer(text, "fuzz.toml");
    demand(peer.value.has_value() != has_errors(peer.diagnostics), "a peer is refused with an error, and only then");
    for (const Diagnostic& diagnostic : peer.diagnostics) {
        // Names are handed out as they are; who shows a message escapes it.
        const std::string shown = escape(diagnostic.message);
        demand(utf::find_invalid_utf8(shown) == std::string::npos, "messages are shown as UTF-8");
        demand(std::ranges::none_of(shown, [](char c) { return static_cast<unsigned char>(c) < 0x20; }), "and hold no control characters");
        demand(diagnostic.span.line != 0, "each has its place");
    }
    if (!peer.value) return 0;
    for (const schannel::PeerSuite& suite : peer.value->suites) demand(!suite.name.empty(), "a suite has a name");
    for (const schannel::PeerProtocol& protocol : peer.value->protocols) {
        demand(protocol.offered != schannel::Answer::no || !protocol.suites_complete, "what is not offered has no suites");
    }
    return 0;
}
