// What kind of mistake a line of TOML holds that its parser refuses. Nothing of the line is quoted: a file that is not a profile may hold anything.
#pragma once

#include <string>
#include <string_view>

namespace schancfg::codec {

struct SyntaxMistake {
    std::string message, fix;
};
/// `line` from 1, where the parser stopped; of a list it is often the line behind the mistake. Never empty.
[[nodiscard]] SyntaxMistake syntax_mistake(std::string_view text, std::size_t line);

}  // namespace schancfg::codec
