// Explain: what a word of this field means, from the facts: a registry value, protocol, cipher, suite, curve, event, code, update,
// rule, reason or release.
//
// It gathers and says nothing of its own. How it is printed is the caller's matter. Use from any thread.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace schancfg::explain {

struct Detail {
    std::string_view label;  ///< `id`, `forward secrecy`
    std::string text;
};

/// The same answer for a run of releases.
struct DefaultRun {
    std::string_view role;   ///< `client`, `server`, or empty
    std::string from, to;    ///< ids; equal for a single release
    std::string text;        ///< `on`, `enabled`, `not known`
};

struct Explanation {
    std::string_view kind;   ///< `protocol`, singular
    std::string name;
    std::string summary;     ///< one sentence without a full stop
    std::vector<Detail> details;
    std::vector<DefaultRun> defaults;
    std::vector<std::string> gates;            ///< names of what it decides about
    std::vector<std::string_view> traps;       ///< ids of lint rules
    std::vector<std::string> sources;
};

/// All that goes by `word`, without case. Empty: unknown.
[[nodiscard]] std::vector<Explanation> explain(std::string_view word);
/// The nearest word that would have been known; empty: nothing is near.
[[nodiscard]] std::string nearest_word(std::string_view word);

/// What `words_of` takes: `alerts`, `ciphers`, ...; sorted.
[[nodiscard]] std::span<const std::string_view> word_kinds();
/// All words of one kind, in the order of the tables; nullopt: no such kind.
[[nodiscard]] std::optional<std::vector<std::string>> words_of(std::string_view kind);

}  // namespace schancfg::explain
