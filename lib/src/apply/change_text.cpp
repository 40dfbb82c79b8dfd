#include "apply/change_text.hpp"

#include "schancfg/text.hpp"

namespace schancfg::apply {
namespace {

constexpr std::size_t longest = 120;

}  // namespace

std::string place_text(const plan::Change& change) {
    std::string text = change.key.to_string();
    if (change.value_name) text += change.value_name->empty() ? ": (default value)" : ": " + *change.value_name;
    return text;
}

std::string value_text(const std::optional<registry::Value>& value) {
    if (!value) return "absent";
    const std::string text = registry::type_name(value->type) + ' ';
    if (const auto number = value->as_dword()) return text + std::to_string(*number);
    if (const auto number = value->as_qword()) return text + std::to_string(*number);
    if (const auto string = value->as_string()) return text + '"' + shorten(*string, longest) + '"';
    if (const auto strings = value->as_strings()) {
        std::string joined;
        for (const std::string& one : *strings) {
            if (!joined.empty()) joined += ' ';
            joined += one;
            if (joined.size() > longest) break;
        }
        return text + '"' + shorten(joined, longest) + '"';
    }
    const std::string_view bytes = value->bytes;
    return text + (bytes.empty() ? "(empty)" : registry::to_hex(bytes.substr(0, longest / 2)) + (bytes.size() > longest / 2 ? "..." : ""));
}

}  // namespace schancfg::apply
