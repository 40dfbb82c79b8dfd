// From when to when a server's certificates are valid, held against the time that an end was given.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "handshake/details.hpp"

namespace schancfg::handshake {

enum class Validity : std::uint8_t { unknown, valid, expired, not_yet };
/// `at` in seconds since 1970; nullopt: nobody asks. Without a date of its end a certificate is not known to be valid.
[[nodiscard]] Validity validity_of(const schannel::PeerCertificate& certificate, std::optional<std::int64_t> at);
/// `valid until 2027-01-31`, `expired on 2015-04-12`, `is not valid before 2031-01-01`; empty: no date is known, or nobody asks.
[[nodiscard]] std::string dates_text(const schannel::PeerCertificate& certificate, std::optional<std::int64_t> at);

/// Of two ends that do not disagree: where they would agree and the certificate that the server would show is not valid, the verdict is left open: a program may ignore it. One that
/// was valid when a scan saw it has been renewed since, which becomes a condition. true: the dates were looked at.
bool judge_dates(const Scene& scene, Agreement& agreement);

}  // namespace schancfg::handshake
