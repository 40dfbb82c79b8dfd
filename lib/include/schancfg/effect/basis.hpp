// What every answer of the effect rests on: where it comes from, which rule gave it, how sure it is and who says so.
//
// Texts are views into the facts or into the program; only what was read from a registry is owned. Nothing here decides. Use from any thread.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "schancfg/effect/basis_rules.hpp"
#include "schancfg/facts/protocols.hpp"

namespace schancfg::effect {

enum class OriginKind : std::uint8_t {
    release_default,  ///< what the release does where the registry says nothing
    registry_value,
    policy,           ///< a value below `SOFTWARE\Policies`
    update,           ///< a default that an installed update changed
    fips_mode,
};
/// `default`, `registry`, `policy`, `update`, `fips`.
[[nodiscard]] std::string_view origin_kind_name(OriginKind kind);

struct Origin {
    OriginKind kind = OriginKind::release_default;
    std::string key;          ///< `HKLM\SYSTEM\...`; empty for what is built into the release
    std::string value;        ///< value name in `key`
    std::string_view release; ///< release id for release_default and update
    std::string_view update;  ///< `KB3140245` when an update had a part in the answer, whatever the kind
    bool pending = false;     ///< the key was written since the last start: perhaps not in effect yet
    bool operator==(const Origin&) const = default;

    /// One line: `default of windows-server-2019`, `HKLM\...\Server: Enabled`, `policy HKLM\...: Functions`.
    [[nodiscard]] std::string to_string() const;
};

/// How sure an answer is, and who leaves it open. Whatever an effect says of a state carries one: by itself, or as part of its Basis.
struct Surety {
    bool certain = true;       ///< false: sources disagree, nothing is documented, or (see `assumed`) nothing was read
    /// Certain but for a value that the state does not speak for (see registry/coverage.hpp): it was taken as installed. Then `certain` is false.
    bool assumed = false;
    /// A premise was not read, whatever else is disputed: of a part of a state nothing is reported that rests on this. `assumed` implies it.
    bool unread = false;
    /// Sources of the premises that leave it open, without doubles, beside those that the answer has by itself.
    std::vector<std::string_view> premises;
    bool operator==(const Surety&) const = default;

    /// Nothing but the reading is missing: where that is marked once, no other mark is due.
    [[nodiscard]] bool undisputed() const { return certain || assumed; }
    /// Takes the answer as assumed; what is disputed stays disputed.
    void assume() {
        unread = true;
        if (certain) assumed = true;
        certain = false;
    }
    /// Something that the answer rests on is disputed, by these.
    void dispute(std::initializer_list<std::string_view> by);
    /// As uncertain as `premise`, on which the answer rests, and with its sources.
    void rest_on(const Surety& premise);
};

/// What an answer of the effect rests on.
struct Basis : Surety {
    Origin origin;
    BasisRule rule = BasisRule::none;
    facts::Confidence confidence = facts::Confidence::documented;
    std::string_view source;   ///< for the answer that is given; may name several, separated by `; `
    std::string_view alternative;         ///< the answer that the other source gives, or that would hold otherwise; may be empty
    std::string_view alternative_source;
    std::string_view stated;   ///< what `source` says by itself where the answer is `uncertain`; else empty
    std::string_view note;     ///< one sentence to know; may be empty
    bool operator==(const Basis&) const = default;

    using Surety::rest_on;
    /// The same with the sources, and the note where there is none yet, of what leaves the premise open.
    void rest_on(const Basis& premise);
    /// How sure, with all sources.
    [[nodiscard]] Surety surety() const;
    /// All sources, that of the given answer first, then the alternative's and the premises', without empty ones and doubles.
    [[nodiscard]] std::vector<std::string_view> sources() const;
};

}  // namespace schancfg::effect
