#include <nlohmann/json.hpp>

#include <map>

#include "render/audit.hpp"
#include "render/sarif.hpp"
#include "render/value.hpp"
#include "schancfg/codec/sha256.hpp"

namespace schancfg::cli {
namespace {

using audit::Machine;
using nlohmann::ordered_json;

constexpr std::string_view differs = "audit-different";
constexpr std::string_view unreadable = "audit-unreadable";
constexpr std::string_view waiver_expired = "audit-waiver-expired";

/// Of a machine, as its results have it (SARIF 2.1.0, 3.27.24); empty: not known.
std::string_view baseline_state(const AuditView& view, const Machine& machine) {
    const std::string_view kind = since(view, machine).value_or(std::string_view{});
    return kind == "new" || kind == "unchanged" ? kind : kind == "changed" ? "updated" : std::string_view{};
}

class Results {
public:
    explicit Results(const AuditView& view) : view_(view) {}

    void add(const codec::Waiver& waiver) {
        ordered_json location{{"logicalLocations", ordered_json::array({{{"fullyQualifiedName", waiver.machine + ": " + waived_by(waiver)}}})}};
        codec::Sha256 sha256;
        sha256.update(std::string(waiver_expired) + '\0' + waiver.machine + '\0' + waived_by(waiver));
        all_.push_back({{"ruleId", waiver_expired}, {"level", "error"},
                        {"message", sarif_text("The waiver of " + waived_by(waiver) + " for " + waiver.machine + " expired on " + waiver.until + ": " + waiver.reason)},
                        {"locations", ordered_json::array({std::move(location)})}, {"partialFingerprints", {{"schancfg/v1", sha256.finish()}}}});
    }

    void add(const Machine& machine, std::string_view rule, std::string_view level, const std::string& message, const std::string& subject, const codec::Waiver* waiver) {
        codec::Sha256 sha256;
        sha256.update(std::string(rule) + '\0' + machine.source + '\0' + subject);
        ordered_json location;
        if (is_sarif_file(machine.source)) location["physicalLocation"] = {{"artifactLocation", sarif_artifact(machine.source)}, {"region", {{"startLine", 1}}}};
        location["logicalLocations"] = ordered_json::array({{{"fullyQualifiedName", subject.empty() ? machine.name : machine.name + ": " + subject}}});
        ordered_json result{{"ruleId", rule}, {"level", level}, {"message", sarif_text(machine.name + ": " + message + ".")}};
        result["locations"] = ordered_json::array({std::move(location)});
        result["partialFingerprints"] = {{"schancfg/v1", sha256.finish()}};
        if (const auto state = baseline_state(view_, machine); !state.empty()) result["baselineState"] = state;
        if (waiver != nullptr) {
            result["suppressions"] = ordered_json::array({{{"kind", "external"}, {"justification", waiver->reason + " (until " + waiver->until + ")"}}});
        }
        all_.push_back(std::move(result));
    }
    [[nodiscard]] ordered_json take() { return std::move(all_); }

private:
    const AuditView& view_;
    ordered_json all_ = ordered_json::array();
};

ordered_json own_rule(std::string_view id, std::string_view title, std::string_view help) {
    return {{"id", id}, {"shortDescription", sarif_text(title)}, {"fullDescription", sarif_text(title)}, {"help", sarif_text(help)},
            {"defaultConfiguration", {{"level", "error"}}}};
}

}  // namespace

std::string audit_sarif(const AuditView& view) {
    ordered_json rules = ordered_json::array();
    rules.push_back(own_rule(differs, "A setting of the machine is not what its profile asks for.", "Apply the profile, or waive the difference with a reason and a day."));
    rules.push_back(own_rule(unreadable, "What the machine holds could not be read, so it was not judged.", "Collect it again."));
    rules.push_back(own_rule(waiver_expired, "A waiver has expired: what it agreed to is no longer agreed to.", "Fix what was waived, or give the waiver another last day."));
    for (const lint::LintRule& rule : lint::lint_rules()) {
        if (rule.severity == Severity::error) {
            rules.push_back({{"id", rule.id}, {"shortDescription", sarif_text(rule.title)}, {"fullDescription", sarif_text(rule.breaks)}, {"help", sarif_text(rule.fix)},
                             {"defaultConfiguration", {{"level", "error"}}}});
        }
    }
    Results results(view);
    for (const Machine& machine : view.machines) {
        if (machine.verdict == audit::Verdict::unreadable) results.add(machine, unreadable, "error", machine.why, {}, nullptr);
        if (!machine.judgement) continue;
        const audit::Judgement& judgement = *machine.judgement;
        const std::size_t changes = judgement.plan.changes.size();
        for (std::size_t i = 0; i < changes; ++i) {
            const plan::Change& change = judgement.plan.changes[i];
            results.add(machine, differs, "error", judgement.subjects[i] + " is " + show_value(change.before) + "; " + machine.policy + " asks for " + show_value(change.after),
                        judgement.subjects[i], machine.waivers[i]);
        }
        for (std::size_t i = 0; i < judgement.errors.size(); ++i) {
            const lint::Finding& finding = judgement.errors[i];
            results.add(machine, finding.rule->id, "error", finding.message, finding.key.empty() ? std::string() : finding.key + ": " + finding.value, machine.waivers[changes + i]);
        }
    }
    for (const codec::Waiver* waiver : view.expired) results.add(*waiver);
    return sarif_log(std::move(rules), results.take());
}

}  // namespace schancfg::cli
