#include "schancfg/effect/restart.hpp"

#include <algorithm>
#include <array>

#include "effect/sources.hpp"
#include "schancfg/schannel/protocol_state.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::effect {
namespace {

constexpr std::string_view schannel = "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL";
constexpr std::string_view local_lists = "SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL";
constexpr std::string_view policy_lists = "SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL";
constexpr std::string_view ad_fs = "MicrosoftDocs/windowsserverdocs: identity/ad-fs/operations/Manage-SSL-Protocols-in-AD-FS.md";
constexpr std::string_view kb245030_end = "KB245030 (note at its end)";
constexpr std::string_view kb245030_body = "KB245030 (text)";

struct Rule {
    std::string_view subject;
    RestartNeed need;
    RestartScope scope;
    std::array<std::string_view, 4> for_restart, against_restart;
};

using enum RestartScope;

constexpr Rule protocols{"protocols", RestartNeed::disputed, computer,
                         {ad_fs, sources::exchange, kb245030_end, sources::security_admx},
                         {sources::tls_registry_2023, "KB187498 (Server 2008)"}};
constexpr Rule gates{"ciphers, hashes and key exchanges", RestartNeed::disputed, computer,
                     {kb245030_end, sources::security_admx}, {kb245030_body}};
constexpr Rule key_lengths{"key lengths", RestartNeed::disputed, computer, {"third parties; no text of Microsoft's says so"}, {}};
constexpr Rule local_suites{"cipher suite list", RestartNeed::disputed, computer, {sources::manage_tls},
                            {sources::tls_cmdlets, sources::prioritizing}};
constexpr Rule policy_suites{"cipher suite policy list", RestartNeed::yes, computer,
                             {sources::prioritizing, sources::manage_tls, sources::exchange}, {}};
constexpr Rule curves{"curve list", RestartNeed::yes, computer, {sources::manage_tls}, {}};
constexpr Rule event_logging{"event logging", RestartNeed::yes, computer, {sources::tls_registry_2023, "KB260729"}, {}};
constexpr Rule http{"HTTP/2 and HTTP/3", RestartNeed::yes, computer, {"KB4032720"}, {}};
constexpr Rule chain_engine{"certificate chain engine", RestartNeed::yes, computer, {"KB2661254"}, {}};
// The networking page leaves the choice: the machine, or the services that use WinHTTP.
constexpr Rule winhttp{"WinHTTP", RestartNeed::disputed, services, {"MicrosoftDocs/memdocs"},
                       {"MicrosoftDocs/windowsserverdocs: networking/configure-secure-protocol-options-winhttp.md"}};
constexpr Rule dotnet{".NET Framework", RestartNeed::no, processes, {}, {sources::dotnet_tls}};
constexpr Rule fips{"FIPS mode", RestartNeed::disputed, computer, {}, {}};
constexpr Rule others{"other values", RestartNeed::disputed, computer, {}, {}};

bool starts_with(std::string_view path, std::string_view prefix) {
    return path.size() >= prefix.size() && utf::equal_no_case(path.substr(0, prefix.size()), prefix) &&
           (path.size() == prefix.size() || path[prefix.size()] == '\\');
}

const Rule& rule_of(const plan::Change& change) {
    const std::string_view path = change.key.path();
    const std::string_view value = *change.value_name;
    const auto is = [value](std::string_view name) { return utf::equal_no_case(value, name); };
    if (starts_with(path, schannel)) {
        const std::string_view below = path.substr(std::min(path.size(), schannel.size() + 1));
        if (starts_with(below, "Protocols")) return protocols;
        if (starts_with(below, "KeyExchangeAlgorithms") && !is("Enabled")) return key_lengths;
        if (starts_with(below, "Ciphers") || starts_with(below, "Hashes") || starts_with(below, "KeyExchangeAlgorithms")) return gates;
        return below.empty() && is("EventLogging") ? event_logging : others;
    }
    if (starts_with(path, policy_lists)) return is("EccCurves") ? curves : policy_suites;
    if (starts_with(path, local_lists)) return is("EccCurves") ? curves : local_suites;
    if (starts_with(path, "SYSTEM\\CurrentControlSet\\Control\\Lsa")) return is("MaxAsyncWorkerThreadsPerCpu") ? others : fips;
    if (starts_with(path, "SYSTEM\\CurrentControlSet\\Services\\HTTP")) return http;
    if (utf::ends_with_no_case(path, "\\WinHttp")) return winhttp;
    if (path.find(".NETFramework") != std::string_view::npos) return dotnet;
    if (path.find("CertDllCreateCertificateChainEngine") != std::string_view::npos) return chain_engine;
    return others;
}

void append(std::vector<std::string_view>& to, std::string_view source) {
    if (!source.empty() && std::ranges::find(to, source) == to.end()) to.push_back(source);
}

RestartReason reason_of(const Rule& rule) {
    RestartReason reason{rule.subject, rule.need, rule.scope, {}, {}};
    for (const std::string_view source : rule.for_restart) append(reason.for_restart, source);
    for (const std::string_view source : rule.against_restart) append(reason.against_restart, source);
    return reason;
}

}  // namespace

std::string_view restart_need_name(RestartNeed need) {
    switch (need) {
        case RestartNeed::no: return "no";
        case RestartNeed::disputed: return "disputed";
        case RestartNeed::yes: return "yes";
    }
    return "disputed";
}

std::string_view restart_scope_name(RestartScope scope) {
    switch (scope) {
        case RestartScope::processes: return "processes";
        case RestartScope::services: return "services";
        case RestartScope::computer: return "computer";
        case RestartScope::nothing: break;
    }
    return {};
}

Restart restart(std::span<const plan::Change> changes, const facts::Release* release) {
    std::vector<const Rule*> rules;
    const auto has_no_effect = [&](const plan::Change& change) {
        const auto of = schannel::protocol_switch(change.key);
        return of && release != nullptr && schannel::default_state(release, of->role, of->protocol) == schannel::ProtocolState::not_supported;
    };
    for (const plan::Change& change : changes) {
        if (!change.value_name || has_no_effect(change)) continue;
        const Rule* rule = &rule_of(change);
        if (std::ranges::find(rules, rule) == rules.end()) rules.push_back(rule);
    }
    std::ranges::stable_sort(rules, std::ranges::greater{}, &Rule::need);

    Restart restart;
    for (const Rule* rule : rules) {
        restart.reasons.push_back(reason_of(*rule));
        for (const std::string_view source : restart.reasons.back().for_restart) append(restart.sources, source);
        for (const std::string_view source : restart.reasons.back().against_restart) append(restart.sources, source);
    }
    if (!rules.empty()) {
        restart.needed = rules.front()->need;
        // The widest of the strongest: one change that asks for the computer outweighs those that ask for services.
        for (const Rule* rule : rules) {
            if (rule->need == restart.needed) restart.scope = std::max(restart.scope, rule->scope);
        }
    }
    return restart;
}

}  // namespace schancfg::effect
