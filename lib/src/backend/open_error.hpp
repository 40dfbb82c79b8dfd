// What went wrong with a source, a profile or a peer, made in one place: bad usage and bad input are one thing, a medium that is not there or refuses another.
#pragma once

#include <expected>
#include <string>

#include "schancfg/backend/open.hpp"

namespace schancfg::backend {

/// By its code: malformed is the caller's spelling or a bad file, the rest the medium.
[[nodiscard]] std::unexpected<OpenError> refused(Error error);
/// The caller's spelling.
[[nodiscard]] std::unexpected<OpenError> bad_usage(std::string message, Remedy remedy = Remedy::none);
/// A file whose text cannot be read; the first error of `diagnostics` stands for all.
[[nodiscard]] std::unexpected<OpenError> bad_text(Diagnostics diagnostics);

}  // namespace schancfg::backend
