#include "schancfg/codec/iis_log.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#if defined(__SSE2__) || defined(_M_X64)
#include <emmintrin.h>
#endif

#include "schancfg/text.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::codec {
namespace {

constexpr std::size_t most_fields = 64;

/// The words of a line, at most `most_fields`.
struct Words {
    std::array<std::uint32_t, most_fields + 1> starts;  // and behind the last one, past its blank
    std::size_t count = 0;
    std::string_view line;
    [[nodiscard]] std::string_view operator[](std::size_t at) const {
        return at < count ? line.substr(starts[at], starts[at + 1] - starts[at] - 1) : std::string_view{};
    }
};

// Lines are mostly user agents and paths, which nobody looks at: only the blanks between are looked for.
bool split(std::string_view line, Words& words) {
    words.line = line;
    words.starts[0] = 0;
    words.count = 0;
    const auto blank = [&](std::size_t at) {
        if (words.count + 1 == most_fields) return false;
        words.starts[++words.count] = static_cast<std::uint32_t>(at + 1);
        return true;
    };
    std::size_t at = 0;
#if defined(__SSE2__) || defined(_M_X64)
    for (; at + 16 <= line.size(); at += 16) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(line.data() + at));
        auto mask = static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(' '))));
        for (; mask != 0; mask &= mask - 1) {
            if (!blank(at + static_cast<unsigned>(std::countr_zero(mask)))) return false;
        }
    }
#endif
    for (; at < line.size(); ++at) {
        if (line[at] == ' ' && !blank(at)) return false;
    }
    words.starts[++words.count] = static_cast<std::uint32_t>(line.size() + 1);
    return true;
}

// FNV-1a by eight bytes: short texts, and no table of this size is worth a collision to anybody.
std::uint64_t mixed(std::uint64_t hash, std::string_view text) {
    hash = (hash ^ text.size()) * 0x9E3779B97F4A7C15u;
    std::size_t at = 0;
    for (; at + 8 <= text.size(); at += 8) {
        std::uint64_t eight = 0;
        std::memcpy(&eight, text.data() + at, 8);
        hash = (hash ^ eight) * 0x9E3779B97F4A7C15u;
        hash ^= hash >> 29;
    }
    std::uint64_t last = 0;
    if (at < text.size()) std::memcpy(&last, text.data() + at, text.size() - at);
    hash = (hash ^ last) * 0xBF58476D1CE4E5B9u;
    return hash ^ hash >> 32;
}

bool contains_no_case(std::string_view text, std::string_view part) {
    for (std::size_t at = 0; at + part.size() <= text.size(); ++at) {
        if (utf::equal_no_case(text.substr(at, part.size()), part)) return true;
    }
    return false;
}

/// `"198.51.100.20,+198.51.100.21"`: the client is the first of them; a port and brackets go.
std::string_view address_in(std::string_view text) {
    if (text.starts_with('"')) text.remove_prefix(1);
    text = text.substr(0, text.find_first_of(",\"+;"));
    if (text.starts_with('[')) return text.substr(1, std::min(text.find(']'), text.size()) - 1);
    if (std::ranges::count(text, ':') == 1) text = text.substr(0, text.find(':'));
    if (const std::size_t zone = text.find('%'); zone != std::string_view::npos) text = text.substr(0, zone);
    return text;
}

bool is_none(std::string_view text) { return text.empty() || text == "-"; }

}  // namespace

IisLogReader::IisLogReader(std::string file) : file_(std::move(file)), table_(1024, 0) {}

void IisLogReader::add(std::string_view bytes) {
    if (!rest_.empty()) {
        const std::size_t end = bytes.find('\n');
        if (rest_.size() <= iis_max_line) rest_.append(bytes.substr(0, std::min(end, iis_max_line)));
        if (end == std::string_view::npos) return;
        const std::string line = std::move(rest_);
        rest_.clear();
        read_line(line);
        bytes.remove_prefix(end + 1);
    }
    while (!bytes.empty()) {
        const void* found = std::memchr(bytes.data(), '\n', bytes.size());
        if (found == nullptr) {
            rest_ = bytes.substr(0, iis_max_line + 1);
            return;
        }
        const auto length = static_cast<std::size_t>(static_cast<const char*>(found) - bytes.data());
        read_line(bytes.substr(0, length));
        bytes.remove_prefix(length + 1);
    }
}

void IisLogReader::finish() {
    if (rest_.empty()) return;
    const std::string line = std::move(rest_);
    rest_.clear();
    read_line(line);
}

void IisLogReader::read_line(std::string_view line) {
    ++line_;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line_ == 1 && line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
    // IIS fills the end of the file that it writes with NULs.
    while (line.ends_with('\0')) line.remove_suffix(1);
    if (line.empty()) return;
    if (line.front() == '#') return read_directive(line);
    if (!has_fields_) {
        if (before_fields_++ == 0) first_odd_ = line_;
        return;
    }
    read_request(line);
}

void IisLogReader::read_directive(std::string_view line) {
    if (line.starts_with("#Fields:")) return read_fields(line.substr(8));
    if (line.starts_with("#Date:")) {
        const std::string_view text = line.substr(std::min(line.find_first_not_of(' ', 6), line.size()));
        date_ = text.substr(0, 10);
    }
}

void IisLogReader::read_fields(std::string_view names) {
    fields_ = {};
    has_fields_ = true;
    while (names.ends_with(' ')) names.remove_suffix(1);
    for (std::size_t place = 0;; ++place) {
        names.remove_prefix(std::min(names.find_first_not_of(' '), names.size()));
        if (names.empty()) {
            fields_.count = place;
            break;
        }
        const std::string_view name = names.substr(0, names.find(' '));
        names.remove_prefix(name.size());
        const bool is_crypt = contains_no_case(name, "crypt");
        const auto take = [&](std::size_t& field, bool is_it) {
            if (is_it && field == Fields::none) field = place;
        };
        take(fields_.date, utf::equal_no_case(name, "date"));
        take(fields_.time, utf::equal_no_case(name, "time"));
        take(fields_.client, utf::equal_no_case(name, "c-ip"));
        take(fields_.forwarded, contains_no_case(name, "forwarded-for") || contains_no_case(name, "forwardedfor") || contains_no_case(name, "forwarded_for"));
        take(fields_.protocol, is_crypt && contains_no_case(name, "protocol"));
        take(fields_.key_exchange, is_crypt && (contains_no_case(name, "keyexchange") || contains_no_case(name, "key-exchange") || contains_no_case(name, "kex")));
        take(fields_.cipher, is_crypt && contains_no_case(name, "cipher"));
        take(fields_.hash, is_crypt && contains_no_case(name, "hash"));
    }
    had_protocol_ = had_protocol_ || fields_.protocol != Fields::none;
}

void IisLogReader::read_request(std::string_view line) {
    Words words;
    if (line.size() > iis_max_line || !split(line, words) || words.count != fields_.count) {
        if (odd_++ == 0) first_odd_ = line_;
        return;
    }
    if (fields_.protocol == Fields::none) {
        if (without_protocol_++ == 0) first_without_ = line_;
        return;
    }
    const std::string_view protocol = words[fields_.protocol];
    if (is_none(protocol) || protocol == "0") {
        ++plain_;
        return;
    }
    std::string_view connection = words[fields_.client];
    if (connection.starts_with('[')) connection = address_in(connection);
    const std::string_view forwarded = words[fields_.forwarded];
    const std::string_view client = is_none(forwarded) ? connection : address_in(forwarded);
    count(client, client == connection ? std::string_view{} : connection, fields_.date == Fields::none ? std::string_view(date_) : words[fields_.date], words[fields_.time],
          {protocol, words[fields_.cipher], words[fields_.hash], words[fields_.key_exchange]});
}

void IisLogReader::count(std::string_view client, std::string_view connection, std::string_view date, std::string_view time,
                         const std::array<std::string_view, 4>& how) {
    std::uint64_t hash = mixed(mixed(0, client), connection);
    for (const std::string_view each : how) hash = mixed(hash, each);
    ++requests_;
    const auto put_time = [&](std::string& text) {
        text.assign(date);
        if (!time.empty()) text.append(text.empty() ? "" : " ").append(time);
    };
    std::size_t at = hash & (table_.size() - 1);
    for (; table_[at] != 0; at = (at + 1) & (table_.size() - 1)) {
        const std::size_t place = table_[at] - 1;
        if (hashes_[place] != hash) continue;
        LoggedUse& use = uses_[place];
        if (use.client != client || use.through != connection || use.protocol != how[0] || use.cipher != how[1] || use.hash != how[2] || use.key_exchange != how[3]) continue;
        ++use.count;
        const std::string_view last = use.last;
        if (last.size() == date.size() + 1 + time.size() && last.ends_with(time) && last.starts_with(date)) return;
        // A log is in the order of time, but for a clock that was set back.
        const int order = last.substr(0, date.size()).compare(date);
        if (order < 0 || (order == 0 && last.size() > date.size() && last.substr(date.size() + 1) < time)) {
            put_time(use.last);
        } else {
            std::string text;
            put_time(text);
            if (text < use.first) use.first = std::move(text);
        }
        return;
    }
    if (uses_.size() == iis_max_uses) {
        is_full_ = true;
        --requests_;
        return;
    }
    LoggedUse& use = uses_.emplace_back(LoggedUse{std::string(client), std::string(connection), std::string(how[0]), std::string(how[1]), std::string(how[2]), std::string(how[3]), 1, {}, {}});
    put_time(use.first);
    use.last = use.first;
    hashes_.push_back(hash);
    table_[at] = static_cast<std::uint32_t>(uses_.size());
    if (2 * uses_.size() > table_.size()) grow();
}

void IisLogReader::grow() {
    table_.assign(2 * table_.size(), 0);
    for (std::size_t place = 0; place < hashes_.size(); ++place) {
        std::size_t at = hashes_[place] & (table_.size() - 1);
        while (table_[at] != 0) at = (at + 1) & (table_.size() - 1);
        table_[at] = static_cast<std::uint32_t>(place + 1);
    }
}

Diagnostics IisLogReader::diagnostics() const {
    Diagnostics out;
    const auto say = [&](std::string_view rule, Severity severity, std::uint64_t line, std::string message, std::string fix) {
        out.push_back({std::string(rule), severity, {file_, static_cast<std::uint32_t>(std::min<std::uint64_t>(line, ~std::uint32_t{0})), 0}, std::move(message), std::move(fix)});
    };
    if (!has_fields_) {
        say("iis-log-format", Severity::error, before_fields_ != 0 ? first_odd_ : 0, "this is not a W3C extended log of IIS: no line begins with #Fields:", {});
        return out;
    }
    if (!had_protocol_) {
        say("iis-log-no-tls", Severity::error, 0, "no #Fields: line of the log names CRYPT_PROTOCOL, so it does not say which TLS was used",
            "in IIS Manager, Logging, Select Fields, add the server variables CRYPT_PROTOCOL, CRYPT_CIPHER_ALG_ID, CRYPT_HASH_ALG_ID and CRYPT_KEYEXCHANGE_ALG_ID");
        return out;
    }
    const auto lines = [](std::uint64_t count) { return std::to_string(count) + (count == 1 ? " line" : " lines"); };
    if (odd_ + before_fields_ != 0) {
        say("iis-log-line", Severity::warning, first_odd_, lines(odd_ + before_fields_) + " left out, from this one on: not as many fields as the #Fields: line says", {});
    }
    if (without_protocol_ != 0) {
        say("iis-log-no-protocol", Severity::warning, first_without_, lines(without_protocol_) + " left out, from this one on: logged before the field CRYPT_PROTOCOL was added", {});
    }
    if (is_full_) say("iis-log-limit", Severity::error, 0, "the log holds more than 4,194,304 clients and ways to connect", "give fewer days at once");
    return out;
}

}  // namespace schancfg::codec
