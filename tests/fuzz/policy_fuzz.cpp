// All three files of a policy: the first byte says which.
#include <algorithm>
#include <string>

#include "property.hpp"
#include "schancfg/codec/gpp_xml.hpp"
#include "schancfg/codec/gpt_tmpl_inf.hpp"
#include "schancfg/codec/pol.hpp"
#include "schancfg/registry/overlay.hpp"
#include "schancfg/text.hpp"
#include "schancfg/utf.hpp"

using namespace schancfg;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const auto bytes = text_of(data + 1, size - 1);
    const auto lines = data[0] == 'p' ? codec::decode_pol_lines(bytes, "fuzz") : data[0] == 'i' ? codec::decode_gpt_tmpl(bytes, "fuzz") : codec::decode_gpp(bytes, "fuzz");
    demand(lines.value.has_value() != has_errors(lines.diagnostics), "a policy is refused with an error, and only then");
    for (const Diagnostic& diagnostic : lines.diagnostics) {
        const std::string shown = escape(diagnostic.message);
        demand(utf::find_invalid_utf8(shown) == std::string::npos, "messages are shown as UTF-8");
        demand(std::ranges::none_of(shown, [](char c) { return static_cast<unsigned char>(c) < 0x20; }), "and hold no control characters");
    }
    if (!lines.value) return 0;
    demand(lines.value->patch.operations.size() == lines.value->target_of.size(), "each operation has a target");
    for (const facts::Release& release : facts::releases()) {
        const registry::Patch patch = codec::lines_on(*lines.value, &release);
        registry::Tree tree;
        registry::replay(patch, tree);
        registry::Tree folded;
        registry::overlay(folded, registry::to_wanted(patch));
        std::size_t held = 0, asked = 0;
        tree.for_each([&](const registry::KeyPath&, const registry::Key& key) { held += key.values.size(); });
        folded.for_each([&](const registry::KeyPath&, const registry::Key& key) { asked += key.values.size(); });
        demand(asked <= held, "what is asked for in the end is no more than what is set");
    }
    if (data[0] == 'p') {
        const auto entries = codec::decode_pol(bytes, "fuzz");
        const std::string again = codec::encode_pol(*entries.value);
        const auto read = codec::decode_pol(again, "again");
        demand(read.value.has_value(), "what is written is read");
        demand(read.value->size() == entries.value->size() && codec::encode_pol(*read.value) == again, "and written to the same bytes");
    }
    return 0;
}
