#include "session/remote_session.hpp"

namespace schancfg::cli {

// Nothing here runs over Schannel.
SessionMarks session_marks() { return {}; }

}  // namespace schancfg::cli
