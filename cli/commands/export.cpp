#include <nlohmann/json.hpp>

#include "commands/commands.hpp"
#include "commands/export_carriers.hpp"
#include "console/output.hpp"
#include "render/json_text.hpp"
#include "render/settings_json.hpp"
#include "render/wanted.hpp"
#include "inputs/request.hpp"
#include "schancfg/codec/carrier.hpp"
#include "schancfg/codec/collect_cmd.hpp"
#include "schancfg/codec/profile_toml.hpp"
#include "schancfg/codec/reg_text.hpp"
#include "schancfg/schannel/managed.hpp"
#include "inputs/sources.hpp"

namespace schancfg::cli {
namespace {

// Without the keys on the way to the managed ones.
registry::Patch managed_part(const registry::Tree& state) {
    registry::Patch out = registry::to_patch(schannel::managed_part(state));
    std::erase_if(out.operations, [](const registry::Operation& operation) { return !schannel::is_managed(operation.key); });
    return out;
}

std::string state_json(const registry::Tree& state, const facts::Release* release, const std::string& label) {
    using Json = nlohmann::ordered_json;
    Json object{{"format_version", "1.0"}, {"command", "export"}};
    object["os"] = release ? Json(release->id) : Json(nullptr);
    object["source"] = label;
    Json& list = object["settings"] = Json::array();
    schannel::managed_part(state).for_each([&](const registry::KeyPath& path, const registry::Key& key) {
        for (const registry::NamedValue& value : key.values) {
            Json row = setting_json(path, value.name, value.value);
            row["origin"] = nullptr;
            list.push_back(std::move(row));
        }
    });
    return json_text(object);
}

// What undoes an export, as lines for regedit.
Outcome<std::string> export_removal(const Context& context, const Request& request, const facts::Release* release) {
    const auto variants = variants_for(&context, request, {.release = release, .removal = true});
    if (!variants) return std::unexpected(variants.error());
    if (variants->size() > 1) return usage("what removes it differs from release to release; say for which with --os");
    return codec::encode_reg(registry::to_patch(variants->front().wanted));
}

// Neither lines for regedit nor a profile of ours depend on what is there.
std::vector<codec::CarrierGap> unconditional(const registry::Wanted& wanted) {
    std::vector<codec::CarrierGap> out;
    for (const registry::WantedValue& item : wanted.values) {
        const std::string_view condition = codec::condition_of(item);
        if (!condition.empty()) out.push_back({item.key, item.name, std::string(condition) + "; it is written all the same"});
    }
    return out;
}

Outcome<std::string> export_profile(const Context& context, const std::string& word) {
    if (context.options.has("target")) return usage("PROFILE and --target exclude each other; --os says for which release PROFILE is exported");
    auto release = release_option(context.options);
    if (!release) return std::unexpected(std::move(release.error()));
    auto request = read_request(context, word);
    if (!request) return std::unexpected(std::move(request.error()));
    tell_left_out(context, *request);
    if (context.options.has("removal")) return export_removal(context, *request, *release);
    auto wanted = wanted_of(context, *request, *release);
    if (!wanted) return std::unexpected(std::move(wanted.error()));
    const std::string format = context.options.format();
    if (format != "json") tell_gaps(context, format, unconditional(*wanted));
    if (format == "json") return wanted_json({"export", request->label, request->profile ? &*request->profile : nullptr, *release, *wanted});
    if (format == "reg") return codec::encode_reg(registry::to_patch(*wanted));
    auto text = codec::encode_profile(*wanted, *release, request->profile ? request->profile->name : std::string{});
    if (!text) return failure(ExitCode::usage, text.error());
    return std::move(*text);
}

Outcome<std::string> export_state(const Context& context) {
    auto spelling = target_spelling(context.options);
    if (!spelling) return std::unexpected(std::move(spelling.error()));
    auto source = open_source(context, *spelling);
    if (!source) return std::unexpected(std::move(source.error()));
    auto state = read_state(context, *source->source);
    if (!state) return std::unexpected(std::move(state.error()));
    const std::string format = context.options.format();
    if (format == "json") return state_json(*state, source->release, source->label);
    if (format == "reg") {
        const registry::Coverage& coverage = source->source->coverage();
        registry::Patch patch = managed_part(*state);
        // A key line would speak for all below it.
        std::erase_if(patch.operations, [&](const registry::Operation& each) { return each.op == registry::Op::create_key && !coverage.speaks_for(each.key); });
        return codec::encode_reg(patch, coverage.whole());
    }
    return codec::encode_profile(*state, source->release, source->label);
}

}  // namespace

Outcome<ExitCode> run_export(const Context& context) {
    const Options& options = context.options;
    if (options.format() == "collect") {
        if (options.has("removal")) return usage("the collector sets nothing that --removal could remove");
        if (!options.operands().empty() || options.has("target")) return usage("the collector reads the machine that it runs on: it takes neither PROFILE nor --target");
        if (auto written = write_result(options, codec::encode_collector(schannel::managed_keys())); !written) return std::unexpected(std::move(written.error()));
        return ExitCode::done;
    }
    if (const Carrier* carrier = find_carrier(options.format())) {
        if (auto written = export_carrier(context, *carrier); !written) return std::unexpected(std::move(written.error()));
        return ExitCode::done;
    }
    if (options.has("removal") && (options.format() != "reg" || options.operands().empty())) return usage("--removal exports what undoes a PROFILE, as reg or through a carrier");
    // Before anything is read: a terminal would show UTF-16 as garbage.
    if (options.format() == "reg") {
        if (auto allowed = refuse_terminal(options, "a .reg file (UTF-16)"); !allowed) return std::unexpected(std::move(allowed.error()));
    }
    auto text = options.operands().empty() ? export_state(context) : export_profile(context, options.operands().front());
    if (!text) return std::unexpected(std::move(text.error()));
    // What is written can be read again by this program.
    const std::size_t most = options.format() == "reg" ? codec::reg_max_file : options.format() == "toml" ? codec::profile_max_size : text->size();
    if (text->size() > most) {
        return failure(ExitCode::target, "this would be larger than the " + std::to_string(most >> 20) + " MiB that a " + (options.format() == "reg" ? ".reg file" : "profile") +
                                             " may have; nothing was written");
    }
    if (auto written = write_result(options, *text); !written) return std::unexpected(std::move(written.error()));
    return ExitCode::done;
}

}  // namespace schancfg::cli
