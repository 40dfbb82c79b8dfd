#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "inputs/circumstances.hpp"
#include "commands/commands.hpp"
#include "schancfg/files/folder.hpp"
#include "console/output.hpp"
#include "render/lint.hpp"
#include "inputs/request.hpp"
#include "schancfg/backend/policy.hpp"
#include "schancfg/lint/allow.hpp"
#include "schancfg/schannel/builtin.hpp"
#include "schancfg/utf.hpp"
#include "inputs/sources.hpp"
#include "console/terminal.hpp"

namespace schancfg::cli {
namespace {

using lint::CommentSyntax;
using lint::Findings;
using lint::LintOptions;

struct Word {
    std::string spelling;                      ///< without `@RELEASE`
    const facts::Release* release = nullptr;   ///< what stood behind the `@`
};

Word split(const std::string& word) {
    const std::size_t at = word.rfind('@');
    if (at == std::string::npos) return {word, nullptr};
    const facts::Release* release = facts::find_release(std::string_view(word).substr(at + 1));
    return release == nullptr ? Word{word, nullptr} : Word{word.substr(0, at), release};
}

bool has_extension(std::string_view file, std::string_view end) {
    return file.size() > end.size() && utf::ends_with_no_case(file, end);
}

bool is_source(std::string_view word) {
    return word == "live" || std::ranges::any_of(std::initializer_list<std::string_view>{"live:", "os:", "memory:", "hive:"},
                                                 [&](std::string_view lead) { return word.starts_with(lead); });
}

Outcome<std::vector<const facts::Release*>> releases_of(const Options& options) {
    std::vector<const facts::Release*> out;
    for (const std::string& word : options.values("os")) {
        const facts::Release* release = facts::find_release(word);
        if (release == nullptr) {
            if (const std::string several = facts::releases_called(word); !several.empty()) {
                return usage("\"" + word + "\" for --os is not one release; name one of " + several);
            }
            const std::string_view near = facts::nearest_release(word);
            return usage("unknown release \"" + word + "\" for --os" + (near.empty() ? "; `schancfg releases` lists them" : did_you_mean(near)));
        }
        if (std::ranges::find(out, release) == out.end()) out.push_back(release);
    }
    return out;
}

Outcome<Findings> of_source(const Context& context, const std::string& word, LintOptions options) {
    auto source = open_source(context, word);
    if (!source) return std::unexpected(std::move(source.error()));
    auto state = read_state(context, *source->source);
    if (!state) return std::unexpected(std::move(state.error()));
    if (source->release != nullptr && options.releases.size() < 2) options.releases = {source->release};
    options.circumstances.coverage = source->source->coverage();
    return lint::lint_state(*state, source->label, options);
}

struct Linted {
    Findings findings;
    std::size_t judged = 0;  ///< releases
    std::map<std::string, Span> extended_at = {};
};

constexpr std::string_view built_in = "built-in:";

// Which line of a file of the user's brings in each shipped profile; a shipped one may be extended by a shipped one.
std::map<std::string, Span> lines_that_extend(const schannel::Profile& profile) {
    std::map<std::string, Span> out;
    for (const schannel::Layer& layer : profile.layers) {
        if (!layer.file.starts_with(built_in)) continue;
        Span at = layer.extended_at;
        for (std::size_t step = 0; at.file.starts_with(built_in) && step < profile.layers.size(); ++step) {
            at = std::ranges::find(profile.layers, at.file, &schannel::Layer::file)->extended_at;
        }
        if (!at.file.empty()) out.emplace(layer.file, at);
    }
    return out;
}

void allow_in_shipped(Findings& findings, const std::string& file) {
    if (!file.starts_with(built_in)) return;
    if (const auto* shipped = schannel::find_builtin_profile(std::string_view(file).substr(built_in.size()))) {
        lint::apply_allow_comments(findings, file, shipped->text, CommentSyntax::toml);
    }
}

// One line, or with --all each of them.
void leave_outside(const Context& context, registry::Patch& patch) {
    const std::vector<Span> lines = lint::take_lines_outside(patch);
    if (lines.empty()) return;
    if (context.options.has("all")) {
        for (const Span& line : lines) context.log.report({"outside", Severity::note, line, "the line is not about TLS and is not judged", {}});
        return;
    }
    const bool one = lines.size() == 1;
    context.log.report({"outside", Severity::note, {patch.file}, std::to_string(lines.size()) + (one ? " line is" : " lines are") + " not about TLS and " +
                        (one ? "is" : "are") + " not judged", "--all lists them"});
}

// An export is judged as the part of a state that it speaks for.
Linted of_export(const Context& context, Request& request, LintOptions options) {
    if (!context.options.has("whole")) options.circumstances.coverage = request.coverage;
    options.defaults = true;
    leave_outside(context, request.patch);
    if (request.policy) {
        const auto note = backend::targeting_note(*request.policy, options.releases.empty() ? std::vector<const facts::Release*>{nullptr} : options.releases);
        if (note) context.log.report(*note);
        return {lint::lint_patch([&](const facts::Release* release) { return codec::lines_on(*request.policy, release); }, options), options.releases.size()};
    }
    Linted out{lint::lint_patch(request.patch, options), options.releases.size()};
    lint::apply_allow_comments(out.findings, request.patch.file, request.texts.back().text, CommentSyntax::reg);
    return out;
}

Outcome<Linted> of_request(const Context& context, const std::string& word, const LintOptions& options) {
    auto request = read_request(context, word, true);
    if (!request) return std::unexpected(std::move(request.error()));
    if (!request->profile) return of_export(context, *request, options);
    tell_left_out(context, *request);
    Linted out{lint::lint_profile(*request->profile, options), lint::releases_to_judge(*request->profile, options).size(), lines_that_extend(*request->profile)};
    for (const backend::ProfileText& read : request->texts) lint::apply_allow_comments(out.findings, read.file, read.text, CommentSyntax::toml);
    std::set<std::string> shipped;
    for (const schannel::Layer& layer : request->profile->layers) {
        if (shipped.insert(layer.file).second) allow_in_shipped(out.findings, layer.file);
    }
    return out;
}

Outcome<Linted> lint_word(const Context& context, const std::string& word, LintOptions options) {
    const Word split_word = split(word);
    if (split_word.release != nullptr && !is_source(word)) {
        if (!options.releases.empty()) return usage("\"" + word + "\" names its release; --os is for those that don't");
        options.releases = {split_word.release};
    }
    if (is_source(word)) {
        auto findings = of_source(context, word, options);
        if (!findings) return std::unexpected(std::move(findings.error()));
        return Linted{std::move(*findings), std::max<std::size_t>(options.releases.size(), 1)};
    }
    return of_request(context, split_word.spelling, options);
}

// A mistake is a finding like any other, for those who read findings: people read it where they read all errors.
Findings findings_of(const Failure& failed, const std::string& word) {
    Findings out;
    for (const Diagnostic& line : failed.lines) {
        if (line.severity != Severity::error) continue;
        const lint::LintRule* rule = lint::find_lint_rule(line.rule);
        lint::Finding& finding = out.emplace_back();
        finding.rule = rule != nullptr ? rule : &lint::lint_rule(lint::Rule::file_not_read);
        finding.severity = Severity::error;
        finding.place = line.span;
        if (finding.place.file.empty()) finding.place.file = word;
        finding.message = line.message;
        finding.fix = line.fix.empty() ? std::string(finding.rule->fix) : line.fix;
    }
    return out;
}

// The profiles and exports in a folder, in the order of their names; anything else stands for itself.
Outcome<std::vector<std::string>> words_of(const std::vector<std::string>& operands) {
    constexpr std::size_t most_files = 10000;
    std::vector<std::string> words;
    for (const std::string& word : operands) {
        if (!files::is_folder(word) || schannel::find_builtin_profile(word) != nullptr || backend::holds_policy(word)) {
            words.push_back(word);
            continue;
        }
        auto all = files::list_files(word, most_files);
        if (!all) return failure(ExitCode::usage, all.error());
        const std::size_t before = words.size();
        std::ranges::copy_if(*all, std::back_inserter(words), [](const std::string& file) { return has_extension(file, ".toml") || has_extension(file, ".reg") || has_extension(file, ".ictpl") || has_extension(file, ".pol"); });
        if (words.size() == before) return usage("the folder " + word + " holds no profile: no file that ends in .toml, .reg, .ictpl or .pol, and no policy");
    }
    return words;
}

Severity threshold(const Options& options) {
    const std::string word = options.value("fail-on").value_or("warning");
    return word == "error" ? Severity::error : word == "note" ? Severity::note : Severity::warning;
}

Outcome<ExitCode> list_rules(const Options& options) {
    if (!options.operands().empty()) return usage("--rules takes no PROFILE-OR-SOURCE; found \"" + options.operands().front() + '"');
    const std::string format = options.format();
    if (format != "text" && format != "json") return usage("--rules and --format " + format + " exclude each other");
    if (auto written = write_result(options, format == "json" ? lint_rules_json() : lint_rules_text(sheet_for(options))); !written) {
        return std::unexpected(std::move(written.error()));
    }
    return ExitCode::done;
}

std::string show(const LintView& view, const Options& options) {
    const std::string format = options.format();
    if (format == "json") return lint_json(view);
    if (format == "sarif") return lint_sarif(view);
    if (format == "github") return lint_github(view);
    return lint_text(view, sheet_for(options));
}

}  // namespace

Outcome<ExitCode> run_lint(const Context& context) {
    const Options& options = context.options;
    if (options.has("rules")) return list_rules(options);
    if (options.operands().empty()) return usage("say what to look at: a profile, a .reg file or a source");
    auto releases = releases_of(options);
    if (!releases) return std::unexpected(std::move(releases.error()));
    auto known = circumstances(options);
    if (!known) return std::unexpected(std::move(known.error()));
    const LintOptions asked{*releases, *known};
    auto words = words_of(options.operands());
    if (!words) return std::unexpected(std::move(words.error()));
    LintView view;
    std::optional<ExitCode> failed;
    const bool of_programs = options.format() != "text";
    // Two files that extend one are judged with its lines, each time the same: that is reported once, for code scanning at each line that extends it.
    const bool at_each_line = options.format() == "sarif" || options.format() == "github";
    std::set<std::tuple<lint::Finding, std::size_t, Span>> reported;
    for (const std::string& word : *words) {
        auto linted = lint_word(context, word, asked);
        if (!linted) {
            // The next one is judged all the same.
            context.log.report(linted.error().lines);
            if (failed != ExitCode::usage) failed = linted.error().code;
            linted = Linted{of_programs ? findings_of(linted.error(), word) : Findings{}, 1};
        }
        view.without_release = view.without_release || linted->judged == 0;
        for (lint::Finding& finding : linted->findings) {
            const auto extended = linted->extended_at.find(finding.place.file);
            const Span shown_at = extended == linted->extended_at.end() ? finding.place : extended->second;
            if (!reported.emplace(finding, linted->judged, at_each_line ? shown_at : Span{}).second) continue;
            view.findings.push_back(std::move(finding));
            view.judged.push_back(linted->judged);
            view.shown_at.push_back(shown_at);
        }
    }
    if (failed && !of_programs && view.findings.empty()) return *failed;
    view.all = options.has("verbose");
    if (releases->size() == 1) view.release = releases->front();
    if (auto written = write_result(options, show(view, options)); !written) return std::unexpected(std::move(written.error()));
    if (failed) return *failed;
    const Severity least = threshold(options);
    const bool fails = std::ranges::any_of(view.findings, [&](const lint::Finding& finding) { return finding.severity >= least; });
    return fails ? ExitCode::differs : ExitCode::done;
}

}  // namespace schancfg::cli
