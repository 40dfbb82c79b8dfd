#include "inputs/peers.hpp"

#include <algorithm>
#include <iterator>

#include "console/progress.hpp"
#include "schancfg/backend/peers.hpp"
#include "inputs/sources.hpp"

namespace schancfg::cli {

Outcome<std::optional<PeersView>> read_peers(const Context& context) {
    if (!context.options.has("peers")) return std::nullopt;
    PeersView out;
    for (const std::string& word : context.options.values("peers")) {
        if (!backend::is_peer_spelling(word)) {
            return usage("\"" + word + "\" for --peers is not a scan, a peer file or a folder of them; expected a scan, or a file with a [peer] section");
        }
        context.log.debug("reading " + word);
        const Progress progress(context.log, "reading " + word);
        auto opened = backend::open_peers(word);
        if (!opened) return std::unexpected(refused(context, std::move(opened.error())));
        context.log.report(opened->diagnostics);
        out.sources.insert(out.sources.end(), opened->peers.size(), opened->label);
        std::ranges::move(opened->peers, std::back_inserter(out.peers));
    }
    return out;
}

Outcome<std::optional<PeersView>> changed_peers(const Context& context, const Transition& transition) {
    if (!context.options.has("peers")) return std::nullopt;
    if (!transition.effect_before) return usage("--peers needs the Windows release, as it decides about connections; say which with --os RELEASE or @RELEASE");
    auto view = read_peers(context);
    if (!view) return view;
    PeersView& found = **view;
    const Progress progress(context.log, "judging " + std::to_string(found.peers.size()) + " peers");
    found.changes = handshake::peer_changes(*transition.effect_before, *transition.effect_after, found.peers);
    return view;
}

}  // namespace schancfg::cli
