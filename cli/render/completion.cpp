#include "render/completion.hpp"

#include "manual.hpp"
#include "schancfg/facts/services.hpp"
#include "schancfg/handshake/end.hpp"

namespace schancfg::cli {
namespace {

// Asked at completion time, so that the script stays right when profiles, releases and records are added. Empty: nothing is asked.
std::string call_of(Words words) {
    std::string_view kind;
    switch (words) {
        case Words::sources: kind = "sources"; break;
        case Words::targets: kind = "targets"; break;
        case Words::peers: kind = "peers"; break;
        case Words::profiles: kind = "profiles"; break;
        case Words::releases: kind = "releases"; break;
        case Words::updates: kind = "updates"; break;
        case Words::explained: kind = "explained"; break;
        case Words::kinds: kind = "kinds"; break;
        case Words::records: return "schancfg undo --list --name-only";
        default: return {};
    }
    return "schancfg completion words " + std::string(kind);
}

// Of these the shell offers files as well.
bool are_files_too(Words words) {
    return words == Words::sources || words == Words::targets || words == Words::peers || words == Words::profiles || words == Words::records;
}

// What is changed is a target, and what can only be read none.
Words words_of(const Command& command, const Option& option) {
    const bool writes = command.name == "apply" || command.name == "undo" || command.name == "confirm";
    return option.name == "target" && writes ? Words::targets : option.words;
}

template <class Visit>
void for_each_option(const Command& command, Visit visit) {
    std::string_view names = command.options;
    while (!names.empty()) {
        const std::size_t space = names.find(' ');
        const Option* option = find_option(names.substr(0, space));
        if (takes(command, option->name)) visit(*option);
        names.remove_prefix(space == std::string_view::npos ? names.size() : space + 1);
    }
    visit(*find_option("help"));
    visit(*find_option("version"));
}

std::string spaced(std::string_view listed) {
    std::string out(listed);
    for (char& c : out) {
        if (c == '|') c = ' ';
    }
    return out;
}

std::string command_names() {
    std::string out;
    for (const Command& command : commands()) (out += out.empty() ? "" : " ") += command.name;
    return out;
}

std::string application_names() {
    std::string out;
    for (const handshake::Application& each : handshake::applications()) (out += out.empty() ? "" : " ") += each.id;
    return out;
}

std::string service_names() {
    std::string out;
    for (const facts::Service& each : facts::services()) (out += out.empty() ? "" : " ") += each.word;
    return out;
}

std::string option_words(const Command& command) {
    std::string out;
    for_each_option(command, [&](const Option& option) {
        (out += out.empty() ? "--" : " --") += option.name;
        if (option.letter) (out += " -") += option.letter;
    });
    return out;
}

// In single quotes of a POSIX shell, of zsh and of fish alike.
std::string single_quoted(std::string_view text) {
    std::string out = "'";
    for (const char c : text) {
        if (c == '\'') out += "'\\''";
        else out += c;
    }
    return out + '\'';
}

// Those that the program was built with, with a space between; empty: none.
std::string fixed_words(Words words, std::string_view listed) {
    switch (words) {
        case Words::commands: return command_names();
        case Words::applications: return application_names();
        case Words::services: return service_names();
        case Words::listed: return spaced(listed);
        default: return {};
    }
}

std::string bash_words(Words words, std::string_view listed) {
    if (words == Words::files) return "files=1";
    if (const std::string call = call_of(words); !call.empty()) return std::string(are_files_too(words) ? "files=1 " : "") + "words=$(" + call + " 2>/dev/null)";
    const std::string fixed = fixed_words(words, listed);
    return fixed.empty() ? ":" : "words=" + single_quoted(fixed);
}

std::string bash() {
    std::string out =
        "# bash completion for schancfg\n"
        "_schancfg() {\n"
        "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]} words= files= typed= head=\n"
        "    COMPREPLY=()\n"
        // Bash takes `os:2022` apart at the colon, and puts what is offered behind it.
        "    read -ra typed <<<\"${COMP_LINE:0:COMP_POINT}\"\n"
        "    if [[ $COMP_WORDBREAKS == *:* && ${typed[-1]} == *:* && ${COMP_LINE:COMP_POINT-1:1} != ' ' ]]; then\n"
        "        cur=${typed[-1]} prev=${typed[-2]} head=${cur%\"${cur##*:}\"}\n"
        "    fi\n"
        "    if ((COMP_CWORD == 1)); then\n"
        "        words=" + single_quoted(command_names() + " --help --version") + "\n"
        "    else\n"
        "        case \"$command $prev\" in\n";
    out += "            'explain --list') " + bash_words(Words::kinds, {}) + " ;;\n";
    for (const Command& command : commands()) {
        for_each_option(command, [&](const Option& option) {
            if (option.argument.empty()) return;
            const std::string start = "            '" + std::string(command.name) + " -";
            out += start + '-' + std::string(option.name) + '\'';
            if (option.letter) out += "|'" + std::string(command.name) + " -" + option.letter + '\'';
            out += ") " + bash_words(words_of(command, option), listed_words(command, option)) + " ;;\n";
        });
    }
    out +=
        "            *) case \"$command $cur\" in\n";
    for (const Command& command : commands()) {
        out += "                '" + std::string(command.name) + " -'*) words=" + single_quoted(option_words(command)) + " ;;\n";
    }
    for (const Command& command : commands()) {
        if (command.operand == Words::none) continue;
        out += "                '" + std::string(command.name) + " '*) " + bash_words(command.operand, command.operand_listed) + " ;;\n";
    }
    out +=
        "            esac ;;\n"
        "        esac\n"
        "    fi\n"
        "    [[ $words ]] && COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
        "    [[ $head ]] && COMPREPLY=(\"${COMPREPLY[@]#\"$head\"}\")\n"
        "    [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *: ]] && compopt -o nospace\n"
        "    [[ $files ]] && { compopt -o filenames; COMPREPLY+=($(compgen -f -- \"$cur\")); }\n"
        "}\n"
        "complete -F _schancfg schancfg\n";
    return out;
}

std::string zsh_action(Words words, std::string_view listed) {
    if (words == Words::files) return "_files";
    if (const std::string call = call_of(words); !call.empty()) return "{ compadd -- $(" + call + " 2>/dev/null)" + (are_files_too(words) ? "; _files }" : " }");
    const std::string fixed = fixed_words(words, listed);
    return fixed.empty() ? " " : '(' + fixed + ')';
}

// `[...]` and `:` steer _arguments.
std::string zsh_help(std::string_view help) {
    std::string out;
    for (const char c : help) {
        if (c == '[' || c == ']' || c == ':') out += '\\';
        out += c;
    }
    return out;
}

std::string zsh() {
    std::string out =
        "#compdef schancfg\n"
        "_schancfg() {\n"
        "    local -a commands=(\n";
    for (const Command& command : commands()) {
        out += "        " + single_quoted(std::string(command.name) + ':' + zsh_help(command.summary)) + '\n';
    }
    out +=
        "    )\n"
        "    if ((CURRENT == 2)); then\n"
        "        _describe command commands\n"
        "        return\n"
        "    fi\n"
        "    local command=$words[2]\n"
        "    shift words\n"
        "    ((CURRENT--))\n"
        "    case $command in\n";
    for (const Command& command : commands()) {
        out += "        " + std::string(command.name) + ")\n            _arguments";
        for_each_option(command, [&](const Option& option) {
            const std::string tail = '[' + zsh_help(option.help) + ']' +
                                     (option.argument.empty() ? std::string{}
                                                              : ':' + std::string(option.argument) + ':' +
                                                                    zsh_action(words_of(command, option), listed_words(command, option)));
            if (option.letter) out += " \\\n                " + single_quoted(std::string{'-', option.letter} + tail);
            out += " \\\n                " + single_quoted("--" + std::string(option.name) + (option.argument.empty() ? "" : "=") + tail);
        });
        if (command.name == "explain") {
            out += " \\\n                " + single_quoted("*:word:{ if (( ${words[(I)--list]} )); then compadd -- $(" + call_of(Words::kinds) + "); else compadd -- $(" + call_of(Words::explained) + "); fi }");
        } else if (command.operand != Words::none) {
            out += " \\\n                " + single_quoted("1:argument:" + zsh_action(command.operand, command.operand_listed));
        }
        out += " ;;\n";
    }
    return out +
           "    esac\n"
           "}\n"
           "_schancfg \"$@\"\n";
}

std::string fish_words(Words words, std::string_view listed) {
    if (words == Words::files) return " -r -F";
    if (const std::string call = call_of(words); !call.empty()) return (are_files_too(words) ? " -r -F -a " : " -x -a ") + single_quoted('(' + call + ')');
    const std::string fixed = fixed_words(words, listed);
    return fixed.empty() ? std::string{} : " -x -a " + single_quoted(fixed);
}

std::string fish() {
    std::string out = "# fish completion for schancfg\ncomplete -c schancfg -f\n";
    for (const Command& command : commands()) {
        out += "complete -c schancfg -n __fish_use_subcommand -a " + std::string(command.name) + " -d " +
               single_quoted(command.summary) + '\n';
    }
    for (const Command& command : commands()) {
        const std::string start = "complete -c schancfg -n '__fish_seen_subcommand_from " + std::string(command.name) + '\'';
        for_each_option(command, [&](const Option& option) {
            out += start;
            if (option.letter) out += std::string(" -s ") + option.letter;
            out += " -l " + std::string(option.name);
            if (!option.argument.empty()) out += fish_words(words_of(command, option), listed_words(command, option));
            out += " -d " + single_quoted(option.help) + '\n';
        });
        std::string operand = fish_words(command.operand, command.operand_listed);
        // Of an operand the words are offered without an option that would require them.
        if (operand.starts_with(" -r")) operand.erase(0, 3);
        if (operand.starts_with(" -x")) operand.replace(0, 3, " -f");
        if (command.name == "explain") {
            const std::string seen = "complete -c schancfg -n '__fish_seen_subcommand_from explain; and ";
            out += seen + "__fish_seen_argument -l list' -f -a " + single_quoted('(' + call_of(Words::kinds) + ')') + '\n';
            out += seen + "not __fish_seen_argument -l list'" + operand + '\n';
        } else if (!operand.empty()) {
            out += start + operand + '\n';
        }
    }
    return out;
}

std::string powershell_words(Words words, std::string_view listed) {
    if (const std::string call = call_of(words); !call.empty()) return "@(" + call + ')';
    const std::string fixed = fixed_words(words, listed);
    return fixed.empty() ? "@()" : "'" + fixed + "'.Split(' ')";
}

std::string powershell() {
    std::string out =
        "# PowerShell completion for schancfg\n"
        "Register-ArgumentCompleter -Native -CommandName schancfg, schancfg.exe -ScriptBlock {\n"
        "    param($wordToComplete, $commandAst, $cursorPosition)\n"
        "    $typed = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { \"$_\" })\n"
        "    $command = if ($typed.Count -gt 1) { $typed[1] } else { '' }\n"
        "    $previous = $typed[-1]\n"
        "    $words = if (-not $command) { '" + command_names() + " --help --version'.Split(' ') }\n";
    for (const Command& command : commands()) {
        for_each_option(command, [&](const Option& option) {
            if (option.argument.empty()) return;
            const std::string_view listed = listed_words(command, option);
            out += "    elseif ($command -eq '" + std::string(command.name) + "' -and $previous -ceq '--" + std::string(option.name) +
                   "') { " + powershell_words(words_of(command, option), listed) + " }\n";
        });
        if (command.name == "explain") out += "    elseif ($command -eq 'explain' -and $typed -ccontains '--list') { " + powershell_words(Words::kinds, {}) + " }\n";
        out += "    elseif ($command -eq '" + std::string(command.name) + "' -and $wordToComplete.StartsWith('-')) { '" +
               option_words(command) + "'.Split(' ') }\n";
        out += "    elseif ($command -eq '" + std::string(command.name) + "') { " +
               powershell_words(command.operand, command.operand_listed) + " }\n";
    }
    return out +
           "    $words | Where-Object { $_.StartsWith($wordToComplete) } | ForEach-Object {\n"
           "        [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)\n"
           "    }\n"
           "}\n";
}

}  // namespace

std::string completion_script(std::string_view shell) {
    if (shell == "bash") return bash();
    if (shell == "zsh") return zsh();
    if (shell == "fish") return fish();
    if (shell == "powershell") return powershell();
    return {};
}

}  // namespace schancfg::cli
