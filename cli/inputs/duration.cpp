#include "inputs/duration.hpp"

#include <charconv>
#include <cstdint>

namespace schancfg::cli {
namespace {

using namespace std::chrono;

constexpr seconds longest = days(7);

}  // namespace

Outcome<seconds> duration_of(std::string_view text, std::string_view option) {
    const auto wrong = [&] {
        return usage("--" + std::string(option) + " takes a number and s, m or h, from 1s to 168h, such as 15m; found \"" + std::string(text) + "\"");
    };
    std::int64_t number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem != std::errc{} || text.front() == '-' || end + 1 != text.data() + text.size()) return wrong();
    const std::int64_t unit = *end == 's' ? 1 : *end == 'm' ? 60 : *end == 'h' ? 3600 : 0;
    if (unit == 0 || number < 1 || number > longest.count() / unit) return wrong();
    return seconds(number * unit);
}

}  // namespace schancfg::cli
