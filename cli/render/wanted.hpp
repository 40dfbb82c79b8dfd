// What a profile asks for, value by value, each with the line that asked: `profiles --show`.
#pragma once

#include <string>

#include "console/output.hpp"
#include "schancfg/facts/releases.hpp"
#include "schancfg/registry/wanted.hpp"
#include "schancfg/schannel/profile.hpp"

namespace schancfg::cli {

struct WantedView {
    std::string command;
    const std::string& label;            ///< `profile:strict`, `reg:dh.reg`
    const schannel::Profile* profile = nullptr;  ///< nullptr: a `.reg` file
    const facts::Release* release = nullptr;
    const registry::Wanted& wanted;
};

[[nodiscard]] std::string wanted_text(const WantedView& view, const Sheet& sheet);
[[nodiscard]] std::string wanted_names(const WantedView& view);
[[nodiscard]] std::string wanted_json(const WantedView& view);

}  // namespace schancfg::cli
