#include "codec/reg_text_parser.hpp"

#include <algorithm>
#include <array>

#include "schancfg/utf.hpp"

// What Windows does with each kind of line is known from tests that the Wine project runs on Windows: Wine's
// programs/reg/tests/import.c (reg.exe) and programs/regedit/tests/regedit.c. The ids in comments are the rows of
// lib/docs/formats/reg.md.
namespace schancfg::codec::reg_text {
namespace {

using registry::KeyPath;
using registry::Root;
using registry::Value;

constexpr std::size_t npos = std::string_view::npos;
constexpr std::string_view header_5 = "Windows Registry Editor Version 5.00";
constexpr std::string_view header_4 = "REGEDIT4";
constexpr std::string_view header_31 = "REGEDIT";
constexpr std::string_view right_header = "the first line must be \"Windows Registry Editor Version 5.00\" or \"REGEDIT4\"";

bool is_blank(char c) { return c == ' ' || c == '\t'; }

std::size_t skip_blanks(std::string_view text, std::size_t at) {
    while (at < text.size() && is_blank(text[at])) ++at;
    return at;
}

bool is_end_or_comment(std::string_view text, std::size_t at) { return at == text.size() || text[at] == ';'; }

// 16 for everything that is no hex digit.
constexpr std::array<std::uint8_t, 256> hex_digits = [] {
    std::array<std::uint8_t, 256> digits{};
    digits.fill(16);
    for (unsigned i = 0; i < 10; ++i) digits['0' + i] = static_cast<std::uint8_t>(i);
    for (unsigned i = 0; i < 6; ++i) digits['a' + i] = digits['A' + i] = static_cast<std::uint8_t>(10 + i);
    return digits;
}();

unsigned hex_digit(char c) { return hex_digits[static_cast<unsigned char>(c)]; }
bool is_hex_digit(char c) { return hex_digit(c) < 16; }

// A text of n bytes has at most n units, so that most texts need not be counted.
bool is_longer(std::string_view text, std::size_t units) {
    return text.size() > units && utf::to_utf16le(text).size() / 2 > units;
}

std::string line_number(std::uint32_t line) { return "line " + std::to_string(line); }

// Text and a NUL, in exactly the room they need.
std::string to_sz_bytes(std::string_view text) {
    std::string bytes(2 * text.size() + 2, '\0');
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (static_cast<unsigned char>(text[i]) >= 0x80) return utf::to_utf16le(text) + std::string(2, '\0');
        bytes[2 * i] = text[i];
    }
    return bytes;
}

}  // namespace

void Parser::run() {
    if (!read_header()) return;
    for (std::string_view line; lines_.next(line);) read_line(line);
    if (lines_.is_too_long()) {
        report_.error("reg-line-too-long", lines_.number(), 0, "the line is longer than 4,194,304 characters",
                      "wrap hex data, each line ending in ,\\");
    } else if (lines_.ends_in_half()) {
        report_.warning("reg-half-character", lines_.number(), 0,
                        "the file ends in the first half of a UTF-16 character, which Windows ignores", "check that the file is complete");
    }
}

bool Parser::read_header() {
    std::string_view line;
    if (!lines_.next(line)) {
        report_.error("reg-header", 1, 0, lines_.is_too_long() ? "the first line is no header of a .reg file" : "the file is empty",
                      std::string(right_header));
        return false;
    }
    const std::string_view header = line.substr(skip_blanks(line, 0));
    version_5_ = header == header_5;
    if (version_5_ || header == header_4) return true;
    // Only what is nearly a header is repeated: the file may be anything, and nobody else's business.
    std::string message = "the first line is no header of a .reg file";
    const std::string folded = utf::fold_case(header.substr(0, 64));
    if (header == header_31) {
        message = "REGEDIT alone is the header of Windows 3.1, whose files hold no keys in brackets";
    } else if (header.starts_with(header_5) || header.starts_with(header_31)) {
        message = "the header is followed by other characters, so Windows would import nothing: " + quoted(header.substr(0, 64));
    } else if (folded.starts_with(header_31) || folded.starts_with(utf::fold_case(header_5.substr(0, 23)))) {
        message = "Windows does not know the header " + quoted(header.substr(0, 64));
    } else if (header.empty()) {
        message = "the first line is empty, so Windows would import nothing";
    }
    report_.error("reg-header", 1, 0, std::move(message), std::string(right_header));
    return false;
}

void Parser::read_line(std::string_view line) {
    const std::size_t at = skip_blanks(line, 0);
    if (is_end_or_comment(line, at)) return;
    const char first = line[at];
    if (first != '[' && first != '@' && first != '"') {
        const std::uint32_t here = lines_.number();
        if (open_hex_line_ != 0 && open_hex_line_ + 1 == here && is_hex_digit(first)) {
            open_hex_line_ = here;
            report_.skipped("reg-lost-continuation", here, column(line, at),
                            "the line is ignored: the hex bytes above end in a comma without a backslash, so their value ends there",
                            "end the line before in ,\\");
        } else {
            report_.skipped("reg-line-ignored", here, column(line, at),
                            "the line is ignored: it is neither a key, nor a value, nor a comment",
                            first == '#' ? "start comments with ;" : "remove the line or start it with ;");
        }
        return;
    }
    if (line.find('\0') != npos) {
        report_.skipped("reg-nul", lines_.number(), 0, "the line is not imported: it holds a NUL character", "check how the file was made");
        return;
    }
    if (lines_.line_is_non_ascii() && !told_of_encoding_ && encoding_ != Encoding::utf8_marked) {
        told_of_encoding_ = true;
        const std::string how = encoding_ == Encoding::utf8 ? "UTF-8" : latin1_ ? "code page 28591" : "code page 1252";
        report_.warning("reg-ansi-text", lines_.number(), 0,
                        "the line is read as " + how + ", and Windows will read it in the ANSI code page of the machine",
                        "save the file as UTF-16LE with a byte order mark");
    }
    if (first == '[') {
        read_key(line, at);
    } else {
        read_value(line, at);
    }
}

void Parser::read_key(std::string_view line, std::size_t at) {
    const std::size_t start = at + 1;
    const std::size_t end = line.rfind(']');
    place_ = {lines_.number(), column(line, at)};
    if (end == npos || end < start || is_blank(line[start])) {  // K3, K5, K11, D2
        const std::string why = end == npos ? "the closing bracket is missing" : "a blank follows the opening bracket";
        const std::string then = is_open_ ? "; what follows goes to the key of " + line_number(open_line_) : "";
        report_.skipped("reg-key-ignored", place_.line, place_.column, "the key line is ignored: " + why + then,
                        end == npos ? "end the key in ]" : "remove the blank");
        return;
    }
    is_open_ = false;
    open_line_ = place_.line;
    const std::string_view text = line.substr(start, end - start);
    if (text.starts_with('-')) return read_deletion(text.substr(1));
    Root root{};
    std::string_view path;
    no_key_ = "was not opened";
    if (!resolve_key(text, root, path)) return;
    sink_.open_key(root, path, place_);
    is_open_ = true;
}

void Parser::read_deletion(std::string_view text) {
    no_key_ = "deletes its key";
    if (!text.empty() && is_blank(text.front())) {  // D2
        report_.skipped("reg-key-ignored", place_.line, place_.column, "the key is not deleted: a blank follows the minus sign",
                        "remove the blank");
        return;
    }
    Root root{};
    std::string_view path;
    if (!resolve_key(text, root, path)) return;
    if (path.empty()) {  // D5
        report_.skipped("reg-root-deletion", place_.line, place_.column, "the key is not deleted: a root key cannot be deleted",
                        "name the keys below it");
        return;
    }
    sink_.erase_key(root, path, place_);
}

bool Parser::resolve_key(std::string_view text, Root& root, std::string_view& path) {
    const std::size_t root_end = std::min(text.find('\\'), text.size());
    const std::string_view root_name = text.substr(0, root_end);
    const auto refuse = [&](std::string_view rule, const std::string& why, std::string fix) {
        report_.skipped(rule, place_.line, place_.column, "the key is not opened: " + why, std::move(fix));
        return false;
    };
    if (root_name != registry::long_name(root)) {
        const auto found = registry::find_root(root_name);
        if (!found) {  // K9
            return refuse("reg-unknown-root", quoted(root_name) + " is no root key",
                          "start with HKEY_LOCAL_MACHINE, HKEY_CURRENT_USER, HKEY_CLASSES_ROOT, HKEY_USERS or HKEY_CURRENT_CONFIG");
        }
        root = *found;
        if (utf::equal_no_case(root_name, registry::short_name(root))) {  // K12
            report_.warning("reg-short-root", place_.line, place_.column,
                            "regedit may not know the short name " + quoted(root_name),
                            "write " + std::string(registry::long_name(root)));
        }
    }
    path = text.substr(std::min(root_end + 1, text.size()));
    while (path.ends_with('\\')) path.remove_suffix(1);  // K7
    if (path.starts_with('\\') || path.find("\\\\") != npos) {
        path_text_.clear();
        for (const char c : path) {
            if (c != '\\' || (!path_text_.empty() && path_text_.back() != '\\')) path_text_ += c;
        }
        path = path_text_;
    }
    // N1, N4 of lib/docs/formats/reg.md: limits of the registry itself.
    std::size_t depth = 0;
    for (std::size_t start = 0; start < path.size(); ++depth) {
        const std::size_t end = std::min(path.find('\\', start), path.size());
        if (is_longer(path.substr(start, end - start), registry::max_component_units)) {
            return refuse("reg-name-too-long", "the name " + quoted(path.substr(start, end - start)) + " is longer than 255 characters",
                          "use a shorter name");
        }
        start = end + 1;
    }
    if (depth > registry::max_depth) return refuse("reg-key-too-deep", "it is deeper than 512 levels", "use fewer levels");
    return true;
}

void Parser::read_value(std::string_view line, std::size_t at) {
    place_ = {lines_.number(), column(line, at)};
    if (line[at] == '@') {  // V1
        name_ = {};
        ++at;
    } else {
        ++at;
        if (const std::string_view why = unescape(line, at, name_, name_text_); !why.empty()) {  // V5
            report_.skipped("reg-value-name", place_.line, place_.column, "the value is not imported: its name has " + std::string(why),
                            "write \"name\"=data");
            return;
        }
        // Two halves of a surrogate pair may have met when a backslash between them went.
        if (name_.data() == name_text_.data() && name_.find('\xED') != npos) {
            name_text_ = utf::from_utf16le(utf::to_utf16le(name_));
            name_ = name_text_;
        }
    }
    at = skip_blanks(line, at);
    if (at == line.size() || line[at] != '=') {  // V5, V6
        return reject("reg-value-name", line, at, "no = follows its name", "write \"name\"=data");
    }
    at = skip_blanks(line, at + 1);
    while (line.size() > at && is_blank(line.back())) line.remove_suffix(1);  // V3
    read_data(line, at);
}

void Parser::read_data(std::string_view line, std::size_t at) {
    const std::string_view data = line.substr(at);
    if (data.starts_with('"')) return read_string(line, at + 1);
    if (data.starts_with("dword:")) return read_dword(line, at + 6);
    if (data.starts_with("hex")) {
        if (read_type(line, at)) read_hex(line, at);
        return;
    }
    if (data.starts_with('-')) return read_value_deletion(line, at + 1);
    if (data.starts_with("str:") || data.starts_with("str(")) {  // S13
        return reject("reg-old-dialect", line, at, "str: is not known to Windows", "write \"name\"=\"text\" or hex(2):");
    }
    // V10 to V13
    reject("reg-value-data", line, at,
           is_end_or_comment(line, at) ? "no data follows the =" : "its data is none of \"text\", dword:, hex:, hex(type): and -",
           "write the data in one of these forms, the words in lower case");
}

void Parser::read_value_deletion(std::string_view line, std::size_t at) {
    if (const std::size_t end = skip_blanks(line, at); !is_end_or_comment(line, end)) {  // V15
        return reject("reg-value-data", line, end, "the minus sign is followed by something", "write \"name\"=- to delete the value");
    }
    if (may_store()) sink_.erase_value(name_, place_);
}

// Leaves `at` behind the closing quote. Returns what is wrong, or nothing.
std::string_view Parser::unescape(std::string_view line, std::size_t& at, std::string_view& text, std::string& scratch) {
    const std::size_t start = at;
    while (at < line.size() && line[at] != '"' && line[at] != '\\') ++at;
    if (at < line.size() && line[at] == '"') {
        text = line.substr(start, at++ - start);
        return {};
    }
    scratch.assign(line.substr(start, at - start));
    bool told = false;
    while (at < line.size()) {
        if (line[at] == '"') {
            ++at;
            text = scratch;
            return {};
        }
        if (line[at] == '\\') {
            if (++at == line.size()) break;  // S5
            char c = line[at++];
            if (c == '0') return "\\0 in it";  // S3
            if (c != '\\' && c != '"' && !told) {  // S2, S4
                told = true;
                report_.warning("reg-escape", lines_.number(), column(line, at - 2),
                                c == 'n' || c == 'r' ? "\\n and \\r are read as a line feed and a carriage return, as Wine writes them"
                                                     : "a backslash before another character than \\ and \" is dropped",
                                "write \\\\ for a backslash, and hex(1): for text with control characters");
            }
            if (c == 'n') c = '\n';
            if (c == 'r') c = '\r';
            scratch += c;
            continue;
        }
        const std::size_t run = at;
        while (at < line.size() && line[at] != '"' && line[at] != '\\') ++at;
        scratch.append(line.substr(run, at - run));
    }
    return "no closing quotation mark";  // V5, S5, S8, S9
}

void Parser::read_string(std::string_view line, std::size_t at) {
    std::string_view text;
    if (const std::string_view why = unescape(line, at, text, data_text_); !why.empty()) {
        return reject("reg-string", line, std::min(at, line.size()), "its text has " + std::string(why),
                      "write the text in one line, with \\\\ for a backslash and \\\" for a quotation mark");
    }
    at = skip_blanks(line, at);
    if (!is_end_or_comment(line, at)) {  // S6
        return reject("reg-string", line, at, "something follows the closing quotation mark",
                      "write \\\" for a quotation mark in the text, and ; before a comment");
    }
    store({registry::reg_sz, to_sz_bytes(text)});
}

void Parser::read_dword(std::string_view line, std::size_t at) {
    const std::size_t start = skip_blanks(line, at);
    std::uint32_t number = 0;
    for (at = start; at < line.size() && is_hex_digit(line[at]) && at - start < 9; ++at) number = number << 4 | hex_digit(line[at]);
    const std::size_t digits = at - start;
    const std::size_t end = skip_blanks(line, at);
    if (digits == 0 || digits > 8 || !is_end_or_comment(line, end)) {  // W4, W5
        return reject("reg-dword", line, digits == 0 || digits > 8 ? start : end, "dword: takes one to eight hex digits and nothing more",
                      "write dword:00000001");
    }
    store(Value::dword(number));
}

// `hex:` or `hex(T):`; leaves `at` behind it.
bool Parser::read_type(std::string_view line, std::size_t& at) {
    const std::size_t word = at;
    at += 3;
    if (at < line.size() && line[at] == ':') {
        ++at;
        type_ = registry::reg_binary;
        return true;
    }
    if (at < line.size() && line[at] == '(') {
        const std::size_t start = ++at;
        type_ = 0;
        for (; at < line.size() && is_hex_digit(line[at]) && at - start < 9; ++at) type_ = type_ << 4 | hex_digit(line[at]);
        if (at > start && at - start <= 8 && line.substr(at).starts_with("):")) {
            at += 2;
            return true;
        }
    }
    reject("reg-value-data", line, word, "its type is not written as hex: or hex(1): to hex(ffffffff):", "write hex(2): for a REG_EXPAND_SZ");
    return false;
}

void Parser::read_hex(std::string_view line, std::size_t at) {
    bytes_.clear();
    Hex state = read_hex_line(line, at);
    if (state == Hex::more && name_.data() != name_text_.data()) {  // the line goes, the name stays
        name_text_.assign(name_);
        name_ = name_text_;
    }
    while (state == Hex::more) {
        const std::uint32_t before = lines_.number();
        if (!lines_.next(line)) {  // C18
            if (lines_.is_too_long()) return;
            break;
        }
        at = skip_blanks(line, 0);
        if (is_end_or_comment(line, at)) continue;  // C10
        if (!is_hex_digit(line[at])) {  // C11, C14, C15, C16
            report_.skipped("reg-hex", place_.line, place_.column,
                            subject(before) + " is not imported: its hex bytes do not go on in " + line_number(lines_.number()),
                            "end " + line_number(before) + " without the comma and the backslash");
            report_.skipped("reg-swallowed-line", lines_.number(), column(line, at),
                            "the line is lost: Windows takes it for the hex bytes that " + line_number(before) + " announces",
                            "end " + line_number(before) + " without the comma and the backslash");
            return;
        }
        state = read_hex_line(line, at);
    }
    if (state == Hex::bad) {
        return reject("reg-hex", line, at, "here its hex bytes go wrong", "write two hex digits a byte, commas between, and ,\\ at the end of a line that goes on");
    }
    finish_hex();
}

// Appends to bytes_. When bad, `at` is where.
Parser::Hex Parser::read_hex_line(std::string_view line, std::size_t& at) {
    bool comma = false;
    for (;;) {
        while (at + 2 < line.size() && line[at + 2] == ',') {
            const unsigned high = hex_digit(line[at]);
            const unsigned low = hex_digit(line[at + 1]);
            if ((high | low) >= 16) break;
            bytes_ += static_cast<char>(high << 4 | low);
            at += 3;
            comma = true;
        }
        at = skip_blanks(line, at);
        if (is_end_or_comment(line, at)) {  // X6, X8, C12, C13
            open_hex_line_ = comma ? lines_.number() : 0;
            return Hex::done;
        }
        if (line[at] == '\\') {  // C1 to C4, C6, C9
            at = skip_blanks(line, at + 1);
            return is_end_or_comment(line, at) ? Hex::more : Hex::bad;
        }
        if (!is_hex_digit(line[at])) return Hex::bad;  // X7, C7
        unsigned byte = hex_digit(line[at++]);
        if (at < line.size() && is_hex_digit(line[at])) byte = byte << 4 | hex_digit(line[at++]);
        bytes_ += static_cast<char>(byte);
        if (at < line.size() && line[at] == ',') {
            ++at;
            comma = true;
            continue;
        }
        at = skip_blanks(line, at);
        if (!is_end_or_comment(line, at)) return Hex::bad;  // X5, X12, X13, C5, C8
        open_hex_line_ = 0;
        return Hex::done;
    }
}

void Parser::finish_hex() {
    const bool is_string = type_ == registry::reg_sz || type_ == registry::reg_expand_sz || type_ == registry::reg_multi_sz;
    if (!is_string || bytes_.empty()) return store({type_, std::string(bytes_)});  // X8
    if (version_5_ != (encoding_ == Encoding::utf16le) && !told_of_width_) {  // A3
        told_of_width_ = true;
        report_.warning("reg-string-width", place_.line, place_.column,
                        version_5_ ? "the bytes of strings are read as UTF-16LE, because the header says version 5.00; other readers go by the "
                                     "encoding of the file, which is not UTF-16LE"
                                   : "the bytes of strings are read as ANSI, because the header says REGEDIT4; other readers go by the encoding "
                                     "of the file, which is UTF-16LE",
                        "save version 5.00 files as UTF-16LE with a byte order mark, and REGEDIT4 files as ANSI");
    }
    if (!version_5_) {  // A2, X9
        if (bytes_.back() != '\0') bytes_ += '\0';
        data_text_.clear();
        for (const char c : bytes_) append_ansi(data_text_, static_cast<unsigned char>(c), latin1_);
        return store({type_, utf::to_utf16le(data_text_)});
    }
    const std::size_t whole = bytes_.size() / 2 * 2;
    if (whole != bytes_.size()) {
        report_.warning("reg-odd-string", place_.line, place_.column, subject(lines_.number()) + " is a string of an odd number of bytes",
                        "check its last character");
    }
    // X9. Half a character at the end gives way to the NUL, as in Wine's reg.exe.
    if (whole == 0 || bytes_[whole - 2] != '\0' || bytes_[whole - 1] != '\0') {
        bytes_.resize(whole);
        bytes_.append(2, '\0');
    }
    store({type_, std::string(bytes_)});
}

bool Parser::may_store() {
    if (!is_open_) {  // V8, K9, D4
        const std::string why = open_line_ == 0 ? "there is no key above it" : "the key line above, " + line_number(open_line_) + ", " + std::string(no_key_);
        report_.skipped("reg-no-key", place_.line, place_.column, subject(lines_.number()) + " is not imported: " + why, "write a key line above it");
        return false;
    }
    if (is_longer(name_, registry::max_value_name_units)) {
        report_.skipped("reg-name-too-long", place_.line, place_.column,
                        subject(lines_.number()) + " is not imported: its name is longer than 16383 characters", "use a shorter name");
        return false;
    }
    return true;
}

void Parser::store(Value value) {
    if (!may_store()) return;
    if (sink_.set_value(name_, std::move(value), place_)) {  // V9
        report_.warning("reg-duplicate", place_.line, place_.column, subject(lines_.number()) + " was set before; the last line wins",
                        "keep one of the lines");
    }
}

std::uint32_t Parser::column(std::string_view line, std::size_t at) {
    return 1 + static_cast<std::uint32_t>(std::ranges::count_if(
                   line.substr(0, at), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string Parser::subject(std::uint32_t last_line) const {
    std::string text = name_.empty() ? "the default value" : "value " + quoted(name_);
    if (last_line != place_.line) text += " (lines " + std::to_string(place_.line) + " to " + std::to_string(last_line) + ")";
    return text;
}

void Parser::reject(std::string_view rule, std::string_view line, std::size_t at, std::string_view why, std::string fix) {
    report_.skipped(rule, lines_.number(), column(line, at), subject(lines_.number()) + " is not imported: " + std::string(why), std::move(fix));
}

}  // namespace schancfg::codec::reg_text
