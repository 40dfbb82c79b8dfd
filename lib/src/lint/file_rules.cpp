// What is wrong with a file that cannot be read, or is not read as its writer thought: the rules of the readers, as pages of lint.
#include <algorithm>
#include <iterator>
#include <ranges>
#include <utility>

#include "schancfg/lint/rules.hpp"

namespace schancfg::lint {
namespace {

constexpr std::string_view format_page = "schancfg: profiles/README.md";
constexpr std::string_view reg_page = "schancfg: lib/docs/formats/reg.md";

constexpr LintRule profile(Rule rule, std::string_view id, std::string_view title, std::string_view fix) {
    return {rule, id, Severity::error, title, "The profile is not read: nothing of it is judged, compared or applied.", fix, format_page};
}

// With --strict these are errors.
constexpr LintRule line(Rule rule, std::string_view id, std::string_view title, std::string_view fix) {
    return {rule, id, Severity::warning, title, "Windows skips the line on import, so that what it says does not happen.", fix, reg_page};
}

constexpr LintRule doubt(Rule rule, std::string_view id, std::string_view title, std::string_view breaks, std::string_view fix) {
    return {rule, id, Severity::warning, title, breaks, fix, reg_page};
}

constexpr LintRule refused(Rule rule, std::string_view id, std::string_view title, std::string_view fix) {
    return {rule, id, Severity::error, title, "Nothing of the file is read.", fix, reg_page};
}

constexpr LintRule table[] = {
    {Rule::file_not_read, "file-not-read", Severity::error, "a file or source that cannot be read", "Nothing of it is judged.",
     "Check its spelling and its permissions.", format_page},
    profile(Rule::profile_bad_hex, "profile-bad-hex", "bytes that are not two hexadecimal digits each", "Write two digits a byte: \"00ff\"."),
    profile(Rule::profile_bad_key, "profile-bad-key", "a raw key that is not a registry path", "Write HKLM\\SYSTEM\\... in single quotes."),
    profile(Rule::profile_bad_string, "profile-bad-string", "a raw string with a NUL, or an empty string in a list", "Leave it out, or write the bytes in hex."),
    profile(Rule::profile_bad_value_name, "profile-bad-value-name", "a value name that the registry cannot hold", "Use at most 16,383 characters, none of them NUL."),
    profile(Rule::profile_control_character, "profile-control-character", "a control or invisible character in a text", "Remove the character."),
    profile(Rule::profile_duplicate, "profile-duplicate", "a value that is given twice", "Leave one of them out."),
    profile(Rule::profile_empty_list, "profile-empty-list", "a list without items", "Name at least one item, or write \"default\"."),
    profile(Rule::profile_extends, "profile-extends", "a profile that is extended and not there, or extends itself", "Check the path: it is relative to this file."),
    profile(Rule::profile_format, "profile-format", "the version of the format is missing or not known", "Write `format = 1` at the top."),
    profile(Rule::profile_lookalike, "profile-lookalike", "a character that only looks like the right one", "Write the name in ASCII."),
    profile(Rule::profile_not_managed, "profile-not-managed", "a raw key that schancfg does not manage", "Leave it to the tool that manages it."),
    profile(Rule::profile_not_writable, "profile-not-writable", "a raw value that may only be removed, or only be shown", "Write \"default\" to remove it, or leave it out."),
    profile(Rule::profile_out_of_range, "profile-out-of-range", "a number that is too small or too large", "Use a number of the range that the message names."),
    profile(Rule::profile_syntax, "profile-syntax", "the file is not TOML", "See the line and column of the message."),
    profile(Rule::profile_text, "profile-text", "a text that no profile can be", "Save it as UTF-8, below 1 MB and 10,000 items."),
    profile(Rule::profile_too_many_errors, "profile-too-many-errors", "there are more errors than are reported", "Correct the first ones."),
    profile(Rule::profile_unknown_name, "profile-unknown-name", "a key, name or word that nobody knows", "Use the name that the message proposes; `schancfg explain` lists them."),
    profile(Rule::profile_windows, "profile-windows", "a condition or release that is not known", "Write \">= windows-server-2019\"; `schancfg releases` lists the releases."),
    profile(Rule::profile_wrong_type, "profile-wrong-type", "a value of the wrong type", "Use the type that the message names."),
    doubt(Rule::reg_ansi_text, "reg-ansi-text", "which code page a text is in is a guess", "Characters beyond ASCII may be others on the machine that imports it.",
          "Save the file as UTF-16LE with a byte order mark."),
    refused(Rule::reg_code_page, "reg-code-page", "the code page that was asked for is not known", "Use 1252 or 28591."),
    doubt(Rule::reg_duplicate, "reg-duplicate", "a value that the file has set already", "The last line wins.", "Remove the line that is not meant."),
    line(Rule::reg_dword, "reg-dword", "data of dword: that are not a number", "Write eight hexadecimal digits: dword:00000001."),
    {Rule::reg_elsewhere, "reg-elsewhere", Severity::note, "lines that are not about TLS are not as Windows expects them",
     "Nothing of what schancfg reads: they are counted, not listed.", "Ask the tool that wrote them.", reg_page},
    refused(Rule::reg_encoding, "reg-encoding", "an encoding of which Windows would import nothing", "Save it as UTF-16LE with the byte order mark FF FE."),
    doubt(Rule::reg_escape, "reg-escape", "an escape that Windows' own exports do not have", "Windows drops the backslash or takes it for a line end.",
          "Write two backslashes for one."),
    refused(Rule::reg_file_too_large, "reg-file-too-large", "the file is larger than 512 MiB", "Export fewer keys."),
    doubt(Rule::reg_half_character, "reg-half-character", "the file ends within a character", "Its last line may not be whole.", "Export it again."),
    refused(Rule::reg_header, "reg-header", "a first line of which Windows would import nothing", "Write Windows Registry Editor Version 5.00 into the very first line."),
    line(Rule::reg_hex, "reg-hex", "hexadecimal data that are wrong", "Write two digits a byte, commas between them, and ,\\ where they go on."),
    line(Rule::reg_key_ignored, "reg-key-ignored", "a line that is not a proper key line", "Write [HKEY_LOCAL_MACHINE\\...]."),
    line(Rule::reg_key_too_deep, "reg-key-too-deep", "a key below more than 512 levels", "Remove it."),
    line(Rule::reg_leading_backslash, "reg-leading-backslash", "two backslashes behind the root key", "Write one."),
    line(Rule::reg_line_ignored, "reg-line-ignored", "a line that is not a key, value or comment", "Begin comments with a semicolon."),
    refused(Rule::reg_line_too_long, "reg-line-too-long", "a line of more than 4 Mi characters", "Break the data with ,\\ and a new line."),
    line(Rule::reg_lost_continuation, "reg-lost-continuation", "bytes that belong to the value above", "End the line above in ,\\."),
    refused(Rule::reg_more, "reg-more", "there are more messages than are kept", "Correct the first ones."),
    line(Rule::reg_name_too_long, "reg-name-too-long", "a name that the registry cannot hold", "Names of keys have at most 255 characters, those of values 16,383."),
    line(Rule::reg_no_key, "reg-no-key", "a value for which no key is open", "Write its key above it."),
    line(Rule::reg_nul, "reg-nul", "a NUL character in a line", "Remove it."),
    doubt(Rule::reg_odd_string, "reg-odd-string", "a string with half a character at its end", "Programs read such strings differently.", "Write whole characters."),
    line(Rule::reg_old_dialect, "reg-old-dialect", "data of the kind str:", "Write the string in quotation marks, or hex(2): and its bytes."),
    line(Rule::reg_root_deletion, "reg-root-deletion", "a root key is to be deleted", "Name the key below it that is meant."),
    doubt(Rule::reg_short_root, "reg-short-root", "the short name of a root key", "reg.exe takes it; regedit is not known to.", "Write HKEY_LOCAL_MACHINE."),
    line(Rule::reg_string, "reg-string", "a string that does not end as it should", "End it with a quotation mark; two backslashes stand for one."),
    doubt(Rule::reg_string_width, "reg-string-width", "readers differ about the bytes of strings in this file", "The strings may be others on the machine that imports it.",
          "Save it as UTF-16LE with the header of version 5.00."),
    line(Rule::reg_swallowed_line, "reg-swallowed-line", "a line that is lost to the hexadecimal data above it", "Remove the backslash at the end of the line above."),
    line(Rule::reg_unknown_root, "reg-unknown-root", "a key below no root that Windows has", "Begin with HKEY_LOCAL_MACHINE."),
    doubt(Rule::reg_utf8_mark, "reg-utf8-mark", "UTF-8 with a byte order mark", "Only recent releases of Windows read it.", "Save it as UTF-16LE with a byte order mark."),
    line(Rule::reg_value_data, "reg-value-data", "data of a kind that is not known", "Write dword:, hex: or a string in quotation marks."),
    line(Rule::reg_value_name, "reg-value-name", "a value without a proper name", "Write the name in quotation marks, or @."),
};

constexpr auto number = [](const LintRule& row) { return std::to_underlying(row.rule) - std::to_underlying(table[0].rule); };
static_assert(std::ranges::equal(table, std::views::iota(0, std::ssize(table)), {}, number));

}  // namespace

std::span<const LintRule> file_rules() { return table; }

}  // namespace schancfg::lint
