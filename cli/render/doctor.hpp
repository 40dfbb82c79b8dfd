// A diagnosis as people and programs read it: the verdict, both ends side by side, what fits the error, what to do.
//
// Texts of scans are hostile: whatever comes from a peer is escaped here. What is shown is never computed here.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "console/output.hpp"
#include "schancfg/remedy/fixes.hpp"
#include "schancfg/lint/lint.hpp"
#include "schancfg/handshake/symptoms.hpp"

namespace schancfg::cli {

/// A fix with what the program adds to it.
struct FixView {
    remedy::Fix fix;
    std::string profile;          ///< as TOML; empty: it changes no registry
    lint::Findings findings;  ///< what lint says of the profile
    std::optional<remedy::FixImpact> impact = {};  ///< of a profile on the other peers that are known; nullopt: none are
};

struct DoctorView {
    const handshake::End& client;
    const handshake::End& server;
    const handshake::Symptom* symptom = nullptr;  ///< nullptr: no --error
    const handshake::Diagnosis& diagnosis;
    std::vector<FixView> fixes = {};
    std::string note = {};                  ///< what else is worth a sentence; may be empty
    std::optional<std::size_t> saved = {};  ///< the fix that --fix-out saved
    std::string saved_as = {};
};

/// Bytes that a text for people shows of what comes from a file.
inline constexpr std::size_t longest_cell = 600;

/// In the format that was asked for.
[[nodiscard]] std::string show_doctor(const DoctorView& view, const Options& options);
/// Within the columns of the sheet but for keys, commands and profiles, which are copied as a whole.
[[nodiscard]] std::string doctor_text(const DoctorView& view, const Sheet& sheet);
[[nodiscard]] std::string doctor_markdown(const DoctorView& view);
[[nodiscard]] std::string doctor_json(const DoctorView& view);

/// `They can't agree: no common protocol`, one line without a full stop, escaped.
[[nodiscard]] std::string verdict_line(const handshake::Agreement& agreement);
/// `TLS 1.2 with TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, secp256r1 (256 bits)`; empty where the protocol is not known.
[[nodiscard]] std::string handshake_words(const handshake::Handshake& handshake);
/// `os:windows-7 (Windows 7), WinHTTP`, `printer:443, seen by nmap 7.93`; escaped.
[[nodiscard]] std::string end_words(const handshake::End& end);
/// `weakens the machine for 12 of 40 other known peers as well`; empty where the impact is not known.
[[nodiscard]] std::string impact_sentence(const FixView& view);
/// `Not in a.reg, assumed as installed: policy lists, FIPS mode`, escaped; empty where the end is whole.
[[nodiscard]] std::string assumed_sentence(const handshake::End& end);
/// `Not looked at: whether the certificate is trusted, its name, its dates, ...`; empty where they don't agree.
[[nodiscard]] std::string unchecked_sentence(const handshake::Agreement& agreement);
/// `1 error, 2 notes`; `nothing` where lint finds nothing.
[[nodiscard]] std::string lint_words(const lint::Findings& findings);
/// `handshake_failure (alert 40): ...`: what the error says by itself; escaped.
[[nodiscard]] std::string symptom_words(const handshake::Symptom& symptom);

}  // namespace schancfg::cli
