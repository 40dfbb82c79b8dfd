#include <algorithm>

#include "explain/parts.hpp"
#include "schancfg/facts/weak.hpp"
#include "schancfg/facts/curves.hpp"
#include "schancfg/facts/groups.hpp"
#include "schancfg/facts/suite_names.hpp"

namespace schancfg::explain {
namespace {

std::string in_release(const facts::Release& release, std::string_view name) {
    const auto page = facts::suites_of(release);
    if (page.empty()) return {};
    const auto row = std::ranges::find(page, name, &facts::ReleaseSuite::suite);
    if (row == page.end()) return "not known";
    switch (row->list) {
        case facts::SuiteList::enabled: return row->explicit_request_only ? "enabled, only for programs that ask for it" : "enabled";
        case facts::SuiteList::available: return "available, off";
        case facts::SuiteList::psk: return "for pre-shared keys only";
    }
    return {};
}

std::string gate_text(const facts::CipherSuite& suite) {
    std::string text;
    const auto add = [&](std::string_view section, std::string_view name) {
        if (!name.empty()) text.append(text.empty() ? "" : ", ").append(section).append(1, '\\').append(name);
    };
    add("Ciphers", suite.ciphers_key);
    add("Hashes", suite.hashes_key);
    if (suite.hashes_key_contested) text += " (contested)";
    add("KeyExchangeAlgorithms", suite.kex_key);
    if (suite.auth_kex_key != suite.kex_key) add("KeyExchangeAlgorithms", suite.auth_kex_key);
    return text;
}

Explanation of(const facts::CipherSuite& suite) {
    Explanation out;
    out.kind = "cipher suite";
    out.name = suite.name;
    out.summary = suite.in_schannel ? "a cipher suite of Schannel" : "a cipher suite that Schannel does not have";
    add_detail(out, "id", suite.id == 0 ? "" : hex_text(suite.id, 4));
    const std::string_view iana = facts::iana_name(suite);
    if (iana != suite.name) add_detail(out, "IANA", iana);
    add_detail(out, "OpenSSL", facts::openssl_name(suite));
    add_detail(out, "GnuTLS", facts::gnutls_name(suite));
    std::string protocols(suite.min_protocol);
    if (suite.max_protocol != suite.min_protocol) protocols.append(" to ").append(suite.max_protocol);
    add_detail(out, "protocols", protocols);
    add_detail(out, "key exchange", suite.key_exchange);
    add_detail(out, "authentication", suite.authentication);
    std::string cipher(suite.bulk_cipher);
    if (!suite.mode.empty()) cipher.append(1, ' ').append(suite.mode);
    if (suite.effective_bits != 0) cipher.append(", ").append(std::to_string(suite.effective_bits)).append(" bits");
    add_detail(out, "encryption", cipher);
    add_detail(out, "hash", suite.mac_hash);
    add_detail(out, "curve", suite.curve_suffix);
    add_detail(out, "forward secrecy", suite.forward_secrecy ? "yes" : "no");
    add_detail(out, "HTTP/2", suite.http2_blocklisted ? "forbidden (RFC 9113)" : "allowed");
    add_detail(out, "switches", gate_text(suite));
    add_detail(out, "note", suite.notes);
    if (suite.in_schannel) {
        add_defaults(out, {}, [&](const facts::Release& release) { return in_release(release, suite.name); });
    }
    if (!suite.in_schannel) out.traps.emplace_back(suite.curve_suffix.empty() ? "not-in-schannel" : "suite-name-unknown");
    if (suite.key_exchange == "DHE") out.traps.emplace_back("dhe-leading-zero");
    if (suite.http2_blocklisted) out.traps.emplace_back("http2-blocklisted-first");
    if (!suite.forward_secrecy) out.traps.emplace_back("no-forward-secrecy");
    if (suite.authentication == "ECDSA") out.traps.emplace_back("only-ecdsa-suites");
    if (suite.min_protocol == "TLS 1.3") out.traps.emplace_back("only-tls13-suites");
    if (!suite.curve_suffix.empty()) out.traps.emplace_back("suite-name-dead");
    if (facts::is_weak_suite(suite)) out.traps.emplace_back("weak-cipher-suite");
    add_sources(out, suite.source);
    return out;
}

std::string in_release(const facts::Release& release, const facts::Curve& curve) {
    const auto page = facts::curves_of(release);
    if (page.empty()) return {};
    const auto row = std::ranges::find(page, curve.name, &facts::ReleaseCurve::curve);
    if (row == page.end()) return "not known";
    return row->enabled_by_default ? "enabled, place " + std::to_string(row->order) : "available, off";
}

Explanation of(const facts::Curve& curve) {
    Explanation out;
    out.kind = "curve";
    out.name = curve.name;
    out.summary = "a named group for key exchange with elliptic curves, chosen by the list EccCurves";
    add_detail(out, "group", curve.group == 0 ? "" : hex_text(curve.group, 4));
    add_detail(out, "IANA", curve.iana_name);
    add_detail(out, "protocols", curve.protocols);
    add_detail(out, "FIPS mode", curve.fips ? "available" : "not available");
    for (const facts::Release& release : facts::releases()) {
        const auto page = facts::curves_of(release);
        const auto row = std::ranges::find(page, curve.name, &facts::ReleaseCurve::curve);
        if (row == page.end() || row->since.empty()) continue;
        add_detail(out, "to know", row->notes);
        break;
    }
    for (const facts::Curve& other : facts::curves()) {
        if (&other != &curve && other.group == curve.group && curve.group != 0) add_detail(out, "same curve", other.name);
    }
    add_defaults(out, {}, [&](const facts::Release& release) { return in_release(release, curve); });
    out.traps = {"curve-list-dead", "curve-unknown", "duplicate-name"};
    if (curve.protocols == "TLS 1.3") out.traps.insert(out.traps.end(), {"curve-list-tls13-only", "curve-needs-build"});
    if (curve.name == "curve25519") out.traps.emplace_back("fips-curve25519");
    add_sources(out, curve.source);
    return out;
}

}  // namespace

void explain_suites(std::string_view word, Explanations& into) {
    for (const facts::CipherSuite* suite : facts::find_suites(word)) into.push_back(of(*suite));
}

void explain_curves(std::string_view word, Explanations& into) {
    const facts::Group* group = facts::find_group(word);
    for (const facts::Curve& curve : facts::curves()) {
        const bool alias = group != nullptr && curve.group == group->id;
        if (same_word(curve.name, word) || alias) into.push_back(of(curve));
    }
}

}  // namespace schancfg::explain
