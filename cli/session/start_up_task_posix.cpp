#include "session/process.hpp"
#include "session/start_up_task.hpp"

namespace schancfg::cli {

Result<std::string> program_for_later(backend::Kind) { return own_program(); }

Result<void> make_start_up_task(const StoredRecord&, backend::Kind, const std::string&) { return {}; }

Result<void> remove_start_up_task(const std::string&, backend::Kind) { return {}; }

Result<void> sweep_start_up_tasks(const std::function<bool(const std::string&)>&) { return {}; }

Outcome<void> check_seen_by_task(const std::string&, backend::Kind) { return {}; }

}  // namespace schancfg::cli
