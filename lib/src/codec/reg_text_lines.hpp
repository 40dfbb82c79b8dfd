// The lines of a `.reg` file, whatever it is encoded in, one at a time as UTF-8. Knows nothing of what the lines say.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace schancfg::codec::reg_text {

enum class Encoding : std::uint8_t {
    utf16le,      ///< with the byte order mark FF FE: the only way Windows knows it
    utf8_marked,  ///< with the byte order mark EF BB BF
    utf8,         ///< without, and valid; Windows takes it for the ANSI code page
    ansi,         ///< any other bytes
    utf16be,          ///< not a text that Windows imports
    utf16_unmarked,   ///< likewise
};

/// Looks at the byte order mark, and without one at all bytes.
[[nodiscard]] Encoding find_encoding(std::string_view bytes);

/// Appends a character of the code page 1252 (28591 with `latin1`) as UTF-8.
void append_ansi(std::string& out, unsigned char byte, bool latin1);

/// Lines that were passed over, whole ones but perhaps for the last of the text.
struct PassedLines {
    std::size_t begin = 0, end = 0;  ///< bytes of the text
    std::size_t line_ends = 0;
    bool is_open = false;  ///< the last has no end
};

class LineReader {  // its `pass` is in reg_text_pass.cpp
public:
    /// `bytes` must outlive the reader. `encoding` is one of the first four.
    /// `counted`: lines that are passed over are; else `number` counts those alone that `next` gave.
    LineReader(std::string_view bytes, Encoding encoding, bool latin1, bool counted = true);

    /// `pass` appends what it passes over to `passed`, which outlives the reader. `goes_on`: the text, which ends in a whole line, is the beginning of one: lines
    /// that are passed over at its end end it where the last key line among them begins, or where they do.
    void record(std::vector<PassedLines>& passed, bool goes_on) {
        passed_ = &passed;
        goes_on_ = goes_on;
    }

    /// The next line without its end (CR LF, LF or CR; the last needs none), as UTF-8; lone surrogates as in utf.hpp. It is
    /// valid until the next call. False at the end, and at a line that is longer than `reg_max_line` characters.
    [[nodiscard]] bool next(std::string_view& line);
    /// Passes over empty lines, which count as lines: `next` gives the first that holds something.
    void pass_empty();
    /// Passes over lines until the next one that could be a key line, which `next` gives then. Nothing else is said of the lines passed, but one that is too
    /// long ends the text. `known` (ASCII, without a last backslash): key lines below that key are passed over as well.
    /// Not 0: not all of it could be passed over without reading it (hex data that may go on in the line of the key, or the comment reg_whole_comment), so `next`
    /// gives every line; call it again when `at` is beyond what was returned.
    [[nodiscard]] std::size_t pass(std::string_view known);
    /// How far it has read, in bytes.
    [[nodiscard]] std::size_t at() const { return at_; }
    /// Where the line begins that `next` gave last, in bytes of the text.
    [[nodiscard]] std::size_t line_begin() const { return before_ + line_begin_; }
    /// Where a key line begins at which lines passed over were ended because the text goes on; 0: that was not so.
    [[nodiscard]] std::size_t ended_at() const { return ended_at_; }
    /// Of the line that `next` gave last, from 1.
    [[nodiscard]] std::uint32_t number() const { return number_; }
    [[nodiscard]] bool is_too_long() const { return too_long_; }
    /// Does the text end in half a UTF-16 unit?
    [[nodiscard]] bool ends_in_half() const { return ends_in_half_; }
    /// Does the line hold a NUL character?
    [[nodiscard]] bool line_has_nul() const { return has_nul_; }
    /// Does the line hold a byte that is not ASCII? Not asked of UTF-16.
    [[nodiscard]] bool line_is_non_ascii() const { return non_ascii_; }

private:
    bool next_wide(std::string_view& line);
    bool next_narrow(std::string_view& line);
    template <class Unit, bool counted>
    std::size_t pass_units(std::string_view known);
    std::string_view decoded(std::string_view raw);

    std::string_view bytes_;       // without the mark
    std::size_t before_ = 0;       // bytes of the mark
    std::vector<PassedLines>* passed_ = nullptr;
    bool goes_on_ = false, is_ended_ = false;
    std::size_t ended_at_ = 0;
    std::size_t line_begin_ = 0;
    Encoding encoding_;
    bool latin1_;
    bool counted_;
    bool too_long_ = false;
    bool ends_in_half_ = false;
    bool has_nul_ = false;
    bool non_ascii_ = false;
    std::uint32_t number_ = 0;
    std::size_t at_ = 0;
    std::size_t next_cr_ = 0;  // of a narrow text; never before at_ once looked for
    std::size_t next_lf_ = 0;
    std::string buffer_;
};

}  // namespace schancfg::codec::reg_text
