#include "schancfg/effect/basis.hpp"

#include <algorithm>

namespace schancfg::effect {
namespace {

void add_source(std::vector<std::string_view>& to, std::string_view source) {
    if (!source.empty() && std::ranges::find(to, source) == to.end()) to.push_back(source);
}

}  // namespace

std::string_view origin_kind_name(OriginKind kind) {
    switch (kind) {
        case OriginKind::release_default: return "default";
        case OriginKind::registry_value: return "registry";
        case OriginKind::policy: return "policy";
        case OriginKind::update: return "update";
        case OriginKind::fips_mode: return "fips";
    }
    return "default";
}

std::string Origin::to_string() const {
    std::string text;
    switch (kind) {
        case OriginKind::release_default:
        case OriginKind::update: text.append("default of ").append(release); break;
        case OriginKind::policy: text.append("policy "); break;
        case OriginKind::fips_mode: text.append("FIPS mode, "); break;
        case OriginKind::registry_value: break;
    }
    if (kind != OriginKind::release_default && kind != OriginKind::update) {
        text.append(key).append(": ").append(value.empty() ? "(Default)" : value);
    }
    if (!update.empty()) text.append(" with ").append(update);
    return text;
}

void Surety::dispute(std::initializer_list<std::string_view> by) {
    certain = assumed = false;
    for (const std::string_view source : by) add_source(premises, source);
}

void Surety::rest_on(const Surety& premise) {
    if (premise.certain) return;
    unread = unread || premise.unread;
    if (premise.assumed) return assume();
    certain = assumed = false;
    for (const std::string_view source : premise.premises) add_source(premises, source);
}

void Basis::rest_on(const Basis& premise) {
    if (premise.undisputed()) return rest_on(static_cast<const Surety&>(premise));
    const bool was_undisputed = undisputed();
    unread = unread || premise.unread;
    certain = assumed = false;
    for (const std::string_view each : premise.sources()) add_source(premises, each);
    if (!was_undisputed) return;
    if (note.empty()) note = premise.note;
    if (confidence == facts::Confidence::documented) confidence = premise.confidence;
}

Surety Basis::surety() const {
    Surety surety;
    surety.certain = certain;
    surety.assumed = assumed;
    surety.unread = unread;
    surety.premises = sources();
    return surety;
}

std::vector<std::string_view> Basis::sources() const {
    std::vector<std::string_view> all;
    add_source(all, source);
    add_source(all, alternative_source);
    for (const std::string_view each : premises) add_source(all, each);
    return all;
}

}  // namespace schancfg::effect
