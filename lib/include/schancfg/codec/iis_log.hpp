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
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "schancfg/diagnostic.hpp"

namespace schancfg::codec {

namespace iis {
struct Line;
}

inline constexpr std::size_t iis_max_line = 1u << 20;  ///< bytes; what is longer is left out and counted
inline constexpr std::size_t iis_max_uses = 4u << 20;  ///< clients and ways of one file

/// One way in which a client came, and how often. Hostile text: addresses are as the log has them, but for ports and brackets.
struct LoggedUse {
    std::string client;   ///< the address; of a field for X-Forwarded-For its first one
    std::string through;  ///< then: the address that made the connection (`c-ip`), where it is another; else empty
    std::string protocol, cipher, hash, key_exchange;  ///< as the log has them, `400`, `6610`, `-`; empty: there is no such field
    std::uint64_t count = 0;
    std::string first, last;  ///< `2026-10-01 06:00:01`, UTC; empty: the log has no such fields
};

/// Who came by what, each client and way once, in the order of their first requests. A log has more of them than fit into a processor's cache: what a request
/// asks for lies together, and a few requests wait for it together. Belongs to one thread.
class LoggedUses {
public:
    LoggedUses();
    /// The parts of one line, as in LoggedUse.
    struct Request {
        std::string_view client, through;
        std::array<std::string_view, 4> how;  ///< protocol, cipher, hash, key exchange
        std::string_view date, time;
    };
    /// `from`: where the line begins; some bytes before a word that belong to the line may be read.
    void count(const Request& request, const char* from);
    /// Before anything is asked for.
    void settle();
    /// Those of `other`, which is settled, as if they came now.
    void add(const LoggedUses& other);

    [[nodiscard]] std::vector<LoggedUse> list() const;
    [[nodiscard]] std::uint64_t requests() const { return requests_; }
    /// There were more than iis_max_uses: the others are left out.
    [[nodiscard]] bool is_full() const { return is_full_; }

private:
    static constexpr std::size_t none = ~std::size_t{0};
    /// A client and a way in numbers, which compare at once.
    struct Key {
        std::array<std::uint64_t, 2> client{};  // its characters, or its place in clients_
        std::uint32_t client_size = 0, way = 0;
        [[nodiscard]] bool operator==(const Key& other) const {
            return ((client[0] ^ other.client[0]) | (client[1] ^ other.client[1]) | (client_size ^ other.client_size) | (way ^ other.way)) == 0;
        }
        [[nodiscard]] std::uint64_t hash() const;
    };
    struct Time {
        std::uint64_t clock = 0;  // `06:00:01`, its first character in the highest byte
        std::uint32_t day = 0;    // 20261001
        [[nodiscard]] bool operator<(const Time& other) const { return day != other.day ? day < other.day : clock < other.clock; }
    };
    struct alignas(64) Counted {
        Key key;
        std::uint64_t count = 0, first_clock = 0, last_clock = 0;
        std::uint32_t first_day = 0, last_day = 0;
        std::uint32_t odd = 0;  // not 0: the times are in odd_times_, one before this
    };
    struct Slot {
        std::uint32_t use = 0;  // 0: free, else one more than the place in counted_
        std::uint32_t tag = 0;  // of the hash
    };
    struct Waiting {
        Key key;
        std::uint64_t hash = 0;
        Time time;
    };
    /// Times that are no `2026-10-01 06:00:01`.
    struct OddTimes {
        std::string first, last;
    };
    struct RecentWay {
        std::array<std::uint64_t, 4> parts{};
        std::uint32_t sizes = ~std::uint32_t{0}, way = 0;
        [[nodiscard]] bool is_same(const RecentWay& other) const {
            std::uint64_t different = sizes ^ other.sizes;
            for (std::size_t i = 0; i < parts.size(); ++i) different |= parts[i] ^ other.parts[i];
            return different == 0;
        }
    };
    [[nodiscard]] std::uint32_t way_of(const std::array<std::string_view, 4>& how, const char* from);
    /// The same of one that is not among the recent ones.
    [[nodiscard]] std::uint32_t rare_way(const std::array<std::string_view, 4>& how);
    [[nodiscard]] Key key_of(const Request& request, const char* from);
    /// The place of a long client in clients_.
    [[nodiscard]] std::size_t place_of(std::string_view client, std::string_view through);
    /// The place in counted_, which is made; none: there are too many.
    [[nodiscard]] std::size_t place_of(const Key& key, std::uint64_t hash);
    void grow();
    [[nodiscard]] static std::string text_of(const Time& time);
    void widen(Counted& counted, bool is_new, const Time& time);
    void widen(Counted& counted, bool is_new, const std::string& text);
    [[nodiscard]] LoggedUse use_of(const Counted& counted) const;

    std::vector<Counted> counted_;
    std::vector<Slot> slots_;
    std::array<Waiting, 16> waiting_;
    std::size_t waiting_count_ = 0;
    std::array<RecentWay, 64> recent_ways_;
    std::vector<std::tuple<std::string, std::string, std::string, std::string>> ways_;
    std::unordered_map<std::string, std::uint32_t> way_places_;
    std::vector<std::pair<std::string, std::string>> clients_;  // those of more than 16 characters, and those through a proxy
    std::unordered_map<std::string, std::size_t> client_places_;
    std::vector<OddTimes> odd_times_;
    std::array<char, 11> day_text_{"0000-00-00"};  // the last one
    std::uint32_t day_ = 0;
    std::string joined_;
    std::uint64_t requests_ = 0;
    bool is_full_ = false;
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

    /// Each client and way once, in the order of their first lines. Call it after `finish`, like what follows.
    [[nodiscard]] std::vector<LoggedUse> uses() const { return uses_.list(); }
    /// Requests that are counted in them.
    [[nodiscard]] std::uint64_t requests() const { return uses_.requests(); }
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
    void read_rest();

    std::string file_, rest_;
    State state_, begun_;
    bool had_protocol_ = false, is_part_ = false;
    bool had_date_ = false, used_begun_date_ = false;  // of a part: the `#Date:` of what stands before it decides nothing unless it was used
    std::uint64_t line_ = 0, plain_ = 0, odd_ = 0, first_odd_ = 0, before_fields_ = 0, without_protocol_ = 0, first_without_ = 0;
    LoggedUses uses_;
};

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
