// The XML of an IIS Crypto template: its text in UTF-8, what may not be in it, the tree, and places.
#pragma once

#include <pugixml.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "schancfg/diagnostic.hpp"

namespace schancfg::codec::iis_crypto {

/// By its bytes: these files say `encoding="utf-16"` and are ASCII. Half a character at the end is dropped.
[[nodiscard]] std::string utf8_of(std::string_view bytes);

class Xml {
public:
    Xml(std::string text, std::string file, bool strict);

    /// false: an error was reported. No document types, no entities of its own; the limits of codec/iis_crypto.hpp.
    bool parse();

    [[nodiscard]] pugi::xml_node root() const { return tree_.document_element(); }
    [[nodiscard]] Span place(std::size_t offset) const;
    [[nodiscard]] Span place(const pugi::xml_node& node) const;

    bool error(std::size_t offset, std::string_view rule, std::string message, std::string fix = {});
    /// Of what is not understood: an error with `strict`. After 1,000 the rest is counted.
    void unknown(const pugi::xml_node& at, std::string message, std::string fix = {});
    void note(const pugi::xml_node& at, std::string_view rule, std::string message, std::string fix = {});
    [[nodiscard]] Diagnostics take();

private:
    bool check_markup();

    std::string text_;
    std::string file_;
    bool strict_ = false;
    std::vector<std::size_t> lines_;  // where each begins
    pugi::xml_document tree_;
    Diagnostics diagnostics_;
    std::size_t left_out_ = 0;
};

}  // namespace schancfg::codec::iis_crypto
