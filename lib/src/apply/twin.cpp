#include "schancfg/apply/twin.hpp"

#include <algorithm>

#include "schancfg/codec/reg_text.hpp"

namespace schancfg::apply {

std::string encode_twin(const plan::Plan& done) {
    registry::Patch patch = plan::to_patch(plan::inverse(done));
    std::erase_if(patch.operations, [](const registry::Operation& operation) { return operation.op == registry::Op::erase_key; });
    return codec::encode_reg(patch);
}

}  // namespace schancfg::apply
