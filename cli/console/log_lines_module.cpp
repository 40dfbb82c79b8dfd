// In a module the lines go to its standard error, whose host reads them.
#include "console/log_lines.hpp"

#include "console/terminal.hpp"
#include "schancfg/journal/clock.hpp"

namespace schancfg::cli {

struct LogLines::Place {
    LogFormat format;
};

LogLines::LogLines(LogFormat format) : place_(std::make_unique<Place>(format)) {}
LogLines::~LogLines() = default;

void LogLines::write(Level level, const std::string& line) {
    const std::string word = level == Level::debug ? "debug" : level == Level::note ? "note" : level == Level::warning ? "warning" : "error";
    const std::string text = place_->format == LogFormat::json
                                 ? R"({"time":")" + journal::time_text(journal::now()) + R"(","level":")" + word + "\"," + line + "}\n"
                                 : "schancfg: " + word + ": " + line + '\n';
    (void)write_stream(Stream::error, text);
}

}  // namespace schancfg::cli
