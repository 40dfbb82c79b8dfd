#include <syslog.h>

#include "console/system_log.hpp"

namespace schancfg::cli {

void open_system_log() { openlog("schancfg", LOG_PID, LOG_AUTHPRIV); }

std::string write_system_log(AuditEvent event, std::string_view message) {
    syslog(event == AuditEvent::failed ? LOG_ERR : LOG_INFO, "%.*s", static_cast<int>(message.size()), message.data());
    return {};
}

}  // namespace schancfg::cli
