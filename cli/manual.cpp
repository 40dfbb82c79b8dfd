#include "manual.hpp"

#include <algorithm>
#include <vector>

#include "console/columns.hpp"
#include "examples.hpp"

namespace schancfg::cli {
namespace {

constexpr std::string_view exit_read = "0 done, 2 bad usage or input, 3 the target can't be read";

constexpr Command all_commands[] = {
    {"status", "status [SOURCE] [--os RELEASE] [--update KB]... [--all]", "show the TLS settings that a registry holds, and what they do",
     "Shows what Schannel does with the values of SOURCE (or of --target) on its Windows release: protocols, what is weak, cipher "
     "suites in order, key lengths, curves, and the layers above. Then come the values themselves; what is absent is said to be "
     "absent, never to be off. Without a release only the values are shown.",
     exit_read, "target os update all format output name-only color strict whole quiet verbose log-format", "text|json|markdown|html", 1, Words::sources},
    {"diff", "diff PROFILE [--target TARGET] [--peers SCAN-OR-LOGS]...\ndiff --from SOURCE --to SOURCE\ndiff OLD NEW [--fail-on weaker]\ndiff PROFILE --save PLAN.json\ndiff PLAN.json",
     "show what a profile would change, or how two of them differ",
     "Shows the changes that turn the target into what PROFILE asks for, or one source into the other. Nothing is written. "
     "PROFILE is a TOML file, the bare name of a shipped profile, a .reg file whose lines are then the wanted values, a template of IIS Crypto (.ictpl) "
     "or a finding list of HardeningKitty (.csv), of which each row is then said to be met or not. With "
     "--peers: besides, the known peers whose connections change, and those that are cut off; of logs of IIS the clients, by what they used.\n\n"
     "Of two profiles, OLD and NEW, the instructions are compared, for every release that both are for, or that of --os: what is newly asked "
     "for, what changed, and what is no longer asked for, which machines keep until something resets it. The effect is shown for a machine "
     "that had neither and for one that OLD was applied to.",
     "0 nothing differs, 1 something differs (with --fail-on weaker: something gets weaker), 2 bad usage or input, 3 the target can't be read",
     "target from to os update save peers anonymize fail-on all format output name-only color strict whole quiet verbose log-format", "text|json|markdown|html", 2,
     Words::profiles, {}, "weaker"},
    {"apply", "apply PROFILE [--target TARGET] [--yes] [--dry-run] [--backup FILE] [--peers SCAN]... [--revert-after DURATION]\napply PLAN.json [--yes]",
     "change the target into what a profile asks for",
     "Shows the plan, asks, writes an undo record, changes the values one by one, reads them back, and rolls everything back on "
     "the first failure. PLAN.json is a plan that `diff --save` wrote: it is applied to the machine it was made on, as it is, or "
     "not at all. With --peers it asks once more when known peers would be cut off; without a terminal it then wants "
     "--allow-cutting-off besides --yes. Where nothing could connect any more in a role, the plan says so first, and it asks once more "
     "or wants --allow-lock-out besides --yes.\n\n"
     "With --revert-after the changes are reverted after that time unless `schancfg confirm` is run: for a machine that you are "
     "connected to by what you are changing. A process of its own waits for that, and on Windows a start-up task after a restart. Where the changes are in force only after a "
     "restart, confirm after it; reverting them then needs one more. --restart does both restarts, each with a minute's notice.",
     "0 done or nothing to do, 1 declined (with --dry-run: there are changes), 2 bad usage or input, 3 the target can't be read or "
     "written or has moved, 4 failed and rolled back, 5 failed and not all rolled back",
     "target os update dry-run yes force backup keep-original revert-after restart syslog peers allow-cutting-off allow-lock-out all format output name-only color strict whole quiet verbose log-format",
     "text|json|markdown", 1, Words::profiles},
    {"show", "show FILE|ID", "show a saved plan or a record, without its target",
     "Draws what `diff --save` or an apply wrote: the changes, where and when it was made, and what became of a record. Nothing else is "
     "read, so what Schannel does with the changes is not said. `diff PLAN.json` does the same.",
     "0 it changes nothing, 1 it changes something, 2 bad usage, or it can't be read",
     "all format output name-only color quiet verbose log-format", "text|json|markdown", 1, Words::files},
    {"confirm", "confirm [ID|FILE] [--target TARGET] [--force]", "keep what an apply would revert by itself",
     "Keeps the changes of the newest `apply --revert-after` of the target, or of the one that is named. What is in force only "
     "after a restart is confirmed after that restart, or with --force.",
     "0 confirmed, 2 bad usage, or nothing waits for it, 3 too late, or the target can't be written",
     "target force quiet verbose log-format", {}, 1, Words::records},
    {"undo", "undo [ID|FILE] [--target TARGET] [--yes] [--force]\nundo --list [--target TARGET]", "undo an apply",
     "Undoes the newest applied record of the target, or the one that is named, by id or as a file. Refuses when a value was "
     "changed since, unless --force is given. What undo does is recorded as well.",
     "0 done, 1 declined (with --dry-run: there are changes), 2 bad usage or input, 3 the target can't be read or written or has "
     "moved, 4 failed and rolled back, 5 failed and not all rolled back",
     "target list dry-run yes force backup keep-original restart syslog all format output name-only color strict quiet verbose log-format",
     "text|json|markdown", 1, Words::records},
    {"revert", "revert ID|FILE", "wait, and revert an apply unless it is confirmed",
     "What `apply --revert-after` starts in the background, and the start-up task after a restart: waits until the record's time has "
     "come, then reverts it. Values that somebody changed since are left as they are. Ends at once when the record was confirmed "
     "or undone, and when another process waits already.",
     "0 reverted or not needed, 2 bad usage or input, 3 the target can't be written, 4 failed and rolled back, 5 failed and not all "
     "rolled back",
     "syslog quiet verbose log-format", {}, 1, Words::records},
    {"export", "export PROFILE [--reg] [--removal] [--os RELEASE] [-o FILE]\nexport [--target TARGET] [--reg] [-o FILE]\nexport PROFILE --format ENGINE [--removal] [--os RELEASE] [-o FILE-OR-DIR]\nexport --format collect -o collect.cmd",
     "write a profile or a state as a file for other tools",
     "Writes the values that PROFILE asks for, deletions included, or without PROFILE what the target holds in the managed keys. "
     "`reg` is what regedit writes and imports (UTF-16LE, so it is not written to a terminal), `toml` is a profile, `json` is for "
     "other programs. `collect` is a script for cmd.exe that gathers on any machine what `audit` reads. The others take a profile to machines through an engine that is there "
     "already, for all releases that the profile is for: `ps1` is a PowerShell script that can undo, `intune` a folder of scripts that find out and fix, `ansible` a role, `dsc` a configuration document for Microsoft DSC v3, `oma-uri` what Policy CSP has settings for, `gpo` a backup for Import-GPO with another that undoes it, `pol` and `gpp` its two files alone. What an engine cannot say is "
     "counted; --all lists it.",
     exit_read, "target os all format reg removal output strict whole quiet verbose log-format", "reg|toml|json|collect|ansible|dsc|gpo|gpp|intune|oma-uri|pol|ps1", 1, Words::profiles},
    {"lint", "lint PROFILE-OR-SOURCE... [--os RELEASE]... [--update KB]... [--fail-on error|warning|note]\nlint --rules",
     "find mistakes and dangers in profiles, .reg files and states",
     "Says what would break, what does nothing and what is weak, each with its rule, its place and what to do. Of a folder, the "
     "profiles and .reg files in it are judged. A file with mistakes does not hold up the next: they are reported, as findings where the "
     "format is for programs, and it ends with 2. Profiles are judged "
     "for each --os, else for every release that their `windows` allows; without either, by the rules that need no release. "
     "`# schancfg: allow RULE reason` on a line, or alone above it, silences one rule there (`;` in a .reg file). "
     "`schancfg explain RULE` says what is behind a rule. `sarif` is SARIF 2.1.0, `github` is for a workflow's log.",
     "0 nothing as severe as --fail-on, 1 something is, 2 bad usage or input, 3 a source can't be read",
     "os update all fail-on rules format output color strict whole quiet verbose log-format", "text|json|sarif|github", 1000, Words::profiles, {}, "error|warning|note", "os"},
    {"audit", "audit --profile PROFILE... SOURCE... [--mapping FILE] [--waivers FILE] [--baseline AUDIT.json] [--resume AUDIT.jsonl] [--usage LOGS]...\naudit --usage LOGS... [--anonymize]",
     "judge many machines: which keep to a profile, which differ and in what",
     "Reads every SOURCE, a file, a folder with all below it, a name with * or ?, live:HOST, or - for a list of them on standard input, and says of each machine "
     "whether it keeps to its profile, in which settings it differs and what that does, which errors lint finds in it, and which could not be read. "
     "Machines that differ in the same way are shown together. An export that holds CurrentVersion says its release itself. `html` is one page to mail.\n\n"
     "With --usage: a table of what clients used, from logs of IIS that have the fields CRYPT_PROTOCOL, CRYPT_CIPHER_ALG_ID, CRYPT_HASH_ALG_ID and CRYPT_KEYEXCHANGE_ALG_ID.",
     "0 all compliant, 1 something differs, a waiver has expired or a machine was not judged, 2 bad usage or input, 3 some could not be read, or it was interrupted",
     "profile mapping waivers baseline resume usage anonymize os update all format output color strict whole quiet verbose log-format", "text|json|jsonl|csv|junit|markdown|sarif|html", 100000, Words::sources},
    {"explain", "explain WORD...\nexplain --list KIND", "say what a value, suite, event, code, update, rule or release is",
     "Takes what one meets in this field: a registry value by name or path, a setting of a profile, a protocol, cipher, hash or key "
     "exchange, a cipher suite (by its name in Windows, at IANA, in OpenSSL or GnuTLS, or 0xC02F), a curve, an event id, a status code "
     "by name or number, an alert, a KB, a rule of lint, a reason of doctor, a release. Says what it is, its values and defaults by release, what it "
     "decides about, its traps, and who says so.",
     "0 done, 2 bad usage or nothing is known of a word", "list format output color quiet verbose log-format", "text|json", 1000, Words::explained,
     {}, {}},
    {"doctor", "doctor [--client PEER --server PEER] [--error CODE] [--app KIND] [--service NAME] [--peers SCAN]... [--fix-out FILE]",
     "say why two endpoints can't connect, and what fixes it",
     "Plays the handshake of two ends through: whether they agree, and on what, or the first thing that they can't agree on, with what "
     "each endpoint has to say about it, and the smallest changes that fix it, safest first. A PEER is a source (a Windows machine), a scan "
     "by nmap, testssl.sh, sslyze or sslscan (scan:FILE#HOST:PORT where it holds several), or a TOML file with a [peer] section. What "
     "is not known stays so: then the answer says what to find out, and how.",
     "0 they agree, 1 they don't, or it is not known, 2 bad usage or input, 3 a source can't be read",
     "client server error app service peers fix-out os update format output color strict whole quiet verbose log-format", "text|json|markdown", 0},
    {"profiles", "profiles [--show NAME] [--os RELEASE]", "list the shipped profiles, or show the values of one",
     "Lists the profiles that are built in. With --show: every value that the profile asks for, with the file and line that asked; "
     "NAME may also be a file. `--show NAME --format toml` prints the file itself with its comments, as a start for one's own.",
     "0 done, 2 bad usage or input", "show os format output name-only color strict quiet verbose log-format", "text|json|toml", 0},
    {"releases", "releases", "list the Windows releases that are known",
     "Lists the Windows releases by build number, with the names that --os, @RELEASE and `windows = ...` take.",
     "0 done, 2 bad usage", "format output name-only", "text|json", 0},
    {"page", "page [-o FILE]", "write the page that runs this engine in a browser",
     "Writes one HTML file in which the whole engine runs, in any browser, offline. It sends nothing anywhere and changes no machine. A build without WebAssembly has none.",
     "0 done, 2 bad usage, 3 it can't be written, or this build has none", "format output", "html", 0},
    {"version", "version", "show the version", "Shows the version of schancfg.", "0 done, 2 bad usage", "format output", "text|json", 0},
    {"help", "help [COMMAND]", "show what the commands do", "Shows all commands, or one with its options.", "0 done, 2 no such command",
     "format output", "text|json", 1, Words::commands},
    {"dsc", "dsc get|set|test|export|schema [--target TARGET] [--os RELEASE]\ndsc set --what-if", "speak with Microsoft DSC v3 as one of its resources",
     "What the manifest schancfg.dsc.resource.json calls: a desired state as JSON on standard input, the state as JSON on standard output, log lines as JSON on "
     "standard error. A desired state names a profile, settings as the sections of a profile, raw values, or several of these; `schema` prints its schema. `set` records, reads back and "
     "rolls back as `apply` does; `undo` undoes it. `test` minds the order of lists.",
     "0 done, 2 bad input, 3 the target can't be read or written, or has moved, 4 failed and rolled back, 5 failed, and rolling back failed too",
     "target os what-if", {}, 1, Words::listed, "get|set|test|export|schema"},
    {"completion", "completion bash|zsh|fish|powershell", "print a completion script for a shell",
     "Prints a script that makes the shell complete commands, options and names. For bash:\n\n"
     "    schancfg completion bash > ~/.local/share/bash-completion/completions/schancfg\n\n"
     "The scripts ask `completion words KIND` for the names that are known.",
     "0 done, 2 bad usage", "output", {}, 2, Words::listed, "bash|zsh|fish|powershell"},
};

#ifdef _WIN32
constexpr bool has_syslog = false;  // Windows has the Event Log instead, which apply always writes to.
#else
constexpr bool has_syslog = true;
#endif

// Paragraphs are wrapped; lines that start with a space are examples and stay as they are.
std::string paragraphs(std::string_view text, std::size_t width) {
    std::string out;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (line.starts_with(' ')) out.append(line).append("\n");
        else out += paragraph({}, line, width);
    }
    return out;
}

std::string left_side(const Option& option) {
    std::string left = option.letter ? std::string{'-', option.letter, ','} + ' ' : std::string("    ");
    left += "--";
    left += option.name;
    if (!option.argument.empty()) {
        left += ' ';
        left += option.argument;
    }
    return left;
}

std::string one_of(std::string_view listed) {
    std::string words;
    for (const char c : listed) words += c == '|' ? std::string(", ") : std::string(1, c);
    return words;
}

std::string synopsis(const Command& command, std::size_t width) {
    std::string out;
    std::string_view lines = command.synopsis;
    std::string_view lead = "Usage: schancfg ";
    while (!lines.empty()) {
        const std::size_t end = lines.find('\n');
        // `[--peers SCAN]...` is not torn apart: its blanks come back after wrapping.
        std::string usage(lines.substr(0, end));
        int depth = 0;
        for (char& c : usage) {
            depth += c == '[' ? 1 : c == ']' ? -1 : 0;
            if (c == ' ' && depth > 0) c = '\x1f';
        }
        std::string wrapped = hanging(std::string(lead) + std::string(command.name) + ' ', std::string_view(usage).substr(std::min(usage.size(), command.name.size() + 1)),
                                      lead.size() + command.name.size() + 1, width);
        std::ranges::replace(wrapped, '\x1f', ' ');
        out += wrapped;
        lines.remove_prefix(end == std::string_view::npos ? lines.size() : end + 1);
        lead = "       schancfg ";
    }
    return out;
}

std::string in_quotes(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        if (c == '\n') out += "\\n";
        else out += c;
    }
    return out + '"';
}

/// Is `name` among the names, which spaces separate?
bool holds(std::string_view names, std::string_view name) {
    while (!names.empty()) {
        const std::size_t space = names.find(' ');
        if (names.substr(0, space) == name) return true;
        names.remove_prefix(space == std::string_view::npos ? names.size() : space + 1);
    }
    return false;
}

}  // namespace

std::span<const Command> commands() { return all_commands; }

const Command* find_command(std::string_view name) {
    const auto* found = std::ranges::find(all_commands, name, &Command::name);
    return found == std::end(all_commands) ? nullptr : found;
}

bool takes(const Command& command, std::string_view option) {
    if (option == "help" || option == "version") return true;
    if (option == "syslog" && !has_syslog) return false;
    return holds(command.options, option);
}

std::string_view listed_words(const Command& command, const Option& option) {
    if (option.name == "format") return command.formats;
    if (option.name == "fail-on") return command.fail_on;
    return option.listed;
}

bool repeats(const Command& command, std::string_view option) {
    return find_option(option)->repeatable || holds(command.several, option);
}

std::string overview(std::size_t width) {
    std::string out = "Usage: schancfg COMMAND [ARGUMENTS] [OPTIONS]\n\n" +
                      paragraph({}, "The TLS settings of Windows (Schannel) as a profile: shown, compared, applied, undone.", width) + "\nCommands:\n";
    for (const Command& command : all_commands) {
        std::string lead = "  " + std::string(command.name);
        lead.resize(14, ' ');
        out += paragraph(lead, command.summary, width);
    }
    return out + '\n' +
           paragraphs("A TARGET or SOURCE is one of: live, live:HOST (Windows only), reg:FILE or a path ending in .reg, hive:DIR or hive:FILE,FILE (SYSTEM and SOFTWARE "
                      "of an image), memory:FILE.json, os:RELEASE, profile:NAME-OR-FILE, gpo:DIR (a policy; also its .pol or Registry.xml), - (a .reg file on standard "
                      "input); any may end in @RELEASE. A PEER is a SOURCE, a scan (scan:FILE#HOST:PORT where it holds several hosts), or a TOML file with a [peer] "
                      "section.\n\n"
                      "Exit codes: 0 done, nothing differs; 1 a difference, or declined; 2 bad usage or input; 3 the target can't be read or written, or has moved; "
                      "4 failed and rolled back; 5 failed, and rolling back failed too.\n\n"
                      "Text for a terminal is as wide as that, or as COLUMNS says, from 60 to 120 columns; in files and pipes it is 80 wide.\n\n"
                      "`schancfg help COMMAND` says more about one.",
                      width);
}

std::string help_of(const Command& command, std::size_t width) {
    std::string out = synopsis(command, width) + '\n' + paragraphs(command.details, width) + "\nOptions:\n";
    std::size_t widest = 0;
    for (const Option& option : manual_options()) {
        if (takes(command, option.name)) widest = std::max(widest, left_side(option).size());
    }
    for (const Option& option : manual_options()) {
        if (!takes(command, option.name)) continue;
        std::string lead = "  " + left_side(option);
        lead.resize(widest + 4, ' ');
        std::string help(option.help);
        if (option.name == "format") help += ": " + one_of(command.formats);
        out += paragraph(lead, help, width);
    }
    bool first = true;
    for (const Example& example : examples()) {
        if (example.command != command.name) continue;
        if (first) out += "\nExamples:\n";
        first = false;
        // A command is copied as a whole.
        out.append("  schancfg ").append(example.line).append("\n") += paragraph("      ", example.does, width);
    }
    return out + '\n' + paragraph("Exit codes: ", command.exit, width);
}

std::string manual_as_json() {
    std::string out = "{\n  \"format_version\": \"1.0\",\n  \"command\": \"help\",\n  \"os\": null,\n  \"commands\": [";
    bool first_command = true;
    for (const Command& command : all_commands) {
        out += first_command ? "\n" : ",\n";
        first_command = false;
        out += "    {\"name\": " + in_quotes(command.name) + ", \"summary\": " + in_quotes(command.summary) + ", \"options\": [";
        bool first_option = true;
        for (const Option& option : manual_options()) {
            if (!takes(command, option.name)) continue;
            out += first_option ? "\n" : ",\n";
            first_option = false;
            out += "      {\"name\": " + in_quotes(option.name) + ", \"letter\": ";
            out += option.letter ? in_quotes(std::string_view(&option.letter, 1)) : "null";
            out += ", \"argument\": " + (option.argument.empty() ? "null" : in_quotes(option.argument)) + "}";
        }
        out += "\n    ]}";
    }
    return out + "\n  ]\n}\n";
}

}  // namespace schancfg::cli
