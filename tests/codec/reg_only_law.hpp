// The law of reading only what is wanted: it gives what is wanted of the whole, whatever stands around it.
#pragma once

#include <string_view>

#include "schancfg/codec/reg_text.hpp"

namespace reg_test {

/// What reading only those keys leaves of a tree: their values, the keys above them, and of what is beside these the names.
inline schancfg::registry::Tree wanted_part(const schancfg::registry::Tree& whole, const schancfg::registry::AreaIndex& only) {
    using enum schancfg::registry::AreaIndex::Place;
    schancfg::registry::Tree part;
    whole.for_each([&](const schancfg::registry::KeyPath& path, const schancfg::registry::Key& key) {
        const auto found = only.find(path.root(), path.path());
        if (found.place == outside && found.length < path.path().size()) return;
        schancfg::registry::Key& copy = part.create(path);
        if (found.place == inside) copy.values = key.values;
    });
    return part;
}

/// What does not hold of these bytes; nullptr: the law does.
inline const char* broken_law(std::string_view bytes, const std::vector<schancfg::registry::Area>& areas) {
    using namespace schancfg;
    const registry::AreaIndex only(areas);
    const auto whole = codec::decode_reg_state(bytes, {.file = "x.reg"});
    const auto part = codec::decode_reg_state(bytes, {.file = "x.reg", .only = &only});
    if (whole.value.has_value() != part.value.has_value()) return "the whole and a part are taken or refused alike";
    const auto last_error = [](const Diagnostics& all) { return all.empty() || all.back().severity != Severity::error ? Diagnostic{} : all.back(); };
    const Diagnostic one = last_error(whole.diagnostics), other = last_error(part.diagnostics);
    if (one.rule != other.rule || one.span != other.span) return "they are refused at the same place";
    const auto uncounted = codec::decode_reg_state(bytes, {.file = "x.reg", .only = &only, .counted = false});
    if (uncounted.value.has_value() != part.value.has_value() || last_error(uncounted.diagnostics).rule != other.rule) return "to count lines changes nothing";
    if (uncounted.value && (!uncounted.value->tree.same_content(part.value->tree) || uncounted.value->coverage.keys() != part.value->coverage.keys())) return "to count lines changes nothing of what is read";
    if (!whole.value) return nullptr;
    if (!wanted_part(whole.value->tree, only).same_content(part.value->tree)) return "a part holds what the whole holds of it";
    if (whole.value->coverage.whole() != part.value->coverage.whole()) return "both speak for everything, or neither does";
    for (const registry::Area& area : areas) {
        if (whole.value->coverage.speaks_for(area.key) != part.value->coverage.speaks_for(area.key)) return "both speak for the same of what is wanted";
    }
    return nullptr;
}

/// Keys of tests and of hostile inputs, beside the managed ones.
inline std::vector<schancfg::registry::Area> small_areas() {
    using namespace schancfg::registry;
    return {{KeyPath(Root::current_user, "T\\B"), true}, {KeyPath(Root::current_user, "T\\C\\D"), false}, {KeyPath(Root::current_user, "U"), false},
            {KeyPath(Root::local_machine, "SOFTWARE\\Policies\\P"), true}};
}

}  // namespace reg_test
