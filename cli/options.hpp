// Options: the words after `schancfg`, read by the rules of one command and checked.
//
// Options are exact (no abbreviations), may be given once unless the manual says otherwise, and those that do nothing for a command are not taken by it.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "failure.hpp"
#include "manual.hpp"

namespace schancfg::cli {

class Options {
public:
    /// `words` are what follows the command's name, UTF-8.
    [[nodiscard]] static Outcome<Options> parse(const Command& command, const std::vector<std::string>& words);
    /// The same of options that were split by others (cli/page): by their names without dashes, with their values; a switch has one that is empty.
    [[nodiscard]] static Outcome<Options> of(const Command& command, std::map<std::string, std::vector<std::string>, std::less<>> given,
                                             std::vector<std::string> operands);

    [[nodiscard]] const Command& command() const { return *command_; }
    [[nodiscard]] bool has(std::string_view option) const { return given_.contains(option); }
    /// The first one of an option that may be given several times.
    [[nodiscard]] std::optional<std::string> value(std::string_view option) const;
    /// All of them, in the order in which they were given.
    [[nodiscard]] std::vector<std::string> values(std::string_view option) const;
    [[nodiscard]] const std::vector<std::string>& operands() const { return operands_; }
    /// What `--format` (or `--reg`) says, else the first format of the command.
    [[nodiscard]] std::string format() const;

private:
    [[nodiscard]] std::optional<Failure> check() const;

    const Command* command_ = nullptr;
    std::map<std::string, std::vector<std::string>, std::less<>> given_;
    std::vector<std::string> operands_;
};

/// What the command takes, those with a letter first.
[[nodiscard]] std::vector<const Option*> options_of(const Command& command);
/// 2, with the nearest right one. `written` may hold its dashes and a value.
[[nodiscard]] Failure unknown_option(const Command& command, std::string_view written);
/// `; did you mean "NAME"?` or nothing.
[[nodiscard]] std::string did_you_mean(std::string_view name);
/// 2, with the nearest right one.
[[nodiscard]] std::unexpected<Failure> unknown_command(std::string_view name);

}  // namespace schancfg::cli
