#include <algorithm>

#include "manual.hpp"

namespace schancfg::cli {
namespace {

constexpr Option all_options[] = {
    {"target", 0, "TARGET", Words::sources, {}, "the registry that is meant; on Windows `live` when it is left out"},
    {"from", 0, "SOURCE", Words::sources, {}, "the side to start from, in place of PROFILE"},
    {"to", 0, "SOURCE", Words::sources, {}, "the side to end at, in place of PROFILE"},
    {"client", 0, "PEER", Words::peers, {}, "the end that connects: a source, or a file that describes a peer with `role = \"client\"`"},
    {"server", 0, "PEER", Words::peers, {}, "the end that answers: a source, a scan, or a file that describes a peer"},
    {"error", 0, "CODE", Words::none, {},
     "what was seen: a status, a Schannel event with its alert, a message of .NET or WinHTTP, a browser's code, a warning of nmap"},
    {"app", 0, "KIND", Words::applications, {}, "what connects on the client, such as winhttp, dotnet-4.7 or dotnet; schannel when it is left out; schannel:tls11,tls12 for a program that names its protocols"},
    {"service", 0, "NAME", Words::services, {}, "what answers on a Windows server, such as rdp, http, ldaps or sql; without it Schannel decides alone"},
    {"fix-out", 0, "FILE", Words::files, {}, "save the first profile that fixes it"},
    {"os", 0, "RELEASE", Words::releases, {}, "the Windows release of a source that does not say its own"},
    {"update", 0, "KB", Words::updates, {},
     "an update that is installed, such as KB3080079, or none: no others than those named; may be given several times", true},
    {"all", 0, {}, Words::none, {}, "everything: value by value, blocked suites, every setting, all sources"},
    {"save", 0, "PLAN.json", Words::files, {}, "also write the plan to a file that `apply` takes"},
    {"what-if", 0, {}, Words::none, {}, "of `dsc set`: say what the state would be, and write nothing"},
    {"dry-run", 0, {}, Words::none, {}, "show what would be done, ask nothing, write nothing"},
    {"yes", 0, {}, Words::none, {}, "do not ask"},
    {"force", 0, {}, Words::none, {}, "go on where a condition says no (a profile made for other releases; values changed since; not restarted yet)"},
    {"backup", 0, "FILE", Words::files, {}, "write the undo record to this new file, not to the state folder"},
    {"keep-original", 0, {}, Words::none, {}, "keep each hive that is changed as it was, beside it, as SYSTEM.bak"},
    {"revert-after", 0, "DURATION", Words::none, {}, "revert it after 90s, 15m or 2h unless `confirm` is run, also across a restart"},
    {"restart", 0, {}, Words::none, {}, "restart this machine a minute after it is done, and once more after it was reverted"},
    {"syslog", 0, {}, Words::none, {}, "also log each change to the system log"},
    {"list", 0, {}, Words::none, {}, "list the undo records, newest first; with `explain` the words of one KIND"},
    {"rules", 0, {}, Words::none, {}, "list the rules of lint"},
    {"peers", 0, "SCAN", Words::files, {}, "scans, peer files and logs of IIS, or folders of them, of the other ends that are known; may be given several times", true},
    {"allow-cutting-off", 0, {}, Words::none, {}, "go on although known peers can't connect any more"},
    {"allow-lock-out", 0, {}, Words::none, {}, "go on although nothing could connect any more"},
    {"fail-on", 0, "WHAT", Words::listed, {},
     "what ends with 1: with `lint` findings from that severity on, warning when it is left out; with `diff` only what gets weaker"},
    {"profile", 0, "PROFILE", Words::profiles, {}, "what the machines are to keep to; may be given several times: each machine is judged by the first that is for its release", true},
    {"mapping", 0, "FILE", Words::files, {}, "a TOML file that says which machines keep to which profile: [[group]] match, profile, name"},
    {"waivers", 0, "FILE", Words::files, {}, "a TOML file of differences that are agreed to: [[waiver]] machine, setting or rule, reason, until"},
    {"baseline", 0, "AUDIT.json", Words::files, {}, "the JSON of an earlier audit: say what is new, fixed, unchanged, changed or gone since"},
    {"resume", 0, "AUDIT.jsonl", Words::files, {}, "what an interrupted audit with --format jsonl gave: its machines are taken over, and not read again"},
    {"usage", 0, "LOGS", Words::files, {}, "logs of IIS (u_ex*.log, folders, .gz): who used which protocol, key exchange and cipher, and when; may be given several times", true},
    {"anonymize", 0, {}, Words::none, {}, "show the network of each client in place of its address"},
    {"show", 0, "NAME", Words::profiles, {}, "the values of one profile, each with the line that it comes from"},
    {"format", 0, "FORMAT", Words::listed, {}, "how the result is written"},
    {"reg", 0, {}, Words::none, {}, "the same as --format reg"},
    {"removal", 0, {}, Words::none, {}, "export what undoes PROFILE: each of its values as an untouched installation has it"},
    {"output", 'o', "FILE", Words::files, {}, "write the result to a file, whole or not at all"},
    {"name-only", 0, {}, Words::none, {}, "names only, one a line"},
    {"color", 0, "WHEN", Words::listed, "auto|always|never", "colours: auto (a terminal, and NO_COLOR not set), always, never"},
    {"strict", 0, {}, Words::none, {}, "an error, not a warning, for a line of a .reg file that Windows would skip, and for what is not understood of a file of another tool"},
    {"whole", 0, {}, Words::none, {}, "take a .reg file for the whole registry: what it does not name is absent, not assumed"},
    {"quiet", 'q', {}, Words::none, {}, "no warnings, notes or progress"},
    {"verbose", 'v', {}, Words::none, {}, "say what is opened, read and written"},
    {"log-format", 0, "FORMAT", Words::listed, "text|json", "how log lines on standard error are written: text, json"},
    {"help", 'h', {}, Words::none, {}, "show this help"},
    {"version", 0, {}, Words::none, {}, "show the version"},
};

}  // namespace

std::span<const Option> manual_options() { return all_options; }

const Option* find_option(std::string_view name) {
    const auto* found = std::ranges::find(all_options, name, &Option::name);
    return found == std::end(all_options) ? nullptr : found;
}

const Option* find_option(char letter) {
    const auto* found = std::ranges::find(all_options, letter, &Option::letter);
    return letter == 0 || found == std::end(all_options) ? nullptr : found;
}

}  // namespace schancfg::cli
