#include "schancfg/effect/cipher_suites.hpp"

#include <algorithm>
#include <ranges>

#include "effect/parts.hpp"
#include "effect/sources.hpp"
#include "schancfg/facts/advance_names.hpp"
#include "schancfg/facts/early_suites.hpp"
#include "schancfg/utf.hpp"
#include "words.hpp"

namespace schancfg::effect {
namespace {

using facts::Confidence;

constexpr std::string_view policy_key = "SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002";
constexpr std::string_view local_key = "SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002";

/// PRI and MT: the list of the policy takes at most 1,023 characters.
constexpr std::size_t policy_limit = 1023;

struct Name {
    std::string text;
    std::size_t end = 0;  ///< where it ends within the policy's string
};

struct Names {
    bool present = false, readable = false;
    bool odd_form = false;  ///< of the other type, or with commas inside a string
    std::vector<Name> names;
    std::size_t characters = 0;
    std::size_t left_out = 0;

    void add(std::string text, std::size_t end) {
        if (names.size() < max_listed) {
            names.push_back({std::move(text), end});
        } else {
            ++left_out;
        }
    }
};

/// Splits at commas; empty parts name nothing and are dropped.
void split(std::string_view text, Names& into) {
    into.characters = text.size();
    for (const auto part : std::views::split(text, ',')) {
        if (!part.empty()) into.add(std::string(part.begin(), part.end()), static_cast<std::size_t>(part.end() - text.begin()));
    }
}

/// The names as one string, as a policy has them.
template <class Texts>
std::string joined(Texts&& texts) {
    std::string all;
    for (const std::string_view each : texts) all.append(all.empty() ? "" : ",").append(each);
    return all;
}

auto enabled_of(std::span<const facts::ReleaseSuite> page) {
    return page | std::views::filter([](const facts::ReleaseSuite& row) { return row.list == facts::SuiteList::enabled; });
}

Names read_names(const Spot& spot, bool is_policy) {
    Names names;
    const registry::Value* value = spot.key == nullptr ? nullptr : spot.key->find_value("Functions");
    if (value == nullptr) return names;
    names.present = true;
    if (const auto text = value->as_string()) {
        // CipherSuiteOrder.admx writes the policy as one string; the local list has one name a string.
        names.readable = true;
        names.odd_form = !is_policy;
        split(*text, names);
    } else if (const auto texts = value->as_strings(); texts && !is_policy) {
        names.readable = true;
        // Exchange's page shows one string joined by commas for 2012 and 2012 R2; captures of real machines do not.
        names.odd_form = std::ranges::any_of(*texts, [](std::string_view each) { return each.find(',') != std::string_view::npos; });
        split(joined(*texts), names);
    }
    return names;
}

const facts::ReleaseSuite* of_release(std::span<const facts::ReleaseSuite> page, std::string_view name) {
    const auto found = std::ranges::find_if(page, [&](const facts::ReleaseSuite& row) {
        return row.suite.size() == name.size() && utf::equal_no_case(row.suite, name);
    });
    return found == page.end() ? nullptr : &*found;
}

/// Does the list hold the names of the page, in its order? Real lists of Windows 10 hold the names of TLS 1.3 and the
/// pre-shared-key suites besides (seen in SYSTEM hives), which the page does not count among the enabled ones.
bool is_default_list(std::span<const facts::ReleaseSuite> page, const std::vector<SuiteEffect>& listed) {
    auto entry = listed.begin();
    const auto skip = [&] {
        while (entry != listed.end() && (entry->of_release == nullptr || entry->of_release->list == facts::SuiteList::psk)) {
            if (entry->of_release == nullptr && (entry->suite == nullptr || entry->suite->min_protocol != "TLS 1.3")) return;
            ++entry;
        }
    };
    for (const facts::ReleaseSuite& row : enabled_of(page)) {
        skip();
        if (entry == listed.end() || entry->of_release != &row) return false;
        ++entry;
    }
    skip();
    return entry == listed.end();
}

void doubt_advance_name(const facts::AdvanceNames& advance, Basis& basis) {
    basis.source = advance.source;
    basis.confidence = advance.confidence;
    if (advance.certain) return;
    basis.dispute({});
    basis.alternative = "not in the list";
    basis.alternative_source = advance.alternative_source;
}

/// Of names that nothing uses there yet it is not known that every installation of the release has them.
void doubt_advance_names(const facts::Release& release, CipherSuitesEffect& effect) {
    const facts::AdvanceNames advance = facts::advance_names(release);
    for (SuiteEffect& entry : effect.listed) {
        if (std::ranges::find(advance.names, entry.name) != advance.names.end()) {
            doubt_advance_name(advance, entry.basis);
            doubt_advance_name(advance, entry.use_basis);
        }
    }
}

/// Does the list hold exactly what an installation without later updates holds?
bool is_early_list(const facts::EarlySuites& early, const std::vector<SuiteEffect>& listed) {
    return std::ranges::equal(early.suites, listed, {}, {}, [](const SuiteEffect& entry) { return std::string_view(entry.name); });
}

/// Which updates the order of the page supposes.
std::string_view order_update(const facts::Release& release) {
    if (release.build.major != 6) return {};
    if (release.build.minor == 1 || release.build.minor == 2) return "KB3042058";
    return release.build.minor == 3 ? std::string_view("KB2919355") : std::string_view{};
}

}  // namespace

std::string_view suite_use_name(SuiteUse use) {
    switch (use) {
        case SuiteUse::yes: return "yes";
        case SuiteUse::on_request: return "on-request";
        case SuiteUse::no: return "no";
    }
    return "no";
}

const SuiteEffect* CipherSuitesEffect::find(std::string_view name) const {
    const auto found = std::ranges::find_if(listed, [&](const SuiteEffect& suite) {
        return suite.name.size() == name.size() && utf::equal_no_case(suite.name, name);
    });
    return found == listed.end() ? nullptr : &*found;
}

CipherSuitesEffect cipher_suites_effect(const StateReader& reader, const Effect& so_far) {
    CipherSuitesEffect effect;
    const auto page = facts::suites_of(reader.release());
    const Spot policy_spot = reader.find(policy_key);
    const Spot local_spot = reader.find(local_key);
    Names policy = read_names(policy_spot, true);
    Names local = read_names(local_spot, false);
    const bool policy_unreadable = policy.present && !policy.readable;
    const bool local_unreadable = local.present && !local.readable;
    const auto doubt = [&](Confidence confidence, std::string_view note) {
        effect.basis.certain = false;
        effect.basis.confidence = confidence;
        effect.basis.note = note;
    };

    const facts::EarlySuites* early = facts::early_suites(reader.release());
    const Circumstances& known = reader.circumstances();
    const facts::SuiteUpdates updates =
        early == nullptr ? facts::SuiteUpdates::all : facts::suite_updates(*early, known.updates, known.updates_complete);

    Names chosen;
    bool from_policy = false;
    if (policy.readable) {
        effect.basis = reader.value_basis(policy_spot, "Functions", BasisRule::suite_list_policy, sources::manage_tls);
        effect.local_shadowed = local.present;
        from_policy = true;
        chosen = std::move(policy);
        if (chosen.names.empty()) doubt(Confidence::undocumented, "what an empty policy list does is not documented");
    } else if (local.readable) {
        effect.basis = reader.value_basis(local_spot, "Functions", BasisRule::suite_list_local, sources::manage_tls);
        chosen = std::move(local);
        if (chosen.odd_form) {
            doubt(Confidence::conflict, "the local list holds names joined by commas; real machines hold one name a string");
            effect.basis.alternative_source = sources::exchange;
        } else if (chosen.names.empty()) {
            doubt(Confidence::undocumented, "what an empty list does is not documented");
        }
    } else if (updates == facts::SuiteUpdates::none) {
        effect.basis = reader.default_basis(BasisRule::suite_list_default, early->source);
        effect.basis.confidence = Confidence::observed;
        split(joined(early->suites), chosen);
    } else {
        effect.basis = reader.default_basis(BasisRule::suite_list_default, page.empty() ? sources::suite_pages : page.front().source);
        if (page.empty()) doubt(Confidence::undocumented, "no page lists the suites of this release in order");
        split(joined(enabled_of(page) | std::views::transform(&facts::ReleaseSuite::suite)), chosen);
    }
    if (policy_unreadable) {
        doubt(Confidence::undocumented, "the policy's Functions is not a REG_SZ: what Windows does with it is not documented");
    } else if (local_unreadable && !from_policy) {
        doubt(Confidence::undocumented, "the local Functions is not a REG_MULTI_SZ: what Windows does with it is not documented");
    }

    if (!policy.present && (!policy_spot.spoken || (!local.present && !local_spot.spoken))) {
        effect.basis.assume();
        if (page.empty() && effect.listed.empty() && effect.basis.rule == BasisRule::suite_list_default) effect.basis.rule = BasisRule::suite_list_unread;
    }

    effect.characters = chosen.characters;
    effect.left_out = chosen.left_out;
    effect.listed.reserve(chosen.names.size());
    for (Name& name : chosen.names) {
        SuiteEffect& entry = effect.listed.emplace_back();
        entry.name = std::move(name.text);
        entry.suite = facts::find_cipher_suite(entry.name);
        entry.of_release = of_release(page, entry.name);
        bool misspelt = entry.of_release != nullptr && entry.name != entry.of_release->suite;
        if (const std::string_view bare = trimmed(entry.name); bare.size() != entry.name.size()) {
            entry.suite = facts::find_cipher_suite(bare);
            entry.of_release = of_release(page, bare);
            misspelt = true;
        }
        entry.basis.origin = effect.basis.origin;
        entry.basis.rule = BasisRule::suite_listed;
        entry.basis.rest_on(effect.basis);
        entry.basis.source = entry.of_release != nullptr ? entry.of_release->source : effect.basis.source;
        if (misspelt) {
            // MT gives the format without blanks, the cmdlets tell names apart by case; what Schannel does is not said.
            Gate& gate = entry.doubts.emplace_back();
            gate.kind = GateKind::bad_spelling;
            gate.certain = false;
            gate.source = sources::manage_tls;
        }
        if (from_policy && name.end > policy_limit) {
            // How Windows cuts a longer list is not said; nothing behind the limit can be relied on.
            Gate& gate = entry.blocked_by.emplace_back();
            gate.kind = GateKind::list_limit;
            gate.certain = false;
            gate.source = sources::prioritizing;
        }
        judge_suite(reader, so_far, entry);
    }

    const bool is_early = early != nullptr && is_early_list(*early, effect.listed);
    effect.is_default = is_early || (!page.empty() && is_default_list(page, effect.listed));
    // Read from a registry, the list is what it is. Supposed for a release, it depends on updates of which little is known.
    const bool supposed = effect.is_default && !from_policy && (known.untouched || !local.present);
    if (supposed && updates == facts::SuiteUpdates::before_all) {
        effect.basis.note = "the list before KB2919355 is not documented; this is the list with all updates";
        effect.basis.alternative_source = early->source;
    }
    if (supposed) doubt_advance_names(reader.release(), effect);
    if (is_early) {
        effect.basis.source = early->source;
        effect.basis.confidence = Confidence::observed;
    }
    if (effect.is_default && effect.basis.rule == BasisRule::suite_list_local) {
        effect.basis.rule = BasisRule::suite_list_default;
        effect.basis.origin.kind = OriginKind::release_default;
        effect.basis.origin.release = reader.release().id;
    }
    if (const std::string_view kb = order_update(reader.release()); !kb.empty() && !is_early && effect.basis.rule == BasisRule::suite_list_default) {
        if (reader.has(kb)) {
            effect.basis.origin.update = kb;
        } else if (effect.basis.note.empty()) {
            effect.basis.note = kb == "KB3042058" ? "the order is that after KB3042058" : "the order is that after KB2919355";
        }
    }
    for (const facts::ReleaseSuite& row : page) {
        const bool listed = std::ranges::any_of(effect.listed, [&](const SuiteEffect& entry) { return entry.of_release == &row; });
        if (!listed) effect.unlisted.push_back({&row});
    }
    return effect;
}

}  // namespace schancfg::effect
