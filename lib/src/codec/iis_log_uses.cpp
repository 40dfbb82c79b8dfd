#include <algorithm>
#include <bit>
#include <cstring>
#include <optional>
#include <tuple>

#include "schancfg/codec/iis_log.hpp"

namespace schancfg::codec {
namespace {

constexpr std::uint32_t interned = 255;  // in place of a client's length: it is the number of a long one

/// The last eight characters, or as many as there are, as a number. `from`: where the text begins that holds them, nullptr: nowhere else.
inline std::uint64_t number_of(std::string_view text, const char* from) {
    const std::size_t size = std::min<std::size_t>(text.size(), 8);
    if (size == 0) return 0;
    std::uint64_t number = 0;
    const char* end = text.data() + text.size();
    // What stands before a short one is shifted out: to read eight bytes is faster than to read as many as there are.
    if (std::endian::native == std::endian::little && from != nullptr && end - from >= 8) {
        std::memcpy(&number, end - 8, 8);
        return number >> (8 * (8 - size));
    }
    for (std::size_t i = 0; i < size; ++i) number |= std::uint64_t{static_cast<unsigned char>(end[static_cast<std::ptrdiff_t>(i) - static_cast<std::ptrdiff_t>(size)])} << (8 * i);
    return number;
}

void append_number(std::string& text, std::uint64_t number, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) text += static_cast<char>(number >> (8 * i) & 0xFFu);
}

/// Eight characters as a number that is in the same order.
inline std::uint64_t ordered(const char* eight) {
    std::uint64_t number = 0;
    std::memcpy(&number, eight, 8);
    if constexpr (std::endian::native == std::endian::little) number = std::byteswap(number);
    return number;
}

/// `2026-10-01` as 20261001.
std::optional<std::uint32_t> day_of(std::string_view date) {
    if (date.size() != 10 || date[4] != '-' || date[7] != '-') return std::nullopt;
    std::uint32_t number = 0;
    for (const std::size_t at : {0u, 1u, 2u, 3u, 5u, 6u, 8u, 9u}) {
        if (date[at] < '0' || date[at] > '9') return std::nullopt;
        number = 10 * number + static_cast<std::uint32_t>(date[at] - '0');
    }
    return number;
}

inline void prefetch([[maybe_unused]] const void* at) {
#if defined(__GNUC__)
    __builtin_prefetch(at);
#endif
}

/// Are these the same ten characters?
inline bool same_ten(const char* one, const char* other) {
    std::uint64_t eight = 0, other_eight = 0;
    std::uint16_t two = 0, other_two = 0;
    std::memcpy(&eight, one, 8);
    std::memcpy(&other_eight, other, 8);
    std::memcpy(&two, one + 8, 2);
    std::memcpy(&other_two, other + 8, 2);
    return eight == other_eight && two == other_two;
}

std::string time_text(std::string_view date, std::string_view time) {
    std::string text(date);
    if (!time.empty()) text.append(text.empty() ? "" : " ").append(time);
    return text;
}

}  // namespace

LoggedUses::LoggedUses() : slots_(1024) {}

inline std::uint64_t LoggedUses::Key::hash() const {
    std::uint64_t one = (client[0] ^ (std::uint64_t{client_size} << 56 | way)) * 0x9E3779B97F4A7C15u;
    const std::uint64_t other = client[1] * 0xBF58476D1CE4E5B9u;
    one ^= one >> 32;
    std::uint64_t out = (one ^ std::rotl(other, 32)) * 0x94D049BB133111EBu;
    out ^= out >> 32;
    return out;
}

inline std::uint32_t LoggedUses::way_of(const std::array<std::string_view, 4>& how, const char* from) {
    // A log has a handful of ways, which almost all lines repeat.
    RecentWay wanted;
    bool is_short = true;
    for (std::size_t i = 0; i < how.size(); ++i) {
        is_short = is_short && how[i].size() <= 8;
        wanted.parts[i] = number_of(how[i], from);
        wanted.sizes = wanted.sizes << 8 | static_cast<std::uint32_t>(how[i].size() & 0xFFu);
    }
    const std::uint64_t mixed = (wanted.parts[0] ^ std::rotl(wanted.parts[1], 16) ^ std::rotl(wanted.parts[2], 32) ^ std::rotl(wanted.parts[3], 48) ^ wanted.sizes) * 0x9E3779B97F4A7C15u;
    RecentWay& recent = recent_ways_[mixed >> 58];
    if (is_short && recent.is_same(wanted)) return recent.way;
    wanted.way = rare_way(how);
    if (is_short) recent = wanted;
    return wanted.way;
}

std::uint32_t LoggedUses::rare_way(const std::array<std::string_view, 4>& how) {
    std::string text;
    for (const std::string_view part : how) text.append(part).append(1, '\n');  // no line holds one
    const auto [found, is_new] = way_places_.try_emplace(std::move(text), static_cast<std::uint32_t>(ways_.size()));
    if (is_new) ways_.push_back({std::string(how[0]), std::string(how[1]), std::string(how[2]), std::string(how[3])});
    return found->second;
}

inline LoggedUses::Key LoggedUses::key_of(const Request& request, const char* from) {
    Key key;
    key.way = way_of(request.how, from);
    const std::string_view client = request.client;
    if (client.size() <= 16 && request.through.empty()) {
        key.client_size = static_cast<std::uint32_t>(client.size());
        key.client[0] = number_of(client.substr(0, 8), from);
        key.client[1] = client.size() > 8 ? number_of(client.substr(8), from) : 0;
        return key;
    }
    key.client_size = interned;
    key.client[0] = place_of(client, request.through);
    return key;
}

std::size_t LoggedUses::place_of(std::string_view client, std::string_view through) {
    joined_.assign(client).append(1, '\n').append(through);
    const auto found = client_places_.find(joined_);
    if (found != client_places_.end()) return found->second;
    client_places_.emplace(joined_, clients_.size());
    clients_.emplace_back(client, through);
    return clients_.size() - 1;
}

void LoggedUses::count(const Request& request, const char* from) {
    const Key key = key_of(request, from);
    bool is_plain = request.time.size() == 8 && request.date.size() == 10;
    if (is_plain && !same_ten(request.date.data(), day_text_.data())) {
        const auto day = day_of(request.date);
        is_plain = day.has_value();
        if (is_plain) {
            std::memcpy(day_text_.data(), request.date.data(), 10);
            day_ = *day;
        }
    }
    if (!is_plain) {
        settle();
        const std::size_t place = place_of(key, key.hash());
        if (place == none) return;
        ++requests_;
        widen(counted_[place], counted_[place].count++ == 0, time_text(request.date, request.time));
        return;
    }
    // What these need of memory comes while the next lines are read.
    const std::uint64_t hash = key.hash();
    prefetch(&slots_[hash & (slots_.size() - 1)]);
    waiting_[waiting_count_++] = {key, hash, {ordered(request.time.data()), day_}};
    if (waiting_count_ == waiting_.size()) settle();
}

void LoggedUses::settle() {
    for (std::size_t i = 0; i < waiting_count_; ++i) {
        const Slot& slot = slots_[waiting_[i].hash & (slots_.size() - 1)];
        if (slot.use != 0) prefetch(&counted_[slot.use - 1]);
    }
    for (std::size_t i = 0; i < waiting_count_; ++i) {
        const std::size_t place = place_of(waiting_[i].key, waiting_[i].hash);
        if (place == none) continue;
        Counted& counted = counted_[place];
        ++requests_;
        widen(counted, counted.count++ == 0, waiting_[i].time);
    }
    waiting_count_ = 0;
}

inline std::size_t LoggedUses::place_of(const Key& key, std::uint64_t hash) {
    const auto tag = static_cast<std::uint32_t>(hash >> 32);
    std::size_t at = hash & (slots_.size() - 1);
    for (; slots_[at].use != 0; at = (at + 1) & (slots_.size() - 1)) {
        if (slots_[at].tag == tag && counted_[slots_[at].use - 1].key == key) return slots_[at].use - 1;
    }
    if (counted_.size() == iis_max_uses) {
        is_full_ = true;
        return none;
    }
    counted_.push_back({.key = key});
    slots_[at] = {static_cast<std::uint32_t>(counted_.size()), tag};
    if (2 * counted_.size() > slots_.size()) grow();
    return counted_.size() - 1;
}

void LoggedUses::grow() {
    slots_.assign(4 * slots_.size(), {});
    for (std::size_t place = 0; place < counted_.size(); ++place) {
        const std::uint64_t hash = counted_[place].key.hash();
        std::size_t at = hash & (slots_.size() - 1);
        while (slots_[at].use != 0) at = (at + 1) & (slots_.size() - 1);
        slots_[at] = {static_cast<std::uint32_t>(place + 1), static_cast<std::uint32_t>(hash >> 32)};
    }
}

std::string LoggedUses::text_of(const Time& time) {
    std::string text;
    for (std::uint32_t part = 10000000, at = 0; part != 0; part /= 10, ++at) {
        if (at == 4 || at == 6) text += '-';
        text += static_cast<char>('0' + time.day / part % 10);
    }
    text += ' ';
    for (int byte = 7; byte >= 0; --byte) text += static_cast<char>(time.clock >> (8 * byte) & 0xFFu);
    return text;
}

inline void LoggedUses::widen(Counted& counted, bool is_new, const Time& time) {
    if (counted.odd != 0) return widen(counted, false, text_of(time));
    // A log is in the order of time, but for a clock that was set back.
    if (is_new || time < Time{counted.first_clock, counted.first_day}) {
        counted.first_clock = time.clock;
        counted.first_day = time.day;
    }
    if (is_new || Time{counted.last_clock, counted.last_day} < time) {
        counted.last_clock = time.clock;
        counted.last_day = time.day;
    }
}

void LoggedUses::widen(Counted& counted, bool is_new, const std::string& text) {
    if (counted.odd == 0) {
        odd_times_.push_back(is_new ? OddTimes{text, text} : OddTimes{text_of({counted.first_clock, counted.first_day}), text_of({counted.last_clock, counted.last_day})});
        counted.odd = static_cast<std::uint32_t>(odd_times_.size());
    }
    OddTimes& times = odd_times_[counted.odd - 1];
    if (text < times.first) times.first = text;
    if (text > times.last) times.last = text;
}

LoggedUse LoggedUses::use_of(const Counted& counted) const {
    LoggedUse use;
    if (counted.key.client_size == interned) {
        std::tie(use.client, use.through) = clients_[counted.key.client[0]];
    } else {
        append_number(use.client, counted.key.client[0], std::min<std::size_t>(counted.key.client_size, 8));
        if (counted.key.client_size > 8) append_number(use.client, counted.key.client[1], counted.key.client_size - std::size_t{8});
    }
    std::tie(use.protocol, use.cipher, use.hash, use.key_exchange) = ways_[counted.key.way];
    use.count = counted.count;
    use.first = counted.odd != 0 ? odd_times_[counted.odd - 1].first : text_of({counted.first_clock, counted.first_day});
    use.last = counted.odd != 0 ? odd_times_[counted.odd - 1].last : text_of({counted.last_clock, counted.last_day});
    return use;
}

std::vector<LoggedUse> LoggedUses::list() const {
    std::vector<LoggedUse> out;
    out.reserve(counted_.size());
    for (const Counted& counted : counted_) out.push_back(use_of(counted));
    return out;
}

void LoggedUses::add(const LoggedUses& other) {
    settle();
    is_full_ = is_full_ || other.is_full_;
    std::vector<std::uint32_t> ways;
    for (const auto& [protocol, cipher, hash, key_exchange] : other.ways_) ways.push_back(way_of({protocol, cipher, hash, key_exchange}, nullptr));
    for (const Counted& its : other.counted_) {
        Key key = its.key;
        key.way = ways[key.way];
        if (key.client_size == interned) {
            const auto& [client, through] = other.clients_[key.client[0]];
            key.client[0] = place_of(client, through);
        }
        const std::size_t place = place_of(key, key.hash());
        if (place == none) continue;
        Counted& mine = counted_[place];
        const bool is_new = mine.count == 0;
        mine.count += its.count;
        requests_ += its.count;
        if (its.odd != 0) {
            widen(mine, is_new, other.odd_times_[its.odd - 1].first);
            widen(mine, false, other.odd_times_[its.odd - 1].last);
        } else {
            widen(mine, is_new, Time{its.first_clock, its.first_day});
            widen(mine, false, Time{its.last_clock, its.last_day});
        }
    }
}

}  // namespace schancfg::codec
