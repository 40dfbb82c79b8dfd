#include <algorithm>
#include <string>

#include "property.hpp"
#include "schancfg/codec/hardening_kitty.hpp"
#include "schancfg/schannel/managed.hpp"
#include "schancfg/text.hpp"
#include "schancfg/utf.hpp"

using namespace schancfg;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = text_of(data, size);
    (void)codec::is_hardening_kitty(text);
    const auto decoded = codec::decode_hardening_kitty(text, {.file = "fuzz"});
    demand(decoded.value.has_value() != has_errors(decoded.diagnostics), "a list is refused with an error, and only then");
    for (const Diagnostic& diagnostic : decoded.diagnostics) demand(utf::find_invalid_utf8(escape(diagnostic.message)) == std::string::npos, "messages are shown as UTF-8");
    if (!decoded.value) return 0;
    for (const codec::HardeningKittyRow& row : decoded.value->rows) {
        demand(row.operation == "=" || row.operation == ">=", "only two operators are read");
        demand(schannel::permission(row.wanted.key, row.wanted.name) != schannel::Permission::outside, "rows are about what is read");
        demand(!row.wanted.value || row.wanted.is_met_by(&*row.wanted.value), "what a row asks for meets it");
        demand(row.wanted.origin.line > 1, "each row has its line");
    }
    const registry::Wanted wanted = decoded.value->wanted();
    demand(wanted.values.size() <= decoded.value->rows.size(), "a value is asked for once");
    return 0;
}
