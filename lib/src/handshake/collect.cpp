#include "schancfg/handshake/collect.hpp"

#include <algorithm>

#include "handshake/causes.hpp"

namespace schancfg::handshake {
namespace {

constexpr ReasonId of_trust[] = {ReasonId::certificate_not_trusted, ReasonId::certificate_not_valid, ReasonId::certificate_revoked, ReasonId::certificate_name};
constexpr ReasonId of_network[] = {ReasonId::no_connection, ReasonId::no_answer, ReasonId::not_tls, ReasonId::interception};
constexpr ReasonId of_key[] = {ReasonId::private_key, ReasonId::legacy_key_provider};
constexpr ReasonId of_program[] = {ReasonId::app_protocols, ReasonId::no_protocol_left};
constexpr ReasonId of_updates[] = {ReasonId::october_2022_update, ReasonId::credssp_update, ReasonId::dhe_leading_zero};

class List {
public:
    void add(std::initializer_list<Collect> each) {
        for (const Collect what : each) {
            if (std::ranges::find(list_, what) == list_.end()) list_.push_back(what);
        }
    }
    std::vector<Collect> take() { return std::move(list_); }

private:
    std::vector<Collect> list_;
};

void add_for(List& list, const Reason& reason) {
    using enum Collect;
    switch (cause_class(reason)) {
        case CauseClass::trust: list.add({certificate_chain, clocks}); break;
        case CauseClass::revocation: list.add({revocation_addresses, certificate_chain}); break;
        case CauseClass::network: list.add({reachability}); break;
        case CauseClass::logon: list.add({logon_events, clocks}); break;
        case CauseClass::key: list.add({private_key, event_log}); break;
        case CauseClass::settings: list.add({server_scan, client_state, server_state, event_log}); break;
    }
    if (is_one_of(of_program, reason.code)) list.add({program});
    if (is_one_of(of_updates, reason.code)) list.add({updates});
}

}  // namespace

std::string_view cause_class_name(CauseClass of) {
    switch (of) {
        case CauseClass::settings: return "settings";
        case CauseClass::trust: return "trust";
        case CauseClass::revocation: return "revocation";
        case CauseClass::network: return "network";
        case CauseClass::logon: return "logon";
        case CauseClass::key: break;
    }
    return "key";
}

CauseClass cause_class(const Reason& reason) {
    const ReasonId id = reason.code;
    if (id == ReasonId::logon_refused) return CauseClass::logon;
    if (id == ReasonId::revocation_not_checked) return CauseClass::revocation;
    if (is_one_of(of_trust, id)) return CauseClass::trust;
    if (is_one_of(of_network, id)) return CauseClass::network;
    return is_one_of(of_key, id) ? CauseClass::key : CauseClass::settings;
}

std::string_view collect_name(Collect what) {
    switch (what) {
        case Collect::client_state: return "client-state";
        case Collect::server_state: return "server-state";
        case Collect::server_scan: return "server-scan";
        case Collect::event_log: return "event-log";
        case Collect::program: return "program";
        case Collect::certificate_chain: return "certificate-chain";
        case Collect::clocks: return "clocks";
        case Collect::revocation_addresses: return "revocation-addresses";
        case Collect::private_key: return "private-key";
        case Collect::updates: return "updates";
        case Collect::logon_events: return "logon-events";
        case Collect::reachability: break;
    }
    return "reachability";
}

std::vector<Collect> to_collect(const Symptom* symptom) {
    List list;
    if (symptom == nullptr || symptom->causes.empty()) {
        list.add({Collect::event_log, Collect::server_scan, Collect::client_state, Collect::server_state, Collect::program});
        return list.take();
    }
    // A program that leaves old protocols to choose is found by asking which one it is.
    if (symptom->causes.front()->code == ReasonId::app_protocols) list.add({Collect::program});
    for (const Reason* reason : symptom->causes) add_for(list, *reason);
    return list.take();
}

}  // namespace schancfg::handshake
