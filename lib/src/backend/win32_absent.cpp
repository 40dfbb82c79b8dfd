#include "schancfg/backend/live.hpp"

namespace schancfg::backend {

Result<std::unique_ptr<Target>> open_live(std::string_view host, Access) {
    return fail(ErrorCode::unsupported, host.empty() ? "`live` is the registry of this machine, which is not a Windows machine"
                                                     : "`live:HOST` needs Windows on this side as well");
}

std::uint64_t last_start() { return 0; }

}  // namespace schancfg::backend
