// Progress: says on a terminal what takes long, after a second, and wipes it away when it is done.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "console/log.hpp"

namespace schancfg::cli {

class Progress {
public:
    Progress(const Log& log, std::string what);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

private:
    void show();

    std::string what_;
    std::mutex mutex_;
    std::condition_variable ended_;
    bool is_over_ = false;
    std::thread thread_;
};

}  // namespace schancfg::cli
