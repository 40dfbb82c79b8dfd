#include "schancfg/backend/call.hpp"

#include <array>

namespace schancfg::backend {

std::string_view verb_name(Verb verb) {
    static constexpr std::array<std::string_view, 6> names{"read", "create", "set", "unset", "erase", "commit"};
    return names[static_cast<std::size_t>(verb)];
}

std::string Call::to_string() const {
    std::string text(verb_name(verb));
    if (verb == Verb::commit) return text;
    text += ' ' + key.to_string();
    if (verb == Verb::set || verb == Verb::unset) text += " '" + name + "'";
    if (value) text += ' ' + registry::type_name(value->type) + ' ' + registry::to_hex(value->bytes);
    return text;
}

}  // namespace schancfg::backend
