#include "handshake/layers.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "schancfg/utf.hpp"

namespace schancfg::handshake {
namespace {

using schannel::Answer;

Answer contains(const std::vector<effect::LayerProtocol>& protocols, std::string_view name) {
    return answer(std::ranges::find(protocols, name, &effect::LayerProtocol::name) != protocols.end());
}

std::optional<std::uint32_t> mask_of(std::string_view text) {
    std::uint32_t mask = 0;
    if (!text.starts_with("0x")) return std::nullopt;
    std::from_chars(text.data() + 2, text.data() + text.size(), mask, 16);
    return mask;
}

Asked asked_by_winhttp(const effect::Effect& effect, effect::View view) {
    Asked asked;
    asked.everything = false;
    const auto found = std::ranges::find(effect.winhttp, view, &effect::WinHttpEffect::view);
    if (found == effect.winhttp.end()) {
        asked.protocols.fill(Answer::unknown);
        return asked;
    }
    asked.basis = found->basis;
    const auto other = mask_of(found->basis.alternative);
    for (std::size_t at = 0; at < tls_versions.size(); ++at) {
        Answer& each = asked.protocols[at];
        each = contains(found->protocols, tls_versions[at]);
        if (found->basis.assumed) {
            each = Answer::unknown;
            continue;
        }
        if (!other && (found->basis.certain || found->basis.confidence == facts::Confidence::inferred_from_neighbour)) continue;
        each = other ? both(each, answer((*other & facts::find_protocol(tls_versions[at])->client_bit) != 0)) : Answer::unknown;
    }
    return asked;
}

Asked asked_by_dotnet(const effect::Effect& effect, const Application& application, effect::View view) {
    Asked asked;
    asked.everything = false;
    asked.protocols.fill(Answer::unknown);
    if (const effect::DotnetCase* of_program = dotnet_case(effect, application, view)) {
        asked.basis = of_program->basis;
        // Both values decide; the one that leaves protocols out is the one to name.
        const effect::Switch& system = of_program->system_default_tls_versions;
        asked.everything = system.on && system.basis.certain;
        const bool values_sure = of_program->strong_crypto.basis.certain && system.basis.certain;
        for (std::size_t at = 0; at < tls_versions.size(); ++at) {
            asked.protocols[at] = values_sure ? contains(of_program->protocols, tls_versions[at]) : Answer::unknown;
        }
    }
    return asked;
}

}  // namespace

const effect::DotnetCase* dotnet_case(const effect::Effect& effect, const Application& application, effect::View view) {
    for (const effect::DotnetEffect& dotnet : effect.dotnet) {
        if (dotnet.version != application.dotnet_version || dotnet.view != view) continue;
        const auto found = std::ranges::find(dotnet.cases, application.dotnet_target, &effect::DotnetCase::target);
        return found == dotnet.cases.end() ? nullptr : &*found;
    }
    return nullptr;
}

Asked asked_by(const effect::Effect& effect, facts::Role role, const EndOptions& options) {
    Asked asked;
    if (!options.named_protocols.empty()) {
        asked.everything = false;
        asked.basis.rule = effect::BasisRule::application_names_protocols;
        for (std::size_t at = 0; at < tls_versions.size(); ++at) {
            asked.protocols[at] = answer(std::ranges::any_of(options.named_protocols, [&](const std::string& name) {
                return utf::equal_no_case(name, tls_versions[at]);
            }));
        }
        return asked;
    }
    if (role == facts::Role::server || options.application == nullptr) return asked;
    if (options.application->id == "wininet") {
        asked.everything = false;
        asked.protocols.fill(Answer::unknown);
        asked.basis.rule = effect::BasisRule::wininet_secure_protocols;
        asked.basis.certain = false;
        asked.basis.note = "WinINet asks for what SecureProtocols says, of each user or by policy; its default is not documented";
        asked.basis.source = options.application->source;
        return asked;
    }
    if (options.application->id == "winhttp") return asked_by_winhttp(effect, options.view);
    if (!options.application->dotnet_version.empty()) return asked_by_dotnet(effect, *options.application, options.view);
    return asked;  // the others take what Schannel has
}

}  // namespace schancfg::handshake
