#include "profile_sections.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "profile_computed.hpp"
#include "profile_words.hpp"
#include "schancfg/ascii.hpp"
#include "schancfg/facts/cipher_suites.hpp"
#include "schancfg/facts/curves.hpp"
#include "schancfg/schannel/managed.hpp"
#include "schancfg/schannel/spelling.hpp"
#include "schancfg/text.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::codec::profile {
namespace {

using schannel::Form;
using schannel::PathNode;
using schannel::Setting;
using schannel::WriteList;

using What = decltype(schannel::Entry::what);
using Path = std::vector<std::string_view>;

// Sections whose tables are named after something of Windows, and where its keys are below SCHANNEL.
struct Named {
    std::string_view section, noun, key, below;
};
constexpr Named named_sections[] = {{"protocols", "protocol", "Protocols", "Client"},
                                    {"ciphers", "cipher", "Ciphers", ""},
                                    {"hashes", "hash", "Hashes", ""},
                                    {"key_exchange_algorithms", "key exchange algorithm", "KeyExchangeAlgorithms", ""}};

std::vector<std::string_view> words_of(const Setting& setting) {
    std::vector<std::string_view> words;
    for (const schannel::Word& word : setting.words) words.push_back(word.word);
    return words;
}

// Words that stand in a list, and the one that stands alone.
std::vector<std::string_view> list_words(const Setting& setting) {
    std::vector<std::string_view> words;
    for (const schannel::Word& word : setting.words) {
        if (word.number != 0) words.push_back(word.word);
    }
    return words;
}
std::vector<std::string_view> lone_words(const Setting& setting) {
    std::vector<std::string_view> words;
    if (setting.form == Form::flags) {
        for (const schannel::Word& word : setting.words) {
            if (word.number == 0) words.push_back(word.word);
        }
    }
    words.insert(words.end(), std::begin(reserved_words), std::end(reserved_words));
    return words;
}

// What would be right at this node.
std::string expected(const PathNode& node) {
    std::string text;
    if (!node.settings.empty()) {
        const Setting& setting = *node.settings.front();
        const std::string others = ", " + any_of(lone_words(setting));
        switch (setting.form) {
            case Form::word: {
                auto words = words_of(setting);
                words.insert(words.end(), std::begin(reserved_words), std::end(reserved_words));
                text = any_of(words);
                break;
            }
            case Form::boolean: text = "true, false" + others; break;
            case Form::number:
                text = "a number from " + std::to_string(setting.minimum) + " to " + std::to_string(setting.maximum) + others;
                break;
            case Form::flags:
            case Form::protocols: text = "a list of " + any_of(list_words(setting)) + others; break;
            case Form::suites: text = "a list of cipher suites" + others; break;
            case Form::curves: text = "a list of elliptic curves" + others; break;
            case Form::signatures: text = "a list of signature algorithms such as \"RSAE-PSS/SHA256\"" + others; break;
        }
    }
    if (node.children.empty()) return "write " + text;
    std::vector<std::string_view> keys;
    keys.reserve(node.children.size());
    for (const PathNode& child : node.children) keys.push_back(child.word);
    std::string table = "a table";
    if (keys.size() <= 6) table += " with " + any_of(keys);
    return "write " + (text.empty() ? table : text + ", or " + table);
}

class SectionReader {
public:
    SectionReader(DocumentErrors& report, Drafts& drafts) : report_(report), drafts_(drafts) {}

    void walk(const PathNode& node, const Node& value, DocumentPlace key) {
        path_.push_back(node.word);
        if (value.kind == Node::Kind::table && !node.children.empty()) {
            walk_table(node, value);
        } else if (value.kind == Node::Kind::table || node.settings.empty()) {
            wrong_type(report_, value.place, here(), value, expected(node));
        } else {
            read_value(node, value, key);
        }
        path_.pop_back();
    }

private:
    [[nodiscard]] std::string here() const { return schannel::toml_path(path_); }

    void walk_table(const PathNode& node, const Node& table) {
        const PathNode* order = node.find("order");
        const Setting* computable = order == nullptr || !is_computable(*order->settings.front()) ? nullptr : order->settings.front();
        if (computable != nullptr) decode_computed_list(here(), *computable, table, report_, drafts_);
        std::map<const PathNode*, const Member*> seen;
        for (const Member& member : table.members) {
            if (computable != nullptr && is_computed_key(member.key)) continue;
            const PathNode* child = node.find(member.key);
            if (child == nullptr) {
                unknown_key(node, member);
                continue;
            }
            const auto [first, is_new] = seen.emplace(child, &member);
            if (!is_new) {
                report_.error(member.place, "profile-duplicate",
                              quote(member.key) + " is given twice, in line " + std::to_string(first->second->place.line) +
                                  " as " + quote(first->second->key),
                              "keep one of them");
                continue;
            }
            walk(*child, member.value, member.place);
        }
    }

    void unknown_key(const PathNode& node, const Member& member) {
        const auto* section = std::ranges::find(named_sections, path_.front(), &Named::section);
        const bool is_name = path_.size() == 1 && section != std::end(named_sections);
        if (is_name && explain_name(*section, member)) return;
        std::vector<std::string_view> candidates;
        candidates.reserve(node.children.size());
        for (const PathNode& child : node.children) candidates.push_back(child.word);
        if (const PathNode* order = node.find("order"); order != nullptr && is_computable(*order->settings.front())) {
            candidates.insert(candidates.end(), std::begin(computed_keys), std::end(computed_keys));
        }
        const std::string complaint = is_name ? "unknown " + std::string(section->noun) : here() + " has no key";
        std::string elsewhere = full_path(member.key);
        if (!elsewhere.empty()) elsewhere = "its place is " + elsewhere;
        unknown_word(report_, member.place, complaint, member.key, candidates, std::move(elsewhere));
    }

    // The full path of a value that is called so somewhere else; empty when none is.
    static std::string full_path(std::string_view word) {
        for (const Setting& setting : schannel::settings()) {
            if (setting.path().back() == word) return schannel::toml_path(setting.paths.front());
        }
        return {};
    }

    // Names that sources mention and profiles do not have.
    bool explain_name(const Named& section, const Member& member) {
        const std::string name = quote(member.key);
        if (utf::equal_no_case(member.key, "DTLS 1.1")) {
            report_.error(member.place, "profile-unknown-name", "there is no " + name,
                          "DTLS 1.0 is TLS 1.1 over datagrams, DTLS 1.2 is TLS 1.2; write \"DTLS 1.0\" or \"DTLS 1.2\"");
            return true;
        }
        if (member.key.find('\\') != std::string::npos) return false;
        registry::KeyPath key(registry::Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL");
        key = key.child(section.key).child(member.key).below(section.below);
        const auto permission = schannel::permission(key, "Enabled");
        if (permission == schannel::Permission::raw_only) {
            report_.error(member.place, "profile-unknown-name", "no document of Microsoft's knows " + name,
                          "if you must, write it as a raw value in [registry]");
            return true;
        }
        if (permission == schannel::Permission::remove_only) {
            report_.error(member.place, "profile-unknown-name", "Windows does not know " + name,
                          "it can only be removed: write \"default\" for its values in [registry]");
            return true;
        }
        return false;
    }

    void read_value(const PathNode& node, const Node& value, DocumentPlace key) {
        if (value.kind == Node::Kind::string && value.text == "default") return ask(node, schannel::FollowDefault{}, key);
        if (value.kind == Node::Kind::string && value.text == "unmanaged") return ask(node, schannel::Unmanaged{}, key);
        switch (node.settings.front()->form) {
            case Form::word: return read_word(node, value, key);
            case Form::boolean: return read_boolean(node, value, key);
            case Form::number: return read_number(node, value, key);
            case Form::flags: return read_flags(node, value, key);
            case Form::protocols:
            case Form::suites:
            case Form::curves: return read_list(node, value, key);
            case Form::signatures: return read_signatures(node, value, key);
        }
    }

    // The same of every value that this node is about.
    void ask(const PathNode& node, const What& what, DocumentPlace key) {
        for (const Setting* setting : node.settings) ask(*setting, what, key);
    }
    void ask(const Setting& setting, What what, DocumentPlace key) { ask(setting, std::move(what), key, setting.protocol); }
    void ask(const Setting& setting, What what, DocumentPlace key, std::string_view protocol) {
        drafts_.push_back({.entry = {.key = setting.key,
                                     .value_name = setting.value_name,
                                     .what = std::move(what),
                                     .protocol = std::string(protocol),
                                     .raw = false,
                                     .origin = report_.span(key)},
                           .detail = path_.size(),
                           .place = key});
    }

    void read_word(const PathNode& node, const Node& value, DocumentPlace key) {
        if (value.kind != Node::Kind::string) return wrong_type(report_, value.place, here(), value, expected(node));
        const auto words = words_of(*node.settings.front());
        const auto found = std::ranges::find(words, value.text);
        if (found == words.end()) return unknown_value(node, value);
        const auto index = static_cast<std::size_t>(found - words.begin());
        // `disabled` harms nothing where the release lacks the protocol, and scanners look for it: no release leaves it out.
        const bool always = value.text == "disabled";
        for (const Setting* setting : node.settings) {
            ask(*setting, setting->write(setting->words[index].number), key, always ? std::string_view{} : setting->protocol);
        }
    }

    // A string that is none of the words: the nearest, or all that would be right.
    void unknown_value(const PathNode& node, const Node& value) {
        const Setting& setting = *node.settings.front();
        auto words = lone_words(setting);
        if (setting.form == Form::word) {
            const auto more = words_of(setting);
            words.insert(words.begin(), more.begin(), more.end());
        }
        std::string right = expected(node);
        if (value.text == "on-request") right = "that is for protocols; " + right;
        unknown_word(report_, value.place, here() + " cannot be", value.text, words, std::move(right));
    }

    void read_boolean(const PathNode& node, const Node& value, DocumentPlace key) {
        if (value.kind == Node::Kind::string) return unknown_value(node, value);
        if (value.kind != Node::Kind::boolean) return wrong_type(report_, value.place, here(), value, expected(node));
        for (const Setting* setting : node.settings) ask(*setting, setting->write(value.number != 0 ? 1 : 0), key);
    }

    void read_number(const PathNode& node, const Node& value, DocumentPlace key) {
        if (value.kind == Node::Kind::string) return unknown_value(node, value);
        if (value.kind != Node::Kind::integer) return wrong_type(report_, value.place, here(), value, expected(node));
        const Setting& setting = *node.settings.front();
        if (value.number < setting.minimum || value.number > setting.maximum) {
            report_.error(value.place, "profile-out-of-range", here() + " is " + std::to_string(value.number), expected(node));
            return;
        }
        for (const Setting* each : node.settings) ask(*each, each->write(static_cast<std::uint32_t>(value.number)), key);
    }

    void read_flags(const PathNode& node, const Node& value, DocumentPlace key) {
        const Setting& setting = *node.settings.front();
        if (value.kind == Node::Kind::string) {
            const auto* lone = std::ranges::find_if(
                setting.words, [&](const schannel::Word& word) { return word.number == 0 && word.word == value.text; }).base();
            if (lone == setting.words.data() + setting.words.size()) return unknown_value(node, value);
            for (const Setting* each : node.settings) ask(*each, each->write(0), key);
            return;
        }
        if (value.kind != Node::Kind::array) return wrong_type(report_, value.place, here(), value, expected(node));
        const auto words = list_words(setting);
        std::uint32_t number = 0;
        for (const Node* item : decode_strings(here(), value, report_)) {
            const auto found = std::ranges::find(setting.words, item->text, &schannel::Word::word);
            if (found == setting.words.end() || found->number == 0) {
                unknown_word(report_, item->place, here() + " cannot hold", item->text, words);
            } else {
                number |= found->number;
            }
        }
        if (number == 0) return;
        for (const Setting* each : node.settings) ask(*each, each->write(number), key);
    }

    // Suites, curves, or protocols.
    void read_list(const PathNode& node, const Node& value, DocumentPlace key) {
        const Setting& setting = *node.settings.front();
        if (value.kind == Node::Kind::string) return unknown_value(node, value);
        if (value.kind != Node::Kind::array) return wrong_type(report_, value.place, here(), value, expected(node));
        WriteList list{.kind = WriteList::Kind::cipher_suites, .form = setting.list_form, .names = {}, .places = {}};
        if (setting.form == Form::curves) list.kind = WriteList::Kind::curves;
        if (setting.form == Form::protocols) list.kind = WriteList::Kind::protocols;
        std::map<std::string_view, DocumentPlace> seen;
        for (const Node* item : decode_strings(here(), value, report_)) {
            const std::string_view name = find_name(setting, *item);
            if (name.empty()) continue;
            const auto [first, is_new] = seen.emplace(name, item->place);
            if (!is_new) {
                report_.error(item->place, "profile-duplicate",
                              quote(item->text) + " is listed twice, first in line " + std::to_string(first->second.line),
                              "name it once");
                continue;
            }
            list.names.emplace_back(name);
            list.places.push_back(report_.span(item->place));
        }
        if (!list.names.empty()) ask(node, list, key);
    }

    // In Windows' spelling; empty, and reported, when it is none.
    std::string_view find_name(const Setting& setting, const Node& item) {
        std::vector<std::string_view> candidates;
        std::string_view complaint = "unknown cipher suite";
        if (setting.form == Form::suites) {
            if (const facts::CipherSuite* suite = facts::find_cipher_suite(item.text)) {
                if (suite->in_schannel) return suite->name;
                report_.error(item.place, "profile-unknown-name", "Schannel has no cipher suite " + quote(item.text),
                              "leave it out: only other TLS libraries have it");
                return {};
            }
            if (report_.full()) {
                report_.leave_out();
                return {};
            }
            for (const facts::CipherSuite& suite : facts::cipher_suites()) {
                if (suite.in_schannel) candidates.push_back(suite.name);
            }
        } else if (setting.form == Form::curves) {
            if (const facts::Curve* curve = facts::find_curve(item.text)) return curve->name;
            complaint = "unknown elliptic curve";
            for (const facts::Curve& curve : facts::curves()) candidates.push_back(curve.name);
        } else {
            for (const schannel::Word& word : setting.words) {
                if (utf::equal_no_case(word.word, item.text)) return word.word;
            }
            complaint = "unknown protocol of WinHTTP";
            candidates = words_of(setting);
        }
        unknown_word(report_, item.place, complaint, item.text, candidates);
        return {};
    }

    // No table lists them all, so only their shape is checked: two names of letters, digits and hyphens.
    void read_signatures(const PathNode& node, const Node& value, DocumentPlace key) {
        if (value.kind == Node::Kind::string) return unknown_value(node, value);
        if (value.kind != Node::Kind::array) return wrong_type(report_, value.place, here(), value, expected(node));
        const auto is_part = [](std::string_view part) {
            return !part.empty() && std::ranges::all_of(part, [](char c) {
                return ascii::is_alphanumeric(c) || c == '-';
            });
        };
        std::vector<std::string> names;
        for (const Node* item : decode_strings(here(), value, report_)) {
            const std::string_view text = item->text;
            const std::size_t slash = text.find('/');
            if (slash == std::string_view::npos || !is_part(text.substr(0, slash)) || !is_part(text.substr(slash + 1))) {
                report_.error(item->place, "profile-unknown-name", quote(text) + " is not a signature algorithm",
                              "they are written like \"RSAE-PSS/SHA256\"");
            } else {
                names.emplace_back(text);
            }
        }
        if (!names.empty()) ask(node, schannel::Write{registry::Value::multi_sz(names), registry::Meets::same_strings}, key);
    }

    DocumentErrors& report_;
    Drafts& drafts_;
    Path path_;
};

}  // namespace

void decode_section(const schannel::PathNode& node, const Member& section, DocumentErrors& report, Drafts& drafts) {
    SectionReader(report, drafts).walk(node, section.value, section.place);
}

}  // namespace schancfg::codec::profile
