// Lists that two machines can share: with names that both releases know in front, and what each had behind them.
#include <algorithm>

#include "remedy/steps.hpp"
#include "remedy/values.hpp"
#include "schancfg/facts/cipher_suites.hpp"
#include "schancfg/facts/curves.hpp"
#include "schancfg/facts/weak.hpp"
#include "schancfg/text.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::remedy {
namespace {

/// What the policy list holds: win32, prioritizing-schannel-cipher-suites.md.
constexpr std::size_t most_characters = 1023;
/// More than that of each kind of certificate would push out what the machines had.
constexpr std::ptrdiff_t most_shared = 3;

class SharedList {
public:
    explicit SharedList(std::size_t most) : most_(most) {}

    /// Unless it stands there already. false: there is no room for it.
    bool add(std::string_view name) {
        if (std::ranges::any_of(names_, [name](const std::string& each) { return utf::equal_no_case(each, name); })) return true;
        if (characters_ + name.size() > most_) return false;
        characters_ += name.size() + 1;
        names_.emplace_back(name);
        return true;
    }

    [[nodiscard]] const std::vector<std::string>& names() const { return names_; }

private:
    std::size_t most_;
    std::size_t characters_ = 0;
    std::vector<std::string> names_;
};

Fix shared_step(std::string title) {
    Fix step;
    step.kind = FixKind::profile;
    step.side = handshake::Side::both;
    step.title = std::move(title);
    step.text = "By policy, which replaces the local list: of that Microsoft supports no change by hand.";
    step.restart = true;
    return step;
}

/// The names by which a release has that suite; before Windows 10 one for each curve.
std::vector<std::string_view> names_of(const facts::Release& release, std::uint32_t id) {
    std::vector<std::string_view> names;
    for (const facts::ReleaseSuite& row : facts::suites_of(release)) {
        const facts::CipherSuite* suite = facts::find_cipher_suite(row.suite);
        if (row.list != facts::SuiteList::psk && !row.explicit_request_only && suite != nullptr && suite->id == id) names.push_back(row.suite);
    }
    return names;
}

}  // namespace

Fix same_suites_step(const MachineEnd& client, const MachineEnd& server) {
    Fix step = shared_step("Give both machines one list of cipher suites");
    SharedList list(most_characters);
    std::vector<const facts::CipherSuite*> shared;
    for (const facts::ReleaseSuite& row : facts::suites_of(*client.effect.release)) {
        const facts::CipherSuite* suite = facts::find_cipher_suite(row.suite);
        // Not DHE: what a server's group is, and whether a client takes it, is a question of its own.
        if (suite == nullptr || !suite->forward_secrecy || suite->key_exchange == "DHE" || facts::is_weak_suite(*suite)) continue;
        if (std::ranges::find(shared, suite->id, &facts::CipherSuite::id) != shared.end()) continue;
        if (std::ranges::count(shared, suite->authentication, &facts::CipherSuite::authentication) == most_shared) continue;
        const auto ours = names_of(*client.effect.release, suite->id), theirs = names_of(*server.effect.release, suite->id);
        if (ours.empty() || theirs.empty()) continue;
        shared.push_back(suite);
        for (const auto* names : {&ours, &theirs}) {
            for (const std::string_view name : *names) list.add(name);
        }
    }
    if (shared.empty()) return step;
    std::vector<std::string> lost;
    for (const MachineEnd* each : {&client, &server}) {
        for (const effect::SuiteEffect& entry : each->effect.cipher_suites.listed) {
            const bool used = entry.use() == effect::SuiteUse::yes;
            if (used && !list.add(entry.name) && std::ranges::find(lost, entry.name) == lost.end()) lost.push_back(shorten(entry.name));
        }
    }
    if (!lost.empty()) step.risk = "the policy list holds 1023 characters, and there is no room for " + schancfg::join(lost);
    want_suites(step.wanted, list.names());
    return step;
}

Fix same_curves_step(const MachineEnd& client, const MachineEnd& server) {
    Fix step = shared_step("Give both machines one list of curves");
    SharedList list(most_characters);
    const auto theirs = facts::curves_of(*server.effect.release);
    for (const facts::ReleaseCurve& row : facts::curves_of(*client.effect.release)) {
        // What Windows enables by itself is neither short nor for TLS 1.3 alone.
        if (row.enabled_by_default && std::ranges::find(theirs, row.curve, &facts::ReleaseCurve::curve) != theirs.end()) list.add(row.curve);
    }
    if (list.names().empty()) return step;
    for (const MachineEnd* each : {&client, &server}) {
        for (const effect::CurveEffect& entry : each->effect.curves.listed) {
            if (entry.usable) list.add(entry.name);
        }
    }
    want_curves(step.wanted, list.names());
    return step;
}

Fix same_step(const MachineEnd& client, const MachineEnd& server, const handshake::Agreement& agreement, std::string_view taken, bool lists) {
    const auto fresh = [taken](Fix step) { return taken.find(step.title) == std::string_view::npos ? step : Fix{}; };
    if (agreement.reason->code == handshake::ReasonId::no_common_curve) return fresh(same_curves_step(client, server));
    if (agreement.reason->stage != handshake::Stage::suite) return fresh(same_protocol_step(client, server));
    Fix step = fresh(same_algorithms_step(client.effect, server.effect));
    // A list of its own is more than a machine needs where another change does.
    if (step.wanted.values.empty() && lists) step = fresh(same_suites_step(client, server));
    return step;
}

}  // namespace schancfg::remedy
