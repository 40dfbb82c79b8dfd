#include "session/process.hpp"
#include "session/start_up_task.hpp"

namespace schancfg::cli {

Result<std::string> program_for_later(const StoredRecord&, backend::Kind) { return own_program(); }

Result<void> make_start_up_task(const StoredRecord&, backend::Kind, const std::string&) { return {}; }

Result<void> remove_start_up_task(const StoredRecord&, backend::Kind) { return {}; }

}  // namespace schancfg::cli
