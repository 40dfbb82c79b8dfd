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
using reg_text::Place;

class TreeSink final : public reg_text::Sink {
public:
    explicit TreeSink(registry::Tree& tree) : editor_(tree) {}
    void open_key(Root root, std::string_view path, Place) override {
        editor_.open(root, path);
        name(root, path);
    }
    void erase_key(Root root, std::string_view path, Place) override {
        editor_.erase_key(root, path);
        name(root, path);
    }
    bool set_value(std::string_view name, Value value, Place) override { return editor_.set_value(name, std::move(value)); }
    void erase_value(std::string_view name, Place) override { editor_.erase_value(name); }
    void says_whole() override { whole_ = true; }

    [[nodiscard]] registry::Coverage take_coverage() {
        return whole_ ? registry::Coverage{} : registry::Coverage::of(std::move(named_));
    }

private:
    // Exports name a key before those below it, so most lines add nothing.
    void name(Root root, std::string_view path) {
        if (!named_.empty() && named_.back().root() == root) {
            const std::string_view last = named_.back().path();
            if (last.empty() || (path.starts_with(last) && (path.size() == last.size() || path[last.size()] == '\\'))) return;
        }
        named_.emplace_back(root, std::string(path));
    }

    registry::Editor editor_;
    std::vector<KeyPath> named_;
    bool whole_ = false;
};

// Keeps the operations, and the names alone in a tree, which knows what is set twice.
class PatchSink final : public reg_text::Sink {
public:
    PatchSink(registry::Patch& patch, registry::Tree& names) : patch_(patch), editor_(names) {}
    void open_key(Root root, std::string_view path, Place place) override {
        key_ = KeyPath(root, std::string(path));
        editor_.open(root, path);
        add(Op::create_key, {}, {}, place);
    }
    void erase_key(Root root, std::string_view path, Place place) override {
        key_ = KeyPath(root, std::string(path));
        editor_.erase_key(root, path);
        add(Op::erase_key, {}, {}, place);
    }
    bool set_value(std::string_view name, Value value, Place place) override {
        add(Op::set_value, name, std::move(value), place);
        return editor_.set_value(name, {});
    }
    void erase_value(std::string_view name, Place place) override {
        add(Op::erase_value, name, {}, place);
        editor_.erase_value(name);
    }

private:
    void add(Op op, std::string_view name, Value value, Place place) {
        patch_.operations.push_back({op, key_, std::string(name), std::move(value), place.line, place.column});
    }

    registry::Patch& patch_;
    registry::Editor editor_;
    KeyPath key_;
};

Diagnostics parse(std::string_view bytes, const RegReadOptions& options, reg_text::Sink& sink, bool& is_good) {
    reg_text::Report report(options.file, options.strict);
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
    reg_text::LineReader lines(bytes, encoding, options.code_page == latin1);
    reg_text::Parser(lines, encoding, options.code_page == latin1, sink, report).run();
    is_good = !report.has_errors();
    return report.take();
}

}  // namespace

Decoded<registry::Patch> decode_reg(std::string_view bytes, const RegReadOptions& options) {
    Decoded<registry::Patch> decoded;
    registry::Patch patch{.file = options.file, .operations = {}};
    bool is_good = false;
    registry::Tree names;
    {
        PatchSink sink(patch, names);
        decoded.diagnostics = parse(bytes, options, sink, is_good);
    }
    if (is_good) decoded.value = std::move(patch);
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
