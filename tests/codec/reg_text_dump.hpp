// A short notation for what a `.reg` text does, so that a row of a table fits in a line.
//
//   [T] [-T]           a key made, a key deleted; the path is below HKEY_CURRENT_USER unless it starts with a short root
//   a="x" @="x"        REG_SZ with one NUL at its end
//   a=4:01000000       type in hex, bytes in hex
//   a=-                a value deleted
#pragma once

#include <string>
#include <string_view>

#include "catch.hpp"
#include "schancfg/codec/reg_text.hpp"
#include "schancfg/utf.hpp"

namespace reg_test {

using namespace schancfg;

inline const std::string header = "Windows Registry Editor Version 5.00\n";
inline const std::string header_4 = "REGEDIT4\n";
/// Header and a key; the first line behind is line 3.
inline const std::string with_key = header + "[HKEY_CURRENT_USER\\T]\n";
inline const std::string with_key_4 = header_4 + "[HKEY_CURRENT_USER\\T]\n";

/// As Windows saves it: UTF-16LE with a byte order mark.
inline std::string wide(std::string_view text) { return "\xFF\xFE" + utf::to_utf16le(text); }

inline std::string dump(const registry::Value& value) {
    std::string hex;
    char type[12];
    std::snprintf(type, sizeof type, "%x", value.type);
    if (value.type == registry::reg_sz) {
        const std::string text = value.as_string().value();
        if (registry::Value::sz(text) == value) return '"' + text + '"';
    }
    return std::string(type) + ":" + registry::to_hex(value.bytes);
}

inline std::string dump(const registry::Operation& operation) {
    using registry::Op;
    const bool is_user = operation.key.root() == registry::Root::current_user;
    const std::string key = is_user ? operation.key.path() : operation.key.to_string();
    const std::string name = operation.name.empty() ? "@" : operation.name;
    switch (operation.op) {
        case Op::create_key: return "[" + key + "]";
        case Op::erase_key: return "[-" + key + "]";
        case Op::set_value: return name + "=" + dump(operation.value);
        case Op::erase_value: return name + "=-";
        case Op::erase_all_values: return "=--";
    }
    return {};
}

/// The operations with blanks between.
inline std::string dump(const registry::Patch& patch) {
    std::string all;
    for (const registry::Operation& operation : patch.operations) all += (all.empty() ? "" : " ") + dump(operation);
    return all;
}

/// `line rule` of each diagnostic, commas between; errors start with `!`.
inline std::string dump(const Diagnostics& diagnostics) {
    std::string all;
    for (const Diagnostic& diagnostic : diagnostics) {
        all += (all.empty() ? "" : ", ") + std::string(diagnostic.severity == Severity::error ? "!" : "") +
               std::to_string(diagnostic.span.line) + " " + diagnostic.rule;
    }
    return all;
}

/// Both readers on the same bytes; they must agree in everything.
inline Decoded<registry::Patch> decode(std::string_view bytes, const codec::RegReadOptions& options = {}) {
    auto patch = codec::decode_reg(bytes, options);
    const auto tree = codec::decode_reg_tree(bytes, options);
    CHECK(dump(patch.diagnostics) == dump(tree.diagnostics));
    REQUIRE(patch.value.has_value() == tree.value.has_value());
    CHECK(patch.value.has_value() == !has_errors(patch.diagnostics));
    if (patch.value) {
        registry::Tree replayed;
        registry::replay(*patch.value, replayed);
        CHECK(replayed.same_content(*tree.value));
    }
    return patch;
}

/// Checks what the bytes of a file do and what is said about them.
inline void check_file(std::string_view row, std::string_view bytes, std::string_view operations, std::string_view diagnostics = "",
                       const codec::RegReadOptions& options = {}) {
    CAPTURE(row);
    const auto decoded = decode(bytes, options);
    CHECK((decoded ? dump(*decoded.value) : "nothing") == operations);
    CHECK(dump(decoded.diagnostics) == diagnostics);
}

/// The same of lines below `[HKEY_CURRENT_USER\T]` (the first is line 3), in a version 5.00 file; `operations` without [T].
inline void check_lines(std::string_view row, std::string_view lines, std::string_view operations, std::string_view diagnostics = "") {
    std::string all = "[T]";
    if (!operations.empty()) all += " " + std::string(operations);
    check_file(row, wide(with_key + std::string(lines)), all, diagnostics);
}

}  // namespace reg_test
