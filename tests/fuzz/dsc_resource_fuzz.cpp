#include <string>

#include "property.hpp"
#include "schancfg/codec/dsc_resource.hpp"
#include "schancfg/codec/profile_toml.hpp"
#include "schancfg/text.hpp"
#include "schancfg/utf.hpp"

using namespace schancfg;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto desired = codec::decode_dsc_desired(text_of(data, size));
    if (!desired) {
        demand(utf::find_invalid_utf8(escape(desired.error().message)) == std::string::npos, "messages are shown as UTF-8");
        return 0;
    }
    if (!desired->settings.empty()) {
        const auto profile = codec::decode_profile(desired->settings, "settings", [](std::string_view, std::string_view) -> Result<codec::LoadedText> { return fail(ErrorCode::not_found, "none"); });
        demand(profile.value.has_value() != has_errors(profile.diagnostics), "settings are a profile or say what is wrong");
    }
    codec::DscState state{.target = desired->target, .profile = desired->profile, .values = desired->values.values};
    const auto again = codec::decode_dsc_desired(codec::encode_dsc_state(state));
    demand(again.has_value() || desired->target.empty(), "a state is a desired state");
    return 0;
}
