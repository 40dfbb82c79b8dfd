// Why three groups are enough. Every protocol of a role has a usefulness (off < uncertain < on request < on) before and
// after. `Enabled` and `DisabledByDefault` are two writes; one of their two orders never passes below the lower of before
// and after (for any `DisabledByDefault`, `Enabled` = 1 is at least as useful as any other `Enabled`, so write it early
// or leave it late). Raise first: nobody is less useful than before. Lower last: nobody is less useful than after. So a
// usefulness that one protocol has before and one has after, some protocol has at every moment.
#include "plan/write_order.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "schancfg/schannel/protocol_state.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::plan {
namespace {

using registry::Value;

const Value* pointer_to(const std::optional<Value>& value) { return value ? &*value : nullptr; }

/// What a run of changes of one key does to one value of it: unchanged, it is what the key holds.
struct Switched {
    const Value* before = nullptr;
    const Value* after = nullptr;
    Change* change = nullptr;
};

Switched switched(const registry::Key* key, std::span<Change> run, std::string_view name) {
    for (Change& change : run) {
        if (utf::equal_no_case(*change.value_name, name)) return {pointer_to(change.before), pointer_to(change.after), &change};
    }
    const Value* value = key == nullptr ? nullptr : key->find_value(name);
    return {value, value, nullptr};
}

enum Group : std::uint8_t { enables, other, disables };

Group group_of(int before, int after) { return after > before ? enables : after < before ? disables : other; }

struct Grouped {
    Group group = other;
    Change change;
};

/// The `Enabled` of a cipher, hash or key exchange: absent is allowed, but for the cipher NULL (KB245030).
std::optional<bool> allowed_when_absent(const registry::KeyPath& key) {
    const std::vector<std::string_view> parts = key.components();
    constexpr std::string_view above[] = {"SYSTEM", "CurrentControlSet", "Control", "SecurityProviders", "SCHANNEL"};
    if (key.root() != registry::Root::local_machine || parts.size() != std::size(above) + 2) return std::nullopt;
    if (!std::ranges::equal(above, std::span(parts).first(std::size(above)), utf::equal_no_case)) return std::nullopt;
    constexpr std::string_view gates[] = {"Ciphers", "Hashes", "KeyExchangeAlgorithms"};
    const std::string_view gate = parts[parts.size() - 2];
    if (std::ranges::none_of(gates, [&](std::string_view one) { return utf::equal_no_case(one, gate); })) return std::nullopt;
    return !utf::equal_no_case(gate, "Ciphers") || !utf::equal_no_case(parts.back(), "NULL");
}

class KeyRun {
public:
    KeyRun(std::span<Change> run, const registry::Tree& state, const facts::Release* release)
        : run_(run), key_(state.find(run.front().key)), release_(release) {}

    void append_to(std::vector<Grouped>& out) {
        Group group = other;
        Change* first = nullptr;
        Change* second = nullptr;
        if (const auto place = schannel::protocol_switch(run_.front().key)) {
            const Switched enabled = switched(key_, run_, "Enabled");
            const Switched by_default = switched(key_, run_, "DisabledByDefault");
            const auto release_default = schannel::default_state(release_, place->role, place->protocol);
            const auto useful = [&](const Value* e, const Value* d) {
                return schannel::usefulness(schannel::judge(e, d, release_default).state);
            };
            group = group_of(useful(enabled.before, by_default.before), useful(enabled.after, by_default.after));
            first = by_default.change;
            second = enabled.change;
            if (useful(enabled.after, by_default.before) > useful(enabled.before, by_default.after)) std::swap(first, second);
        } else if (const auto allowed = allowed_when_absent(run_.front().key)) {
            const Switched enabled = switched(key_, run_, "Enabled");
            const auto useful = [&](const Value* e) { return e == nullptr ? (*allowed ? 1 : 0) : e->as_dword().value_or(0) != 0 ? 1 : 0; };
            group = group_of(useful(enabled.before), useful(enabled.after));
            first = enabled.change;
        }
        if (first != nullptr) out.push_back({group, *first});
        if (second != nullptr) out.push_back({group, *second});
        for (Change& change : run_) {
            if (&change != first && &change != second) out.push_back({other, std::move(change)});
        }
    }

private:
    std::span<Change> run_;
    const registry::Key* key_;
    const facts::Release* release_;
};

}  // namespace

std::vector<Change> in_write_order(std::vector<Change> changes, const registry::Tree& state, const facts::Release* release) {
    std::vector<Grouped> grouped;
    grouped.reserve(changes.size());
    for (auto at = changes.begin(); at != changes.end();) {
        const auto end = std::find_if(at, changes.end(), [&](const Change& change) { return change.key != at->key; });
        KeyRun({at, end}, state, release).append_to(grouped);
        at = end;
    }
    std::ranges::stable_sort(grouped, {}, &Grouped::group);
    std::vector<Change> ordered;
    ordered.reserve(grouped.size());
    for (Grouped& each : grouped) ordered.push_back(std::move(each.change));
    return ordered;
}

}  // namespace schancfg::plan
