// A program that tries to write what nobody has checked. Only ATTEMPT 0 compiles.
#include <utility>

#include "schancfg/apply/executor.hpp"
#include "schancfg/plan/checked.hpp"

using namespace schancfg;

apply::RunReport attempt(plan::Plan plan, backend::Target& target) {
#if ATTEMPT == 0
    auto checked = plan::check(std::move(plan), plan::Purpose::apply);
    return checked ? apply::run(*checked, target) : apply::RunReport{};
#elif ATTEMPT == 1  // handed over as it was read
    return apply::run(plan, target);
#elif ATTEMPT == 2  // wrapped by hand
    return apply::run(plan::CheckedPlan(std::move(plan)), target);
#elif ATTEMPT == 3
    return apply::run(plan::CheckedPlan{std::move(plan)}, target);
#elif ATTEMPT == 4  // changed after it was checked
    auto checked = plan::check({}, plan::Purpose::apply);
    checked->plan().changes = plan.changes;
    return apply::run(*checked, target);
#elif ATTEMPT == 5  // derived from
    struct Mine : plan::CheckedPlan {
        Mine(plan::Plan mine) : plan::CheckedPlan(std::move(mine)) {}
    };
    return apply::run(Mine(std::move(plan)), target);
#endif
}
