// A stranger's code: turns the old protocols off for servers, all of them or none.
#pragma once

#include "schancfg/backend/source.hpp"

namespace lockdown {

schancfg::Result<void> turn_off_old_protocols(schancfg::backend::Target& registry);

}
