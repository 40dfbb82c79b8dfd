#include "session/remote_session.hpp"

namespace schancfg::cli {

// Nothing here runs over Schannel.
std::optional<std::string> remote_session() { return std::nullopt; }

}  // namespace schancfg::cli
