// What the tests of carriers share: the input that the program makes of a shipped profile, and files that were looked through.
#pragma once

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include "catch.hpp"
#include "schancfg/codec/carrier.hpp"
#include "schancfg/codec/profile_toml.hpp"
#include "schancfg/codec/sha256.hpp"
#include "schancfg/registry/patch.hpp"
#include "schancfg/schannel/builtin.hpp"

namespace carrier_golden {

using namespace schancfg;

inline codec::CarrierInput input_of(const schannel::Profile& profile, const std::string& label, const codec::CarrierOptions& options = {}) {
    auto variants = codec::carrier_variants(profile, options);
    REQUIRE(variants);
    return {.name = profile.name, .description = profile.description, .label = label, .variants = std::move(*variants.value), .removal = options.removal};
}

inline codec::CarrierInput input_of_shipped(const schannel::BuiltinProfile& shipped, const codec::CarrierOptions& options = {}) {
    const auto decoded = codec::decode_profile(shipped.text, "built-in:" + std::string(shipped.name), {});
    REQUIRE(decoded);
    return input_of(*decoded.value, "profile:" + std::string(shipped.name), options);
}

inline codec::CarrierInput input_of_text(const std::string& toml, const codec::CarrierOptions& options = {}) {
    const auto decoded = codec::decode_profile(toml, "p.toml", {});
    REQUIRE(decoded);
    return input_of(*decoded.value, "p.toml", options);
}

/// As of a `.reg` file with that one line.
inline codec::CarrierInput input_of_line(const registry::KeyPath& key, const std::string& name, const registry::Value& value) {
    registry::Patch lines;
    lines.operations = {{.op = registry::Op::set_value, .key = key, .name = name, .value = value}};
    return {.name = "reg:x.reg", .description = {}, .label = "reg:x.reg", .variants = codec::carrier_variants(registry::to_wanted(lines), {}), .removal = false};
}

inline std::string digest(std::string_view bytes) {
    codec::Sha256 hash;
    hash.update(bytes);
    return hash.finish();
}

/// `text` is what tests/golden/<file> holds; SCHANCFG_APPROVE=1 rewrites it.
inline void look(const std::string& file, const std::string& text) {
    const std::string path = SCHANCFG_SOURCE_DIR "/tests/golden/" + file;
    if (std::getenv("SCHANCFG_APPROVE") != nullptr) std::ofstream(path, std::ios::binary) << text;
    std::ifstream golden(path, std::ios::binary);
    const std::string held{std::istreambuf_iterator<char>(golden), {}};
    INFO(path << ": SCHANCFG_APPROVE=1 rewrites it");
    CHECK((held == text));
}

/// Size and digest of each file of each shipped profile, and of its removal, by `encode`; what cannot be carried says why.
template <class Encode>
std::string sizes_and_digests(Encode encode) {
    std::string out;
    for (const schannel::BuiltinProfile& shipped : schannel::builtin_profiles()) {
        for (const bool removal : {false, true}) {
            const auto carried = encode(input_of_shipped(shipped, {.removal = removal}));
            const std::string start = std::string(shipped.name) + (removal ? " removal" : "");
            if (!carried) {
                out += start + ": " + carried.error().message + "\n";
                continue;
            }
            for (const codec::CarrierFile& file : carried->files) out += start + " " + file.path + " " + std::to_string(file.bytes.size()) + " " + digest(file.bytes) + "\n";
            if (!carried->gaps.empty()) out += start + ": " + std::to_string(carried->gaps.size()) + " cannot be said\n";
        }
    }
    return out;
}

inline std::string without_cr(std::string text) {
    std::erase(text, '\r');
    return text;
}

}  // namespace carrier_golden
