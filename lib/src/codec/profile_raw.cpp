#include "profile_raw.hpp"

#include <algorithm>
#include <limits>
#include <optional>

#include "profile_words.hpp"
#include "schancfg/schannel/managed.hpp"
#include "schancfg/schannel/spelling.hpp"
#include "schancfg/text.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::codec::profile {
namespace {

using registry::KeyPath;
using registry::Value;
using schannel::Permission;

constexpr std::string_view value_keys[] = {"type", "data", "hex"};
constexpr std::string_view type_words[] = {"REG_NONE", "REG_SZ", "REG_EXPAND_SZ", "REG_BINARY", "REG_DWORD",
                                           "REG_DWORD_BIG_ENDIAN", "REG_LINK", "REG_MULTI_SZ", "REG_RESOURCE_LIST",
                                           "REG_FULL_RESOURCE_DESCRIPTOR", "REG_RESOURCE_REQUIREMENTS_LIST", "REG_QWORD"};
constexpr std::string_view right_values =
    "write a number (REG_DWORD), a string (REG_SZ), a list of strings (REG_MULTI_SZ), \"default\", \"unmanaged\", or "
    "{ type = \"...\", data = ... } or { type = \"...\", hex = \"...\" }";

class RawReader {
public:
    RawReader(DocumentErrors& report, Drafts& drafts) : report_(report), drafts_(drafts) {}

    void read_key(const Member& member) {
        if (member.value.kind != Node::Kind::table) {
            return wrong_type(report_, member.value.place, quote(member.key), member.value,
                              "write a table of its values: [registry.'HKLM\\...']");
        }
        const auto parsed = KeyPath::parse(member.key);
        if (!parsed) {
            return report_.error(member.place, "profile-bad-key", quote(member.key) + " is not a registry key: " +
                                     parsed.error().message, "write the whole path, such as 'HKLM\\SYSTEM\\CurrentControlSet\\...'");
        }
        key_ = registry::canonical(*parsed);
        if (!schannel::is_managed(key_)) return refuse_key(member);
        for (const Member& value : member.value.members) read_value(value);
    }

private:
    void refuse_key(const Member& member) {
        std::string fix = "profiles reach the SCHANNEL key and the other keys that `schancfg explain` lists";
        const auto parts = key_.components();
        if (parts.size() > 1 && utf::fold_case(parts[1]).starts_with("CONTROLSET")) {
            fix = "write CurrentControlSet: which numbered set that is changes from start to start";
        }
        report_.error(member.place, "profile-not-managed", quote(member.key) + " is not a key that schancfg manages", std::move(fix));
    }

    void read_value(const Member& member) {
        what_ = shorten(key_.to_string(), 300) + " " + quote(member.key);
        const bool removes = member.value.kind == Node::Kind::string && is_reserved(member.value.text);
        if (!is_permitted(member, removes)) return;
        decltype(schannel::Entry::what) what;
        if (removes && member.value.text == "default") {
            what = schannel::FollowDefault{};
        } else if (removes) {
            what = schannel::Unmanaged{};
        } else if (auto value = decode_value(member.value)) {
            what = schannel::Write{std::move(*value), registry::Meets::exact};
        } else {
            return;
        }
        drafts_.push_back({.entry = {.key = key_, .value_name = member.key, .what = std::move(what), .protocol = {}, .raw = true,
                                     .origin = report_.span(member.place)},
                           .detail = 0,
                           .place = member.place});
    }

    bool is_permitted(const Member& member, bool removes) {
        if (utf::to_utf16le(member.key).size() / 2 > registry::max_value_name_units || member.key.find('\0') != std::string::npos) {
            report_.error(member.place, "profile-bad-value-name", "a value cannot be called " + quote(member.key),
                          "a name has at most 16,383 characters and no NUL");
            return false;
        }
        const Permission permission = schannel::permission(key_, member.key);
        std::string message;
        std::string fix = "leave it out, or write \"default\" to have it removed";
        switch (permission) {
            case Permission::named:
            case Permission::raw_only: return true;
            case Permission::remove_only: message = what_ + " is folklore: Windows does not know it"; break;
            case Permission::unknown: message = "no source knows " + what_; break;
            case Permission::read_only:
                message = what_ + " is shown by schancfg and never written";
                fix = "leave it out";
                break;
            case Permission::outside:
                message = what_ + " is not a value that schancfg manages";
                fix = "leave it out";
                break;
        }
        if (removes && (permission == Permission::remove_only || permission == Permission::unknown)) return true;
        if (const auto lookalike = find_lookalike(key_.path() + member.key)) {
            report_.error(member.place, "profile-lookalike", what_ + " holds " + lookalike->description,
                          "the names that Windows reads are ASCII; \"default\" removes this one");
        } else {
            report_.error(member.place, "profile-not-writable", std::move(message), std::move(fix));
        }
        return false;
    }

    std::optional<Value> decode_value(const Node& node) {
        switch (node.kind) {
            case Node::Kind::integer: return dword(node);
            case Node::Kind::string: return string(node, registry::reg_sz);
            case Node::Kind::array: return multi_sz(node);
            case Node::Kind::table: return typed(node);
            case Node::Kind::boolean:
            case Node::Kind::other: break;
        }
        wrong_type(report_, node.place, what_, node, std::string(right_values));
        return std::nullopt;
    }

    std::optional<Value> dword(const Node& node) {
        if (node.number >= 0 && node.number <= std::numeric_limits<std::uint32_t>::max()) {
            return Value::dword(static_cast<std::uint32_t>(node.number));
        }
        report_.error(node.place, "profile-out-of-range", what_ + " is " + std::to_string(node.number),
                      "a REG_DWORD is a number from 0 to 4294967295 (0xffffffff); a larger one is "
                      "{ type = \"REG_QWORD\", data = ... }");
        return std::nullopt;
    }

    bool is_storable(const Node& node) {
        if (node.text.find('\0') == std::string::npos) return true;
        report_.error(node.place, "profile-bad-string", what_ + " holds a NUL", "write such bytes as { type = \"...\", hex = \"...\" }");
        return false;
    }

    std::optional<Value> string(const Node& node, std::uint32_t type) {
        if (!is_storable(node)) return std::nullopt;
        return type == registry::reg_sz ? Value::sz(node.text) : Value::expand_sz(node.text);
    }

    std::optional<Value> multi_sz(const Node& node) {
        std::vector<std::string> texts;
        bool good = !node.items.empty();
        if (!good) {
            report_.error(node.place, "profile-empty-list", what_ + " is an empty list",
                          "write \"default\" to have the value removed, or { type = \"REG_MULTI_SZ\", hex = \"0000\" }");
        }
        for (const Node& item : node.items) {
            if (item.kind != Node::Kind::string) {
                wrong_type(report_, item.place, "an item of " + what_, item, "a REG_MULTI_SZ holds strings only");
                good = false;
            } else if (item.text.empty()) {
                report_.error(item.place, "profile-bad-string", what_ + " holds an empty string",
                              "an empty string would end the REG_MULTI_SZ: leave it out");
                good = false;
            } else {
                good = is_storable(item) && good;
                texts.push_back(item.text);
            }
        }
        if (!good) return std::nullopt;
        return Value::multi_sz(texts);
    }

    // { type = "...", data = ... } or { type = "...", hex = "..." }
    std::optional<Value> typed(const Node& node) {
        const Node* type = nullptr;
        const Node* data = nullptr;
        const Node* hex = nullptr;
        for (const Member& member : node.members) {
            if (member.key == "type") {
                type = &member.value;
            } else if (member.key == "data") {
                data = &member.value;
            } else if (member.key == "hex") {
                hex = &member.value;
            } else {
                unknown_word(report_, member.place, "a raw value has no key", member.key, value_keys);
                return std::nullopt;
            }
        }
        if (type == nullptr || (data == nullptr) == (hex == nullptr)) {
            report_.error(node.place, "profile-wrong-type", what_ + " is a table without type and one of data and hex",
                          std::string(right_values));
            return std::nullopt;
        }
        if (type->kind != Node::Kind::string) {
            wrong_type(report_, type->place, "the type of " + what_, *type, "write a name such as \"REG_BINARY\"");
            return std::nullopt;
        }
        const auto number = registry::find_type(type->text);
        if (!number) {
            unknown_word(report_, type->place, "unknown registry type", type->text, type_words);
            return std::nullopt;
        }
        return hex != nullptr ? bytes(*number, *hex) : from_data(*number, *data);
    }

    std::optional<Value> bytes(std::uint32_t type, const Node& hex) {
        if (hex.kind != Node::Kind::string) {
            wrong_type(report_, hex.place, "the hex of " + what_, hex, "write the bytes as a string of hex digits");
            return std::nullopt;
        }
        auto decoded = registry::from_hex(hex.text);
        if (!decoded) {
            report_.error(hex.place, "profile-bad-hex", "the hex of " + what_ + " has " + decoded.error().message,
                          "write two hex digits a byte and nothing between them");
            return std::nullopt;
        }
        return Value{type, std::move(*decoded)};
    }

    std::optional<Value> from_data(std::uint32_t type, const Node& data) {
        const bool is_text = type == registry::reg_sz || type == registry::reg_expand_sz;
        if (is_text && data.kind == Node::Kind::string) return string(data, type);
        if (type == registry::reg_multi_sz && data.kind == Node::Kind::array) return multi_sz(data);
        if (type == registry::reg_dword && data.kind == Node::Kind::integer) return dword(data);
        if (type == registry::reg_qword && data.kind == Node::Kind::integer) {
            if (data.number >= 0) return Value::qword(static_cast<std::uint64_t>(data.number));
            report_.error(data.place, "profile-out-of-range", what_ + " is " + std::to_string(data.number),
                          "a REG_QWORD is not negative; from 2^63 on write its bytes as hex");
            return std::nullopt;
        }
        std::string fix = "write its bytes as hex";
        if (is_text) fix = "write a string";
        if (type == registry::reg_multi_sz) fix = "write a list of strings";
        if (type == registry::reg_dword || type == registry::reg_qword) fix = "write a number";
        wrong_type(report_, data.place, "the data of " + what_ + " (" + registry::type_name(type) + ")", data, std::move(fix));
        return std::nullopt;
    }

    DocumentErrors& report_;
    Drafts& drafts_;
    KeyPath key_;
    std::string what_;  // the value, for messages
};

}  // namespace

void decode_registry(const Member& section, DocumentErrors& report, Drafts& drafts) {
    if (section.value.kind != Node::Kind::table) {
        return wrong_type(report, section.value.place, "registry", section.value, "write tables: [registry.'HKLM\\...']");
    }
    RawReader reader(report, drafts);
    for (const Member& member : section.value.members) reader.read_key(member);
}

}  // namespace schancfg::codec::profile
