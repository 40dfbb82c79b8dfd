#include <array>
#include <charconv>

#include "schancfg/codec/reg_text.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::codec {
namespace {

using registry::Key;
using registry::KeyPath;
using registry::Op;
using registry::Operation;
using registry::Value;

// Builds the text in the bytes of the file. The form is that of Windows' exports, as Wine's programs/reg/tests/export.c
// and programs/regedit/tests/regedit.c pin it down on Windows.
class RegText {
public:
    RegText() {
        out_ = "\xFF\xFE";
        put("Windows Registry Editor Version 5.00\r\n");
    }

    void comment(std::string_view text) {
        put("\r\n");
        put(text);
        put("\r\n");
    }

    void key(const KeyPath& path, bool erase = false) {
        put("\r\n");
        is_open_ = !erase && can_stand(path.path());
        if (!can_stand(path.path())) return leave_out("a key, whose name holds a line end or a NUL");
        put(erase ? "[-" : "[");
        put_text(path.to_long_string());
        put("]\r\n");
    }

    void value(std::string_view name, const Value& value) {
        if (!is_open_) return leave_out("a value of that key");
        if (!name_is_written(name)) return;
        switch (value.type) {
            case registry::reg_sz:
                if (is_plain_text(value.bytes)) return put_string(value.bytes);
                break;
            case registry::reg_dword:
                if (value.bytes.size() == 4) return put_dword(value.as_dword().value_or(0));
                break;
            default: break;
        }
        put_hex(value);
    }

    void erase_value(std::string_view name) {
        if (!is_open_) return leave_out("the deletion of a value of that key");
        if (name_is_written(name)) put("-\r\n");
    }

    void leave_out(std::string_view what) {
        put("; left out: ");
        put(what);
        put("\r\n");
    }

    std::string take() {
        put("\r\n");
        return std::move(out_);
    }

private:
    // Brackets know no escapes: a line end in a name would start a line of its own, with whatever follows in it.
    static bool can_stand(std::string_view path) { return path.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos; }

    // Would `"..."` give back the same data? Not with a NUL inside or none at all in an empty value, a line end, or
    // another control character that editors and tools may lose. A missing NUL at the end is added by every reader, in
    // hex(1): as well.
    static bool is_plain_text(std::string_view bytes) {
        if (bytes.empty() || bytes.size() % 2 != 0) return false;
        // A string is one line, of which each character may need a backslash; hex can be folded. The name stands in it as well.
        constexpr std::size_t most_of_a_name = 2 * 16'383 + 4;
        if (bytes.size() > reg_max_line - most_of_a_name) return false;
        for (std::size_t at = 0; at < bytes.size(); at += 2) {
            const auto low = static_cast<unsigned char>(bytes[at]);
            if (bytes[at + 1] == '\0' && low < 0x20 && low != '\t') return low == 0 && at + 2 == bytes.size();
        }
        return true;
    }

    bool name_is_written(std::string_view name) {
        column_ = 0;
        if (name.find('\0') != std::string_view::npos) {
            leave_out("a value, whose name holds a NUL");
            return false;
        }
        if (name.empty()) {
            put("@=");
        } else {
            put("\"");
            put_escaped(utf::to_utf16le(name));
            put("\"=");
        }
        return true;
    }

    void put_string(std::string_view bytes) {
        if (bytes.ends_with(std::string_view("\0\0", 2))) bytes.remove_suffix(2);
        put("\"");
        put_escaped(bytes);
        put("\"\r\n");
    }

    void put_dword(std::uint32_t number) {
        put("dword:");
        for (int shift = 28; shift >= 0; shift -= 4) put_digit(number >> shift & 15);
        put("\r\n");
    }

    void put_hex(const Value& value) {
        constexpr std::size_t wrap_from = 77;
        if (value.type == registry::reg_binary) {
            put("hex:");
        } else {
            std::array<char, 8> digits{};
            const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value.type, 16);
            put("hex(");
            put({digits.data(), static_cast<std::size_t>(end.ptr - digits.data())});
            put("):");
        }
        for (std::size_t i = 0; i < value.bytes.size(); ++i) {
            const auto byte = static_cast<unsigned char>(value.bytes[i]);
            put_digit(byte >> 4);
            put_digit(byte & 15);
            if (i + 1 == value.bytes.size()) break;
            put(",");
            if (column_ >= wrap_from) {
                put("\\\r\n");
                column_ = 0;
                put("  ");
            }
        }
        put("\r\n");
    }

    void put_escaped(std::string_view utf16) {
        for (std::size_t at = 0; at < utf16.size(); at += 2) {
            const char low = utf16[at];
            if (utf16[at + 1] == '\0') {
                if (low == '\\' || low == '"') put("\\");
                if (low == '\n' || low == '\r') {  // in a name; there is no other way to write them
                    put(low == '\n' ? "\\n" : "\\r");
                    continue;
                }
            }
            out_.append(utf16.substr(at, 2));
            ++column_;
        }
    }

    void put_text(std::string_view text) { out_ += utf::to_utf16le(text); }

    void put_digit(std::uint32_t digit) {
        out_ += "0123456789abcdef"[digit];
        out_ += '\0';
        ++column_;
    }

    void put(std::string_view ascii) {
        for (const char c : ascii) {
            out_ += c;
            out_ += '\0';
        }
        column_ += ascii.size();
    }

    std::string out_;
    std::size_t column_ = 0;  // in UTF-16 units from the start of a value's line
    bool is_open_ = false;
};

bool same_spelling(const KeyPath& a, const KeyPath& b) { return a.root() == b.root() && (&a.path() == &b.path() || a.path() == b.path()); }

}  // namespace

std::string encode_reg(const registry::Patch& patch, bool whole) {
    RegText writer;
    if (whole) writer.comment(reg_whole_comment);
    const KeyPath* current = nullptr;
    const auto open = [&](const KeyPath& key) {
        if (current == nullptr || !same_spelling(*current, key)) writer.key(key);
        current = &key;
    };
    for (const Operation& operation : patch.operations) {
        switch (operation.op) {
            case Op::create_key:
                writer.key(operation.key);
                current = &operation.key;
                break;
            case Op::set_value:
                open(operation.key);
                writer.value(operation.name, operation.value);
                break;
            case Op::erase_value:
                open(operation.key);
                writer.erase_value(operation.name);
                break;
            case Op::erase_all_values:
                open(operation.key);
                writer.leave_out("the deletion of all values, which this format cannot say");
                break;
            case Op::erase_key:
                writer.key(operation.key, true);
                current = nullptr;
                break;
        }
    }
    return writer.take();
}

std::string encode_reg(const registry::Tree& tree) {
    RegText writer;
    tree.for_each([&](const KeyPath& path, const Key& key) {
        writer.key(path);
        for (const registry::NamedValue& value : key.values) writer.value(value.name, value.value);
    });
    return writer.take();
}

std::string encode_reg(const registry::Tree& tree, const registry::Coverage& coverage) {
    RegText writer;
    if (coverage.whole()) writer.comment(reg_whole_comment);
    tree.for_each([&](const KeyPath& path, const Key& key) {
        if (key.values.empty() && !key.children().empty() && !coverage.speaks_for(path)) return;
        writer.key(path);
        for (const registry::NamedValue& value : key.values) writer.value(value.name, value.value);
    });
    return writer.take();
}

}  // namespace schancfg::codec
