#include "session/restart.hpp"
#include "schancfg/files/file.hpp"

namespace schancfg::cli {

std::string start_of_system() {
    const auto text = files::read_file("/proc/sys/kernel/random/boot_id", 64);
    if (!text) return {};
    return text->substr(0, text->find('\n'));
}

std::optional<bool> is_running_start(const std::string& name) {
    const std::string now = start_of_system();
    if (now.empty() || name.empty()) return std::nullopt;
    return name == now;
}

Result<void> restart_system(const std::string&) { return fail(ErrorCode::unsupported, "only Windows is restarted by this program"); }

}  // namespace schancfg::cli
