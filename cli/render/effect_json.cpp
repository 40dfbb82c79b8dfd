#include <cstdio>

#include <nlohmann/json.hpp>

#include "render/effect.hpp"
#include "render/effect_words.hpp"
#include "render/services.hpp"
#include "schancfg/effect/management.hpp"

namespace schancfg::cli {
namespace {

using effect::Basis;
using Json = nlohmann::ordered_json;

std::string hex_id(std::uint32_t id) {
    char text[16];
    std::snprintf(text, sizeof text, "0x%04X", id);
    return text;
}

Json text_or_null(std::string_view text) { return text.empty() ? Json(nullptr) : Json(text); }

// What every answer carries: who decided it, how sure it is, who says so.
void add_basis(Json& object, const Basis& basis) {
    object["origin"] = basis.origin.to_string();
    object["rule"] = effect::basis_rule_id(basis.rule);
    object["certain"] = basis.certain;
    object["confidence"] = facts::confidence_name(basis.confidence);
    object["sources"] = basis.sources();
    if (!basis.alternative.empty()) object["alternative"] = basis.alternative;
    if (!basis.stated.empty()) object["stated"] = basis.stated;
    if (!basis.note.empty()) object["note"] = basis.note;
    if (basis.assumed) object["assumed"] = true;
    if (basis.origin.pending) object["pending"] = true;
}

Json protocol_json(const effect::ProtocolAnswer& answer) {
    Json out{{"state", facts::state_name(answer.state)}};
    add_basis(out, answer.basis);
    return out;
}

// What the switch says, then what comes of it: the contract's `state` is that of the protocol, suites and all.
Json reach_json(const effect::Effect& effect, const effect::ProtocolAnswer& by_switch, const effect::ProtocolReach& reach) {
    Json out{{"state", effect::reach_state_name(reach.state)}, {"switch", facts::state_name(by_switch.state)}};
    add_basis(out, reach.basis);
    out["sources"] = reach.sources;
    if (!reach.joined) return out;
    Json& suites = out["suites"] = Json::array();
    for (const effect::UsableSuite& suite : reach.suites) suites.push_back(effect.cipher_suites.listed[suite.at].name);
    out["any_suite"] = schannel::answer_name(reach.any_suite);
    out["certificates"] = {{"rsa", schannel::answer_name(reach.rsa)}, {"ecdsa", schannel::answer_name(reach.ecdsa)}};
    Json& groups = out["groups"] = Json::array();
    for (const effect::UsableGroup& group : reach.groups) groups.push_back(group.name);
    return out;
}

Json algorithm_json(const effect::AlgorithmEffect& algorithm) {
    Json out{{"name", algorithm.name}, {"state", effect::gate_state_name(algorithm.state)}};
    add_basis(out, algorithm.basis);
    return out;
}

void add_limit(Json& object, const std::string& name, const effect::BitLimit& limit) {
    object[name] = limit.bits ? Json(*limit.bits) : Json(nullptr);
    object[name + "_origin"] = limit.basis.origin.to_string();
    object[name + "_certain"] = limit.basis.certain;
    object[name + "_confidence"] = facts::confidence_name(limit.basis.confidence);
    object[name + "_sources"] = limit.basis.sources();
}

Json switch_json(const effect::Switch& one) {
    Json out{{"on", one.on}};
    add_basis(out, one.basis);
    return out;
}

std::vector<std::string_view> usable_names(const std::vector<effect::LayerProtocol>& protocols) {
    std::vector<std::string_view> out;
    for (const effect::LayerProtocol& protocol : protocols) {
        if (protocol.usable()) out.push_back(protocol.name);
    }
    return out;
}

// Of those that are named, and of those that are not, the ones that perhaps are otherwise.
void add_uncertain(Json& object, const std::vector<effect::LayerProtocol>& protocols) {
    Json names = Json::array();
    for (const effect::LayerProtocol& protocol : protocols) {
        if (protocol.works == schannel::Answer::unknown) names.push_back(protocol.name);
    }
    if (!names.empty()) object["uncertain"] = std::move(names);
}

// Of a row without a single origin.
void add_surety(Json& object, const Basis& basis) {
    object["certain"] = basis.certain;
    object["confidence"] = facts::confidence_name(basis.confidence);
    object["sources"] = basis.sources();
    if (!basis.note.empty()) object["note"] = basis.note;
    if (basis.assumed) object["assumed"] = true;
}

Json gates_json(const std::vector<effect::Gate>& gates) {
    Json out = Json::array();
    for (const effect::Gate& gate : gates) out.push_back(gate.to_string());
    return out;
}

Json suites_json(const effect::CipherSuitesEffect& suites) {
    Json out = Json::array();
    for (const effect::SuiteEffect& suite : suites.listed) {
        Json row{{"name", suite.name}};
        row["id"] = suite.suite ? Json(hex_id(suite.suite->id)) : Json(nullptr);
        row["usable"] = suite.usable();
        row["client"] = effect::suite_use_name(suite.use(facts::Role::client));
        row["server"] = effect::suite_use_name(suite.use(facts::Role::server));
        add_basis(row, suite.use_basis);
        row["blocked_by"] = gates_json(suite.blocked_by);
        if (!suite.doubts.empty()) row["doubts"] = gates_json(suite.doubts);
        out.push_back(std::move(row));
    }
    return out;
}

Json curves_json(const effect::CurvesEffect& curves) {
    Json out = Json::array();
    for (const effect::CurveEffect& curve : curves.listed) {
        Json row{{"name", curve.name}};
        row["group"] = curve.curve && curve.curve->group != 0 ? Json(hex_id(curve.curve->group)) : Json(nullptr);
        row["usable"] = curve.usable;
        add_basis(row, curve.basis);
        out.push_back(std::move(row));
    }
    return out;
}

Json dotnet_json(const effect::DotnetEffect& dotnet) {
    Json out{{"version", dotnet.version}, {"view", effect::view_name(dotnet.view)}};
    out["strong_crypto"] = switch_json(dotnet.strong_crypto);
    out["system_default_tls_versions"] = switch_json(dotnet.system_default_tls_versions);
    Json& cases = out["applications"] = Json::array();
    for (const effect::DotnetCase& each : dotnet.cases) {
        Json row{{"target", each.target}, {"protocols", usable_names(each.protocols)}, {"weak_suites", each.weak_suites}};
        add_uncertain(row, each.protocols);
        add_surety(row, effect::joined(each.basis, each.protocols));
        cases.push_back(std::move(row));
    }
    return out;
}

Json renegotiation_json(const effect::RenegotiationEffect& renegotiation) {
    const auto role = [](effect::Renegotiation mode, const Basis& basis, bool allowed) {
        Json out{{"mode", effect::renegotiation_name(mode)}, {"allowed", allowed}};
        add_basis(out, basis);
        return out;
    };
    return {{"client", role(renegotiation.client, renegotiation.client_basis, renegotiation.client_allowed)},
            {"server", role(renegotiation.server, renegotiation.server_basis, renegotiation.server_allowed)}};
}

}  // namespace

Json areas_json(const std::vector<effect::Area>& areas) {
    Json out = Json::array();
    for (const effect::Area area : areas) out.push_back(effect::area_id(area));
    return out;
}

void add_effect(Json& object, const effect::Effect& effect) {
    if (!effect.assumed.empty()) object["assumed"] = areas_json(effect.assumed);
    Json& protocols = object["protocols"] = Json::array();
    for (const effect::ProtocolEffect& protocol : effect.protocols) {
        Json& row = protocols.emplace_back(Json{{"name", protocol.name}});
        for (const facts::Role role : {facts::Role::client, facts::Role::server}) {
            row[std::string(facts::role_name(role))] = reach_json(effect, protocol.of(role), *effect.reach(role).find(protocol.name));
        }
    }
    for (const effect::ProtocolEffect& protocol : effect.other_protocols) {
        protocols.push_back({{"name", protocol.name}, {"client", protocol_json(protocol.client())}, {"server", protocol_json(protocol.server())}});
    }
    for (const auto& [name, all] : {std::pair("ciphers", &effect.ciphers), std::pair("hashes", &effect.hashes)}) {
        Json& list = object[name] = Json::array();
        for (const effect::AlgorithmEffect& algorithm : *all) list.push_back(algorithm_json(algorithm));
    }
    Json& exchanges = object["key_exchange_algorithms"] = Json::array();
    for (const effect::KeyExchangeEffect& exchange : effect.key_exchanges) {
        Json row = algorithm_json(exchange.algorithm);
        add_limit(row, "client_min_bits", exchange.client_min_bits);
        add_limit(row, "client_max_bits", exchange.client_max_bits);
        add_limit(row, "server_min_bits", exchange.server_min_bits);
        exchanges.push_back(std::move(row));
    }
    object["cipher_suites"] = suites_json(effect.cipher_suites);
    object["curves"] = curves_json(effect.curves);
    Json& winhttp = object["winhttp"] = Json::array();
    for (const effect::WinHttpEffect& view : effect.winhttp) {
        Json row{{"view", effect::view_name(view.view)}, {"mask", view.mask}, {"protocols", usable_names(view.protocols)}};
        add_uncertain(row, view.protocols);
        add_basis(row, effect::joined(view.basis, view.protocols));
        winhttp.push_back(std::move(row));
    }
    Json& dotnet = object["dotnet"] = Json::array();
    for (const effect::DotnetEffect& each : effect.dotnet) dotnet.push_back(dotnet_json(each));
    object["services"] = services_json(effect, add_basis);
    if (const auto policies = effect::management_policies(*effect.release); !policies.empty()) {
        Json& list = object["may_overrule"] = Json::array();
        for (const effect::ManagementPolicy& each : policies) {
            list.push_back({{"policy", each.name}, {"address", each.row->key}, {"meaning", each.row->meaning}, {"note", each.row->notes}, {"sources", Json::array({each.row->source})}});
        }
    }
    object["fips"] = switch_json(effect.fips);
    object["renegotiation"] = renegotiation_json(effect.renegotiation);
    Json& single = object["other"] = Json::array();
    for (const effect::SettingEffect& setting : effect.settings) {
        Json row{{"name", setting.name}, {"number", setting.number ? Json(*setting.number) : Json(nullptr)}, {"text", setting_words(setting.number, setting.unit)}};
        add_basis(row, setting.basis);
        single.push_back(std::move(row));
    }
    Json& weak = object["weak"] = Json::array();
    for (const effect::WeakPoint& point : effect.weak) {
        weak.push_back({{"id", effect::weakness_id(point.kind)}, {"subject", point.subject}, {"role", text_or_null(point.role)}, {"detail", point.detail},
                        {"certain", point.certain}, {"on_request", point.on_request}, {"sources", point.basis.sources()}});
    }
}

Json differences_json(const std::vector<effect::EffectDifference>& all) {
    Json out = Json::array();
    for (const effect::EffectDifference& each : all) {
        out.push_back({{"subject", subject_words(each.subject)},
                       {"role", each.role ? Json(facts::role_name(*each.role)) : Json(nullptr)},
                       {"before", value_words(each.subject.aspect, each.before)},
                       {"after", value_words(each.subject.aspect, each.after)},
                       {"certain", each.surety.certain},
                       {"sources", each.surety.premises}});
    }
    return out;
}

}  // namespace schancfg::cli
