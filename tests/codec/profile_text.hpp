// What the tests of profiles share: a text in, errors or wanted values out, a line each.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "schancfg/codec/profile_toml.hpp"
#include "schancfg/facts/releases.hpp"
#include "schancfg/schannel/translate.hpp"
#include "schancfg/text.hpp"

namespace profile_text {

using Files = std::map<std::string, std::string>;
using Lines = std::vector<std::string>;

inline schancfg::codec::Load loader(const Files& files) {
    return [&files](std::string_view name, std::string_view) -> schancfg::Result<schancfg::codec::LoadedText> {
        const auto found = files.find(std::string(name));
        if (found == files.end()) return schancfg::fail(schancfg::ErrorCode::not_found, "there is no such file");
        return schancfg::codec::LoadedText{found->first, found->second};
    };
}

inline std::string line(const schancfg::Diagnostic& d) {
    std::string text = d.span.file + ":" + std::to_string(d.span.line) + ":" + std::to_string(d.span.column) + ": " + d.rule +
                       ": " + schancfg::escape(d.message);
    return d.fix.empty() ? text : text + " | " + d.fix;
}

/// `p.toml:1:1: rule: message | fix`.
inline Lines errors(std::string_view text, const Files& files = {}) {
    const auto decoded = schancfg::codec::decode_profile(text, "p.toml", loader(files));
    Lines lines;
    for (const auto& d : decoded.diagnostics) lines.push_back(line(d));
    return lines;
}

inline std::string short_key(const schancfg::registry::KeyPath& key) {
    const std::string schannel = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL";
    std::string text = key.to_string();
    if (text.starts_with(schannel)) text.replace(0, schannel.size(), "~");
    return text;
}

inline std::string show(const schancfg::registry::Value& value) {
    if (const auto number = value.as_dword()) return std::to_string(*number);
    if (const auto text = value.as_string(); text && schancfg::registry::Value::sz(*text) == value) return '"' + *text + '"';
    if (const auto texts = value.as_strings(); texts && schancfg::registry::Value::multi_sz(*texts) == value) {
        std::string all;
        for (const std::string& text : *texts) all += (all.empty() ? "" : "|") + text;
        return "[" + all + "]";
    }
    return schancfg::registry::type_name(value.type) + ":" + schancfg::registry::to_hex(value.bytes);
}

/// What a profile asks for, `~\Protocols\TLS 1.2\Client Enabled = 1`; errors and notes come first.
inline Lines wanted(std::string_view text, std::string_view release = {}, const Files& files = {}) {
    const auto decoded = schancfg::codec::decode_profile(text, "p.toml", loader(files));
    Lines lines;
    for (const auto& d : decoded.diagnostics) lines.push_back(line(d));
    if (!decoded) return lines;
    const auto* os = release.empty() ? nullptr : schancfg::facts::find_release(release);
    const auto translated = schancfg::schannel::translate(*decoded.value, {.release = os});
    for (const auto& d : translated.diagnostics) lines.push_back(line(d));
    if (!translated) return lines;
    for (const auto& item : translated.value->values) {
        lines.push_back(short_key(item.key) + " " + item.name + " = " + (item.value ? show(*item.value) : "absent"));
    }
    return lines;
}

}  // namespace profile_text
