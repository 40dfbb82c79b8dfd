#include "console/remedies.hpp"

#include <algorithm>
#include <iterator>

namespace schancfg::cli {
namespace {

struct Remedy {
    std::string_view rule, words;
};

// Each is put behind what the library says, before its full stop.
constexpr Remedy remedies[] = {
    {"default-needs-release", " with --os"},
    {"needs-update", " with --update"},
    {"reg-elsewhere", "; --strict names each of them"},
    {"allow-unknown-rule", "; `schancfg lint --rules` lists them"},
};

}  // namespace

std::string with_option(std::string_view rule, std::string_view fix) {
    const auto* const found = std::ranges::find(remedies, rule, &Remedy::rule);
    if (found == std::end(remedies) || fix.empty()) return std::string(fix);
    const bool stop = fix.ends_with('.');
    if (stop) fix.remove_suffix(1);
    return std::string(fix).append(found->words).append(stop ? "." : "");
}

}  // namespace schancfg::cli
