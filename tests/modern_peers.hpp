// Clients and servers of today, as tests/peers has them, and whether a machine reaches any.
#pragma once

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "catch.hpp"
#include "schancfg/codec/peer_toml.hpp"
#include "schancfg/handshake/agreement.hpp"

namespace schancfg::test {

class ModernPeers {
public:
    ModernPeers() {
        for (const char* name : {"chrome", "firefox", "edge", "safari", "curl", "dotnet-8", "go", "java-11", "java-17", "java-21", "openssl-1.1.1", "openssl-3", "python", "aead-server",
                                 "aead-ecdhe-server", "go-server", "ecdsa-server", "dotnet-8-server", "java-11-server", "java-17-server", "java-21-server", "openssl-1.1.1-server",
                                 "openssl-3-server", "python-server"}) {
            std::ifstream file(std::string(SCHANCFG_SOURCE_DIR "/tests/peers/") + name + ".toml", std::ios::binary);
            const auto decoded = codec::decode_peer(std::string{std::istreambuf_iterator<char>(file), {}}, name);
            REQUIRE(decoded);
            const bool client = decoded.value->role == facts::Role::client;
            (client ? clients_ : servers_).push_back(handshake::make_end(*decoded.value, name));
            if (client) continue;
            // The same with the longer keys that some have.
            schannel::Peer longer = *decoded.value;
            longer.certificates = {{.key_type = "RSA", .key_bits = 4096, .curve = {}, .signature_hash = "SHA384", .signature_key = "RSA", .subject = {}}};
            servers_.push_back(handshake::make_end(longer, name));
            longer.certificates = {{.key_type = "ECDSA", .key_bits = 384, .curve = "secp384r1", .signature_hash = "SHA384", .signature_key = "ECDSA", .subject = {}}};
            servers_.push_back(handshake::make_end(longer, name));
        }
    }

    /// Clients of the server, servers of the web of the client: false where doctor says of each that they can't agree.
    [[nodiscard]] bool reach(const effect::Effect& effect, facts::Role role) const {
        return any(effect, role, [](const handshake::Agreement& agreement, const handshake::End&) { return agreement.verdict != handshake::Verdict::disagree; });
    }

    /// Browsers of the server, servers of the web of the client: true where doctor says of one that they agree, on a version that browsers speak.
    [[nodiscard]] bool surely_reach(const effect::Effect& effect, facts::Role role) const {
        return any(effect, role, [](const handshake::Agreement& agreement, const handshake::End& peer) {
            constexpr std::string_view browsers[] = {"chrome", "firefox", "edge", "safari"};
            const bool counts = peer.role() == facts::Role::server || std::ranges::find(browsers, peer.label) != std::end(browsers);
            return counts && agreement.verdict == handshake::Verdict::agree && agreement.handshake.protocol >= "TLS 1.2";
        });
    }

private:
    template <typename Counts>
    [[nodiscard]] bool any(const effect::Effect& effect, facts::Role role, const Counts& counts) const {
        if (role == facts::Role::client) {
            const handshake::End own = handshake::make_end(effect, role);
            return std::ranges::any_of(servers_, [&](const handshake::End& peer) { return counts(handshake::agree_briefly(own, peer), peer); });
        }
        // A server has the one kind of certificate or the other.
        return std::ranges::any_of(std::vector<bool>{true, false}, [&](bool rsa) {
            const char* kind = rsa ? "RSA" : "ECDSA";
            handshake::EndOptions options;
            options.certificates = {{.key_type = kind, .key_bits = rsa ? 2048 : 256, .curve = rsa ? "" : "secp256r1", .signature_hash = "SHA256", .signature_key = kind, .subject = {}}};
            const handshake::End own = handshake::make_end(effect, role, options);
            return std::ranges::any_of(clients_, [&](const handshake::End& peer) { return counts(handshake::agree_briefly(peer, own), peer); });
        });
    }

    std::vector<handshake::End> clients_, servers_;
};

}  // namespace schancfg::test
