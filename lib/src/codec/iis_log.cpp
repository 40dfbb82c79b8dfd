#include "schancfg/codec/iis_log.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "codec/iis_log_lines.hpp"
#include "schancfg/text.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::codec {
namespace {

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

/// The last eight characters, or as many as there are, as a number. `from`: where the text begins that holds them, nullptr: nowhere else.
std::uint64_t number_of(std::string_view text, const char* from) {
    std::uint64_t number = 0;
    const std::size_t size = std::min<std::size_t>(text.size(), 8);
    if (size == 0) return 0;
    const char* end = text.data() + text.size();
    // What stands before a short one is shifted out: to read eight bytes is faster than to read as many as there are.
    if (from == nullptr || end - from < 8 || std::endian::native != std::endian::little) {
        for (std::size_t i = 0; i < size; ++i) number |= std::uint64_t{static_cast<unsigned char>(end[static_cast<std::ptrdiff_t>(i) - static_cast<std::ptrdiff_t>(size)])} << (8 * i);
        return number;
    }
    std::memcpy(&number, end - 8, 8);
    return number >> (8 * (8 - size));
}

constexpr std::size_t time_size = 19;  // `2026-10-01 06:00:01`

bool is_none(std::string_view text) { return text.empty() || text == "-"; }

}  // namespace

IisLogReader::IisLogReader(std::string file) : file_(std::move(file)), table_(1024) {}

void IisLogReader::read_lines(std::string_view& bytes) {
    for (iis::Line line; iis::next_line(bytes, line);) read_line(line);
}

void IisLogReader::add(std::string_view bytes) {
    if (!rest_.empty()) {
        const std::size_t end = bytes.find('\n');
        if (rest_.size() <= iis_max_line) rest_.append(bytes.substr(0, std::min(end, iis_max_line)));
        if (end == std::string_view::npos) return;
        read_rest();
        bytes.remove_prefix(end + 1);
    }
    read_lines(bytes);
    rest_ = bytes.substr(0, iis_max_line + 1);
}

void IisLogReader::read_rest() {
    if (rest_.empty()) return;
    rest_ += '\n';
    std::string_view last = rest_;
    read_lines(last);
    rest_.clear();
}

void IisLogReader::finish() {
    read_rest();
    settle();
}

void IisLogReader::read_line(iis::Line& line) {
    ++line_;
    std::string_view& text = line.text;
    if (text.ends_with('\r')) text.remove_suffix(1);
    if (line_ == 1 && !is_part_ && text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    // IIS fills the end of the file that it writes with NULs.
    while (text.ends_with('\0')) text.remove_suffix(1);
    if (text.empty()) return;
    if (text.front() == '#') return read_directive(text);
    if (!state_.has_fields) {
        if (before_fields_++ == 0) first_odd_ = line_;
        return;
    }
    read_request(line);
}

void IisLogReader::read_directive(std::string_view line) {
    if (line.starts_with("#Fields:")) return read_fields(line.substr(8));
    if (line.starts_with("#Date:")) {
        const std::string_view text = line.substr(std::min(line.find_first_not_of(' ', 6), line.size()));
        state_.date = text.substr(0, 10);
        had_date_ = true;
    }
}

void IisLogReader::read_fields(std::string_view names) {
    state_.fields = {};
    state_.has_fields = true;
    while (names.ends_with(' ')) names.remove_suffix(1);
    for (std::size_t place = 0;; ++place) {
        names.remove_prefix(std::min(names.find_first_not_of(' '), names.size()));
        if (names.empty()) {
            state_.fields.count = place;
            break;
        }
        const std::string_view name = names.substr(0, names.find(' '));
        names.remove_prefix(name.size());
        const bool is_crypt = contains_no_case(name, "crypt");
        const auto take = [&](std::size_t& field, bool is_it) {
            if (is_it && field == Fields::none) field = place;
        };
        take(state_.fields.date, utf::equal_no_case(name, "date"));
        take(state_.fields.time, utf::equal_no_case(name, "time"));
        take(state_.fields.client, utf::equal_no_case(name, "c-ip"));
        take(state_.fields.forwarded, contains_no_case(name, "forwarded-for") || contains_no_case(name, "forwardedfor") || contains_no_case(name, "forwarded_for"));
        take(state_.fields.protocol, is_crypt && contains_no_case(name, "protocol"));
        take(state_.fields.key_exchange, is_crypt && (contains_no_case(name, "keyexchange") || contains_no_case(name, "key-exchange") || contains_no_case(name, "kex")));
        take(state_.fields.cipher, is_crypt && contains_no_case(name, "cipher"));
        take(state_.fields.hash, is_crypt && contains_no_case(name, "hash"));
    }
    had_protocol_ = had_protocol_ || state_.fields.protocol != Fields::none;
}

void IisLogReader::read_request(const iis::Line& line) {
    const Fields& fields = state_.fields;
    if (line.text.size() > iis_max_line || line.words() != fields.count || fields.count > iis::most_fields) {
        if (odd_++ == 0) first_odd_ = line_;
        return;
    }
    if (fields.protocol == Fields::none) {
        if (without_protocol_++ == 0) first_without_ = line_;
        return;
    }
    used_begun_date_ = used_begun_date_ || (fields.date == Fields::none && !had_date_);
    const std::string_view protocol = line.word(fields.protocol);
    if (is_none(protocol) || protocol == "0") {
        ++plain_;
        return;
    }
    std::string_view connection = line.word(fields.client);
    if (connection.starts_with('[')) connection = address_in(connection);
    const std::string_view forwarded = line.word(fields.forwarded);
    const std::string_view client = is_none(forwarded) ? connection : address_in(forwarded);
    count({client, client == connection ? std::string_view{} : connection, {protocol, line.word(fields.cipher), line.word(fields.hash), line.word(fields.key_exchange)}},
          fields.date == Fields::none ? std::string_view(state_.date) : line.word(fields.date), line.word(fields.time), line.text.data());
}

IisLogReader::Key IisLogReader::key_of(const Who& who, const char* from) {
    Key key;
    if (who.client.size() > 16 || !who.connection.empty()) return key;
    std::uint64_t sizes = who.client.size();
    for (std::size_t i = 0; i < who.how.size(); ++i) {
        if (who.how[i].size() > 8) return key;
        key.parts[i] = number_of(who.how[i], from);
        sizes = sizes << 8 | who.how[i].size();
    }
    key.parts[4] = number_of(who.client.substr(0, 8), from);
    key.parts[5] = number_of(who.client.substr(std::min<std::size_t>(8, who.client.size())), from);
    key.sizes = sizes;
    return key;
}

IisLogReader::Place IisLogReader::find(const Who& who, const char* from) const {
    Place place;
    place.key = key_of(who, from);
    const bool is_short = place.key != Key{};
    if (is_short) {
        std::uint64_t one = place.key.sizes, other = 0;
        for (std::size_t i = 0; i < 6; i += 2) {
            one = (one ^ place.key.parts[i]) * 0x9E3779B97F4A7C15u;
            other = (other ^ place.key.parts[i + 1]) * 0xBF58476D1CE4E5B9u;
            one ^= one >> 29;
            other ^= other >> 31;
        }
        place.hash = (one ^ other) * 0x94D049BB133111EBu;
        place.hash ^= place.hash >> 32;
    } else {
        place.hash = mixed(mixed(0, who.client), who.connection);
        for (const std::string_view each : who.how) place.hash = mixed(place.hash, each);
    }
    place.slot = place.hash & (table_.size() - 1);
    const auto tag = static_cast<std::uint32_t>(place.hash >> 32);
    for (; table_[place.slot].use != 0; place.slot = (place.slot + 1) & (table_.size() - 1)) {
        if (table_[place.slot].tag != tag) continue;
        const std::size_t at = table_[place.slot].use - 1;
        if (counted_[at].key != place.key) continue;
        if (!is_short) {
            const LoggedUse& use = uses_[at];
            if (use.client != who.client || use.through != who.connection || use.protocol != who.how[0] || use.cipher != who.how[1] || use.hash != who.how[2] || use.key_exchange != who.how[3]) continue;
        }
        place.use = at;
        break;
    }
    return place;
}

bool IisLogReader::add_use(const Place& place, LoggedUse use) {
    if (uses_.size() == iis_max_uses) {
        is_full_ = true;
        return false;
    }
    Counted counted{.key = place.key, .count = use.count, .hash = place.hash};
    set_last(counted, use, use.last);
    uses_.push_back(std::move(use));
    counted_.push_back(counted);
    table_[place.slot] = {static_cast<std::uint32_t>(uses_.size()), static_cast<std::uint32_t>(place.hash >> 32)};
    if (2 * uses_.size() > table_.size()) grow();
    return true;
}

std::string_view IisLogReader::last_of(std::size_t use) const {
    return counted_[use].is_timed ? std::string_view(counted_[use].last.data(), time_size) : std::string_view(uses_[use].last);
}

void IisLogReader::set_last(Counted& counted, LoggedUse& use, std::string text) {
    counted.is_timed = text.size() == time_size;
    if (counted.is_timed) std::memcpy(counted.last.data(), text.data(), time_size);
    else use.last = std::move(text);
}

void IisLogReader::count(const Who& who, std::string_view date, std::string_view time, const char* from) {
    const auto time_text = [&] {
        std::string text(date);
        if (!time.empty()) text.append(text.empty() ? "" : " ").append(time);
        return text;
    };
    const Place place = find(who, from);
    if (place.use >= uses_.size()) {
        LoggedUse use{std::string(who.client), std::string(who.connection), std::string(who.how[0]), std::string(who.how[1]), std::string(who.how[2]), std::string(who.how[3]), 1, time_text(), {}};
        use.last = use.first;
        if (add_use(place, std::move(use))) ++requests_;
        return;
    }
    ++requests_;
    Counted& counted = counted_[place.use];
    ++counted.count;
    // A log is in the order of time, but for a clock that was set back.
    if (counted.is_timed && date.size() == 10 && time.size() == 8) {
        int order = std::memcmp(counted.last.data(), date.data(), 10);
        if (order == 0) order = std::memcmp(counted.last.data() + 11, time.data(), 8);
        if (order == 0) return;
        if (order < 0) {
            std::memcpy(counted.last.data(), date.data(), 10);
            std::memcpy(counted.last.data() + 11, time.data(), 8);
            return;
        }
    }
    std::string text = time_text();
    LoggedUse& use = uses_[place.use];
    if (text < use.first) use.first = text;
    if (text > last_of(place.use)) set_last(counted, use, std::move(text));
}

IisLogReader IisLogReader::part() const {
    IisLogReader out(file_);
    out.state_ = out.begun_ = state_;
    out.is_part_ = true;
    return out;
}

bool IisLogReader::is_before(const IisLogReader& part) const {
    return state_.fields == part.begun_.fields && state_.has_fields == part.begun_.has_fields && (state_.date == part.begun_.date || !part.used_begun_date_);
}

void IisLogReader::append(IisLogReader&& part) {
    if (!part.had_date_) part.state_.date = state_.date;
    const auto first = [&](std::uint64_t& mine, bool has_mine, std::uint64_t its, bool has_its) {
        if (!has_mine && has_its) mine = line_ + its;
    };
    first(first_odd_, odd_ + before_fields_ != 0, part.first_odd_, part.odd_ + part.before_fields_ != 0);
    first(first_without_, without_protocol_ != 0, part.first_without_, part.without_protocol_ != 0);
    line_ += part.line_;
    plain_ += part.plain_;
    odd_ += part.odd_;
    before_fields_ += part.before_fields_;
    without_protocol_ += part.without_protocol_;
    had_protocol_ = had_protocol_ || part.had_protocol_;
    is_full_ = is_full_ || part.is_full_;
    state_ = std::move(part.state_);
    for (std::size_t at = 0; at < part.uses_.size(); ++at) {
        LoggedUse& use = part.uses_[at];
        const std::uint64_t requests = part.counted_[at].count;
        use.count = requests;
        use.last = part.last_of(at);
        const Place place = find({use.client, use.through, {use.protocol, use.cipher, use.hash, use.key_exchange}}, nullptr);
        if (place.use >= uses_.size()) {
            if (add_use(place, std::move(use))) requests_ += requests;
            continue;
        }
        Counted& counted = counted_[place.use];
        counted.count += requests;
        requests_ += requests;
        LoggedUse& mine = uses_[place.use];
        mine.first = std::min(mine.first, use.first);
        if (use.last > last_of(place.use)) set_last(counted, mine, std::move(use.last));
    }
    settle();
}

void IisLogReader::settle() {
    for (std::size_t at = 0; at < uses_.size(); ++at) {
        uses_[at].count = counted_[at].count;
        uses_[at].last = last_of(at);
    }
}

void IisLogReader::grow() {
    table_.assign(2 * table_.size(), {});
    for (std::size_t place = 0; place < counted_.size(); ++place) {
        const std::uint64_t hash = counted_[place].hash;
        std::size_t at = hash & (table_.size() - 1);
        while (table_[at].use != 0) at = (at + 1) & (table_.size() - 1);
        table_[at] = {static_cast<std::uint32_t>(place + 1), static_cast<std::uint32_t>(hash >> 32)};
    }
}

Diagnostics IisLogReader::diagnostics() const {
    Diagnostics out;
    const auto say = [&](std::string_view rule, Severity severity, std::uint64_t line, std::string message, std::string fix) {
        out.push_back({std::string(rule), severity, {file_, static_cast<std::uint32_t>(std::min<std::uint64_t>(line, ~std::uint32_t{0})), 0}, std::move(message), std::move(fix)});
    };
    if (!state_.has_fields) {
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
