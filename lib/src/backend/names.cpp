#include "names.hpp"

#include "schancfg/utf.hpp"

namespace schancfg::backend {
namespace {

// A limit in UTF-16 units can only be passed by a text of more bytes than that.
bool is_longer(std::string_view text, std::size_t units) {
    return text.size() > units && utf::to_utf16le(text).size() / 2 > units;
}

}  // namespace

// Limits: win32 SysInfo/registry-element-size-limits. Wine takes a component of 256 units, Windows does not.
Result<void> check_key(const registry::KeyPath& key) {
    const std::string_view path = key.path();
    if (path.empty()) return {};
    if (path.find('\0') != std::string_view::npos) return fail(ErrorCode::malformed, "a key name holds a NUL");
    std::size_t depth = 0;
    for (std::size_t start = 0; start <= path.size(); ++depth) {
        const std::size_t end = std::min(path.find('\\', start), path.size());
        if (end == start) return fail(ErrorCode::malformed, "the key path " + key.to_string() + " has an empty name in it");
        if (is_longer(path.substr(start, end - start), registry::max_component_units)) {
            return fail(ErrorCode::malformed, "a key name is longer than 255 characters");
        }
        start = end + 1;
    }
    if (depth > registry::max_depth) return fail(ErrorCode::malformed, "a key path is deeper than 512 levels");
    return {};
}

Result<void> check_value_name(std::string_view name) {
    if (name.find('\0') != std::string_view::npos) return fail(ErrorCode::malformed, "a value name holds a NUL");
    if (is_longer(name, registry::max_value_name_units)) {
        return fail(ErrorCode::malformed, "a value name is longer than 16383 characters");
    }
    return {};
}

std::string describe_value(std::string_view name) {
    return name.empty() ? "the default value" : "the value '" + std::string(name) + "'";
}

std::unexpected<Error> no_such_key(const registry::KeyPath& key, std::uint32_t os_code) {
    return fail(ErrorCode::not_found, "the key " + key.to_string() + " does not exist", std::nullopt, os_code);
}

std::unexpected<Error> no_such_value(const registry::KeyPath& key, std::string_view name, std::uint32_t os_code) {
    return fail(ErrorCode::not_found, "the key " + key.to_string() + " does not hold " + describe_value(name), std::nullopt, os_code);
}

std::unexpected<Error> has_children(const registry::KeyPath& key) {
    return fail(ErrorCode::conflict, "the key " + key.to_string() + " has keys below it and cannot be removed");
}

std::unexpected<Error> is_a_root(const registry::KeyPath& key) {
    return fail(ErrorCode::unsupported, "the root key " + key.to_string() + " cannot be removed");
}

}  // namespace schancfg::backend
