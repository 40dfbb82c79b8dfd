#include <algorithm>
#include <charconv>
#include <iterator>
#include <optional>

#include "handshake/layers.hpp"
#include "handshake/services.hpp"
#include "handshake/strong_flag.hpp"
#include "effect/reader.hpp"
#include "schancfg/handshake/end.hpp"
#include "schancfg/facts/algorithms.hpp"
#include "schancfg/facts/curves.hpp"
#include "schancfg/facts/suite_names.hpp"
#include "schancfg/utf.hpp"
#include "words.hpp"

namespace schancfg::handshake {
namespace {

using facts::Role;
using schannel::Answer;
using schannel::Preference;

class WindowsEnd {
public:
    WindowsEnd(const effect::Effect& effect, Role role, const EndOptions& options) : effect_(effect), role_(role), options_(options) {}

    End make() {
        end_.kind = EndKind::windows;
        end_.release = effect_.release;
        end_.label = options_.label.empty() ? std::string(effect_.release->id) : options_.label;
        end_.application = options_.application != nullptr && role_ == Role::client ? options_.application : &applications().front();
        end_.application_known = role_ == Role::server || options_.application != nullptr || !options_.named_protocols.empty();
        end_.service = options_.service != nullptr && options_.service->role == role_ ? options_.service : nullptr;
        end_.view = options_.view;
        end_.peer.role = role_;
        end_.peer.certificates = options_.certificates;
        if (role_ == Role::client) strong_ = strong_flag(effect_, *end_.application, options_.view);
        // What a layer reads matters to its programs alone.
        std::ranges::copy_if(effect_.assumed, std::back_inserter(end_.assumed), [&](effect::Area area) {
            if (area == effect::Area::winhttp) return end_.application->id == "winhttp";
            return area != effect::Area::dotnet || !end_.application->dotnet_version.empty();
        });
        add_protocols();
        if (end_.service != nullptr) {
            if (const effect::ServiceEffect* service = effect_.service(end_.service->id)) narrow_by_service(end_, *service);
        }
        add_suites();
        add_groups();
        add_limits();
        add_hashes();
        add_extensions();
        return std::move(end_);
    }

private:
    [[nodiscard]] bool reads(effect::Area area) const { return std::ranges::find(effect_.assumed, area) == effect_.assumed.end(); }

    Missing& miss(Missing::Kind kind, std::string_view name, const effect::Basis& basis) {
        Missing& missing = end_.missing.emplace_back();
        missing.kind = kind;
        missing.name = name;
        missing.sure = basis.certain;
        missing.assumed = basis.assumed;
        missing.origins.push_back(basis.origin);
        missing.note = basis.note;
        missing.source = basis.source;
        missing.alternative_source = basis.alternative_source;
        return missing;
    }

    void add_protocols() {
        const Asked asked = asked_by(effect_, role_, options_);
        end_.asked_basis = asked.basis;
        for (std::size_t at = 0; at < tls_versions.size(); ++at) {
            const effect::ProtocolEffect& protocol = *effect_.protocol(tls_versions[at]);
            schannel::PeerProtocol& row = end_.peer.protocols.emplace_back();
            row.name = tls_versions[at];
            row.preference = role_ == Role::server ? Preference::server : Preference::client;
            // Of a list that was not read, all that the release has may be in it.
            const effect::Basis& list = effect_.cipher_suites.basis;
            row.suites_complete = (list.certain || (list.assumed && list.rule != effect::BasisRule::suite_list_unread)) && effect_.cipher_suites.left_out == 0 && knows_names();
            const effect::ProtocolAnswer& of_schannel = protocol.of(role_);
            const effect::ProtocolReach& joined = *effect_.reach(role_).find(tls_versions[at]);
            Answer by_schannel = asked.everything ? joined.unnamed : joined.named;
            // A release whose pages know no TLS 1.3 has no list of its suites either.
            if (at == tls13 && by_schannel == Answer::unknown && effect_.release->build < effect::server_2022) row.suites_complete = false;
            if (at == tls13 && of_schannel.basis.rule == effect::BasisRule::protocol_early_tls13) {
                end_.early_tls13 = true;
                by_schannel = Answer::unknown;
            }
            const bool beyond = !end_.application->newest.empty() && tls_versions[at] > end_.application->newest;
            // SCH_USE_STRONG_CRYPTO takes SSL as well (dotnet/docs tls.md).
            const bool too_weak = strong_.is_set == Answer::yes && tls_versions[at].starts_with("SSL");
            const Answer by_layer = beyond || too_weak ? Answer::no : asked.everything ? Answer::yes : asked.protocols[at];
            const bool capped = !end_.application->newest.empty() && by_schannel != Answer::no;
            if ((!asked.everything || capped) && by_layer == Answer::yes) end_.asked.push_back({protocol.name, of_schannel.state});
            row.offered = by_schannel == Answer::no || by_layer == Answer::no ? Answer::no : both(by_schannel, by_layer);
            if (row.offered == Answer::yes && effect_.reach(role_).hole == tls_versions[at]) {
                // On by its switch, and no suite of it is listed: whether an older version is used then is not certain (conflict C31).
                row.offered = Answer::unknown;
                miss(Missing::Kind::protocol, tls_versions[at], joined.basis).sure = false;
            } else if (row.offered != Answer::yes) {
                const bool layer = by_schannel == Answer::yes;
                Missing& missing = miss(Missing::Kind::protocol, tls_versions[at], layer ? asked.basis : of_schannel.basis);
                missing.sure = row.offered == Answer::no;
                missing.by_layer = layer;
            }
        }
    }

    [[nodiscard]] effect::Origin origin_of(const effect::Gate& gate, const effect::SuiteEffect& entry) const {
        const auto by_name = [&](const std::vector<effect::AlgorithmEffect>& among) {
            const auto found = std::ranges::find(among, gate.detail, &effect::AlgorithmEffect::name);
            return found == among.end() ? entry.basis.origin : found->basis.origin;
        };
        switch (gate.kind) {
            case effect::GateKind::cipher: return by_name(effect_.ciphers);
            case effect::GateKind::hash: return by_name(effect_.hashes);
            case effect::GateKind::key_exchange:
            case effect::GateKind::authentication: {
                const auto name = [](const effect::KeyExchangeEffect& each) { return each.algorithm.name; };
                const auto found = std::ranges::find(effect_.key_exchanges, gate.detail, name);
                return found == effect_.key_exchanges.end() ? entry.basis.origin : found->algorithm.basis.origin;
            }
            case effect::GateKind::strong_crypto: return strong_.origin;
            case effect::GateKind::fips: return effect_.fips.basis.origin;
            case effect::GateKind::curve: return effect_.curves.basis.origin;
            default: return entry.basis.origin;
        }
    }

    /// A name of which no table knows a number, and that is perhaps a suite all the same, leaves the list open.
    [[nodiscard]] bool knows_names() const {
        return std::ranges::none_of(effect_.cipher_suites.listed, [](const effect::SuiteEffect& entry) { return (entry.suite == nullptr || entry.suite->id == 0) && !entry.use_basis.undisputed(); });
    }

    void add_suites() {
        end_.suite_list = effect_.cipher_suites.basis;
        std::vector<const effect::SuiteEffect*> listed;
        for (const effect::SuiteEffect& entry : effect_.cipher_suites.listed) {
            const effect::Passage passage = effect::passage(entry, role_);
            bool sure = !passage.closing.empty();
            std::vector<effect::Gate> gates;
            for (const effect::Gate* gate : sure ? passage.closing : passage.doubtful) gates.push_back(*gate);
            strong_.judge(entry, gates, sure);
            if (!gates.empty()) {
                Missing& missing = miss(Missing::Kind::suite, entry.name, entry.basis);
                missing.origins.clear();
                for (const effect::Gate& gate : gates) {
                    missing.origins.push_back(origin_of(gate, entry));
                    if (!gate.source.empty()) missing.source = gate.source;
                    if (!gate.alternative_source.empty()) missing.alternative_source = gate.alternative_source;
                }
                missing.gates = std::move(gates);
                missing.sure = sure;
                name_suite(missing, entry.suite);
                if (sure) continue;
            } else if (!effect_.cipher_suites.basis.certain) {
                Missing& missing = miss(Missing::Kind::suite, entry.name, effect_.cipher_suites.basis);
                name_suite(missing, entry.suite);
            }
            if (entry.suite != nullptr) listed.push_back(&entry);
        }
        for (const std::string_view version : tls_versions) {
            for (const effect::SuiteEffect* entry : listed) {
                const Answer carried = effect::carries(*entry, version);
                if (carried == Answer::no) continue;
                end_.peer.suites.push_back({.protocol = std::string(version), .id = entry->suite->id,
                                            .name = std::string(facts::iana_name(*entry->suite)), .group = std::string(group_of(*entry->suite))});
                if (carried == Answer::yes) continue;
                // Sources disagree whether it is one of that version (3DES in SSL 3.0, C15).
                Missing& missing = miss(Missing::Kind::suite, entry->name, effect_.reach(role_).find(version)->basis);
                name_suite(missing, entry->suite);
                missing.protocol = version;
                missing.sure = false;
            }
        }
        for (const effect::UnlistedSuite& unlisted : effect_.cipher_suites.unlisted) {
            if (unlisted.suite->list != facts::SuiteList::psk) miss_unlisted(unlisted.suite->suite);
        }
    }

    void miss_unlisted(std::string_view name) {
        const facts::CipherSuite* suite = facts::find_cipher_suite(name);
        Missing& missing = miss(Missing::Kind::suite, name, effect_.cipher_suites.basis);
        name_suite(missing, suite);
        if (suite != nullptr && effect_.cipher_suites.basis.assumed) add_perhaps_listed(*suite);
    }

    /// The list was not read, so this suite may stand in it, too.
    void add_perhaps_listed(const facts::CipherSuite& suite) {
        const SuiteTraits traits = traits_of(suite.id, facts::iana_name(suite));
        for (std::size_t at = traits.oldest; at <= traits.newest; ++at) {
            end_.peer.suites.push_back({.protocol = std::string(tls_versions[at]), .id = suite.id, .name = std::string(facts::iana_name(suite)),
                                        .group = std::string(group_of(suite))});
        }
    }

    [[nodiscard]] std::string_view group_of(const facts::CipherSuite& suite) const {
        if (suite.curve_suffix.empty() || effect_.curves.has_list) return {};
        return facts::find_curve(suite.curve_suffix)->iana_name;
    }

    void name_suite(Missing& missing, const facts::CipherSuite* suite) const {
        if (suite == nullptr) return;
        missing.id = suite->id;
        missing.group = group_of(*suite);
    }

    void add_group(std::string_view iana) {
        if (!iana.empty()) add_once(end_.peer.groups, iana);
    }

    void add_groups() {
        const effect::CurvesEffect& curves = effect_.curves;
        end_.curve_list = curves.basis;
        if (!curves.has_list) {
            for (const schannel::PeerSuite& suite : end_.peer.suites) add_group(suite.group);
            end_.peer.groups_complete = effect_.cipher_suites.basis.certain;
            return;
        }
        end_.peer.groups_complete = curves.basis.certain;
        for (const effect::CurveEffect& entry : curves.listed) {
            if (entry.curve == nullptr) {  // one of the machine's own without a code point, or a name that nobody knows: what Windows does with it is open
                if (!entry.basis.certain) end_.peer.groups_complete = false;
            } else {
                if (entry.usable) add_group(entry.curve->iana_name);
                const effect::Basis& basis = entry.usable && entry.basis.certain ? curves.basis : entry.basis;
                if (!entry.usable || !basis.certain) miss(Missing::Kind::group, entry.curve->iana_name, basis);
            }
        }
        for (const std::string_view name : curves.unlisted) {
            const std::string_view iana = facts::find_curve(name)->iana_name;
            const auto& groups = end_.peer.groups;
            const bool by_other_name = std::ranges::find(groups, iana) != groups.end() || end_.find_missing(Missing::Kind::group, iana) != nullptr;
            if (!by_other_name) miss(Missing::Kind::group, iana, curves.basis);
        }
    }

    [[nodiscard]] static BitsTaken taken(const effect::BitLimit& limit, int oldest_default) {
        // Nobody documents more than 1024 bits as the default of any release.
        constexpr int largest_default = 1024;
        BitsTaken bits;
        bits.origin = limit.basis.origin;
        bits.note = limit.basis.note;
        bits.source = limit.basis.source;
        const int given = static_cast<int>(std::min<std::uint32_t>(limit.bits.value_or(0), 1U << 20U));
        bits.refused_below = bits.taken_from = given;
        if (limit.basis.certain) return bits;
        bits.read = !limit.basis.assumed;
        int other = given;
        if (!limit.basis.alternative.empty()) {
            const std::string_view text = limit.basis.alternative;
            std::from_chars(text.data(), text.data() + text.size(), other);
        }
        const bool doubtful = limit.basis.rule == effect::BasisRule::limit_set || limit.basis.rule == effect::BasisRule::limit_value_invalid || !limit.bits;
        bits.refused_below = std::min(doubtful ? std::min(given, oldest_default) : given, other);
        bits.taken_from = std::max(doubtful ? std::max(given, largest_default) : given, other);
        return bits;
    }

    /// 0: none. What was not read is said by the shortest.
    [[nodiscard]] static int longest(const effect::BitLimit& limit, BitsTaken& taken) {
        taken.longest_sure = limit.basis.undisputed();
        return static_cast<int>(std::min<std::uint32_t>(limit.bits.value_or(0), 1U << 20U));
    }

    void add_limits() {
        for (const effect::KeyExchangeEffect& each : effect_.key_exchanges) {
            if (each.algorithm.name == "Diffie-Hellman") {
                end_.dh = taken(each.client_min_bits, 512);
                if (role_ == Role::client) {
                    end_.peer.dh_min_bits = end_.dh.taken_from;
                    end_.peer.dh_max_bits = longest(each.client_max_bits, end_.dh);
                } else if (each.server_min_bits.basis.certain) {
                    end_.peer.dh_min_bits = end_.peer.dh_max_bits = static_cast<int>(each.server_min_bits.bits.value_or(0));
                }
            } else if (each.algorithm.name == "PKCS") {
                end_.rsa = taken(each.client_min_bits, 0);
                if (role_ == Role::client) {
                    end_.peer.rsa_min_bits = end_.rsa.taken_from;
                    end_.peer.rsa_max_bits = longest(each.client_max_bits, end_.rsa);
                }
            }
        }
    }

    void add_hashes();
    void add_extensions();

    const effect::Effect& effect_;
    Role role_;
    const EndOptions& options_;
    End end_;
    StrongFlag strong_;
};

/// The hashes of the signature algorithms of TLS 1.2. Without a list of its own Schannel takes SHA-1, SHA-256, SHA-384 and, by release
/// and update, SHA-512; of MD5 nobody says anything.
void WindowsEnd::add_hashes() {
    // TLS 1.2 came with 7 and 2008 R2; what older releases verify in certificates depends on updates that the facts do not hold.
    if (effect_.release->build < effect::windows_7) return;
    const effect::SignaturesEffect& signatures = effect_.signatures;
    // A list that was not read may leave any of them out.
    const bool unread = signatures.listed.empty() && !reads(effect::Area::local_lists);
    end_.peer.signature_hashes_complete = true;
    for (const facts::SignatureHash& hash : facts::signature_hashes()) {
        const bool is_sha512 = hash.name == "SHA512";
        const bool listed = signatures.listed.empty() || std::ranges::any_of(signatures.listed, [&](std::string_view entry) {
            const std::size_t slash = entry.rfind('/');
            return slash != std::string_view::npos && utf::equal_no_case(entry.substr(slash + 1), hash.name);
        });
        effect::Basis basis = signatures.sha512.basis;
        bool has = is_sha512 ? signatures.sha512.on : listed;
        if (!is_sha512 && signatures.listed.empty()) basis.certain = true;
        if (unread) basis.assume();
        if (hash.name == "MD5" && signatures.listed.empty()) {
            has = false;
            basis.certain = false;
            basis.note = "whether Schannel takes MD5 signatures is not documented";
        }
        // What Enabled = 0 below Hashes does to signatures is not documented.
        const effect::AlgorithmEffect& gate = *std::ranges::find(effect_.hashes, hash.key, &effect::AlgorithmEffect::name);
        if (has && gate.basis.assumed) basis.assume();
        if (has && gate.state == effect::GateState::off) {
            basis = gate.basis;
            basis.certain = false;
            basis.note = "what a hash that is switched off does to signatures is not documented";
        }
        if (has) end_.peer.signature_hashes.emplace_back(hash.name);
        if (!has || !basis.certain) miss(Missing::Kind::signature_hash, hash.name, basis);
    }
}

void WindowsEnd::add_extensions() {
    const bool client = role_ == Role::client;
    const effect::RenegotiationEffect& renegotiation = effect_.renegotiation;
    end_.renegotiation = client ? renegotiation.client : renegotiation.server;
    end_.renegotiation_basis = client ? renegotiation.client_basis : renegotiation.server_basis;
    // KB980436: built in from 7 and 2008 R2, an update before.
    const bool since_7 = effect_.release->build >= effect::windows_7;
    end_.peer.secure_renegotiation = since_7 ? Answer::yes : Answer::unknown;

    const std::string_view name = client ? "disable_client_extended_master_secret" : "disable_server_extended_master_secret";
    const auto setting = std::ranges::find(effect_.settings, name, &effect::SettingEffect::name);
    if (setting != effect_.settings.end() && setting->number) {
        end_.peer.extended_master_secret = setting->basis.certain ? answer(*setting->number == 0) : Answer::unknown;
        end_.extended_master_secret_basis = setting->basis;
    }
    const auto tickets = std::ranges::find(effect_.settings, "server_cache_time", &effect::SettingEffect::name);
    if (!client && tickets != effect_.settings.end() && tickets->basis.certain) end_.ticket_lifetime_ms = tickets->number;
    end_.dhe_fault = effect_.dhe_fault.on && effect_.dhe_fault.basis.certain;
}

}  // namespace

End make_end(const effect::Effect& effect, facts::Role role, const EndOptions& options) { return WindowsEnd(effect, role, options).make(); }

}  // namespace schancfg::handshake
