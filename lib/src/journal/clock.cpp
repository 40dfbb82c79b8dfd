#include "schancfg/journal/clock.hpp"

#include <array>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <random>

#include "schancfg/ascii.hpp"

namespace schancfg::journal {
namespace {

using namespace std::chrono;

// (std::format of times is missing in GCC 12.)
std::string spelled(Moment time, const char* form) {
    const year_month_day date(floor<days>(time));
    const hh_mm_ss clock(time - floor<days>(time));
    const auto number = [](auto value) { return static_cast<int>(value); };
    char text[48];
    std::snprintf(text, sizeof text, form, number(date.year()), number(unsigned(date.month())), number(unsigned(date.day())),
                  number(clock.hours().count()), number(clock.minutes().count()), number(clock.seconds().count()));
    return text;
}

}  // namespace

Moment now() { return floor<seconds>(system_clock::now()); }

std::string new_id(system_clock::time_point instant) {
    const auto fraction = static_cast<unsigned>(duration_cast<nanoseconds>(instant - floor<seconds>(instant)).count() * 0x10000 / 1'000'000'000);
    std::random_device random;
    char end[24];
    std::snprintf(end, sizeof end, "-%04x%08x%04x", fraction & 0xFFFFu, static_cast<unsigned>(random()), static_cast<unsigned>(random()) & 0xFFFFu);
    return spelled(floor<seconds>(instant), "%04d%02d%02dT%02d%02d%02dZ") + end;
}

std::string time_text(Moment moment) { return spelled(moment, "%04d-%02d-%02dT%02d:%02d:%02dZ"); }

std::optional<Moment> time_of(std::string_view text) {
    constexpr std::string_view form = "0000-00-00T00:00:00Z";
    if (text.size() != form.size()) return std::nullopt;
    for (std::size_t i = 0; i < form.size(); ++i) {
        const bool digit = ascii::is_digit(text[i]);
        if (form[i] == '0' ? !digit : text[i] != form[i]) return std::nullopt;
    }
    const auto number = [&](std::size_t at, std::size_t size) {
        int value = 0;
        std::from_chars(text.data() + at, text.data() + at + size, value);
        return value;
    };
    const year_month_day date(year(number(0, 4)), month(static_cast<unsigned>(number(5, 2))), day(static_cast<unsigned>(number(8, 2))));
    const int hour = number(11, 2);
    const int minute = number(14, 2);
    const int second = number(17, 2);
    if (!date.ok() || hour > 23 || minute > 59 || second > 59) return std::nullopt;
    return Moment(sys_days(date)) + hours(hour) + minutes(minute) + seconds(second);
}

}  // namespace schancfg::journal
