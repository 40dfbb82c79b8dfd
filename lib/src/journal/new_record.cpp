#include <chrono>

#include "schancfg/journal/clock.hpp"
#include "schancfg/journal/record.hpp"

namespace schancfg::journal {

codec::Record new_record(plan::Plan plan, codec::Record::Kind kind) {
    const auto instant = std::chrono::system_clock::now();
    codec::Record out;
    out.kind = kind;
    out.id = new_id(instant);
    out.time = time_text(std::chrono::floor<std::chrono::seconds>(instant));
    out.plan = std::move(plan);
    return out;
}

}  // namespace schancfg::journal
