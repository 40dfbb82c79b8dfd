#include "schancfg/registry/wanted.hpp"

#include <algorithm>
#include <map>

#include "schancfg/registry/patch.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::registry {
namespace {

struct ByKeyAndName {
    bool operator()(const std::pair<KeyPath, std::string>& a, const std::pair<KeyPath, std::string>& b) const {
        if (const auto order = a.first <=> b.first; order != 0) return order < 0;
        return utf::compare_no_case(a.second, b.second) < 0;
    }
};

bool same_strings(const Value& a, const Value& b) {
    if (a.type != b.type) return false;
    if (const auto x = a.as_strings(), y = b.as_strings(); x && y) return *x == *y;
    if (const auto x = a.as_string(), y = b.as_string(); x && y) return *x == *y;
    return a == b;
}

}  // namespace

std::optional<Value> WantedValue::over(const Value* found) const {
    if (!value || only_where_held.empty()) return value;
    auto names = value->as_strings();
    if (!names) return value;
    std::vector<std::string> held;
    if (found != nullptr) held = found->as_strings().value_or(std::vector<std::string>{});
    const auto among = [](const std::vector<std::string>& all, std::string_view name) {
        return std::ranges::any_of(all, [name](const std::string& each) { return utf::equal_no_case(each, name); });
    };
    std::erase_if(*names, [&](const std::string& name) { return among(only_where_held, name) && !among(held, name); });
    return Value::multi_sz(*names);
}

bool WantedValue::is_met_by(const Value* found) const {
    if (!value) return found == nullptr;
    if (found == nullptr) return absent_meets;
    switch (meets) {
        case Meets::exact:
        case Meets::dword_off: return *found == *value;
        case Meets::dword_on: return found->as_dword().value_or(0) != 0;
        case Meets::dword_one_or_all: {
            const std::uint32_t number = found->as_dword().value_or(0);
            return number == 1 || number == 0xFFFFFFFF;
        }
        case Meets::dword_at_least: {
            const auto number = found->as_dword(), least = value->as_dword();
            return number && least && *number >= *least;
        }
        case Meets::any_value: return true;
        case Meets::same_strings: return same_strings(*found, *over(found));
    }
    return false;
}

bool WantedValue::is_met_by(const Value* found, const Value* beside) const {
    if (is_met_by(found)) return true;
    if (!companion || beside == nullptr || (companion->absent_only && found != nullptr)) return false;
    const auto number = beside->as_dword();
    return number && std::ranges::find(companion->numbers, *number) != companion->numbers.end();
}

void Wanted::sort() {
    std::ranges::sort(values, [](const WantedValue& a, const WantedValue& b) {
        if (const auto order = a.key <=> b.key; order != 0) return order < 0;
        return utf::compare_no_case(a.name, b.name) < 0;
    });
    std::ranges::sort(keys, [](const WantedKey& a, const WantedKey& b) { return a.key < b.key; });
}

const WantedValue* Wanted::find(const KeyPath& key, std::string_view name) const {
    const auto found = std::ranges::find_if(values, [&](const WantedValue& item) {
        return item.key == key && utf::equal_no_case(item.name, name);
    });
    return found == values.end() ? nullptr : &*found;
}

Wanted to_wanted(const Patch& patch) {
    std::map<std::pair<KeyPath, std::string>, WantedValue, ByKeyAndName> values;
    std::map<KeyPath, WantedKey> keys;
    // The keys below one key follow it directly, in both maps.
    const auto has_gone = [](const std::map<KeyPath, WantedKey>& gone, const KeyPath& key) {
        if (const auto own = gone.find(key); own != gone.end() && own->second.clear_values) return true;
        for (KeyPath above = key;; above = above.parent()) {
            if (const auto found = gone.find(above); found != gone.end() && !found->second.present) return true;
            if (above.is_root()) return false;
        }
    };
    const auto forget_below = [&](const KeyPath& key, bool also_below) {
        for (auto at = values.lower_bound({key, ""}); at != values.end() && at->first.first.is_within(key);) {
            at = also_below || at->first.first == key ? values.erase(at) : std::next(at);
        }
        if (!also_below) return;
        for (auto at = keys.lower_bound(key); at != keys.end() && at->first.is_within(key);) at = keys.erase(at);
    };
    auto last = values.end();
    for (const Operation& operation : patch.operations) {
        const Span origin = patch.place_of(operation);
        const KeyPath key = canonical(operation.key);
        switch (operation.op) {
            case Op::create_key:
                // A key that was deleted further up keeps saying so: what it held before must go, what follows is made again.
                keys.try_emplace(keys.end(), key, WantedKey{key, true, false, origin});
                break;
            case Op::set_value:
            case Op::erase_value: {
                // Exports are in order: the place behind the last value is the right one for the next.
                const std::size_t before = values.size();
                last = values.try_emplace(last == values.end() ? last : std::next(last), {key, operation.name});
                const bool is_new = values.size() != before;
                WantedValue& item = last->second;
                // There is one already, by a line further up.
                if (operation.if_missing && !is_new && item.value) break;
                // Where nothing is asked of it so far, what the machine holds counts; below a key that goes with all of its values there is none.
                item.meets = operation.if_missing && is_new && !has_gone(keys, key) ? Meets::any_value : Meets::exact;
                if (item.origin.line != 0) item.overridden.push_back(item.origin);
                item.key = key;
                item.name = operation.name;
                item.origin = origin;
                item.value.reset();
                if (operation.op == Op::set_value) item.value = operation.value;
                break;
            }
            case Op::erase_all_values:
                forget_below(key, false);
                last = values.end();
                keys.try_emplace(key, WantedKey{key, true, true, origin}).first->second.clear_values = true;
                break;
            case Op::erase_key:
                forget_below(key, true);
                last = values.end();
                keys[key] = {key, false, false, origin};
                break;
        }
    }
    Wanted wanted;
    for (auto& [id, item] : values) wanted.values.push_back(std::move(item));
    for (auto& [id, item] : keys) wanted.keys.push_back(std::move(item));
    return wanted;
}

}  // namespace schancfg::registry
