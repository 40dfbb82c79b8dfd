// The protocols that a machine offers: what Schannel has on, and what the layer above it asks for.
#pragma once

#include <array>
#include <string_view>

#include "handshake/suite.hpp"
#include "schancfg/handshake/end.hpp"

namespace schancfg::handshake {

[[nodiscard]] inline schannel::Answer answer(bool yes) { return yes ? schannel::Answer::yes : schannel::Answer::no; }
/// What two sources say together.
[[nodiscard]] inline schannel::Answer both(schannel::Answer a, schannel::Answer b) { return a == b ? a : schannel::Answer::unknown; }

/// The protocols that a layer asks for: yes, no, or unknown where sources disagree.
struct Asked {
    bool everything = true;  ///< no layer: what is on
    std::array<schannel::Answer, tls_versions.size()> protocols{};
    effect::Basis basis;
};
[[nodiscard]] Asked asked_by(const effect::Effect& effect, facts::Role role, const EndOptions& options);
/// What holds for a program of the .NET Framework; nullptr: the application is none.
[[nodiscard]] const effect::DotnetCase* dotnet_case(const effect::Effect& effect, const Application& application, effect::View view);

}  // namespace schancfg::handshake
