#include "inputs/sources.hpp"

#include "console/progress.hpp"
#include "inputs/circumstances.hpp"
#include "render/escape.hpp"
#include "schancfg/codec/reg_text.hpp"
#include "schancfg/schannel/managed.hpp"
#include "schancfg/journal/target_lock.hpp"
#include "inputs/records.hpp"
#include "console/terminal.hpp"
#include "inputs/unfinished.hpp"

namespace schancfg::cli {
namespace {

// Standard input is read here, since the library reads no streams.
Outcome<backend::OpenOptions> open_options(const Context& context, const std::string& spelling) {
    auto release = release_option(context.options);
    if (!release) return std::unexpected(std::move(release.error()));
    backend::OpenOptions out;
    out.os = *release;
    out.strict = context.options.has("strict");
    out.whole = context.options.has("whole");
    out.keep_original = context.options.has("keep-original");
    auto known = circumstances(context.options);
    if (!known) return std::unexpected(std::move(known.error()));
    out.updates = std::move(known->updates);
    out.updates_complete = known->updates_complete;
    const std::string_view name = std::string_view(spelling).substr(spelling.starts_with("profile:") ? 8 : 0);
    if (name == "-" || name.starts_with("-@")) {
        auto text = standard_input();
        if (!text) return std::unexpected(std::move(text.error()));
        out.standard_input = std::move(*text);
    }
    return out;
}

std::string words_of(backend::Remedy remedy) {
    switch (remedy) {
        case backend::Remedy::none: break;
        case backend::Remedy::list_profiles: return "`schancfg profiles` lists the shipped ones";
        case backend::Remedy::name_release: return "add @RELEASE or --os RELEASE";
    }
    return {};
}

}  // namespace

Outcome<std::string> standard_input() {
    auto text = read_input(codec::reg_max_file);
    if (text) return std::move(*text);
    const bool too_large = text.error().code == ErrorCode::malformed;
    return failure(too_large ? ExitCode::usage : ExitCode::target, "standard input: " + text.error().message);
}

Failure refused(const Context& context, backend::OpenError error) {
    Failure out{exit_code(error), {}};
    for (Diagnostic& diagnostic : error.diagnostics) {
        if (diagnostic.severity == Severity::error) out.lines.push_back(std::move(diagnostic));
        else context.log.report(diagnostic);
    }
    if (out.lines.empty()) {
        out.lines.push_back({{}, Severity::error, error.error.where.value_or(Span{}), std::move(error.error.message), words_of(error.remedy)});
    }
    return out;
}

Outcome<const facts::Release*> release_option(const Options& options) {
    const auto word = options.value("os");
    if (!word) return nullptr;
    if (const facts::Release* release = facts::find_release(*word)) return release;
    if (const std::string several = facts::releases_called(*word); !several.empty()) {
        return usage("\"" + *word + "\" for --os is not one release; name one of " + several);
    }
    const std::string_view near = facts::nearest_release(*word);
    return usage("unknown release \"" + *word + "\" for --os" +
                 (near.empty() ? "; `schancfg releases` lists them" : did_you_mean(near)));
}

Outcome<std::string> target_spelling(const Options& options) {
    if (auto given = options.value("target")) return *given;
#ifdef _WIN32
    return "live";
#else
    return usage("this system has no Windows registry; say which one is meant with --target (reg:FILE, hive:DIR, memory:FILE.json, os:RELEASE, ...)");
#endif
}

Outcome<backend::OpenedSource> open_source(const Context& context, const std::string& spelling, bool create) {
    context.log.debug("opening " + spelling + " for reading");
    const Progress progress(context.log, "opening " + spelling);
    auto options = open_options(context, spelling);
    if (!options) return std::unexpected(std::move(options.error()));
    options->create = create;
    auto opened = backend::open_source(spelling, *options);
    if (!opened) return std::unexpected(refused(context, std::move(opened.error())));
    context.log.report(opened->diagnostics);
    if (backend::is_writable(opened->kind)) tell_unfinished(context, opened->machine);
    return std::move(*opened);
}

Outcome<backend::OpenedTarget> open_target(const Context& context, const std::string& spelling, bool create, Telling telling) {
    context.log.debug("opening " + spelling + " for writing");
    const Progress progress(context.log, "opening " + spelling);
    auto options = open_options(context, spelling);
    if (!options) return std::unexpected(std::move(options.error()));
    options->create = create;
    auto opened = context.open_target(spelling, *options);
    if (!opened) return std::unexpected(refused(context, std::move(opened.error())));
    if (auto locked = journal::lock(state_place(), *opened); !locked) return failure(ExitCode::target, locked.error());
    context.log.report(opened->diagnostics);
    if (telling == Telling::everything) tell_unfinished(context, opened->machine);
    return std::move(*opened);
}

Outcome<registry::Tree> read_state(const Context& context, const backend::Source& source) {
    context.log.debug("reading the managed keys of " + source.label());
    const Progress progress(context.log, "reading " + source.label());
    std::vector<backend::Link> links;
    auto tree = backend::snapshot(source, schannel::managed_keys(), &links);
    if (!tree) {
        Error error = std::move(tree.error());
        error.message = source.label() + ": " + error.message;
        return failure(ExitCode::target, error);
    }
    for (const backend::Link& link : links) {
        context.log.report({"link", Severity::warning, {}, escape(link.key.to_string()) + " is a symbolic link" +
                            (link.leads_to.empty() ? " or lies behind one" : " to " + escape(link.leads_to)) + "; it is not followed", {}});
    }
    return std::move(*tree);
}

std::string with_release(std::string_view label, const facts::Release* release) {
    return std::string(label) + (release ? " (" + std::string(release->name) + ')' : std::string{});
}

}  // namespace schancfg::cli
