#include "options.hpp"

#include <algorithm>

#include "schancfg/nearest.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::cli {
namespace {

std::string in_quotes(std::string_view text) { return '"' + std::string(text) + '"'; }

// What the end of a file's name says of its format; empty: nothing.
std::string_view format_of(std::string_view path) {
    constexpr std::pair<std::string_view, std::string_view> known[] = {{".cmd", "collect"}, {".csv", "csv"}, {".html", "html"}, {".json", "json"}, {".jsonl", "jsonl"}, {".md", "markdown"}, {".pol", "pol"}, {".ps1", "ps1"}, {".reg", "reg"},
                                                                       {".sarif", "sarif"}, {".toml", "toml"},  {".txt", "text"}, {".xml", "junit"}};
    for (const auto& [end, format] : known) {
        if (path.size() > end.size() && utf::ends_with_no_case(path, end)) return format;
    }
    return {};
}

// Formats that other endings are usual for as well.
bool is_usual(std::string_view format, std::string_view path) {
    constexpr std::pair<std::string_view, std::string_view> known[] = {{"sarif", ".json"}, {"dsc", ".json"}, {"oma-uri", ".json"}, {"oma-uri", ".xml"}, {"gpp", ".xml"}};
    return std::ranges::any_of(known, [&](const auto& each) { return each.first == format && utf::ends_with_no_case(path, each.second); });
}

bool is_listed(std::string_view listed, std::string_view word) {
    while (!listed.empty()) {
        const std::size_t bar = listed.find('|');
        if (listed.substr(0, bar) == word) return true;
        listed.remove_prefix(bar == std::string_view::npos ? listed.size() : bar + 1);
    }
    return false;
}

std::string one_of(std::string_view listed) {
    std::string words;
    for (const char c : listed) {
        if (c == '|') words += ", ";
        else words += c;
    }
    return words;
}

}  // namespace

std::vector<const Option*> options_of(const Command& command) {
    std::vector<const Option*> out;
    for (const char letter : {'o', 'q', 'v'}) {
        if (const Option* option = find_option(letter); option && takes(command, option->name)) out.push_back(option);
    }
    std::string_view names = command.options;
    while (!names.empty()) {
        const std::size_t space = names.find(' ');
        const Option* option = find_option(names.substr(0, space));
        if (option && !option->letter && takes(command, option->name)) out.push_back(option);
        names.remove_prefix(space == std::string_view::npos ? names.size() : space + 1);
    }
    out.push_back(find_option("help"));
    out.push_back(find_option("version"));
    return out;
}

Failure unknown_option(const Command& command, std::string_view written) {
    const std::string_view name = written.substr(0, written.find('='));
    const std::string message = "unknown option " + in_quotes(name) + " for `" + std::string(command.name) + "`";
    Nearest search(name);
    std::vector<std::string> candidates;
    for (const Option* option : options_of(command)) candidates.push_back("--" + std::string(option->name));
    for (const std::string& candidate : candidates) search.offer(candidate);
    return usage(message + did_you_mean(search.best())).error();
}

std::string did_you_mean(std::string_view name) {
    return name.empty() ? std::string{} : "; did you mean " + in_quotes(name) + "?";
}

std::unexpected<Failure> unknown_command(std::string_view name) {
    const std::string_view near = nearest(name, commands(), &Command::name);
    return usage("unknown command " + in_quotes(name) + (near.empty() ? "; `schancfg help` lists them" : did_you_mean(near)));
}

Outcome<Options> Options::of(const Command& command, std::map<std::string, std::vector<std::string>, std::less<>> given, std::vector<std::string> operands) {
    Options out;
    out.command_ = &command;
    for (const auto& [name, values] : given) {
        const std::vector<const Option*> known = options_of(command);
        const auto option = std::ranges::find(known, name, &Option::name);
        if (option == known.end()) return std::unexpected(unknown_option(command, "--" + name));
        if (values.empty()) return usage("--" + name + " needs a value, or an empty one where it takes none");
        if (values.size() > 1 && !repeats(command, name)) return usage("--" + name + " is given twice");
        if ((*option)->argument.empty() && !values.front().empty()) return usage("--" + name + " takes no value");
    }
    out.given_ = std::move(given);
    out.operands_ = std::move(operands);
    if (auto wrong = out.check()) return std::unexpected(std::move(*wrong));
    return out;
}

std::optional<std::string> Options::value(std::string_view option) const {
    const auto found = given_.find(option);
    return found == given_.end() ? std::nullopt : std::optional(found->second.front());
}

std::vector<std::string> Options::values(std::string_view option) const {
    const auto found = given_.find(option);
    return found == given_.end() ? std::vector<std::string>{} : found->second;
}

std::string Options::format() const {
    if (has("reg")) return "reg";
    if (const auto given = value("format")) return *given;
    if (const auto file = value("output"); file && !command_->formats.empty()) {
        if (const std::string_view format = format_of(*file); !format.empty()) return std::string(format);
    }
    return std::string(command_->formats.substr(0, command_->formats.find('|')));
}

std::optional<Failure> Options::check() const {
    if (has("help") || has("version")) return std::nullopt;
    for (const auto& [name, values] : given_) {
        const Option* option = find_option(name);
        if (option->argument.empty()) continue;
        const std::string_view listed = listed_words(*command_, *option);
        for (const std::string& value : values) {
            if (value.empty()) return usage("--" + name + " needs a " + std::string(option->argument)).error();
            if (!listed.empty() && !is_listed(listed, value)) {
                return usage("unknown " + std::string(option->argument) + " " + in_quotes(value) + " for --" + name + "; expected one of: " +
                             one_of(listed)).error();
            }
        }
    }
    if (has("quiet") && has("verbose")) return usage("--quiet and --verbose exclude each other").error();
    if (has("reg") && has("format") && value("format") != "reg") return usage("--reg and --format " + *value("format") + " exclude each other").error();
    if (const auto file = value("output"); file && !command_->formats.empty()) {
        const std::string_view format = format_of(*file);
        const std::string chosen = this->format();
        if (!format.empty() && format != chosen && !is_usual(chosen, *file)) {
            return usage("--output " + *file + " and --format " + chosen + " contradict each other").error();
        }
        if (!format.empty() && !is_listed(command_->formats, chosen)) {
            return usage("`" + std::string(command_->name) + "` does not write " + chosen + ", which --output " + *file + " asks for; expected one of: " +
                         one_of(command_->formats)).error();
        }
    }
    if (operands_.size() > command_->max_operands) {
        return usage("`" + std::string(command_->name) + "` takes no such argument: " + in_quotes(operands_[command_->max_operands])).error();
    }
    return std::nullopt;
}

}  // namespace schancfg::cli
