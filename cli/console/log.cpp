#include "console/log.hpp"

#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <utility>

#include <nlohmann/json.hpp>

#include "console/remedies.hpp"
#include "console/system_log.hpp"
#include "schancfg/text.hpp"

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

level::level_enum level_of(Severity severity) {
    switch (severity) {
        case Severity::note: return level::info;
        case Severity::warning: return level::warn;
        case Severity::error: break;
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

std::string json_members(std::string_view message, const Span& where) {
    nlohmann::ordered_json object;
    object["message"] = message;
    if (!where.file.empty()) object["file"] = where.file;
    if (where.line) object["line"] = where.line;
    if (where.column) object["column"] = where.column;
    const std::string text = object.dump(-1, ' ', true, nlohmann::ordered_json::error_handler_t::replace);
    return text.substr(1, text.size() - 2);
}

std::string place(const Span& where) {
    if (where.file.empty()) return {};
    std::string out = escape(where.file) + ':';
    if (where.line) out += std::to_string(where.line) + ':';
    if (where.line && where.column) out += std::to_string(where.column) + ':';
    return out + ' ';
}

std::string message_and_fix(const Diagnostic& diagnostic) {
    return diagnostic.fix.empty() ? diagnostic.message : diagnostic.message + "; " + with_option(diagnostic.rule, diagnostic.fix);
}

}  // namespace

struct Log::Loggers {
    std::unique_ptr<spdlog::logger> error;
    bool audits = false;
    bool audit_failed = false;
};

Log::Log() : loggers_(std::make_unique<Loggers>()) {}
Log::~Log() = default;

void Log::configure(Verbosity verbosity, LogFormat format) {
    verbosity_ = verbosity;
    format_ = format;
    loggers_->error.reset();
}

void Log::error(std::string_view message) { write(Severity::error, message, {}); }

void Log::note(std::string_view message) {
    if (verbosity_ != Verbosity::quiet) write(Severity::note, message, {});
}

void Log::debug(std::string_view message) {
    if (verbosity_ != Verbosity::verbose) return;
    if (!loggers_->error) loggers_->error = standard_error(format_);
    loggers_->error->log(level::debug, format_ == LogFormat::json ? json_members(message, {}) : escape(message));
}

void Log::report(const Diagnostic& diagnostic) {
    if (diagnostic.severity == Severity::error || verbosity_ != Verbosity::quiet) {
        write(diagnostic.severity, message_and_fix(diagnostic), diagnostic.span);
    }
}

void Log::report(const Diagnostics& diagnostics) {
    for (const Diagnostic& diagnostic : diagnostics) report(diagnostic);
}

void Log::write(Severity severity, std::string_view message, const Span& where) {
    if (!loggers_->error) loggers_->error = standard_error(format_);
    loggers_->error->log(level_of(severity), format_ == LogFormat::json ? json_members(message, where) : place(where) + escape(message));
}

void Log::open_audit() {
    if (!std::exchange(loggers_->audits, true)) open_system_log();
}

void Log::audit(AuditEvent event, std::string_view message) {
    if (event == AuditEvent::changed) debug(message);
    if (!loggers_->audits) return;
    const std::string problem = write_system_log(event, escape(message));
    if (!problem.empty() && !std::exchange(loggers_->audit_failed, true)) write(Severity::warning, "the system log can't be written: " + problem, {});
}

}  // namespace schancfg::cli
