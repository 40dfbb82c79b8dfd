#include "schancfg/codec/audit_json.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>

#include <nlohmann/json.hpp>

#include "value_json.hpp"

namespace schancfg::codec {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t max_size = 256u << 20;
constexpr int max_depth = 16;

const std::string* text_of(const Json& object, const char* name) {
    const auto found = object.find(name);
    return found == object.end() || !found->is_string() ? nullptr : found->get_ptr<const std::string*>();
}

Result<BaselineMachine> machine_of(const Json& json, std::string_view file) {
    const auto wrong = [&] { return fail(ErrorCode::malformed, "this is not the JSON of an audit", Span{std::string(file)}); };
    if (!json.is_object()) return wrong();
    const std::string* source = text_of(json, "source");
    const std::string* name = text_of(json, "name");
    const std::string* verdict = text_of(json, "verdict");
    const auto points = json.find("points");
    if (source == nullptr || name == nullptr || verdict == nullptr || points == json.end() || !points->is_array()) return wrong();
    BaselineMachine machine{*source, *name, *verdict, {}};
    for (const Json& point : *points) {
        if (!point.is_string()) return wrong();
        machine.points.push_back(point.get_ref<const std::string&>());
    }
    std::ranges::sort(machine.points);
    return machine;
}

/// The next line of `text`, without its end, and whether it had one; empty lines are passed over. False: there is none.
bool take_line(std::string_view& text, std::uint32_t& number, std::string_view& line, bool& is_whole) {
    while (!text.empty()) {
        ++number;
        const std::size_t end = text.find('\n');
        is_whole = end != std::string_view::npos;
        line = text.substr(0, end);
        text.remove_prefix(is_whole ? end + 1 : text.size());
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (!line.empty()) return true;
    }
    return false;
}

Result<Json> line_json(std::string_view line, std::string_view file, std::uint32_t number) {
    auto json = parse_json(line, file, max_size, max_depth);
    if (!json) json.error().where = Span{std::string(file), number, json.error().where ? json.error().where->column : 1};
    return json;
}

}  // namespace

Result<std::vector<AuditedMachine>> decode_audited(std::string_view text, std::string_view file) {
    std::vector<AuditedMachine> out;
    std::map<std::string, std::size_t> places;
    std::uint32_t number = 0;
    bool is_whole = true;
    for (std::string_view line; take_line(text, number, line, is_whole);) {
        const auto json = line_json(line, file, number);
        if (!json && !is_whole) break;
        if (!json) return std::unexpected(json.error());
        const auto machine = machine_of(*json, file);
        if (!machine) return fail(ErrorCode::malformed, "this is not a machine of an audit", Span{std::string(file), number, 1});
        const std::string* profile = text_of(*json, "profile");
        AuditedMachine audited{machine->source, machine->verdict, profile == nullptr ? std::string() : *profile, line};
        const auto [place, is_new] = places.try_emplace(audited.source, out.size());
        if (is_new) out.push_back(std::move(audited));
        else out[place->second] = std::move(audited);
    }
    return out;
}

Result<std::vector<BaselineMachine>> decode_baseline(std::string_view text, std::string_view file) {
    std::vector<BaselineMachine> machines;
    // As JSON lines each line is an object of one machine; the other form begins with a brace alone on its line, unless a program has written it anew.
    const std::string_view first = text.substr(0, text.find('\n'));
    std::optional<Json> whole;
    if (first.size() > 2 && first.starts_with('{')) {
        std::uint32_t number = 0;
        bool is_whole = true;
        for (std::string_view line; take_line(text, number, line, is_whole);) {
            auto json = line_json(line, file, number);
            if (!json) return std::unexpected(std::move(json.error()));
            if (json->contains("machines") && text.empty() && machines.empty()) {
                whole = std::move(*json);
                break;
            }
            auto machine = machine_of(*json, file);
            if (!machine) return std::unexpected(std::move(machine.error()));
            machines.push_back(std::move(*machine));
        }
        if (!whole) return machines;
    } else {
        // Of a hundred thousand machines the rest would be hundreds of megabytes.
        constexpr std::string_view compared[] = {"machines", "source", "name", "verdict", "points"};
        auto json = parse_json(text, file, max_size, max_depth, compared);
        if (!json) return std::unexpected(std::move(json.error()));
        whole = std::move(*json);
    }
    const auto all = whole->is_object() ? whole->find("machines") : whole->end();
    if (!whole->is_object() || all == whole->end() || !all->is_array()) {
        return fail(ErrorCode::malformed, "this is not the JSON of an audit", Span{std::string(file)});
    }
    for (const Json& each : *all) {
        auto machine = machine_of(each, file);
        if (!machine) return std::unexpected(std::move(machine.error()));
        machines.push_back(std::move(*machine));
    }
    return machines;
}

}  // namespace schancfg::codec
