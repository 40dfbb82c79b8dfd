#include "session/clock.hpp"

#include <array>
#include <charconv>
#include <cstdint>
#include <cstdio>

namespace schancfg::cli {
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

constexpr seconds longest = days(7);

}  // namespace

Moment now() { return floor<seconds>(system_clock::now()); }

std::string id_at(system_clock::time_point instant) {
    const auto fraction = static_cast<unsigned>(duration_cast<nanoseconds>(instant - floor<seconds>(instant)).count() * 0x10000 / 1'000'000'000);
    char end[16];
    std::snprintf(end, sizeof end, "-%04x", fraction & 0xFFFFu);
    return spelled(floor<seconds>(instant), "%04d%02d%02dT%02d%02d%02dZ") + end;
}

std::string time_text(Moment moment) { return spelled(moment, "%04d-%02d-%02dT%02d:%02d:%02dZ"); }

std::optional<Moment> time_of(std::string_view text) {
    constexpr std::string_view form = "0000-00-00T00:00:00Z";
    if (text.size() != form.size()) return std::nullopt;
    for (std::size_t i = 0; i < form.size(); ++i) {
        const bool digit = text[i] >= '0' && text[i] <= '9';
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

std::string duration_text(seconds duration) {
    const auto count = duration.count();
    if (count % 3600 == 0) return std::to_string(count / 3600) + " h";
    if (count % 60 == 0) return std::to_string(count / 60) + " min";
    return std::to_string(count) + " s";
}

}  // namespace schancfg::cli
