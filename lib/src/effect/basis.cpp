#include "schancfg/effect/basis.hpp"

namespace schancfg::effect {

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

std::vector<std::string_view> Basis::sources() const {
    std::vector<std::string_view> both;
    if (!source.empty()) both.push_back(source);
    if (!alternative_source.empty() && alternative_source != source) both.push_back(alternative_source);
    return both;
}

}  // namespace schancfg::effect
