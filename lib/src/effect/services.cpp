#include "schancfg/effect/services.hpp"

#include <algorithm>
#include <array>

#include "effect/parts.hpp"

namespace schancfg::effect {
namespace {

using facts::Speaks;

constexpr std::array<std::string_view, 4> tls_versions{"TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3"};

Answer answer_of(Speaks speaks) {
    return speaks == Speaks::yes ? Answer::yes : speaks == Speaks::no ? Answer::no : Answer::unknown;
}

class Joined {
public:
    Joined(const StateReader& reader, const Effect& so_far, const facts::Service& service) : reader_(reader), so_far_(so_far) {
        effect_.service = &service;
        effect_.row = &facts::service_reach(service.id, reader.release());
    }

    ServiceEffect join() {
        Basis& basis = effect_.basis = reader_.default_basis(BasisRule::service_by_schannel, effect_.row->source);
        basis.confidence = effect_.row->confidence;
        note_update(basis);
        effect_.reachable = false;
        for (const std::string_view name : tls_versions) {
            const ServiceProtocol& protocol = effect_.protocols.emplace_back(of(name));
            effect_.left = stronger(effect_.left, protocol.works);
            effect_.reachable = effect_.reachable || protocol.likely;
        }
        if (effect_.left == Answer::unknown) doubt(basis);
        return std::move(effect_);
    }

private:
    void note_update(Basis& basis) {
        const std::string_view update = effect_.row->update;
        if (update.empty()) return;
        if (reader_.has(update)) {
            has_update_ = Answer::yes;
            basis.origin = reader_.update_origin(update);
        } else {
            has_update_ = reader_.lacks(update) ? Answer::no : Answer::unknown;
            basis.rule = BasisRule::service_needs_update;
            basis.note = effect_.row->narrows;
        }
    }

    ServiceProtocol of(std::string_view name) {
        ServiceProtocol out;
        out.name = name;
        bool sure = true;
        out.service = spoken(*effect_.row, name, has_update_, sure);
        out.service_sure = sure;
        const ProtocolReach& reach = *so_far_.reach(effect_.service->role).find(name);
        Answer schannel = reach.by_default();
        bool named = false;
        if (schannel == Answer::no && reach.usable() != Answer::no) {
            // On request only: whether the service names its protocols is written nowhere.
            schannel = Answer::unknown;
            named = true;
        }
        const Answer service = sure ? answer_of(out.service) : Answer::unknown;
        out.works = weaker(schannel, service);
        out.likely = reach.state == ReachState::on && out.service == Speaks::yes && out.works != Answer::no;
        if (out.works == Answer::unknown) {
            out.on_request = named;
            out.assumed = service == Answer::yes && !named && reach.basis.undisputed();
            if (!out.assumed || hinge_.certain) hinge_ = hinge(reach, sure, named);
        }
        return out;
    }

    [[nodiscard]] Basis hinge(const ProtocolReach& reach, bool sure, bool named) const {
        if (!reach.basis.certain && !named) return reach.basis;
        Basis basis = effect_.basis;
        basis.certain = basis.assumed = false;
        basis.unread = reach.basis.unread;
        if (named) {
            basis.note = "its protocols are on request only, and whether the service names them is not documented";
        } else if (sure) {
            basis.note = "of TLS 1.3 in this service nothing is documented";
        }
        return basis;
    }

    void doubt(Basis& basis) const {
        basis.rest_on(hinge_);
        if (!basis.assumed && basis.note.empty()) basis.note = hinge_.note;
        if (basis.alternative_source.empty()) basis.alternative_source = hinge_.source;
    }

    const StateReader& reader_;
    const Effect& so_far_;
    ServiceEffect effect_;
    Answer has_update_ = Answer::yes;
    Basis hinge_;  ///< of what leaves the answer open
};

}  // namespace

facts::Speaks spoken(const facts::ServiceReach& row, std::string_view protocol, Answer has_update, bool& sure) {
    const Speaks with = facts::speaks(row, protocol);
    sure = true;
    if (has_update == Answer::yes || protocol <= row.newest_without) return with;
    sure = has_update == Answer::no || with == Speaks::no;
    return Speaks::no;
}

const ServiceProtocol* ServiceEffect::find(std::string_view protocol) const {
    const auto found = std::ranges::find(protocols, protocol, &ServiceProtocol::name);
    return found == protocols.end() ? nullptr : &*found;
}

std::vector<ServiceEffect> service_effects(const StateReader& reader, const Effect& so_far) {
    std::vector<ServiceEffect> effects;
    for (const facts::Service& service : facts::services()) {
        if (service.servers_only && !reader.release().server) continue;
        effects.push_back(Joined(reader, so_far, service).join());
    }
    return effects;
}

const ServiceEffect* Effect::service(facts::ServiceId id) const {
    const auto found = std::ranges::find_if(services, [id](const ServiceEffect& each) { return each.service->id == id; });
    return found == services.end() ? nullptr : &*found;
}

}  // namespace schancfg::effect
