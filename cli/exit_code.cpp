#include "exit_code.hpp"

namespace schancfg::cli {

ExitCode exit_code(const backend::OpenError& error) { return error.usage ? ExitCode::usage : ExitCode::target; }

ExitCode exit_code(apply::Outcome outcome) {
    switch (outcome) {
        case apply::Outcome::done: return ExitCode::done;
        case apply::Outcome::moved:
        case apply::Outcome::refused: return ExitCode::target;
        case apply::Outcome::rolled_back: return ExitCode::rolled_back;
        case apply::Outcome::partly_undone: break;
    }
    return ExitCode::left_over;
}

}  // namespace schancfg::cli
