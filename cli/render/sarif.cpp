#include "render/sarif.hpp"

#include <algorithm>
#include <vector>

#include <nlohmann/json.hpp>

#include "render/json_text.hpp"
#include "schancfg/ascii.hpp"
#include "schancfg/files/path.hpp"

namespace schancfg::cli {
namespace {

using nlohmann::ordered_json;

bool is_drive_path(std::string_view file) {
    return file.size() > 2 && ascii::is_letter(file[0]) && file[1] == ':' && (file[2] == '\\' || file[2] == '/');
}

// `/` between the parts; `.` and `..` taken out as far as they can be.
std::string normal(std::string_view file) {
    std::string path(file);
    std::ranges::replace(path, '\\', '/');
    const std::size_t lead = std::min(path.find_first_not_of('/'), path.size());
    std::vector<std::string_view> parts;
    bool ends_in_folder = false;
    for (std::string_view rest = std::string_view(path).substr(lead); !rest.empty();) {
        const std::string_view part = rest.substr(0, rest.find('/'));
        rest.remove_prefix(std::min(part.size() + 1, rest.size()));
        ends_in_folder = part.empty() || part == "." || part == "..";
        if (part.empty() || part == ".") continue;
        if (part != "..") parts.push_back(part);
        else if (!parts.empty() && parts.back() != "..") parts.pop_back();
        else if (lead == 0) parts.push_back(part);
    }
    ends_in_folder = ends_in_folder || path.ends_with('/');
    std::string out(lead == 2 ? 2 : std::min<std::size_t>(lead, 1), '/');
    for (std::size_t i = 0; i < parts.size(); ++i) out.append(i == 0 ? "" : "/").append(parts[i]);
    if (parts.empty()) return out.empty() ? "." : out;
    return ends_in_folder && parts.back() != ".." ? out + '/' : out;
}

}  // namespace

bool is_sarif_file(std::string_view place) {
    if (place.empty()) return false;
    const std::size_t colon = place.find(':');
    return colon == std::string_view::npos || is_drive_path(place) || place.find_first_of("/\\") < colon;
}

ordered_json sarif_artifact(std::string_view file) {
    constexpr std::string_view hex = "0123456789ABCDEF";
    constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
    std::string path = normal(file);
    if (path == ".." || path.starts_with("../")) path = normal(files::absolute(path));
    const bool drive = is_drive_path(path);
    const bool share = path.starts_with("//");
    std::string uri = drive ? "file:///" : share ? "file:" : path.starts_with('/') ? "file://" : "";
    const bool relative = uri.empty();
    for (std::size_t i = 0; i < path.size(); ++i) {
        const char c = path[i];
        if (plain.find(c) != std::string_view::npos || (c == ':' && drive && i == 1)) {
            uri += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            uri.append(1, '%').append(1, hex[byte >> 4]).append(1, hex[byte & 0xF]);
        }
    }
    ordered_json out{{"uri", uri}};
    if (relative) out["uriBaseId"] = "%SRCROOT%";
    return out;
}

ordered_json sarif_text(std::string_view text) { return {{"text", text}}; }

std::string sarif_log(ordered_json rules, ordered_json results) {
    ordered_json driver{{"name", "schancfg"}, {"version", SCHANCFG_VERSION}, {"informationUri", "https://github.com/schancfg/schancfg"}, {"rules", std::move(rules)}};
    ordered_json run;
    run["tool"]["driver"] = std::move(driver);
    run["columnKind"] = "unicodeCodePoints";
    run["results"] = std::move(results);
    ordered_json object{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"}, {"version", "2.1.0"}};
    object["runs"] = ordered_json::array({std::move(run)});
    return json_text(object);
}

}  // namespace schancfg::cli
