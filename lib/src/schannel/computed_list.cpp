#include "schancfg/schannel/computed_list.hpp"

#include <algorithm>

#include "schancfg/ascii.hpp"
#include "schancfg/facts/cipher_suites.hpp"
#include "schancfg/facts/curves.hpp"

namespace schancfg::schannel {
namespace {

// Names of Windows are ASCII.
// In the order of the release. Suites that need a pre-shared key follow the others, as they do in the registry.
std::vector<std::string_view> own_list(WriteList::Kind kind, const facts::Release& release) {
    std::vector<std::string_view> names;
    if (kind == WriteList::Kind::curves) {
        for (const facts::ReleaseCurve& row : facts::curves_of(release)) {
            if (row.order > 0) names.push_back(row.curve);
        }
        return names;
    }
    for (const facts::SuiteList list : {facts::SuiteList::enabled, facts::SuiteList::psk}) {
        for (const facts::ReleaseSuite& row : facts::suites_of(release)) {
            if (row.list == list) names.push_back(row.suite);
        }
    }
    return names;
}

// Windows' spelling of a name that the release knows; empty where it does not.
std::string_view known_name(WriteList::Kind kind, const facts::Release& release, std::string_view name) {
    if (kind == WriteList::Kind::curves) {
        const facts::Curve* curve = facts::find_curve(name);
        return curve != nullptr && facts::knows_curve(release, curve->name) ? curve->name : std::string_view{};
    }
    const facts::CipherSuite* suite = facts::find_cipher_suite(name);
    return suite != nullptr && facts::knows_suite(release, suite->name) ? suite->name : std::string_view{};
}

}  // namespace

bool is_glob(std::string_view pattern) { return pattern.find_first_of("*?") != std::string_view::npos; }

bool matches(std::string_view pattern, std::string_view name) {
    std::size_t in_pattern = 0;
    std::size_t in_name = 0;
    // Where the last star stands, and how much of the name it has taken: only the last one ever needs to take more.
    std::size_t star = std::string_view::npos;
    std::size_t taken = 0;
    while (in_name < name.size()) {
        if (in_pattern < pattern.size() && pattern[in_pattern] == '*') {
            star = in_pattern++;
            taken = in_name;
        } else if (in_pattern < pattern.size() &&
                   (pattern[in_pattern] == '?' || ascii::to_lower(pattern[in_pattern]) == ascii::to_lower(name[in_name]))) {
            ++in_pattern;
            ++in_name;
        } else if (star != std::string_view::npos) {
            in_pattern = star + 1;
            in_name = ++taken;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', in_pattern) == std::string_view::npos;
}

bool matches_any_release(WriteList::Kind kind, std::string_view pattern) {
    if (kind == WriteList::Kind::curves) {
        return std::ranges::any_of(facts::curves(), [&](const facts::Curve& curve) { return matches(pattern, curve.name); });
    }
    return std::ranges::any_of(facts::cipher_suites(), [&](const facts::CipherSuite& suite) {
        return suite.in_schannel && matches(pattern, suite.name);
    });
}

std::optional<ComputedNames> compute(const ComputedList& list, const facts::Release& release) {
    std::vector<std::string_view> rest = own_list(list.kind, release);
    if (rest.empty()) return std::nullopt;
    ComputedNames computed;
    // A pattern that an earlier one left nothing for has a meaning all the same.
    const std::vector<std::string_view> own = rest;
    for (const ComputedList::Pattern& pattern : list.without) {
        const auto is_meant = [&](std::string_view name) { return matches(pattern.text, name); };
        if (std::ranges::none_of(own, is_meant)) computed.unmatched.push_back(&pattern);
        std::erase_if(rest, is_meant);
    }
    for (const ComputedList::Pattern& pattern : list.first) {
        const auto is_meant = [&](std::string_view name) { return matches(pattern.text, name); };
        bool found = std::ranges::any_of(computed.names, is_meant);
        for (const std::string_view name : rest) {
            if (!is_meant(name)) continue;
            computed.names.emplace_back(name);
            found = true;
        }
        std::erase_if(rest, is_meant);
        if (!found && !is_glob(pattern.text)) {
            if (const std::string_view name = known_name(list.kind, release, pattern.text); !name.empty()) {
                computed.names.emplace_back(name);
                found = true;
            }
        }
        if (!found) computed.unmatched.push_back(&pattern);
    }
    computed.names.insert(computed.names.end(), rest.begin(), rest.end());
    return computed;
}

}  // namespace schancfg::schannel
