#include "property.hpp"
#include "schancfg/codec/marker_json.hpp"

using namespace schancfg;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto marker = codec::decode_marker(text_of(data, size), "fuzz.json");
    if (!marker) return 0;
    const auto text = codec::encode_marker(*marker);
    const auto again = codec::decode_marker(text, "again.json");
    demand(again.has_value() && *again == *marker, "what is written is read back");
    demand(codec::encode_marker(*again) == text, "what is read is written to the same bytes");
    return 0;
}
