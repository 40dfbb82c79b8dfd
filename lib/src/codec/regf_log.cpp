#include "schancfg/codec/regf_log.hpp"

#include <algorithm>
#include <bit>
#include <optional>
#include <vector>

#include "regf_bytes.hpp"
#include "schancfg/codec/regf.hpp"

namespace schancfg::codec {

using namespace regf;

namespace {

constexpr std::size_t sector = 512;
constexpr std::size_t entry_head = 40;
constexpr std::uint64_t seed = 0x82EF4D887A4E55C5;
constexpr std::uint32_t new_format = 6;

void mix(std::uint32_t& lo, std::uint32_t& hi, std::uint32_t word) {
    lo += word;
    hi ^= lo;
    lo = std::rotl(lo, 20) + hi;
    hi = std::rotl(hi, 9) ^ lo;
    lo = std::rotl(lo, 27) + hi;
    hi = std::rotl(hi, 19);
}

// One entry of a log of the new format.
struct Entry {
    std::uint32_t sequence = 0;
    std::uint32_t flags = 0;
    std::uint32_t bins_size = 0;
    std::string_view bytes;
};

struct Log {
    std::string_view bytes;
    std::uint32_t type = 0;
    std::uint32_t primary = 0, secondary = 0;
    std::uint64_t written = 0;
    std::vector<Entry> entries;  // that go on from each other, from the first one on

    [[nodiscard]] std::uint32_t last() const { return entries.empty() ? primary : entries.back().sequence; }
};

// Its hashes hold, and its pages lie within it.
bool is_sound(const Entry& entry) {
    const std::string_view bytes = entry.bytes;
    const std::size_t count = get32(bytes, 20);
    if (count > (bytes.size() - entry_head) / 8 || entry.bins_size % page != 0 || entry.bins_size == 0 || entry.bins_size > volatile_bit) return false;
    if (get64(bytes, 24) != hive_log_hash(bytes.substr(entry_head)) || get64(bytes, 32) != hive_log_hash(bytes.substr(0, 32))) return false;
    std::size_t at = entry_head + count * 8;
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint64_t offset = get32(bytes, entry_head + i * 8);
        const std::uint64_t size = get32(bytes, entry_head + i * 8 + 4);
        if (size > bytes.size() - at || offset + size > entry.bins_size) return false;
        at += size;
    }
    return true;
}

// `sound`: those alone whose hashes hold; else all that it claims to have, which takes no look at their pages.
std::vector<Entry> entries_of(std::string_view log, bool sound, const Hive::Bring& bring = {}) {
    std::vector<Entry> out;
    for (std::size_t at = sector; at + entry_head <= log.size();) {
        if (bring && !bring(at, entry_head)) break;
        const std::string_view rest = log.substr(at);
        const std::size_t size = get32(rest, 4);
        if (!rest.starts_with("HvLE") || size < sector || size % sector != 0 || size > rest.size()) break;
        Entry entry{get32(rest, 12), get32(rest, 8), get32(rest, 16), rest.substr(0, size)};
        if (!out.empty() && entry.sequence != out.back().sequence + 1) break;
        if (sound && !is_sound(entry)) break;
        out.push_back(entry);
        at += size;
    }
    return out;
}

// Without its entries.
std::optional<Log> read_log(std::string_view bytes) {
    if (bytes.size() < sector || !bytes.starts_with("regf") || !has_checksum(bytes)) return std::nullopt;
    Log out{bytes, get32(bytes, at_type), get32(bytes, at_primary), get32(bytes, at_secondary), get64(bytes, at_written), {}};
    if (get32(bytes, at_major) != 1 || (out.type != new_format && out.type != 1 && out.type != 2)) return std::nullopt;
    return out;
}

// What a log may make of the hive: pages that grow it are in the log, so it grows by no more than that.
bool may_grow_to(std::size_t bins_size, std::size_t now, std::size_t log) { return bins_size <= std::max(now, now + log); }

void set_bins_size(std::string& hive, std::uint32_t size) {
    if (hive.size() < base_block + size) hive.resize(base_block + size, '\0');
    put32(hive, at_bins_size, size);
}

void apply(const Entry& entry, std::string& hive) {
    set_bins_size(hive, entry.bins_size);
    put32(hive, at_flags, (get32(hive, at_flags) & ~1u) | (entry.flags & 1u));
    const std::size_t count = get32(entry.bytes, 20);
    std::size_t at = entry_head + count * 8;
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t offset = get32(entry.bytes, entry_head + i * 8);
        const std::size_t size = get32(entry.bytes, entry_head + i * 8 + 4);
        hive.replace(base_block + offset, size, entry.bytes.substr(at, size));
        at += size;
    }
}

// The base block of a primary file again: as the log has it, which keeps its first sector alone.
void take_header(std::string& hive, std::string_view log) {
    if (hive.size() < base_block) hive.resize(base_block, '\0');
    hive.replace(0, sector, log.substr(0, sector));
}

void finish(std::string& hive, std::uint32_t sequence) {
    put32(hive, at_primary, sequence);
    put32(hive, at_secondary, sequence);
    put32(hive, at_type, 0);
    put32(hive, at_checksum, checksum(hive));
}

std::size_t replay_new(std::vector<Log> logs, bool header_holds, std::string& hive) {
    std::erase_if(logs, [](const Log& log) { return log.type != new_format || log.entries.empty() || log.entries.front().sequence != log.primary; });
    if (logs.empty()) return 0;
    std::ranges::stable_sort(logs, {}, &Log::primary);
    if (!header_holds) {
        const Log latest = *std::ranges::max_element(logs, {}, &Log::last);
        take_header(hive, latest.bytes);
        put32(hive, at_secondary, latest.primary);
        logs = {latest};
    }
    std::size_t applied = 0;
    std::uint32_t next = get32(hive, at_secondary);
    std::size_t bins = hive.size() - base_block;
    bool goes_on = true;
    for (const Log& log : logs) {
        if (!goes_on) break;
        // The first one may leave numbers out (a partial reconciliation has written those), the others go on from it.
        if (applied == 0 ? log.primary < next : log.primary != next) continue;
        for (const Entry& entry : log.entries) {
            goes_on = may_grow_to(entry.bins_size, bins, log.bytes.size());
            if (!goes_on) break;
            apply(entry, hive);
            bins = std::max<std::size_t>(bins, entry.bins_size);
            next = entry.sequence + 1;
            ++applied;
        }
    }
    if (applied != 0) finish(hive, next);
    return applied;
}

bool replay_old(const Log& log, std::string& hive) {
    const std::size_t bins = get32(log.bytes, at_bins_size);
    const std::size_t bitmap = bins / sector / 8;
    if (bins == 0 || bins % page != 0 || log.bytes.size() < sector + 4 + bitmap || log.bytes.substr(sector, 4) != "DIRT") return false;
    if (!may_grow_to(bins, hive.size() < base_block ? 0 : hive.size() - base_block, log.bytes.size())) return false;
    const std::string_view bits = log.bytes.substr(sector + 4, bitmap);
    std::size_t at = (sector + 4 + bitmap + sector - 1) / sector * sector;
    std::size_t dirty = 0;
    for (const char byte : bits) dirty += static_cast<std::size_t>(std::popcount(static_cast<unsigned char>(byte)));
    if (at > log.bytes.size() || dirty > (log.bytes.size() - at) / sector) return false;
    take_header(hive, log.bytes);
    set_bins_size(hive, static_cast<std::uint32_t>(bins));
    for (std::size_t i = 0; i < bitmap * 8; ++i) {
        if ((static_cast<unsigned char>(bits[i / 8]) >> (i % 8) & 1) == 0) continue;
        hive.replace(base_block + i * sector, sector, log.bytes.substr(at, sector));
        at += sector;
    }
    finish(hive, log.primary);
    return true;
}

}  // namespace

std::uint64_t hive_log_hash(std::string_view bytes) {
    auto lo = static_cast<std::uint32_t>(seed);
    auto hi = static_cast<std::uint32_t>(seed >> 32);
    std::size_t at = 0;
    for (; at + 4 <= bytes.size(); at += 4) mix(lo, hi, get32(bytes, at));
    std::uint32_t last = 0x80;
    for (std::size_t i = bytes.size(); i > at; --i) last = last << 8 | static_cast<unsigned char>(bytes[i - 1]);
    mix(lo, hi, last);
    mix(lo, hi, 0);
    return lo | static_cast<std::uint64_t>(hi) << 32;
}

// Logs of a clean hive are megabytes that are mostly of the past: their pages are hashed only where a number says that it matters.
bool goes_on_from(std::string_view log, std::uint32_t sequence, const Hive::Bring& bring) {
    if (bring && !bring(0, std::min(log.size(), sector))) return false;
    const auto read = read_log(log);
    if (!read || read->type != new_format) return false;
    const auto is_later = [&](const Entry& entry) { return entry.sequence >= sequence; };
    if (std::ranges::none_of(entries_of(log, false, bring), is_later) || (bring && !bring(0, log.size()))) return false;
    const std::vector<Entry> sound = entries_of(log, true);
    return !sound.empty() && is_later(sound.back());
}

Result<RecoveredHive> recover_hive(std::string_view hive, std::span<const std::string_view> files) {
    RecoveredHive out;
    auto header = read_hive_header(hive);
    const bool is_clean = header && !header->is_dirty();
    std::vector<Log> logs;
    for (const std::string_view file : files) {
        auto log = read_log(file);
        if (!log) continue;
        if (log->type == new_format && (!is_clean || goes_on_from(file, header->secondary))) log->entries = entries_of(file, true);
        logs.push_back(std::move(*log));
    }
    const bool header_holds = header && header->checksum_holds;
    // A hive whose header was being written is what its log says it is.
    if (!header && (logs.empty() || header.error().code == ErrorCode::unsupported)) return std::unexpected(header.error());
    if (header_holds) out.last_sequence = std::max(header->primary, header->secondary);
    for (const Log& log : logs) out.last_sequence = std::max({out.last_sequence, log.primary, log.secondary, log.last()});
    if (is_clean) {
        out.log_is_newer = std::ranges::any_of(logs, [&](const Log& log) { return !log.entries.empty() && log.last() >= header->secondary; });
        return out;
    }
    std::string bytes(hive);
    out.entries = replay_new(logs, header_holds, bytes);
    if (out.entries == 0) {
        for (const Log& log : logs) {
            const bool fits = log.type != new_format && log.primary == log.secondary && (!header_holds || log.written == header->written);
            if (!fits || !replay_old(log, bytes)) continue;
            out.entries = 1;
            break;
        }
    }
    if (out.entries == 0) {
        if (!header) return std::unexpected(header.error());
        out.recovery = HiveRecovery::without_log;
        return out;
    }
    if (auto replayed = read_hive_header(bytes); !replayed) return std::unexpected(std::move(replayed.error()));
    out.recovery = HiveRecovery::replayed;
    out.bytes = std::move(bytes);
    return out;
}

}  // namespace schancfg::codec
