#include <algorithm>
#include <array>

#include "lint/subject.hpp"
#include "schancfg/facts/algorithms.hpp"
#include "schancfg/text.hpp"

namespace schancfg::lint {
namespace {

std::string path_of(std::string_view section, std::string_view name) {
    return std::string(schannel_path).append(1, '\\').append(section).append(1, '\\').append(name);
}

bool is_weak_cipher(std::string_view name) {
    return name.starts_with("RC4 ") || name.starts_with("RC2 ") || name.starts_with("DES ") || name.starts_with("Triple DES ");
}

constexpr std::uint32_t on = 0xFFFFFFFF;

// 0 and 0xFFFFFFFF are the documented data; what others do is written nowhere, and 1 has broken remote desktop.
void lint_data(Subject& subject) {
    for (const Item& item : subject.items()) {
        if (item.row == nullptr || !item.is("Enabled")) continue;
        if (item.row->section != "ciphers" && item.row->section != "hashes" && item.row->section != "kex") continue;
        const auto number = item.number();
        if (!number || *number == 0 || *number == on) continue;
        subject.report(Rule::data_not_documented, item, quote(item.wanted->key.name()) + ": Enabled is " + std::to_string(*number) +
                                                        "; documented are 0 and 0xFFFFFFFF, and what others do is not");
    }
}

void lint_ciphers(Subject& subject) {
    for (const facts::Algorithm& cipher : facts::ciphers()) {
        const Item* item = subject.find(path_of("Ciphers", cipher.name), "Enabled");
        if (item == nullptr || item->number().value_or(0) == 0) continue;
        if (cipher.name == "NULL") {
            subject.report(Rule::null_cipher, *item, "programs may ask for connections without encryption");
        } else if (is_weak_cipher(cipher.name)) {
            subject.report(Rule::weak_cipher, *item, std::string(cipher.name) + " is enabled");
        }
    }
    // KB2868725 lists these three; 64/128 is KB245030's alone.
    constexpr std::array<std::string_view, 3> rc4{"RC4 128/128", "RC4 56/128", "RC4 40/128"};
    const Item* off = nullptr;
    std::vector<std::string> left;
    for (const std::string_view name : rc4) {
        const auto number = subject.number(path_of("Ciphers", name), "Enabled");
        if (number == 0U) {
            if (off == nullptr) off = subject.find(path_of("Ciphers", name), "Enabled");
        } else if (number || subject.speaks_for(path_of("Ciphers", name))) {
            left.emplace_back(name);
        }
    }
    if (off != nullptr && !left.empty()) {
        subject.report(Rule::rc4_partly_off, *off, "this switch of RC4 is off, and not " + some_of(left));
    }
}

void lint_hashes(Subject& subject) {
    for (const std::string_view name : {"SHA256", "SHA384", "SHA512"}) {
        const Item* item = subject.find(path_of("Hashes", name), "Enabled");
        if (item != nullptr && item->number() == 0U) {
            subject.report(Rule::hash_off, *item, std::string(name) + " is off: its suites are gone, and more than that is not documented");
        }
    }
}

// What of the list a hash takes with it, reported by the release.
void lint_hash_suites(Subject& subject) {
    if (subject.effect() == nullptr || subject.effect()->cipher_suites.basis.unread) return;
    for (const facts::Algorithm& hash : facts::hashes()) {
        const Item* item = subject.find(path_of("Hashes", hash.name), "Enabled");
        if (item == nullptr) continue;
        std::vector<std::string> lost;
        for (const effect::SuiteEffect& suite : subject.effect()->cipher_suites.listed) {
            if (std::ranges::any_of(suite.blocked_by, [&](const effect::Gate& gate) { return gate.detail == hash.name; })) lost.push_back(suite.name);
        }
        if (!lost.empty()) {
            subject.report(Rule::hash_takes_suites, *item, std::string(hash.name).append(" is off and takes ").append(count_of(lost.size(), "cipher suite", "cipher suites"))
                                                           .append(" with it: ").append(some_of(lost)));
        }
    }
}

// It needs neither a list nor a release.
void lint_aes(Subject& subject) {
    const Item* shorter = subject.find(path_of("Ciphers", "AES 128/128"), "Enabled");
    const Item* longer = subject.find(path_of("Ciphers", "AES 256/256"), "Enabled");
    const auto off = [](const Item* item) { return item != nullptr && item->number() == 0U; };
    if (off(shorter) && off(longer)) subject.report(Rule::aes_off, *longer, "AES 128/128 and AES 256/256 are off: every suite with AES is gone, and with them nearly all that peers of today take");
}

void lint_length(Subject& subject, const Item& item, std::string_view exchange, bool server) {
    constexpr std::uint32_t enough = 2048, broken = 1024;
    const auto bits = item.number();
    if (bits && *bits > enough && !server) {
        const bool dh = exchange == "Diffie-Hellman";
        subject.report(Rule::key_too_long, item,
                       std::string(exchange).append(": clients want ").append(std::to_string(*bits)).append(dh ? " bits; nearly all servers with DHE give 2048"
                                                                                                                : " bits; nearly all RSA certificates have 2048"));
    }
    if (!bits || *bits >= enough) return;
    const std::string length = std::to_string(*bits) + " bits";
    // 1024 for clients is what Windows does anyway, and all that some peers have.
    const bool harmless = !server && *bits >= broken;
    subject.report(Rule::key_too_short, item,
                   std::string(exchange).append(server ? ": the server uses groups of " : ": clients accept keys from ").append(length),
                   harmless ? Severity::note : Severity::warning);
}

void lint_key_exchanges(Subject& subject) {
    if (const Item* item = subject.find(path_of("KeyExchangeAlgorithms", "PKCS"), "Enabled"); item != nullptr && item->number() == 0U) {
        subject.report(Rule::pkcs_off, *item, "PKCS is off: all suites with RSA key exchange are gone, and perhaps those with RSA certificates");
    }
    for (const std::string_view exchange : {"Diffie-Hellman", "PKCS"}) {
        const std::string path = path_of("KeyExchangeAlgorithms", exchange);
        const Item* client = subject.find(path, "ClientMinKeyBitLength");
        const Item* server = subject.find(path, "ServerMinKeyBitLength");
        if (client != nullptr) lint_length(subject, *client, exchange, false);
        if (server != nullptr && exchange == "Diffie-Hellman") lint_length(subject, *server, exchange, true);
        const auto least = subject.number(path, "ClientMinKeyBitLength");
        const auto most = subject.number(path, "ClientMaxKeyBitLength");
        const Item* limit = subject.find(path, "ClientMaxKeyBitLength");
        if (limit != nullptr && least && most && *most != 0 && *least > *most) {
            subject.report(Rule::contradictory_values, *limit, std::string(exchange) + ": keys of at least " + std::to_string(*least) +
                                                               " and at most " + std::to_string(*most) + " bits: there are none");
        }
    }
}

// One note a section, at its first switch: the reader needs it once.
void lint_support(Subject& subject) {
    for (const std::string_view section : {"ciphers", "hashes", "kex"}) {
        const Item* first = nullptr;
        std::size_t count = 0;
        for (const Item& item : subject.items()) {
            if (item.value() == nullptr || item.row == nullptr || item.row->section != section || !item.is("Enabled")) continue;
            ++count;
            if (first == nullptr || item.wanted->origin.line < first->wanted->origin.line) first = &item;
        }
        if (first == nullptr) continue;
        const std::string_view what = section == "ciphers" ? "ciphers" : section == "hashes" ? "hashes" : "key exchanges";
        subject.report(Rule::unsupported_by_microsoft, *first, count_of(count, "switch of ", "switches of ").append(what).append(
                                                               ": Microsoft's newer pages call them unsupported"));
    }
}

template <class Effects, class Algorithm>
void lint_gates(Subject& subject, std::string_view section, const Effects& effects, Algorithm algorithm) {
    for (const auto& each : effects) {
        const effect::AlgorithmEffect& effect = algorithm(each);
        if (effect.state != effect::GateState::not_supported) continue;
        // Off is what it is there anyway.
        if (const Item* item = subject.find(path_of(section, effect.name), "Enabled"); item != nullptr && item->number() != 0U && !subject.is_near_miss(item->wanted->key)) {
            subject.report(Rule::setting_ignored, *item, "the switch of " + std::string(effect.name) + " does nothing on this release",
                           Severity::note);
        }
    }
}

void lint_limits(Subject& subject, const effect::Effect& effect) {
    for (const effect::KeyExchangeEffect& exchange : effect.key_exchanges) {
        for (const effect::BitLimit* limit : {&exchange.client_min_bits, &exchange.client_max_bits, &exchange.server_min_bits}) {
            if (limit->basis.note.empty()) continue;
            if (const Item* item = subject.find(limit->basis)) {
                subject.report(Rule::needs_update, *item, std::string(exchange.algorithm.name).append(": ").append(limit->basis.note), Severity::note);
            }
        }
    }
}

}  // namespace

void lint_algorithms(Subject& subject) {
    lint_data(subject);
    lint_ciphers(subject);
    lint_hashes(subject);
    lint_hash_suites(subject);
    lint_aes(subject);
    lint_key_exchanges(subject);
    lint_support(subject);
    const effect::Effect* effect = subject.effect();
    if (effect == nullptr) return;
    const auto plain = [](const effect::AlgorithmEffect& each) -> const effect::AlgorithmEffect& { return each; };
    lint_gates(subject, "Ciphers", effect->ciphers, plain);
    lint_gates(subject, "Hashes", effect->hashes, plain);
    lint_gates(subject, "KeyExchangeAlgorithms", effect->key_exchanges,
               [](const effect::KeyExchangeEffect& each) -> const effect::AlgorithmEffect& { return each.algorithm; });
    lint_limits(subject, *effect);
}

}  // namespace schancfg::lint
