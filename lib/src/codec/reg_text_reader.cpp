#include <utility>
#include <vector>

#include "codec/reg_text_parser.hpp"
#include "schancfg/codec/reg_text.hpp"
#include "schancfg/registry/editor.hpp"

namespace schancfg::codec {
namespace {

using registry::KeyPath;
using registry::Op;
using registry::Root;
using registry::Value;
using reg_text::Encoding;
using reg_text::LinePlace;

/// The keys that a file names.
class NamedKeys {
public:
    // Exports name a key before those below it, so most lines add nothing.
    void add(Root root, std::string_view path) {
        if (!keys_.empty() && keys_.back().root() == root) {
            const std::string_view last = keys_.back().path();
            if (last.empty() || (path.starts_with(last) && (path.size() == last.size() || path[last.size()] == '\\'))) return;
        }
        keys_.emplace_back(root, std::string(path));
    }
    void take_all() { whole_ = true; }
    [[nodiscard]] registry::Coverage take_coverage() { return whole_ ? registry::Coverage{} : registry::Coverage::of(std::move(keys_)); }

private:
    std::vector<KeyPath> keys_;
    bool whole_ = false;
};

class TreeSink final : public reg_text::Sink {
public:
    explicit TreeSink(registry::Tree& tree) : editor_(tree) {}
    void open_key(Root root, std::string_view path, LinePlace) override {
        editor_.open(root, path);
        named_.add(root, path);
    }
    void erase_key(Root root, std::string_view path, LinePlace) override {
        editor_.erase_key(root, path);
        named_.add(root, path);
    }
    bool set_value(std::string_view name, Value value, LinePlace) override { return editor_.set_value(name, std::move(value)); }
    void erase_value(std::string_view name, LinePlace) override { editor_.erase_value(name); }
    void pass_key(Root root, std::string_view path) override { editor_.open(root, path); }
    void says_whole() override { named_.take_all(); }

    [[nodiscard]] registry::Coverage take_coverage() { return named_.take_coverage(); }

private:
    registry::Editor editor_;
    NamedKeys named_;
};

// Keeps the operations, and the names alone in a tree, which knows what is set twice.
class PatchSink final : public reg_text::Sink {
public:
    PatchSink(registry::Patch& patch, registry::Tree& names) : patch_(patch), editor_(names) {}
    void open_key(Root root, std::string_view path, LinePlace place) override {
        key_ = KeyPath(root, std::string(path));
        editor_.open(root, path);
        named_.add(root, path);
        add(Op::create_key, {}, {}, place);
    }
    void erase_key(Root root, std::string_view path, LinePlace place) override {
        key_ = KeyPath(root, std::string(path));
        editor_.erase_key(root, path);
        named_.add(root, path);
        add(Op::erase_key, {}, {}, place);
    }
    bool set_value(std::string_view name, Value value, LinePlace place) override {
        add(Op::set_value, name, std::move(value), place);
        return editor_.set_value(name, {});
    }
    void erase_value(std::string_view name, LinePlace place) override {
        add(Op::erase_value, name, {}, place);
        editor_.erase_value(name);
    }
    void pass_key(Root, std::string_view) override {}
    void says_whole() override { named_.take_all(); }

    [[nodiscard]] registry::Coverage take_coverage() { return named_.take_coverage(); }

private:
    void add(Op op, std::string_view name, Value value, LinePlace place) {
        patch_.operations.push_back({op, key_, std::string(name), std::move(value), place.line, place.column});
    }

    registry::Patch& patch_;
    registry::Editor editor_;
    KeyPath key_;
    NamedKeys named_;
};

Diagnostics parse(std::string_view bytes, const RegReadOptions& options, reg_text::Sink& sink, bool& is_good) {
    const reg_text::Elsewhere elsewhere = options.only != nullptr ? reg_text::Elsewhere::silent
                                          : options.count_elsewhere ? reg_text::Elsewhere::counted : reg_text::Elsewhere::said;
    reg_text::RegErrors report(options.file, options.strict, elsewhere);
    const auto refuse = [&](std::string_view rule, std::string message, std::string fix) {
        report.error(rule, 0, 0, std::move(message), std::move(fix));
        is_good = false;
        return report.take();
    };
    if (bytes.size() > reg_max_file) return refuse("reg-file-too-large", "the file is larger than 512 MiB", "export fewer keys");
    constexpr std::uint32_t windows_1252 = 1252;
    constexpr std::uint32_t latin1 = 28591;
    if (options.code_page != windows_1252 && options.code_page != latin1) {
        return refuse("reg-code-page", "the code page " + std::to_string(options.code_page) + " is not known", "use 1252 or 28591");
    }
    const Encoding encoding = reg_text::find_encoding(bytes);
    if (encoding == Encoding::utf16be) {
        return refuse("reg-encoding", "the file is UTF-16BE, of which Windows would import nothing",
                      "save it as UTF-16LE with the byte order mark FF FE");
    }
    if (encoding == Encoding::utf16_unmarked) {
        return refuse("reg-encoding", "the file is UTF-16LE without the byte order mark FF FE, of which Windows would import nothing",
                      "save it as UTF-16LE with the byte order mark FF FE");
    }
    if (encoding == Encoding::utf8_marked) {
        report.warning("reg-utf8-mark", 1, 1, "only recent releases of Windows read UTF-8 with a byte order mark",
                       "save the file as UTF-16LE with a byte order mark");
    }
    reg_text::LineReader lines(bytes, encoding, options.code_page == latin1, options.counted);
    reg_text::RegTextParser(lines, encoding, options.code_page == latin1, options.only, sink, report).run();
    is_good = !report.has_errors();
    return report.take();
}

}  // namespace

Decoded<RegLines> decode_reg_lines(std::string_view bytes, const RegReadOptions& options) {
    Decoded<RegLines> decoded;
    RegLines lines{.patch = {.file = options.file, .operations = {}}, .coverage = {}};
    bool is_good = false;
    registry::Tree names;
    {
        PatchSink sink(lines.patch, names);
        decoded.diagnostics = parse(bytes, options, sink, is_good);
        lines.coverage = sink.take_coverage();
    }
    if (is_good) decoded.value = std::move(lines);
    return decoded;
}

Decoded<registry::Patch> decode_reg(std::string_view bytes, const RegReadOptions& options) {
    auto lines = decode_reg_lines(bytes, options);
    Decoded<registry::Patch> decoded;
    decoded.diagnostics = std::move(lines.diagnostics);
    if (lines) decoded.value = std::move(lines.value->patch);
    return decoded;
}

Decoded<RegState> decode_reg_state(std::string_view bytes, const RegReadOptions& options) {
    Decoded<RegState> decoded;
    RegState state;
    bool is_good = false;
    {
        TreeSink sink(state.tree);
        decoded.diagnostics = parse(bytes, options, sink, is_good);
        state.coverage = sink.take_coverage();
    }
    if (is_good) decoded.value = std::move(state);
    return decoded;
}

Decoded<registry::Tree> decode_reg_tree(std::string_view bytes, const RegReadOptions& options) {
    auto state = decode_reg_state(bytes, options);
    Decoded<registry::Tree> decoded;
    decoded.diagnostics = std::move(state.diagnostics);
    if (state) decoded.value = std::move(state.value->tree);
    return decoded;
}

}  // namespace schancfg::codec
