// A module has no terminal: its host learns what has begun.
#include "console/progress.hpp"

#include "console/module_host.hpp"

namespace schancfg::cli {

class Progress::Line {};

Progress::Progress(const Log&, std::string what) { tell_host(what); }
Progress::Progress(const Log&, std::function<std::string()> how_far) { tell_host(how_far()); }
Progress::~Progress() = default;

}  // namespace schancfg::cli
