// Offer: an End as the handshake needs it, its suites by protocol and found by id. Made once, however many others it meets.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "handshake/suite.hpp"
#include "schancfg/facts/groups.hpp"
#include "schancfg/handshake/end.hpp"

namespace schancfg::handshake {

using schannel::Answer;
using schannel::Preference;

struct OfferedSuite {
    std::uint32_t id = 0;
    std::string_view name, group;
    int dh_bits = 0;
    bool sure = true;
    SuiteTraits traits;
};

struct OfferedProtocol {
    Answer offered = Answer::unknown;
    Preference preference = Preference::unknown;
    bool complete = false;
    bool unheard = false;  ///< among them are names that nobody knows: each may be another spelling of any suite
    std::vector<OfferedSuite> suites;  ///< in the end's order
    std::vector<std::uint32_t> by_id;  ///< indices of `suites`, sorted by id, then name, then order

    /// All entries of that suite (several where each has its curve), as indices into `suites`.
    [[nodiscard]] std::span<const std::uint32_t> find(const OfferedSuite& suite) const;
};

class Offer {
public:
    /// `end` must outlive it.
    explicit Offer(const End& end);

    [[nodiscard]] const End& end() const { return *end_; }
    [[nodiscard]] const OfferedProtocol& at(std::size_t version) const { return protocols_[version]; }
    [[nodiscard]] std::span<const std::string_view> groups() const { return groups_; }
    [[nodiscard]] Answer takes_group(std::string_view group) const;
    /// Are `groups` all that it takes? A name that nobody knows may stand for any.
    [[nodiscard]] bool groups_complete() const { return groups_complete_; }
    /// Can it verify a signature with that hash? `hash` empty: unknown.
    [[nodiscard]] Answer verifies(std::string_view hash) const;
    /// It looks at hashes in that protocol. Schannel does since TLS 1.2, where they are negotiated.
    [[nodiscard]] bool minds_hashes(std::size_t version) const;
    [[nodiscard]] bool any_protocol() const;  ///< is any offered, or perhaps?

private:
    const End* end_;
    std::array<OfferedProtocol, tls_versions.size()> protocols_;
    std::vector<std::string_view> groups_;         // canonical, in the end's order
    std::vector<std::string_view> groups_sorted_;
    std::vector<std::string_view> groups_unsure_;  // sorted
    bool groups_complete_ = false;
};

/// IANA's name where anybody knows the group, else the name as it is.
[[nodiscard]] std::string_view canonical_group(std::string_view name);
/// 256 for secp256r1, 2048 for ffdhe2048; 0: unknown.
[[nodiscard]] int group_bits(std::string_view name);
/// An elliptic curve; the numbers of finite-field groups, key encapsulations and hybrids begin at 0x0100 (RFC 8446, 4.2.7).
[[nodiscard]] inline bool is_curve(const facts::Group& group) { return group.id < 0x0100; }
/// May TLS of that version negotiate the group?
[[nodiscard]] Answer is_group_of(std::size_t version, std::string_view group);

}  // namespace schancfg::handshake
