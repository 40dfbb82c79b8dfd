#include "schancfg/codec/carrier.hpp"

#include <algorithm>
#include <map>

#include "schancfg/codec/sha256.hpp"
#include "schancfg/registry/tree.hpp"
#include "schancfg/schannel/defaults.hpp"
#include "schancfg/schannel/translate.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::codec {
namespace {

using registry::Wanted;
using registry::WantedValue;

bool asks_the_same(const WantedValue& left, const WantedValue& right) {
    return left.key == right.key && left.name == right.name && left.value == right.value && left.meets == right.meets && left.companion == right.companion &&
           left.only_where_held == right.only_where_held && left.absent_meets == right.absent_meets;
}

bool asks_the_same(const Wanted& left, const Wanted& right) {
    const auto same_key = [](const registry::WantedKey& one, const registry::WantedKey& other) {
        return one.key == other.key && one.present == other.present && one.clear_values == other.clear_values;
    };
    return std::ranges::equal(left.values, right.values, [](const auto& one, const auto& other) { return asks_the_same(one, other); }) &&
           std::ranges::equal(left.keys, right.keys, same_key);
}

// The lists that Windows keeps for itself: nothing ever deletes them.
bool is_kept_by_windows(const registry::KeyPath& key) {
    static const registry::KeyPath lists(registry::Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL");
    return key.is_within(lists);
}

// What an untouched installation holds where keys are to go, or their values.
void restore_keys(Wanted& out, const Wanted& wanted, const registry::Tree& untouched) {
    for (const registry::WantedKey& item : wanted.keys) {
        if (item.present && !item.clear_values) continue;
        untouched.for_each(item.key, [&](const registry::KeyPath& path, const registry::Key& key) {
            if (item.present && !(path == item.key)) return;
            for (const registry::NamedValue& value : key.values) {
                if (wanted.find(path, value.name) == nullptr) out.values.push_back({.key = path, .name = value.name, .value = value.value, .origin = item.origin, .overridden = {}});
            }
        });
    }
    out.sort();
    const auto again = std::ranges::unique(out.values, [](const WantedValue& a, const WantedValue& b) { return a.key == b.key && utf::equal_no_case(a.name, b.name); });
    out.values.erase(again.begin(), again.end());
}

// What undoes it: each value as `untouched` has it.
Wanted removal_of(const Wanted& wanted, const registry::Tree& untouched) {
    Wanted out;
    for (const WantedValue& item : wanted.values) {
        const registry::Value* installed = untouched.find_value(item.key, item.name);
        if (!installed && is_kept_by_windows(item.key)) continue;
        WantedValue back{.key = item.key, .name = item.name, .value = {}, .meets = registry::Meets::exact, .origin = item.origin, .overridden = {}};
        if (installed) {
            back.value = *installed;
            if (installed->type == registry::reg_multi_sz) back.meets = registry::Meets::same_strings;
            back.only_where_held = item.only_where_held;
        }
        out.values.push_back(std::move(back));
    }
    restore_keys(out, wanted, untouched);
    return out;
}

void add(std::vector<CarrierVariant>& variants, const facts::Release& release, Wanted wanted) {
    const auto same = std::ranges::find_if(variants, [&](const CarrierVariant& variant) { return asks_the_same(variant.wanted, wanted); });
    if (same != variants.end()) same->releases.push_back(&release);
    else variants.push_back({{&release}, std::move(wanted)});
}

Diagnostic cannot(const schannel::Profile& profile, Severity severity, std::string message) {
    const Span place = profile.windows.empty() ? Span{.file = profile.file} : profile.windows.front().origin;
    return {"carrier-release", severity, place, std::move(message), {}};
}

}  // namespace

Decoded<std::vector<CarrierVariant>> carrier_variants(const schannel::Profile& profile, const CarrierOptions& options) {
    Decoded<std::vector<CarrierVariant>> out;
    std::vector<CarrierVariant> variants;
    Diagnostics first_errors;
    std::string left_out;
    bool for_all = options.release == nullptr;
    for (const facts::Release& release : facts::releases()) {
        if (options.release && &release != options.release) continue;
        if (!schannel::is_for(profile, release).value_or(true)) {
            for_all = false;
            continue;
        }
        Decoded<Wanted> wanted = schannel::translate(profile, {.release = &release});
        if (!wanted) {
            for_all = false;
            left_out.append(left_out.empty() ? "" : ", ").append(release.id);
            if (first_errors.empty()) first_errors = std::move(wanted.diagnostics);
            continue;
        }
        if (options.release) out.diagnostics = std::move(wanted.diagnostics);
        if (!options.removal) {
            add(variants, release, std::move(*wanted.value));
        } else {
            add(variants, release, removal_of(*wanted.value, schannel::untouched(release)));
        }
    }
    if (variants.empty()) {
        out.diagnostics = std::move(first_errors);
        if (out.diagnostics.empty()) {
            out.diagnostics.push_back(cannot(profile, Severity::error, options.release ? "the profile is not for " + std::string(options.release->name) : "its `windows` allows no release that is known"));
        }
        return out;
    }
    if (!left_out.empty()) out.diagnostics.push_back(cannot(profile, Severity::warning, "left out, since the profile asks for what is not known there: " + left_out));
    if (for_all && variants.size() == 1) variants.front().releases.clear();
    out.value = std::move(variants);
    return out;
}

std::vector<CarrierVariant> carrier_variants(const Wanted& lines, const CarrierOptions& options) {
    if (options.removal) return carrier_variants([&](const facts::Release*) { return lines; }, options);
    CarrierVariant variant{.releases = {}, .wanted = lines};
    if (options.release) variant.releases.push_back(options.release);
    std::vector<CarrierVariant> out;
    out.push_back(std::move(variant));
    return out;
}

std::vector<CarrierVariant> carrier_variants(const std::function<Wanted(const facts::Release*)>& lines_on, const CarrierOptions& options) {
    std::vector<CarrierVariant> variants;
    for (const facts::Release& release : facts::releases()) {
        if (options.release && &release != options.release) continue;
        Wanted wanted = lines_on(&release);
        if (options.removal) wanted = removal_of(wanted, schannel::untouched(release));
        add(variants, release, std::move(wanted));
    }
    if (options.release == nullptr && variants.size() == 1) variants.front().releases.clear();
    return variants;
}

std::vector<CarrierVariant> one_a_release(const std::vector<CarrierVariant>& variants) {
    if (variants.size() == 1) return variants;
    std::vector<CarrierVariant> out;
    for (const CarrierVariant& variant : variants) {
        for (const facts::Release* release : variant.releases) out.push_back({{release}, variant.wanted});
    }
    std::ranges::sort(out, {}, [](const CarrierVariant& each) { return each.releases.front(); });
    return out;
}

std::string_view condition_of(const WantedValue& item) {
    if (item.meets == registry::Meets::any_value) return "it is asked for only where there is no such value";
    if (item.meets == registry::Meets::dword_at_least) return "a larger number is to stay";
    if (!item.only_where_held.empty()) return "some of its names are asked for only where a machine has them";
    return {};
}

std::string stable_uuid(std::string_view words) {
    Sha256 hash;
    hash.update(words);
    std::string hex = hash.finish().substr(0, 32);
    // RFC 9562, 5.8: version 8, variant 10.
    hex[12] = '8';
    hex[16] = "89ab"[(hex[16] <= '9' ? hex[16] - '0' : hex[16] - 'a' + 10) & 3];
    return hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-" + hex.substr(12, 4) + "-" + hex.substr(16, 4) + "-" + hex.substr(20);
}

}  // namespace schancfg::codec
