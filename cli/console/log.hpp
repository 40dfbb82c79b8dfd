// The log: what standard error gets besides questions, and the audit trail of changes. Results never go here.
//
// Loggers are made when the first line needs one: most runs log nothing, and start-up is part of the product.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "schancfg/diagnostic.hpp"

namespace schancfg::cli {

enum class Verbosity { quiet, normal, verbose };
enum class LogFormat { text, json };

/// What an entry of the audit trail is about. The numbers are the ids of events in the Event Log of Windows; they are promised to scripts.
enum class AuditEvent : int {
    applied = 1,   ///< a run was done
    reverted = 2,  ///< a run was undone
    failed = 3,    ///< a run, or reverting one, did not do what it should
    changed = 4,   ///< one value or key
};

class Log {
public:
    Log();
    ~Log();
    Log(const Log&) = delete;
    Log& operator=(const Log&) = delete;

    void configure(Verbosity verbosity, LogFormat format);
    [[nodiscard]] Verbosity verbosity() const { return verbosity_; }

    void error(std::string_view message);
    void note(std::string_view message);   ///< not with --quiet
    void debug(std::string_view message);  ///< with --verbose
    /// `schancfg: error: FILE:LINE:COLUMN: message; fix`. Warnings and notes are left out with --quiet.
    void report(const Diagnostic& diagnostic);
    void report(const Diagnostics& diagnostics);

    /// Where each change is written besides: the Event Log of Windows, or syslog elsewhere. Nothing without this call.
    void open_audit();
    void audit(AuditEvent event, std::string_view message);

private:
    struct Loggers;
    void write(Severity severity, std::string_view message, const Span& where);

    Verbosity verbosity_ = Verbosity::normal;
    LogFormat format_ = LogFormat::text;
    std::unique_ptr<Loggers> loggers_;
};

}  // namespace schancfg::cli
