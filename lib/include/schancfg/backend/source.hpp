// Source and Target: where a registry state can be read from, and where it can be written.
//
// A Source can only read; what may write is a Target, opened holding whatever lock it has. The verbs are as small as
// the registry's own, so one contract suite (tests/contract) holds for every implementation. All paths are spelled as in
// registry/key_path.hpp. No implementation follows or removes a symbolic link but CurrentControlSet. An object is used by one thread at a time.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "schancfg/registry/coverage.hpp"
#include "schancfg/registry/key_path.hpp"
#include "schancfg/registry/tree.hpp"
#include "schancfg/result.hpp"

namespace schancfg::backend {

/// One key, as it is.
struct KeyContent {
    std::vector<registry::NamedValue> values;  ///< in stored order
    std::vector<std::string> children;         ///< names in registry order
    std::uint64_t last_write = 0;              ///< FILETIME; 0: unknown
    bool is_link = false;                      ///< a symbolic link, or a key behind one; its values and children are not its target's
};

class Source {
public:
    virtual ~Source() = default;
    /// not_found: no such key. access_denied, io as the system says. A list of values is never cut short in silence.
    [[nodiscard]] virtual Result<KeyContent> read(const registry::KeyPath& key) const = 0;
    /// As `read`, for who asks for no names of children: a source for which they cost much leaves them out.
    [[nodiscard]] virtual Result<KeyContent> read_alone(const registry::KeyPath& key) const { return read(key); }
    /// How people call it: `live`, `reg:old.reg`, `os:windows-server-2022`.
    [[nodiscard]] virtual std::string label() const = 0;
    /// The keys that it speaks for; all, unless it is a file that holds a part of a registry.
    [[nodiscard]] virtual const registry::Coverage& coverage() const;
};

class Target : public Source {
public:
    /// Makes the key and all missing parents; an existing key is left alone.
    [[nodiscard]] virtual Result<void> create(const registry::KeyPath& key) = 0;
    /// Makes or replaces the value. not_found: the key does not exist.
    [[nodiscard]] virtual Result<void> set(const registry::KeyPath& key, std::string_view name, const registry::Value& value) = 0;
    /// not_found: no such key or value.
    [[nodiscard]] virtual Result<void> unset(const registry::KeyPath& key, std::string_view name) = 0;
    /// Removes a key that has no children, with its values. conflict: it has children. not_found: no such key.
    [[nodiscard]] virtual Result<void> erase(const registry::KeyPath& key) = 0;
    /// Makes all changes since the last commit durable: a file is rewritten whole or not at all. Live registries have
    /// already written; they flush what the system would write to the disk later. Nothing is seen by others before commit where the medium allows that.
    [[nodiscard]] virtual Result<void> commit() = 0;
    /// Is nothing written before commit, so that after a commit that failed the medium holds what it held?
    [[nodiscard]] virtual bool writes_at_commit() const { return false; }
};

/// A symbolic link that was met.
struct Link {
    registry::KeyPath key;
    std::string leads_to;  ///< `\Registry\Machine\...`; empty: the key lies behind a link that is not met itself
};

/// Everything in the areas, or the first error. A key that does not exist is not an error: it is absent from the Tree,
/// which then has its nearest existing parent, without values, so that a plan knows which keys it has to make.
/// Links are not followed and not copied, and reported in `links`. A key that vanishes or changes while being read (last write
/// differs) is read again, at most 8 times, then conflict.
[[nodiscard]] Result<registry::Tree> snapshot(const Source& source, const std::vector<registry::Area>& areas, std::vector<Link>* links = nullptr);

}  // namespace schancfg::backend
