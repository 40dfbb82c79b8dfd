// Exports that go out through an engine: scripts, policies, roles. See schancfg/codec/carrier.hpp.
#pragma once

#include <span>
#include <string_view>

#include "context.hpp"
#include "failure.hpp"
#include "inputs/request.hpp"
#include "schancfg/codec/carrier.hpp"

namespace schancfg::cli {

struct Carrier {
    std::string_view format;  ///< the word of --format
    bool folder = false;      ///< its files need a folder: -o DIR
    Result<codec::Carried> (*encode)(const codec::CarrierInput&) = nullptr;
    bool twin = false;        ///< writes beside an export what takes it back
};

/// nullptr: `format` is not one of a carrier.
[[nodiscard]] const Carrier* find_carrier(std::string_view format);

/// What a format cannot say: one warning with their number, or with --all each.
void tell_gaps(const Context& context, std::string_view format, std::span<const codec::CarrierGap> gaps);

/// What a request asks of which machines: of a profile, or of lines that no profile translates (a `.reg` file, or a policy, whose items may be for some releases
/// alone). `reports` gets the notes of translating; nullptr: nobody does.
[[nodiscard]] Outcome<std::vector<codec::CarrierVariant>> variants_for(const Context* reports, const Request& request, const codec::CarrierOptions& options);

/// `export PROFILE --format CARRIER`: with --os for that release, else for all that the profile is for; --removal for what takes it back. What the
/// carrier cannot say is reported.
[[nodiscard]] Outcome<void> export_carrier(const Context& context, const Carrier& carrier);

}  // namespace schancfg::cli
