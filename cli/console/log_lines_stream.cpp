#include "console/log_lines.hpp"

#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <utility>

namespace schancfg::cli {
namespace {

namespace level = spdlog::level;

// spdlog's own words for the levels differ from those that our messages promise.
class LevelWord final : public spdlog::custom_flag_formatter {
public:
    void format(const spdlog::details::log_msg& message, const std::tm&, spdlog::memory_buf_t& out) override {
        const std::string_view word = message.level == level::err    ? "error"
                                      : message.level == level::warn ? "warning"
                                      : message.level == level::info ? "note"
                                                                     : "debug";
        out.append(word.data(), word.data() + word.size());
    }
    [[nodiscard]] std::unique_ptr<custom_flag_formatter> clone() const override { return std::make_unique<LevelWord>(); }
};

level::level_enum level_of(Level of) {
    switch (of) {
        case Level::debug: return level::debug;
        case Level::note: return level::info;
        case Level::warning: return level::warn;
        case Level::error: break;
    }
    return level::err;
}

std::unique_ptr<spdlog::logger> standard_error(LogFormat format) {
    auto formatter = std::make_unique<spdlog::pattern_formatter>(spdlog::pattern_time_type::utc, "\n");
    formatter->add_flag<LevelWord>('*').set_pattern(
        format == LogFormat::json ? R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%*",%v})" : "schancfg: %*: %v");
    auto sink = std::make_shared<spdlog::sinks::stderr_sink_st>();
    auto logger = std::make_unique<spdlog::logger>("schancfg", std::move(sink));
    logger->set_formatter(std::move(formatter));
    logger->set_level(level::debug);
    // A standard error that can't be written to leaves nobody to tell.
    logger->set_error_handler([](const std::string&) {});
    return logger;
}

}  // namespace

struct LogLines::Place {
    std::unique_ptr<spdlog::logger> logger;
};

LogLines::LogLines(LogFormat format) : place_(std::make_unique<Place>(standard_error(format))) {}
LogLines::~LogLines() = default;

void LogLines::write(Level level, const std::string& line) { place_->logger->log(level_of(level), line); }

}  // namespace schancfg::cli
