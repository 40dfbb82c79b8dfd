// The grammar of `.reg` text as Windows understands it, line by line, and what each line does to a registry.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "codec/reg_text_lines.hpp"
#include "codec/reg_text_report.hpp"
#include "schancfg/registry/area_index.hpp"
#include "schancfg/registry/key_path.hpp"
#include "schancfg/registry/value.hpp"

namespace schancfg::codec::reg_text {

/// Where an operation starts.
struct LinePlace {
    std::uint32_t line = 0;
    std::uint32_t column = 0;
};

/// Takes the operations in the order of the file. Paths are normal (see KeyPath), within the limits, and valid during the call.
class Sink {
public:
    Sink() = default;
    Sink(const Sink&) = delete;
    Sink& operator=(const Sink&) = delete;
    virtual void open_key(registry::Root root, std::string_view path, LinePlace place) = 0;
    virtual void erase_key(registry::Root root, std::string_view path, LinePlace place) = 0;
    /// In the key opened last. Returns whether it replaced a value that this text had set before.
    virtual bool set_value(std::string_view name, registry::Value value, LinePlace place) = 0;
    virtual void erase_value(std::string_view name, LinePlace place) = 0;
    /// A key that is there and that nobody asked for: nothing is said of its values. Not of the key opened last.
    virtual void pass_key(registry::Root root, std::string_view path) = 0;
    /// A comment says that the file leaves nothing out (reg_whole_comment).
    virtual void says_whole() {}

protected:
    ~Sink() = default;
};

class RegTextParser {
public:
    /// `only`: values of other keys are passed over unread; nullptr: all are wanted.
    RegTextParser(LineReader& lines, Encoding encoding, bool latin1, const registry::AreaIndex* only, Sink& sink, RegErrors& report)
        : lines_(lines), encoding_(encoding), latin1_(latin1), only_(only), sink_(sink), report_(report) {}

    void run();

private:
    enum class Hex : std::uint8_t { done, more, bad };

    bool read_header();
    void read_line(std::string_view line);
    void read_key(std::string_view line, std::size_t at);
    void read_deletion(std::string_view text);
    /// Opens it in the sink, or what of it is wanted. `text`: as it stands in the brackets.
    void open_key(std::string_view text, registry::Root root, std::string_view path);
    /// Root and normal path of what stands in brackets; false after a diagnostic.
    bool resolve_key(std::string_view text, registry::Root& root, std::string_view& path);
    void read_value(std::string_view line, std::size_t at);
    void read_data(std::string_view line, std::size_t at);
    void read_value_deletion(std::string_view line, std::size_t at);
    void read_string(std::string_view line, std::size_t at);
    std::string_view unescape(std::string_view line, std::size_t& at, std::string_view& text, std::string& scratch);
    void read_dword(std::string_view line, std::size_t at);
    bool read_type(std::string_view line, std::size_t& at);
    void read_hex(std::string_view line, std::size_t at);
    Hex read_hex_line(std::string_view line, std::size_t& at);
    void finish_hex();
    [[nodiscard]] bool may_store();
    void store(registry::Value value);

    /// Of the byte `at` of the current line, from 1, in code points.
    [[nodiscard]] static std::uint32_t column(std::string_view line, std::size_t at);
    /// The value being read, as messages call it.
    [[nodiscard]] std::string subject(std::uint32_t last_line) const;
    void reject(std::string_view rule, std::string_view line, std::size_t at, const std::string& why, std::string fix);

    LineReader& lines_;
    Encoding encoding_;
    bool latin1_;
    const registry::AreaIndex* only_;
    Sink& sink_;
    RegErrors& report_;

    bool version_5_ = true;
    bool told_of_width_ = false;
    bool told_of_encoding_ = false;
    bool is_open_ = false;             // is there a key that values go to?
    bool is_passing_ = false;          // and nobody asked for them
    std::string passed_;               // of which key nothing below is asked for either, as this file spells it
    std::size_t read_until_ = 0;       // lines that begin before are read though they are passed over
    std::uint32_t open_line_ = 0;      // the last key line that was not ignored
    std::string no_key_ = "no key line stands above it";  // why no key is open
    std::uint32_t open_hex_line_ = 0;  // the line before, if its hex bytes ended in a comma without a backslash

    LinePlace place_;             // of the key or value being read
    std::string_view name_;   // in the current line or in name_text_
    std::string name_text_;
    std::string data_text_;
    std::string path_text_;
    std::uint32_t type_ = 0;
    std::string bytes_;       // of hex data so far
};

}  // namespace schancfg::codec::reg_text
