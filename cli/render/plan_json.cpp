#include <nlohmann/json.hpp>

#include "render/alarms.hpp"
#include "render/effect.hpp"
#include "render/json_text.hpp"
#include "render/plan.hpp"
#include "schancfg/effect/policy.hpp"
#include "schancfg/effect/restart.hpp"
#include "schancfg/codec/plan_json.hpp"

namespace schancfg::cli {

namespace {

using Json = nlohmann::ordered_json;

Json restart_json(const plan::Plan& plan, const facts::Release* release) {
    const effect::Restart restart = effect::restart(plan.changes, release);
    Json out{{"needed", effect::restart_need_name(restart.needed)}};
    out["scope"] = restart.scope == effect::RestartScope::nothing ? Json(nullptr) : Json(effect::restart_scope_name(restart.scope));
    out["sources"] = restart.sources;
    return out;
}

Json policies_json(const plan::Plan& plan) {
    Json out = Json::array();
    for (const effect::PolicyOwner& owner : effect::policy_owners(plan.changes)) {
        out.push_back({{"key", owner.key}, {"value", owner.value}, {"setting", owner.setting}, {"sources", {owner.source}}});
    }
    return out;
}

Json saved_json(const codec::Record& record) {
    const auto text = [](const std::string& member) { return member.empty() ? Json(nullptr) : Json(member); };
    Json out{{"kind", record.kind == codec::Record::Kind::plan ? "plan" : "undo"}, {"id", record.id}, {"time", record.time}, {"machine", record.machine}};
    out["status"] = record.kind == codec::Record::Kind::plan ? Json(nullptr) : Json(codec::status_name(record.status));
    out["profile_sha256"] = text(record.profile_sha256);
    out["undoes"] = text(record.undoes);
    out["revert_at"] = text(record.revert_at);
    out["confirmed"] = text(record.confirmed);
    return out;
}

}  // namespace

std::string plan_json(const PlanView& view) {
    const plan::Summary summary = view.plan->summary();
    Json object{{"format_version", "1.0"}, {"command", view.command}};
    const facts::Release* release = release_of(view);
    object["os"] = release ? Json(release->id) : Json(nullptr);
    object["from"] = view.from;
    object["to"] = view.to;
    if (!view.assumed.empty()) object["assumed"] = areas_json(view.assumed);
    if (!view.record.empty()) object["record"] = view.record;
    if (view.saved) object["saved"] = saved_json(*view.saved);
    if (!view.digest.empty()) object["changes_sha256"] = view.digest;
    if (!view.alarms.empty()) object["alarms"] = alarms_json(view.alarms);
    object["changes"] = Json::parse(codec::encode_changes(*view.plan));
    object["effects"] = differences_json(view.effects);
    object["peers"] = view.peers ? peers_json(*view.peers) : Json::array();
    if (view.peers) {
        object["peers_summary"] = peers_summary_json(view.peers->changes);
        object["unknown_peers"] = unknown_peers_json(*view.peers);
    }
    object["summary"] = {{"add", summary.add}, {"change", summary.change}, {"remove", summary.remove}};
    if (view.list) object["list"] = list_json(*view.list);
    object["restart"] = restart_json(*view.plan, release);
    if (!view.reverted.empty()) object["reverted"] = view.reverted;
    object["policies"] = policies_json(*view.plan);
    return json_text(object);
}

}  // namespace schancfg::cli
