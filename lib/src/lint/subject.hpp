// What one run of the rules looks at: what a file asks for, the state that comes out, and its effect on one release.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "schancfg/effect/effect.hpp"
#include "schancfg/lint/lint.hpp"
#include "schancfg/facts/registry_values.hpp"
#include "schancfg/registry/wanted.hpp"

namespace schancfg::lint {

/// Keys below HKLM.
inline constexpr std::string_view schannel_path = R"(SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL)";
inline constexpr std::string_view local_suites_path =
    R"(SYSTEM\CurrentControlSet\Control\Cryptography\Configuration\Local\SSL\00010002)";
inline constexpr std::string_view policy_suites_path = R"(SOFTWARE\Policies\Microsoft\Cryptography\Configuration\SSL\00010002)";
/// Characters that Windows takes of a policy list (win32: SecAuthN/prioritizing-schannel-cipher-suites.md).
inline constexpr std::size_t longest_policy_list = 1023;

/// One value that the file asks for; of a state, one that an untouched installation does not hold like this.
struct Item {
    const registry::WantedValue* wanted = nullptr;
    const facts::RegistryValue* row = nullptr;  ///< nullptr: no source knows it
    std::string_view below;                     ///< its key below SCHANNEL, folded to upper case; empty: elsewhere, or SCHANNEL itself
    bool in_schannel = false;

    [[nodiscard]] const registry::Value* value() const { return wanted->value ? &*wanted->value : nullptr; }
    /// nullopt: wanted absent, or no 4-byte REG_DWORD.
    [[nodiscard]] std::optional<std::uint32_t> number() const;
    [[nodiscard]] bool is(std::string_view value_name) const;  ///< without case
};

/// A list of suites or curves as a value holds it.
struct NameList {
    std::string text;                ///< as one string, joined by commas
    std::vector<std::string> names;  ///< split at commas, as they stand
};

/// A value that a file sets twice.
enum class Repeated : std::uint8_t {
    differs,    ///< with other data
    same_data,
    by_alias,   ///< with the same data, in the other spelling of one key: `Wow6432Node\Policies`
};

class Subject {
public:
    /// `profile` (may be nullptr) knows the places of the members of lists. `state`: the registry that comes out.
    Subject(registry::Wanted wanted, registry::Tree state, const facts::Release* release, const effect::Circumstances& circumstances);
    Subject(const Subject&) = delete;
    Subject& operator=(const Subject&) = delete;

    const schannel::Profile* profile = nullptr;
    bool defaults = false;  ///< judge also what the release does by itself
    std::string file;

    [[nodiscard]] const facts::Release* release() const { return release_; }
    [[nodiscard]] const registry::Tree& state() const { return state_; }
    [[nodiscard]] const std::vector<Item>& items() const { return items_; }
    /// nullptr: the release is unknown.
    [[nodiscard]] const effect::Effect* effect() const { return effect_ ? &*effect_ : nullptr; }
    /// Of an untouched installation of the release, which must be known, under the same circumstances; of that everything is known.
    [[nodiscard]] effect::Effect untouched_effect() const;
    /// What would be if no policy list of cipher suites stood over the machine's own. The release must be known.
    [[nodiscard]] effect::Effect effect_without_policy_list() const;
    /// Does what was read say what that key below HKLM holds? Else it is taken as installed, and no finding rests on what it does not hold.
    [[nodiscard]] bool speaks_for(std::string_view path) const;
    [[nodiscard]] bool is_partial() const { return !circumstances_.coverage.whole(); }

    /// What the file asks of that value; nullptr: nothing, or that it be absent.
    [[nodiscard]] const Item* find(std::string_view path, std::string_view value_name) const;
    /// The value that an answer rests on, if the file asks for it.
    [[nodiscard]] const Item* find(const effect::Basis& basis) const;
    /// Of the state that comes out.
    [[nodiscard]] std::optional<std::uint32_t> number(std::string_view path, std::string_view value_name) const;
    /// With the release known as effect says it; else by the truth table.
    [[nodiscard]] effect::ProtocolState protocol(std::string_view name, facts::Role role) const;
    /// Was something that its state rests on not read? false without a release.
    [[nodiscard]] bool is_assumed(std::string_view protocol, facts::Role role) const;
    /// Where the member of a list stands; the place of the item when that is not known.
    [[nodiscard]] Span place_of(const Item& item, std::string_view member) const;

    /// Of a value at that place that a later line overrides. differs, where nothing was noted.
    [[nodiscard]] Repeated repeated(const Span& earlier) const;
    void note_repeated(const Span& earlier, Repeated how) { repeated_.insert_or_assign({earlier.line, earlier.column}, how); }
    /// Does some rule know what was meant by that key, which Windows does not read?
    [[nodiscard]] bool is_near_miss(const registry::KeyPath& key) const { return near_misses_.contains(key); }

    /// Below: findings.
    void report(Rule rule, const Item& item, std::string message, std::optional<Severity> severity = {},
                std::optional<Span> place = {});
    /// Of nothing that has a place.
    void report(Rule rule, std::string message, std::optional<Severity> severity = {});
    void note_near_miss(const registry::KeyPath& key) { near_misses_.insert(key); }
    [[nodiscard]] Findings take() { return std::move(findings_); }

private:
    [[nodiscard]] const schannel::WriteList* list_in_profile(const Item& item) const;

    const facts::Release* release_;
    registry::Wanted wanted_;
    registry::Tree state_;
    std::vector<Item> items_;
    std::map<std::pair<std::uint32_t, std::uint32_t>, Repeated> repeated_;
    std::set<registry::KeyPath> near_misses_;
    std::vector<std::string> folded_;  ///< what Item::below points into
    effect::Circumstances circumstances_;
    std::optional<effect::Effect> effect_;
    Findings findings_;
    mutable std::map<const Item*, const schannel::WriteList*> lists_;  ///< found in the profile once
};

/// nullopt: neither REG_SZ nor REG_MULTI_SZ.
[[nodiscard]] std::optional<NameList> list_of(const registry::Value& value);
/// `A`, `A and B`, `A, B and 3 more`.
[[nodiscard]] std::string some_of(const std::vector<std::string>& names);
/// `1 name`, `2 names`.
[[nodiscard]] std::string count_of(std::size_t count, std::string_view one, std::string_view many);

/// The groups of rules.
void lint_near_misses(Subject& subject);  ///< before lint_values
void lint_values(Subject& subject);
void lint_protocols(Subject& subject);
void lint_algorithms(Subject& subject);
void lint_suite_lists(Subject& subject);
void lint_suite_effects(Subject& subject);
void lint_curves(Subject& subject);
void lint_layers(Subject& subject);
void lint_services(Subject& subject);
void lint_defaults(Subject& subject);
void lint_alarms(Subject& subject);

}  // namespace schancfg::lint
