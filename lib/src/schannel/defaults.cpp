#include "schancfg/schannel/defaults.hpp"

#include <string>
#include <vector>

#include "schancfg/facts/advance_names.hpp"
#include "schancfg/facts/cipher_suites.hpp"
#include "schancfg/facts/curves.hpp"
#include "schancfg/facts/early_suites.hpp"
#include "schancfg/facts/installed_values.hpp"

namespace schancfg::schannel {
namespace {

using registry::KeyPath;
using registry::Root;
using registry::Value;

// The page's enabled list in the page's order, then the page's PSK names: the order of the same hives. Updates reorder
// the lists of 7, 8 and 2012 (KB3042058); the pages show the order after it.
std::vector<std::string> local_suites(const facts::Release& release) {
    const facts::AdvanceNames advance = facts::advance_names(release);
    std::vector<std::string> names(advance.names.begin(), advance.names.end());
    for (const facts::SuiteList list : {facts::SuiteList::enabled, facts::SuiteList::psk}) {
        for (const facts::ReleaseSuite& row : facts::suites_of(release)) {
            if (row.list == list) names.emplace_back(row.suite);
        }
    }
    return names;
}

std::vector<std::string> local_curves(const facts::Release& release) {
    std::vector<std::string> names;
    for (const facts::ReleaseCurve& row : facts::curves_of(release)) {
        if (row.order > 0) names.emplace_back(row.curve);
    }
    return names;
}

}  // namespace

registry::Tree untouched(const facts::Release& release) {
    registry::Tree tree;
    for (const facts::InstalledValue& row : facts::installed_values()) {
        if (!facts::holds(release, row)) continue;
        Value value = row.strings.empty() ? Value::dword(row.number)
                                          : Value::multi_sz({row.strings.begin(), row.strings.end()});
        tree.set_value(KeyPath(Root::local_machine, std::string(row.key)), row.name, std::move(value));
    }
    const KeyPath lists(Root::local_machine,
                        "SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002");
    if (const auto curves = local_curves(release); !curves.empty()) {
        tree.set_value(lists, "EccCurves", Value::multi_sz(curves));
    }
    if (const auto suites = local_suites(release); !suites.empty()) {
        tree.set_value(lists, "Functions", Value::multi_sz(suites));
    }
    return tree;
}

registry::Tree untouched(const facts::Release& release, std::span<const std::string> updates, bool updates_complete) {
    registry::Tree tree = untouched(release);
    const facts::EarlySuites* early = facts::early_suites(release);
    if (early == nullptr || facts::suite_updates(*early, updates, updates_complete) != facts::SuiteUpdates::none) return tree;
    const KeyPath lists(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002");
    tree.set_value(lists, "Functions", Value::multi_sz({early->suites.begin(), early->suites.end()}));
    return tree;
}

}  // namespace schancfg::schannel
