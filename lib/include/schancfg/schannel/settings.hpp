// Settings: the registry values that have a name in profiles. One row says which value it is, how a profile spells it, what
// it takes and what people call it; the decoder, the encoder, `status` and the JSON Schema all read these rows.
//
// The rows follow schannel/managed.hpp: every value of Permission::named is here and no other. What a value does to TLS is
// not said here but in facts/ and effect/. Use from any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schancfg/registry/key_path.hpp"
#include "schancfg/registry/wanted.hpp"
#include "schancfg/schannel/profile.hpp"

namespace schancfg::schannel {

enum class Form : std::uint8_t {
    word,       ///< REG_DWORD: one of `words`
    boolean,    ///< REG_DWORD: true is 1, false is 0
    number,     ///< REG_DWORD from `minimum` to `maximum`
    flags,      ///< REG_DWORD: a list of `words`, added up; a word whose number is 0 stands alone, outside of a list
    protocols,  ///< REG_DWORD: a list of `words` that are protocols; the release leaves out those that it does not know
    suites,     ///< a list of cipher suites
    curves,     ///< a list of elliptic curves
    signatures, ///< REG_MULTI_SZ: a list of signature algorithms such as `RSAE-PSS/SHA256`
};

struct Word {
    std::string_view word;
    std::uint32_t number = 0;
};

struct Setting {
    /// How profiles name it, the full path last: `dotnet / strong_crypto`, ..., `dotnet / v4.0.30319 / view64 / strong_crypto`.
    /// A shorter path names several settings at once; a longer one wins over it.
    std::vector<std::vector<std::string_view>> paths;
    registry::KeyPath key;
    std::string value_name;
    Form form = Form::word;
    std::span<const Word> words = {};
    std::uint32_t minimum = 0, maximum = 0;
    registry::Meets on_meets = registry::Meets::exact;  ///< what Windows is documented to treat like a number other than 0
    WriteList::Form list_form = WriteList::Form::multi_sz;
    std::string_view protocol = {};  ///< of the rows of one protocol
    std::string label;          ///< `TLS 1.0 (server)`

    [[nodiscard]] const std::vector<std::string_view>& path() const { return paths.back(); }
    /// The full path as TOML spells it: `protocols."TLS 1.0".server`.
    [[nodiscard]] std::string name() const;
    /// What asks for `number`, with what already meets it.
    [[nodiscard]] Write write(std::uint32_t number) const;
};

/// Rows in the order of the sections of contract and manual; the halves of a protocol switch stand side by side.
[[nodiscard]] std::span<const Setting> settings();
/// nullptr: the value has no name. Without case.
[[nodiscard]] const Setting* find_setting(const registry::KeyPath& key, std::string_view value_name);

/// The paths of all settings as a tree, as a profile nests its tables.
struct PathNode {
    std::string_view word;
    bool windows_name = false;                ///< a name of Windows', met without case; other words are met exactly
    std::vector<const Setting*> settings;     ///< what a value right here is about; all take the same words
    std::vector<PathNode> children;           ///< in the order of the rows

    /// nullptr: no such child.
    [[nodiscard]] const PathNode* find(std::string_view child) const;
};
[[nodiscard]] const PathNode& setting_paths();

}  // namespace schancfg::schannel
