#include "inputs/ends.hpp"

#include <algorithm>

#include "inputs/circumstances.hpp"
#include "console/progress.hpp"
#include "schancfg/backend/peers.hpp"
#include "schancfg/journal/clock.hpp"
#include "inputs/sources.hpp"

namespace schancfg::cli {
namespace {

Outcome<OpenedEnd> of_machine(const Context& context, const std::string& spelling, facts::Role role, const EndRequest& request) {
    auto source = open_source(context, spelling);
    if (!source) return std::unexpected(std::move(source.error()));
    if (!source->release) {
        return usage("\"" + spelling + "\" needs a Windows release, as it decides what the machine offers; add @RELEASE or --os RELEASE");
    }
    auto state = read_state(context, *source->source);
    if (!state) return std::unexpected(std::move(state.error()));
    auto known = circumstances(context.options, source->kind, *source->source, source->release);
    if (!known) return std::unexpected(std::move(known.error()));
    remedy::Machine machine{std::move(*state), source->release, std::move(*known), {}};
    // As it was spelled, without the release: that is named beside it.
    const std::size_t at = spelling.rfind('@');
    machine.options.label = at != std::string::npos && facts::find_release(spelling.substr(at + 1)) ? spelling.substr(0, at) : spelling;
    if (role == facts::Role::client) {
        machine.options.application = request.application;
        machine.options.named_protocols = request.named_protocols;
    }
    if (request.service != nullptr && request.service->role == role) {
        if (request.service->servers_only && !source->release->server) {
            return usage(std::string(request.service->name) + " of --service does not run on " + std::string(source->release->name));
        }
        machine.options.service = request.service;
    }
    OpenedEnd out{remedy::make_end(machine, role), std::nullopt, std::nullopt};
    if (!machine.circumstances.coverage.whole()) {
        machine.circumstances.coverage = {};
        out.installed = remedy::make_end(machine, role);
    }
    out.machine = std::move(machine);
    return out;
}

std::unexpected<Failure> wrong_role(const std::string& spelling, const schannel::Peer& peer) {
    if (peer.role == facts::Role::client) return usage("\"" + spelling + "\" describes a client; --server wants the end that answers");
    return usage("\"" + spelling + (peer.tool.empty() ? "\" describes a server" : "\" is a scan, which shows servers") +
                 "; --client wants a source, or a file that says role = \"client\" below [peer]");
}

// The one that is meant. A host alone in its file is meant also where it gave no answer: the verdict says so.
Outcome<schannel::Peer> only_peer(const Context& context, const std::string& spelling, facts::Role role) {
    context.log.debug("reading " + spelling);
    const Progress progress(context.log, "reading " + spelling);
    auto one = backend::open_peer(spelling);
    if (one) {
        if (one->peer.role != role) return wrong_role(spelling, one->peer);
        context.log.report(one->diagnostics);
        return std::move(one->peer);
    }
    if (auto all = backend::open_peers(spelling); all && !all->peers.empty()) {
        if (std::ranges::find(all->peers, role, &schannel::Peer::role) == all->peers.end()) return wrong_role(spelling, all->peers.front());
        if (all->peers.size() == 1) {
            context.log.report(all->diagnostics);
            return std::move(all->peers.front());
        }
    }
    return std::unexpected(refused(context, std::move(one.error())));
}

}  // namespace

Outcome<OpenedEnd> open_end(const Context& context, const std::string& spelling, facts::Role role, const EndRequest& request) {
    if (!backend::is_peer_spelling(spelling)) return of_machine(context, spelling, role, request);
    if (request.service != nullptr && request.service->role == role) {
        return usage("--service says what runs on a Windows machine, and \"" + spelling + "\" is not one; leave it out");
    }
    auto peer = only_peer(context, spelling, role);
    if (!peer) return std::unexpected(std::move(peer.error()));
    OpenedEnd out{handshake::make_end(std::move(*peer)), std::nullopt, std::nullopt};
    out.end.looked_at = journal::now().time_since_epoch().count();
    return out;
}

}  // namespace schancfg::cli
