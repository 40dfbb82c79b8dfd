// Generated states and wishes within the managed keys, for the laws of plans: the same seed gives the same ones everywhere.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schancfg/registry/patch.hpp"
#include "schancfg/registry/tree.hpp"
#include "schancfg/registry/wanted.hpp"

namespace generated {

using schancfg::registry::KeyPath;
using schancfg::registry::Tree;
using schancfg::registry::Value;
using schancfg::registry::Wanted;

/// SplitMix64, so that no standard library's distributions come in.
class Random {
public:
    explicit Random(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() {
        std::uint64_t z = (state_ += 0x9E3779B97F4A7C15u);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
        return z ^ (z >> 31);
    }
    std::size_t below(std::size_t bound) { return static_cast<std::size_t>(next() % bound); }
    bool one_in(std::size_t n) { return below(n) == 0; }
    template <class Range>
    const auto& pick(const Range& from) {
        return from[below(std::size(from))];
    }
    template <class T>
    void shuffle(std::vector<T>& items) {
        for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[below(i)]);
    }

private:
    std::uint64_t state_;
};

inline const KeyPath schannel(schancfg::registry::Root::local_machine,
                              "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL");

inline Value value(Random& random) {
    switch (random.below(8)) {
        case 0: return Value::dword(0);
        case 1:
        case 2: return Value::dword(1);
        case 3: return Value::dword(0xFFFFFFFF);
        case 4: return Value::sz(random.one_in(2) ? "" : "caf\xC3\xA9");
        case 5: return Value::multi_sz({"TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256"});
        case 6: return Value::binary(std::string("\x01\x00\xFF", 3));
        default: return Value{schancfg::registry::reg_dword, "\x01"};  // three bytes too few
    }
}

inline KeyPath key(Random& random) {
    constexpr std::string_view keys[] = {
        "",
        "Ciphers\\AES 128/128",
        "Ciphers\\NULL",
        "Hashes\\SHA",
        "KeyExchangeAlgorithms\\Diffie-Hellman",
        "Protocols",
        "Protocols\\SSL 3.0\\Client",
        "Protocols\\TLS 1.0\\Client",
        "Protocols\\TLS 1.0\\Server",
        "Protocols\\TLS 1.1\\Client",
        "Protocols\\TLS 1.2\\Client",
        "Protocols\\TLS 1.2\\Server",
        "Protocols\\TLS 1.3\\Client",
        "Protocols\\TLS 1.3\\Server\\Below",
        "Protocols\\DTLS 1.2\\Client",
    };
    const std::string_view below = random.pick(keys);
    return below.empty() ? schannel : schannel.below(below);
}

inline std::string name(Random& random) {
    constexpr std::string_view names[] = {"Enabled", "enabled", "DisabledByDefault", "", "Odd", "\xC3\xA9", "ServerMinKeyBitLength"};
    return std::string(random.pick(names));
}

inline Tree tree(Random& random) {
    Tree made;
    made.create(schannel);
    for (std::size_t i = random.below(25); i > 0; --i) {
        if (random.one_in(5)) {
            made.create(key(random));
        } else {
            made.set_value(key(random), name(random), value(random));
        }
    }
    return made;
}

inline schancfg::registry::Patch patch(Random& random) {
    using enum schancfg::registry::Op;
    schancfg::registry::Patch made;
    made.file = "generated.reg";
    for (std::size_t i = random.below(30); i > 0; --i) {
        constexpr schancfg::registry::Op ops[] = {set_value, set_value, set_value, set_value, erase_value, erase_value,
                                                  create_key, erase_all_values, erase_key};
        schancfg::registry::Operation operation;
        operation.op = random.pick(ops);
        operation.key = key(random);
        if (operation.op == set_value || operation.op == erase_value) operation.name = name(random);
        if (operation.op == set_value) operation.value = value(random);
        operation.line = static_cast<std::uint32_t>(made.operations.size() + 1);
        made.operations.push_back(operation);
    }
    return made;
}

inline Tree copy(const Tree& tree) {
    Tree made;
    schancfg::registry::replay(schancfg::registry::to_patch(tree), made);
    return made;
}

}  // namespace generated
