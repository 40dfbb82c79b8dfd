// What Windows' Policy CSP can say of a profile, as a custom configuration for Intune: the JSON that Microsoft Graph takes (windows10CustomConfiguration).
//
// Policy CSP has the policy lists of cipher suites (1507) and of curves (24H2), FIPS (1507) and minimum versions of TLS and DTLS (24H2); nothing for protocols one by one,
// ciphers, hashes, key exchanges, WinHTTP and .NET (MicrosoftDocs/windows-itpro-docs, policy-csp-cryptography). All of those are gaps. Opens no file. Use from any thread.
#pragma once

#include "schancfg/codec/carrier.hpp"

namespace schancfg::codec {

/// One file; none where nothing can be said. A custom configuration knows no releases: where what it can say differs between variants each release from Windows 10 on has a
/// file.
[[nodiscard]] Result<Carried> encode_oma_uri(const CarrierInput& input);

}  // namespace schancfg::codec
