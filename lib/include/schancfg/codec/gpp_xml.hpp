// Registry.xml: the registry items of Group Policy Preferences. Source of the format: [MS-GPPREF] 2.2.1.17; of the two forms: captures of
// Set-GPPrefRegistryValue and of the editor (lib/docs/formats/gpp.md). Opens no files. Use from any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schancfg/codec/carrier.hpp"
#include "schancfg/codec/policy_lines.hpp"
#include "schancfg/diagnostic.hpp"

namespace schancfg::codec {

/// An element as it stands: of a Registry.xml, or of the XML files of a backup.
struct GppElement {
    std::string name = {};
    std::vector<std::pair<std::string, std::string>> attributes = {};  ///< in their order
    std::string text = {};                       ///< of an element without children
    std::vector<GppElement> children = {};
    std::uint32_t line = 0, column = 0;
    [[nodiscard]] std::string_view attribute(std::string_view of) const;  ///< empty: there is none
    [[nodiscard]] const GppElement* child(std::string_view of) const;     ///< nullptr: there is none
};

/// As the cmdlet of Windows Server 2025 writes it: BOM, CRLF, two blanks a level; or the editor: no BOM, each item in one line.
enum class GppForm : std::uint8_t { cmdlet, editor };

inline constexpr std::size_t gpp_max_depth = 64;
inline constexpr std::size_t gpp_max_elements = 500000;

/// The tree of an XML file of a policy within these limits, without document types; or an error with line and column.
[[nodiscard]] Decoded<GppElement> decode_gpp_tree(std::string_view bytes, const std::string& file);
[[nodiscard]] std::string encode_gpp_tree(const GppElement& root, GppForm form);

/// Text as the value of an attribute in quotation marks; an empty result for a non-empty text: XML 1.0 cannot hold it.
[[nodiscard]] std::string gpp_escape(std::string_view text);

/// What the items ask for, in their order; items that are switched off are left out. Wrong items are warnings and left out, an action that is not known
/// is an error. Both writers' forms are read.
[[nodiscard]] Decoded<PolicyLines> decode_gpp(std::string_view bytes, const std::string& file);

/// One thing to ask for through Preferences, of all machines (no releases) or of some.
struct GppAsk {
    registry::WantedValue item = {};
    bool whole_key = false;   ///< the key with all below it is to go; `item` says no value
    std::vector<const facts::Release*> releases = {};
};
/// Registry.xml of these, sorted; what it cannot say is added to `gaps`. Empty: nothing can be said. `changed` is constant, ids are made from the content.
[[nodiscard]] std::string encode_gpp(std::vector<GppAsk> asks, std::vector<CarrierGap>& gaps);

/// A profile as one Registry.xml, policies and other values alike.
[[nodiscard]] Result<Carried> encode_gpp_carrier(const CarrierInput& input);

}  // namespace schancfg::codec
