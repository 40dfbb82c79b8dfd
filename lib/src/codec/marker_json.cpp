#include "schancfg/codec/marker_json.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <nlohmann/json.hpp>

#include "schancfg/codec/plan_json.hpp"
#include "schancfg/text.hpp"
#include "value_json.hpp"

namespace schancfg::codec {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t max_size = 64u << 10;
constexpr int max_depth = 4;  // the format itself needs 1
constexpr std::string_view version = "1.0";
constexpr std::array<std::string_view, 10> members{"format_version", "kind",   "id",      "time",    "command",
                                                   "target",         "machine", "record", "process", "revert_at"};

std::unexpected<Error> refuse(std::string_view file, const std::string& what) {
    return fail(ErrorCode::malformed, what, Span{std::string(file)});
}

}  // namespace

std::string encode_marker(const Marker& marker) {
    Json json;
    json["format_version"] = version;
    json["kind"] = "marker";
    json["id"] = marker.id;
    json["time"] = marker.time;
    json["command"] = marker.command;
    json["target"] = marker.target;
    json["machine"] = marker.machine;
    json["record"] = marker.record;
    json["process"] = marker.process;
    if (!marker.revert_at.empty()) json["revert_at"] = marker.revert_at;
    return json_text(json) + "\n";
}

Result<Marker> decode_marker(std::string_view text, std::string_view file) {
    const auto json = parse_json(text, file, max_size, max_depth);
    if (!json) return std::unexpected(json.error());
    if (!json->is_object()) return refuse(file, "the file is an object with \"format_version\", \"kind\", \"id\" and others");
    for (const auto& [name, member] : json->items()) {
        if (std::ranges::find(members, name) == members.end()) return refuse(file, "the member " + quote(name) + " is unknown");
    }
    Marker marker;
    std::string format;
    std::string kind;
    const std::pair<const char*, std::string*> texts[] = {{"format_version", &format}, {"kind", &kind},
                                                          {"id", &marker.id},          {"time", &marker.time},
                                                          {"command", &marker.command}, {"target", &marker.target},
                                                          {"machine", &marker.machine}, {"record", &marker.record}};
    for (const auto& [name, into] : texts) {
        const auto member = json->find(name);
        if (member == json->end() || !member->is_string()) return refuse(file, "\"" + std::string(name) + "\" is a string, and is needed");
        *into = member->get_ref<const std::string&>();
    }
    if (format != version) return refuse(file, "\"format_version\" is " + quote(format) + "; this version of schancfg reads \"1.0\"");
    if (kind != "marker") return refuse(file, "\"kind\" is \"marker\"");
    if (!is_record_id(marker.id)) return refuse(file, "\"id\" is a name such as \"20261121T074500Z-3f9c\"");
    if (!is_record_time(marker.time)) return refuse(file, "\"time\" is a time such as \"2026-11-21T07:45:00Z\"");
    if (marker.command != "apply" && marker.command != "undo") return refuse(file, "\"command\" is \"apply\" or \"undo\"");
    const auto process = json->find("process");
    if (process == json->end() || !process->is_number_unsigned()) return refuse(file, "\"process\" is the number of a process, and is needed");
    marker.process = process->get<std::uint64_t>();
    if (const auto revert = json->find("revert_at"); revert != json->end()) {
        if (revert->is_string()) marker.revert_at = revert->get_ref<const std::string&>();
        if (!is_record_time(marker.revert_at)) return refuse(file, "\"revert_at\" is a time such as \"2026-11-21T07:45:00Z\", or left out");
    }
    return marker;
}

}  // namespace schancfg::codec
