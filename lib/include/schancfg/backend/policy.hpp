// Policies on the disk: a registry.pol, a Registry.xml, a GptTmpl.inf, or a folder of them: the backup of a Group Policy, a folder of SYSVOL, or the
// local one. They are merged in the order of the client. Reads files; use from any thread.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "schancfg/backend/open.hpp"
#include "schancfg/codec/policy_lines.hpp"
#include "schancfg/diagnostic.hpp"

namespace schancfg::backend {

struct OpenedPolicy {
    std::string label;             ///< `gpo:DIR` with the path as it was given
    std::string sha256;            ///< of all files that were read
    codec::PolicyLines lines;      ///< of the computer's part, then of the user's
    Diagnostics diagnostics;       ///< warnings of reading
};

/// Does a path end as files of a policy do: `.pol`, `Registry.xml`, `GptTmpl.inf`? Their names may have more before that.
[[nodiscard]] bool is_policy_name(std::string_view path);

/// Does the folder hold a policy at any depth? Looks no further than the first one.
[[nodiscard]] bool holds_policy(const std::string& folder);

/// Of a file by its content, of a folder all policies in it. Policies that ask for different data of one managed value are an error, since a folder does not say which of
/// them the client applies last; links are not followed.
[[nodiscard]] std::expected<OpenedPolicy, OpenError> open_policy(const std::string& path);

/// What is said of items about TLS that are for some machines alone, where it is not known whether those of one of these releases (nullptr: of a release that is not
/// known) are among them; nullopt: nothing.
[[nodiscard]] std::optional<Diagnostic> targeting_note(const codec::PolicyLines& lines, const std::vector<const facts::Release*>& releases);

}  // namespace schancfg::backend
