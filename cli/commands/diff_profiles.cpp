#include "commands/diff_profiles.hpp"

#include <algorithm>

#include "console/output.hpp"
#include "inputs/circumstances.hpp"
#include "inputs/request.hpp"
#include "inputs/sources.hpp"
#include "render/profile_difference.hpp"
#include "schancfg/backend/policy.hpp"
#include "schancfg/effect/profile_difference.hpp"
#include "schancfg/schannel/translate.hpp"

namespace schancfg::cli {
namespace {

// Without `windows` a profile is for what is maintained, or was until lately.
constexpr facts::Build oldest_compared{6, 1, 0};

bool is_for(const Request& request, const facts::Release& release) {
    if (!request.profile) return release.build >= oldest_compared;
    return schannel::is_for(*request.profile, release).value_or(release.build >= oldest_compared);
}

bool has_condition(const Request& request) { return request.profile && !request.profile->windows.empty(); }

// What it asks of that release; errors as a diagnostic each.
Decoded<registry::Wanted> asked_of(const Request& request, const facts::Release& release) {
    if (request.profile) return schannel::translate(*request.profile, {.release = &release});
    Decoded<registry::Wanted> lines;
    lines.value = backend::lines_on(request, &release);
    return lines;
}

Outcome<ExitCode> compare(const Context& context, const std::string& older_word, const std::string& newer_word, const facts::Release* only) {
    const Options& options = context.options;
    for (const std::string_view other : {"target", "save", "peers"}) {
        if (options.has(other)) return usage("--" + std::string(other) + " needs a machine; two profiles are compared without one");
    }
    if (older_word == "-" && newer_word == "-") return usage("standard input can be one side only");
    auto named = release_option(options);
    if (!named) return std::unexpected(std::move(named.error()));
    if (*named != nullptr && only != nullptr && *named != only) return usage("--os and @RELEASE contradict each other");
    if (only == nullptr) only = *named;
    auto older = read_request(context, older_word);
    if (!older) return std::unexpected(std::move(older.error()));
    auto newer = read_request(context, newer_word);
    if (!newer) return std::unexpected(std::move(newer.error()));
    auto known = circumstances(options);
    if (!known) return std::unexpected(std::move(known.error()));

    ProfileDifferenceView view;
    view.from = older->label;
    view.to = newer->label;
    std::vector<effect::AskedOn> asked;
    Diagnostics refused;
    for (const facts::Release& release : facts::releases()) {
        if (only != nullptr && &release != only) continue;
        const bool by_older = is_for(*older, release), by_newer = is_for(*newer, release);
        if (only == nullptr && !(by_older && by_newer)) {
            if (by_older && has_condition(*newer)) view.only_from.push_back(&release);
            if (by_newer && has_condition(*older)) view.only_to.push_back(&release);
            continue;
        }
        auto before = asked_of(*older, release);
        auto after = asked_of(*newer, release);
        if (before && after) {
            asked.push_back({&release, std::move(*before.value), std::move(*after.value)});
            view.releases.push_back(&release);
            continue;
        }
        for (Diagnostics* each : {&before.diagnostics, &after.diagnostics}) {
            for (Diagnostic& diagnostic : *each) {
                if (diagnostic.severity == Severity::error && std::ranges::find(refused, diagnostic.message, &Diagnostic::message) == refused.end()) {
                    refused.push_back(std::move(diagnostic));
                }
            }
        }
    }
    if (asked.empty()) {
        if (!refused.empty()) return std::unexpected(Failure{ExitCode::usage, std::move(refused)});
        return usage("the two profiles are for no release in common; name one with --os");
    }
    for (Diagnostic& diagnostic : refused) {
        diagnostic.severity = Severity::warning;
        diagnostic.message += ": not compared there";
        context.log.report(diagnostic);
    }
    for (const Request* each : {&*older, &*newer}) {
        if (!each->policy) continue;
        if (const auto note = backend::targeting_note(*each->policy, view.releases)) context.log.report(*note);
    }
    const effect::ProfileDifference difference = effect::difference(asked, *known);
    view.difference = &difference;
    if (auto written = write_result(options, show_profile_difference(view, options)); !written) return std::unexpected(std::move(written.error()));
    if (options.has("fail-on")) return difference.weaker.empty() ? ExitCode::done : ExitCode::differs;
    return difference.empty() && view.only_from.empty() && view.only_to.empty() ? ExitCode::done : ExitCode::differs;
}

// `profile:NAME@RELEASE` without what stands around the name.
std::optional<std::pair<std::string, const facts::Release*>> profile_of(std::string word) {
    constexpr std::string_view kind = "profile:";
    if (!word.starts_with(kind)) return std::nullopt;
    word.erase(0, kind.size());
    const facts::Release* release = nullptr;
    if (const std::size_t at = word.rfind('@'); at != std::string::npos) {
        release = facts::find_release(std::string_view(word).substr(at + 1));
        if (release != nullptr) word.resize(at);
    }
    return std::pair(std::move(word), release);
}

}  // namespace

Outcome<ExitCode> diff_profiles(const Context& context, const std::string& older, const std::string& newer) {
    return compare(context, older, newer, nullptr);
}

std::optional<ProfilePair> profile_pair(const std::string& from, const std::string& to) {
    const auto older = profile_of(from);
    const auto newer = profile_of(to);
    if (!older || !newer || older->second != newer->second) return std::nullopt;
    return ProfilePair{older->first, newer->first, older->second};
}

Outcome<ExitCode> diff_profiles(const Context& context, const ProfilePair& pair) { return compare(context, pair.older, pair.newer, pair.release); }

}  // namespace schancfg::cli
