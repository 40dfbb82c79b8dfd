#include "schancfg/backend/policy.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <optional>
#include <vector>

#include "open_error.hpp"
#include "policy_folder.hpp"
#include "schancfg/codec/gpp_xml.hpp"
#include "schancfg/codec/gpt_tmpl_inf.hpp"
#include "schancfg/codec/pol.hpp"
#include "schancfg/codec/sha256.hpp"
#include "schancfg/files/file.hpp"
#include "schancfg/files/folder.hpp"
#include "schancfg/files/path.hpp"
#include "schancfg/schannel/managed.hpp"
#include "schancfg/text.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::backend {
namespace {

using registry::KeyPath;
using registry::Op;
using registry::Operation;
using registry::Root;

Decoded<codec::PolicyLines> decode(std::string_view bytes, const std::string& file, Root root) {
    if (bytes.starts_with("PReg") || utf::ends_with_no_case(file, ".pol")) return codec::decode_pol_lines(bytes, file, root);
    if (utf::ends_with_no_case(file, ".inf")) return codec::decode_gpt_tmpl(bytes, file);
    return codec::decode_gpp(bytes, file);
}

/// Joins what the files say, in their order.
class Merge {
public:
    std::expected<void, OpenError> add(const std::string& file, Root root) {
        auto bytes = files::read_file(file, codec::policy_max_file);
        if (!bytes) return refused(std::move(bytes.error()));
        hash_.update(std::to_string(bytes->size()) + '\n');
        hash_.update(*bytes);
        auto lines = decode(*bytes, file, root);
        if (!lines) return bad_text(std::move(lines.diagnostics));
        std::ranges::move(lines.diagnostics, std::back_inserter(opened_.diagnostics));
        opened_.lines.append(std::move(*lines.value), file);
        return {};
    }

    OpenedPolicy finish(std::string label) {
        opened_.label = std::move(label);
        opened_.sha256 = hash_.finish();
        return std::move(opened_);
    }
    [[nodiscard]] const registry::Patch& patch() const { return opened_.lines.patch; }
    void tell(Diagnostic diagnostic) { opened_.diagnostics.push_back(std::move(diagnostic)); }

private:
    OpenedPolicy opened_;
    codec::Sha256 hash_;
};

/// Which of several policies asked for what.
class Agreement {
public:
    /// The operations from `first` on are those of one more policy. nullopt, or two places that disagree.
    std::optional<std::string> add(const registry::Patch& patch, std::size_t first) {
        ++policy_;
        for (std::size_t at = first; at < patch.operations.size(); ++at) {
            const Operation& operation = patch.operations[at];
            const KeyPath key = registry::canonical(operation.key);
            if (operation.op == Op::create_key || !schannel::is_managed(key)) continue;
            if (operation.op == Op::set_value || operation.op == Op::erase_value) {
                const std::optional<registry::Value> value = operation.op == Op::set_value ? std::optional(operation.value) : std::nullopt;
                const auto [found, is_new] = asked_.try_emplace({key, utf::fold_case(operation.name)}, Asked{policy_, value, operation.file});
                if (!is_new && found->second.policy != policy_ && found->second.value != value) return disagree(patch, found->second.file, operation, key);
                found->second = {policy_, value, operation.file};
            } else {
                for (auto other = asked_.lower_bound({key, {}}); other != asked_.end() && other->first.first.is_within(key); ++other) {
                    if (other->second.policy != policy_) return disagree(patch, other->second.file, operation, other->first.first);
                }
            }
        }
        return std::nullopt;
    }

private:
    struct Asked {
        std::size_t policy = 0;
        std::optional<registry::Value> value;
        std::uint32_t file = 0;
    };
    static std::string disagree(const registry::Patch& patch, std::uint32_t file, const Operation& operation, const KeyPath& key) {
        return "two policies of the folder disagree about " + key.to_string() + (operation.name.empty() ? "" : "\\" + operation.name) + ": " + patch.files[file] + " and " + patch.place_of(operation).file +
               "; which one is applied last depends on how they are linked";
    }

    std::map<std::pair<KeyPath, std::string>, Asked> asked_;
    std::size_t policy_ = 0;
};

std::expected<OpenedPolicy, OpenError> open_folder(const std::string& folder) {
    auto found = find_policies(folder);
    if (!found) return refused(std::move(found.error()));
    if (found->empty()) {
        return refused(Error{.code = ErrorCode::malformed,
                             .message = "the folder " + folder + " holds no policy: no Machine or User folder; give the folder of a backup, of SYSVOL\\DOMAIN\\Policies, or System32\\GroupPolicy"});
    }
    Merge merge;
    Agreement agreement;
    const bool has_other = std::ranges::any_of(*found, [](const PolicyFolder& policy) { return !policy.undoes; });
    for (const PolicyFolder& policy : *found) {
        if (policy.undoes && has_other) {
            merge.tell({"policy-removal", Severity::note, {policy.path, 0, 0}, "this backup undoes the other one, and is left out; to read it, name its folder", {}});
            continue;
        }
        const std::size_t first = merge.patch().operations.size();
        if (policy.computer_off || policy.user_off) {
            merge.tell({"policy-off", Severity::warning, {policy.path, 0, 0}, std::string("the ") + (policy.computer_off ? "computer" : "user") + " part of this policy is switched off, and is left out", {}});
        }
        for (const PolicyFile& file : policy.files) {
            if (auto added = merge.add(file.path, file.root); !added) return std::unexpected(std::move(added.error()));
        }
        if (auto conflict = agreement.add(merge.patch(), first)) return refused(Error{.code = ErrorCode::malformed, .message = std::move(*conflict) + ": name one of them"});
    }
    if (merge.patch().files.empty()) {
        merge.tell({"policy-empty", Severity::warning, {folder, 0, 0}, "the policy says nothing of the registry: it has no registry.pol, GptTmpl.inf or Registry.xml", {}});
    }
    return merge.finish("gpo:" + folder);
}

bool touches_managed(const Operation& operation) {
    const KeyPath key = registry::canonical(operation.key);
    if (schannel::is_managed(key)) return true;
    return operation.op == Op::erase_key && std::ranges::any_of(schannel::managed_keys(), [&](const auto& each) { return each.key.is_within(key); });
}

}  // namespace

bool is_policy_name(std::string_view path) {
    const std::size_t cut = path.find_last_of("/\\");
    const std::string_view name = cut == std::string_view::npos ? path : path.substr(cut + 1);
    // Copies carry more before the name: `server-Registry.xml`.
    return (name.size() > 4 && utf::ends_with_no_case(name, ".pol")) || utf::ends_with_no_case(name, "Registry.xml") || utf::ends_with_no_case(name, "GptTmpl.inf");
}

std::expected<OpenedPolicy, OpenError> open_policy(const std::string& path) {
    if (files::is_folder(path)) return open_folder(path);
    Merge merge;
    if (auto added = merge.add(path, root_of_file(path)); !added) return std::unexpected(std::move(added.error()));
    return merge.finish("gpo:" + path);
}

std::optional<Diagnostic> targeting_note(const codec::PolicyLines& lines, const std::vector<const facts::Release*>& releases) {
    std::vector<std::size_t> items = codec::not_certain_on(lines, releases);
    std::erase_if(items, [&](std::size_t at) { return !touches_managed(lines.patch.operations[at]); });
    if (items.empty()) return std::nullopt;
    const bool one = items.size() == 1;
    Diagnostic note{"policy-targeting", Severity::warning, lines.patch.place_of(lines.patch.operations[items.front()]), std::to_string(items.size()) + (one ? " item is" : " items are") + " left out: ", {}};
    if (std::ranges::find(releases, nullptr) != releases.end()) {
        note.message += one ? "it is for some machines alone, and the release is not known" : "they are for some machines alone, and the release is not known";
        note.fix = "name the Windows release";
        return note;
    }
    std::vector<std::string> kinds;
    for (const std::size_t at : items) {
        for (const std::string& kind : lines.targets[lines.target_of[at] - 1].kinds) {
            if (std::ranges::find(kinds, kind) == kinds.end()) kinds.push_back(kind);
        }
    }
    note.message += std::string("which machines ") + (one ? "it is" : "they are") + " for depends on more than the release (" + schancfg::join(kinds) + ')';
    return note;
}

}  // namespace schancfg::backend
