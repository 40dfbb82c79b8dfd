// Progress: says on a terminal what takes long, after half a second, and wipes it away when it is done.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

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
    void show();

    std::function<std::string()> text_;
    std::mutex mutex_;
    std::condition_variable ended_;
    bool is_over_ = false;
    std::thread thread_;
};

}  // namespace schancfg::cli
