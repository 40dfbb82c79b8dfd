// What the machines of an audit are judged by, policies, groups, waivers and the day, and what comes of it for one of them.
//
// A machine is judged by what its registry holds, read elsewhere. Equal states of one release are judged once: most machines of a fleet are the
// same. Nothing here opens anything. Criteria may be used by several threads at once; what it gives lives as long as who holds it.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "schancfg/codec/audit_toml.hpp"
#include "schancfg/codec/policy_lines.hpp"
#include "schancfg/effect/areas.hpp"
#include "schancfg/effect/difference.hpp"
#include "schancfg/effect/reach.hpp"
#include "schancfg/facts/releases.hpp"
#include "schancfg/lint/lint.hpp"
#include "schancfg/plan/plan.hpp"
#include "schancfg/registry/tree.hpp"
#include "schancfg/registry/wanted.hpp"
#include "schancfg/schannel/profile.hpp"

namespace schancfg::audit {

/// What machines are to keep to: a profile, or the lines of a `.reg` file.
struct Policy {
    std::string name;                          ///< as on the command line
    std::optional<schannel::Profile> profile;
    registry::Wanted lines = {};               ///< without `profile`
    std::optional<codec::PolicyLines> items = {};  ///< of a Group Policy: decides in place of `lines`
};

/// Is that protocol on, or on for who asks for it, by facts::Role? What the source does not name is taken as installed.
struct SpokenProtocol {
    std::string_view name;  ///< `TLS 1.2`
    std::array<effect::Answer, 2> spoken = {effect::Answer::unknown, effect::Answer::unknown};
};

/// What is wrong with a state, of any machine.
struct Judgement {
    plan::Plan plan;                                 ///< the values that would make it right, without keys; empty: it keeps to the policy
    std::vector<std::string> subjects;               ///< of each change of the plan: `protocols."TLS 1.0".server`, or `HKLM\...: Name`
    std::vector<std::string> unspoken;               ///< likewise of what the policy asks for and the source says nothing of: in no plan
    std::vector<effect::EffectDifference> effects;   ///< what that would change
    lint::Findings errors;                           ///< of lint, severity error: lock-outs and settings that do not do what they say
    std::vector<SpokenProtocol> protocols;           ///< in the order of facts::protocols(); empty where the release is not known
};

enum class Verdict : std::uint8_t {
    compliant,
    waived,      ///< it differs, and every difference is agreed to
    different,
    not_judged,  ///< `why`: no policy is for it, its release is not known, or all that its source speaks for is right, but that is not all
    unreadable,  ///< `why`
};
[[nodiscard]] std::string_view verdict_name(Verdict verdict);  ///< `compliant`, `waived`, `different`, `not-judged`, `unreadable`

struct Machine {
    std::string source;                        ///< where its state was read; hostile text, like `name`
    std::string name;                          ///< its computer name, or what its file is called
    const facts::Release* release = nullptr;
    std::uint32_t build = 0, revision = 0;     ///< 0: not known
    std::string group, policy;                 ///< empty: none
    Verdict verdict = Verdict::not_judged;
    std::string why;                           ///< one line
    std::shared_ptr<const Judgement> judgement;  ///< null where it was not judged
    /// For each change of the plan, then for each error: the waiver that covers it, or nullptr. They belong to the criteria.
    std::vector<const codec::Waiver*> waivers;
    std::vector<effect::Area> assumed;         ///< what its source does not speak for

    /// Of the changes (or errors) those that nobody waived.
    [[nodiscard]] std::size_t open_changes() const;
    [[nodiscard]] std::size_t open_errors() const;
};

/// What was read of a machine. Of machines that hold the same it may be one object, which is then judged once.
struct State {
    const facts::Release* release = nullptr;   ///< nullptr: not known
    registry::Tree tree;                       ///< the managed keys
    effect::Circumstances circumstances;
    std::vector<effect::Area> assumed = effect::assumed_areas(circumstances.coverage);
};
struct Reading {
    std::string source, name;
    std::shared_ptr<const State> state;
};

class Criteria {
public:
    /// `policies`: the first whose `windows` allows a release is that of its machines, unless `mapping` names one. `today`: `2026-11-27`.
    Criteria(std::vector<Policy> policies, std::vector<codec::MachineGroup> mapping, std::vector<codec::Waiver> waivers, std::string today);

    [[nodiscard]] Machine judge(Reading reading) const;
    [[nodiscard]] static Machine unreadable(std::string source, std::string name, std::string why);

    /// Waivers whose last day is over, in the order of their file.
    [[nodiscard]] std::vector<const codec::Waiver*> expired() const;
    /// Those that cover nothing of these machines.
    [[nodiscard]] std::vector<const codec::Waiver*> unused(const std::vector<Machine>& machines) const;

private:
    [[nodiscard]] const Policy* policy_of(Machine& machine) const;
    /// Null: the policy needs the release, which is not known.
    [[nodiscard]] std::shared_ptr<const Judgement> judgement_of(const Policy& policy, const std::shared_ptr<const State>& state) const;
    [[nodiscard]] std::shared_ptr<const Judgement> make_judgement(const Policy& policy, const State& state) const;
    void waive(Machine& machine) const;

    std::vector<Policy> policies_;
    std::vector<codec::MachineGroup> mapping_;
    std::vector<codec::Waiver> waivers_;
    std::string today_;
    mutable std::mutex mutex_;
    mutable std::unordered_map<std::string, std::shared_ptr<const Judgement>> known_;  // by the SHA-256 of policy, release, circumstances and state
    /// By object: who shares one need not be looked at. The pointer tells whether it is still that object.
    mutable std::map<std::pair<const Policy*, const State*>, std::pair<std::weak_ptr<const State>, std::shared_ptr<const Judgement>>> of_object_;
};

}  // namespace schancfg::audit
