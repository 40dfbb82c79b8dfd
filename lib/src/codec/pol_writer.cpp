#include "codec/pol_writer.hpp"

#include <algorithm>

#include "schancfg/text.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::codec {
namespace {

using registry::Value;

constexpr std::size_t max_name = 259;  // units; [MS-GPREG] 2.2.1

// [MS-GPREG] 2.2.1: U+0020 to U+007E but the backslash, which separates.
bool is_key(std::string_view path) {
    return !path.empty() && std::ranges::all_of(path, [](char c) { return c >= 0x20 && c <= 0x7E; });
}

// As Windows' own tools write a deletion: a string of one blank, cut after it.
PolEntry deletion(std::string key, std::string name) { return {.key = std::move(key), .name = std::move(name), .type = registry::reg_sz, .data = std::string(" \0\0\0", 4)}; }

int rank_of(const PolEntry& entry) { return entry.name.starts_with("**") ? 0 : 1; }

}  // namespace

std::optional<PolEntry> pol_entry(const GppAsk& ask, std::string& reason) {
    const registry::WantedValue& item = ask.item;
    const auto refuse = [&](std::string why) {
        reason = std::move(why);
        return std::nullopt;
    };
    if (item.key.root() != registry::Root::local_machine) return refuse("a .pol of the computer holds values below HKLM alone");
    if (!is_key(item.key.path())) return refuse("a .pol has keys of ASCII alone");
    if (ask.whole_key) {
        const std::string name(item.key.name());
        const registry::KeyPath parent = item.key.parent();
        if (parent.is_root() || name.find(';') != std::string::npos) return refuse("a .pol cannot name this key to delete it");
        return PolEntry{.key = parent.path(), .name = "**DeleteKeys", .type = registry::reg_sz, .data = Value::sz(name).bytes};
    }
    if (utf::to_utf16le(item.name).size() / 2 > max_name) return refuse("a .pol has names of at most 259 characters");
    if (item.name.starts_with("**")) return refuse("in a .pol a name that begins with ** is a command");
    if (item.name.empty()) return refuse("a .pol has no entry for the default value of a key");
    if (item.meets == registry::Meets::any_value || item.meets == registry::Meets::dword_at_least) return refuse(std::string(condition_of(item)) + ", and a .pol has no conditions");
    if (!item.value) return deletion(item.key.path(), "**del." + item.name);
    if (item.value->bytes.empty()) return refuse("a .pol cannot hold a value without data");
    if (item.value->bytes.size() > pol_max_data) return refuse("a .pol holds at most 65,535 bytes in a value");
    return PolEntry{.key = item.key.path(), .name = item.name, .type = item.value->type, .data = item.value->bytes};
}

void sort_entries(std::vector<PolEntry>& entries) {
    std::ranges::stable_sort(entries, [](const PolEntry& a, const PolEntry& b) {
        const auto order = registry::KeyPath(registry::Root::local_machine, a.key) <=> registry::KeyPath(registry::Root::local_machine, b.key);
        if (order != 0) return order < 0;
        if (rank_of(a) != rank_of(b)) return rank_of(a) < rank_of(b);
        return utf::compare_no_case(a.name, b.name) < 0;
    });
}

Result<Carried> encode_pol_carrier(const CarrierInput& input) {
    Carried out;
    const std::vector<CarrierVariant> variants = one_a_release(input.variants);
    out.one_a_release = input.variants.size() > 1;
    for (const CarrierVariant& variant : variants) {
        std::vector<PolEntry> entries;
        for (const GppAsk& ask : asks_of({variant}, out.gaps)) {
            std::string reason;
            auto entry = pol_entry(ask, reason);
            if (!entry) {
                out.gaps.push_back({ask.item.key, ask.item.name, std::move(reason)});
                continue;
            }
            if (const std::string_view condition = condition_of(ask.item); !condition.empty()) out.gaps.push_back({ask.item.key, ask.item.name, std::string(condition) + "; they are written everywhere"});
            entries.push_back(std::move(*entry));
        }
        if (entries.empty()) continue;
        sort_entries(entries);
        const std::string of_release = !out.one_a_release ? std::string() : '.' + std::string(variant.releases.front()->id);
        out.files.push_back({"registry" + of_release + ".pol", encode_pol(entries)});
    }
    sort_gaps(out.gaps);
    std::ranges::sort(out.files, {}, &CarrierFile::path);
    return out;
}

}  // namespace schancfg::codec
