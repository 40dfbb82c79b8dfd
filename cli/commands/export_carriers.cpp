#include "commands/export_carriers.hpp"

#include <algorithm>
#include <array>

#include "console/output.hpp"
#include "inputs/request.hpp"
#include "inputs/sources.hpp"
#include "schancfg/backend/policy.hpp"
#include "schancfg/codec/ansible.hpp"
#include "schancfg/codec/dsc.hpp"
#include "schancfg/codec/gpo.hpp"
#include "schancfg/codec/gpp_xml.hpp"
#include "schancfg/codec/intune.hpp"
#include "schancfg/codec/oma_uri.hpp"
#include "schancfg/codec/pol.hpp"
#include "schancfg/codec/ps1.hpp"
#include "schancfg/files/folder.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::cli {
namespace {

// A line a carrier, by its word.
constexpr std::array carriers{
    Carrier{"ansible", true, codec::encode_ansible},
    Carrier{"dsc", false, codec::encode_dsc},
    Carrier{"gpo", true, codec::encode_gpo_carrier, true},
    Carrier{"gpp", false, codec::encode_gpp_carrier},
    Carrier{"intune", true, codec::encode_intune},
    Carrier{"oma-uri", false, codec::encode_oma_uri},
    Carrier{"pol", false, codec::encode_pol_carrier},
    Carrier{"ps1", false, codec::encode_ps1},
};

Outcome<codec::CarrierInput> read_input(const Context& context, const std::string& word, bool with_twin) {
    auto release = release_option(context.options);
    if (!release) return std::unexpected(std::move(release.error()));
    auto request = read_request(context, word);
    if (!request) return std::unexpected(std::move(request.error()));
    tell_left_out(context, *request);
    const codec::CarrierOptions options{.release = *release, .removal = context.options.has("removal")};
    codec::CarrierInput input{.name = request->label, .description = {}, .label = request->label, .variants = {}, .removal = options.removal};
    auto variants = variants_for(&context, *request, options);
    if (!variants) return std::unexpected(std::move(variants.error()));
    input.variants = std::move(*variants);
    if (request->profile) {
        if (!request->profile->name.empty()) input.name = request->profile->name;
        input.description = request->profile->description;
    }
    if (with_twin && !options.removal) {
        auto removals = variants_for(nullptr, *request, {.release = *release, .removal = true});
        if (!removals) return std::unexpected(std::move(removals.error()));
        input.removals = std::move(*removals);
    }
    return input;
}

}  // namespace

void tell_gaps(const Context& context, std::string_view format, std::span<const codec::CarrierGap> gaps) {
    if (gaps.empty()) return;
    Diagnostic note{"carrier-gap", Severity::warning, {}, {}, {}};
    if (context.options.has("all") || gaps.size() == 1) {
        for (const codec::CarrierGap& gap : gaps) {
            note.message = std::string(format) + " cannot say " + gap.key.to_string() + (gap.value.empty() ? "" : "\\" + gap.value) + ": " + gap.reason;
            context.log.report(note);
        }
        return;
    }
    note.message = std::string(format) + " cannot say " + std::to_string(gaps.size()) + " of the settings";
    note.fix = "--all lists them";
    context.log.report(note);
}

Outcome<std::vector<codec::CarrierVariant>> variants_for(const Context* reports, const Request& request, const codec::CarrierOptions& options) {
    if (request.profile) {
        auto variants = codec::carrier_variants(*request.profile, options);
        if (!variants) return std::unexpected(Failure{ExitCode::usage, std::move(variants.diagnostics)});
        if (reports != nullptr) reports->log.report(variants.diagnostics);
        return std::move(*variants.value);
    }
    if (reports != nullptr && request.policy) {
        std::vector<const facts::Release*> releases{options.release};
        if (options.release == nullptr) {
            releases.clear();
            for (const facts::Release& release : facts::releases()) releases.push_back(&release);
        }
        if (const auto note = backend::targeting_note(*request.policy, releases)) reports->log.report(*note);
    }
    return codec::carrier_variants([&](const facts::Release* release) { return backend::lines_on(request, release); }, options);
}

const Carrier* find_carrier(std::string_view format) {
    const auto found = std::ranges::find(carriers, format, &Carrier::format);
    return found == carriers.end() ? nullptr : &*found;
}

Outcome<void> export_carrier(const Context& context, const Carrier& carrier) {
    const Options& options = context.options;
    if (options.operands().empty()) return usage("--format " + std::string(carrier.format) + " exports a PROFILE");
    if (options.has("target")) return usage("PROFILE and --target exclude each other; --os says for which release PROFILE is exported");
    if (carrier.folder && options.value("output").value_or("-") == "-") return usage("--format " + std::string(carrier.format) + " writes a folder of files; say which with -o DIR");
    auto input = read_input(context, options.operands().front(), carrier.twin);
    if (!input) return std::unexpected(std::move(input.error()));
    auto carried = carrier.encode(*input);
    if (!carried) return failure(ExitCode::usage, carried.error());
    tell_gaps(context, carrier.format, carried->gaps);
    if (carried->files.empty()) return failure(ExitCode::usage, "nothing of it can be said in " + std::string(carrier.format) + "; no file was written");
    if (carrier.folder) return write_folder(options, carried->files);
    const std::string output = options.value("output").value_or("-");
    const bool into_folder = output != "-" && (output.ends_with('/') || output.ends_with('\\') || files::is_folder(output));
    if (!carried->one_a_release && !into_folder) return write_result(options, carried->files.front().bytes);
    // Something that is called as a file is not made a folder.
    if (!into_folder && (output == "-" || utf::ends_with_no_case(output, ".json") || utf::ends_with_no_case(output, ".pol"))) {
        if (carried->files.size() == 1) return usage("only one of the releases is asked for anything that " + std::string(carrier.format) + " can say: name it with --os, or say where with -o DIR");
        return usage("this takes " + std::to_string(carried->files.size()) + " files of " + std::string(carrier.format) + ", one for each release, since they differ; name a folder with -o DIR, or a release with --os");
    }
    auto written = write_folder(options, carried->files);
    if (written && carried->one_a_release) context.log.note("one file for each release, since they differ: " + std::to_string(carried->files.size()) + " in " + output);
    return written;
}

}  // namespace schancfg::cli
