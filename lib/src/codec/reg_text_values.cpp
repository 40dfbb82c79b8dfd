#include <algorithm>
#include <bit>
#include <cstring>

#include "codec/reg_text_chars.hpp"
#include "codec/reg_text_parser.hpp"
#include "schancfg/text.hpp"

// The value lines; the ids in comments are the rows of lib/docs/formats/reg.md.
namespace schancfg::codec::reg_text {
namespace {

using registry::Value;

constexpr std::size_t npos = std::string_view::npos;

// Text and a NUL, in exactly the room they need.
std::string to_sz_bytes(std::string_view text) {
    std::string bytes(2 * text.size() + 2, '\0');
    std::size_t at = 0;
    if constexpr (std::endian::native == std::endian::little) {
        for (; at + 4 <= text.size(); at += 4) {
            std::uint32_t narrow = 0;
            std::memcpy(&narrow, text.data() + at, 4);
            if ((narrow & 0x80808080u) != 0) break;
            std::uint64_t four = (narrow | std::uint64_t{narrow} << 16) & 0x0000FFFF0000FFFFu;
            four = (four | four << 8) & 0x00FF00FF00FF00FFu;
            std::memcpy(bytes.data() + 2 * at, &four, 8);
        }
    }
    for (; at < text.size(); ++at) {
        if (static_cast<unsigned char>(text[at]) >= 0x80) {
            std::string odd = utf::to_utf16le(text);
            odd.append(2, '\0');
            odd.shrink_to_fit();
            return odd;
        }
        bytes[2 * at] = text[at];
    }
    return bytes;
}

}  // namespace

void RegTextParser::read_value(std::string_view line, std::size_t at) {
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

void RegTextParser::read_data(std::string_view line, std::size_t at) {
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

void RegTextParser::read_value_deletion(std::string_view line, std::size_t at) {
    if (const std::size_t end = skip_blanks(line, at); !is_end_or_comment(line, end)) {  // V15
        return reject("reg-value-data", line, end, "the minus sign is followed by something", "write \"name\"=- to delete the value");
    }
    if (may_store()) sink_.erase_value(name_, place_);
}

// Leaves `at` behind the closing quote. Returns what is wrong, or nothing.
std::string_view RegTextParser::unescape(std::string_view line, std::size_t& at, std::string_view& text, std::string& scratch) {
    const std::size_t start = at;
    while (at < line.size() && line[at] != '"' && line[at] != '\\') ++at;
    if (at < line.size() && line[at] == '"') {
        text = line.substr(start, at++ - start);
        return {};
    }
    scratch.assign(line.substr(start, at - start));
    bool reported = false;
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
            if (c != '\\' && c != '"' && !reported) {  // S2, S4
                reported = true;
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

void RegTextParser::read_string(std::string_view line, std::size_t at) {
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

void RegTextParser::read_dword(std::string_view line, std::size_t at) {
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
bool RegTextParser::read_type(std::string_view line, std::size_t& at) {
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

void RegTextParser::read_hex(std::string_view line, std::size_t at) {
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
        std::size_t behind = at;
        (void)utf::next_code_point(line, behind);
        return reject("reg-hex", line, at, quote(line.substr(at, behind - at)) + " is out of place among its hex bytes",
                      "write two hex digits a byte, commas between, and ,\\ at the end of a line that goes on");
    }
    finish_hex();
}

// Appends to bytes_. When bad, `at` is where.
RegTextParser::Hex RegTextParser::read_hex_line(std::string_view line, std::size_t& at) {
    bool comma = false;
    std::size_t used = bytes_.size();
    bytes_.resize(used + (line.size() - at) / 2 + 1);  // room for a digit and a comma each
    const auto end = [&](Hex state) {
        bytes_.resize(used);
        if (state == Hex::done) open_hex_line_ = comma ? lines_.number() : 0;
        return state;
    };
    for (;;) {
        // Nearly all data is two digits and a comma, over and over.
        while (at + 2 < line.size() && line[at + 2] == ',') {
            const unsigned high = hex_digit(line[at]);
            const unsigned low = hex_digit(line[at + 1]);
            if ((high | low) >= 16) break;
            bytes_[used++] = static_cast<char>(high << 4 | low);
            at += 3;
            comma = true;
        }
        at = skip_blanks(line, at);
        if (is_end_or_comment(line, at)) return end(Hex::done);  // X6, X8, C12, C13
        if (line[at] == '\\') {                                  // C1 to C4, C6, C9
            at = skip_blanks(line, at + 1);
            return end(is_end_or_comment(line, at) ? Hex::more : Hex::bad);
        }
        if (!is_hex_digit(line[at])) return end(Hex::bad);  // X7, C7
        unsigned byte = hex_digit(line[at++]);
        if (at < line.size() && is_hex_digit(line[at])) byte = byte << 4 | hex_digit(line[at++]);
        bytes_[used++] = static_cast<char>(byte);
        comma = at < line.size() && line[at] == ',';
        if (comma) {
            ++at;
            continue;
        }
        at = skip_blanks(line, at);
        return end(is_end_or_comment(line, at) ? Hex::done : Hex::bad);  // X5, X12, X13, C5, C8
    }
}

void RegTextParser::finish_hex() {
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

bool RegTextParser::may_store() {
    if (!is_open_) {  // V8, K9, D4
        report_.skipped("reg-no-key", place_.line, place_.column, subject(lines_.number()) + " is not imported: " + no_key_,
                        "write a key line above it");
        return false;
    }
    if (is_longer(name_, registry::max_value_name_units)) {
        report_.skipped("reg-name-too-long", place_.line, place_.column,
                        subject(lines_.number()) + " is not imported: its name is longer than 16383 characters", "use a shorter name");
        return false;
    }
    return !is_passing_;
}

void RegTextParser::store(Value value) {
    if (!may_store()) return;
    if (sink_.set_value(name_, std::move(value), place_)) {  // V9
        report_.warning("reg-duplicate", place_.line, place_.column, subject(lines_.number()) + " was set before; the last line wins",
                        "keep one of the lines");
    }
}

std::string RegTextParser::subject(std::uint32_t last_line) const {
    std::string text = name_.empty() ? "the default value" : "value " + quote(name_);
    if (last_line != place_.line) text += " (lines " + std::to_string(place_.line) + " to " + std::to_string(last_line) + ")";
    return text;
}

void RegTextParser::reject(std::string_view rule, std::string_view line, std::size_t at, const std::string& why, std::string fix) {
    report_.skipped(rule, lines_.number(), column(line, at), subject(lines_.number()) + " is not imported: " + why, std::move(fix));
}

}  // namespace schancfg::codec::reg_text
