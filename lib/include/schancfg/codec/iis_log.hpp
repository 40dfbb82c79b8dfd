// Logs of IIS (W3C extended, `u_ex*.log`) with the custom fields that say what TLS each request came by: CRYPT_PROTOCOL, CRYPT_CIPHER_ALG_ID, CRYPT_HASH_ALG_ID
// and CRYPT_KEYEXCHANGE_ALG_ID. lib/docs/formats/iis-log.md says what is read of them.
//
// Only requests that came through are in a log: who already fails is not. Bytes come in parts of any size, as they are read or unpacked; a gigabyte takes
// about as long as counting its lines. Opens no files. An IisLogReader belongs to one thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "schancfg/diagnostic.hpp"

namespace schancfg::codec {

/// One way in which a client came, and how often. Hostile text: addresses are as the log has them, but for ports and brackets.
struct LoggedUse {
    std::string client;   ///< the address; of a field for X-Forwarded-For its first one
    std::string through;  ///< then: the address that made the connection (`c-ip`), where it is another; else empty
    std::string protocol, cipher, hash, key_exchange;  ///< as the log has them, `400`, `6610`, `-`; empty: there is no such field
    std::uint64_t count = 0;
    std::string first, last;  ///< `2026-10-01 06:00:01`, UTC; empty: the log has no such fields
};

class IisLogReader {
public:
    /// `file`: its name in messages.
    explicit IisLogReader(std::string file);

    /// The next bytes of the file; lines may be torn apart between two parts.
    void add(std::string_view bytes);
    /// After the last part.
    void finish();

    /// Each client and way once, in the order of their first lines.
    [[nodiscard]] const std::vector<LoggedUse>& uses() const { return uses_; }
    /// Requests that are counted in them.
    [[nodiscard]] std::uint64_t requests() const { return requests_; }
    /// Requests without TLS, which are not.
    [[nodiscard]] std::uint64_t plain() const { return plain_; }
    /// An error where the file is no such log, or none of its lines says which protocol; warnings about lines that were left out. Call it after `finish`.
    [[nodiscard]] Diagnostics diagnostics() const;

private:
    struct Fields {
        static constexpr std::size_t none = ~std::size_t{0};
        std::size_t count = 0;
        std::size_t date = none, time = none, client = none, forwarded = none, protocol = none, cipher = none, hash = none, key_exchange = none;
    };
    void read_line(std::string_view line);
    void read_directive(std::string_view line);
    void read_request(std::string_view line);
    void read_fields(std::string_view names);
    void count(std::string_view client, std::string_view connection, std::string_view date, std::string_view time, const std::array<std::string_view, 4>& how);
    void grow();

    std::string file_, rest_;
    std::string date_;               // of the `#Date:` line, for logs without a field of it
    Fields fields_;
    bool has_fields_ = false, had_protocol_ = false, is_other_ = false, is_full_ = false;
    std::uint64_t line_ = 0, requests_ = 0, plain_ = 0, odd_ = 0, first_odd_ = 0, before_fields_ = 0, without_protocol_ = 0, first_without_ = 0;
    std::vector<LoggedUse> uses_;
    std::vector<std::uint32_t> table_;   // places in uses_, by hash; 0: free, else one more than the place
    std::vector<std::uint64_t> hashes_;  // of each of uses_
};

inline constexpr std::size_t iis_max_line = 1u << 20;      ///< bytes; what is longer is left out and counted
inline constexpr std::size_t iis_max_uses = 4u << 20;      ///< clients and ways of one file

/// What the four fields mean. Empty: not known.
struct TlsWay {
    std::string_view protocol;      ///< `TLS 1.2`
    std::string_view key_exchange;  ///< `ECDHE`, `DHE`, `RSA`
    std::string_view cipher;        ///< `AES-256`, `AES-128`, `3DES`, `RC4`, ...
    std::string_view hash;          ///< `SHA-1`, `SHA-256`, ...
};
/// Hexadecimal as IIS writes them; decimal where only that gives a known number.
[[nodiscard]] TlsWay tls_way(const LoggedUse& use);

/// The client with its host part gone: `198.51.100.0/24`, `2001:db8::/48`; anything but an address becomes `other`.
[[nodiscard]] std::string network_of(std::string_view client);

}  // namespace schancfg::codec
