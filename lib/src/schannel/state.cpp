#include "schancfg/schannel/state.hpp"

#include <algorithm>
#include <iterator>
#include <unordered_map>
#include <utility>

#include "schancfg/schannel/managed.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::schannel {
namespace {

std::string identity(const registry::KeyPath& key, std::string_view value_name) {
    return utf::fold_case(key.to_string()) + '\0' + utf::fold_case(value_name);
}

const std::unordered_map<std::string, std::size_t>& rows_of_settings() {
    static const auto rows = [] {
        std::unordered_map<std::string, std::size_t> made;
        for (const Setting& setting : settings()) made.emplace(identity(setting.key, setting.value_name), made.size());
        return made;
    }();
    return rows;
}

}  // namespace

std::vector<StateRow> state_rows(const registry::Tree& tree) {
    std::vector<StateRow> rows;
    rows.reserve(settings().size());
    for (const Setting& setting : settings()) {
        rows.push_back({.key = setting.key, .value_name = setting.value_name, .setting = &setting, .value = std::nullopt});
    }
    std::vector<StateRow> nameless;
    managed_part(tree).for_each([&](const registry::KeyPath& path, const registry::Key& key) {
        for (const registry::NamedValue& value : key.values) {
            const auto known = rows_of_settings().find(identity(path, value.name));
            if (known == rows_of_settings().end()) {
                nameless.push_back({.key = path, .value_name = value.name, .setting = nullptr, .value = value.value});
                continue;
            }
            StateRow& row = rows[known->second];
            row.key = path;
            row.value_name = value.name;
            row.value = value.value;
        }
    });
    std::ranges::sort(nameless, [](const StateRow& a, const StateRow& b) {
        if (const auto order = a.key <=> b.key; order != 0) return order < 0;
        return utf::compare_no_case(a.value_name, b.value_name) < 0;
    });
    std::ranges::move(nameless, std::back_inserter(rows));
    return rows;
}

}  // namespace schancfg::schannel
