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
            handshake::End end = handshake::make_end(*decoded.value);
            (end.role() == facts::Role::client ? clients_ : servers_).push_back(std::move(end));
        }
    }

    /// Browsers of the server, servers of the web of the client: false where doctor says of each that they can't agree.
    [[nodiscard]] bool reach(const effect::Effect& effect, facts::Role role) const {
        if (role == facts::Role::client) {
            const handshake::End own = handshake::make_end(effect, role);
            return std::ranges::any_of(servers_, [&](const handshake::End& peer) { return agrees(own, peer); });
        }
        // A server has the one kind of certificate or the other.
        return std::ranges::any_of(std::vector<bool>{true, false}, [&](bool rsa) {
            const char* kind = rsa ? "RSA" : "ECDSA";
            handshake::EndOptions options;
            options.certificates = {{.key_type = kind, .key_bits = rsa ? 2048 : 256, .curve = rsa ? "" : "secp256r1", .signature_hash = "SHA256", .signature_key = kind, .subject = {}}};
            const handshake::End own = handshake::make_end(effect, role, options);
            return std::ranges::any_of(clients_, [&](const handshake::End& peer) { return agrees(peer, own); });
        });
    }

private:
    static bool agrees(const handshake::End& client, const handshake::End& server) {
        return handshake::agree_briefly(client, server).verdict != handshake::Verdict::disagree;
    }

    std::vector<handshake::End> clients_, servers_;
};

}  // namespace schancfg::test
