#include "schancfg/effect/profile_difference.hpp"

#include <algorithm>
#include <compare>
#include <map>
#include <tuple>

#include "schancfg/effect/effect.hpp"
#include "schancfg/registry/overlay.hpp"
#include "schancfg/schannel/defaults.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::effect {
namespace {

using registry::Wanted;
using registry::WantedKey;
using registry::WantedValue;

bool is_before(const WantedValue& a, const WantedValue& b) {
    if (const auto order = a.key <=> b.key; order != 0) return std::is_lt(order);
    return utf::compare_no_case(a.name, b.name) < 0;
}

// Both sides are sorted, so one walk over both is enough.
std::vector<InstructionDifference> instructions(const Wanted& older, const Wanted& newer) {
    std::vector<InstructionDifference> found;
    auto a = older.values.begin();
    auto b = newer.values.begin();
    while (a != older.values.end() || b != newer.values.end()) {
        if (b == newer.values.end() || (a != older.values.end() && is_before(*a, *b))) {
            found.push_back({InstructionChange::no_longer_asked, a->key, a->name, a->value, std::nullopt, a->origin, {}});
            ++a;
        } else if (a == older.values.end() || is_before(*b, *a)) {
            found.push_back({InstructionChange::asked, b->key, b->name, std::nullopt, b->value, {}, b->origin});
            ++b;
        } else {
            if (a->value != b->value) found.push_back({InstructionChange::changed, a->key, a->name, a->value, b->value, a->origin, b->origin});
            ++a;
            ++b;
        }
    }
    // Only a `.reg` file asks for keys to be removed, and few.
    const auto removes = [](const Wanted& wanted, const registry::KeyPath& key) {
        return std::ranges::any_of(wanted.keys, [&](const WantedKey& each) { return !each.present && each.key == key; });
    };
    for (const WantedKey& key : older.keys) {
        if (!key.present && !removes(newer, key.key)) {
            found.push_back({InstructionChange::no_longer_asked, key.key, std::nullopt, std::nullopt, std::nullopt, key.origin, {}});
        }
    }
    for (const WantedKey& key : newer.keys) {
        if (!key.present && !removes(older, key.key)) {
            found.push_back({InstructionChange::asked, key.key, std::nullopt, std::nullopt, std::nullopt, {}, key.origin});
        }
    }
    return found;
}

bool same(const InstructionDifference& a, const InstructionDifference& b) { return a == b; }
// Releases have pages of their own: the same answer by other sources is the same row, with the sources of all.
bool same(const EffectDifference& a, const EffectDifference& b) {
    return std::tie(a.subject, a.role, a.before, a.after, a.surety.certain, a.surety.assumed) ==
           std::tie(b.subject, b.role, b.before, b.after, b.surety.certain, b.surety.assumed);
}
bool same(const WeakPoint& a, const WeakPoint& b) {
    return std::tie(a.kind, a.subject, a.role, a.detail, a.certain, a.on_request) == std::tie(b.kind, b.subject, b.role, b.detail, b.certain, b.on_request);
}

template <class What>
void add_sources(What&, const What&) {}
void add_sources(EffectDifference& to, const EffectDifference& from) { to.surety.rest_on(from.surety); }

template <class What>
void join(std::vector<OnReleases<What>>& all, std::vector<What>&& rows, const facts::Release* release) {
    for (What& row : rows) {
        const auto known = std::ranges::find_if(all, [&](const OnReleases<What>& each) { return same(each.what, row); });
        if (known == all.end()) {
            all.push_back({std::move(row), {release}});
            continue;
        }
        add_sources(known->what, row);
        if (known->releases.back() != release) known->releases.push_back(release);
    }
}

// A limit that was short already and gets shorter, or that stays long enough and is lowered.
void add_shorter_keys(const Effect& before, const Effect& after, std::vector<WeakPoint>& worse) {
    const auto add = [&](const KeyExchangeEffect& exchange, std::string_view what, std::string_view role, const BitLimit& was, const BitLimit& is) {
        if (!was.bits || !is.bits || *is.bits >= *was.bits) return;
        std::string subject = std::string(exchange.algorithm.name).append(1, ' ').append(what);
        if (std::ranges::any_of(worse, [&](const WeakPoint& point) { return point.kind == Weakness::short_key && point.subject == subject; })) return;
        worse.push_back({Weakness::short_key, std::move(subject), role,
                         (role == "client" ? "accepts keys from " : "uses keys of ") + std::to_string(*is.bits) + " bits, " + std::to_string(*was.bits) + " before",
                         was.basis.certain && is.basis.certain, false, is.basis.certain ? was.basis : is.basis});
    };
    for (const KeyExchangeEffect& is : after.key_exchanges) {
        const auto was = std::ranges::find(before.key_exchanges, is.algorithm.name, [](const KeyExchangeEffect& each) { return each.algorithm.name; });
        if (was != before.key_exchanges.end()) {
            add(is, "client_min_bits", "client", was->client_min_bits, is.client_min_bits);
            add(is, "server_min_bits", "server", was->server_min_bits, is.server_min_bits);
        }
    }
}

}  // namespace

std::string_view instruction_change_name(InstructionChange change) {
    switch (change) {
        case InstructionChange::asked: return "asked";
        case InstructionChange::changed: return "changed";
        case InstructionChange::no_longer_asked: break;
    }
    return "no-longer-asked";
}

std::vector<WeakPoint> weaker_points(const Effect& before, const Effect& after) {
    // How bad it was for each role; a point without a role is one of both.
    std::map<std::tuple<Weakness, std::string, std::string_view>, int> known;
    const auto roles_of = [](const WeakPoint& point) {
        return point.role.empty() ? std::vector<std::string_view>{"client", "server"} : std::vector<std::string_view>{point.role};
    };
    const auto degree = [](const WeakPoint& point) { return point.on_request ? 1 : 2; };
    for (const WeakPoint& point : weak_points(before)) {
        for (const std::string_view role : roles_of(point)) {
            int& held = known[{point.kind, point.subject, role}];
            held = std::max(held, degree(point));
        }
    }
    std::vector<WeakPoint> worse;
    for (WeakPoint& point : weak_points(after)) {
        const auto is_new = [&](std::string_view role) {
            const auto held = known.find({point.kind, point.subject, role});
            return held == known.end() || held->second < degree(point);
        };
        const auto roles = roles_of(point);
        const auto count = static_cast<std::size_t>(std::ranges::count_if(roles, is_new));
        if (count == 0) continue;
        if (count < roles.size()) point.role = is_new(roles.front()) ? roles.front() : roles.back();
        worse.push_back(std::move(point));
    }
    add_shorter_keys(before, after, worse);
    return worse;
}

ProfileDifference difference(std::span<const AskedOn> asked, const Circumstances& circumstances) {
    ProfileDifference found;
    for (const AskedOn& each : asked) {
        join(found.instructions, instructions(each.older, each.newer), each.release);
        registry::Tree tree = schannel::untouched(*each.release);
        registry::Tree configured = schannel::untouched(*each.release);
        registry::overlay(configured, each.older);
        const Effect before = evaluate(configured, *each.release, circumstances);
        registry::overlay(tree, each.newer);
        const Effect after = evaluate(tree, *each.release, circumstances);
        registry::overlay(configured, each.newer);
        const Effect reconfigured = evaluate(configured, *each.release, circumstances);
        join(found.untouched, difference(before, after), each.release);
        join(found.configured, difference(before, reconfigured), each.release);
        join(found.weaker, weaker_points(before, after), each.release);
        join(found.weaker, weaker_points(before, reconfigured), each.release);
    }
    std::ranges::stable_sort(found.instructions, [](const auto& a, const auto& b) {
        if (const auto order = a.what.key <=> b.what.key; order != 0) return std::is_lt(order);
        return utf::compare_no_case(a.what.value_name.value_or(""), b.what.value_name.value_or("")) < 0;
    });
    return found;
}

}  // namespace schancfg::effect
