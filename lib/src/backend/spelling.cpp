#include "spelling.hpp"

#include <algorithm>
#include <array>

#include "names.hpp"
#include "schancfg/ascii.hpp"
#include "schancfg/backend/policy.hpp"
#include "schancfg/schannel/builtin.hpp"
#include "schancfg/text.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::backend {
namespace {

struct Prefix {
    std::string_view word;
    Scheme scheme;
    std::string_view rest;  // what has to follow
};
constexpr std::array prefixes{
    Prefix{"live", Scheme::live, "a host name"},       Prefix{"reg", Scheme::reg_file, "a file"},
    Prefix{"hive", Scheme::hive, "a folder or a file"},
    Prefix{"os", Scheme::os, "a release"},             Prefix{"profile", Scheme::profile, "the name of a profile or a file"},
    Prefix{"memory", Scheme::memory, "a JSON file"},   Prefix{"gpo", Scheme::policy, "the folder or a file of a policy"},
};

std::string_view last_part(std::string_view path) {
    const std::size_t cut = path.find_last_of("/\\");
    return cut == std::string_view::npos ? path : path.substr(cut + 1);
}

/// `SYSTEM`, `C:\\backup\\SOFTWARE`
bool is_hive_name(std::string_view text) {
    return std::ranges::any_of(std::array{"SYSTEM", "SOFTWARE"}, [&](std::string_view each) { return utf::equal_no_case(last_part(text), each); });
}

/// `NTUSER.DAT` and the hives that hold no settings of TLS.
bool is_user_hive_name(std::string_view text) {
    return std::ranges::any_of(std::array{"NTUSER.DAT", "SAM", "SECURITY", "DEFAULT"}, [&](std::string_view each) { return utf::equal_no_case(last_part(text), each); });
}

/// `srv.example:443`, `10.1.2.3:443`
bool is_host_and_port(std::string_view text) {
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos || colon < 2 || colon + 1 == text.size() || text.size() - colon > 6) return false;
    const auto in = [](std::string_view part, std::string_view more) {
        return std::ranges::all_of(part, [&](char c) { return ascii::is_digit(c) || more.find(c) != std::string_view::npos; });
    };
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-";
    return in(text.substr(colon + 1), {}) && in(text.substr(0, colon), letters) && text.front() != '-';
}

std::string what_would_be_right(std::string_view text) {
    if (text.find(':') == std::string_view::npos) {
        if (const facts::Release* release = facts::find_release(text)) return "; that release is os:" + std::string(release->id);
    }
    if (schannel::find_builtin_profile(text) != nullptr) return "; the profile of that name is profile:" + std::string(text);
    if (utf::ends_with_no_case(text, ".ictpl")) return "; a template of IIS Crypto is taken where a profile is, and profile:" + std::string(text) + " is what it gives on an untouched installation";
    if (utf::ends_with_no_case(text, ".csv")) return "; a finding list of HardeningKitty is taken where a profile is: `diff " + std::string(text) + "`";
    if (is_user_hive_name(text)) return "; TLS settings are in the hives of the machine: hive:DIR of an image, hive:SYSTEM,SOFTWARE";
    if (is_hive_name(text)) return "; a hive of a machine that is not running is hive:" + std::string(text);
    if (is_host_and_port(text)) {
        const std::size_t colon = text.rfind(':');
        return "; nothing is asked over the network: `nmap -p " + std::string(text.substr(colon + 1)) + " --script ssl-enum-ciphers,ssl-cert -oX scan.xml " +
               std::string(text.substr(0, colon)) + "` makes a scan that is a peer";
    }
    if (utf::ends_with_no_case(text, ".json")) return "; a registry in JSON is memory:" + std::string(text);
    if (utf::ends_with_no_case(text, ".toml")) return "; a profile is profile:" + std::string(text);
    if (utf::ends_with_no_case(text, ".xml")) return "; a scan is a peer: doctor, diff and apply take those, and the registry items of a policy are gpo:" + std::string(text);
    return "; expected live, live:HOST, reg:FILE, hive:DIR, os:RELEASE, profile:NAME-OR-FILE, memory:FILE.json, gpo:DIR or -";
}

}  // namespace

std::string misspelt_release(std::string_view text) {
    const std::size_t at = text.rfind('@');
    if (at == std::string_view::npos || at + 1 == text.size()) return {};
    const std::string_view word = text.substr(at + 1);
    const std::string_view nearest = facts::nearest_release(word);
    if (nearest.empty()) return {};
    return "; the nearest release to '" + shorten(word, 100) + "' is " + std::string(nearest);
}

Result<Spelling> parse_spelling(std::string_view text) {
    const auto refuse = [&](const std::string& what) { return fail(ErrorCode::malformed, "'" + shorten(text, 400) + "' " + what); };
    Spelling found;
    std::string_view body = text;
    if (const std::size_t at = text.rfind('@'); at != std::string_view::npos) {
        found.release = facts::find_release(text.substr(at + 1));
        if (found.release != nullptr) body = text.substr(0, at);
    }
    if (body == "-") return Spelling{Scheme::standard_input, {}, found.release};
    if (body == "live") return Spelling{Scheme::live, {}, found.release};
    const std::size_t colon = body.find(':');
    const std::string_view word = body.substr(0, colon);
    if (colon != std::string_view::npos) {
        if (word == "scan") return refuse("is a peer as a scanner saw it, and holds no registry; doctor, diff and apply take it as a peer");
        const auto* prefix = std::ranges::find(prefixes, word, &Prefix::word);
        if (prefix != prefixes.end()) {
            found.scheme = prefix->scheme;
            found.rest = body.substr(colon + 1);
            if (found.rest.empty()) return refuse("needs " + std::string(prefix->rest) + " after the colon");
            return found;
        }
    }
    // Anything else is a path, `C:\old.reg` among them, if its name ends like one.
    if (utf::ends_with_no_case(body, ".reg")) return Spelling{Scheme::reg_file, std::string(body), found.release};
    if (is_policy_name(body)) return Spelling{Scheme::policy, std::string(body), found.release};
    return refuse("is not a source" + what_would_be_right(body));
}

}  // namespace schancfg::backend
