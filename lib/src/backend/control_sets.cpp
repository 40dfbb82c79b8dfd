#include "schancfg/backend/control_sets.hpp"

#include <algorithm>
#include <vector>

#include "schancfg/utf.hpp"

namespace schancfg::backend {
namespace {

using registry::KeyPath;
using registry::Root;

// An export of all of SYSTEM holds the current control set twice: under its number and under the link to it.
Diagnostics judge(const std::vector<std::string_view>& below_system, const std::string& file) {
    const bool current = std::ranges::any_of(below_system, [](std::string_view name) { return utf::equal_no_case(name, "CurrentControlSet"); });
    Diagnostics out;
    for (const std::string_view name : below_system) {
        if (name.size() != 13 || !utf::equal_no_case(name.substr(0, 10), "ControlSet")) continue;
        const std::string key = "HKLM\\SYSTEM\\" + std::string(name);
        if (current) {
            out.push_back({"numbered-control-set", Severity::note, {file}, key + " beside CurrentControlSet is ignored", {}});
        } else {
            out.push_back({"numbered-control-set", Severity::warning, {file}, "the file has " + key + " and no CurrentControlSet; only CurrentControlSet is read", {}});
        }
    }
    return out;
}

}  // namespace

Diagnostics numbered_control_sets(const registry::Tree& tree, const std::string& file) {
    const registry::Key* system = tree.find(KeyPath(Root::local_machine, "SYSTEM"));
    if (system == nullptr) return {};
    std::vector<std::string_view> names;
    for (const auto& child : system->children()) names.emplace_back(child->name);
    return judge(names, file);
}

Diagnostics numbered_control_sets(const registry::Patch& patch, const std::string& file) {
    static const KeyPath system_key(Root::local_machine, "SYSTEM");
    std::vector<std::string_view> names;
    const KeyPath* last = nullptr;
    for (const registry::Operation& operation : patch.operations) {
        if (last != nullptr && operation.key == *last) continue;
        last = &operation.key;
        if (!operation.key.is_within(system_key) || operation.key.path().size() <= system_key.path().size()) continue;
        std::string_view name = std::string_view(operation.key.path()).substr(system_key.path().size() + 1);
        name = name.substr(0, name.find('\\'));
        if (std::ranges::none_of(names, [&](std::string_view each) { return utf::equal_no_case(each, name); })) names.push_back(name);
    }
    return judge(names, file);
}

}  // namespace schancfg::backend
