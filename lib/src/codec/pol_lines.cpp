// What the entries of a registry.pol ask for. Special names: "Registry Policy File Format"; `**soft.` and unknown ones: "Control Codes" of the
// system policies of 1998, after which an unknown name is skipped and the rest carried out.
#include <algorithm>

#include "schancfg/codec/pol.hpp"
#include "schancfg/text.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::codec {
namespace {

using registry::KeyPath;
using registry::Op;
using registry::Operation;
using registry::Value;

constexpr std::size_t max_warnings = 1000;

bool begins(std::string_view text, std::string_view lead) { return text.size() >= lead.size() && utf::equal_no_case(text.substr(0, lead.size()), lead); }

std::vector<std::string> names_in(const PolEntry& entry) {
    const std::string text = Value{registry::reg_sz, entry.data}.as_string().value_or("");
    std::vector<std::string> out;
    for (std::size_t start = 0; start <= text.size();) {
        const std::size_t end = std::min(text.find(';', start), text.size());
        std::string_view name = std::string_view(text).substr(start, end - start);
        while (name.starts_with(' ')) name.remove_prefix(1);
        while (name.ends_with(' ')) name.remove_suffix(1);
        if (!name.empty()) out.emplace_back(name);
        start = end + 1;
    }
    return out;
}

class EntryReader {
public:
    EntryReader(PolicyLines& lines, const std::string& file, registry::Root root, Diagnostics& found) : lines_(lines), file_(file), root_(root), found_(found) {}

    void read(const PolEntry& entry) {
        ++number_;
        auto key = policy_key(root_, entry.key);
        if (!key || entry.key.empty()) {
            warn(entry, "pol-key", key ? "the entry names no key" : key.error().message);
            return;
        }
        key_ = std::move(*key);
        if (entry.name.starts_with("**")) return read_special(entry);
        if (entry.name.empty() && entry.type == registry::reg_none && entry.data.empty()) return add(Op::create_key);
        if (entry.data.empty()) {
            // "If value, type, data, or size are missing or zero, only the registry key is created."
            warn(entry, "pol-empty", quote(entry.name) + " has no data, so that the client makes its key alone");
            return add(Op::create_key);
        }
        if (has_half_string(entry)) warn(entry, "pol-string", "the string of " + quote(entry.name) + " does not end in a NUL");
        add(Op::set_value, entry.name, Value{entry.type, entry.data});
    }

private:
    static bool has_half_string(const PolEntry& entry) {
        if (entry.type != registry::reg_sz && entry.type != registry::reg_expand_sz && entry.type != registry::reg_multi_sz) return false;
        return entry.data.size() % 2 != 0 || entry.data.size() < 2 || entry.data.substr(entry.data.size() - 2) != std::string_view("\0\0", 2);
    }

    void read_special(const PolEntry& entry) {
        const std::string_view name = entry.name;
        if (begins(name, "**delvals")) return add(Op::erase_all_values);
        if (begins(name, "**del.")) return add(Op::erase_value, name.substr(6));
        if (begins(name, "**deletevalues")) {
            for (const std::string& each : names_in(entry)) add(Op::erase_value, each);
            return;
        }
        if (begins(name, "**deletekeys")) {
            for (const std::string& each : names_in(entry)) {
                if (auto below = policy_key(root_, entry.key + '\\' + each)) add(Op::erase_key, {}, {}, std::move(*below));
            }
            return;
        }
        if (begins(name, "**soft.")) {
            lines_.add({.op = Op::set_value, .key = key_, .name = std::string(name.substr(7)), .value = {entry.type, entry.data}, .line = number_, .if_missing = true});
            return;
        }
        if (begins(name, "**securekey")) return warn(entry, "pol-special", "**SecureKey sets who may write the key, which is not looked at");
        warn(entry, "pol-special", quote(name) + " is not a name that the client is known to carry out");
    }

    void add(Op op, std::string_view name = {}, Value value = {}) { add(op, name, std::move(value), key_); }
    void add(Op op, std::string_view name, Value value, KeyPath key) {
        lines_.add({.op = op, .key = std::move(key), .name = std::string(name), .value = std::move(value), .line = number_});
    }

    void warn(const PolEntry& entry, std::string_view rule, std::string message) {
        if (found_.size() >= max_warnings) return;
        found_.push_back({std::string(rule), Severity::warning, {file_, number_, 0}, std::move(message) + " (entry at byte " + std::to_string(entry.offset) + ')', {}});
    }

    PolicyLines& lines_;
    const std::string& file_;
    registry::Root root_;
    Diagnostics& found_;
    KeyPath key_;
    std::uint32_t number_ = 0;
};

}  // namespace

Decoded<PolicyLines> decode_pol_lines(std::string_view bytes, const std::string& file, registry::Root root) {
    auto entries = decode_pol(bytes, file);
    Decoded<PolicyLines> out;
    out.diagnostics = std::move(entries.diagnostics);
    if (!entries) return out;
    PolicyLines lines;
    lines.patch.file = file;
    EntryReader reader(lines, file, root, out.diagnostics);
    for (const PolEntry& entry : *entries.value) reader.read(entry);
    out.value = std::move(lines);
    return out;
}

}  // namespace schancfg::codec
