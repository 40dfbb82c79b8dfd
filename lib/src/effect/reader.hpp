// Reads single values of a state and says where each came from. Absent keys cost nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "schancfg/effect/basis.hpp"
#include "schancfg/effect/circumstances.hpp"
#include "schancfg/facts/releases.hpp"
#include "schancfg/registry/coverage.hpp"
#include "schancfg/registry/tree.hpp"

namespace schancfg::effect {

inline constexpr facts::Build vista{6, 0, 6000};
inline constexpr facts::Build windows_7{6, 1, 7600};
inline constexpr facts::Build windows_8{6, 2, 9200};
inline constexpr facts::Build windows_8_1{6, 3, 9600};
inline constexpr facts::Build windows_10{10, 0, 10240};
inline constexpr facts::Build server_2022{10, 0, 20348};

/// A key that is or is not there.
struct Spot {
    const registry::Key* key = nullptr;
    std::string path;  ///< `HKLM\...`; empty when the key is absent
    bool spoken = true;  ///< the state speaks for it: what it does not hold is absent
    const registry::Coverage* coverage = nullptr;  ///< with `sought`, of a key that the state does not speak for: it may for one below
    std::string sought = {};                       ///< below HKLM
};

/// A value that should be a 4-byte REG_DWORD.
struct Number {
    const registry::Value* value = nullptr;  ///< nullptr: absent
    std::optional<std::uint32_t> number;     ///< nullopt: absent, or of another type or length
    bool assumed = false;                    ///< absent as far as is known: the state does not speak for it
    [[nodiscard]] bool readable() const { return number.has_value(); }
    [[nodiscard]] bool invalid() const { return value != nullptr && !number; }
};

class StateReader {
public:
    StateReader(const registry::Tree& state, const facts::Release& release, const Circumstances& circumstances);

    [[nodiscard]] const facts::Release& release() const { return release_; }
    [[nodiscard]] const Circumstances& circumstances() const { return circumstances_; }
    /// The exact build, or that of the release.
    [[nodiscard]] facts::Build build() const { return circumstances_.build.value_or(release_.build); }
    [[nodiscard]] bool has(std::string_view kb) const { return circumstances_.has(kb); }
    [[nodiscard]] bool lacks(std::string_view kb) const { return circumstances_.lacks(kb); }

    /// `path` is below HKLM.
    [[nodiscard]] Spot find(std::string_view path) const;
    [[nodiscard]] static Spot child(const Spot& spot, std::string_view name);
    [[nodiscard]] const Spot& schannel() const { return schannel_; }

    [[nodiscard]] static Number number(const Spot& spot, std::string_view name);
    /// A value that an untouched installation holds with the same data counts as the release's default.
    [[nodiscard]] Origin origin(const Spot& spot, std::string_view name) const;
    [[nodiscard]] Origin default_origin() const;
    [[nodiscard]] Origin update_origin(std::string_view kb) const;

    /// Of an answer that the release gives by itself.
    [[nodiscard]] Basis default_basis(BasisRule rule, std::string_view source) const;
    /// Of an answer that a value gives.
    [[nodiscard]] Basis value_basis(const Spot& spot, std::string_view name, BasisRule rule,
                                    std::string_view source) const;

private:
    const registry::Tree& state_;
    const facts::Release& release_;
    const Circumstances& circumstances_;
    Spot schannel_;
};

}  // namespace schancfg::effect
