// The words of scanners as the names of a Peer: protocols, groups, algorithms of keys and signatures.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "schancfg/schannel/peer.hpp"

namespace schancfg::codec::scan {

/// `TLSv1.2`, `TLSv1`, `TLS1_2`, `tls_1_2`, `SSLv3`: Windows' name; empty: none of SSL 2.0 to TLS 1.3.
[[nodiscard]] std::string_view protocol_name(std::string_view word);
/// IANA's name; empty: nobody knows it.
[[nodiscard]] std::string_view group_name(std::string_view word);
/// `sha256`, `SHA-256`, `SHA256`: `SHA256`; empty: none of MD2 to SHA512.
[[nodiscard]] std::string_view hash_name(std::string_view word);
/// `RSA`, `EC`, `ecPublicKey`, `EllipticCurvePublicKey`, ...: `RSA`, `ECDSA`, `DSA`, `ED25519`, `ED448`; empty: unknown.
[[nodiscard]] std::string_view key_name(std::string_view word);
/// `sha256WithRSAEncryption`, `SHA256 with RSA`, `ecdsa-with-SHA384`, `rsassaPss`: what it says of hash and key goes to the certificate.
void read_signature(std::string_view word, schannel::PeerCertificate& certificate);
/// `RSA+SHA256`, `RSA-PSS-RSAE+SHA256`, `rsa_pkcs1_sha256`, `ecdsa_secp256r1_sha256`: as `Peer::handshake_signatures` has it; empty: unknown.
[[nodiscard]] std::string signature_scheme(std::string_view word);

/// Parted by blanks.
[[nodiscard]] std::vector<std::string_view> words_of(std::string_view text);
/// Without case.
[[nodiscard]] bool contains(std::string_view text, std::string_view word);
/// A number in decimal and nothing else, at most nine digits.
[[nodiscard]] std::optional<int> number_of(std::string_view word);
[[nodiscard]] std::optional<std::uint16_t> port_of(std::string_view word);

}  // namespace schancfg::codec::scan
