// Options::parse: the words of a command line, as Boost.Program_options splits them.
#include <boost/program_options/errors.hpp>
#include <boost/program_options/options_description.hpp>
#include <boost/program_options/parsers.hpp>
#include <boost/program_options/value_semantic.hpp>

#include "options.hpp"

namespace schancfg::cli {
namespace {

namespace po = boost::program_options;

// In our words, since Boost's differ from release to release.
Failure wrong_value(const Command& command, const po::invalid_command_line_syntax& error) {
    const std::string written = error.get_option_name();
    const std::size_t start = written.find_first_not_of('-');
    const std::string_view bare = start == std::string::npos ? std::string_view{} : std::string_view(written).substr(start);
    const Option* option = bare.size() == 1 ? find_option(bare.front()) : find_option(bare);
    if (!option) return unknown_option(command, written);
    const std::string name = "--" + std::string(option->name);
    if (option->argument.empty()) return usage(name + " takes no value").error();
    return usage(name + " needs a " + std::string(option->argument)).error();
}

// A status code as Windows prints it: -2146893007.
bool is_negative(std::string_view word) {
    return word.size() > 1 && word.front() == '-' && word.find_first_not_of("0123456789", 1) == std::string_view::npos;
}

// Put before a word that looks like an option and is none: a status code, or standard input with its release (`-@2019`). No word that a
// system passes holds it.
constexpr char no_option = '\0';

std::string without_mark(const std::string& word) { return word.starts_with(no_option) ? word.substr(1) : word; }

}  // namespace

Outcome<Options> Options::parse(const Command& command, const std::vector<std::string>& words) {
    std::map<std::string, std::vector<std::string>, std::less<>> given;
    std::vector<std::string> operands;
    po::options_description description;
    for (const Option* option : options_of(command)) {
        std::string names(option->name);
        if (option->letter) (names += ',') += option->letter;
        description.add(boost::shared_ptr<po::option_description>(new po::option_description(
            names.c_str(), new po::untyped_value(option->argument.empty()))));
    }
    // unix_style without allow_guessing: an abbreviation that works today would change its meaning with the next option.
    constexpr int style = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing;
    try {
        std::vector<std::string> marked = words;
        for (std::string& word : marked) {
            if (is_negative(word) || word.starts_with("-@")) word.insert(0, 1, no_option);
        }
        po::command_line_parser parser(marked);
        const auto parsed = parser.options(description).style(style).run();
        for (const auto& item : parsed.options) {
            if (item.position_key >= 0) {
                for (const std::string& operand : item.value) operands.push_back(without_mark(operand));
                continue;
            }
            const std::string value = item.value.empty() ? std::string{} : without_mark(item.value.front());
            std::vector<std::string>& values = given[item.string_key];
            if (!values.empty() && !repeats(command, item.string_key)) return usage("--" + item.string_key + " is given twice");
            values.push_back(value);
        }
    } catch (const po::unknown_option& error) {
        return std::unexpected(unknown_option(command, error.get_option_name()));
    } catch (const po::invalid_command_line_syntax& error) {
        return std::unexpected(wrong_value(command, error));
    } catch (const po::error& error) {
        return usage(error.what());
    }
    return of(command, std::move(given), std::move(operands));
}

}  // namespace schancfg::cli
