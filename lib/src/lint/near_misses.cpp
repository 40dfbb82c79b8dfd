// Keys that are nearly right: Windows reads nothing there, and anyone who wrote them believes that something is set.
#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "lint/subject.hpp"
#include "schancfg/ascii.hpp"
#include "schancfg/facts/algorithms.hpp"
#include "schancfg/nearest.hpp"
#include "schancfg/schannel/managed.hpp"
#include "schancfg/utf.hpp"
#include "schancfg/text.hpp"
#include "words.hpp"

namespace schancfg::lint {
namespace {

std::string in_schannel(std::string_view rest) { return std::string(schannel_path).append(1, '\\').append(rest); }

/// Paths below HKLM that Windows reads, without those that rows spell with placeholders.
const std::vector<std::string>& known_paths() {
    static const std::vector<std::string> all = [] {
        std::set<std::string> paths;
        for (const facts::RegistryValue& row : facts::registry_values()) {
            if (row.hive == "HKLM" && row.key.find_first_of("<{*") == std::string_view::npos) paths.emplace(row.key);
        }
        for (const facts::Protocol& protocol : facts::protocols()) {
            for (const std::string_view role : {"\\Client", "\\Server"}) paths.insert(in_schannel(std::string("Protocols\\").append(protocol.name).append(role)));
        }
        return std::vector<std::string>(paths.begin(), paths.end());
    }();
    return all;
}

/// Letters and digits alone, folded: `TLS1.0` and `tls 1.0` are the same word.
std::string bare(std::string_view text) {
    std::string out;
    for (const char c : utf::fold_case(text)) {
        if (ascii::is_alphanumeric(c)) out += c;
    }
    return out;
}

/// `TLS 1.0` for `TLS1.0`, `SHA` for `SHA1`, `DES 56/56` for `DES 56`; empty: none is near.
std::string_view nearest_name(std::string_view word, std::span<const std::string_view> names) {
    const std::string own = bare(word);
    if (own.size() < 3) return {};
    for (const std::string_view name : names) {
        if (bare(name) == own) return name;
    }
    if (const std::string_view near = nearest(word, names); !near.empty()) return near;
    std::string_view best;
    for (const std::string_view name : names) {
        const std::string other = bare(name);
        const bool prefix = own.starts_with(other) || other.starts_with(own);
        if (prefix && name.size() > best.size()) best = name;
    }
    return best;
}

/// What people call it who know it from suites.
std::string_view by_other_name(std::string_view word) {
    constexpr std::pair<std::string_view, std::string_view> names[] = {{"DH", "Diffie-Hellman"}, {"DHE", "Diffie-Hellman"}, {"RSA", "PKCS"}, {"3DES", "Triple DES 168"}, {"3DES 168", "Triple DES 168"}};
    const auto* found = std::ranges::find_if(names, [word](const auto& each) { return utf::equal_no_case(each.first, word); });
    return found == std::end(names) ? std::string_view{} : found->second;
}

std::vector<std::string_view> parts_of(std::string_view path) {
    std::vector<std::string_view> out;
    while (!path.empty()) {
        const std::size_t end = path.find('\\');
        out.push_back(path.substr(0, end));
        path = end == std::string_view::npos ? std::string_view{} : path.substr(end + 1);
    }
    return out;
}

template <class Rows>
std::vector<std::string_view> names_of(const Rows& rows) {
    std::vector<std::string_view> out;
    for (const auto& row : rows) out.push_back(row.name);
    return out;
}

/// Some names are handed on and were never read; one of Server 2003 has another since (KB245030).
bool is_read(const facts::Algorithm& algorithm) {
    return algorithm.confidence != facts::Confidence::folklore && algorithm.name != "Triple DES 168/168";
}

std::vector<std::string_view> read_names(std::span<const facts::Algorithm> rows) {
    std::vector<std::string_view> out;
    for (const facts::Algorithm& row : rows) {
        if (is_read(row)) out.push_back(row.name);
    }
    return out;
}

struct Section {
    std::string_view key;
    std::vector<std::string_view> names;
};

const std::array<Section, 4>& sections() {
    static const std::array<Section, 4> all{Section{"Protocols", names_of(facts::protocols())}, Section{"Ciphers", read_names(facts::ciphers())},
                                            Section{"Hashes", read_names(facts::hashes())},
                                            Section{"KeyExchangeAlgorithms", read_names(facts::key_exchanges())}};
    return all;
}

struct Miss {
    std::string right;   ///< the path that is meant, below HKLM
    bool split = false;  ///< a name was split at its slash
    bool numbered = false;  ///< in a numbered control set
};

std::optional<Miss> below_schannel(std::string_view below) {
    std::vector<std::string_view> parts = parts_of(below);
    static const std::vector<std::string_view> section_names{"Protocols", "Ciphers", "Hashes", "KeyExchangeAlgorithms", "Messaging"};
    if (parts.empty()) return std::nullopt;
    const auto own = std::ranges::find_if(sections(), [&](const Section& section) { return utf::equal_no_case(section.key, parts[0]); });
    if (own == sections().end()) {
        const std::string_view near = nearest_name(parts[0], section_names);
        if (near.empty() || utf::equal_no_case(near, parts[0])) return std::nullopt;
        std::string right(near);
        for (std::size_t i = 1; i < parts.size(); ++i) right.append(1, '\\').append(parts[i]);
        return Miss{in_schannel(right)};
    }
    if (parts.size() < 2) return std::nullopt;
    const bool of_protocols = own == sections().begin();
    if (!of_protocols && parts.size() == 3) {
        const std::string joined = std::string(parts[1]).append(1, '/').append(parts[2]);
        for (const std::string_view name : own->names) {
            if (utf::equal_no_case(name, joined)) return Miss{in_schannel(std::string(own->key).append(1, '\\').append(name)), true};
        }
    }
    std::string_view name;
    for (const std::string_view each : own->names) {
        if (utf::equal_no_case(each, parts[1])) name = each;
    }
    const bool known = !name.empty();
    if (!known) name = by_other_name(parts[1]);
    if (!known && std::ranges::find(own->names, name) == own->names.end()) name = nearest_name(parts[1], own->names);
    if (name.empty()) return std::nullopt;
    std::string right = std::string(own->key).append(1, '\\').append(name);
    if (of_protocols && parts.size() == 3) {
        static const std::vector<std::string_view> roles{"Client", "Server"};
        const std::string_view role = nearest_name(parts[2], roles);
        if (role.empty()) return std::nullopt;
        if (known && utf::equal_no_case(role, parts[2])) return std::nullopt;
        right.append(1, '\\').append(role);
    } else if (known) {
        return std::nullopt;
    }
    return Miss{in_schannel(right)};
}

/// One slip of up to three characters, or as many left out: what remains between what both begin and end with.
bool is_slip(std::string_view a, std::string_view b) {
    constexpr std::size_t most = 3;
    const auto [x, y] = std::ranges::mismatch(a, b);
    const auto start = static_cast<std::size_t>(x - a.begin());
    a.remove_prefix(start);
    b.remove_prefix(start);
    while (!a.empty() && !b.empty() && a.back() == b.back()) {
        a.remove_suffix(1);
        b.remove_suffix(1);
    }
    return a.size() <= most && b.size() <= most;
}

std::optional<Miss> elsewhere(std::string_view path) {
    const std::string folded = utf::fold_case(path);
    // A numbered set is a copy that Windows has made; only the current one is read.
    static const std::string set = utf::fold_case("SYSTEM\\ControlSet"), current = "SYSTEM\\CurrentControlSet";
    if (folded.starts_with(set) && folded.find('\\', set.size()) == set.size() + 3) {
        const std::string right = current + std::string(path.substr(set.size() + 3));
        if (schannel::is_managed(registry::KeyPath(registry::Root::local_machine, right))) return Miss{.right = right, .numbered = true};
        return std::nullopt;
    }
    constexpr std::array<std::string_view, 4> words{"SECURITYPROVIDER", "CRYPTOGRAPHY", "NETFRAMEWORK", "WINHTTP"};
    const std::string letters = bare(path);
    if (std::ranges::none_of(words, [&](std::string_view word) { return letters.contains(utf::fold_case(word)); })) return std::nullopt;
    // .NET Framework 3.x and 2.0 share one runtime, all of 4.x another.
    static const std::string dotnet = utf::fold_case("\\.NETFramework\\v");
    if (const std::size_t at = folded.rfind(dotnet); at != std::string::npos) {
        const std::string_view version = std::string_view(path).substr(at + dotnet.size() - 1);
        const std::string_view right = version.starts_with("v4") ? "v4.0.30319" : version.starts_with("v2") || version.starts_with("v3") ? "v2.0.50727" : "";
        const bool plain = !version.contains('\\');
        if (plain && !right.empty() && !utf::equal_no_case(version, right)) return Miss{std::string(path.substr(0, at + dotnet.size() - 1)).append(right)};
    }
    const std::string* near = nullptr;
    for (const std::string& known : known_paths()) {
        const std::string other = utf::fold_case(known);
        if (other == folded) return std::nullopt;
        if (near == nullptr && is_slip(folded, other)) near = &known;
    }
    if (near != nullptr) return Miss{*near};
    // What stands below a SCHANNEL key that is nearly right.
    const std::vector<std::string_view> parts = parts_of(path);
    static const std::size_t depth = parts_of(schannel_path).size();
    if (parts.size() <= depth) return std::nullopt;
    const auto end = static_cast<std::size_t>(parts[depth].data() - path.data()) - 1;
    static const std::string other = utf::fold_case(schannel_path);
    if (is_slip(utf::fold_case(path.substr(0, end)), other)) return Miss{std::string(schannel_path).append(path.substr(end))};
    return std::nullopt;
}

/// Of a key that holds a value which no row knows.
std::optional<Miss> miss_of(const registry::KeyPath& key, bool in_schannel) {
    if (!is_ascii(key.path()) || key.root() != registry::Root::local_machine) return std::nullopt;
    const std::string_view path = key.path();
    if (!in_schannel) return elsewhere(path);
    return below_schannel(path.size() > schannel_path.size() ? path.substr(schannel_path.size() + 1) : std::string_view{});
}

/// A switch by a name that Windows read before Vista.
bool is_outdated(const Item& item) {
    const std::string_view name = item.wanted->key.name();
    return std::ranges::any_of(facts::ciphers(), [&](const facts::Algorithm& cipher) { return !is_read(cipher) && utf::equal_no_case(cipher.name, name); });
}

bool has_current_set(const Subject& subject) {
    static const registry::KeyPath current(registry::Root::local_machine, "SYSTEM\\CurrentControlSet");
    return std::ranges::any_of(subject.items(), [](const Item& item) { return item.wanted->key.is_within(current); });
}

/// What is known of a key that holds a value which no row knows.
struct Judged {
    std::optional<Miss> miss;             ///< another key is meant
    std::vector<std::string_view> names;  ///< that rows know in it, where it is one of Schannel's or of a layer above
};

Judged judge_key(const registry::KeyPath& key, bool in_schannel) {
    Judged judged{.miss = miss_of(key, in_schannel), .names = {}};
    // Other keys, as that of FIPS mode, hold values of other components as well.
    const auto holds = [path = utf::fold_case(key.path())](std::string_view word) { return path.contains(utf::fold_case(word)); };
    constexpr std::array<std::string_view, 3> of_layers{"\\Cryptography\\Configuration\\", "\\.NETFramework\\", "\\WinHttp"};
    if (judged.miss || (!in_schannel && std::ranges::none_of(of_layers, holds))) return judged;
    for (const facts::RegistryValue& row : facts::registry_values()) {
        if (utf::equal_no_case(row.key, key.path())) judged.names.push_back(row.name);
    }
    return judged;
}

std::string_view near_value(const Judged& judged, std::string_view name) {
    const std::string_view near = nearest(name, judged.names);
    return utf::equal_no_case(near, name) ? std::string_view{} : near;
}

}  // namespace

std::vector<Span> take_lines_outside(registry::Patch& patch) {
    static const registry::KeyPath schannel(registry::Root::local_machine, std::string(schannel_path));
    std::map<registry::KeyPath, Judged> of_key;
    auto last = of_key.end();
    std::vector<Span> out;
    std::erase_if(patch.operations, [&](const registry::Operation& operation) {
        // That it is there says nothing, where nothing of ours is in it.
        if (operation.op == registry::Op::create_key) return !schannel::is_managed(operation.key);
        const bool of_value = operation.op == registry::Op::set_value || operation.op == registry::Op::erase_value;
        const bool outside = of_value ? schannel::permission(operation.key, operation.name) == schannel::Permission::outside : !schannel::is_managed(operation.key);
        if (!outside) return false;
        if (last == of_key.end() || last->first != operation.key) {
            const auto [found, first] = of_key.try_emplace(operation.key);
            if (first) found->second = judge_key(operation.key, operation.key.is_within(schannel));
            last = found;
        }
        const bool near = last->second.miss || (operation.op == registry::Op::set_value && !near_value(last->second, operation.name).empty());
        if (!near) out.push_back(patch.place_of(operation));
        return !near;
    });
    return out;
}

// A key that is wrong is reported once, a value's name each time.
void lint_near_misses(Subject& subject) {
    std::map<registry::KeyPath, Judged> of_key;
    bool numbered = false;
    for (const Item& item : subject.items()) {
        if (item.value() == nullptr) continue;
        // A row may say no more than that Windows reads nothing there, or did so before Vista.
        const bool unread = item.row == nullptr || schannel::permission(item.wanted->key, item.wanted->name) == schannel::Permission::remove_only;
        if (!unread && !is_outdated(item)) continue;
        const registry::KeyPath& key = item.wanted->key;
        const auto [found, first] = of_key.try_emplace(key);
        if (first) found->second = judge_key(key, item.in_schannel);
        if (const auto& miss = found->second.miss) {
            if (!first) continue;
            subject.note_near_miss(key);
            // Beside the current set its copy is ignored; alone it is one mistake, however many keys it holds.
            if (!unread && subject.number(miss->right, item.wanted->name) == item.number()) continue;  // set beside the name of today
            if (miss->numbered && (has_current_set(subject) || std::exchange(numbered, true))) continue;
            const std::string own = quote(key.to_string()), right = quote("HKLM\\" + miss->right);
            subject.report(miss->split ? Rule::split_at_slash : Rule::near_miss_key, item,
                           miss->split ? own + " is not a key that Windows reads: " + quote(miss->right.substr(miss->right.rfind('\\') + 1)) +
                                             " was split at its slash; the key is " + right
                                       : "Windows reads nothing in " + own + "; did you mean " + right + "?");
            continue;
        }
        if (const std::string_view near = near_value(found->second, item.wanted->name); !near.empty()) {
            subject.note_near_miss(key);
            subject.report(Rule::near_miss_key, item, "Windows reads no value " + quote(item.wanted->name) + " in " + quote(key.to_string()) +
                                                      "; did you mean " + quote(near) + "?");
        }
    }
}

}  // namespace schancfg::lint
