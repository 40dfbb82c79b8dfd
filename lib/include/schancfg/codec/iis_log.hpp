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

namespace iis {
struct Line;
}

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

    /// A large file may be read in parts by several readers. `part` gives one for bytes that begin with a line behind those that this one has read, as if the
    /// fields were still these; where they are, `is_before` says so when both have finished, and `append` adds what it read.
    [[nodiscard]] IisLogReader part() const;
    [[nodiscard]] bool is_before(const IisLogReader& part) const;
    void append(IisLogReader&& part);

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
        [[nodiscard]] bool operator==(const Fields&) const = default;
    };
    /// What the lines so far say of those that follow.
    struct State {
        Fields fields;
        bool has_fields = false;
        std::string date;  // of the `#Date:` line, for logs without a field of it
    };
    void read_lines(std::string_view& bytes);
    void read_line(iis::Line& line);
    void read_directive(std::string_view line);
    void read_request(const iis::Line& line);
    void read_fields(std::string_view names);
    struct Who {
        std::string_view client, connection;
        std::array<std::string_view, 4> how;
    };
    /// A short client and way in numbers, which compare at once; `sizes` all ones: it is none.
    struct Key {
        std::array<std::uint64_t, 6> parts{};
        std::uint64_t sizes = ~std::uint64_t{0};
        [[nodiscard]] bool operator==(const Key& other) const {
            std::uint64_t different = sizes ^ other.sizes;
            for (std::size_t i = 0; i < parts.size(); ++i) different |= parts[i] ^ other.parts[i];
            return different == 0;
        }
    };
    /// `from`: where the text begins that these are parts of; nullptr: they are of none.
    [[nodiscard]] static Key key_of(const Who& who, const char* from);
    void count(const Who& who, std::string_view date, std::string_view time, const char* from);
    /// The place in uses_, or where in the table it belongs.
    struct Place {
        std::size_t use = ~std::size_t{0}, slot = 0;
        std::uint64_t hash = 0;
        Key key;
    };
    [[nodiscard]] Place find(const Who& who, const char* from) const;
    /// False: there are too many.
    bool add_use(const Place& place, LoggedUse use);
    void grow();
    struct Counted;
    [[nodiscard]] std::string_view last_of(std::size_t use) const;
    static void set_last(Counted& counted, LoggedUse& use, std::string text);
    void read_rest();
    /// What was counted goes into uses_.
    void settle();

    std::string file_, rest_;
    State state_, begun_;
    bool had_protocol_ = false, is_full_ = false, is_part_ = false;
    bool had_date_ = false, used_begun_date_ = false;  // of a part: the `#Date:` of what stands before it decides nothing unless it was used
    std::uint64_t line_ = 0, requests_ = 0, plain_ = 0, odd_ = 0, first_odd_ = 0, before_fields_ = 0, without_protocol_ = 0, first_without_ = 0;
    // What each line asks for lies together: a log has more clients than fit into a processor's cache.
    struct Slot {
        std::uint32_t use = 0;  // 0: free, else one more than the place in uses_
        std::uint32_t tag = 0;  // of the hash
    };
    struct Counted {
        Key key;
        std::uint64_t count = 0;
        std::array<char, 24> last{};  // as in LoggedUse, where `is_timed`
        bool is_timed = false;
        std::uint64_t hash = 0;
    };
    std::vector<LoggedUse> uses_;     // `count` and `last` are those of counted_ until finish
    std::vector<Counted> counted_;    // of each of uses_
    std::vector<Slot> table_;
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
