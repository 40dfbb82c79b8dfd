#include <algorithm>
#include <optional>

#include "commands/commands.hpp"
#include "inputs/ends.hpp"
#include "schancfg/files/file.hpp"
#include "console/output.hpp"
#include "inputs/peers.hpp"
#include "console/columns.hpp"
#include "render/doctor.hpp"
#include "render/error_alone.hpp"
#include "render/escape.hpp"
#include "schancfg/codec/profile_toml.hpp"
#include "schancfg/facts/services.hpp"
#include "schancfg/nearest.hpp"
#include "schancfg/text.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::cli {
namespace {

using remedy::Fix;
using remedy::FixKind;
using handshake::Side;

/// `tls12` or `TLS 1.2`: Windows' name of it; empty: unknown.
std::string_view protocol_of(std::string_view word) {
    constexpr std::pair<std::string_view, std::string_view> words[] = {{"ssl2", "SSL 2.0"},  {"ssl3", "SSL 3.0"},  {"tls10", "TLS 1.0"},
                                                                       {"tls11", "TLS 1.1"}, {"tls12", "TLS 1.2"}, {"tls13", "TLS 1.3"}};
    for (const auto& [short_word, name] : words) {
        if (utf::equal_no_case(word, short_word) || utf::equal_no_case(word, name)) return name;
    }
    return {};
}

/// KIND, or KIND:PROTOCOL,PROTOCOL for a program that names them.
Outcome<EndRequest> application(const Options& options) {
    const auto given = options.value("app");
    EndRequest request;
    if (!given) return request;
    const std::size_t colon = given->find(':');
    for (std::string_view rest = colon == std::string::npos ? std::string_view{} : std::string_view(*given).substr(colon + 1); !rest.empty();) {
        const std::size_t comma = std::min(rest.find(','), rest.size());
        const std::string_view protocol = protocol_of(rest.substr(0, comma));
        if (protocol.empty()) {
            return usage("unknown protocol " + quote(rest.substr(0, comma)) + " in --app " + quote(*given) + "; expected some of: ssl2, ssl3, tls10, tls11, tls12, tls13");
        }
        request.named_protocols.emplace_back(protocol);
        rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
    if (colon != std::string::npos && request.named_protocols.empty()) return usage("--app " + quote(*given) + " names no protocol behind the colon; such as schannel:tls12,tls13");
    const std::string bare = given->substr(0, colon);
    const std::string* const word = &bare;
    request.application = handshake::find_application(*word);
    if (request.application != nullptr) return request;
    const std::string_view near = nearest(*word, handshake::applications(), &handshake::Application::id);
    return usage("unknown KIND \"" + *word + "\" for --app" +
                 (near.empty() ? "; expected schannel, winhttp or dotnet- and a version, such as dotnet-4.7" : did_you_mean(near)));
}

Outcome<const facts::Service*> service(const Options& options) {
    const auto word = options.value("service");
    if (!word) return nullptr;
    if (const facts::Service* found = facts::find_service(*word)) return found;
    std::string known;
    for (const facts::Service& each : facts::services()) known.append(known.empty() ? "" : ", ").append(each.word);
    const std::string_view near = facts::nearest_service(*word);
    return usage("unknown NAME " + quote(*word) + " for --service" + (near.empty() ? "; expected one of: " + known : did_you_mean(near)));
}

Outcome<std::optional<handshake::Symptom>> symptom(const Context& context) {
    const Options& options = context.options;
    const auto text = options.value("error");
    if (!text) return std::nullopt;
    auto found = handshake::read_symptom(*text);
    if (found) return found;
    // Two ends can be compared whatever the text says.
    if (!options.has("client") && handshake::nearest_symptom(*text).empty()) return std::nullopt;
    if (options.has("client")) {
        context.log.report({"unknown-error", Severity::warning, {}, "nothing in the text of --error is known; the two ends are compared without it", {}});
        return std::nullopt;
    }
    return usage("nothing in \"" + *text + "\" for --error is known" + did_you_mean(handshake::nearest_symptom(*text)) +
                 (handshake::nearest_symptom(*text).empty() ? "; expected a status such as 0x80090331, an event such as 36887:40, or a message" : ""));
}

Outcome<FixView> with_profile(const Fix& fix, const OpenedEnd& client, const OpenedEnd& server) {
    FixView out{fix, {}, {}};
    if (fix.kind != FixKind::profile) return out;
    lint::LintOptions lint;
    const facts::Release* release = nullptr;
    for (const OpenedEnd* end : {&client, &server}) {
        const Side side = end == &client ? Side::client : Side::server;
        if (!end->machine || (fix.side != Side::both && fix.side != side)) continue;
        if (std::ranges::find(lint.releases, end->machine->release) == lint.releases.end()) lint.releases.push_back(end->machine->release);
        lint.circumstances = end->machine->circumstances;
    }
    // They are installed along with it.
    lint.circumstances.updates.insert(lint.circumstances.updates.end(), fix.updates.begin(), fix.updates.end());
    if (lint.releases.size() == 1) release = lint.releases.front();
    auto text = codec::encode_profile(fix.wanted, release, fix.title);
    if (!text) return failure(ExitCode::target, text.error());
    out.profile = std::move(*text);
    const auto nothing_extends = [](std::string_view name, std::string_view) -> Result<codec::LoadedText> {
        return fail(ErrorCode::not_found, std::string(name));
    };
    auto profile = codec::decode_profile(out.profile, "fix.toml", nothing_extends);
    if (profile) out.findings = lint::lint_profile(*profile.value, lint);
    return out;
}

// The end that is being fixed is none of the others.
std::vector<schannel::Peer> others(std::vector<schannel::Peer> peers, const schannel::Peer& one) {
    std::erase_if(peers, [&one](const schannel::Peer& peer) { return !one.host.empty() && peer.host == one.host && peer.port == one.port; });
    return peers;
}

void judge_others(FixView& view, const OpenedEnd& client, const OpenedEnd& server, const std::vector<schannel::Peer>& peers) {
    if (view.fix.kind != FixKind::profile) return;
    for (const bool is_client : {true, false}) {
        const OpenedEnd& end = is_client ? client : server;
        const Side side = is_client ? Side::client : Side::server;
        if (!end.machine || (view.fix.side != Side::both && view.fix.side != side)) continue;
        const auto known = others(peers, (is_client ? server : client).end.peer);
        const remedy::FixImpact found = remedy::impact(*end.machine, end.end.role(), view.fix, known);
        if (!view.impact) view.impact.emplace();
        view.impact->peers += found.peers;
        view.impact->exposed += found.exposed;
        view.impact->weakened += found.weakened;
        view.impact->cut_off += found.cut_off;
        view.impact->reached += found.reached;
    }
}

// WinHTTP and .NET have values of their own for 32-bit programs.
std::string other_view(const OpenedEnd& client, const OpenedEnd& server) {
    if (!client.machine || !client.end.application || client.end.application->id == "schannel") return {};
    const remedy::Machine& machine = *client.machine;
    handshake::EndOptions options = machine.options;
    options.view = effect::View::bits32;
    const effect::Effect effect = effect::evaluate(machine.state, *machine.release, machine.circumstances);
    const handshake::Agreement other = handshake::agree_briefly(handshake::make_end(effect, facts::Role::client, options), server.as_installed());
    const handshake::Agreement own = handshake::agree_briefly(client.as_installed(), server.as_installed());
    if (other.verdict == own.verdict && other.handshake == own.handshake) return {};
    const std::string words = other.verdict == handshake::Verdict::agree      ? "they agree on " + handshake_words(other.handshake)
                              : other.verdict == handshake::Verdict::disagree ? "they can't agree (" + std::string(other.reason->title) + ')'
                                                                             : "it is not known whether they agree";
    return "This is about 64-bit programs. With a 32-bit program, which reads the values below Wow6432Node, " + words + '.';
}

// What a reader of the file wants to know a year later.
std::string with_reason(const FixView& view) {
    constexpr std::size_t width = 100;
    std::string out;
    const auto add = [&out](const std::string& text) {
        for (const std::string& line : wrap(escape(text), width)) out += "# " + line + '\n';
    };
    if (view.fix.reason) add("Made by `schancfg doctor`, since " + std::string(view.fix.reason->title) + '.');
    if (!view.fix.risk.empty()) add("Risk: " + view.fix.risk + '.');
    return out + view.profile;
}

Outcome<void> save_fix(const Context& context, DoctorView& view) {
    const auto file = context.options.value("fix-out");
    if (!file) return {};
    const auto first = std::ranges::find_if(view.fixes, [](const FixView& each) { return !each.profile.empty(); });
    if (first == view.fixes.end()) {
        context.log.report({"no-fix", Severity::warning, Span{*file}, "not written: no profile fixes this", {}});
        return {};
    }
    if (auto written = files::write_file(*file, with_reason(*first)); !written) return failure(ExitCode::target, written.error());
    view.saved = static_cast<std::size_t>(first - view.fixes.begin());
    view.saved_as = *file;
    return {};
}

/// Causes of an error where nothing is known of the two ends.
Outcome<ExitCode> error_alone(const Context& context) {
    auto seen = symptom(context);
    if (!seen) return std::unexpected(std::move(seen.error()));
    const handshake::Symptom* const error = *seen ? &**seen : nullptr;
    const std::string text = show_error_alone(*context.options.value("error"), error, context.options);
    if (auto written = write_result(context.options, text); !written) return std::unexpected(std::move(written.error()));
    return error != nullptr && !error->causes.empty() ? ExitCode::done : ExitCode::differs;
}

}  // namespace

Outcome<ExitCode> run_doctor(const Context& context) {
    const Options& options = context.options;
    if (options.has("error") && !options.has("client") && !options.has("server")) return error_alone(context);
    for (const std::string_view side : {"client", "server"}) {
        if (!options.has(side)) return usage("say which two ends are meant: --client PEER --server PEER; --" + std::string(side) + " is missing");
    }
    auto request = application(options);
    if (!request) return std::unexpected(std::move(request.error()));
    auto of_service = service(options);
    if (!of_service) return std::unexpected(std::move(of_service.error()));
    request->service = *of_service;
    if (request->service != nullptr && request->service->role == facts::Role::client && options.has("app")) {
        return usage("--service " + std::string(request->service->word) + " says what connects on the client, and so does --app; give one of them");
    }
    auto seen = symptom(context);
    if (!seen) return std::unexpected(std::move(seen.error()));
    if (options.value("fix-out") == "-") return usage("--fix-out needs the name of a file");
    if (options.value("client")->starts_with('-') && options.value("server")->starts_with('-')) return usage("standard input can be one end only");
    auto client = open_end(context, *options.value("client"), facts::Role::client, *request);
    if (!client) return std::unexpected(std::move(client.error()));
    auto server = open_end(context, *options.value("server"), facts::Role::server, *request);
    if (!server) return std::unexpected(std::move(server.error()));
    auto peers = read_peers(context);
    if (!peers) return std::unexpected(std::move(peers.error()));

    const handshake::Symptom* const error = *seen ? &**seen : nullptr;
    const handshake::Diagnosis diagnosis = handshake::diagnose_partly(client->end, server->end, client->as_installed(), server->as_installed(), error);
    // A fix is tried on the machine as far as it is known, with the rest as installed.
    const remedy::Ends ends{&client->as_installed(), &server->as_installed(), client->machine ? &*client->machine : nullptr, server->machine ? &*server->machine : nullptr};
    const bool partly = client->installed || server->installed;
    const handshake::Diagnosis as_installed = partly ? handshake::diagnose(*ends.client, *ends.server, error) : diagnosis;
    DoctorView view{client->end, server->end, error, diagnosis};
    view.note = other_view(*client, *server);
    for (const Fix& fix : remedy::fixes(as_installed, ends)) {
        auto each = with_profile(fix, *client, *server);
        if (!each) return std::unexpected(std::move(each.error()));
        if (*peers) judge_others(*each, *client, *server, (*peers)->peers);
        view.fixes.push_back(std::move(*each));
    }
    if (auto saved = save_fix(context, view); !saved) return std::unexpected(std::move(saved.error()));
    if (auto written = write_result(options, show_doctor(view, options)); !written) return std::unexpected(std::move(written.error()));
    return diagnosis.agreement.verdict == handshake::Verdict::agree ? ExitCode::done : ExitCode::differs;
}

}  // namespace schancfg::cli
