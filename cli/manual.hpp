// The manual: every command and option of the program, said once. Parsing, `help`, `--help`, completion and the tests of the
// man page all read this table.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace schancfg::cli {

/// What completion offers for an argument.
enum class Words : unsigned char { none, files, sources, targets, peers, profiles, releases, commands, applications, services, updates, explained, kinds, records, listed };

struct Option {
    std::string_view name;      ///< without the dashes
    char letter = 0;            ///< `o` for `-o`, 0 where there is none
    std::string_view argument;  ///< `FILE`; empty: a switch
    Words words = Words::none;
    std::string_view listed;    ///< for Words::listed: `auto|always|never`
    std::string_view help;      ///< one sentence without a full stop
    bool repeatable = false;    ///< may be given several times
};

struct Command {
    std::string_view name;
    std::string_view synopsis;   ///< lines without the program's name, separated by line ends
    std::string_view summary;    ///< one line for the list of commands
    std::string_view details;    ///< paragraphs for `--help`
    std::string_view exit;       ///< what its exit codes mean
    std::string_view options;    ///< names of its options besides --help and --version, separated by spaces
    std::string_view formats;    ///< what `--format` takes, the first is what it does without; empty: no such option
    std::size_t max_operands = 0;
    Words operand = Words::none;
    std::string_view operand_listed = {};
    std::string_view fail_on = {};   ///< what its `--fail-on` takes
    std::string_view several = {};  ///< those of its options that may be given several times here and nowhere else
};

[[nodiscard]] std::span<const Command> commands();
[[nodiscard]] const Command* find_command(std::string_view name);
/// Those of all commands, in the order in which they are shown.
[[nodiscard]] std::span<const Option> manual_options();
[[nodiscard]] const Option* find_option(std::string_view name);
[[nodiscard]] const Option* find_option(char letter);
/// Does the command take it? `help` and `version` belong to every command.
[[nodiscard]] bool takes(const Command& command, std::string_view option);
/// The words that the option takes in that command, separated by `|`; empty: any.
[[nodiscard]] std::string_view listed_words(const Command& command, const Option& option);
/// May it be given several times?
[[nodiscard]] bool repeats(const Command& command, std::string_view option);

/// What `schancfg help` prints.
[[nodiscard]] std::string overview(std::size_t width);
/// What `schancfg COMMAND --help` prints.
[[nodiscard]] std::string help_of(const Command& command, std::size_t width);
/// The whole table as JSON, for other programs (`schancfg help --format json`).
[[nodiscard]] std::string manual_as_json();

}  // namespace schancfg::cli
