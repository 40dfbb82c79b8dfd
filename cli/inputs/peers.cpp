#include "inputs/peers.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "console/progress.hpp"
#include "schancfg/backend/peers.hpp"
#include "inputs/logs.hpp"
#include "inputs/sources.hpp"
#include "schancfg/files/folder.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::cli {
namespace {

// A folder may hold both; what is left unread would be cut off unseen.
bool holds_scans(const std::string& word) {
    if (!files::is_folder(word)) return false;
    const auto listed = files::list_files(word, 1000000);
    return listed && std::ranges::any_of(*listed, [](const std::string& file) {
        return std::ranges::any_of(std::array{".xml", ".json", ".csv", ".toml"}, [&](std::string_view end) { return utf::ends_with_no_case(file, end); });
    });
}

}  // namespace

Outcome<std::optional<PeersView>> read_peers(const Context& context) {
    if (!context.options.has("peers")) return std::nullopt;
    PeersView out;
    std::vector<std::string> logs;
    for (const std::string& word : context.options.values("peers")) {
        if (names_logs(word)) {
            logs.push_back(word);
            if (!holds_scans(word)) continue;
        }
        if (!backend::is_peer_spelling(word)) {
            return usage("\"" + word + "\" for --peers is not a scan, a peer file, a log or a folder of them; expected a scan, a file with a [peer] section, or logs of IIS");
        }
        context.log.debug("reading " + word);
        const Progress progress(context.log, "reading " + word);
        auto opened = backend::open_peers(word);
        if (!opened) return std::unexpected(refused(context, std::move(opened.error())));
        context.log.report(opened->diagnostics);
        out.sources.insert(out.sources.end(), opened->peers.size(), opened->label);
        std::ranges::move(opened->peers, std::back_inserter(out.peers));
    }
    if (logs.empty()) return out;
    auto read = read_usage(context, logs);
    if (!read) return std::unexpected(std::move(read.error()));
    if (read->files_read < read->files) return failure(ExitCode::target, "interrupted: not all logs were read");
    out.used.resize(out.peers.size());
    for (const audit::ClientUsage& client : read->usage.clients()) {
        out.peers.push_back(read->usage.peer_of(client));
        out.sources.push_back("log:" + logs.front() + (logs.size() == 1 ? "" : " and others"));
        out.used.push_back(read->usage.used_by(client));
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
