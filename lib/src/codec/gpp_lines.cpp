// What the items of a Registry.xml ask for: [MS-GPPREF] 2.2.1.17.1 (actions), 2.2.1.17.2 (properties).
#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

#include "codec/gpp_target.hpp"
#include "schancfg/codec/gpp_xml.hpp"
#include "schancfg/text.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::codec {
namespace {

using registry::KeyPath;
using registry::Op;
using registry::Operation;
using registry::Value;

constexpr std::size_t max_warnings = 1000;

std::optional<std::uint64_t> hexadecimal(std::string_view text, std::size_t digits) {
    if (text.starts_with("0x") || text.starts_with("0X")) text.remove_prefix(2);
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, 16);
    if (text.empty() || text.size() > digits || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

// %NAME%, which the client replaces. One percent sign, or two with nothing between, are themselves.
bool holds_variable(std::string_view text) {
    for (std::size_t first = text.find('%'); first != std::string_view::npos;) {
        const std::size_t second = text.find('%', first + 1);
        if (second != std::string_view::npos && second > first + 1) return true;
        first = second;
    }
    return false;
}

class ItemReader {
public:
    ItemReader(const std::string& file, PolicyLines& lines, Diagnostics& found) : file_(file), lines_(lines), found_(found) {}

    void read_all(const GppElement& parent, const gpp::Targeting& outer) {
        for (const GppElement& child : parent.children) {
            if (child.name != "Registry" && child.name != "Collection") continue;
            if (child.attribute("disabled") == "1") {
                note_disabled(child);
                continue;
            }
            gpp::Targeting own = outer;
            if (const GppElement* filters = child.child("Filters")) own.meant = gpp::both(own.meant, gpp::meant_by(*filters, own.kinds));
            if (child.name == "Collection") read_all(child, own);
            else read(child, own);
        }
    }

    [[nodiscard]] std::size_t disabled() const { return disabled_; }

private:
    void note_disabled(const GppElement& element) {
        if (element.name == "Registry") ++disabled_;
        for (const GppElement& child : element.children) note_disabled(child);
    }

    void tell(const GppElement& item, Severity severity, std::string_view rule, std::string message, std::string fix) {
        if (severity != Severity::error && found_.size() >= max_warnings) return;
        found_.push_back({std::string(rule), severity, {file_, item.line, item.column}, std::move(message), std::move(fix)});
    }
    void skip(const GppElement& item, std::string message, std::string fix = {}) { tell(item, Severity::warning, "gpp-item", std::move(message) + ", so the item is left out", std::move(fix)); }

    void read(const GppElement& item, const gpp::Targeting& targeting) {
        const GppElement* properties = item.child("Properties");
        if (properties == nullptr) return skip(item, "the item has no Properties");
        std::string_view action = properties->attribute("action");
        if (action.empty()) action = "U";
        if (action.size() != 1 || std::string_view("CRUD").find(action) == std::string_view::npos) {
            return tell(item, Severity::error, "gpp-action", "the action " + quote(action) + " is unknown", "expected one of: C, R, U, D");
        }
        const std::string_view hive = properties->attribute("hive");
        const auto root = registry::find_root(hive);
        if (!root) return skip(item, quote(hive) + " is not a root key", "write HKEY_LOCAL_MACHINE");
        auto key = policy_key(*root, properties->attribute("key"));
        if (!key) return skip(item, key.error().message);
        if (key->is_root()) return skip(item, "the item names no key");
        const std::string name(properties->attribute("name"));
        for (const std::string_view part : {properties->attribute("key"), std::string_view(name)}) {
            if (holds_variable(part)) return skip(item, quote(part) + " holds a variable, which the client replaces");
        }
        const bool of_default = properties->attribute("default") == "1";
        if (name.empty() && !of_default) return read_key(item, action.front(), std::move(*key), targeting);
        Operation operation{.op = Op::set_value, .key = std::move(*key), .name = of_default ? std::string() : name, .value = {}, .line = item.line, .column = item.column};
        if (action == "D") {
            operation.op = Op::erase_value;
        } else {
            if (properties->attribute("bitfield") == "1" || properties->child("SubProp") != nullptr) return skip(item, quote(name) + " changes single bits of what is there");
            auto value = value_of(item, *properties);
            if (!value) return;
            operation.value = std::move(*value);
            operation.if_missing = action == "C";
        }
        add(std::move(operation), targeting);
    }

    void read_key(const GppElement& item, char action, KeyPath key, const gpp::Targeting& targeting) {
        Operation operation{.op = Op::create_key, .key = std::move(key), .name = {}, .value = {}, .line = item.line, .column = item.column};
        if (action == 'R' || action == 'D') {
            if (action == 'R') tell(item, Severity::warning, "gpp-replaces-key", "Replace on " + operation.key.to_string() + " deletes all values and keys in it first", "use Update");
            operation.op = Op::erase_key;
            add(operation, targeting);
            operation.op = Op::create_key;
        }
        if (action != 'D') add(std::move(operation), targeting);
    }

    std::optional<Value> value_of(const GppElement& item, const GppElement& properties) {
        const std::string_view type = properties.attribute("type");
        const std::string_view text = properties.attribute("value");
        if (type == "REG_SZ" && holds_variable(text)) {
            skip(item, quote(text) + " holds a variable, which the client replaces");
            return std::nullopt;
        }
        if (type == "REG_SZ") return Value::sz(text);
        if (type == "REG_EXPAND_SZ") return Value::expand_sz(text);
        if (type == "REG_DWORD" || type == "REG_QWORD") {
            const std::size_t digits = type == "REG_DWORD" ? 8 : 16;
            const auto number = hexadecimal(text, digits);
            if (!number) {
                skip(item, quote(text) + " is not a hexadecimal number of " + std::to_string(digits) + " digits", "write " + std::string(digits - 1, '0') + "1");
                return std::nullopt;
            }
            if (text.size() != digits) {
                tell(item, Severity::warning, "gpp-number", quote(text) + " has fewer than " + std::to_string(digits) + " digits; it is read as hexadecimal, " + std::to_string(*number),
                     "write " + std::to_string(digits) + " hexadecimal digits");
            }
            return type == "REG_DWORD" ? Value::dword(static_cast<std::uint32_t>(*number)) : Value::qword(*number);
        }
        if (type == "REG_BINARY") {
            std::string digits(text);
            std::erase(digits, ' ');
            if (auto bytes = registry::from_hex(digits)) return Value::binary(std::move(*bytes));
            skip(item, quote(text) + " is not bytes in hexadecimal", "write two digits a byte");
            return std::nullopt;
        }
        if (type == "REG_MULTI_SZ") return strings_of(item, properties, text);
        skip(item, type.empty() ? std::string("the item has no type") : "the type " + quote(type) + " is not one of Preferences", "expected one of: REG_SZ, REG_EXPAND_SZ, REG_BINARY, REG_DWORD, REG_QWORD, REG_MULTI_SZ");
        return std::nullopt;
    }

    // The attribute joins them with blanks, for the eye alone.
    std::optional<Value> strings_of(const GppElement& item, const GppElement& properties, std::string_view text) {
        const GppElement* values = properties.child("Values");
        if (values == nullptr && !text.empty()) {
            skip(item, "the strings of a REG_MULTI_SZ stand in <Values>, which is missing");
            return std::nullopt;
        }
        std::vector<std::string> strings;
        if (values != nullptr) {
            for (const GppElement& each : values->children) {
                if (each.name == "Value") strings.push_back(each.text);
            }
        }
        if (const auto found = std::ranges::find_if(strings, holds_variable); found != strings.end()) {
            skip(item, quote(*found) + " holds a variable, which the client replaces");
            return std::nullopt;
        }
        return Value::multi_sz(strings);
    }

    void add(Operation operation, const gpp::Targeting& targeting) {
        const auto [at, is_new] = known_.try_emplace(targeting, 0);
        if (is_new && targeting.meant != gpp::all_releases()) {
            PolicyTarget target;
            for (std::size_t place = 0; place < targeting.meant.size(); ++place) {
                if (targeting.meant[place] == gpp::Meant::yes) target.releases.push_back(&facts::releases()[place]);
                if (targeting.meant[place] == gpp::Meant::unknown) target.uncertain.push_back(&facts::releases()[place]);
            }
            if (!target.uncertain.empty()) target.kinds = targeting.kinds;
            lines_.targets.push_back(std::move(target));
            at->second = static_cast<std::uint32_t>(lines_.targets.size());
        }
        lines_.add(std::move(operation), at->second);
    }

    const std::string& file_;
    PolicyLines& lines_;
    Diagnostics& found_;
    std::map<gpp::Targeting, std::uint32_t> known_;
    std::size_t disabled_ = 0;
};

}  // namespace

Decoded<PolicyLines> decode_gpp(std::string_view bytes, const std::string& file) {
    auto tree = decode_gpp_tree(bytes, file);
    Decoded<PolicyLines> out;
    out.diagnostics = std::move(tree.diagnostics);
    if (!tree) return out;
    const GppElement& root = *tree.value;
    if (root.name != "RegistrySettings") {
        out.diagnostics.push_back({"gpp-root", Severity::error, {file, root.line, root.column}, "this is no Registry.xml: its root element is " + quote(root.name), "expected RegistrySettings; give the file of the policy's folder Preferences\\Registry"});
        return out;
    }
    PolicyLines lines;
    lines.patch.file = file;
    if (root.attribute("disabled") == "1") {
        out.diagnostics.push_back({"gpp-disabled", Severity::warning, {file, root.line, root.column}, "all items are switched off", {}});
    } else {
        ItemReader reader(file, lines, out.diagnostics);
        reader.read_all(root, {.meant = gpp::all_releases(), .kinds = {}});
        if (reader.disabled() > 0) {
            out.diagnostics.push_back({"gpp-disabled", Severity::note, {file, 0, 0}, std::to_string(reader.disabled()) + (reader.disabled() == 1 ? " item is" : " items are") + " switched off and left out", {}});
        }
        if (has_errors(out.diagnostics)) return out;
    }
    out.value = std::move(lines);
    return out;
}

}  // namespace schancfg::codec
