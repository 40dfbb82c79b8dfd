#include "inputs/logs.hpp"

// A page judges one machine; the logs of a server are gigabytes.
namespace schancfg::cli {

bool names_logs(const std::string&) { return false; }

Outcome<UsageView> read_usage(const Context&, const std::vector<std::string>&) { return usage("logs are read by the program alone"); }

}  // namespace schancfg::cli
