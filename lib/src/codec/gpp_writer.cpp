#include <algorithm>
#include <optional>

#include "codec/gpp_target.hpp"
#include "codec/policy_asks.hpp"
#include "schancfg/ascii.hpp"
#include "schancfg/codec/gpp_xml.hpp"
#include "schancfg/text.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::codec {
namespace {

using registry::Value;
using registry::WantedValue;

constexpr std::string_view settings_class = "{A3CCFC41-DFDB-43a5-8D26-0FE8B954DA51}";
constexpr std::string_view item_class = "{9CD4B2F4-923D-47f5-A062-E897DD1DAD50}";
// No clock: the same profile gives the same bytes.
constexpr std::string_view changed = "2026-01-01 0:00:00";

// The client replaces %NAME% in whatever an item says: lib/docs/formats/gpp.md.
constexpr std::string_view has_variables = "Preferences replace variables between percent signs";
bool may_hold_variable(std::string_view text) { return text.find('%') != std::string_view::npos; }

std::string hexadecimal(std::uint64_t number, std::size_t digits) {
    std::string out(digits, '0');
    for (std::size_t at = digits; at-- > 0; number >>= 4) out[at] = "0123456789ABCDEF"[number & 15];
    return out;
}

struct Data {
    std::string type = "REG_SZ";
    std::string text = {};
    std::vector<std::string> strings = {};
};

// nullopt, with a reason: Preferences can't hold it.
std::optional<Data> data_of(const Value& value, std::string& reason) {
    const auto text = [&](std::string_view type, const Value& same) -> std::optional<Data> {
        std::string content = value.as_string().value_or("");
        if (!(same == value)) return reason = "its bytes are not one string", std::nullopt;
        if (may_hold_variable(content)) return reason = has_variables, std::nullopt;
        if (!content.empty() && gpp_escape(content).empty()) return reason = "XML cannot hold its characters", std::nullopt;
        return Data{std::string(type), std::move(content)};
    };
    switch (value.type) {
        case registry::reg_sz: return text("REG_SZ", Value::sz(value.as_string().value_or("")));
        case registry::reg_expand_sz: return text("REG_EXPAND_SZ", Value::expand_sz(value.as_string().value_or("")));
        case registry::reg_binary: {
            std::string digits = registry::to_hex(value.bytes);
            std::ranges::transform(digits, digits.begin(), ascii::to_upper);
            return Data{"REG_BINARY", std::move(digits)};
        }
        case registry::reg_dword:
            if (const auto number = value.as_dword()) return Data{"REG_DWORD", hexadecimal(*number, 8)};
            break;
        case registry::reg_qword:
            if (const auto number = value.as_qword()) return Data{"REG_QWORD", hexadecimal(*number, 16)};
            break;
        case registry::reg_multi_sz: {
            auto strings = value.as_strings();
            if (!strings || !(Value::multi_sz(*strings) == value)) return reason = "its bytes are not a list of strings", std::nullopt;
            for (const std::string& each : *strings) {
                if (may_hold_variable(each)) return reason = has_variables, std::nullopt;
                if (gpp_escape(each).empty()) return reason = "XML cannot hold its characters", std::nullopt;
            }
            std::string shown = schancfg::join(*strings, " ");
            return Data{"REG_MULTI_SZ", std::move(shown), std::move(*strings)};
        }
        default: return reason = "Preferences have no items of type " + registry::type_name(value.type), std::nullopt;
    }
    reason = "Preferences have no items of type " + registry::type_name(value.type) + " with " + std::to_string(value.bytes.size()) + " bytes";
    return std::nullopt;
}

std::optional<GppElement> item_of(const GppAsk& ask, std::string& reason) {
    const WantedValue& item = ask.item;
    if (item.key.is_root()) return reason = "Preferences have no items for a root key", std::nullopt;
    if (gpp_escape(item.key.path()).empty() || (!item.name.empty() && gpp_escape(item.name).empty())) return reason = "XML cannot hold its name", std::nullopt;
    if (may_hold_variable(item.key.path()) || may_hold_variable(item.name)) return reason = has_variables, std::nullopt;
    const bool sets = !ask.whole_key && item.value.has_value();
    std::optional<Data> data = sets ? data_of(*item.value, reason) : Data{};
    if (!data) return std::nullopt;
    if (item.meets == registry::Meets::dword_at_least) return reason = std::string(condition_of(item)) + ", and Preferences do not compare", std::nullopt;
    const bool if_missing = sets && item.meets == registry::Meets::any_value;
    const std::string action = if_missing ? "C" : sets ? "U" : "D";
    const std::string shown = ask.whole_key ? item.key.path() : item.name.empty() ? "(Default)" : item.name;
    std::string words = "gpp\n" + item.key.to_string() + '\n' + item.name + '\n' + action + (ask.whole_key ? "key" : "") + '\n' + data->type + '\n' + data->text;
    for (const facts::Release* release : ask.releases) words.append(1, '\n').append(release->id);
    std::string uid = stable_uuid(words);
    std::ranges::transform(uid, uid.begin(), ascii::to_upper);
    GppElement out{.name = "Registry",
                   .attributes = {{"clsid", std::string(item_class)}, {"name", shown}, {"status", shown}, {"image", if_missing ? "0" : sets ? "2" : "3"}, {"changed", std::string(changed)}, {"uid", '{' + uid + '}'}, {"disabled", "0"}}};
    GppElement properties{.name = "Properties",
                          .attributes = {{"action", action}, {"displayDecimal", "0"}, {"default", !ask.whole_key && item.name.empty() ? "1" : "0"}, {"hive", std::string(registry::long_name(item.key.root()))},
                                         {"key", item.key.path()}, {"name", ask.whole_key ? "" : item.name}, {"type", data->type}, {"value", data->text}}};
    if (data->type == "REG_MULTI_SZ") {
        GppElement values{.name = "Values"};
        for (std::string& each : data->strings) values.children.push_back({.name = "Value", .attributes = {}, .text = std::move(each)});
        properties.children.push_back(std::move(values));
    }
    out.children.push_back(std::move(properties));
    if (!ask.releases.empty()) out.children.push_back(gpp::filters_for(ask.releases));
    return out;
}

}  // namespace

std::string encode_gpp(std::vector<GppAsk> asks, std::vector<CarrierGap>& gaps) {
    // Keys that go come first: what is wanted below one of them is made again after it.
    std::ranges::stable_sort(asks, [](const GppAsk& a, const GppAsk& b) {
        if (a.whole_key != b.whole_key) return a.whole_key;
        if (const auto order = a.item.key <=> b.item.key; order != 0) return order < 0;
        return utf::compare_no_case(a.item.name, b.item.name) < 0;
    });
    GppElement root{.name = "RegistrySettings", .attributes = {{"clsid", std::string(settings_class)}}};
    for (const GppAsk& ask : asks) {
        std::string reason;
        if (auto item = item_of(ask, reason)) {
            root.children.push_back(std::move(*item));
            if (!ask.item.only_where_held.empty()) gaps.push_back({ask.item.key, ask.item.name, std::string(condition_of(ask.item)) + "; they are written everywhere"});
        } else {
            gaps.push_back({ask.item.key, ask.item.name, std::move(reason)});
        }
    }
    return root.children.empty() ? std::string() : encode_gpp_tree(root, GppForm::cmdlet);
}

Result<Carried> encode_gpp_carrier(const CarrierInput& input) {
    Carried out;
    std::string text = encode_gpp(asks_of(input.variants, out.gaps), out.gaps);
    if (!text.empty()) out.files.push_back({"Registry.xml", std::move(text)});
    sort_gaps(out.gaps);
    return out;
}

}  // namespace schancfg::codec
