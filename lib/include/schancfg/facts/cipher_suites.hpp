// Cipher suites by Windows' names: their ids, algorithms and gates, and the lists of each release. Constant tables; use from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "schancfg/facts/releases.hpp"

namespace schancfg::facts {

struct CipherSuite {
    std::string_view name;      ///< Windows' name, with its `_P256` suffix where it has one
    std::uint32_t id = 0;       ///< IANA id; SSL 2.0 kinds are 24-bit
    bool in_schannel = true;    ///< false: a suite of other stacks that baselines name and Schannel lacks
    std::string_view alias_of;  ///< the IANA name when `name` is not it
    std::string_view key_exchange, authentication, bulk_cipher, mode;
    int key_bits = 0, effective_bits = 0;
    std::string_view curve_suffix;
    std::string_view mac_hash, prf_hash;
    std::string_view ciphers_key, hashes_key, kex_key, auth_kex_key;  ///< registry gates; empty: none known
    bool hashes_key_contested = false;  ///< sources disagree whether `hashes_key` gates it at all
    std::string_view min_protocol, max_protocol;
    bool forward_secrecy = false, aead = false, http2_blocklisted = false;
    std::string_view gate_evidence, notes, source;
};

[[nodiscard]] std::span<const CipherSuite> cipher_suites();
/// By Windows' name, without case.
[[nodiscard]] const CipherSuite* find_cipher_suite(std::string_view name);

enum class SuiteList : std::uint8_t { enabled, available, psk };

struct ReleaseSuite {
    std::string_view suite;
    SuiteList list = SuiteList::enabled;
    int position = 0;          ///< from 1, within its list; 0 in `available`, which has no order
    bool explicit_request_only = false;
    std::string_view strong_crypto;  ///< `y`, `n` or what the table says instead
    std::string_view protocols;      ///< `TLS 1.2;TLS 1.1`
    std::string_view source, notes;
    std::string_view fips = {};  ///< the Vista page's FIPS column, `yes` or `no`; empty: later pages have none
};

/// Is a suite left to a program that sets SCH_USE_STRONG_CRYPTO, as .NET Framework does? The pages' columns and their prose disagree on
/// some (conflicts C12 to C14), and Vista's page has no such column: `not_known`.
enum class StrongCrypto : std::uint8_t { allowed, filtered, not_known };
[[nodiscard]] StrongCrypto under_strong_crypto(const ReleaseSuite& row);

/// Rows of that release, list by list in the page's order. Empty: the tables have no page for it.
[[nodiscard]] std::span<const ReleaseSuite> suites_of(const Release& release);
/// Is it in any of the lists of that release?
[[nodiscard]] bool knows_suite(const Release& release, std::string_view name);

}  // namespace schancfg::facts
