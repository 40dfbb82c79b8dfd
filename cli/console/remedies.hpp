// The options of the program that do what a diagnostic of the library asks for: the library knows no command line.
#pragma once

#include <string>
#include <string_view>

namespace schancfg::cli {

/// `name the release` of the rule `default-needs-release` becomes `name the release with --os`; any other fix stays as it is.
[[nodiscard]] std::string with_option(std::string_view rule, std::string_view fix);

}  // namespace schancfg::cli
