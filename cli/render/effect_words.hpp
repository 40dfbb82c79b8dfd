// The words for the values of an effect, as every format shows them. Raw: what a file may have named is escaped by who shows it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "schancfg/effect/difference.hpp"

namespace schancfg::cli {

/// `10 h`, `errors, warnings`, `off`.
[[nodiscard]] std::string setting_words(std::optional<std::uint32_t> number, effect::SettingUnit unit);

/// `TLS 1.0`, `Diffie-Hellman client_min_bits`, `WinHTTP view64`, `.NET v4.0.30319 view64, applications targeting before 4.6`.
[[nodiscard]] std::string subject_words(const effect::EffectSubject& subject);
/// `on`, `usable`, `1024 bits`, `TLS 1.1, TLS 1.2`, `position 1: NistP256`, `not reachable`.
[[nodiscard]] std::string value_words(effect::Aspect aspect, const effect::EffectValue& value);

}  // namespace schancfg::cli
