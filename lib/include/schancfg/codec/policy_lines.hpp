// What a file of a Group Policy asks for, whichever of the three it is: registry.pol (codec/pol.hpp), Registry.xml of Preferences
// (codec/gpp_xml.hpp) or GptTmpl.inf (codec/gpt_tmpl_inf.hpp). Opens no files. Plain values; use from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schancfg/diagnostic.hpp"
#include "schancfg/facts/releases.hpp"
#include "schancfg/plan/checked.hpp"
#include "schancfg/registry/coverage.hpp"
#include "schancfg/registry/patch.hpp"

namespace schancfg::codec {

inline constexpr std::size_t policy_max_file = 64u << 20;  ///< bytes of one file of a policy

/// Whom an item is for (item-level targeting). A release that is in neither list is one that it is not for.
struct PolicyTarget {
    std::vector<const facts::Release*> releases = {};    ///< by build
    std::vector<const facts::Release*> uncertain = {};   ///< depends on more than the release: a group, a site, another registry value
    std::vector<std::string> kinds = {};                 ///< what it depends on there, as Preferences call it: `FilterGroup`; hostile
};

struct PolicyLines {
    /// In the order of the client. A .pol has no lines: there `line` is the number of the entry, from 1, and `column` is 0.
    registry::Patch patch = {};
    std::vector<std::uint32_t> target_of = {};    ///< of each operation: 0 for all machines, else a place in `targets`, from 1
    std::vector<PolicyTarget> targets = {};

    void add(registry::Operation operation, std::uint32_t target = 0) {
        patch.operations.push_back(std::move(operation));
        target_of.push_back(target);
    }
    /// Behind what is there; the operations are of the file `file`, which becomes one of patch.files.
    void append(PolicyLines more, const std::string& file);
};

/// The operations that a machine of that release carries out; nullptr: of a release that is not known, which leaves out all that
/// are not for every machine.
[[nodiscard]] registry::Patch lines_on(const PolicyLines& lines, const facts::Release* release);

/// The places in patch.operations of those that lines_on leaves out on one of `releases` though a machine of it may carry them out.
[[nodiscard]] std::vector<std::size_t> not_certain_on(const PolicyLines& lines, const std::vector<const facts::Release*>& releases);

/// The same as what they ask for, parted into what may be written and the rest.
[[nodiscard]] plan::Parted part_on(const PolicyLines& lines, const facts::Release* release);

/// A policy speaks for the values that it names, and for keys that it deletes.
[[nodiscard]] registry::Coverage coverage_of(const registry::Patch& patch);

/// A key as policies spell it, without root: Windows' spelling of both slashes, `malformed` as KeyPath::parse. Leading, doubled and trailing `\` are tolerated.
[[nodiscard]] Result<registry::KeyPath> policy_key(registry::Root root, std::string_view path);

}  // namespace schancfg::codec
