// `open`: from the one spelling of sources (`live`, `reg:FILE`, `hive:DIR`, `os:2022`, `memory:x.json`, ...) to a Source or Target.
// Use from any thread; what is opened belongs to one at a time.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schancfg/backend/source.hpp"
#include "schancfg/codec/profile_toml.hpp"
#include "schancfg/diagnostic.hpp"
#include "schancfg/facts/releases.hpp"
#include "schancfg/registry/area_index.hpp"

namespace schancfg::backend {

struct OpenOptions {
    const facts::Release* os = nullptr;  ///< for sources that don't say theirs; conflicts are an error (malformed)
    bool strict = false;                 ///< for `.reg` files
    bool whole = false;                  ///< a `.reg` file speaks for the whole registry, not for the keys alone that it names
    bool keep_original = false;          ///< a hive that is rewritten stays beside itself, as SYSTEM.bak
    bool create = false;                 ///< a missing `memory:` file is made from `os`
    std::vector<std::string> updates = {};  ///< known updates of an `os:` or `profile:` source: `KB3161639` or `3161639`
    bool updates_complete = false;       ///< it has no others
    std::string standard_input = {};     ///< the text behind `-`, already read by the caller
    bool counted = true;                 ///< false: of a `.reg` file nobody asks where something stands in it, which is faster
    std::optional<std::string_view> content = {};  ///< of open_source: the bytes of the `.reg` file, already read by the caller
};

enum class Kind { live, remote, reg_file, hive, memory, os, profile, policy, standard_input };

/// Is it kept in files that a Target rewrites: `reg:`, `hive:`, `memory:`?
[[nodiscard]] constexpr bool is_file(Kind kind) { return kind == Kind::reg_file || kind == Kind::hive || kind == Kind::memory; }
/// Can it be opened as a Target at all?
[[nodiscard]] constexpr bool is_writable(Kind kind) { return kind == Kind::live || kind == Kind::remote || is_file(kind); }

/// A source that was opened, and what is known of it. Reading is all it can do.
struct OpenedSource {
    std::unique_ptr<Source> source;
    Kind kind = Kind::live;
    std::string label;                        ///< the spelling with an absolute path: `reg:/tmp/a.reg`
    const facts::Release* release = nullptr;  ///< nullptr: unknown
    std::string machine;                      ///< identity for plans and undo records
    Diagnostics diagnostics;                  ///< warnings of reading it
};
struct OpenedTarget {
    std::unique_ptr<Target> target;
    Kind kind = Kind::live;
    std::string label;
    const facts::Release* release = nullptr;
    std::string machine;
    Diagnostics diagnostics;
};

/// What to do about an error, for who shows it to word: the library knows no commands and options.
enum class Remedy {
    none,
    list_profiles,  ///< the shipped profiles can be listed
    name_release,   ///< say which Windows release it is
};

/// What went wrong, for an exit code: `usage` is the caller's spelling or a bad file (2), the rest the medium (3).
struct OpenError {
    bool usage = false;
    Error error;
    Diagnostics diagnostics;  ///< when a file has several errors
    Remedy remedy = Remedy::none;
};

/// What open_source reads of a `.reg` file, unless it is asked to be strict: the managed keys, and those that say which machine it is.
[[nodiscard]] const registry::AreaIndex& keys_of_exports();

[[nodiscard]] std::expected<OpenedSource, OpenError> open_source(std::string_view spelling, const OpenOptions& options);
/// Besides: usage error for a source that cannot be written. Holds the lock of the target while it lives.
[[nodiscard]] std::expected<OpenedTarget, OpenError> open_target(std::string_view spelling, const OpenOptions& options);

/// Text of a profile named on the command line: a regular file of at most 1 MB, not waited for. May be absolute.
[[nodiscard]] Result<std::string> read_profile_text(std::string_view path);

/// codec::Load for files: `name` is relative to the folder of `from`, the id of the file that extends it (its path as far as it is
/// known; relative ones are relative to the working folder). `\` and `/` both separate. malformed: an absolute path, UNC, drive,
/// device and stream names, anything but a regular file of at most 1 MB, or a `from` that is not a file (`built-in:NAME`).
[[nodiscard]] Result<codec::LoadedText> load_profile(std::string_view name, std::string_view from);

/// The files that the TOML profile at `path` extends, however deep, in the order in which they are read; as far as it can be read; empty
/// for anything else. Shipped profiles are not among them.
[[nodiscard]] std::vector<std::string> extended_files(const std::string& path);

}  // namespace schancfg::backend
