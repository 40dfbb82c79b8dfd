// The page that this build was given (cmake/embed_page.cmake).
#pragma once

#include <string_view>

namespace schancfg::cli {

/// The HTML file, packed by gzip; empty where the build had none.
[[nodiscard]] std::string_view embedded_page_packed();

}  // namespace schancfg::cli
