#include "schancfg/codec/policy_lines.hpp"

#include <algorithm>
#include <iterator>

namespace schancfg::codec {

using registry::Op;
using registry::Operation;

void PolicyLines::append(PolicyLines more, const std::string& file) {
    const auto number = static_cast<std::uint32_t>(patch.files.size());
    const auto first_target = static_cast<std::uint32_t>(targets.size());
    patch.files.push_back(file);
    if (patch.file.empty()) patch.file = file;
    for (Operation& operation : more.patch.operations) operation.file = number;
    for (std::uint32_t& target : more.target_of) target += target == 0 ? 0 : first_target;
    std::ranges::move(more.patch.operations, std::back_inserter(patch.operations));
    std::ranges::move(more.target_of, std::back_inserter(target_of));
    std::ranges::move(more.targets, std::back_inserter(targets));
}

namespace {

enum class Meant : std::uint8_t { yes, no, unknown };

// By the places of targets, from 1: each is judged once, not for each of the items that share it.
std::vector<Meant> meant_on(const PolicyLines& lines, const facts::Release* release) {
    const auto holds = [&](const std::vector<const facts::Release*>& releases) { return std::ranges::find(releases, release) != releases.end(); };
    std::vector<Meant> out{Meant::yes};
    for (const PolicyTarget& target : lines.targets) {
        out.push_back(release == nullptr || holds(target.uncertain) ? Meant::unknown : holds(target.releases) ? Meant::yes : Meant::no);
    }
    return out;
}

}  // namespace

registry::Patch lines_on(const PolicyLines& lines, const facts::Release* release) {
    registry::Patch out{.file = lines.patch.file, .operations = {}, .files = lines.patch.files};
    const std::vector<Meant> meant = meant_on(lines, release);
    for (std::size_t at = 0; at < lines.patch.operations.size(); ++at) {
        if (meant[lines.target_of[at]] == Meant::yes) out.operations.push_back(lines.patch.operations[at]);
    }
    return out;
}

std::vector<std::size_t> not_certain_on(const PolicyLines& lines, const std::vector<const facts::Release*>& releases) {
    std::vector<bool> open(lines.targets.size() + 1);
    for (const facts::Release* release : releases) {
        const std::vector<Meant> meant = meant_on(lines, release);
        for (std::size_t target = 0; target < meant.size(); ++target) open[target] = open[target] || meant[target] == Meant::unknown;
    }
    std::vector<std::size_t> out;
    for (std::size_t at = 0; at < lines.target_of.size(); ++at) {
        if (open[lines.target_of[at]]) out.push_back(at);
    }
    return out;
}

plan::Parted part_on(const PolicyLines& lines, const facts::Release* release) { return plan::part(registry::to_wanted(lines_on(lines, release))); }

registry::Coverage coverage_of(const registry::Patch& patch) {
    std::vector<std::pair<registry::KeyPath, std::string>> values;
    for (const Operation& operation : patch.operations) {
        if (operation.op == Op::set_value || operation.op == Op::erase_value) values.emplace_back(operation.key, operation.name);
    }
    return registry::Coverage::of_values(std::move(values));
}

Result<registry::KeyPath> policy_key(registry::Root root, std::string_view path) {
    while (path.starts_with('\\')) path.remove_prefix(1);
    return registry::KeyPath::parse(std::string(registry::short_name(root)).append(1, '\\').append(path));
}

}  // namespace schancfg::codec
