// The XML of a scan: its outline first, within limits and without a tree, then one child of the root at a time as a tree of pugixml.
//
// So a file of thousands of hosts takes the memory of one. A document type may name a root and nothing else: entities are not
// declared, and nothing outside of the file is looked at.
#pragma once

#include <pugixml.hpp>

#include <string_view>
#include <vector>

#include "scan_report.hpp"

namespace schancfg::codec::scan {

struct XmlChild {
    std::string_view name;
    Extent extent;
};

struct XmlOutline {
    std::string_view text;  ///< of the whole file
    std::string_view root;
    Extent head;            ///< start tag of the root
    std::vector<XmlChild> children;
};

/// False, with an error, for a text that is not XML, ends too early, declares entities or goes beyond the limits of scan.hpp.
[[nodiscard]] bool outline_xml(std::string_view text, XmlOutline& outline, ScanErrors& report);

/// The child as a tree. False, with an error, where it is not XML.
[[nodiscard]] bool parse_child(const XmlOutline& outline, const XmlChild& child, pugi::xml_document& tree, ScanErrors& report);
/// The root with its attributes and without its children.
[[nodiscard]] bool parse_head(const XmlOutline& outline, pugi::xml_document& tree, ScanErrors& report);

}  // namespace schancfg::codec::scan
