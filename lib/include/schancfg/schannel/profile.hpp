// Profile: what a TOML file asks for, its `extends` resolved, before the release decides what is written.
//
// An Entry is one registry value (or list) that one line of one file asked for. Layers are kept apart, base first, so that
// lint can say which line overrides which. codec/profile_toml makes a Profile; schannel/translate turns it into Wanted. Use from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "schancfg/registry/key_path.hpp"
#include "schancfg/registry/value.hpp"
#include "schancfg/registry/wanted.hpp"
#include "schancfg/result.hpp"

namespace schancfg::schannel {

/// Write this, met by that.
struct Write {
    registry::Value value;
    registry::Meets meets = registry::Meets::exact;
    bool operator==(const Write&) const = default;
};
/// A list of suites, curves or protocols; names that the release does not know are left out when it is translated.
struct WriteList {
    enum class Kind : std::uint8_t { cipher_suites, curves, protocols };
    enum class Form : std::uint8_t { multi_sz, comma_separated, client_bits };  ///< client_bits: a REG_DWORD, for protocols
    Kind kind = Kind::cipher_suites;
    Form form = Form::multi_sz;
    std::vector<std::string> names;  ///< in Windows' spelling
    std::vector<Span> places;        ///< of each name
    std::vector<std::string> since = {};  ///< of each name what Entry::since is for the whole; empty: no name has any
    bool operator==(const WriteList&) const = default;
};
/// A list of suites or curves that is computed for each release from the release's own: `without` and `first`.
struct ComputedList {
    struct Pattern {
        std::string text;  ///< a name, or a glob with `*` and `?`; without case
        Span place;
        bool operator==(const Pattern&) const = default;
    };
    WriteList::Kind kind = WriteList::Kind::cipher_suites;  ///< never protocols
    WriteList::Form form = WriteList::Form::multi_sz;
    std::vector<Pattern> without;  ///< taken out; what is left keeps its order
    std::vector<Pattern> first;    ///< moved to the front, in this order
    bool operator==(const ComputedList&) const = default;
};
/// `"default"`: absent, or what an untouched installation of the release holds.
struct FollowDefault {
    bool operator==(const FollowDefault&) const = default;
};
/// `"unmanaged"`: what was inherited is dropped, the machine keeps its own.
struct Unmanaged {
    bool operator==(const Unmanaged&) const = default;
};

struct Entry {
    registry::KeyPath key;
    std::string value_name;
    std::variant<Write, WriteList, ComputedList, FollowDefault, Unmanaged> what;
    std::string protocol;  ///< of a protocol that is turned on: a release that lacks it leaves the entry out
    bool raw = false;      ///< from [registry.'...'] or a `.reg` file
    Span origin;
    std::string since = {};  ///< id of a release: those with an older build leave the entry out; empty: none do
};

struct Layer {
    std::string file;  ///< path or `built-in:NAME`
    std::string name;  ///< its `name`, may be empty
    bool exact = false;  ///< what it asks is met by the written data alone: it says `exact = true`, or something that extends it does
    std::vector<Entry> entries;  ///< in the order of the file; later entries about the same value win (detail over general)
    Span extended_at = {};       ///< the first line that names it in an `extends`; without a file for the profile itself
};

/// `windows = ">= windows-server-2016"`, every condition must hold.
struct WindowsCondition {
    enum class Kind : std::uint8_t { equal, less, less_equal, greater, greater_equal, client, server };
    Kind kind = Kind::equal;
    std::string release;  ///< id; empty for client and server
    Span origin;
};

struct Profile {
    std::string file;
    std::string name;         ///< may be empty
    std::string description;  ///< may be empty
    std::vector<WindowsCondition> windows;
    std::vector<Layer> layers;  ///< what it extends first, itself last
    std::string sha256;         ///< of the text of this file and all it extends, in the order of layers; lower-case hex
};

}  // namespace schancfg::schannel
