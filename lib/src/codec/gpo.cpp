#include "schancfg/codec/gpo.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "codec/gpo_metadata.hpp"
#include "codec/pol_writer.hpp"
#include "codec/policy_asks.hpp"
#include "schancfg/codec/gpt_tmpl_inf.hpp"

namespace schancfg::codec {
namespace {

using registry::KeyPath;
using registry::Root;

bool is_policy(const KeyPath& key) {
    static const KeyPath policies(Root::local_machine, "SOFTWARE\\Policies");
    return key.is_within(policies);
}

// What the editor of policies keeps among the security options; the client's security extension writes it.
bool is_security_option(const GppAsk& ask) {
    static const KeyPath fips(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\Lsa\\FIPSAlgorithmPolicy");
    return !ask.whole_key && ask.item.key == fips && ask.item.name == "Enabled" && ask.item.value && ask.item.value->as_dword();
}

struct Part {
    std::vector<PolEntry> policies;
    std::vector<registry::WantedValue> security;
    std::vector<GppAsk> preferences;
    std::vector<CarrierGap> gaps;
};

// Policies and security options have no conditions: where releases are asked for parts of one list, Preferences, which the client applies after them, write those parts.
Part parted(const std::vector<CarrierVariant>& variants) {
    Part out;
    const bool for_all = variants.size() == 1 && variants.front().releases.empty();
    for_each_value(asks_of(variants, out.gaps), [&](const GppAsk* first, std::size_t count) {
        const GppAsk* base = for_every_release(first, count, variants);
        std::string reason;
        bool taken = false;
        if (base != nullptr && is_policy(base->item.key) && !base->whole_key) {
            if (auto entry = pol_entry(*base, reason)) {
                out.policies.push_back(std::move(*entry));
                taken = true;
            }
        } else if (base != nullptr && count == 1 && is_security_option(*base)) {
            out.security.push_back(base->item);
            taken = true;
        }
        if (taken && !for_all) {
            out.gaps.push_back({first->item.key, first->item.name, std::string(is_policy(first->item.key) ? "registry.pol" : "GptTmpl.inf") + " has no conditions: link the policy to machines that the profile is for, and to no others"});
        }
        for (std::size_t at = 0; at < count; ++at) {
            if (!taken || first + at != base) out.preferences.push_back(first[at]);
        }
    });
    sort_entries(out.policies);
    return out;
}

void add_backup(Carried& out, std::vector<BackupHead>& heads, const CarrierInput& input, const std::vector<CarrierVariant>& variants, bool removal) {
    Part part = parted(variants);
    std::vector<CarrierFile> files;
    const std::string machine = "DomainSysvol/GPO/Machine/";
    if (!part.policies.empty()) files.push_back({machine + "registry.pol", encode_pol(part.policies)});
    if (!part.security.empty()) files.push_back({machine + "microsoft/windows nt/SecEdit/GptTmpl.inf", encode_gpt_tmpl(part.security)});
    if (std::string text = encode_gpp(std::move(part.preferences), part.gaps); !text.empty()) files.push_back({machine + "Preferences/Registry/Registry.xml", std::move(text)});
    std::ranges::move(part.gaps, std::back_inserter(out.gaps));
    if (files.empty()) return;
    BackupHead head = backup_head(input, removal, files);
    files.push_back({"DomainSysvol/GPO/GPT.INI", gpt_ini(files)});
    files.push_back({"Backup.xml", backup_xml(head, files)});
    files.push_back({"bkupInfo.xml", backup_info_xml(head)});
    for (CarrierFile& file : files) out.files.push_back({head.id + '/' + file.path, std::move(file.bytes)});
    heads.push_back(std::move(head));
}

}  // namespace

Result<Carried> encode_gpo_carrier(const CarrierInput& input) {
    Carried out;
    std::vector<BackupHead> heads;
    add_backup(out, heads, input, input.variants, input.removal);
    if (out.files.empty()) {
        sort_gaps(out.gaps);
        return out;
    }
    if (!input.removals.empty()) add_backup(out, heads, input, input.removals, true);
    out.files.push_back({"manifest.xml", manifest_xml(heads)});
    std::ranges::sort(out.files, {}, &CarrierFile::path);
    sort_gaps(out.gaps);
    return out;
}

}  // namespace schancfg::codec
