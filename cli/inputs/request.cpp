#include "inputs/request.hpp"

#include "console/terminal.hpp"
#include "schancfg/files/path.hpp"
#include "schancfg/files/file.hpp"
#include "schancfg/backend/open.hpp"
#include "schancfg/codec/profile_toml.hpp"
#include "schancfg/codec/reg_text.hpp"
#include "schancfg/codec/sha256.hpp"
#include "schancfg/nearest.hpp"
#include "schancfg/plan/checked.hpp"
#include "schancfg/registry/patch.hpp"
#include "schancfg/schannel/builtin.hpp"
#include "schancfg/schannel/translate.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::cli {
namespace {

bool ends_with(std::string_view text, std::string_view end) {
    return text.size() > end.size() && utf::equal_no_case(text.substr(text.size() - end.size()), end);
}

// Reports what is not an error and gives back what is.
Failure errors_of(const Context& context, Diagnostics diagnostics) {
    Failure out{ExitCode::usage, {}};
    for (Diagnostic& diagnostic : diagnostics) {
        if (diagnostic.severity == Severity::error) out.lines.push_back(std::move(diagnostic));
        else context.log.report(diagnostic);
    }
    return out;
}

std::string sha256_of(std::string_view text) {
    codec::Sha256 hash;
    hash.update(text);
    return hash.finish();
}

Outcome<Request> request_of_reg(const Context& context, const std::string& file, const std::string& text) {
    auto patch = codec::decode_reg(text, {.file = file, .strict = context.options.has("strict")});
    if (!patch) return std::unexpected(errors_of(context, std::move(patch.diagnostics)));
    context.log.report(patch.diagnostics);
    Request out{"reg:" + file, sha256_of(text), std::nullopt, registry::to_wanted(*patch.value)};
    if (Diagnostics wrong = plan::refuse_unmanaged(out.lines); !wrong.empty()) return std::unexpected(Failure{ExitCode::usage, std::move(wrong)});
    return out;
}

Outcome<Request> read_reg(const Context& context, const std::string& file) {
    context.log.debug("reading " + file);
    auto text = files::read_file(file, codec::reg_max_file);
    if (!text) return failure(ExitCode::usage, text.error());
    return request_of_reg(context, file, *text);
}

Outcome<std::string> shipped_text(const std::string& name) {
    if (const schannel::BuiltinProfile* shipped = schannel::find_builtin_profile(name)) return std::string(shipped->text);
    const std::string_view near = nearest(name, schannel::builtin_profiles(), &schannel::BuiltinProfile::name);
    std::error_code ignored;
    if (near.empty() && std::filesystem::is_regular_file(files::path_of(name), ignored)) {
        return usage("unknown profile \"" + name + "\"; a bare name is a shipped profile, the file is ./" + name);
    }
    return usage("unknown profile \"" + name + "\"" +
                 (near.empty() ? "; `schancfg profiles` lists the shipped ones" : did_you_mean(near)));
}

// `id` is the file in messages and in the layers: `built-in:NAME` for a shipped one.
Outcome<Request> request_of_profile(const Context& context, const std::string& word, const std::string& id, std::string text) {
    std::vector<RequestText> texts;
    const codec::Load load = [&](std::string_view name, std::string_view from) {
        context.log.debug("reading " + std::string(name) + ", which " + std::string(from) + " extends");
        auto loaded = backend::load_profile(name, from);
        if (loaded) texts.push_back({loaded->id, loaded->text});
        return loaded;
    };
    auto decoded = codec::decode_profile(text, id, load);
    if (!decoded) return std::unexpected(errors_of(context, std::move(decoded.diagnostics)));
    context.log.report(decoded.diagnostics);
    std::string sha256 = decoded.value->sha256;
    if (id == word) texts.push_back({word, std::move(text)});
    return Request{"profile:" + word, std::move(sha256), std::move(*decoded.value), {}, std::move(texts)};
}

Outcome<Request> read_profile(const Context& context, const std::string& word) {
    const bool bare = schannel::is_builtin_name(word);
    std::string text;
    if (bare) {
        auto shipped = shipped_text(word);
        if (!shipped) return std::unexpected(std::move(shipped.error()));
        text = std::move(*shipped);
    } else {
        context.log.debug("reading " + word);
        auto read = backend::read_profile_text(word);
        if (!read) return failure(ExitCode::usage, read.error());
        text = std::move(*read);
    }
    return request_of_profile(context, word, bare ? "built-in:" + word : word, std::move(text));
}

// An export begins with its version, in any encoding; a profile never does.
bool is_reg(std::string_view text) {
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) return true;
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    return text.starts_with("Windows Registry Editor") || text.starts_with("REGEDIT4");
}

Outcome<Request> read_standard_input(const Context& context) {
    auto text = read_input(codec::reg_max_file);
    if (!text) return failure(ExitCode::usage, "standard input: " + text.error().message);
    if (is_reg(*text)) return request_of_reg(context, "-", *text);
    return request_of_profile(context, "-", "-", std::move(*text));
}
}  // namespace

Outcome<Request> read_request(const Context& context, const std::string& word) {
    if (word.empty()) return usage("an empty word is not a profile; `schancfg profiles` lists the shipped ones");
    if (word == "-") return read_standard_input(context);
    if (word.starts_with("reg:")) return read_reg(context, word.substr(4));
    if (ends_with(word, ".reg")) return read_reg(context, word);
    if (word.starts_with("profile:")) return read_request(context, word.substr(8));
    return read_profile(context, word);
}

Outcome<registry::Wanted> wanted_of(const Context& context, const Request& request, const facts::Release* release) {
    if (!request.profile) return request.lines;
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
