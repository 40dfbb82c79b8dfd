#include "effect/reader.hpp"

#include <algorithm>

#include "schancfg/facts/installed_values.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::effect {
namespace {

constexpr std::string_view schannel_key = "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL";
constexpr std::string_view local_machine = "HKLM\\";
constexpr std::string_view policies = "HKLM\\SOFTWARE\\Policies\\";

bool is_installed(const facts::Release& release, std::string_view path, std::string_view name, const registry::Value& value) {
    path.remove_prefix(local_machine.size());
    return std::ranges::any_of(facts::installed_values(), [&](const facts::InstalledValue& row) {
        if (row.name != name || !utf::equal_no_case(row.key, path) || !facts::holds(release, row)) return false;
        if (row.strings.empty()) {
            const auto number = value.as_dword();
            return number && *number == row.number;
        }
        const auto strings = value.as_strings();
        return strings && std::ranges::equal(*strings, row.strings);
    });
}

}  // namespace

StateReader::StateReader(const registry::Tree& state, const facts::Release& release, const Circumstances& circumstances)
    : state_(state), release_(release), circumstances_(circumstances), schannel_(find(schannel_key)) {}

Spot StateReader::find(std::string_view path) const {
    const registry::KeyPath key(registry::Root::local_machine, std::string(path));
    const registry::Key* found = state_.find(key);
    Spot spot;
    if (found != nullptr) spot = {found, key.to_string()};
    const registry::Coverage& coverage = circumstances_.coverage;
    if (coverage.whole() || coverage.speaks_for(key)) return spot;
    spot.spoken = false;
    spot.coverage = &coverage;
    spot.sought = path;
    return spot;
}

Spot StateReader::child(const Spot& spot, std::string_view name) {
    const registry::Key* found = spot.key == nullptr ? nullptr : spot.key->find_child(name);
    Spot child;
    if (found != nullptr) {
        child.key = found;
        child.path.append(spot.path).append(1, '\\').append(found->name);
    }
    if (spot.spoken) return child;
    child.sought.append(spot.sought).append(1, '\\').append(name);
    child.coverage = spot.coverage;
    child.spoken = spot.coverage->speaks_for(registry::KeyPath(registry::Root::local_machine, child.sought));
    return child;
}

Number StateReader::number(const Spot& spot, std::string_view name) {
    Number read;
    if (spot.key != nullptr) read.value = spot.key->find_value(name);
    read.assumed = read.value == nullptr && !spot.spoken;
    if (read.value != nullptr) {
        if (const auto number = read.value->as_dword()) read.number = *number;
    }
    return read;
}

Origin StateReader::origin(const Spot& spot, std::string_view name) const {
    Origin origin;
    const bool policy = utf::equal_no_case(std::string_view(spot.path).substr(0, policies.size()), policies);
    origin.kind = policy ? OriginKind::policy : OriginKind::registry_value;
    const registry::Value* value = spot.key == nullptr ? nullptr : spot.key->find_value(name);
    if (value != nullptr && is_installed(release_, spot.path, name, *value)) {
        origin.kind = OriginKind::release_default;
        origin.release = release_.id;
    }
    origin.key = spot.path;
    origin.value = name;
    // The registry keeps one time a key, so a key that any value was written to since the start is marked as a whole.
    origin.pending = circumstances_.live && circumstances_.last_start != 0 && spot.key != nullptr &&
                     spot.key->last_write > circumstances_.last_start;
    return origin;
}

Origin StateReader::default_origin() const {
    Origin origin;
    origin.release = release_.id;
    return origin;
}

Origin StateReader::update_origin(std::string_view kb) const {
    Origin origin;
    origin.kind = OriginKind::update;
    origin.release = release_.id;
    origin.update = kb;
    return origin;
}

Basis StateReader::default_basis(BasisRule rule, std::string_view source) const {
    Basis basis;
    basis.origin = default_origin();
    basis.rule = rule;
    basis.source = source;
    return basis;
}

Basis StateReader::value_basis(const Spot& spot, std::string_view name, BasisRule rule, std::string_view source) const {
    Basis basis;
    basis.origin = origin(spot, name);
    basis.rule = rule;
    basis.source = source;
    return basis;
}

}  // namespace schancfg::effect
