#include "exit_code.hpp"

namespace schancfg::cli {

ExitCode exit_code(const backend::OpenError& error) { return error.usage ? ExitCode::usage : ExitCode::target; }

ExitCode exit_code(apply::RunOutcome outcome) {
    switch (outcome) {
        case apply::RunOutcome::done: return ExitCode::done;
        case apply::RunOutcome::moved:
        case apply::RunOutcome::refused: return ExitCode::target;
        case apply::RunOutcome::rolled_back: return ExitCode::rolled_back;
        case apply::RunOutcome::partly_undone: break;
    }
    return ExitCode::left_over;
}

}  // namespace schancfg::cli
