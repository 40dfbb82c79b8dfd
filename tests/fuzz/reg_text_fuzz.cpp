#include <algorithm>
#include <set>
#include <string>

#include "../codec/reg_only_law.hpp"
#include "property.hpp"
#include "schancfg/codec/reg_text.hpp"
#include "schancfg/schannel/managed.hpp"
#include "schancfg/text.hpp"
#include "schancfg/utf.hpp"

using namespace schancfg;

namespace {

void forget_places(registry::Patch& patch) {
    for (registry::Operation& operation : patch.operations) operation.line = operation.column = 0;
}

bool same(const Diagnostic& a, const Diagnostic& b) {
    return a.rule == b.rule && a.severity == b.severity && a.span == b.span && a.message == b.message && a.fix == b.fix;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto bytes = text_of(data, size);
    auto patch = codec::decode_reg(bytes, {.file = "fuzz.reg"});
    const auto tree = codec::decode_reg_tree(bytes, {.file = "fuzz.reg"});
    demand(patch.value.has_value() == tree.value.has_value(), "both readers take a file or refuse it");
    demand(std::ranges::equal(patch.diagnostics, tree.diagnostics, same), "both readers say the same");
    demand(patch.value.has_value() != has_errors(patch.diagnostics), "a file is refused with an error, and only then");
    for (const Diagnostic& diagnostic : patch.diagnostics) {
        // Names are handed out as they are; who shows a message escapes it.
        const std::string shown = escape(diagnostic.message);
        demand(utf::find_invalid_utf8(shown) == std::string::npos, "messages are shown as UTF-8");
        demand(std::ranges::none_of(shown, [](char c) { return static_cast<unsigned char>(c) < 0x20; }), "and hold no control characters");
    }
    for (const auto& areas : {reg_test::small_areas(), schannel::managed_keys()}) {
        const char* broken = reg_test::broken_law(bytes, areas);
        demand(broken == nullptr, broken != nullptr ? broken : "");
    }
    if (!patch.value) return 0;

    registry::Tree replayed;
    registry::replay(*patch.value, replayed);
    demand(replayed.same_content(*tree.value), "both readers read the same");

    // What was read has its NULs, so that writing loses nothing any more.
    const auto text = codec::encode_reg(*patch.value);
    auto again = codec::decode_reg(text, {.file = "again.reg", .strict = true});
    demand(again.value.has_value(), "what is written is read without a line being skipped");
    forget_places(*patch.value);
    forget_places(*again.value);
    demand(again.value->operations == patch.value->operations, "what is written is read back");
    demand(codec::encode_reg(*again.value) == text, "what is read is written to the same bytes");
    for (const Diagnostic& diagnostic : again.diagnostics) {
        static const std::set<std::string> may{"reg-duplicate", "reg-escape", "reg-odd-string", "reg-more"};
        demand(may.contains(diagnostic.rule), "what is written needs no other warning");
    }

    const auto exported = codec::encode_reg(*tree.value);
    const auto tree_again = codec::decode_reg_tree(exported, {});
    demand(tree_again.value.has_value() && tree_again.value->same_content(*tree.value), "an exported tree is read back");
    return 0;
}
