#include "inputs/profile_on_target.hpp"

#include <utility>

#include "inputs/sources.hpp"

namespace schancfg::cli {

Outcome<ProfileOnTarget> read_profile_on_target(const Context& context, const std::string& word) {
    auto request = read_request(context, word);
    if (!request) return std::unexpected(std::move(request.error()));
    tell_left_out(context, *request);
    auto spelling = target_spelling(context.options);
    if (!spelling) return std::unexpected(std::move(spelling.error()));
    auto target = open_source(context, *spelling);
    if (!target) return std::unexpected(std::move(target.error()));
    auto wanted = wanted_of(context, *request, target->release);
    if (!wanted) return std::unexpected(std::move(wanted.error()));
    auto state = read_state(context, *target->source);
    if (!state) return std::unexpected(std::move(state.error()));
    return ProfileOnTarget{std::move(*request), std::move(*target), std::move(*wanted), std::move(*state)};
}

}  // namespace schancfg::cli
