// Lines of the log as the engine of Microsoft DSC v3 reads them: `{"warn": "text"}` on standard error (PowerShell/DSC, command_resource.rs).
#pragma once

namespace schancfg::cli {

/// From here on the whole program logs so, from the level that DSC_TRACE_LEVEL names on (WARN where it names none). Called once, before the first line.
void log_for_dsc();

}  // namespace schancfg::cli
