#include "schancfg/codec/ansible.hpp"

#include <algorithm>
#include <map>

#include "codec/write_rank.hpp"
#include "codec/yaml_text.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::codec {
namespace {

using registry::KeyPath;
using registry::Value;
using registry::WantedValue;

struct Group {
    std::string_view variable;
    std::string_view title;
};
// In the order in which they are written: protocols last, when what they need is there.
constexpr Group groups[] = {
    {"schancfg_dotnet", "Microsoft .NET"},           {"schancfg_winhttp", "WinHTTP"},
    {"schancfg_fips", "FIPS 140"},                   {"schancfg_schannel", "Schannel"},
    {"schancfg_elliptic_curves", "Elliptic curves"}, {"schancfg_cipher_suites", "Cipher suites"},
    {"schancfg_hashes", "Hashes"},                   {"schancfg_key_exchange_algorithms", "Key exchange algorithms"},
    {"schancfg_ciphers", "Ciphers"},                 {"schancfg_other", "Other values"},
    {"schancfg_protocols", "Protocols"},
};
enum : std::size_t { dotnet, winhttp, fips, schannel_root, curves, suites, hashes, key_exchanges, ciphers, other, protocols };

constexpr std::string_view schannel_path = "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL";

std::size_t group_of(const KeyPath& key, std::string_view name) {
    const auto below = [&](std::string_view path) { return key.is_within(KeyPath(registry::Root::local_machine, std::string(path))); };
    const std::string start(schannel_path);
    if (below(start + "\\Protocols")) return protocols;
    if (below(start + "\\Ciphers")) return ciphers;
    if (below(start + "\\Hashes")) return hashes;
    if (below(start + "\\KeyExchangeAlgorithms")) return key_exchanges;
    if (below(start)) return schannel_root;
    if (below("SYSTEM\\CurrentControlSet\\Control\\Lsa\\FipsAlgorithmPolicy")) return fips;
    if (below("SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration") || below("SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration")) {
        return utf::equal_no_case(name, "EccCurves") ? curves : suites;
    }
    for (const std::string_view root : {"SOFTWARE\\", "SOFTWARE\\Wow6432Node\\"}) {
        if (below(std::string(root) + "Microsoft\\.NETFramework")) return dotnet;
        if (below(std::string(root) + "Microsoft\\Windows\\CurrentVersion\\Internet Settings\\WinHttp")) return winhttp;
    }
    return other;
}

std::string hex_list(std::string_view bytes) {
    const std::string hex = registry::to_hex(bytes);
    std::string out;
    for (std::size_t i = 0; i < hex.size(); i += 2) out.append(i == 0 ? "'hex:" : ",").append(hex.substr(i, 2));
    return out.empty() ? "[]" : out + "'";
}

std::string list_of(const std::vector<std::string>& texts) {
    std::string out;
    for (const std::string& text : texts) out.append("\n          - ").append(yaml_text(text, 12));
    return out.empty() ? " []" : out;
}

// The lines `type` and `data` of a task; empty: the module would write other bytes.
std::string data_of(const Value& value) {
    const auto lines = [](std::string_view type, const std::string& data) { return "        type: " + std::string(type) + "\n        data:" + data + "\n"; };
    if (const auto number = value.as_dword()) return lines("dword", " " + std::to_string(*number));
    if (const auto number = value.as_qword()) return lines("qword", " " + std::to_string(*number));
    if (value.type == registry::reg_binary) return lines("binary", " " + hex_list(value.bytes));
    if (value.type == registry::reg_none) return lines("none", " " + hex_list(value.bytes));
    if (const auto text = value.as_string()) {
        if (Value::sz(*text) == value) return lines("string", " " + yaml_text(*text, 10));
        if (Value::expand_sz(*text) == value) return lines("expandstring", " " + yaml_text(*text, 10));
    }
    if (const auto texts = value.as_strings(); texts && Value::multi_sz(*texts) == value) return lines("multistring", list_of(*texts));
    return {};
}

std::string short_name(const KeyPath& key) {
    const std::string& path = key.path();
    const std::string start = std::string(schannel_path) + "\\";
    return utf::equal_no_case(std::string_view(path).substr(0, start.size()), start) ? path.substr(start.size()) : path;
}

struct Task {
    std::size_t group = other;
    int rank = 1;
    const WantedValue* item = nullptr;
    std::string text = {};
    bool looks = false;  ///< whether it is done depends on what the host holds
    std::vector<std::size_t> variants = {};
};

// Whether to write, by what win_regedit's sister win_reg_stat finds; empty: always, as win_regedit itself leaves what is there already.
std::string condition_on(const WantedValue& item, const std::string& held) {
    if (!item.value) return {};
    if (item.meets == registry::Meets::any_value) return item.absent_meets ? "false" : "not " + held + ".exists";
    if (item.meets == registry::Meets::dword_at_least) {
        const std::string smaller = held + ".type != 'REG_DWORD' or " + held + ".value | int < " + std::to_string(item.value->as_dword().value_or(0));
        return item.absent_meets ? held + ".exists and (" + smaller + ")" : "not " + held + ".exists or " + smaller;
    }
    return item.absent_meets ? held + ".exists" : "";
}

class Role {
public:
    explicit Role(const CarrierInput& input) : input_(input), conditional_(input.variants.size() > 1 || !input.variants.front().releases.empty()) {
        for (std::size_t i = 0; i < input.variants.size(); ++i) add(i);
        std::ranges::stable_sort(tasks_, [](const Task& a, const Task& b) {
            if (a.group != b.group) return a.group < b.group;
            if (a.rank != b.rank) return a.rank < b.rank;
            if (const auto order = a.item->key <=> b.item->key; order != 0) return order < 0;
            return utf::compare_no_case(a.item->name, b.item->name) < 0;
        });
        std::ranges::stable_sort(gaps_, [](const CarrierGap& a, const CarrierGap& b) {
            if (const auto order = a.key <=> b.key; order != 0) return order < 0;
            return utf::compare_no_case(a.value, b.value) < 0;
        });
    }

    Carried take() {
        Carried out;
        if (!tasks_.empty()) {
            out.files = {{"README.md", readme()}, {"defaults/main.yml", defaults()}, {"handlers/main.yml", handlers()}, {"meta/main.yml", meta()}, {"tasks/main.yml", tasks()}};
            if (conditional_) out.files.push_back({"vars/main.yml", vars()});
        }
        out.gaps = std::move(gaps_);
        return out;
    }

private:
    void add(std::size_t variant) {
        for (const WantedValue& item : input_.variants[variant].wanted.values) {
            if (item.key.root() != registry::Root::local_machine) {
                gap(item.key, item.name, "the role writes below HKLM alone");
                continue;
            }
            if (item.name.empty()) {
                gap(item.key, item.name, "to win_regedit an empty name means the whole key");
                continue;
            }
            std::string text = place_of(item);
            if (item.value) {
                const std::string data = data_of(*item.value);
                if (data.empty()) {
                    gap(item.key, item.name, "win_regedit writes data of this type in its regular form alone");
                    continue;
                }
                text += data + "        state: present\n";
            } else {
                text += "        state: absent\n";
            }
            if (!item.only_where_held.empty()) gap(item.key, item.name, std::string(condition_of(item)) + "; they are written everywhere");
            const std::string condition = condition_on(item, "held");
            const auto [at, is_new] = seen_.try_emplace(condition + "\n" + text, tasks_.size());
            if (is_new) tasks_.push_back({group_of(item.key, item.name), write_rank(item), &item, std::move(text), !condition.empty(), {}});
            tasks_[at->second].variants.push_back(variant);
        }
        for (const registry::WantedKey& key : input_.variants[variant].wanted.keys) {
            if (!key.present || key.clear_values) gap(key.key, {}, "the role removes values by their names, never whole keys");
        }
    }

    void gap(const KeyPath& key, const std::string& name, std::string reason) {
        const auto same = [&](const CarrierGap& each) { return each.key == key && utf::equal_no_case(each.value, name); };
        if (std::ranges::none_of(gaps_, same)) gaps_.push_back({key, name, std::move(reason)});
    }

    [[nodiscard]] std::string variant_name(std::size_t variant) const { return std::string(input_.variants[variant].releases.front()->id); }

    [[nodiscard]] std::string title() const { return plain_words(input_.name) + (input_.removal ? " (removal)" : ""); }

    [[nodiscard]] std::string tasks() const {
        std::string out = "---\n# TLS settings of Windows: " + title() + ". Made by schancfg.\n";
        if (conditional_) {
            out +=
                "- name: Refuse a Windows that this role is not for\n"
                "  ansible.builtin.assert:\n"
                "    that:\n"
                "      - schancfg_variant | length > 0\n"
                "    fail_msg: >-\n"
                "      This role is not for build {{ schancfg_build }} ({{ 'server' if schancfg_server | bool else 'client' }}).\n"
                "      It needs the facts of the host, or schancfg_build and schancfg_server.\n"
                "    quiet: true\n";
        }
        std::size_t group = std::size(groups);
        std::size_t looks = 0;
        for (const Task& task : tasks_) {
            if (task.group != group) {
                group = task.group;
                out.append(out.ends_with(".\n") ? "" : "\n").append("- name: ").append(groups[group].title);
                out.append("\n  when: ").append(groups[group].variable).append(" | bool\n  block:\n");
            } else {
                out += "\n";
            }
            const std::string label = plain_words(short_name(task.item->key)) + " " + plain_words(task.item->name);
            const std::string only = task.variants.size() == input_.variants.size() ? std::string{} : "schancfg_variant in schancfg_variants_" + set_name(task.variants);
            if (task.looks) out += look(task, label, only, ++looks);
            out.append("    - name: ").append(yaml_text((task.item->value ? "Set " : "Remove ") + label, 8)).append("\n");
            out.append("      ansible.windows.win_regedit:\n").append(task.text);
            if (!task.looks) {
                if (!only.empty()) out += "      when: " + only + "\n";
            } else {
                out += "      when:\n" + (only.empty() ? std::string{} : "        - " + only + "\n") + "        - " + condition_on(*task.item, held_name(looks)) + "\n";
            }
            out += "      notify: Restart Windows for TLS settings\n";
        }
        return out;
    }

    static std::string held_name(std::size_t number) { return "schancfg_held_" + std::to_string(number); }

    static std::string look(const Task& task, const std::string& label, const std::string& only, std::size_t number) {
        std::string out = "    - name: " + yaml_text("Look at " + label, 8) + "\n      ansible.windows.win_reg_stat:\n" + place_of(*task.item);
        if (!only.empty()) out += "      when: " + only + "\n";
        return out + "      register: " + held_name(number) + "\n\n";
    }

    static std::string place_of(const WantedValue& item) {
        return "        path: " + yaml_text("HKLM:\\" + item.key.path(), 10) + "\n        name: " + yaml_text(item.name, 10) + "\n";
    }

    static std::string set_name(const std::vector<std::size_t>& variants) {
        std::string out;
        for (const std::size_t each : variants) out.append(out.empty() ? "" : "_").append(std::to_string(each));
        return out;
    }

    [[nodiscard]] std::string defaults() const {
        std::string out = "---\n# Which parts are written.\n";
        for (std::size_t group = 0; group < std::size(groups); ++group) {
            if (has(group)) out.append(groups[group].variable).append(": true\n");
        }
        out += "\n# Restart Windows when something was written.\nschancfg_restart: false\n";
        if (conditional_) {
            out +=
                "\n# What Windows the host is, by its facts; may be given instead.\n"
                "schancfg_build: \"{{ (ansible_facts['distribution_version'] | default('0.0.0')).split('.')[2] }}\"\n"
                "schancfg_server: \"{{ 'Server' in (ansible_facts['os_installation_type'] | default('')) }}\"\n";
        }
        return out;
    }

    [[nodiscard]] bool has(std::size_t group) const {
        return std::ranges::any_of(tasks_, [&](const Task& each) { return each.group == group; });
    }

    static std::string handlers() {
        return "---\n- name: Restart Windows for TLS settings\n  ansible.windows.win_reboot:\n  when: schancfg_restart | bool\n";
    }

    [[nodiscard]] std::string meta() const {
        return "---\ngalaxy_info:\n  role_name: schancfg\n  author: schancfg\n  description: " + yaml_text("TLS settings of Windows: " + title(), 4) +
               "\n  license: MIT\n  min_ansible_version: '2.14'\n  platforms:\n    - name: Windows\n      versions:\n        - all\n  galaxy_tags:\n    - windows\n    - tls\ndependencies: []\n";
    }

    // A machine is named by its build and kind; a variant by its first release.
    [[nodiscard]] std::string vars() const {
        std::string out = "---\nschancfg_known:\n";
        std::map<std::pair<std::uint32_t, bool>, std::size_t> builds;
        for (std::size_t i = 0; i < input_.variants.size(); ++i) {
            for (const facts::Release* release : input_.variants[i].releases) {
                const std::uint32_t build = release->build.number;
                builds.try_emplace({build, release->server}, i);
                // Service packs: KB936330, KB948465, KB976932.
                if (build == 7600) builds.try_emplace({7601, release->server}, i);
                if (build == 6000 && !release->server) {
                    builds.try_emplace({6001, false}, i);
                    builds.try_emplace({6002, false}, i);
                }
            }
        }
        for (const auto& [machine, variant] : builds) {
            out += "  " + std::to_string(machine.first) + (machine.second ? " server: " : " client: ") + variant_name(variant) + "\n";
        }
        out += "schancfg_machine: \"{{ schancfg_build ~ (' server' if schancfg_server | bool else ' client') }}\"\nschancfg_variant: \"{{ schancfg_known[schancfg_machine] | default('') }}\"\n";
        std::map<std::string, const Task*> sets;
        for (const Task& task : tasks_) {
            if (task.variants.size() != input_.variants.size()) sets.try_emplace(set_name(task.variants), &task);
        }
        for (const auto& [name, task] : sets) {
            out += "schancfg_variants_" + name + ":\n";
            for (const std::size_t variant : task->variants) out += "  - " + variant_name(variant) + "\n";
        }
        return out;
    }

    [[nodiscard]] std::string readme() const {
        std::string out = "# TLS settings of Windows: " + title() + "\n\nA role for Ansible, made by schancfg. ";
        out += input_.removal ? "It removes what the role without `removal` has set: each value becomes what an untouched installation has.\n" : "Each value is a task of `ansible.windows.win_regedit`.\n";
        if (!input_.description.empty()) out += "\n" + plain_words(input_.description) + "\n";
        out += "\n1. Put this folder into `roles/`, for example as `roles/schancfg`, and install the collection: `ansible-galaxy collection install ansible.windows`.\n"
               "2. Name the role in a play for Windows hosts" + std::string(conditional_ ? " that gathers facts" : "") + ": `roles: [schancfg]`.\n"
               "3. Look first: `ansible-playbook -i INVENTORY PLAY.yml --check --diff` lists each value that would change and writes nothing.\n"
               "4. Run the play itself. A second run changes nothing.\n"
               "5. Restart the hosts for all of it to be in force, or let the role do it: `schancfg_restart: true`.\n";
        out += "\n| variable | default | meaning |\n| --- | --- | --- |\n";
        for (std::size_t group = 0; group < std::size(groups); ++group) {
            if (has(group)) out.append("| `").append(groups[group].variable).append("` | true | write these: ").append(groups[group].title).append(" |\n");
        }
        out += "| `schancfg_restart` | false | restart Windows when something was written |\n";
        if (conditional_) {
            out += "| `schancfg_build` | from the facts | build number of the host, where no facts are gathered |\n| `schancfg_server` | from the facts | is it a server? |\n";
            out += "\nA host of a release that the role is not for fails at the first task, and nothing is written there.\n";
        }
        out += "\nThe role writes the data that the profile names, also where other data already mean the same to Windows.\n";
        if (!gaps_.empty()) {
            out += "\nNot in this role:\n\n";
            for (const CarrierGap& each : gaps_) out += "- " + plain_words(each.key.to_string() + (each.value.empty() ? "" : "\\" + each.value) + ": " + each.reason) + "\n";
        }
        return out;
    }

    const CarrierInput& input_;
    bool conditional_;
    std::vector<Task> tasks_;
    std::map<std::string, std::size_t> seen_;
    std::vector<CarrierGap> gaps_;
};

}  // namespace

Result<Carried> encode_ansible(const CarrierInput& input) { return Role(input).take(); }

}  // namespace schancfg::codec
