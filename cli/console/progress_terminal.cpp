#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "console/progress.hpp"
#include "console/terminal.hpp"
#include "schancfg/text.hpp"

namespace schancfg::cli {

class Progress::Line {
public:
    explicit Line(std::function<std::string()> text) : text_(std::move(text)), thread_([this] { show(); }) {}
    ~Line() {
        {
            const std::lock_guard lock(mutex_);
            is_over_ = true;
        }
        ended_.notify_one();
        thread_.join();
    }
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;

private:
    void show() {
        std::unique_lock lock(mutex_);
        bool shown = false;
        while (!ended_.wait_for(lock, std::chrono::milliseconds(500), [this] { return is_over_; })) {
            (void)write_stream(Stream::error, "\r\x1b[Kschancfg: " + escape(text_()));
            shown = true;
        }
        if (shown) (void)write_stream(Stream::error, "\r\x1b[K");
    }

    std::function<std::string()> text_;
    std::mutex mutex_;
    std::condition_variable ended_;
    bool is_over_ = false;
    std::thread thread_;  // the last: it uses the others
};

Progress::Progress(const Log& log, std::string what)
    : Progress(log, [what = std::move(what), start = std::chrono::steady_clock::now()] {
          const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - start).count();
          return what + " ... " + std::to_string(seconds) + " s";
      }) {}

Progress::Progress(const Log& log, std::function<std::string()> how_far) {
    if (log.verbosity() == Verbosity::normal && understands_ansi(Stream::error)) line_ = std::make_unique<Line>(std::move(how_far));
}

Progress::~Progress() = default;

}  // namespace schancfg::cli
