#include "examples.hpp"

namespace schancfg::cli {
namespace {

constexpr Example table[] = {
    {"status", "status old.reg --os 2016", "what an export is set to, and what that release does with it"},
    {"status", "status os:2022", "an untouched installation"},
    {"status", "status --format markdown", "this machine, for a ticket (on Windows)"},
    {"diff", "diff strict --target os:2019", "what a profile would change"},
    {"diff", "diff strict --target old.reg --os 2016 --save plan.json", "the plan, for a review"},
    {"diff", "diff --from os:2019 --to os:2022", "what an upgrade changes"},
    {"diff", "diff best-practices strict", "two profiles, for every release"},
    {"apply", "apply best-practices --revert-after 15m", "unless `confirm` follows, it is reverted (on Windows)"},
    {"apply", "apply best-practices --target memory:try.json --os 2022 --yes", "try it without a Windows machine"},
    {"apply", "apply plan.json", "the plan that was reviewed, or nothing"},
    {"confirm", "confirm", "keep what `apply --revert-after` did (on Windows)"},
    {"undo", "undo --list", "what can be undone"},
    {"undo", "undo --target memory:try.json --dry-run", "what undoing the newest change would do"},
    {"export", "export strict --os 2022 --reg -o strict.reg", "for regedit"},
    {"export", "export --target old.reg --os 2016 --format toml -o mine.toml", "a profile of what a machine has"},
    {"export", "export --format collect -o collect.cmd", "a script that gathers what `audit` reads"},
    {"lint", "lint mine.toml --os 2019 --os 2022", "a profile, for two releases"},
    {"lint", "lint old.reg --os 2016 --fail-on error", "an export; only errors fail"},
    {"audit", "audit --profile strict old.reg --os 2016", "one machine; a folder takes all that lie in it"},
    {"audit", "audit --profile strict exports -o report.html", "one page to mail"},
    {"explain", "explain 0x80090331 36874", "a status code and an event"},
    {"explain", "explain ClientMinKeyBitLength", "a registry value"},
    {"explain", "explain --list curves", "what is known of a kind"},
    {"doctor", "doctor --client os:windows-7 --server os:2022", "can they connect, and what fixes it?"},
    {"doctor", "doctor --client old.reg@2016 --server scan.xml --error 0x80090331", "from an export, a scan and what was reported"},
    {"dsc", "dsc get --target os:2022", "an untouched installation as DSC sees it"},
    {"show", "show plan.json", "a saved plan, without its machine"},
    {"profiles", "profiles --show strict --os 2022", "its values, each with its line"},
    {"releases", "releases --name-only", "what --os takes"},
};

}  // namespace

std::span<const Example> examples() { return table; }

}  // namespace schancfg::cli
