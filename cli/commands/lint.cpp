#include <algorithm>
#include <iterator>
#include <map>

#include "inputs/circumstances.hpp"
#include "commands/commands.hpp"
#include "schancfg/files/file.hpp"
#include "console/output.hpp"
#include "render/lint.hpp"
#include "inputs/request.hpp"
#include "schancfg/lint/allow.hpp"
#include "schancfg/codec/reg_text.hpp"
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

bool is_reg(std::string_view word) {
    constexpr std::string_view end = ".reg";
    return word == "-" || word.starts_with("reg:") || (word.size() > end.size() && utf::equal_no_case(word.substr(word.size() - end.size()), end));
}

bool is_source(std::string_view word) {
    return word == "live" || std::ranges::any_of(std::initializer_list<std::string_view>{"live:", "os:", "memory:", "hive:"},
                                                 [&](std::string_view lead) { return word.starts_with(lead); });
}

std::string as_utf8(std::string_view bytes) {
    if (bytes.starts_with("\xFF\xFE")) return utf::from_utf16le(bytes.substr(2));
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    return std::string(bytes);
}

Outcome<std::vector<const facts::Release*>> releases_of(const Options& options) {
    std::vector<const facts::Release*> out;
    for (const std::string& word : options.values("os")) {
        const facts::Release* release = facts::find_release(word);
        if (release == nullptr) {
            const std::string_view near = facts::nearest_release(word);
            return usage("unknown release \"" + word + "\" for --os" + (near.empty() ? "; `schancfg releases` lists them" : did_you_mean(near)));
        }
        if (std::ranges::find(out, release) == out.end()) out.push_back(release);
    }
    return out;
}

Outcome<Findings> of_reg(const Context& context, std::string word, LintOptions options) {
    if (word.starts_with("reg:")) word.erase(0, 4);
    auto bytes = word == "-" ? read_input(codec::reg_max_file) : files::read_file(word, codec::reg_max_file);
    if (!bytes) return failure(ExitCode::usage, bytes.error());
    auto patch = codec::decode_reg(*bytes, {.file = word, .strict = context.options.has("strict")});
    if (!patch) return std::unexpected(Failure{ExitCode::usage, std::move(patch.diagnostics)});
    context.log.report(patch.diagnostics);
    if (!context.options.has("whole")) {
        if (const auto state = codec::decode_reg_state(*bytes, {.file = word}); state) options.circumstances.coverage = state.value->coverage;
    }
    Findings findings = lint::lint_patch(*patch.value, options);
    lint::apply_allow_comments(findings, word, as_utf8(*bytes), CommentSyntax::reg);
    return findings;
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

Outcome<Linted> of_profile(const Context& context, const std::string& word, const LintOptions& options) {
    auto request = read_request(context, word);
    if (!request) return std::unexpected(std::move(request.error()));
    Linted out{lint::lint_profile(*request->profile, options), lint::releases_to_judge(*request->profile, options).size(), lines_that_extend(*request->profile)};
    for (const schannel::Layer& layer : request->profile->layers) {
        const auto read = std::ranges::find(request->texts, layer.file, &backend::ProfileText::file);
        if (read != request->texts.end()) {
            lint::apply_allow_comments(out.findings, layer.file, read->text, CommentSyntax::toml);
            continue;
        }
        if (!layer.file.starts_with(built_in)) continue;
        if (const auto* shipped = schannel::find_builtin_profile(std::string_view(layer.file).substr(built_in.size()))) {
            lint::apply_allow_comments(out.findings, layer.file, shipped->text, CommentSyntax::toml);
        }
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
    if (is_reg(split_word.spelling)) {
        auto findings = of_reg(context, split_word.spelling, options);
        if (!findings) return std::unexpected(std::move(findings.error()));
        return Linted{std::move(*findings), options.releases.size()};
    }
    return of_profile(context, split_word.spelling, options);
}

Severity threshold(const Options& options) {
    const std::string word = options.value("fail-on").value_or("warning");
    return word == "error" ? Severity::error : word == "note" ? Severity::note : Severity::warning;
}

Outcome<ExitCode> list_rules(const Options& options) {
    if (!options.operands().empty()) return usage("--rules takes no PROFILE-OR-SOURCE; found \"" + options.operands().front() + '"');
    const std::string format = options.format();
    if (format != "text" && format != "json") return usage("--rules and --format " + format + " exclude each other");
    if (auto written = write_result(options, format == "json" ? lint_rules_json() : lint_rules_text()); !written) {
        return std::unexpected(std::move(written.error()));
    }
    return ExitCode::done;
}

std::string show(const LintView& view, const Options& options) {
    const std::string format = options.format();
    if (format == "json") return lint_json(view);
    if (format == "sarif") return lint_sarif(view);
    if (format == "github") return lint_github(view);
    return lint_text(view, paint_for(options));
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
    LintView view;
    for (const std::string& word : options.operands()) {
        auto linted = lint_word(context, word, asked);
        if (!linted) return std::unexpected(std::move(linted.error()));
        view.without_release = view.without_release || linted->judged == 0;
        view.judged.insert(view.judged.end(), linted->findings.size(), linted->judged);
        for (const lint::Finding& finding : linted->findings) {
            const auto extended = linted->extended_at.find(finding.place.file);
            view.shown_at.push_back(extended == linted->extended_at.end() ? finding.place : extended->second);
        }
        std::ranges::move(linted->findings, std::back_inserter(view.findings));
    }
    view.all = options.has("verbose");
    if (releases->size() == 1) view.release = releases->front();
    if (auto written = write_result(options, show(view, options)); !written) return std::unexpected(std::move(written.error()));
    const Severity least = threshold(options);
    const bool fails = std::ranges::any_of(view.findings, [&](const lint::Finding& finding) { return finding.severity >= least; });
    return fails ? ExitCode::differs : ExitCode::done;
}

}  // namespace schancfg::cli
