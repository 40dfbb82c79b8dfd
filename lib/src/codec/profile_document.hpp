// The text of a profile as a tree of nodes with places, and what is wrong with it. What the keys mean is not known here; the
// TOML parser is behind `parse_document`, and nothing of it is seen outside.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "schancfg/diagnostic.hpp"

namespace schancfg::codec::profile {

struct DocumentPlace {
    std::uint32_t line = 0, column = 0;
    auto operator<=>(const DocumentPlace&) const = default;
};

struct Member;

struct Node {
    enum class Kind : std::uint8_t { table, array, string, integer, boolean, other };  ///< other: a float, a date, a time
    Kind kind = Kind::other;
    DocumentPlace place;
    std::string text;           ///< of a string
    std::int64_t number = 0;    ///< of an integer; of a boolean 0 or 1
    std::vector<Node> items;      ///< of an array
    std::vector<Member> members;  ///< of a table, in the order of the text
};

struct Member {
    std::string key;
    DocumentPlace place;
    Node value;
};

/// `a table`, `a list`, `a string`, ...: what was found, for messages.
[[nodiscard]] std::string_view kind_name(Node::Kind kind);

/// The errors of one file. After `limit` of them the rest is left out and said to be.
class DocumentErrors {
public:
    static constexpr std::size_t limit = 100;

    explicit DocumentErrors(std::string file) : file_(std::move(file)) {}
    void error(DocumentPlace place, std::string_view rule, std::string message, std::string fix);
    [[nodiscard]] bool full() const { return diagnostics_.size() >= limit; }
    /// There is one more error, and it is not worth the work of its message.
    void leave_out() { cut_ = true; }
    [[nodiscard]] Span span(DocumentPlace place) const { return {file_, place.line, place.column}; }
    [[nodiscard]] const std::string& file() const { return file_; }
    /// In the order of the text.
    [[nodiscard]] Diagnostics take();

private:
    std::string file_;
    Diagnostics diagnostics_;
    bool cut_ = false;
};

/// False, with one error, for a text that must not reach the TOML parser: over 1 MB, invalid UTF-8, control characters, nesting
/// that would exhaust the stack, more items than any profile has.
[[nodiscard]] bool check_text(std::string_view text, DocumentErrors& report);

/// The root table. False, with one error that holds no word of the text, when it is not TOML.
[[nodiscard]] bool parse_document(std::string_view text, Node& root, DocumentErrors& report);

}  // namespace schancfg::codec::profile
