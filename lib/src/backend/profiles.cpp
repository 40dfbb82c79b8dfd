#include "schancfg/backend/profiles.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "open_error.hpp"
#include "schancfg/backend/control_sets.hpp"
#include "schancfg/backend/policy.hpp"
#include "schancfg/codec/hardening_kitty.hpp"
#include "schancfg/codec/iis_crypto.hpp"
#include "schancfg/codec/reg_text.hpp"
#include "schancfg/codec/sha256.hpp"
#include "schancfg/files/file.hpp"
#include "schancfg/files/folder.hpp"
#include "schancfg/files/folder.hpp"
#include "schancfg/nearest.hpp"
#include "schancfg/plan/checked.hpp"
#include "schancfg/registry/patch.hpp"
#include "schancfg/schannel/builtin.hpp"
#include "schancfg/text.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::backend {
namespace {

using Opened = std::expected<OpenedProfile, OpenError>;

// Whatever keeps a profile from being read: what was named is to be another.
std::unexpected<OpenError> refuse(Error error) { return std::unexpected(OpenError{.usage = true, .error = std::move(error), .diagnostics = {}}); }

bool ends_in(std::string_view word, std::string_view end) { return word.size() > end.size() && utf::ends_with_no_case(word, end); }

// An export begins with its version, in any encoding; a profile never does.
bool is_reg_text(std::string_view text) {
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) return true;
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    return text.starts_with("Windows Registry Editor") || text.starts_with("REGEDIT4");
}

std::string sha256_of(std::string_view text) {
    codec::Sha256 hash;
    hash.update(text);
    return hash.finish();
}

std::string as_utf8(std::string_view bytes) {
    if (bytes.starts_with("\xFF\xFE")) return utf::from_utf16le(bytes.substr(2));
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    return std::string(bytes);
}

Opened reg_profile(const std::string& file, std::string_view bytes, const ProfileOptions& options) {
    auto lines = codec::decode_reg_lines(bytes, {.file = file, .strict = options.strict, .count_elsewhere = true});
    if (!lines) return bad_text(std::move(lines.diagnostics));
    // Of a large export that takes as long as reading it.
    plan::Parted parted = options.with_lines ? plan::Parted{} : plan::part(registry::to_wanted(lines.value->patch));
    OpenedProfile opened{.label = "reg:" + file, .sha256 = options.with_lines ? std::string() : sha256_of(bytes), .profile = std::nullopt, .lines = std::move(parted.writable), .policy = {},
                         .refused = std::move(parted.refused), .left_out = parted.left_out, .texts = {}, .patch = {},
                         .coverage = std::move(lines.value->coverage), .diagnostics = std::move(lines.diagnostics)};
    for (Diagnostic& each : numbered_control_sets(lines.value->patch, file)) {
        // Anyone who reads all lines judges these as well.
        if (!options.with_lines || each.severity == Severity::note) opened.diagnostics.push_back(std::move(each));
    }
    if (options.with_lines) {
        opened.patch = std::move(lines.value->patch);
        opened.texts.push_back({file, as_utf8(bytes)});
    }
    return opened;
}

Opened policy_profile(const std::string& path, const ProfileOptions& options) {
    auto policy = open_policy(path);
    if (!policy) {
        policy.error().usage = true;
        return std::unexpected(std::move(policy.error()));
    }
    // Counted over all items, those for some machines alone among them.
    plan::Parted parted = plan::part(registry::to_wanted(policy->lines.patch));
    registry::Wanted writable = policy->lines.targets.empty() ? std::move(parted.writable) : codec::part_on(policy->lines, nullptr).writable;
    OpenedProfile opened{.label = policy->label, .sha256 = std::move(policy->sha256), .profile = std::nullopt, .lines = std::move(writable), .policy = {},
                         .refused = std::move(parted.refused), .left_out = parted.left_out, .texts = {}, .patch = {},
                         .coverage = codec::coverage_of(policy->lines.patch), .diagnostics = std::move(policy->diagnostics)};
    if (options.with_lines) opened.patch = codec::lines_on(policy->lines, nullptr);
    opened.policy = std::move(policy->lines);
    return opened;
}

// `id`: the path of the file, or `built-in:NAME`.
Opened toml_profile(const std::string& label, const std::string& id, std::string text) {
    std::vector<ProfileText> texts;
    const codec::Load load = [&](std::string_view name, std::string_view from) {
        auto loaded = load_profile(name, from);
        if (loaded) texts.push_back({loaded->id, loaded->text});
        return loaded;
    };
    auto decoded = codec::decode_profile(text, id, load);
    if (!decoded) return bad_text(std::move(decoded.diagnostics));
    if (!id.starts_with("built-in:")) texts.push_back({id, std::move(text)});
    std::string sha256 = decoded.value->sha256;
    return OpenedProfile{.label = "profile:" + label, .sha256 = std::move(sha256), .profile = std::move(*decoded.value), .lines = {}, .policy = {}, .refused = {},
                         .left_out = 0, .texts = std::move(texts), .patch = {}, .coverage = {}, .diagnostics = std::move(decoded.diagnostics)};
}

Opened template_profile(const std::string& file, std::string_view bytes, const ProfileOptions& options) {
    auto decoded = codec::decode_iis_crypto(bytes, {.file = file, .strict = options.strict});
    if (!decoded) return bad_text(std::move(decoded.diagnostics));
    std::string sha256 = decoded.value->profile.sha256;
    const std::size_t left_out = decoded.value->refused.size();
    return OpenedProfile{.label = "profile:" + file, .sha256 = std::move(sha256), .profile = std::move(decoded.value->profile), .lines = {}, .refused = std::move(decoded.value->refused),
                         .left_out = left_out, .texts = {}, .patch = {}, .coverage = {}, .diagnostics = std::move(decoded.diagnostics)};
}

Opened finding_list(const std::string& file, std::string_view bytes, const ProfileOptions& options) {
    auto decoded = codec::decode_hardening_kitty(bytes, {.file = file, .strict = options.strict});
    if (!decoded) return bad_text(std::move(decoded.diagnostics));
    codec::HardeningKittyList& list = *decoded.value;
    plan::Parted parted = plan::part(list.wanted());
    OpenedProfile opened{.label = "profile:" + file, .sha256 = sha256_of(bytes), .profile = std::nullopt, .lines = std::move(parted.writable), .refused = std::move(parted.refused),
                         .left_out = parted.left_out + list.elsewhere.size() + list.others.size(), .texts = {}, .patch = {}, .coverage = {}, .diagnostics = std::move(decoded.diagnostics)};
    const auto refuse_row = [&](Diagnostic row) {
        if (opened.refused.size() < plan::max_refusals) opened.refused.push_back(std::move(row));
    };
    for (const registry::WantedValue& row : list.elsewhere) {
        refuse_row({"not-writable", Severity::error, row.origin, row.key.to_string() + " " + quote(row.name) + " is not a TLS setting", {}});
    }
    std::ranges::for_each(list.others, refuse_row);
    std::ranges::stable_sort(opened.refused, {}, [](const Diagnostic& each) { return each.span.line; });
    std::vector<registry::KeyPath> keys;
    for (const codec::HardeningKittyRow& row : list.rows) keys.push_back(row.wanted.key);
    opened.coverage = registry::Coverage::of(std::move(keys));
    if (options.with_lines) {
        opened.patch.file = file;
        const auto add = [&](const registry::WantedValue& row) {
            opened.patch.operations.push_back({row.value ? registry::Op::set_value : registry::Op::erase_value, row.key, row.name, row.value.value_or(registry::Value{}),
                                               row.origin.line, row.origin.column});
        };
        for (const codec::HardeningKittyRow& row : list.rows) add(row.wanted);
        std::ranges::for_each(list.elsewhere, add);
        opened.texts.push_back({file, {}});
    }
    opened.list = std::move(list);
    return opened;
}

// nullopt: neither by its name nor by what it holds.
std::optional<Opened> of_other_tool(const std::string& file, std::string_view bytes, const ProfileOptions& options) {
    if (ends_in(file, ".ictpl") || codec::is_iis_crypto(bytes)) return template_profile(file, bytes, options);
    if (ends_in(file, ".csv") || codec::is_hardening_kitty(bytes)) return finding_list(file, bytes, options);
    return std::nullopt;
}

Opened shipped_profile(const std::string& name) {
    if (const schannel::BuiltinProfile* shipped = schannel::find_builtin_profile(name)) {
        return toml_profile(name, "built-in:" + name, std::string(shipped->text));
    }
    const std::string message = "unknown profile " + quote(name);
    const std::string_view near = nearest(name, schannel::builtin_profiles(), &schannel::BuiltinProfile::name);
    if (!near.empty()) return bad_usage(message + "; did you mean " + quote(near) + "?");
    if (files::exists(name) && !files::is_folder(name)) {
        return bad_usage(message + "; a bare name is a shipped profile, the file is ./" + name);
    }
    return bad_usage(message, Remedy::list_profiles);
}

}  // namespace

Opened open_profile(std::string_view word, const ProfileOptions& options) {
    if (word.starts_with("profile:")) word.remove_prefix(8);
    if (word.empty()) return bad_usage("an empty word is not a profile", Remedy::list_profiles);
    if (word == "-") {
        if (is_reg_text(options.standard_input)) return reg_profile("-", options.standard_input, options);
        if (auto opened = of_other_tool("-", options.standard_input, options)) return std::move(*opened);
        return toml_profile("-", "-", options.standard_input);
    }
    if (word.starts_with("reg:") || ends_in(word, ".reg")) {
        if (word.starts_with("reg:")) word.remove_prefix(4);
        const std::string file(word);
        auto bytes = files::read_file(file, codec::reg_max_file);
        if (!bytes) return refuse(std::move(bytes.error()));
        return reg_profile(file, *bytes, options);
    }
    if (word.starts_with("gpo:")) return policy_profile(std::string(word.substr(4)), options);
    if (is_policy_name(word)) return policy_profile(std::string(word), options);
    const std::string name(word);
    if (schannel::is_builtin_name(name)) return shipped_profile(name);
    if (files::is_folder(name)) return policy_profile(name, options);
    auto text = ends_in(name, ".csv") ? files::read_file(name, codec::hardening_kitty_max_size) : read_profile_text(name);
    if (!text) return refuse(std::move(text.error()));
    if (auto opened = of_other_tool(name, *text, options)) return std::move(*opened);
    return toml_profile(name, name, std::move(*text));
}

registry::Wanted lines_on(const OpenedProfile& profile, const facts::Release* release) {
    if (!profile.policy || profile.policy->targets.empty()) return profile.lines;
    return codec::part_on(*profile.policy, release).writable;
}

std::optional<Diagnostic> left_out_note(const OpenedProfile& profile) {
    if (profile.left_out == 0) return std::nullopt;
    const bool one = profile.left_out == 1;
    return Diagnostic{"not-writable", Severity::note, {profile.refused.front().span.file},
                      std::to_string(profile.left_out) + (one ? " line asks" : " lines ask") + " for what schancfg does not write and " + (one ? "is" : "are") + " left out", {}};
}

}  // namespace schancfg::backend
