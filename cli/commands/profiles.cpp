#include <nlohmann/json.hpp>

#include "commands/commands.hpp"
#include "console/output.hpp"
#include "render/escape.hpp"
#include "render/json_text.hpp"
#include "render/table.hpp"
#include "render/wanted.hpp"
#include "inputs/request.hpp"
#include "schancfg/codec/profile_toml.hpp"
#include "schancfg/schannel/builtin.hpp"
#include "inputs/sources.hpp"

namespace schancfg::cli {
namespace {

struct Shipped {
    std::string_view name;
    std::string title, description;
};

// The texts are our own; the tests decode each of them.
std::vector<Shipped> shipped_profiles() {
    std::vector<Shipped> out;
    const codec::Load none = [](std::string_view name, std::string_view) -> Result<codec::LoadedText> {
        return fail(ErrorCode::not_found, "\"" + std::string(name) + "\" is not a shipped profile");
    };
    for (const schannel::BuiltinProfile& shipped : schannel::builtin_profiles()) {
        const auto decoded = codec::decode_profile(shipped.text, "built-in:" + std::string(shipped.name), none);
        out.push_back({shipped.name, decoded ? decoded.value->name : std::string{}, decoded ? decoded.value->description : std::string{}});
    }
    return out;
}

std::string list_of_profiles(const Options& options) {
    if (options.has("name-only")) {
        std::string out;
        for (const auto& shipped : schannel::builtin_profiles()) (out += shipped.name) += '\n';
        return out;
    }
    if (options.format() == "json") {
        nlohmann::ordered_json object{{"format_version", "1.0"}, {"command", "profiles"}, {"os", nullptr}};
        auto& list = object["profiles"] = nlohmann::ordered_json::array();
        for (const Shipped& shipped : shipped_profiles()) {
            list.push_back({{"name", shipped.name}, {"title", shipped.title}, {"description", shipped.description}});
        }
        return json_text(object);
    }
    std::vector<std::vector<std::string>> rows{{"NAME", "TITLE"}};
    for (const Shipped& shipped : shipped_profiles()) rows.push_back({std::string(shipped.name), escape(shipped.title)});
    return text_table(rows, sheet_for(options).columns);
}

Outcome<std::string> one_profile(const Context& context, const std::string& name) {
    auto release = release_option(context.options);
    if (!release) return std::unexpected(std::move(release.error()));
    auto request = read_request(context, name);
    if (!request) return std::unexpected(std::move(request.error()));
    auto wanted = wanted_of(context, *request, *release);
    if (!wanted) return std::unexpected(std::move(wanted.error()));
    if (context.options.format() == "toml") {
        if (!request->profile) return usage("--format toml shows a TOML profile, and " + quote(name) + " is a .reg file");
        if (const schannel::BuiltinProfile* shipped = schannel::find_builtin_profile(name)) return std::string(shipped->text);
        return request->texts.back().text;
    }
    const WantedView view{"profiles", request->label, request->profile ? &*request->profile : nullptr, *release, *wanted};
    if (context.options.has("name-only")) return wanted_names(view);
    return context.options.format() == "json" ? wanted_json(view) : wanted_text(view, sheet_for(context.options));
}

}  // namespace

Outcome<ExitCode> run_profiles(const Context& context) {
    const Options& options = context.options;
    std::string text;
    if (const auto name = options.value("show")) {
        auto shown = one_profile(context, *name);
        if (!shown) return std::unexpected(std::move(shown.error()));
        text = std::move(*shown);
    } else {
        if (options.format() == "toml") return usage("--format toml goes with --show");
        for (const std::string_view other : {"os", "strict"}) {
            if (options.has(other)) return usage("--" + std::string(other) + " goes with --show");
        }
        text = list_of_profiles(options);
    }
    if (auto written = write_result(options, text); !written) return std::unexpected(std::move(written.error()));
    return ExitCode::done;
}

}  // namespace schancfg::cli
