#include <vector>

#include "render/completion.hpp"
#include "schancfg/explain/explain.hpp"
#include "schancfg/facts/releases.hpp"
#include "schancfg/schannel/builtin.hpp"

namespace schancfg::cli {
namespace {

#ifdef _WIN32
constexpr bool here_is_windows = true;
#else
constexpr bool here_is_windows = false;
#endif

// What of `words` follows a prefix, a line each.
std::string behind(std::string_view prefix, const std::vector<std::string>& words) {
    std::string out;
    for (const std::string& word : words) out.append(prefix).append(word).append(1, '\n');
    return out;
}

std::vector<std::string> release_names() {
    std::vector<std::string> out;
    for (const facts::Release& release : facts::releases()) out.emplace_back(release.id);
    return out;
}

std::vector<std::string> profile_names() {
    std::vector<std::string> out;
    for (const schannel::BuiltinProfile& profile : schannel::builtin_profiles()) out.emplace_back(profile.name);
    return out;
}

// Those that a shell takes as they are: without a blank.
std::string explained_words() {
    std::string out;
    for (const std::string_view kind : explain::word_kinds()) {
        const auto words = explain::words_of(kind);
        if (!words) continue;
        for (const std::string& word : *words) {
            if (word.find_first_of(" \t\\'\"$`()") == std::string::npos) out.append(word).append(1, '\n');
        }
    }
    return out;
}

}  // namespace

std::optional<std::string> completion_words(std::string_view kind) {
    const std::string here = here_is_windows ? "live\n" : "";
    const std::string files = "reg:\nhive:\nmemory:\n";
    const std::string read = here + files + "gpo:\nos:\n" + behind("os:", release_names()) + "profile:\n" + behind("profile:", profile_names());
    if (kind == "targets") return here + files;
    if (kind == "sources") return read;
    if (kind == "peers") return read + "scan:\n";
    if (kind == "profiles") return behind({}, profile_names());
    if (kind == "releases") return behind({}, release_names());
    if (kind == "updates") return behind({}, explain::words_of("updates").value_or(std::vector<std::string>{}));
    if (kind == "explained") return explained_words();
    if (kind == "kinds") return behind({}, {explain::word_kinds().begin(), explain::word_kinds().end()});
    return std::nullopt;
}

}  // namespace schancfg::cli
