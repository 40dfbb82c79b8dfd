#include "schancfg/codec/audit_json.hpp"

#include <algorithm>

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

}  // namespace

Result<std::vector<BaselineMachine>> decode_baseline(std::string_view text, std::string_view file) {
    std::vector<BaselineMachine> machines;
    // As JSON lines each line is an object of one machine; the other form begins with a brace alone on its line.
    const std::string_view first = text.substr(0, text.find('\n'));
    if (first.size() > 2 && first.starts_with('{')) {
        std::uint32_t line = 0;
        while (!text.empty()) {
            ++line;
            const std::size_t end = text.find('\n');
            std::string_view each = text.substr(0, end);
            text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
            if (each.ends_with('\r')) each.remove_suffix(1);
            if (each.empty()) continue;
            auto json = parse_json(each, file, max_size, max_depth);
            if (!json) {
                json.error().where = Span{std::string(file), line, json.error().where ? json.error().where->column : 1};
                return std::unexpected(std::move(json.error()));
            }
            auto machine = machine_of(*json, file);
            if (!machine) return std::unexpected(std::move(machine.error()));
            machines.push_back(std::move(*machine));
        }
        return machines;
    }
    auto json = parse_json(text, file, max_size, max_depth);
    if (!json) return std::unexpected(std::move(json.error()));
    const auto all = json->is_object() ? json->find("machines") : json->end();
    if (!json->is_object() || all == json->end() || !all->is_array()) {
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
