#include <algorithm>
#include <string>

#include "property.hpp"
#include "schancfg/codec/scan.hpp"
#include "schancfg/facts/protocols.hpp"
#include "schancfg/text.hpp"
#include "schancfg/utf.hpp"

using namespace schancfg;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto scan = codec::decode_scan(text_of(data, size), "fuzz");
    demand(scan.value.has_value() != has_errors(scan.diagnostics), "a scan is refused with an error, and only then");
    demand(std::ranges::count(scan.diagnostics, Severity::error, &Diagnostic::severity) <= 1, "one error is enough");
    for (const Diagnostic& diagnostic : scan.diagnostics) {
        // Names are handed out as they are; who shows a message escapes it.
        const std::string shown = escape(diagnostic.message);
        demand(utf::find_invalid_utf8(shown) == std::string::npos, "messages are shown as UTF-8");
        demand(std::ranges::none_of(shown, [](char c) { return static_cast<unsigned char>(c) < 0x20; }), "and hold no control characters");
    }
    if (!scan.value) return 0;
    for (const schannel::Peer& peer : *scan.value) {
        demand(peer.protocols.size() == 6, "each protocol stands once");
        demand(peer.dh_min_bits <= peer.dh_max_bits, "the smallest is no larger than the largest");
        demand(peer.tls_answered || std::ranges::all_of(peer.protocols, [](const auto& each) { return each.offered == schannel::Answer::unknown; }), "who is silent says neither yes nor no");
        std::ptrdiff_t before = -1;
        for (const schannel::PeerSuite& suite : peer.suites) {
            demand(!suite.name.empty() || suite.id != 0, "a suite has a name or an id");
            if (suite.protocol.empty()) continue;
            const auto protocol = std::ranges::find(peer.protocols, suite.protocol, &schannel::PeerProtocol::name);
            demand(protocol != peer.protocols.end() && protocol->offered == schannel::Answer::yes, "a suite is of a protocol that is offered");
            demand(protocol - peer.protocols.begin() >= before, "suites stand by protocol, oldest first");
            before = protocol - peer.protocols.begin();
        }
    }
    return 0;
}
