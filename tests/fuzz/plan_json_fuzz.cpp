#include "property.hpp"
#include "schancfg/codec/plan_json.hpp"

using namespace schancfg;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto record = codec::decode_record(text_of(data, size), "fuzz.json");
    if (!record) return 0;
    const auto text = codec::encode_record(*record);
    const auto again = codec::decode_record(text, "again.json");
    demand(again.has_value() && again->plan.changes == record->plan.changes, "what is written is read back");
    demand(codec::encode_record(*again) == text, "what is read is written to the same bytes");
    return 0;
}
