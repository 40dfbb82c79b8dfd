#include "scan_dates.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <iterator>

#include "schancfg/ascii.hpp"
#include "schancfg/utf.hpp"
#include "scan_words.hpp"

namespace schancfg::codec::scan {
namespace {

constexpr int seconds_an_hour = 3600, seconds_a_minute = 60;

/// Takes that many digits off the front; nullopt: they are not there.
std::optional<int> digits(std::string_view& text, std::size_t count) {
    if (text.size() < count) return std::nullopt;
    const auto number = number_of(text.substr(0, count));
    if (number) text.remove_prefix(count);
    return number;
}

bool skip(std::string_view& text, char wanted) {
    if (text.empty() || text.front() != wanted) return false;
    text.remove_prefix(1);
    return true;
}

/// `12:30`, `12:30:05`, `12:30:05.25`.
std::optional<std::int64_t> time_of_day(std::string_view& text) {
    const auto hour = digits(text, 2);
    if (!hour || !skip(text, ':')) return std::nullopt;
    const auto minute = digits(text, 2);
    std::optional<int> second = 0;
    if (skip(text, ':')) second = digits(text, 2);
    constexpr int last_hour = 23, last_minute = 59, leap_second = 60;
    if (!minute || !second || *hour > last_hour || *minute > last_minute || *second > leap_second) return std::nullopt;
    if (skip(text, '.')) {
        while (!text.empty() && ascii::is_digit(text.front())) text.remove_prefix(1);
    }
    return std::int64_t{*hour} * seconds_an_hour + *minute * seconds_a_minute + *second;
}

/// What is to be taken off for the zone; nullopt: none is known by that name.
std::optional<std::int64_t> zone(std::string_view text) {
    if (text.empty() || text == "Z" || text == "GMT" || text == "UTC") return 0;
    const bool west = text.front() == '-';
    if (!west && text.front() != '+') return std::nullopt;
    text.remove_prefix(1);
    const auto hours = digits(text, 2);
    skip(text, ':');
    const auto minutes = text.empty() ? std::optional(0) : digits(text, 2);
    if (!hours || !minutes || !text.empty()) return std::nullopt;
    const std::int64_t offset = std::int64_t{*hours} * seconds_an_hour + *minutes * seconds_a_minute;
    return west ? -offset : offset;
}

std::optional<std::int64_t> midnight(int year, int month, int day) {
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)), std::chrono::day(static_cast<unsigned>(day))};
    if (!date.ok()) return std::nullopt;
    return std::chrono::sys_seconds(std::chrono::sys_days(date)).time_since_epoch().count();
}

std::optional<std::int64_t> of_iso(std::string_view text) {
    const auto year = digits(text, 4);
    if (!year || !skip(text, '-')) return std::nullopt;
    const auto month = digits(text, 2);
    if (!month || !skip(text, '-')) return std::nullopt;
    const auto day = digits(text, 2);
    if (!day) return std::nullopt;
    const auto date = midnight(*year, *month, *day);
    if (!date || text.empty()) return date;
    if (!skip(text, 'T') && !skip(text, ' ')) return std::nullopt;
    const auto time = time_of_day(text);
    if (!time) return std::nullopt;
    skip(text, ' ');
    const auto offset = zone(text);
    return offset ? std::optional(*date + *time - *offset) : std::nullopt;
}

/// As OpenSSL and ctime write it.
std::optional<std::int64_t> of_words(std::string_view text) {
    constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    auto words = words_of(text);
    const auto month_of = [&](std::string_view word) { return std::ranges::find_if(months, [&](std::string_view month) { return utf::equal_no_case(month, word); }); };
    if (!words.empty() && month_of(words.front()) == months.end()) words.erase(words.begin());  // the day of the week
    if (words.size() < 4 || words.size() > 5) return std::nullopt;
    const auto* const month = month_of(words[0]);
    const auto day = number_of(words[1]), year = number_of(words[3]);
    std::string_view clock = words[2];
    const auto time = time_of_day(clock);
    const auto offset = words.size() == 5 ? zone(words[4]) : std::optional<std::int64_t>(0);
    constexpr int last_year = 9999;
    if (month == months.end() || !day || !year || *year > last_year || !time || !clock.empty() || !offset) return std::nullopt;
    const auto date = midnight(*year, static_cast<int>(std::distance(months.begin(), month)) + 1, *day);
    return date ? std::optional(*date + *time - *offset) : std::nullopt;
}

/// As nmap writes the start of a scan. Ten digits: since September 2001.
std::optional<std::int64_t> of_number(std::string_view text) {
    constexpr std::size_t wanted = 10;
    if (text.size() != wanted || !std::ranges::all_of(text, ascii::is_digit<char>)) return std::nullopt;
    std::int64_t seconds = 0;
    for (const char c : text) seconds = seconds * 10 + (c - '0');
    return seconds;
}

}  // namespace

std::optional<std::int64_t> seconds_of(std::string_view text) {
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    if (auto found = of_iso(text)) return found;
    if (auto found = of_number(text)) return found;
    return of_words(text);
}

}  // namespace schancfg::codec::scan
