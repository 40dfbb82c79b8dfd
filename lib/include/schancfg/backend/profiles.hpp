// The one opener of profiles: for what a command is asked to bring about, and for the source `profile:`.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schancfg/backend/open.hpp"
#include "schancfg/codec/hardening_kitty.hpp"
#include "schancfg/codec/policy_lines.hpp"
#include "schancfg/registry/coverage.hpp"
#include "schancfg/registry/patch.hpp"
#include "schancfg/registry/wanted.hpp"
#include "schancfg/schannel/profile.hpp"

namespace schancfg::backend {

struct ProfileOptions {
    bool strict = false;              ///< a line of a `.reg` file that Windows would skip is an error, and so is what is not understood of another's file
    std::string standard_input = {};  ///< the text behind `-`, already read by the caller
    bool with_lines = false;          ///< of a `.reg` file its lines and its text, which may be large, and not what may be written of it
};

/// The text of a profile that was read from a file, for comments in it.
struct ProfileText {
    std::string file;  ///< as in the layers of the profile
    std::string text;
};

/// A profile, whichever kind of file stands behind its name.
struct OpenedProfile {
    std::string label;    ///< `profile:strict`, `reg:dh.reg`
    std::string sha256;   ///< of the text, and of what it extends; lower-case hexadecimal; with_lines: empty for a `.reg` file
    std::optional<schannel::Profile> profile;  ///< of a TOML profile or an IIS Crypto template
    registry::Wanted lines;                    ///< of a `.reg` file, a list or a policy: what may be written of it; of items for some machines alone see lines_on
    std::optional<codec::PolicyLines> policy = {};  ///< of a policy
    Diagnostics refused;                       ///< of any but a TOML profile: the lines that may not be written (plan/checked.hpp)
    std::size_t left_out = 0;                  ///< how many those are
    std::vector<ProfileText> texts;            ///< of the TOML files, not of shipped ones; with_lines: of the `.reg` file, in UTF-8
    registry::Patch patch;                     ///< with_lines: all lines of the `.reg` file, as they stand
    registry::Coverage coverage;               ///< of a `.reg` file: the keys that it speaks for
    Diagnostics diagnostics;                   ///< warnings of reading it
    std::optional<codec::HardeningKittyList> list = std::nullopt;  ///< of a finding list: its rows, each with what meets it
};

/// `word` is the name of a shipped profile (a name without separator and extension always is, so that no file in the folder can take
/// its place), a path to a TOML profile, to a `.reg` file, to a template of IIS Crypto or to a finding list of HardeningKitty (those two are known by what they hold),
/// `reg:FILE`, a file or folder of a policy (`gpo:DIR`, backend/policy.hpp), any of them behind `profile:`, or `-`. Every failure is of the kind `usage`. Reads files; use from any thread.
[[nodiscard]] std::expected<OpenedProfile, OpenError> open_profile(std::string_view word, const ProfileOptions& options);

/// What the lines of a `.reg` file or a policy ask of a machine of that release; nullptr: of a release that is not known.
[[nodiscard]] registry::Wanted lines_on(const OpenedProfile& profile, const facts::Release* release);

/// One line that says how many lines were left out, as a note; nullopt: none was.
[[nodiscard]] std::optional<Diagnostic> left_out_note(const OpenedProfile& profile);

}  // namespace schancfg::backend
