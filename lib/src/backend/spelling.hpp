// The spelling of a source taken apart: `memory:demo.json@2022` is the scheme `memory`, the rest `demo.json` and a release. Opens nothing.
#pragma once

#include <string>
#include <string_view>

#include "schancfg/facts/releases.hpp"
#include "schancfg/result.hpp"

namespace schancfg::backend {

enum class Scheme { live, reg_file, hive, os, profile, memory, policy, standard_input };

struct Spelling {
    Scheme scheme = Scheme::live;
    std::string rest;                         ///< host, file, release or profile; may be empty for live and standard_input alone
    const facts::Release* release = nullptr;  ///< from `@RELEASE`
};

/// malformed, in words for the person who spelled it so.
[[nodiscard]] Result<Spelling> parse_spelling(std::string_view text);

/// `; the nearest release to '2202' is windows-server-2022`, or nothing: for a name with an `@` in it that names no release.
[[nodiscard]] std::string misspelt_release(std::string_view text);

}  // namespace schancfg::backend
