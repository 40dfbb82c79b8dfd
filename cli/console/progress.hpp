// Progress: says on a terminal what takes long, after half a second, and wipes it away when it is done.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "console/log.hpp"

namespace schancfg::cli {

class Progress {
public:
    Progress(const Log& log, std::string what);
    /// `how_far` is called by another thread, until this one ends.
    Progress(const Log& log, std::function<std::string()> how_far);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

private:
    class Line;
    std::unique_ptr<Line> line_;  // where anything is shown
};

}  // namespace schancfg::cli
