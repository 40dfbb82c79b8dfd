// Sources: [MS-GPPREF] 2.2.1.9 (filters); the help of the Group Policy editor, "Registry Match Targeting": a version range compares the version in the
// value's data, each part from 0 to 65535; InstallationType: backend/machine.cpp.
#include "codec/gpp_target.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "schancfg/utf.hpp"

namespace schancfg::codec::gpp {
namespace {

constexpr std::string_view version_key = R"(SOFTWARE\Microsoft\Windows NT\CurrentVersion)";
constexpr facts::Build vista{6, 0, 6000};

Meant to_meant(bool holds) { return holds ? Meant::yes : Meant::no; }
Meant negated(Meant meant) { return meant == Meant::yes ? Meant::no : meant == Meant::no ? Meant::yes : Meant::unknown; }
Meant conjoined(Meant one, Meant other) { return std::min(one, other); }
Meant disjoined(Meant one, Meant other) { return std::max(one, other); }

using Version = std::array<std::uint32_t, 4>;

std::optional<Version> version_of(std::string_view text) {
    Version out{};
    for (std::size_t part = 0; part < out.size(); ++part) {
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out[part]);
        if (error != std::errc{}) return std::nullopt;
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        if (text.empty()) return out;
        if (text.front() != '.' && text.front() != ',') return std::nullopt;
        text.remove_prefix(1);
    }
    return std::nullopt;
}

bool contains_no_case(std::string_view text, std::string_view part) { return utf::fold_case(text).find(utf::fold_case(part)) != std::string::npos; }

Meant build_meets(const GppElement& filter, const facts::Release& release) {
    const std::string build = std::to_string(release.build.number);
    const std::string_view kind = filter.attribute("subtype");
    if (kind == "VERSION") {
        const auto least = version_of(filter.attribute("min")), most = version_of(filter.attribute("max"));
        if (!least || !most) return Meant::unknown;
        const Version own{release.build.number, 0, 0, 0};
        const bool above = filter.attribute("gte") == "0" ? own > *least : own >= *least;
        const bool below = filter.attribute("lte") == "0" ? own < *most : own <= *most;
        return to_meant(above && below);
    }
    if (kind == "SUBSTRING") return to_meant(contains_no_case(build, filter.attribute("valueData")));
    if (kind.empty()) return to_meant(build == filter.attribute("valueData"));
    return Meant::unknown;
}

Meant installation_meets(const GppElement& filter, const facts::Release& release) {
    const std::string_view sought = filter.attribute("valueData"), kind = filter.attribute("subtype");
    if (release.build < vista || sought.empty() || (kind != "SUBSTRING" && !kind.empty())) return Meant::unknown;
    if (!release.server) return to_meant(kind.empty() ? utf::equal_no_case(sought, "Client") : contains_no_case("Client", sought));
    // A server is one of these three.
    Meant found = Meant::unknown;
    std::size_t met = 0;
    constexpr std::array<std::string_view, 3> servers{"Server", "Server Core", "Nano Server"};
    for (const std::string_view each : servers) met += (kind.empty() ? utf::equal_no_case(sought, each) : contains_no_case(each, sought)) ? 1U : 0U;
    if (met == servers.size()) found = Meant::yes;
    if (met == 0) found = Meant::no;
    return found;
}

// By the release alone?
bool is_of_release(const GppElement& filter) {
    if (filter.name != "FilterRegistry" || filter.attribute("type") != "MATCHVALUE" || !utf::equal_no_case(filter.attribute("hive"), "HKEY_LOCAL_MACHINE")) return false;
    if (!utf::equal_no_case(filter.attribute("key"), version_key)) return false;
    const std::string_view name = filter.attribute("valueName");
    return utf::equal_no_case(name, "CurrentBuildNumber") || utf::equal_no_case(name, "CurrentBuild") || utf::equal_no_case(name, "InstallationType");
}

void add_kind(std::vector<std::string>& kinds, std::string kind) {
    if (std::ranges::find(kinds, kind) == kinds.end() && kinds.size() < 10) kinds.push_back(std::move(kind));
}

MeantOn meant_by_one(const GppElement& filter, std::vector<std::string>& kinds) {
    MeantOn out;
    if (filter.name == "FilterCollection") {
        out = meant_by(filter, kinds);
    } else if (is_of_release(filter)) {
        const bool by_build = !utf::equal_no_case(filter.attribute("valueName"), "InstallationType");
        for (const facts::Release& release : facts::releases()) out.push_back(by_build ? build_meets(filter, release) : installation_meets(filter, release));
    } else {
        add_kind(kinds, filter.name);
        out.assign(facts::releases().size(), Meant::unknown);
    }
    if (filter.attribute("not") == "1") std::ranges::transform(out, out.begin(), negated);
    return out;
}

using Releases = std::vector<const facts::Release*>;

bool is_in(const Releases& all, const facts::Release& one) { return std::ranges::find(all, &one) != all.end(); }

struct Range {
    std::uint32_t first = 0, last = 0;
};

// Runs of builds of which `counts` says that they are of the question, and `wanted` that they are wanted.
template <class Counts, class Wanted>
std::vector<Range> runs(Counts counts, Wanted wanted) {
    std::vector<Range> out;
    bool open = false;
    for (const facts::Release& release : facts::releases()) {
        if (!counts(release)) continue;
        const std::uint32_t build = release.build.number;
        if (!wanted(release)) open = false;
        else if (open) out.back().last = build;
        else out.push_back({build, build}), open = true;
    }
    return out;
}

GppElement registry_filter(std::string_view joined, std::string_view kind, std::string_view name, std::string_view data, std::string_view least, std::string_view most, std::string_view including) {
    return {.name = "FilterRegistry",
            .attributes = {{"bool", std::string(joined)}, {"not", "0"}, {"type", "MATCHVALUE"}, {"subtype", std::string(kind)}, {"hive", "HKEY_LOCAL_MACHINE"}, {"key", std::string(version_key)},
                           {"valueName", std::string(name)}, {"valueType", "REG_SZ"}, {"valueData", std::string(data)}, {"min", std::string(least)}, {"max", std::string(most)}, {"gte", "1"}, {"lte", std::string(including)}}};
}

GppElement build_filter(std::string_view joined, const Range& range) {
    return registry_filter(joined, "VERSION", "CurrentBuildNumber", "", std::to_string(range.first) + ".0.0.0", std::to_string(range.last) + ".0.0.0", "1");
}

}  // namespace

MeantOn all_releases() { return MeantOn(facts::releases().size(), Meant::yes); }

MeantOn both(const MeantOn& one, const MeantOn& other) {
    MeantOn out;
    for (std::size_t at = 0; at < one.size(); ++at) out.push_back(conjoined(one[at], other[at]));
    return out;
}

MeantOn meant_by(const GppElement& filters, std::vector<std::string>& kinds) {
    MeantOn in_turn = all_releases();           // each with all before it
    MeantOn product = in_turn, sum;             // as if AND bound tighter
    sum.assign(in_turn.size(), Meant::no);
    bool first = true;
    for (const GppElement& filter : filters.children) {
        const MeantOn one = meant_by_one(filter, kinds);
        const bool any = !first && filter.attribute("bool") == "OR";
        first = false;
        for (std::size_t at = 0; at < one.size(); ++at) {
            in_turn[at] = any ? disjoined(in_turn[at], one[at]) : conjoined(in_turn[at], one[at]);
            if (any) {
                sum[at] = disjoined(sum[at], product[at]);
                product[at] = one[at];
            } else {
                product[at] = conjoined(product[at], one[at]);
            }
        }
    }
    // Which of the two binds tighter is documented nowhere.
    for (std::size_t at = 0; at < in_turn.size(); ++at) {
        if (disjoined(sum[at], product[at]) == in_turn[at]) continue;
        in_turn[at] = Meant::unknown;
        add_kind(kinds, "AND beside OR");
    }
    return in_turn;
}

GppElement filters_for(const Releases& releases) {
    GppElement out{.name = "Filters"};
    const auto joined = [&] { return out.children.empty() ? "AND" : "OR"; };
    const auto of_build = [](std::uint32_t build, auto holds) {
        return std::ranges::all_of(facts::releases(), [&](const facts::Release& each) { return each.build.number != build || holds(each); });
    };
    const auto whole = [&](const facts::Release& release) { return of_build(release.build.number, [&](const facts::Release& each) { return is_in(releases, each); }); };
    if (std::ranges::all_of(releases, [&](const facts::Release* each) { return whole(*each); })) {
        for (const Range& range : runs([](const facts::Release&) { return true; }, whole)) out.children.push_back(build_filter(joined(), range));
        return out;
    }
    for (const bool server : {false, true}) {
        const auto ranges = runs([&](const facts::Release& each) { return each.server == server; }, [&](const facts::Release& each) { return is_in(releases, each); });
        for (const Range& range : ranges) {
            GppElement pair{.name = "FilterCollection", .attributes = {{"bool", joined()}, {"not", "0"}}};
            pair.children.push_back(build_filter("AND", range));
            pair.children.push_back(registry_filter("AND", "SUBSTRING", "InstallationType", server ? "Server" : "Client", "0.0.0.0", "0.0.0.0", "0"));
            out.children.push_back(std::move(pair));
        }
    }
    return out;
}

}  // namespace schancfg::codec::gpp
