// What a profile asks for, value by value, each with the line that asked: `profiles --show`.
#pragma once

#include <string>

#include "console/output.hpp"
#include "inputs/request.hpp"

namespace schancfg::cli {

struct WantedView {
    std::string command;
    const Request& request;
    const facts::Release* release = nullptr;
    const registry::Wanted& wanted;
};

[[nodiscard]] std::string wanted_text(const WantedView& view, const Paint& paint);
[[nodiscard]] std::string wanted_names(const WantedView& view);
[[nodiscard]] std::string wanted_json(const WantedView& view);

}  // namespace schancfg::cli
