// The whole program, but that `live` is the registry in the file LIVE_FILE and the machine is LIVE_MACHINE: what holds for a machine that
// can be restarted and renamed can be seen without one.
#include <cstdlib>
#include <string>

#include "app.hpp"
#include "console/arguments.hpp"
#include "console/terminal.hpp"
#include "schancfg/backend/open.hpp"

using namespace schancfg;
using namespace schancfg::backend;

namespace {

std::expected<OpenedTarget, OpenError> open_live_file(std::string_view spelling, const OpenOptions& options) {
    if (spelling != "live") return open_target(spelling, options);
    auto opened = open_target("memory:" + std::string(std::getenv("LIVE_FILE")), options);
    if (!opened) return opened;
    opened->kind = Kind::live;
    opened->label = "live";
    opened->machine = std::getenv("LIVE_MACHINE");
    return opened;
}

}  // namespace

int main(int argc, char** argv) {
    cli::prepare_streams();
    return cli::run(cli::arguments(argc, argv), open_live_file);
}
