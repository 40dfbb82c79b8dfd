#include "app.hpp"
#include "console/arguments.hpp"
#include "console/terminal.hpp"
#include "schancfg/backend/open.hpp"

int main(int argc, char** argv) {
    schancfg::cli::prepare_streams();
    return schancfg::cli::run(schancfg::cli::arguments(argc, argv), schancfg::backend::open_target);
}
