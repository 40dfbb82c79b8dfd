// Operations of policies as lines of text.
#pragma once

#include <string>
#include <vector>

#include "schancfg/registry/patch.hpp"

namespace policy_text {

inline std::string shown(const schancfg::registry::Operation& operation) {
    using schancfg::registry::Op;
    std::string out = std::to_string(operation.line) + ' ';
    switch (operation.op) {
        case Op::create_key: out += "create"; break;
        case Op::set_value: out += operation.if_missing ? "set?" : "set"; break;
        case Op::erase_value: out += "unset"; break;
        case Op::erase_all_values: out += "clear"; break;
        case Op::erase_key: out += "erase"; break;
    }
    out += ' ' + operation.key.path();
    if (operation.op == Op::set_value || operation.op == Op::erase_value) out += ' ' + operation.name;
    if (operation.op == Op::set_value) out += ' ' + std::to_string(operation.value.type) + ':' + schancfg::registry::to_hex(operation.value.bytes);
    return out;
}

inline std::vector<std::string> shown(const schancfg::registry::Patch& patch) {
    std::vector<std::string> out;
    for (const auto& operation : patch.operations) out.push_back(shown(operation));
    return out;
}

}  // namespace policy_text
