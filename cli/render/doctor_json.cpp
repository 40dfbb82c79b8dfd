#include <nlohmann/json.hpp>

#include "console/remedies.hpp"
#include "render/agreement_json.hpp"
#include "render/doctor.hpp"
#include "render/json_text.hpp"

namespace schancfg::cli {
namespace {

using Json = nlohmann::ordered_json;

Json text_or_null(std::string_view text) { return text.empty() ? Json(nullptr) : Json(text); }

Json end_json(const handshake::End& end) {
    static constexpr std::string_view kinds[] = {"windows", "scan", "file"};
    Json out{{"label", end.label}, {"kind", kinds[static_cast<std::size_t>(end.kind)]}};
    out["os"] = end.release ? Json(end.release->id) : Json(nullptr);
    out["application"] = end.application ? Json(end.application->id) : Json(nullptr);
    out["service"] = end.service ? Json(end.service->word) : Json(nullptr);
    out["host"] = text_or_null(end.peer.host);
    out["port"] = end.peer.port ? Json(*end.peer.port) : Json(nullptr);
    out["tool"] = text_or_null(end.peer.tool);
    out["tool_version"] = text_or_null(end.peer.tool_version);
    out["time"] = text_or_null(end.peer.time);
    return out;
}

Json reason_json(const handshake::Agreement& agreement) {
    Json out;
    out["id"] = agreement.reason ? Json(agreement.reason->id) : Json(nullptr);
    out["message"] = agreement.message;
    Json& list = out["evidence"] = Json::array();
    for (const handshake::Evidence& each : agreement.evidence) {
        list.push_back({{"aspect", each.aspect},
                        {"client", each.client},
                        {"server", each.server},
                        {"client_origin", text_or_null(each.client_origin)},
                        {"server_origin", text_or_null(each.server_origin)},
                        {"decides", each.decides}});
    }
    return out;
}

std::string_view kind_name(handshake::Missing::Kind kind) {
    switch (kind) {
        case handshake::Missing::Kind::protocol: return "protocol";
        case handshake::Missing::Kind::suite: return "cipher-suite";
        case handshake::Missing::Kind::group: return "group";
        case handshake::Missing::Kind::signature_hash: break;
    }
    return "signature-hash";
}

Json blockers_json(const handshake::Agreement& agreement) {
    Json list = Json::array();
    for (const handshake::Blocker& each : agreement.blockers) {
        Json row{{"side", handshake::side_name(each.side)}, {"kind", kind_name(each.missing.kind)}, {"name", each.missing.name}};
        row["alone"] = each.alone;
        row["certain"] = each.missing.sure;
        Json& gates = row["blocked_by"] = Json::array();
        for (const effect::Gate& gate : each.missing.gates) gates.push_back(gate.to_string());
        Json& origins = row["origins"] = Json::array();
        for (const effect::Origin& origin : each.missing.origins) origins.push_back(origin.to_string());
        list.push_back(std::move(row));
    }
    return list;
}

Json symptom_json(const DoctorView& view) {
    if (!view.symptom) return nullptr;
    Json out{{"text", view.symptom->text}};
    const facts::Code* const code = view.symptom->code;
    // Events share a name.
    out["code"] = !code ? Json(nullptr) : code->kind == facts::CodeKind::event ? Json(std::to_string(code->number)) : Json(code->name);
    out["alert"] = view.symptom->alert_number ? Json(*view.symptom->alert_number) : Json(nullptr);
    out["meaning"] = symptom_words(*view.symptom);
    return out;
}

Json causes_json(const handshake::Diagnosis& diagnosis) {
    Json list = Json::array();
    for (const handshake::Cause& cause : diagnosis.causes) {
        list.push_back({{"id", cause.reason->id}, {"title", cause.reason->title}, {"fit", handshake::fit_name(cause.fit)}, {"why", cause.why}});
    }
    return list;
}

Json fix_json(const FixView& view) {
    const remedy::Fix& fix = view.fix;
    Json out{{"side", handshake::side_name(fix.side)}};
    out["profile"] = text_or_null(view.profile);
    out["risk"] = fix.risk;
    out["kind"] = remedy::fix_kind_name(fix.kind);
    out["reason"] = fix.reason ? Json(fix.reason->id) : Json(nullptr);
    out["title"] = fix.title;
    out["text"] = fix.text;
    out["shipped"] = text_or_null(fix.builtin);
    out["updates"] = fix.updates;
    out["protocols"] = fix.protocols;
    out["release"] = fix.release ? Json(fix.release->id) : Json(nullptr);
    out["suites"] = fix.demand.suites;
    out["groups"] = fix.demand.groups;
    Json& conditions = out["conditions"] = Json::array();
    for (const remedy::Condition& each : fix.conditions) conditions.push_back(remedy::condition_text(each));
    out["weakens"] = fix.weakens;
    out["restart"] = fix.restart;
    out["peers"] = nullptr;
    if (view.impact) {
        out["peers"] = {{"judged", view.impact->peers},
                        {"exposed", view.impact->exposed},
                        {"weakened", view.impact->weakened},
                        {"cut_off", view.impact->cut_off},
                        {"reached", view.impact->reached}};
    }
    Json& findings = out["lint"] = Json::array();
    for (const lint::Finding& finding : view.findings) {
        findings.push_back({{"rule", finding.rule->id},
                            {"severity", lint::severity_name(finding.severity)},
                            {"message", finding.message},
                            {"fix", with_option(finding.rule->id, finding.fix)}});
    }
    return out;
}

}  // namespace

std::string doctor_json(const DoctorView& view) {
    const handshake::Agreement& agreement = view.diagnosis.agreement;
    const facts::Release* release = view.client.release;
    if (!release) release = view.server.release;
    // Of two different releases the answer is about neither.
    if (view.server.release && view.server.release != release) release = nullptr;
    Json object{{"format_version", "1.0"}, {"command", "doctor"}};
    object["os"] = release ? Json(release->id) : Json(nullptr);
    object["client"] = end_json(view.client);
    object["server"] = end_json(view.server);
    object["verdict"] = handshake::verdict_name(agreement.verdict);
    object["protocol"] = text_or_null(agreement.handshake.protocol);
    object["cipher_suite"] = text_or_null(agreement.handshake.suite_name);
    object["handshake"] = handshake_json(agreement.handshake);
    Json& candidates = object["candidates"] = Json::array();
    for (const handshake::Handshake& each : agreement.candidates) candidates.push_back(handshake_json(each));
    object["reason"] = reason_json(agreement);
    object["blockers"] = blockers_json(agreement);
    object["symptom"] = symptom_json(view);
    object["causes"] = causes_json(view.diagnosis);
    Json& questions = object["questions"] = Json::array();
    for (const handshake::Question& each : agreement.questions) {
        questions.push_back({{"side", handshake::side_name(each.side)}, {"text", each.text}, {"command", text_or_null(each.command)}});
    }
    object["assumptions"] = agreement.provided;
    if (!agreement.assumed.empty()) {
        Json& assumed = object["assumed"] = Json::array();
        for (const effect::Area area : agreement.assumed) assumed.push_back(effect::area_id(area));
    }
    Json& unchecked = object["not_checked"] = Json::array();
    for (const handshake::Unchecked each : agreement.not_checked) unchecked.push_back(handshake::unchecked_name(each));
    Json& at_times = object["now_and_then"] = Json::array();
    for (const handshake::Reason* each : agreement.now_and_then) at_times.push_back({{"id", each->id}, {"title", each->title}});
    object["note"] = text_or_null(view.note);
    Json& fixes = object["fixes"] = Json::array();
    for (const FixView& each : view.fixes) fixes.push_back(fix_json(each));
    return json_text(object);
}

}  // namespace schancfg::cli
