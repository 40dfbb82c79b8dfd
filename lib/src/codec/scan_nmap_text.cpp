#include <algorithm>

#include "scan_readers.hpp"
#include "scan_words.hpp"

namespace schancfg::codec::scan {

// Lines as they were in Nmap 6.00: `TLSv1.0`, below it `Ciphers (5)`, below that `TLS_RSA_WITH_AES_128_CBC_SHA - strong`, then
// `Compressors (1)`. It tried SSL 3.0 to TLS 1.2, with fewer suites than there are today.
void read_nmap_text(std::string_view output, PeerBuilder& builder) {
    std::string_view protocol;
    bool among_suites = false;
    while (!output.empty()) {
        const std::size_t end = std::min(output.find('\n'), output.size());
        const auto words = words_of(output.substr(0, end));
        output.remove_prefix(std::min(end + 1, output.size()));
        if (words.empty()) continue;
        std::string_view first = words[0];
        if (first.ends_with(':')) first.remove_suffix(1);
        if (const std::string_view name = protocol_name(first); !name.empty()) {
            protocol = name;
            among_suites = false;
        } else if (first == "Ciphers" || first == "ciphers") {
            among_suites = true;
        } else if (among_suites && !protocol.empty() && (first.starts_with("TLS_") || first.starts_with("SSL_"))) {
            builder.add_suite(protocol, std::nullopt, first);
        } else {
            among_suites = false;
        }
    }
    if (builder.peer.suites.empty()) return;
    for (const char* name : {"SSL 3.0", "TLS 1.0", "TLS 1.1", "TLS 1.2"}) {
        schannel::PeerProtocol& tried = builder.protocol(name);
        if (tried.offered == schannel::Answer::unknown) tried.offered = schannel::Answer::no;
    }
    builder.peer.not_tested.emplace_back("newer suites: this version of nmap knows fewer than there are");
}

}  // namespace schancfg::codec::scan
