#include "schancfg/effect/circumstances.hpp"

#include <algorithm>

#include "schancfg/utf.hpp"

namespace schancfg::effect {

bool Circumstances::has(std::string_view kb) const {
    const std::string_view digits = kb.substr(2);
    return std::ranges::any_of(updates, [&](const std::string& update) {
        return update == digits || utf::equal_no_case(update, kb);
    });
}

std::string_view Circumstances::first_of(std::initializer_list<std::string_view> kbs) const {
    for (const std::string_view kb : kbs) {
        if (has(kb)) return kb;
    }
    return {};
}

}  // namespace schancfg::effect
