#include "app.hpp"

#include <exception>
#include <new>
#include <string_view>

#include "commands/commands.hpp"
#include "exit_code.hpp"
#include "console/log.hpp"
#include "inputs/outputs.hpp"
#include "manual.hpp"
#include "options.hpp"
#include "console/output.hpp"

namespace schancfg::cli {
namespace {

struct Entry {
    std::string_view name;
    Run run;
};

constexpr Entry entries[] = {
    {"audit", run_audit},       {"doctor", run_doctor},     {"explain", run_explain},       {"lint", run_lint},
    {"apply", run_apply},       {"completion", run_completion}, {"diff", run_diff},     {"export", run_export},
    {"help", run_help},         {"profiles", run_profiles},     {"releases", run_releases}, {"status", run_status},
    {"page", run_page},         {"show", run_show},         {"undo", run_undo},         {"version", run_version},       {"confirm", run_confirm}, {"revert", run_revert}, {"dsc", run_dsc},
};

Run find_run(std::string_view name) {
    for (const Entry& entry : entries) {
        if (entry.name == name) return entry.run;
    }
    return nullptr;
}

// `schancfg --help`, `schancfg --version` and `schancfg COMMAND --help` are other spellings of commands.
Outcome<ExitCode> run_as(std::string_view name, const std::vector<std::string>& words, Log& log, TargetOpener open_target) {
    auto options = Options::parse(*find_command(name), words);
    if (!options) return std::unexpected(std::move(options.error()));
    return find_run(name)({*options, log, open_target});
}

Outcome<ExitCode> run_command(const std::vector<std::string>& words, Log& log, TargetOpener open_target) {
    if (words.empty()) return usage("no command is given; `schancfg help` lists them");
    const std::string& name = words.front();
    const std::vector<std::string> rest(words.begin() + 1, words.end());
    if (name == "-h") return run_as("help", rest, log, open_target);
    if (name == "--help" || name == "--version") return run_as(name.substr(2), rest, log, open_target);
    if (name.starts_with('-') && name.size() > 1) {
        return usage("the command comes first, then its options; found \"" + name + "\"");
    }
    const Command* command = find_command(name);
    if (!command) return unknown_command(name);
    auto options = Options::parse(*command, rest);
    if (!options) return std::unexpected(std::move(options.error()));
    if (options->has("help")) return run_as("help", {name}, log, open_target);
    if (options->has("version")) return run_as("version", {}, log, open_target);
    const Verbosity verbosity = options->has("quiet")     ? Verbosity::quiet
                                : options->has("verbose") ? Verbosity::verbose
                                                          : Verbosity::normal;
    if (auto allowed = check_outputs(*options); !allowed) return std::unexpected(std::move(allowed.error()));
    log.configure(verbosity, options->value("log-format") == "json" ? LogFormat::json : LogFormat::text);
    return find_run(name)({*options, log, open_target});
}

}  // namespace

int run(const std::vector<std::string>& words, TargetOpener open_target) {
    Log log;
    try {
        const Outcome<ExitCode> outcome = run_command(words, log, open_target);
        if (outcome) return static_cast<int>(*outcome);
        log.report(outcome.error().lines);
        return static_cast<int>(outcome.error().code);
    } catch (const std::bad_alloc&) {
        log.error("there is not enough memory");
    } catch (const std::exception& error) {
        log.error(std::string("this is a bug of schancfg: ") + error.what());
    }
    return static_cast<int>(ExitCode::target);
}

}  // namespace schancfg::cli
