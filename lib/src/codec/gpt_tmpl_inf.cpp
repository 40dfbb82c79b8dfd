#include "schancfg/codec/gpt_tmpl_inf.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "schancfg/ascii.hpp"
#include "schancfg/nearest.hpp"
#include "schancfg/text.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::codec {
namespace {

using registry::Value;

constexpr std::size_t max_warnings = 1000;
constexpr std::size_t max_line = 1u << 20;

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

// `1,"a, b",c` behind the type: what commas part outside of quotation marks. A doubled mark within them is one.
std::vector<std::string> parts_of(std::string_view text) {
    std::vector<std::string> out(1);
    bool quoted = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '"') {
            if (quoted && at + 1 < text.size() && text[at + 1] == '"') out.back() += text[++at];
            else quoted = !quoted;
        } else if (text[at] == ',' && !quoted) {
            out.emplace_back();
        } else {
            out.back() += text[at];
        }
    }
    return out;
}

std::optional<std::uint32_t> number_of(std::string_view text) {
    text = trimmed(text);
    const bool negative = text.starts_with('-');
    const bool hex = text.starts_with("0x") || text.starts_with("0X");
    text.remove_prefix(hex ? 2 : negative ? 1 : 0);
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, hex ? 16 : 10);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return negative ? ~number + 1 : number;
}

class InfReader {
public:
    InfReader(const std::string& file, PolicyLines& lines, Diagnostics& found) : file_(file), lines_(lines), found_(found) {}

    bool read(std::string_view text) {
        bool seen_section = false;
        for (std::size_t start = 0; start < text.size();) {
            const std::size_t end = std::min(text.find('\n', start), text.size());
            std::string_view line = text.substr(start, end - start);
            start = end + 1;
            ++line_;
            if (line.ends_with('\r')) line.remove_suffix(1);
            if (line.size() > max_line) return refuse("inf-limit", "the line is longer than 1 MiB", "no security template has such a line");
            line = trimmed(line);
            if (line.empty() || line.starts_with(';')) continue;
            if (line.starts_with('[')) {
                seen_section = true;
                section_ = trimmed(line.substr(1, line.find(']') == std::string_view::npos ? std::string_view::npos : line.find(']') - 1));
                note_near_miss();
                continue;
            }
            if (!seen_section) return refuse("inf-syntax", "this is not a security template: its first line is not a section such as [Unicode]", "give the GptTmpl.inf of the policy's SecEdit folder");
            if (utf::equal_no_case(section_, "Registry Values")) read_value(line);
        }
        if (!seen_section) return refuse("inf-syntax", "this is not a security template: it has no section", "give the GptTmpl.inf of the policy's SecEdit folder");
        return true;
    }

private:
    bool refuse(std::string_view rule, std::string message, std::string fix) {
        found_.push_back({std::string(rule), Severity::error, {file_, line_, 1}, std::move(message), std::move(fix)});
        return false;
    }
    void skip(std::string message, std::string fix) {
        if (found_.size() < max_warnings) found_.push_back({"inf-line", Severity::warning, {file_, line_, 1}, std::move(message) + ", so it is left out", std::move(fix)});
    }

    // Settings below a section that is misspelt are not carried out.
    void note_near_miss() {
        constexpr std::string_view wanted = "Registry Values";
        if (utf::equal_no_case(section_, wanted)) return;
        Nearest search(section_);
        for (const std::string_view known : {wanted, std::string_view("Registry Keys"), std::string_view("Privilege Rights"), std::string_view("System Access"), std::string_view("Event Audit")}) search.offer(known);
        if (search.best() == wanted) skip("the section " + quote(section_) + " is unknown", "did you mean [Registry Values]?");
    }

    void read_value(std::string_view line) {
        // A name may hold `=`, data of strings too: the one in front of the type counts.
        std::size_t equals = std::string_view::npos;
        for (std::size_t at = line.find('='); at != std::string_view::npos; at = line.find('=', at + 1)) {
            const std::string_view behind = trimmed(line.substr(at + 1));
            if (behind.size() > 1 && ascii::is_digit(behind[0]) && trimmed(behind.substr(1)).starts_with(',')) {
                equals = at;
                break;
            }
        }
        if (equals == std::string_view::npos) return skip("the line is not NAME=TYPE,DATA", "write MACHINE\\KEY\\NAME=4,1");
        std::string_view name = trimmed(line.substr(0, equals));
        if (name.size() > 1 && name.front() == '"' && name.back() == '"') name = name.substr(1, name.size() - 2);
        const std::size_t root_end = name.find('\\');
        const std::size_t name_start = name.rfind('\\');
        if (root_end == std::string_view::npos || root_end == name_start) return skip(quote(name) + " is not a key and a value", "write MACHINE\\KEY\\NAME=4,1");
        const std::string_view root_name = name.substr(0, root_end);
        std::optional<registry::Root> root;
        if (utf::equal_no_case(root_name, "MACHINE")) root = registry::Root::local_machine;
        else if (utf::equal_no_case(root_name, "USERS")) root = registry::Root::users;
        else if (utf::equal_no_case(root_name, "CLASSES_ROOT")) root = registry::Root::classes_root;
        if (!root) return skip(quote(root_name) + " is not a root that security templates know", "write MACHINE");
        auto key = policy_key(*root, name.substr(root_end + 1, name_start - root_end - 1));
        if (!key) return skip(key.error().message, {});
        const std::string_view data = trimmed(line.substr(equals + 1));
        auto value = value_of(data);
        if (!value) return;
        lines_.add({.op = registry::Op::set_value, .key = std::move(*key), .name = std::string(name.substr(name_start + 1)), .value = std::move(*value), .line = line_, .column = 1});
    }

    // [MS-GPSB] 2.2.6: types 1, 2, 3, 4 and 7.
    std::optional<Value> value_of(std::string_view text) {
        const char type = text.front();
        const std::vector<std::string> parts = parts_of(trimmed(text.substr(1)).substr(1));
        switch (type) {
            case '1': return Value::sz(join(parts, ","));
            case '2': return Value::expand_sz(join(parts, ","));
            case '4':
                if (const auto number = parts.size() == 1 ? number_of(parts.front()) : std::nullopt) return Value::dword(*number);
                skip("the data of type 4 are not a number", "write 4,0 or 4,1");
                return std::nullopt;
            case '7': {
                std::vector<std::string> strings = parts;
                std::erase(strings, "");
                return Value::multi_sz(strings);
            }
            case '3':
                // One digit is a byte in all spellings that are seen; how longer data are written is documented nowhere.
                if (const auto number = parts.size() == 1 ? number_of(parts.front()) : std::nullopt; number && *number < 10) return Value::binary(std::string(1, static_cast<char>(*number)));
                skip("how data of type 3 are written is not documented but for one digit", {});
                return std::nullopt;
            default: skip(std::string("the type ") + type + " is not known", "types are 1, 2, 3, 4 and 7"); return std::nullopt;
        }
    }

    const std::string& file_;
    PolicyLines& lines_;
    Diagnostics& found_;
    std::string section_;
    std::uint32_t line_ = 0;
};

}  // namespace

Decoded<PolicyLines> decode_gpt_tmpl(std::string_view bytes, const std::string& file) {
    Decoded<PolicyLines> out;
    const auto refuse = [&](std::string_view rule, std::string message, std::string fix) {
        out.diagnostics.push_back({std::string(rule), Severity::error, {file, 0, 0}, std::move(message), std::move(fix)});
        return std::move(out);
    };
    if (bytes.size() > policy_max_file) return refuse("inf-limit", "the file is larger than 64 MiB", "no security template is");
    std::string text;
    if (bytes.starts_with("\xFF\xFE")) {
        text = utf::from_utf16le(bytes.substr(2));
    } else if (bytes.starts_with("\xFE\xFF")) {
        return refuse("inf-encoding", "the file is UTF-16BE", "save it as UTF-16LE");
    } else {
        text = bytes.starts_with("\xEF\xBB\xBF") ? bytes.substr(3) : bytes;
        // Written by an old Windows in its code page, which the file does not say: what matters here is ASCII.
        if (utf::find_invalid_utf8(text) != std::string::npos) {
            out.diagnostics.push_back({"inf-encoding", Severity::warning, {file, 0, 0}, "the file is in the code page of some Windows; characters outside ASCII are not read", "save it as UTF-16LE"});
            std::string plain;
            for (const char each : text) plain.append(static_cast<unsigned char>(each) < 0x80 ? std::string(1, each) : std::string("\xEF\xBF\xBD"));
            text = std::move(plain);
        }
    }
    if (text.find('\0') != std::string::npos) return refuse("inf-encoding", "the file holds NUL characters", "save it as UTF-16LE with a byte order mark");
    PolicyLines lines;
    lines.patch.file = file;
    if (InfReader(file, lines, out.diagnostics).read(text)) out.value = std::move(lines);
    return out;
}

std::string encode_gpt_tmpl(const std::vector<registry::WantedValue>& values) {
    std::string text = "[Unicode]\r\nUnicode=yes\r\n[Version]\r\nsignature=\"$CHICAGO$\"\r\nRevision=1\r\n[Registry Values]\r\n";
    for (const registry::WantedValue& item : values) {
        text += "MACHINE\\" + item.key.path() + '\\' + item.name + "=4," + std::to_string(item.value->as_dword().value_or(0)) + "\r\n";
    }
    return "\xFF\xFE" + utf::to_utf16le(text);
}

}  // namespace schancfg::codec
