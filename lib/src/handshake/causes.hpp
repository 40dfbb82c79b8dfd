// Causes of a symptom, held against two ends: which the ends show, which they leave open, and what would tell.
#pragma once

#include <algorithm>
#include <span>
#include <optional>
#include <vector>

#include "schancfg/handshake/symptoms.hpp"

namespace schancfg::handshake {

/// Judges each cause by what is known of two ends. All must outlive it.
class CauseEvidence {
public:
    /// `symptom` nullptr: none.
    CauseEvidence(const End& client, const End& server, const Agreement& agreement, const Symptom* symptom);

    [[nodiscard]] Cause judge(const Reason& reason) const;

private:
    [[nodiscard]] bool some_device() const { return client_.kind != EndKind::windows || server_.kind != EndKind::windows; }
    void judge_by_ends(Cause& cause) const;
    void judge_by_offers(Cause& cause) const;
    void judge_agreed(Cause& cause) const;
    void judge_key_provider(Cause& cause) const;
    void judge_renegotiation(Cause& cause) const;
    void judge_certificate(Cause& cause) const;
    void judge_later(Cause& cause) const;
    void judge_version(Cause& cause) const;
    void judge_dh(Cause& cause) const;
    void judge_master_secret(Cause& cause) const;
    void judge_http2(Cause& cause) const;
    void judge_october(Cause& cause) const;
    void judge_tickets(Cause& cause) const;
    void judge_validity(Cause& cause) const;

    const End& client_;
    const End& server_;
    const Agreement& agreement_;
    std::vector<Handshake> possible_;
    std::string_view foreign_;  ///< whose message it is, where that is not Schannel and no end that is given can have printed it
};

/// What would tell whether it is this cause, with the command that answers it.
[[nodiscard]] Question question_of_cause(const Reason& reason, const End& client, const End& server);

/// The `nmap` command that looks at a server with these scripts; a host that is not a name is left for the reader to fill in.
[[nodiscard]] std::string nmap_command(const End& server, std::string_view scripts);
/// `HOST:PORT` for the same commands.
[[nodiscard]] std::string address_in_command(const End& server);

[[nodiscard]] inline bool is_one_of(std::span<const ReasonId> ids, ReasonId id) { return std::ranges::find(ids, id) != ids.end(); }

}  // namespace schancfg::handshake
