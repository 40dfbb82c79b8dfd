// What the explanations of all kinds share.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "schancfg/explain/explain.hpp"
#include "schancfg/facts/codes.hpp"
#include "schancfg/facts/releases.hpp"

namespace schancfg::explain {

/// Appends unless `text` is empty.
void add_detail(Explanation& to, std::string_view label, std::string_view text);
/// Appends each part that `; ` separates, without doubles.
void add_sources(Explanation& to, std::string_view sources);
/// `answer` for every release in their order, runs of the same answer joined; empty answers are left out.
void add_defaults(Explanation& to, std::string_view role, const std::function<std::string(const facts::Release&)>& answer);
[[nodiscard]] std::string hex_text(std::uint32_t number, std::size_t digits);
[[nodiscard]] bool same_word(std::string_view a, std::string_view b);

/// The row that stands for all alerts without one of their own.
[[nodiscard]] inline bool is_any_other_alert(const facts::Code& code) { return code.kind == facts::CodeKind::tls_alert && code.number == facts::no_number; }

using Explanations = std::vector<Explanation>;
void explain_protocols(std::string_view word, Explanations& into);
void explain_algorithms(std::string_view word, Explanations& into);
void explain_suites(std::string_view word, Explanations& into);
void explain_curves(std::string_view word, Explanations& into);
void explain_codes(std::string_view word, Explanations& into);
void explain_updates(std::string_view word, Explanations& into);
void explain_rules(std::string_view word, Explanations& into);
void explain_reasons(std::string_view word, Explanations& into);
void explain_releases(std::string_view word, Explanations& into);
void explain_values(std::string_view word, Explanations& into);
/// Attacks, services, profiles and the program's own words.
void explain_terms(std::string_view word, Explanations& into);
/// A program or service with its version behind it: `Exchange 2013`, `SQL Server 2008 R2`.
void explain_products(std::string_view word, Explanations& into);
/// A message that people paste: what it stands for, and its causes.
void explain_message(std::string_view word, Explanations& into);
/// What explain_terms knows, but for profiles.
[[nodiscard]] std::vector<std::string> term_words();
/// A key as regedit or PowerShell spells it, as `HKLM\...`; a key of one protocol or cipher as the name of that. Else the word itself.
[[nodiscard]] std::string canonical_word(std::string_view word);
/// Other ways to write what may be meant, likeliest first; the word itself is not among them.
[[nodiscard]] std::vector<std::string> other_spellings(std::string_view word);
/// A number with its program, as the program prints it: `curl (60)`, `0x907`.
[[nodiscard]] std::vector<std::string> as_message(std::string_view word);
/// What people's short name stands for: `DHE` is `Diffie-Hellman`; empty: it is none.
[[nodiscard]] std::string_view long_name(std::string_view word);

}  // namespace schancfg::explain
