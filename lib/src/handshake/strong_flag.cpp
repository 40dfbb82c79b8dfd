#include "handshake/strong_flag.hpp"

#include "handshake/layers.hpp"
#include "schancfg/effect/strong_crypto.hpp"

namespace schancfg::handshake {

using schannel::Answer;

void StrongFlag::judge(const effect::SuiteEffect& suite, std::vector<effect::Gate>& gates, bool& sure) const {
    if (is_set == Answer::no || sure) return;
    const facts::StrongCrypto under = effect::under_strong_crypto(suite);
    if (under == facts::StrongCrypto::allowed || (under == facts::StrongCrypto::not_known && is_set == Answer::unknown)) return;
    effect::Gate gate;
    gate.kind = effect::GateKind::strong_crypto;
    gate.certain = is_set == Answer::yes && under == facts::StrongCrypto::filtered;
    gate.source = source;
    if (gate.certain) gates.clear();
    gates.push_back(std::move(gate));
    sure = gates.back().certain;
}

StrongFlag strong_flag(const effect::Effect& effect, const Application& application, effect::View view) {
    StrongFlag flag{answer(application.strong_crypto), application.source, {}};
    if (const effect::DotnetCase* of_program = dotnet_case(effect, application, view)) {
        flag.is_set = of_program->strong_crypto.basis.certain ? answer(effect::uses_strong_crypto(*of_program)) : Answer::unknown;
        flag.origin = of_program->strong_crypto.basis.origin;
    }
    return flag;
}

}  // namespace schancfg::handshake
