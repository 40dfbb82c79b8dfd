// What people read of an agreement: message, evidence, blockers, questions, conditions. Each takes the handshake as it was played.
#pragma once

#include <string>
#include <vector>

#include "handshake/play.hpp"

namespace schancfg::handshake {

struct Scene {
    const Offer& client;
    const Offer& server;
    const Played& played;

    [[nodiscard]] const Offer& of(Side side) const { return side == Side::server ? server : client; }
    [[nodiscard]] const Offer& other(Side side) const { return side == Side::server ? client : server; }
    /// The version that decides: of the first outcome that is not agree, else of the first; tls_versions.size() without any.
    [[nodiscard]] std::size_t version() const;
    /// The outcome that the verdict rests on.
    [[nodiscard]] const VersionOutcome& decisive() const;
};

[[nodiscard]] std::string message_of(const Scene& scene, const Agreement& agreement);
[[nodiscard]] std::vector<Evidence> evidence_of(const Scene& scene, const Agreement& agreement);
[[nodiscard]] std::vector<Blocker> blockers_of(const Scene& scene, const Agreement& agreement);
[[nodiscard]] std::vector<Question> questions_of(const Scene& scene, const Agreement& agreement);
[[nodiscard]] std::vector<std::string> conditions_of(const Scene& scene, const Agreement& agreement);
[[nodiscard]] std::vector<const Reason*> now_and_then(const Scene& scene);

/// `end` as if it had these, which are missing there.
[[nodiscard]] End opened(const End& end, const std::vector<const Missing*>& missing);

/// `TLS 1.0 and TLS 1.2, perhaps TLS 1.3`, or `none`.
[[nodiscard]] std::string protocols_text(const Offer& offer);
/// `a, b and c`
[[nodiscard]] std::string joined(const std::vector<std::string>& words);

}  // namespace schancfg::handshake
