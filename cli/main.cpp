#include "app.hpp"
#include "console/arguments.hpp"
#include "console/terminal.hpp"
#include "schancfg/backend/open.hpp"

#if defined(__MINGW32__)
#include <cstdlib>
#include <exception>

// In place of the C++ library's own, which names the exception that nothing caught, and for that has a tenth of a megabyte of names' grammar: there is none, as
// run() catches all.
void __gnu_cxx::__verbose_terminate_handler() { std::abort(); }
#endif

int main(int argc, char** argv) {
    schancfg::cli::prepare_streams();
    return schancfg::cli::run(schancfg::cli::arguments(argc, argv), schancfg::backend::open_target);
}
