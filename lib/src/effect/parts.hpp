// The parts that effect() is put together from, in the order in which they build on each other.
#pragma once

#include <string_view>
#include <vector>

#include "effect/reader.hpp"
#include "schancfg/effect/effect.hpp"

namespace schancfg::effect {

[[nodiscard]] Switch fips_effect(const StateReader& reader);
[[nodiscard]] ProtocolAnswer protocol_answer(const StateReader& reader, const Switch& fips, facts::Role role,
                                             std::string_view protocol);
[[nodiscard]] std::vector<ProtocolEffect> protocol_effects(const StateReader& reader, const Switch& fips);
[[nodiscard]] std::vector<ProtocolEffect> other_protocol_effects(const StateReader& reader, const Switch& fips);
[[nodiscard]] std::vector<AlgorithmEffect> cipher_effects(const StateReader& reader);
[[nodiscard]] std::vector<AlgorithmEffect> hash_effects(const StateReader& reader);
[[nodiscard]] std::vector<KeyExchangeEffect> key_exchange_effects(const StateReader& reader);
/// Needs protocols and fips.
[[nodiscard]] CurvesEffect curves_effect(const StateReader& reader, const Effect& so_far);
/// Needs all of the above.
[[nodiscard]] CipherSuitesEffect cipher_suites_effect(const StateReader& reader, const Effect& so_far);
/// Fills blocked_by, doubts, uses and certain of an entry whose name, suite and of_release are set.
void judge_suite(const StateReader& reader, const Effect& so_far, SuiteEffect& entry);
/// Needs cipher suites.
[[nodiscard]] Switch dhe_fault(const StateReader& reader, const Effect& so_far);
/// Is the curve, as far as the list goes, usable in that version of TLS?
[[nodiscard]] Answer curve_answer(const CurveEffect& curve, std::string_view version);
/// Is what is not certain about the list so because it was not read?
[[nodiscard]] bool curves_assumed(const CurvesEffect& curves);
/// Is anything about the list not read, whatever is disputed?
[[nodiscard]] bool curves_unread(const CurvesEffect& curves);
/// Is any curve of the list? yes before Windows 10, where suites carry their curves in their names.
[[nodiscard]] Answer any_curve(const CurvesEffect& curves, std::string_view version);
/// Needs protocols, suites, curves, key exchanges and signatures.
[[nodiscard]] Reaches reaches(const Effect& so_far);
/// Need the reach.
[[nodiscard]] std::vector<WinHttpEffect> winhttp_effects(const StateReader& reader, const Effect& so_far);
[[nodiscard]] std::vector<DotnetEffect> dotnet_effects(const StateReader& reader, const Effect& so_far);
[[nodiscard]] std::vector<ServiceEffect> service_effects(const StateReader& reader, const Effect& so_far);
[[nodiscard]] SignaturesEffect signatures_effect(const StateReader& reader);
[[nodiscard]] RenegotiationEffect renegotiation_effect(const StateReader& reader);
[[nodiscard]] std::vector<SettingEffect> setting_effects(const StateReader& reader);

}  // namespace schancfg::effect
