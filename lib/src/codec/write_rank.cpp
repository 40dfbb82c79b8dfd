#include "codec/write_rank.hpp"

#include "schancfg/schannel/protocol_state.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::codec {

int write_rank(const registry::WantedValue& item) {
    static const registry::KeyPath schannel(registry::Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL");
    if (!item.value) return 1;
    const auto number = item.value->as_dword();
    if (!number) return 1;
    if (schannel::protocol_switch(item.key) && utf::equal_no_case(item.name, "DisabledByDefault")) return *number == 0 ? 0 : 2;
    const bool gate = utf::equal_no_case(item.name, "Enabled") && item.key.is_within(schannel);
    return !gate ? 1 : *number == 0 ? 2 : 0;
}

}  // namespace schancfg::codec
