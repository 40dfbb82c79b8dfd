// Alarms about services: which of them a change leaves without a protocol.
#pragma once

#include "schancfg/lint/alarms.hpp"

namespace schancfg::lint {

/// Remote desktop on its own, as it is how people reach the machine; the others in one alarm, where Schannel still has something to give.
void add_service_alarms(Alarms& alarms, const effect::Effect& before, const effect::Effect& after);

}  // namespace schancfg::lint
