#include "codec/reg_text_parser.hpp"

#include <algorithm>

#include "codec/reg_text_chars.hpp"
#include "schancfg/codec/reg_text.hpp"
#include "schancfg/text.hpp"

// What Windows does with each kind of line is known from tests that the Wine project runs on Windows: Wine's
// programs/reg/tests/import.c (reg.exe) and programs/regedit/tests/regedit.c. The ids in comments are the rows of
// lib/docs/formats/reg.md.
namespace schancfg::codec::reg_text {
namespace {

using registry::Root;

constexpr std::size_t npos = std::string_view::npos;
constexpr std::string_view header_5 = "Windows Registry Editor Version 5.00";
constexpr std::string_view header_4 = "REGEDIT4";
constexpr std::string_view header_31 = "REGEDIT";
constexpr std::string_view right_header = "the first line must be \"Windows Registry Editor Version 5.00\" or \"REGEDIT4\"";

}  // namespace

void RegTextParser::run() {
    if (!read_header()) return;
    for (std::string_view line;;) {
        if (is_passing_ && lines_.at() >= read_until_) read_until_ = lines_.pass(passed_);
        lines_.pass_empty();
        if (!lines_.next(line)) break;
        read_line(line);
    }
    if (lines_.is_too_long()) {
        report_.error("reg-line-too-long", lines_.number(), 0, "the line is longer than 4,194,304 characters",
                      "wrap hex data, each line ending in ,\\");
    } else if (lines_.ends_in_half()) {
        report_.warning("reg-half-character", lines_.number(), 0,
                        "the file ends in the first half of a UTF-16 character, which Windows ignores", "check that the file is complete");
    }
}

bool RegTextParser::read_header() {
    std::string_view line;
    if (!lines_.next(line)) {
        report_.error("reg-header", 1, 0, lines_.is_too_long() ? "the first line is not a .reg header" : "the file is empty",
                      std::string(right_header));
        return false;
    }
    const std::string_view header = line.substr(skip_blanks(line, 0));
    version_5_ = header == header_5;
    if (version_5_ || header == header_4) return true;
    // Only what is nearly a header is repeated: the file may be anything, and nobody else's business.
    std::string message = "the first line is not a .reg header";
    const std::string folded = utf::fold_case(header.substr(0, 64));
    if (header == header_31) {
        message = "REGEDIT alone is the header of Windows 3.1, whose files hold no keys in brackets";
    } else if (header.starts_with(header_5) || header.starts_with(header_31)) {
        const std::string_view trimmed = header.substr(0, header.find_last_not_of(" \t") + 1);
        const bool is_blank = trimmed == header_5 || trimmed == header_4;
        message = is_blank ? "the header is followed by blanks, so Windows would import nothing"
                           : "the header is followed by other characters, so Windows would import nothing: " + quote(shorten(header, 80));
    } else if (folded.starts_with(header_31) || folded.starts_with(utf::fold_case(header_5.substr(0, 23)))) {
        message = "Windows does not know the header " + quote(shorten(header, 80));
    } else if (header.empty()) {
        message = "the first line is empty, so Windows would import nothing";
    }
    report_.error("reg-header", 1, 0, std::move(message), std::string(right_header));
    return false;
}

void RegTextParser::read_line(std::string_view line) {
    const std::size_t at = skip_blanks(line, 0);
    if (is_end_or_comment(line, at)) {
        if (line.substr(at) == reg_whole_comment) sink_.says_whole();
        return;
    }
    const char first = line[at];
    if (first != '[' && first != '@' && first != '"') {
        const std::uint32_t here = lines_.number();
        if (open_hex_line_ != 0 && open_hex_line_ + 1 == here && is_hex_digit(first)) {
            open_hex_line_ = here;
            report_.skipped("reg-lost-continuation", here, column(line, at),
                            "the line is ignored: the hex bytes above end in a comma without a backslash, so their value ends there",
                            "end the line before in ,\\");
        } else {
            // Where exports were joined (copy /b a.reg+b.reg), each begins with its mark and header, which Windows skips as well.
            constexpr std::string_view mark = "\xEF\xBB\xBF";
            if (line.substr(line.starts_with(mark) ? mark.size() : 0) == header_5) return;
            report_.skipped("reg-line-ignored", here, column(line, at),
                            "the line is ignored: it is neither a key, nor a value, nor a comment",
                            first == '#' ? "start comments with ;" : "remove the line or start it with ;");
        }
        return;
    }
    if (lines_.line_has_nul()) {
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

void RegTextParser::read_key(std::string_view line, std::size_t at) {
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
    is_open_ = is_passing_ = false;
    open_line_ = place_.line;
    const std::string_view text = line.substr(start, end - start);
    if (text.starts_with('-')) return read_deletion(text.substr(1));
    Root root{};
    std::string_view path;
    if (!resolve_key(text, root, path)) {
        no_key_ = line_number(open_line_) + " opens no key";
        return;
    }
    open_key(text, root, path);
    report_.enter(root, path);
    is_open_ = true;
}

void RegTextParser::open_key(std::string_view text, Root root, std::string_view path) {
    using enum registry::AreaIndex::Place;
    const auto found = only_ == nullptr ? registry::AreaIndex::Found{inside} : only_->find(root, path);
    is_passing_ = found.place != inside;
    if (found.place != outside) {
        passed_.clear();
        return sink_.open_key(root, path, place_);
    }
    sink_.pass_key(root, path.substr(0, found.length));
    // What another encoding spells otherwise, and a path whose doubled backslashes went, is recognized line by line.
    const bool is_as_written = path.data() >= text.data() && path.data() + path.size() <= text.data() + text.size();
    const std::size_t length = static_cast<std::size_t>(path.data() - text.data()) + found.length;
    if (is_as_written && found.length > 0 && std::ranges::all_of(text.substr(0, length), [](char c) { return static_cast<unsigned char>(c) < 0x80; })) {
        passed_ = text.substr(0, length);
    } else {
        passed_.clear();
    }
}

void RegTextParser::read_deletion(std::string_view text) {
    no_key_ = line_number(open_line_) + " closes the key above";
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
    if (only_ != nullptr) {
        const auto found = only_->find(root, path);
        if (found.place == registry::AreaIndex::Place::outside && found.length < path.size()) return;
    }
    sink_.erase_key(root, path, place_);
}

bool RegTextParser::resolve_key(std::string_view text, Root& root, std::string_view& path) {
    const std::size_t root_end = std::min(text.find('\\'), text.size());
    const std::string_view root_name = text.substr(0, root_end);
    const auto refuse = [&](std::string_view rule, const std::string& why, std::string fix) {
        report_.skipped(rule, place_.line, place_.column, "the key is not opened: " + why, std::move(fix));
        return false;
    };
    if (root_name != registry::long_name(root)) {
        const auto found = registry::find_root(root_name);
        if (!found) {  // K9
            return refuse("reg-unknown-root", quote(root_name) + " is not a root key",
                          "start with HKEY_LOCAL_MACHINE, HKEY_CURRENT_USER, HKEY_CLASSES_ROOT, HKEY_USERS or HKEY_CURRENT_CONFIG");
        }
        root = *found;
        if (utf::equal_no_case(root_name, registry::short_name(root))) {  // K12
            report_.warning("reg-short-root", place_.line, place_.column,
                            "regedit may not know the short name " + quote(root_name),
                            "write " + std::string(registry::long_name(root)));
        }
    }
    path = text.substr(std::min(root_end + 1, text.size()));
    while (path.ends_with('\\')) path.remove_suffix(1);  // K7
    if (path.starts_with('\\')) {  // K15: RegCreateKeyEx answers ERROR_BAD_PATHNAME
        return refuse("reg-leading-backslash", "two backslashes follow the root key", "write one");
    }
    if (path.find("\\\\") != npos) {
        path_text_.clear();
        for (const char c : path) {
            if (c != '\\' || path_text_.back() != '\\') path_text_ += c;
        }
        path = path_text_;
    }
    // N1, N4: limits of the registry itself. A path of at most 255 bytes is within both.
    std::size_t depth = 0;
    for (std::size_t start = 0; start < path.size() && path.size() > registry::max_component_units; ++depth) {
        const std::size_t end = std::min(path.find('\\', start), path.size());
        if (is_longer(path.substr(start, end - start), registry::max_component_units)) {
            return refuse("reg-name-too-long", "the name " + quote(path.substr(start, end - start)) + " is longer than 255 characters",
                          "use a shorter name");
        }
        start = end + 1;
    }
    if (depth > registry::max_depth) return refuse("reg-key-too-deep", "it is deeper than 512 levels", "use fewer levels");
    return true;
}

std::uint32_t RegTextParser::column(std::string_view line, std::size_t at) {
    return 1 + static_cast<std::uint32_t>(std::ranges::count_if(
                   line.substr(0, at), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace schancfg::codec::reg_text
