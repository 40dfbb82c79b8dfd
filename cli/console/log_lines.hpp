// LogLines: where lines of the log go, each whole. Not what they say (log.hpp).
#pragma once

#include <memory>
#include <string>

#include "console/log.hpp"

namespace schancfg::cli {

enum class Level : unsigned char { debug, note, warning, error };

class LogLines {
public:
    explicit LogLines(LogFormat format);
    ~LogLines();
    LogLines(const LogLines&) = delete;
    LogLines& operator=(const LogLines&) = delete;

    /// `schancfg: LEVEL: LINE`, or as JSON an object of the time, the level and the members that `line` holds.
    void write(Level level, const std::string& line);

private:
    struct Place;
    std::unique_ptr<Place> place_;
};

}  // namespace schancfg::cli
