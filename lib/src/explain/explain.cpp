#include "schancfg/explain/explain.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "explain/parts.hpp"
#include "schancfg/lint/rules.hpp"
#include "schancfg/handshake/reasons.hpp"
#include "schancfg/facts/algorithms.hpp"
#include "schancfg/facts/cipher_suites.hpp"
#include "schancfg/facts/codes.hpp"
#include "schancfg/facts/conflicts.hpp"
#include "schancfg/facts/curves.hpp"
#include "schancfg/facts/protocols.hpp"
#include "schancfg/facts/registry_values.hpp"
#include "schancfg/facts/suite_names.hpp"
#include "schancfg/facts/updates.hpp"
#include "schancfg/nearest.hpp"
#include "schancfg/schannel/managed.hpp"
#include "schancfg/schannel/settings.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::explain {
namespace {

constexpr std::array<std::string_view, 18> kinds{"alerts", "ciphers",   "codes",   "conflicts", "curves", "events",   "hashes", "key-exchanges", "keys",
                                                 "protocols", "reasons", "releases", "rules",  "settings", "suites", "updates", "values", "words"};

template <class Rows, class Name>
std::vector<std::string> names_of(const Rows& rows, Name name) {
    std::vector<std::string> names;
    names.reserve(rows.size());
    for (const auto& row : rows) names.emplace_back(std::invoke(name, row));
    return names;
}

std::vector<std::string> code_words(std::initializer_list<facts::CodeKind> wanted) {
    std::vector<std::string> names;
    for (const facts::Code& code : facts::codes()) {
        if (is_any_other_alert(code) || std::ranges::find(wanted, code.kind) == wanted.end()) continue;
        const bool numbered = code.kind == facts::CodeKind::event;
        names.push_back(numbered ? std::to_string(code.number) : std::string(code.name));
    }
    return names;
}

std::vector<std::string> value_words() {
    std::vector<std::string> names;
    for (const facts::RegistryValue& row : facts::registry_values()) {
        std::string name = std::string(row.hive).append(1, '\\').append(row.key).append(": ").append(row.name);
        if (std::ranges::find(names, name) == names.end()) names.push_back(std::move(name));
    }
    return names;
}

}  // namespace

void add_detail(Explanation& to, std::string_view label, std::string_view text) {
    if (!text.empty()) to.details.push_back({label, std::string(text)});
}

void add_sources(Explanation& to, std::string_view sources) {
    while (!sources.empty()) {
        const std::size_t end = sources.find("; ");
        std::string source(sources.substr(0, end));
        if (std::ranges::find(to.sources, source) == to.sources.end()) to.sources.push_back(std::move(source));
        sources = end == std::string_view::npos ? std::string_view{} : sources.substr(end + 2);
    }
}

void add_defaults(Explanation& to, std::string_view role, const std::function<std::string(const facts::Release&)>& answer) {
    bool joins = false;
    for (const facts::Release& release : facts::releases()) {
        std::string text = answer(release);
        if (text.empty()) {
            joins = false;
        } else if (joins && to.defaults.back().text == text) {
            to.defaults.back().to = release.id;
        } else {
            to.defaults.push_back({role, std::string(release.id), std::string(release.id), std::move(text)});
            joins = true;
        }
    }
}

std::string hex_text(std::uint32_t number, std::size_t digits) {
    constexpr std::string_view hex = "0123456789ABCDEF";
    std::string text;
    for (; number != 0 || text.size() < digits; number /= 16) text.insert(text.begin(), hex[number % 16]);
    return "0x" + text;
}

bool same_word(std::string_view a, std::string_view b) { return utf::equal_no_case(a, b); }

namespace {

Explanations explain_spelling(std::string_view given) {
    Explanations found;
    const std::string canonical = canonical_word(given);
    if (canonical.empty()) return found;
    const std::string_view word = long_name(canonical).empty() ? std::string_view(canonical) : long_name(canonical);
    explain_terms(canonical, found);
    explain_protocols(word, found);
    explain_algorithms(word, found);
    explain_suites(word, found);
    explain_curves(word, found);
    explain_codes(word, found);
    explain_updates(word, found);
    explain_rules(word, found);
    explain_reasons(word, found);
    explain_releases(word, found);
    explain_values(word, found);
    // A value is also known by its path as it stands in the tables.
    if (found.empty()) explain_values(given, found);
    return found;
}

}  // namespace

std::vector<Explanation> explain(std::string_view given) {
    constexpr std::size_t longest = 4096;  // no name is longer
    if (given.size() > longest) return {};
    Explanations found = explain_spelling(given);
    constexpr std::size_t longest_name = 100;  // of what has several spellings
    const bool may_be_name = given.size() <= longest_name;
    if (found.empty() && may_be_name) {
        for (const std::string& other : other_spellings(given)) {
            found = explain_spelling(other);
            if (!found.empty()) return found;
        }
    }
    if (found.empty()) explain_products(given, found);
    if (found.empty()) explain_message(given, found);
    if (found.empty() && may_be_name) {
        for (const std::string& other : as_message(given)) explain_message(other, found);
    }
    return found;
}

std::string nearest_word(std::string_view word) {
    std::vector<std::string> candidates;
    for (const std::string_view kind : kinds) {
        std::vector<std::string> words = *words_of(kind);
        std::ranges::move(words, std::back_inserter(candidates));
    }
    for (const facts::RegistryValue& row : facts::registry_values()) candidates.emplace_back(row.name);
    for (const facts::CipherSuite& suite : facts::cipher_suites()) {
        candidates.push_back(facts::openssl_name(suite));
        candidates.push_back(facts::gnutls_name(suite));
    }
    for (const facts::Release& release : facts::releases()) {
        for (const std::string_view alias : release.aliases) candidates.emplace_back(alias);
    }
    Nearest search(word);
    for (const std::string& candidate : candidates) {
        if (!candidate.empty()) search.offer(candidate);
    }
    return std::string(search.best());
}

std::span<const std::string_view> word_kinds() { return kinds; }

std::optional<std::vector<std::string>> words_of(std::string_view kind) {
    using facts::CodeKind;
    if (kind == "alerts") return code_words({CodeKind::tls_alert});
    if (kind == "events") return code_words({CodeKind::event});
    if (kind == "codes") return code_words({CodeKind::sspi_status, CodeKind::certificate_status, CodeKind::key_status, CodeKind::nt_status, CodeKind::winhttp_error,
                                               CodeKind::win32_error, CodeKind::socket_error, CodeKind::remote_desktop_error, CodeKind::browser_error});
    if (kind == "ciphers") return names_of(facts::ciphers(), &facts::Algorithm::name);
    if (kind == "hashes") return names_of(facts::hashes(), &facts::Algorithm::name);
    if (kind == "key-exchanges") return names_of(facts::key_exchanges(), &facts::Algorithm::name);
    if (kind == "conflicts") return names_of(facts::conflicts(), &facts::Conflict::id);
    if (kind == "curves") return names_of(facts::curves(), &facts::Curve::name);
    if (kind == "keys") {
        return names_of(schannel::managed_keys(), [](const registry::Area& area) { return area.key.to_string() + (area.recursive ? "\\..." : ""); });
    }
    if (kind == "protocols") return names_of(facts::protocols(), &facts::Protocol::name);
    if (kind == "reasons") return names_of(handshake::reasons(), &handshake::Reason::id);
    if (kind == "releases") return names_of(facts::releases(), &facts::Release::id);
    if (kind == "rules") {
        std::vector<std::string> all = names_of(lint::lint_rules(), &lint::LintRule::id);
        std::ranges::move(names_of(lint::file_rules(), &lint::LintRule::id), std::back_inserter(all));
        return all;
    }
    if (kind == "settings") return names_of(schannel::settings(), &schannel::Setting::name);
    if (kind == "suites") return names_of(facts::cipher_suites(), &facts::CipherSuite::name);
    if (kind == "updates") return names_of(facts::updates(), &facts::Update::id);
    if (kind == "values") return value_words();
    if (kind == "words") return term_words();
    return std::nullopt;
}

}  // namespace schancfg::explain
