// Carries a plan of a test out: its names are made up, which is what only undoing may write.
#pragma once

#include "catch.hpp"
#include "schancfg/apply/executor.hpp"

inline schancfg::apply::RunReport execute(schancfg::plan::Plan plan, schancfg::backend::Target& target, const schancfg::apply::Observer& observer = {}) {
    const auto checked = schancfg::plan::check(std::move(plan), schancfg::plan::Purpose::undo);
    REQUIRE(checked);
    return schancfg::apply::run(*checked, target, observer);
}
