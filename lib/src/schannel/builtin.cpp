#include "schancfg/schannel/builtin.hpp"

#include <algorithm>

namespace schancfg::schannel {
namespace {
#include "builtin_profiles.inc"
}  // namespace

std::span<const BuiltinProfile> builtin_profiles() { return embedded; }

bool is_builtin_name(std::string_view word) {
    return word.find_first_of("/\\.:") == std::string_view::npos || find_builtin_profile(word) != nullptr;
}

const BuiltinProfile* find_builtin_profile(std::string_view name) {
    const auto* found = std::ranges::find(embedded, name, &BuiltinProfile::name);
    return found == std::end(embedded) ? nullptr : found;
}

}  // namespace schancfg::schannel
