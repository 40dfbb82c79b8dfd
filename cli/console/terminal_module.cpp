// The streams of a module: its host gives the input and takes the rest, whole. There is no terminal.
#include "console/terminal.hpp"

#include "console/arguments.hpp"
#include "console/module_host.hpp"
#include "console/system_log.hpp"

// Given by the host.
extern "C" __attribute__((import_module("schancfg"), import_name("progress"))) void schancfg_progress(const char* text, std::size_t size);

namespace schancfg::cli {

ModuleStreams& module_streams() {
    static ModuleStreams only;
    return only;
}

void tell_host(std::string_view what) { schancfg_progress(what.data(), what.size()); }

bool is_terminal(Stream) { return false; }

bool understands_ansi(Stream) { return false; }

std::optional<std::size_t> terminal_columns(Stream) { return std::nullopt; }

Result<void> write_stream(Stream stream, std::string_view bytes) {
    (stream == Stream::output ? module_streams().output : module_streams().error).append(bytes);
    return {};
}

bool is_closed_pipe(const Error&) { return false; }

Result<std::string> read_input(std::size_t max_size) {
    if (module_streams().input.size() > max_size) return fail(ErrorCode::malformed, "more than " + std::to_string(max_size >> 20) + " MiB");
    return module_streams().input;
}

std::optional<std::string> environment(const char*) { return std::nullopt; }

// What a module does changes nothing, so that there is nothing to tell the system.
void open_system_log() {}

std::string write_system_log(AuditEvent, std::string_view) { return {}; }

}  // namespace schancfg::cli
