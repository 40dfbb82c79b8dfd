// What a WebAssembly module and its host tell each other besides files: the streams of a run, and what takes long.
#pragma once

#include <string>
#include <string_view>

namespace schancfg::cli {

/// The streams of the run that is under way.
struct ModuleStreams {
    std::string input;
    std::string output;
    std::string error;
};
[[nodiscard]] ModuleStreams& module_streams();

/// Something that can take long has begun: "opening reg:export.reg".
void tell_host(std::string_view what);

}  // namespace schancfg::cli
