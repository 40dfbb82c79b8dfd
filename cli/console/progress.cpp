#include "console/progress.hpp"

#include <chrono>

#include "schancfg/text.hpp"
#include "console/terminal.hpp"

namespace schancfg::cli {

Progress::Progress(const Log& log, std::string what) : what_(std::move(what)) {
    if (log.verbosity() == Verbosity::normal && understands_ansi(Stream::error)) thread_ = std::thread([this] { show(); });
}

Progress::~Progress() {
    if (!thread_.joinable()) return;
    {
        const std::lock_guard lock(mutex_);
        is_over_ = true;
    }
    ended_.notify_one();
    thread_.join();
}

void Progress::show() {
    const auto start = std::chrono::steady_clock::now();
    std::unique_lock lock(mutex_);
    bool shown = false;
    while (!ended_.wait_for(lock, std::chrono::seconds(1), [this] { return is_over_; })) {
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - start).count();
        (void)write_stream(Stream::error, "\r\x1b[Kschancfg: " + escape(what_) + " ... " + std::to_string(seconds) + " s");
        shown = true;
    }
    if (shown) (void)write_stream(Stream::error, "\r\x1b[K");
}

}  // namespace schancfg::cli
