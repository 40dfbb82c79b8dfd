#include "schancfg/journal/state_folder.hpp"

#include "schancfg/files/held.hpp"
#include "schancfg/files/path.hpp"

namespace schancfg::journal {

std::string StateFolder::record_file(std::string_view id) const { return files::join(path, std::string(id) + ".json"); }
std::string StateFolder::marker_file(std::string_view id) const { return files::join(path, std::string(id) + ".marker"); }
std::string StateFolder::reserve_file(std::string_view id) const { return files::join(path, std::string(id) + ".reserve"); }
std::string StateFolder::watchdog_file(std::string_view id) const { return files::join(path, std::string(id) + ".watchdog"); }

std::optional<bool> StateFolder::is_watched(std::string_view id) const {
    const auto held = files::is_held(watchdog_file(id));
    return held == false ? files::is_held(files::join(path, std::string(id) + ".waiter")) : held;
}

}  // namespace schancfg::journal
