// The page that this build was given (cmake/embed_page.cmake).
#pragma once

#include <string_view>

namespace schancfg::cli {

/// The HTML file; empty where the build had none.
[[nodiscard]] std::string_view embedded_page();

}  // namespace schancfg::cli
