#include "session/state_folder.hpp"

#include "session/file.hpp"

namespace schancfg::cli {

std::string join(const std::string& folder, const std::string& name) { return utf8_of(path_of(folder) / path_of(name)); }

}  // namespace schancfg::cli
