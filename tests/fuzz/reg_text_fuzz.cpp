#include "property.hpp"
#include "schancfg/codec/reg_text.hpp"

using namespace schancfg;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto bytes = text_of(data, size);
    const auto patch = codec::decode_reg(bytes, {.file = "fuzz.reg"});
    const auto tree = codec::decode_reg_tree(bytes, {.file = "fuzz.reg"});
    demand(patch.value.has_value() == tree.value.has_value(), "both readers take a file or refuse it");
    if (!patch.value) {
        demand(has_errors(patch.diagnostics), "a file that is refused has an error");
        return 0;
    }
    registry::Tree replayed;
    registry::replay(*patch.value, replayed);
    demand(replayed.same_content(*tree.value), "both readers read the same");

    // Reading what was written adds the NUL that Windows adds to strings, and nothing after that.
    const auto once = codec::decode_reg(codec::encode_reg(*patch.value), {.file = "once.reg"});
    demand(once.value.has_value(), "what is written is read");
    const auto text = codec::encode_reg(*once.value);
    const auto twice = codec::decode_reg(text, {.file = "twice.reg"});
    demand(twice.value.has_value() && codec::encode_reg(*twice.value) == text, "what is read is written to the same bytes");
    return 0;
}
