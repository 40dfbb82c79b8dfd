#include "console/progress.hpp"

#include <chrono>

#include "schancfg/text.hpp"
#include "console/terminal.hpp"

namespace schancfg::cli {

Progress::Progress(const Log& log, std::string what)
    : Progress(log, [what = std::move(what), start = std::chrono::steady_clock::now()] {
          const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - start).count();
          return what + " ... " + std::to_string(seconds) + " s";
      }) {}

Progress::Progress(const Log& log, std::function<std::string()> how_far) : text_(std::move(how_far)) {
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
    std::unique_lock lock(mutex_);
    bool shown = false;
    while (!ended_.wait_for(lock, std::chrono::milliseconds(500), [this] { return is_over_; })) {
        (void)write_stream(Stream::error, "\r\x1b[Kschancfg: " + escape(text_()));
        shown = true;
    }
    if (shown) (void)write_stream(Stream::error, "\r\x1b[K");
}

}  // namespace schancfg::cli
