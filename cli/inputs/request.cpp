#include "inputs/request.hpp"

#include "inputs/sources.hpp"
#include "schancfg/backend/policy.hpp"
#include "schancfg/plan/checked.hpp"
#include "schancfg/schannel/translate.hpp"

namespace schancfg::cli {
namespace {

// Reports what is not an error and gives back what is.
Failure errors_of(const Context& context, Diagnostics diagnostics) {
    Failure out{ExitCode::usage, {}};
    for (Diagnostic& diagnostic : diagnostics) {
        if (diagnostic.severity == Severity::error) out.lines.push_back(std::move(diagnostic));
        else context.log.report(diagnostic);
    }
    return out;
}

}  // namespace

Outcome<Request> read_request(const Context& context, const std::string& word, bool with_lines) {
    backend::ProfileOptions options{.strict = context.options.has("strict"), .standard_input = {}, .with_lines = with_lines};
    if (word == "-" || word == "profile:-") {
        if (context.options.value("target").value_or("").starts_with('-')) return usage("standard input can be one side only");
        auto text = standard_input();
        if (!text) return std::unexpected(std::move(text.error()));
        options.standard_input = std::move(*text);
    }
    context.log.debug("reading " + word);
    auto opened = backend::open_profile(word, options);
    if (!opened) return std::unexpected(refused(context, std::move(opened.error())));
    context.log.report(opened->diagnostics);
    return std::move(*opened);
}

void tell_left_out(const Context& context, const Request& request) {
    if (context.options.has("all")) {
        for (Diagnostic line : request.refused) {
            line.severity = Severity::note;
            context.log.report(line);
        }
    } else if (auto note = backend::left_out_note(request)) {
        note->fix = "--all lists them";
        context.log.report(*note);
    }
}

Outcome<registry::Wanted> wanted_of(const Context& context, const Request& request, const facts::Release* release) {
    if (!request.profile) {
        if (request.policy) {
            if (const auto note = backend::targeting_note(*request.policy, {release})) context.log.report(*note);
        }
        return backend::lines_on(request, release);
    }
    auto wanted = schannel::translate(*request.profile, {.release = release});
    if (!wanted) return std::unexpected(errors_of(context, std::move(wanted.diagnostics)));
    context.log.report(wanted.diagnostics);
    return std::move(*wanted.value);
}

std::optional<bool> is_meant_for(const Context& context, const Request& request, const facts::Release* release) {
    if (!request.profile || request.profile->windows.empty()) return std::nullopt;
    const Span place = request.profile->windows.front().origin;
    if (!release) {
        context.log.report({"release-unknown", Severity::warning, place,
                            "the profile says which Windows it is for, and the release of the target is not known", "say it with --os"});
        return std::nullopt;
    }
    return schannel::is_for(*request.profile, *release);
}

}  // namespace schancfg::cli
