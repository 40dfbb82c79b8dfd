// Templates of IIS Crypto (.ictpl, versions 0 and 3): XML to schannel::Profile, to show what a template asks for.
//
// A template says for names, not for registry values, what is on and off; here it asks for the values that a registry holds after the tool has
// applied one. Whatever is in it and is not understood is a warning that names it. Format and sources: lib/docs/formats/ictpl.md. Opens no files.
// Use from any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "schancfg/diagnostic.hpp"
#include "schancfg/schannel/profile.hpp"

namespace schancfg::codec {

inline constexpr std::size_t iis_crypto_max_size = 1u << 20;  ///< bytes of a file
inline constexpr std::size_t iis_crypto_max_tags = 20000;     ///< tags of a file

struct IisCryptoOptions {
    std::string file;     ///< name for messages
    bool strict = false;  ///< what is not understood is an error
};

struct IisCryptoTemplate {
    int version = 0;            ///< as it says; what it means is known of 0 and 3
    schannel::Profile profile;  ///< one layer, each entry with its place; minimumOSVersion is Entry::since
    Diagnostics refused;        ///< an error `not-writable` for each item that is set and that schancfg does not write
};

/// Does it look like one: XML in any encoding whose root is `iisCryptoTemplate`?
[[nodiscard]] bool is_iis_crypto(std::string_view bytes);

/// An error has line and column. Says nothing of what stands in the file but names, shortened. Never throws on bad input.
[[nodiscard]] Decoded<IisCryptoTemplate> decode_iis_crypto(std::string_view bytes, const IisCryptoOptions& options);

}  // namespace schancfg::codec
