#include "property.hpp"
#include "schancfg/codec/profile_toml.hpp"
#include "schancfg/plan/planner.hpp"
#include "schancfg/schannel/translate.hpp"

using namespace schancfg;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = text_of(data, size);
    // Whatever it extends by path is the text itself under another name, so chains and cycles are tried as well.
    int loads = 0;
    const codec::Load load = [&](std::string_view name, std::string_view) -> Result<codec::LoadedText> {
        demand(++loads < 100000, "a profile is not loaded without end");
        if (name.size() > 20) return fail(ErrorCode::not_found, "there is no such file");
        return codec::LoadedText{std::string(name), std::string(text)};
    };
    const auto profile = codec::decode_profile(text, "fuzz.toml", load);
    if (!profile.value) {
        demand(has_errors(profile.diagnostics), "a profile that is refused has an error");
        return 0;
    }
    const auto* release = facts::find_release("windows-server-2022");
    demand(release != nullptr, "the release is known");
    const auto wanted = schannel::translate(*profile.value, {.release = release});
    if (!wanted.value) {
        demand(has_errors(wanted.diagnostics), "a profile that is not translated has an error");
        return 0;
    }
    registry::Tree tree;
    registry::replay(plan::to_patch(plan::make(tree, *wanted.value, release)), tree);
    demand(plan::make(tree, *wanted.value, release).empty(), "applying a profile leaves nothing to do");
    return 0;
}
