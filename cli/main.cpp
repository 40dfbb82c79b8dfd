#include "app.hpp"
#include "arguments.hpp"
#include "terminal.hpp"

int main(int argc, char** argv) {
    schancfg::cli::prepare_streams();
    return schancfg::cli::run(schancfg::cli::arguments(argc, argv));
}
