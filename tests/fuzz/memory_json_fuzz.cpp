#include "property.hpp"
#include "schancfg/codec/memory_json.hpp"

using namespace schancfg;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto file = codec::decode_memory(text_of(data, size), "fuzz.json");
    if (!file) return 0;
    const auto text = codec::encode_memory(*file);
    const auto again = codec::decode_memory(text, "again.json");
    demand(again.has_value() && again->os == file->os && again->tree.same_content(file->tree), "what is written is read back");
    demand(codec::encode_memory(*again) == text, "what is read is written to the same bytes");
    return 0;
}
