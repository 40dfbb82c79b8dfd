#include "codec/policy_asks.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "schancfg/utf.hpp"

namespace schancfg::codec {
namespace {

using registry::Value;
using registry::WantedKey;
using registry::WantedValue;

std::optional<std::vector<std::string>> list_of(const std::optional<Value>& value) {
    if (!value) return std::nullopt;
    if (auto strings = value->as_strings()) return *strings;
    const auto text = value->as_string();
    if (!text) return std::nullopt;
    std::vector<std::string> out;
    for (std::size_t start = 0; start <= text->size();) {
        const std::size_t end = std::min(text->find(',', start), text->size());
        out.push_back(text->substr(start, end - start));
        start = end + 1;
    }
    return out;
}

// Is `part` `whole` with names left out?
bool is_part_of(const std::optional<Value>& part, const std::optional<Value>& whole) {
    if (part == whole) return true;
    if (!part || !whole || part->type != whole->type) return false;
    const auto few = list_of(part), many = list_of(whole);
    if (!few || !many) return false;
    auto at = few->begin();
    for (const std::string& name : *many) {
        if (at != few->end() && *at == name) ++at;
    }
    return at == few->end();
}

struct ByKeyAndName {
    bool operator()(const std::pair<registry::KeyPath, std::string>& a, const std::pair<registry::KeyPath, std::string>& b) const {
        if (const auto order = a.first <=> b.first; order != 0) return order < 0;
        return utf::compare_no_case(a.second, b.second) < 0;
    }
};

void merge(std::vector<GppAsk>& into, const WantedValue& item, bool whole_key, const std::vector<const facts::Release*>& releases) {
    const auto same = std::ranges::find_if(into, [&](const GppAsk& ask) { return ask.whole_key == whole_key && ask.item.value == item.value; });
    if (same != into.end()) same->releases.insert(same->releases.end(), releases.begin(), releases.end());
    else into.push_back({item, whole_key, releases});
}

}  // namespace

std::vector<GppAsk> asks_of(const std::vector<CarrierVariant>& variants, std::vector<CarrierGap>& gaps) {
    std::map<std::pair<registry::KeyPath, std::string>, std::vector<GppAsk>, ByKeyAndName> values;
    std::map<registry::KeyPath, std::vector<GppAsk>> keys;
    for (const CarrierVariant& variant : variants) {
        for (const WantedValue& item : variant.wanted.values) merge(values[{item.key, item.name}], item, false, variant.releases);
        for (const WantedKey& key : variant.wanted.keys) {
            if (!key.present) merge(keys[key.key], {.key = key.key, .name = {}, .value = {}, .origin = {}, .overridden = {}}, true, variant.releases);
            else if (key.clear_values) gaps.push_back({key.key, {}, "that all of its values go is not said one by one"});
        }
    }
    std::vector<GppAsk> out;
    const auto take = [&](auto& from) {
        for (auto& [name, asks] : from) {
            for (GppAsk& ask : asks) {
                std::ranges::sort(ask.releases, [](const facts::Release* a, const facts::Release* b) { return a < b; });
                out.push_back(std::move(ask));
            }
        }
    };
    take(keys);
    take(values);
    return out;
}

void for_each_value(const std::vector<GppAsk>& asks, const std::function<void(const GppAsk*, std::size_t)>& take) {
    for (std::size_t first = 0; first < asks.size();) {
        std::size_t end = first + 1;
        while (end < asks.size() && asks[end].whole_key == asks[first].whole_key && asks[end].item.key == asks[first].item.key && utf::equal_no_case(asks[end].item.name, asks[first].item.name)) ++end;
        take(&asks[first], end - first);
        first = end;
    }
}

const GppAsk* for_every_release(const GppAsk* first, std::size_t count, const std::vector<CarrierVariant>& variants) {
    std::size_t meant = 0, asked = 0;
    for (const CarrierVariant& variant : variants) meant += variant.releases.size();
    for (std::size_t at = 0; at < count; ++at) asked += first[at].releases.size();
    if (asked != meant) return nullptr;
    for (std::size_t at = 0; at < count; ++at) {
        bool holds_all = true;
        for (std::size_t other = 0; other < count; ++other) holds_all = holds_all && is_part_of(first[other].item.value, first[at].item.value);
        if (holds_all) return first + at;
    }
    return nullptr;
}

void sort_gaps(std::vector<CarrierGap>& gaps) {
    std::ranges::stable_sort(gaps, [](const CarrierGap& a, const CarrierGap& b) {
        if (const auto order = a.key <=> b.key; order != 0) return order < 0;
        return utf::compare_no_case(a.value, b.value) < 0;
    });
    const auto again = std::ranges::unique(gaps, [](const CarrierGap& a, const CarrierGap& b) { return a.key == b.key && utf::equal_no_case(a.value, b.value); });
    gaps.erase(again.begin(), again.end());
}

}  // namespace schancfg::codec
