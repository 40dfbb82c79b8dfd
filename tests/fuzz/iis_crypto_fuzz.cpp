#include <algorithm>
#include <string>

#include "property.hpp"
#include "schancfg/codec/iis_crypto.hpp"
#include "schancfg/codec/profile_toml.hpp"
#include "schancfg/facts/releases.hpp"
#include "schancfg/schannel/managed.hpp"
#include "schancfg/schannel/translate.hpp"
#include "schancfg/text.hpp"
#include "schancfg/utf.hpp"

using namespace schancfg;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = text_of(data, size);
    (void)codec::is_iis_crypto(text);
    const auto decoded = codec::decode_iis_crypto(text, {.file = "fuzz"});
    demand(decoded.value.has_value() != has_errors(decoded.diagnostics), "a template is refused with an error, and only then");
    for (const Diagnostic& diagnostic : decoded.diagnostics) demand(utf::find_invalid_utf8(escape(diagnostic.message)) == std::string::npos, "messages are shown as UTF-8");
    const auto strict = codec::decode_iis_crypto(text, {.file = "fuzz", .strict = true});
    demand(!strict || std::ranges::none_of(decoded.diagnostics, [](const Diagnostic& each) { return each.severity == Severity::warning; }), "strict takes what gives no warning");
    if (!decoded.value) return 0;
    for (const schannel::Entry& entry : decoded.value->profile.layers.back().entries) {
        demand(schannel::permission(entry.key, entry.value_name) == schannel::Permission::named, "nothing outside of the named settings is asked for");
        demand(entry.origin.line > 0, "each entry has its line");
    }
    for (const facts::Release& release : facts::releases()) {
        const auto wanted = schannel::translate(decoded.value->profile, {.release = &release});
        if (!wanted) continue;
        demand(codec::encode_profile(*wanted.value, &release, decoded.value->profile.name).has_value(), "it can be said as a profile");
    }
    return 0;
}
