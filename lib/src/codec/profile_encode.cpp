#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <optional>
#include <set>

#include "schancfg/ascii.hpp"
#include "schancfg/codec/profile_toml.hpp"
#include "schancfg/facts/cipher_suites.hpp"
#include "schancfg/facts/curves.hpp"
#include "schancfg/schannel/managed.hpp"
#include "schancfg/schannel/settings.hpp"
#include "schancfg/schannel/spelling.hpp"
#include "schancfg/schannel/translate.hpp"
#include "schancfg/text.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::codec {
namespace {

using registry::KeyPath;
using registry::Tree;
using registry::Value;
using schannel::Form;
using schannel::PathNode;
using schannel::Permission;
using schannel::Setting;
using schannel::WriteList;

using What = decltype(schannel::Entry::what);
using Path = std::vector<std::string_view>;

// A value larger than this would bring the profile near the limit of its size; no setting of Windows is.
constexpr std::size_t largest_value = 1u << 16;

// A profile's spelling of what some settings hold, and what it asks of each.
struct Spelled {
    std::string literal;
    std::vector<What> asks;
    bool always = false;  // `disabled`, which no release leaves out
};

std::string list_literal(const std::vector<std::string>& names) {
    std::string text = "[";
    const bool one_line = names.size() <= 4;
    for (const std::string& name : names) {
        if (one_line) {
            text += (text.size() > 1 ? ", " : "") + schannel::toml_string(name);
        } else {
            text += "\n    " + schannel::toml_string(name) + ",";
        }
    }
    return text + (one_line ? "]" : "\n]");
}

std::string hex_number(std::uint32_t number) {
    std::array<char, 12> text{};
    std::snprintf(text.data(), text.size(), "0x%08x", number);
    return text.data();
}

// Text that TOML can hold and the decoder takes for a string: no NUL, no half character.
bool is_writable_text(std::string_view text) {
    return utf::find_invalid_utf8(text) == std::string_view::npos && text.find('\0') == std::string_view::npos;
}

class ProfileEncoding {
public:
    ProfileEncoding(const Tree& tree, const facts::Release* release) : tree_(tree), release_(release) {}

    /// Says in `tree`'s profile also that this value is to be absent. Its key must be in the tree.
    void remove(const KeyPath& key, const std::string& value_name) { removed_[key].push_back(value_name); }

    /// `comment`: what the release has to do with it.
    std::string encode(std::string_view name, std::string_view comment) {
        add_header(name, comment);
        add_named();
        add_raw();
        if (!left_out_.empty()) text_ += "\n# Left out, because schancfg does not write it:\n" + left_out_;
        return std::move(text_);
    }

private:
    struct Stop {
        const PathNode* node;
        Path path;
    };

    void add_header(std::string_view name, std::string_view comment) {
        text_ = "format = 1\n";
        if (!name.empty()) {
            std::string visible;
            for (std::size_t at = 0; at < name.size();) {
                const char32_t point = utf::next_code_point(name, at);
                utf::append_utf8(visible, is_unprintable(point) ? U'?' : point);
            }
            text_ += "name = " + schannel::toml_string(visible) + "\n";
        }
        if (release_ != nullptr) ((text_ += comment) += release_->name) += ".\n";
    }

    [[nodiscard]] const Value* held(const Setting& setting) const {
        return tree_.find_value(setting.key, setting.value_name);
    }

    static void collect(const PathNode& node, Path& path, std::vector<Stop>& stops) {
        if (!node.settings.empty()) stops.push_back({&node, path});
        for (const PathNode& child : node.children) {
            path.push_back(child.word);
            collect(child, path, stops);
            path.pop_back();
        }
    }

    // The short spellings first; what they cannot say is left to the longer ones, and then to raw values.
    void add_named() {
        for (const PathNode& section : schannel::setting_paths().children) {
            std::vector<Stop> stops;
            Path path{section.word};
            collect(section, path, stops);
            std::ranges::stable_sort(stops, {}, [](const Stop& stop) { return stop.path.size(); });
            Path table;
            for (const Stop& stop : stops) {
                const auto spelled = spell(*stop.node);
                if (!spelled) continue;
                const Path parent(stop.path.begin(), stop.path.end() - 1);
                if (parent != table) text_ += "\n[" + schannel::toml_path(parent) + "]\n";
                table = parent;
                text_ += schannel::toml_key(stop.path.back()) + " = " + spelled->literal + remark(*stop.node, *spelled) + "\n";
                done_.insert(stop.node->settings.begin(), stop.node->settings.end());
            }
        }
    }

    // nullopt: some of the values is not there, or no word says what all of them hold.
    std::optional<Spelled> spell(const PathNode& node) {
        for (const Setting* setting : node.settings) {
            if (done_.contains(setting) || held(*setting) == nullptr) return std::nullopt;
        }
        // `PKCS = "enabled"` leaves no room for `PKCS.client_min_bits`.
        if (holds_others(node, node)) return std::nullopt;
        for (Spelled& candidate : candidates(*node.settings.front(), node)) {
            if (reproduces(node, candidate)) return std::move(candidate);
        }
        return std::nullopt;
    }

    [[nodiscard]] bool holds_others(const PathNode& top, const PathNode& node) const {
        return std::ranges::any_of(node.children, [&](const PathNode& child) {
            return holds_others(top, child) || std::ranges::any_of(child.settings, [&](const Setting* setting) {
                       return held(*setting) != nullptr && std::ranges::count(top.settings, setting) == 0;
                   });
        });
    }

    [[nodiscard]] std::vector<Spelled> candidates(const Setting& setting, const PathNode& node) const {
        const Value& value = *held(setting);
        const auto number = value.as_dword();
        std::vector<Spelled> all;
        const auto add = [&](std::string literal, auto what_of) {
            Spelled spelled{std::move(literal), {}};
            for (const Setting* each : node.settings) spelled.asks.push_back(what_of(*each));
            all.push_back(std::move(spelled));
        };
        const auto writes = [](std::uint32_t data) {
            return [data](const Setting& each) -> What { return each.write(data); };
        };
        switch (setting.form) {
            case Form::word:
                for (std::size_t i = 0; i < setting.words.size(); ++i) {
                    add(schannel::toml_string(setting.words[i].word),
                        [i](const Setting& each) -> What { return each.write(each.words[i].number); });
                    all.back().always = setting.words[i].word == "disabled";
                }
                break;
            case Form::boolean:
                add("true", writes(1));
                add("false", writes(0));
                break;
            case Form::number:
                if (number && *number >= setting.minimum && *number <= setting.maximum) {
                    add(std::to_string(*number), writes(*number));
                }
                break;
            case Form::flags:
                if (number) add(flags_literal(setting, *number), writes(*number));
                break;
            case Form::protocols:
            case Form::suites:
            case Form::curves: {
                WriteList list = read_list(setting, value);
                if (!list.names.empty()) add(list_literal(list.names), [&](const Setting&) -> What { return list; });
                break;
            }
            case Form::signatures: {
                const auto names = value.as_strings();
                if (names && !names->empty() && std::ranges::all_of(*names, is_signature)) {
                    const schannel::Write write{Value::multi_sz(*names), registry::Meets::same_strings};
                    add(list_literal(*names), [&](const Setting&) -> What { return write; });
                }
                break;
            }
        }
        std::erase_if(all, [](const Spelled& spelled) { return spelled.literal.empty(); });
        return all;
    }

    static std::string flags_literal(const Setting& setting, std::uint32_t number) {
        std::vector<std::string> names;
        std::uint32_t rest = number;
        for (const schannel::Word& word : setting.words) {
            if (number == 0 && word.number == 0) return schannel::toml_string(word.word);
            if ((rest & word.number) == 0) continue;
            rest &= ~word.number;
            names.emplace_back(word.word);
        }
        return rest == 0 && !names.empty() ? list_literal(names) : std::string();
    }

    static bool is_signature(std::string_view text) {
        const bool plain = std::ranges::all_of(text, [](char c) {
            return ascii::is_alphanumeric(c) || c == '-' || c == '/';
        });
        return plain && std::ranges::count(text, '/') == 1 && !text.starts_with('/') && !text.ends_with('/');
    }

    // The names that a profile would list, in Windows' spelling; without names when it could not.
    static WriteList read_list(const Setting& setting, const Value& value) {
        WriteList list{.kind = WriteList::Kind::cipher_suites, .form = setting.list_form, .names = {}, .places = {}};
        std::vector<std::string> found;
        if (setting.form == Form::protocols) {
            list.kind = WriteList::Kind::protocols;
            std::uint32_t rest = value.as_dword().value_or(0);
            for (const schannel::Word& word : setting.words) {
                if ((rest & word.number) == 0) continue;
                rest &= ~word.number;
                list.names.emplace_back(word.word);
            }
            if (rest != 0) list.names.clear();
            return list;
        }
        if (setting.list_form == WriteList::Form::multi_sz) {
            found = value.as_strings().value_or(std::vector<std::string>{});
        } else {
            const std::string joined = value.as_string().value_or("");
            for (std::size_t start = 0; start <= joined.size();) {
                const std::size_t end = std::min(joined.find(',', start), joined.size());
                found.push_back(joined.substr(start, end - start));
                start = end + 1;
            }
        }
        std::set<std::string> seen;
        for (const std::string& name : found) {
            std::string_view spelled;
            if (setting.form == Form::suites) {
                const facts::CipherSuite* suite = facts::find_cipher_suite(name);
                if (suite != nullptr && suite->in_schannel) spelled = suite->name;
            } else {
                list.kind = WriteList::Kind::curves;
                if (const facts::Curve* curve = facts::find_curve(name)) spelled = curve->name;
            }
            if (spelled.empty() || !seen.insert(std::string(spelled)).second) {
                list.names.clear();
                return list;
            }
            list.names.emplace_back(spelled);
        }
        return list;
    }

    // Asks translate itself, for this release: the values must be asked for and be met by what is held.
    [[nodiscard]] bool reproduces(const PathNode& node, const Spelled& spelled) const {
        schannel::Profile profile;
        schannel::Layer& layer = profile.layers.emplace_back();
        for (std::size_t i = 0; i < node.settings.size(); ++i) {
            const Setting& setting = *node.settings[i];
            layer.entries.push_back({.key = setting.key,
                                     .value_name = setting.value_name,
                                     .what = spelled.asks[i],
                                     .protocol = spelled.always ? std::string() : std::string(setting.protocol),
                                     .origin = {}});
        }
        const auto wanted = schannel::translate(profile, {.release = release_});
        return wanted && std::ranges::all_of(node.settings, [&](const Setting* setting) {
                   const registry::WantedValue* item = wanted.value->find(setting->key, setting->value_name);
                   return item != nullptr && item->is_met_by(held(*setting));
               });
    }

    // Data that Windows takes to be the same as what the word writes.
    [[nodiscard]] std::string remark(const PathNode& node, const Spelled& spelled) const {
        for (std::size_t i = 0; i < node.settings.size(); ++i) {
            const Value& value = *held(*node.settings[i]);
            const auto* write = std::get_if<schannel::Write>(&spelled.asks[i]);
            if (write == nullptr || write->value == value) continue;
            if (const auto number = value.as_dword()) return "  # held as " + hex_number(*number) + ", which is the same to Windows";
        }
        return {};
    }

    void add_raw() {
        tree_.for_each([&](const KeyPath& path, const registry::Key& key) {
            bool has_header = false;
            for (const registry::NamedValue& value : key.values) {
                const Setting* setting = schannel::find_setting(path, value.name);
                if (setting != nullptr && done_.contains(setting)) continue;
                const Permission permission = schannel::permission(path, value.name);
                if (permission == Permission::outside) continue;
                const bool writable = permission == Permission::named || permission == Permission::raw_only;
                const std::string place = path.to_string();
                if (!writable || value.value.bytes.size() > largest_value || !is_writable_text(place) ||
                    !is_writable_text(value.name)) {
                    left_out_ += "#   " + schannel::toml_string(place) + " " + schannel::toml_string(value.name) + "\n";
                    continue;
                }
                if (!has_header) text_ += "\n[registry." + key_literal(place) + "]\n";
                has_header = true;
                text_ += schannel::toml_key(value.name) + " = " + raw_literal(value.value) + "\n";
            }
            const auto removed = removed_.find(path);
            if (removed == removed_.end()) return;
            if (!has_header) text_ += "\n[registry." + key_literal(path.to_string()) + "]\n";
            for (const std::string& name : removed->second) text_ += schannel::toml_key(name) + " = \"default\"\n";
        });
    }

    static std::string key_literal(const std::string& key) {
        const std::string escaped = schannel::toml_string(key);
        // Each backslash doubled is the only difference where the literal form is possible.
        const auto backslashes = static_cast<std::size_t>(std::ranges::count(key, '\\'));
        const bool literal = escaped.size() == key.size() + 2 + backslashes && key.find('\'') == std::string::npos;
        return literal ? "'" + key + "'" : escaped;
    }

    static std::string raw_literal(const Value& value) {
        if (const auto number = value.as_dword()) return *number < 10000 ? std::to_string(*number) : hex_number(*number);
        if (const auto text = value.as_string(); text && is_writable_text(*text)) {
            const bool reserved = *text == "default" || *text == "unmanaged";
            if (!reserved && Value::sz(*text) == value) return schannel::toml_string(*text);
            if (Value::sz(*text) == value || Value::expand_sz(*text) == value) {
                return "{ type = \"" + registry::type_name(value.type) + "\", data = " + schannel::toml_string(*text) + " }";
            }
        }
        if (const auto texts = value.as_strings(); texts && !texts->empty() && Value::multi_sz(*texts) == value &&
                                                   std::ranges::all_of(*texts, is_writable_text)) {
            return list_literal(*texts);
        }
        return "{ type = \"" + registry::type_name(value.type) + "\", hex = \"" + registry::to_hex(value.bytes) + "\" }";
    }

    const Tree& tree_;
    const facts::Release* release_;
    std::set<const Setting*> done_;
    std::map<KeyPath, std::vector<std::string>> removed_;
    std::string text_;
    std::string left_out_;
};

}  // namespace

std::string encode_profile(const Tree& tree, const facts::Release* release, std::string_view name) {
    return ProfileEncoding(tree, release).encode(name, "# Read on ");
}

Result<std::string> encode_profile(const registry::Wanted& wanted, const facts::Release* release, std::string_view name) {
    for (const registry::WantedKey& key : wanted.keys) {
        if (!key.present) return fail(ErrorCode::malformed, "a profile can't say that " + key.key.to_string() + " is removed with all it holds", key.origin);
        if (key.clear_values) return fail(ErrorCode::malformed, "a profile can't say that all values of " + key.key.to_string() + " are removed", key.origin);
    }
    Tree tree;
    for (const registry::WantedValue& item : wanted.values) {
        if (item.value) tree.set_value(item.key, item.name, *item.value);
        else tree.create(item.key);
    }
    ProfileEncoding encoding(tree, release);
    for (const registry::WantedValue& item : wanted.values) {
        if (!item.value) encoding.remove(item.key, item.name);
    }
    return encoding.encode(name, "# For ");
}

}  // namespace schancfg::codec
