#include "engine.h"

#include <cstdlib>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include "commands/commands.hpp"
#include "console/module_host.hpp"
#include "inputs/outputs.hpp"
#include "options.hpp"
#include "schancfg/backend/open.hpp"
#include "schancfg/codec/reg_sieve.hpp"
#include "schancfg/files/module.hpp"

namespace schancfg::cli {
namespace {

using Json = nlohmann::ordered_json;

struct Entry {
    std::string_view name;
    Run run;
};

constexpr Entry entries[] = {
    {"apply", run_apply}, {"diff", run_diff},         {"doctor", run_doctor},     {"explain", run_explain}, {"export", run_export}, {"help", run_help},
    {"lint", run_lint},   {"profiles", run_profiles}, {"releases", run_releases}, {"show", run_show},       {"status", run_status}, {"version", run_version},
};

std::string taken_file;
std::optional<codec::RegSieve> sieve;

/// nullopt: something other than an array of strings.
std::optional<std::vector<std::string>> strings(const Json& array) {
    if (!array.is_array()) return std::nullopt;
    std::vector<std::string> out;
    for (const Json& each : array) {
        if (!each.is_string()) return std::nullopt;
        out.push_back(each.get<std::string>());
    }
    return out;
}

struct Asked {
    std::string command;
    std::map<std::string, std::vector<std::string>, std::less<>> options;
    std::vector<std::string> operands;
    std::string folder, input;
};

Outcome<Asked> read_asked(std::string_view text) {
    const Json request = Json::parse(text, nullptr, false);
    if (!request.is_object()) return usage("the request is not a JSON object");
    Asked out;
    for (const auto& [name, value] : request.items()) {
        if (name == "operands") {
            auto words = strings(value);
            if (!words) return usage("\"operands\" of the request is not a list of strings");
            out.operands = std::move(*words);
        } else if (name == "options") {
            if (!value.is_object()) return usage("\"options\" of the request is not an object");
            for (const auto& [option, values] : value.items()) {
                auto words = strings(values);
                if (!words) return usage("\"" + option + "\" of the request is not a list of strings");
                out.options.emplace(option, std::move(*words));
            }
        } else if (name == "command" || name == "folder" || name == "input") {
            if (!value.is_string()) return usage("\"" + name + "\" of the request is not a string");
            (name == "command" ? out.command : name == "folder" ? out.folder : out.input) = value.get<std::string>();
        } else {
            return usage("the request holds \"" + name + "\", which means nothing");
        }
    }
    return out;
}

Outcome<ExitCode> run(std::string_view text, Log& log) {
    auto asked = read_asked(text);
    if (!asked) return std::unexpected(std::move(asked.error()));
    files::set_working_folder(std::move(asked->folder));
    module_streams().input = std::move(asked->input);
    const Command* command = find_command(asked->command);
    if (command == nullptr) return unknown_command(asked->command);
    const auto entry = std::ranges::find(entries, asked->command, &Entry::name);
    if (entry == std::end(entries)) return usage("`" + asked->command + "` is for a machine, not for a page");
    auto options = Options::of(*command, std::move(asked->options), std::move(asked->operands));
    if (!options) return std::unexpected(std::move(options.error()));
    if (auto allowed = check_outputs(*options); !allowed) return std::unexpected(std::move(allowed.error()));
    const Verbosity verbosity = options->has("quiet") ? Verbosity::quiet : options->has("verbose") ? Verbosity::verbose : Verbosity::normal;
    log.configure(verbosity, options->value("log-format") == "json" ? LogFormat::json : LogFormat::text);
    return entry->run({*options, log, nullptr});
}

}  // namespace
}  // namespace schancfg::cli

using namespace schancfg;

extern "C" {

__attribute__((export_name("schancfg_reserve"))) char* schancfg_reserve(size_t size) { return static_cast<char*>(std::malloc(size == 0 ? 1 : size)); }

__attribute__((export_name("schancfg_release"))) void schancfg_release(char* memory) { std::free(memory); }

__attribute__((export_name("schancfg_give_file"))) void schancfg_give_file(const char* name, size_t name_size, const char* bytes, size_t size) {
    files::give_file({name, name_size}, std::string(bytes, size));
}

__attribute__((export_name("schancfg_make_file"))) char* schancfg_make_file(const char* name, size_t name_size, size_t size) {
    return files::make_file({name, name_size}, size);
}

__attribute__((export_name("schancfg_begin_export"))) void schancfg_begin_export(size_t slices) { cli::sieve.emplace(backend::keys_of_exports(), slices); }

__attribute__((export_name("schancfg_export_room"))) char* schancfg_export_room(size_t slice, size_t size) {
    return cli::sieve ? cli::sieve->room(size, slice) : nullptr;
}

__attribute__((export_name("schancfg_take_export"))) int schancfg_take_export(size_t slice, size_t size) {
    if (cli::sieve && !cli::sieve->take(size, slice)) cli::sieve.reset();
    return cli::sieve ? 1 : 0;
}

__attribute__((export_name("schancfg_end_export"))) int schancfg_end_export(const char* name, size_t name_size) {
    auto text = cli::sieve ? cli::sieve->finish() : std::nullopt;
    cli::sieve.reset();
    if (text) files::give_file({name, name_size}, std::move(*text));
    return text ? 1 : 0;
}

__attribute__((export_name("schancfg_give_folder"))) void schancfg_give_folder(const char* name, size_t name_size) { files::give_folder({name, name_size}); }

__attribute__((export_name("schancfg_forget_files"))) void schancfg_forget_files(void) { files::forget_files(); }

__attribute__((export_name("schancfg_run"))) int schancfg_run(const char* request, size_t size) {
    cli::module_streams() = {};
    cli::Log log;
    const cli::Outcome<cli::ExitCode> outcome = cli::run({request, size}, log);
    if (outcome) return static_cast<int>(*outcome);
    log.report(outcome.error().lines);
    return static_cast<int>(outcome.error().code);
}

__attribute__((export_name("schancfg_printed"))) const char* schancfg_printed(int stream) {
    return (stream == SCHANCFG_OUTPUT ? cli::module_streams().output : cli::module_streams().error).data();
}

__attribute__((export_name("schancfg_printed_size"))) size_t schancfg_printed_size(int stream) {
    return (stream == SCHANCFG_OUTPUT ? cli::module_streams().output : cli::module_streams().error).size();
}

__attribute__((export_name("schancfg_take_file"))) int schancfg_take_file(const char* name, size_t name_size) {
    auto taken = files::take_file({name, name_size});
    cli::taken_file = taken ? std::move(*taken) : std::string{};
    return taken ? 1 : 0;
}

__attribute__((export_name("schancfg_taken"))) const char* schancfg_taken(void) { return cli::taken_file.data(); }

__attribute__((export_name("schancfg_taken_size"))) size_t schancfg_taken_size(void) { return cli::taken_file.size(); }
}
