#include "console/log.hpp"

#include <optional>
#include <utility>

#include <nlohmann/json.hpp>

#include "console/arguments.hpp"
#include "console/dsc_lines.hpp"
#include "console/log_lines.hpp"
#include "console/remedies.hpp"
#include "console/system_log.hpp"
#include "console/terminal.hpp"
#include "schancfg/text.hpp"

namespace schancfg::cli {
namespace {

Level level_of(Severity severity) {
    switch (severity) {
        case Severity::note: return Level::note;
        case Severity::warning: return Level::warning;
        case Severity::error: break;
    }
    return Level::error;
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

// Set by log_for_dsc: the least level that is written.
std::optional<Level>& dsc_level() {
    static std::optional<Level> level;
    return level;
}

void write_for_dsc(Level level, const std::string& message) {
    if (level < *dsc_level()) return;
    const char* word = level == Level::error ? "error" : level == Level::warning ? "warn" : level == Level::note ? "info" : "debug";
    const nlohmann::json object{{word, message}};
    (void)write_stream(Stream::error, object.dump(-1, ' ', true, nlohmann::json::error_handler_t::replace) + '\n');
}

std::string message_and_fix(const Diagnostic& diagnostic) {
    return diagnostic.fix.empty() ? diagnostic.message : diagnostic.message + "; " + with_option(diagnostic.rule, diagnostic.fix);
}

}  // namespace

struct Log::Loggers {
    std::unique_ptr<LogLines> error;
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

void log_for_dsc() {
    const std::string level = environment("DSC_TRACE_LEVEL").value_or("");
    dsc_level() = level == "ERROR" ? Level::error : level == "INFO" ? Level::note : level == "DEBUG" || level == "TRACE" ? Level::debug : Level::warning;
}

void Log::debug(std::string_view message) {
    if (dsc_level()) return write_for_dsc(Level::debug, std::string(message));
    if (verbosity_ != Verbosity::verbose) return;
    if (!loggers_->error) loggers_->error = std::make_unique<LogLines>(format_);
    loggers_->error->write(Level::debug, format_ == LogFormat::json ? json_members(message, {}) : escape(message));
}

void Log::report(const Diagnostic& diagnostic) {
    // What a shipped profile leaves out on a release is as it was meant, and nobody can act on it.
    const bool as_meant = diagnostic.severity == Severity::note && diagnostic.span.file.starts_with("built-in:");
    if (as_meant && verbosity_ != Verbosity::verbose) return;
    if (diagnostic.severity == Severity::error || verbosity_ != Verbosity::quiet) {
        write(diagnostic.severity, message_and_fix(diagnostic), diagnostic.span);
    }
}

void Log::report(const Diagnostics& diagnostics) {
    for (const Diagnostic& diagnostic : diagnostics) report(diagnostic);
}

void Log::write(Severity severity, std::string_view message, const Span& where) {
    if (dsc_level()) return write_for_dsc(level_of(severity), place(where) + escape(message));
    if (!loggers_->error) loggers_->error = std::make_unique<LogLines>(format_);
    loggers_->error->write(level_of(severity), format_ == LogFormat::json ? json_members(message, where) : place(where) + escape(message));
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
