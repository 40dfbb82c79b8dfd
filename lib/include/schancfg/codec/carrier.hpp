// Carriers: what takes a profile to machines in place of this program: a script, a policy backup, a role, a configuration document.
//
// A carrier is an encoder of its own (codec/<carrier>.hpp) from one CarrierInput to files. All share how the input comes about: the profile is
// translated for each release that it is for, and releases of which the same is asked are one variant. Opens no file. Use from any thread.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schancfg/diagnostic.hpp"
#include "schancfg/facts/releases.hpp"
#include "schancfg/registry/wanted.hpp"
#include "schancfg/result.hpp"
#include "schancfg/schannel/profile.hpp"

namespace schancfg::codec {

/// What is asked of some machines.
struct CarrierVariant {
    std::vector<const facts::Release*> releases = {};  ///< by build; a machine is meant when it has the build number and is a client or server as one of them. Empty: every machine
    registry::Wanted wanted = {};                      ///< sorted; only what may be written (plan/checked.hpp); registry::to_patch gives its operations
};

struct CarrierInput {
    std::string name = {};         ///< of the profile, as its file says it; hostile: may hold anything but control characters
    std::string description = {};  ///< likewise; may be empty
    std::string label = {};        ///< `profile:strict`, `reg:dh.reg`; hostile as well
    std::vector<CarrierVariant> variants = {};  ///< no release is in two of them; one without releases is the only one
    bool removal = false;                       ///< the variants hold what undoes an export
    std::vector<CarrierVariant> removals = {};  ///< what undoes this export, for a carrier that writes it beside (its settings stay when the carrier goes)
};

/// One file of an export.
struct CarrierFile {
    std::string path = {};   ///< relative, parts separated by `/`, of letters, digits, blanks and `.-_{}` alone
    std::string bytes = {};
};
/// What was asked and the carrier cannot say.
struct CarrierGap {
    registry::KeyPath key = {};
    std::string value = {};   ///< name of the value; empty: the default value or the key itself
    std::string reason = {};  ///< a sentence's end for people: `Policy CSP has no setting for it`
};
struct Carried {
    std::vector<CarrierFile> files = {};  ///< by path; the first is the one that a carrier of a single file consists of
    std::vector<CarrierGap> gaps = {};    ///< by key and value, each once
    bool one_a_release = false;           ///< each file is for the release that its name holds
};

struct CarrierOptions {
    const facts::Release* release = nullptr;  ///< for machines of this release alone; nullptr: for all that the profile's `windows` allows
    bool removal = false;                     ///< what undoes the export: each value as an untouched installation has it
};

/// The variants of a profile, by the build of their first release; one without releases where the same is asked of every release. A release that the profile
/// can't be translated for is left out with a warning; that none is left, or not the one that was asked for, is an error.
[[nodiscard]] Decoded<std::vector<CarrierVariant>> carrier_variants(const schannel::Profile& profile, const CarrierOptions& options);
/// Of lines that know no release (a `.reg` file, a policy): one variant; with `removal` one for each of the releases whose untouched installations differ in these values.
/// Values below `Local\SSL` of which it is not known what an installation holds are left as they are.
[[nodiscard]] std::vector<CarrierVariant> carrier_variants(const registry::Wanted& lines, const CarrierOptions& options);

/// The same of lines that are for some releases alone (a policy): what `lines_on` gives for each.
[[nodiscard]] std::vector<CarrierVariant> carrier_variants(const std::function<registry::Wanted(const facts::Release*)>& lines_on, const CarrierOptions& options);

/// For a carrier without conditions: one variant stays as it is; of several, what they ask of each release is a variant of its own, by build, so that its file is found by
/// the release's name.
[[nodiscard]] std::vector<CarrierVariant> one_a_release(const std::vector<CarrierVariant>& variants);

/// On what else it depends whether, and with what, `item` is written: `it is asked for only where there is no such value`. Empty: on nothing, so that
/// a carrier that writes without a look at what is there does what is asked.
[[nodiscard]] std::string_view condition_of(const registry::WantedValue& item);

/// An id that stays the same for the same words: a UUID of version 8 from their SHA-256, lower case without braces.
[[nodiscard]] std::string stable_uuid(std::string_view words);

}  // namespace schancfg::codec
