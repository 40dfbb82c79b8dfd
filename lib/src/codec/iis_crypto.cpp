#include "schancfg/codec/iis_crypto.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>
#include <span>
#include <utility>

#include "iis_crypto_xml.hpp"
#include "schancfg/codec/sha256.hpp"
#include "schancfg/facts/algorithms.hpp"
#include "schancfg/facts/cipher_suites.hpp"
#include "schancfg/facts/protocols.hpp"
#include "schancfg/facts/releases.hpp"
#include "schancfg/nearest.hpp"
#include "schancfg/schannel/settings.hpp"
#include "schancfg/text.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::codec {
namespace {

using iis_crypto::Xml;
using pugi::xml_attribute;
using pugi::xml_node;
using registry::KeyPath;
using registry::Root;
using schannel::Entry;
using schannel::Setting;

constexpr char schannel_key[] = "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL";
constexpr char policy_key[] = "SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002";
constexpr char fips_key[] = "SYSTEM\\CurrentControlSet\\Control\\Lsa\\FipsAlgorithmPolicy";

constexpr std::uint32_t all_bits = 0xFFFFFFFF;

std::string line_of(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t point = utf::next_code_point(text, at);
        utf::append_utf8(out, is_unprintable(point) ? U' ' : point);
    }
    return out;
}

// `Windows2008R2`, `Windows2016`, `Windows2022` were seen: a server's name without spaces.
const facts::Release* release_of(std::string_view word) {
    constexpr std::string_view windows = "Windows";
    if (!word.starts_with(windows)) return nullptr;
    std::string id(word.substr(windows.size()));
    if (id.ends_with("R2")) id.insert(id.size() - 2, "-");
    const auto found = std::ranges::find_if(facts::releases(), [&](const facts::Release& each) { return utf::equal_no_case(each.id, "windows-server-" + id); });
    return found == facts::releases().end() ? nullptr : &*found;
}

/// The names that a group may hold: as the template spells one, and as Windows does.
template <class Rows>
std::string_view spelled(const Rows& rows, std::string_view name) {
    const auto squeezed = [](std::string_view text) {
        std::string out(text);
        std::erase(out, ' ');
        return out;
    };
    for (const auto& row : rows) {
        // `SHA 256` is the key SHA256.
        if (utf::equal_no_case(row.name, name) || utf::equal_no_case(squeezed(row.name), squeezed(name))) return row.name;
    }
    return {};
}

class TemplateReader {
public:
    TemplateReader(Xml& xml, std::string_view file) : xml_(xml), file_(file) {}

    bool run() {
        const xml_node root = xml_.root();
        if (std::string_view(root.name()) != "iisCryptoTemplate") {
            return xml_.error(0, "ictpl-syntax", "the root element is " + quote(root.name()) + " and not iisCryptoTemplate", "take a file that IIS Crypto has saved");
        }
        read_version(root);
        result.profile.file = file_;
        layer_.file = file_;
        for (const xml_node& child : root) {
            const std::string_view name = child.name();
            if (name == "header") read_header(child);
            else if (name == "schannel") read_schannel(child);
            else if (name == "advanced") read_items(child, "advanced", [&](const xml_node& item) { take_advanced(item); });
            else if (name == "cipherSuites") read_suites(child);
            else unknown_node(child, "iisCryptoTemplate", "header, schannel, advanced, cipherSuites");
        }
        layer_.name = result.profile.name;
        result.profile.layers.push_back(std::move(layer_));
        return true;
    }

    IisCryptoTemplate result;

private:
    struct State {
        std::uint32_t number = 0;
        std::string since;
    };

    static std::string name_of(const xml_node& item) { return item.attribute("name").value(); }

    void unknown_node(const xml_node& node, std::string_view where, std::string_view expected) {
        if (node.type() == pugi::node_element) {
            xml_.unknown(node, "the element " + quote(node.name()) + " in " + std::string(where) + " is not known and is left out", "expected one of: " + std::string(expected));
        } else {
            xml_.unknown(node, "there is text in " + std::string(where) + ", which is left out");
        }
    }

    void check_attributes(const xml_node& node, std::initializer_list<std::string_view> known) {
        for (const xml_attribute& each : node.attributes()) {
            if (std::ranges::find(known, std::string_view(each.name())) != known.end() || std::string_view(each.name()).starts_with("xmlns:")) continue;
            xml_.unknown(node, "the attribute " + quote(each.name()) + " of " + quote(node.name()) + " is not known and is left out");
        }
    }

    void read_version(const xml_node& root) {
        check_attributes(root, {"version"});
        const std::string_view word = root.attribute("version").value();
        const auto [end, failed] = std::from_chars(word.data(), word.data() + word.size(), result.version);
        const bool is_number = failed == std::errc{} && end == word.data() + word.size();
        if (is_number && (result.version == 0 || result.version == 3)) return;
        xml_.unknown(root, word.empty() ? "the template does not say its version; it is read as one of version 3"
                                        : "templates of version " + quote(word) + " are not known; it is read as one of version 3",
                     "versions 0 and 3 are known");
    }

    void read_header(const xml_node& header) {
        for (const xml_node& child : header) {
            const std::string_view name = child.name();
            if (name == "name") result.profile.name = line_of(child.text().get());
            else if (name == "description") result.profile.description = line_of(child.text().get());
            else if (name != "author" && name != "lastUpdated" && name != "builtIn") unknown_node(child, "header", "name, author, lastUpdated, description, builtIn");
        }
    }

    void read_schannel(const xml_node& schannel) {
        check_attributes(schannel, {"setClientProtocols"});
        const std::string_view clients = schannel.attribute("setClientProtocols").value();
        bool with_clients = true;
        if (clients == "false") with_clients = false;
        else if (!clients.empty() && clients != "true") xml_.unknown(schannel, "setClientProtocols is " + quote(clients) + "; it is read as true", "expected one of: true, false");
        for (const xml_node& group : schannel) {
            const std::string_view name = group.name();
            if (name == "clientProtocols") {
                if (with_clients) read_protocols(group, facts::Role::client);
                else xml_.note(group, "ictpl-clients", "the protocols of clients are left alone: setClientProtocols is false");
            } else if (name == "serverProtocols") {
                read_protocols(group, facts::Role::server);
            } else if (name == "ciphers") {
                read_algorithms(group, "Ciphers", facts::ciphers());
            } else if (name == "hashes") {
                read_algorithms(group, "Hashes", facts::hashes());
            } else if (name == "keyExchanges") {
                read_algorithms(group, "KeyExchangeAlgorithms", facts::key_exchanges());
            } else {
                unknown_node(group, "schannel", "clientProtocols, serverProtocols, ciphers, hashes, keyExchanges");
            }
        }
    }

    template <class Take>
    void read_items(const xml_node& group, std::string_view where, const Take& take) {
        check_attributes(group, {});
        for (const xml_node& item : group) {
            const std::string_view name = item.name();
            if (name != "schannelItem" && name != "templateItem" && name != "cipherSuiteItem") {
                unknown_node(item, where, "templateItem, schannelItem, cipherSuiteItem");
                continue;
            }
            for (const xml_node& inner : item) unknown_node(inner, name, "nothing");
            check_attributes(item, {"name", name == "templateItem" ? std::string_view("value") : std::string_view("state"), "minimumOSVersion"});
            if (name_of(item).empty()) xml_.unknown(item, "an item without a name is left out");
            else take(item);
        }
    }

    // What its minimumOSVersion says, as the id of a release.
    std::string since_of(const xml_node& item) {
        const std::string_view word = item.attribute("minimumOSVersion").value();
        if (word.empty()) return {};
        if (const facts::Release* release = release_of(word)) return std::string(release->id);
        xml_.unknown(item, "minimumOSVersion " + quote(word) + " is not known; " + quote(name_of(item)) + " is taken for every release", "expected such as Windows2008R2, Windows2016, Windows2022");
        return {};
    }

    std::optional<State> state_of(const xml_node& item) {
        const xml_attribute value = item.attribute("value"), state = item.attribute("state");
        if (!value && !state) return std::nullopt;  // not set
        const std::string_view word = value ? value.value() : state.value();
        // A registry after IIS Crypto holds 0xFFFFFFFF for what version 0 calls Enabled.
        if (value && word == "0") return State{0, since_of(item)};
        if (value && word == "1") return State{1, since_of(item)};
        if (value && word == "-1") return State{all_bits, since_of(item)};
        if (!value && word == "Disabled") return State{0, since_of(item)};
        if (!value && word == "Enabled") return State{all_bits, since_of(item)};
        xml_.unknown(item, quote(name_of(item)) + " is " + quote(word) + ", which is not known; the item is left out",
                     value ? "expected one of: 0, 1, -1" : "expected one of: Enabled, Disabled");
        return std::nullopt;
    }

    std::string_view known_name(const xml_node& item, std::string_view found, std::string_view near, std::string_view where) {
        if (found.empty()) {
            xml_.unknown(item, quote(name_of(item)) + " in " + std::string(where) + " is not known and is left out", near.empty() ? std::string{} : "did you mean " + quote(near) + "?");
        }
        return found;
    }

    void add(const xml_node& item, const Setting& setting, schannel::Write write, std::string since, std::string_view protocol = {}) {
        const std::string id = utf::fold_case(setting.key.to_string()) + '\n' + setting.value_name;
        if (!seen_.insert(id).second && repeated_ != item) {
            repeated_ = item;  // a protocol has two values
            xml_.unknown(item, quote(name_of(item)) + " stands here a second time; this one counts");
        }
        layer_.entries.push_back({.key = setting.key, .value_name = setting.value_name, .what = std::move(write), .protocol = std::string(protocol),
                                  .origin = xml_.place(item), .since = std::move(since)});
    }

    void read_protocols(const xml_node& group, facts::Role role) {
        read_items(group, group.name(), [&](const xml_node& item) {
            const std::string_view name = known_name(item, spelled(facts::protocols(), name_of(item)), nearest(name_of(item), facts::protocols(), &facts::Protocol::name), group.name());
            const auto state = name.empty() ? std::nullopt : state_of(item);
            if (!state) return;
            const KeyPath key = KeyPath(Root::local_machine, schannel_key).child("Protocols").child(name).child(facts::role_key(role));
            const Setting* enabled = schannel::find_setting(key, "Enabled");
            const Setting* by_default = schannel::find_setting(key, "DisabledByDefault");
            const std::string_view protocol = state->number == 0 ? std::string_view{} : name;
            // The tool writes both halves of the switch.
            add(item, *enabled, enabled->write(state->number), state->since, protocol);
            add(item, *by_default, by_default->write(state->number == 0 ? 1 : 0), state->since, protocol);
        });
    }

    void read_algorithms(const xml_node& group, std::string_view key, std::span<const facts::Algorithm> rows) {
        read_items(group, group.name(), [&](const xml_node& item) {
            const std::string_view name = known_name(item, spelled(rows, name_of(item)), nearest(name_of(item), rows, &facts::Algorithm::name), group.name());
            const auto state = name.empty() ? std::nullopt : state_of(item);
            if (!state) return;
            const KeyPath path = KeyPath(Root::local_machine, schannel_key).child(key).child(name);
            const Setting* setting = schannel::find_setting(path, "Enabled");
            if (setting == nullptr) return refuse(item, path, "Enabled");
            add(item, *setting, {registry::Value::dword(state->number), registry::Meets::exact}, state->since);
            // 1 is a number that no page of Microsoft's knows there: a raw one.
            layer_.entries.back().raw = state->number == 1;
        });
    }

    void refuse(const xml_node& item, const KeyPath& key, std::string_view value_name) {
        result.refused.push_back({"not-writable", Severity::error, xml_.place(item), quote(name_of(item)) + " is " + key.to_string() + " " + quote(value_name) + ", which schancfg does not write", {}});
    }

    void take_advanced(const xml_node& item) {
        const std::string name = name_of(item);
        const xml_attribute attribute = item.attribute("value");
        if (name == "Override Enabled") {
            xml_.note(item, "ictpl-tool", "\"Override Enabled\" is an option of IIS Crypto itself and asks for nothing");
        } else if (name == "DHE Minimum Key Length") {
            if (attribute) take_bits(item, attribute.value());
        } else if (name == "FIPS Algorithm Policy") {
            const auto state = state_of(item);
            if (!state) return;
            const Setting* fips = schannel::find_setting(KeyPath(Root::local_machine, fips_key), "Enabled");
            add(item, *fips, fips->write(state->number == 0 ? 0 : 1), state->since);
        } else if (name == "Enable HTTP3" || name == "Enable AltSvc") {
            if (attribute) refuse(item, KeyPath(Root::local_machine, "SYSTEM\\CurrentControlSet\\Services\\HTTP\\Parameters"), name == "Enable HTTP3" ? "EnableHttp3" : "EnableAltSvc");
        } else {
            constexpr std::string_view known[] = {"DHE Minimum Key Length", "FIPS Algorithm Policy", "Override Enabled", "Enable HTTP3", "Enable AltSvc"};
            known_name(item, {}, nearest(name, known), "advanced");
        }
    }

    void take_bits(const xml_node& item, std::string_view word) {
        const Setting* setting = schannel::find_setting(KeyPath(Root::local_machine, schannel_key).child("KeyExchangeAlgorithms").child("Diffie-Hellman"), "ServerMinKeyBitLength");
        std::uint32_t bits = 0;
        const auto [end, failed] = std::from_chars(word.data(), word.data() + word.size(), bits);
        if (failed != std::errc{} || end != word.data() + word.size() || bits < setting->minimum || bits > setting->maximum) {
            xml_.unknown(item, quote(name_of(item)) + " is " + quote(word) + ", which is not a length; the item is left out",
                         "expected a number from " + std::to_string(setting->minimum) + " to " + std::to_string(setting->maximum));
            return;
        }
        xml_.note(item, "ictpl-assumed", "\"DHE Minimum Key Length\" is read as ServerMinKeyBitLength of Diffie-Hellman (assumed, not verified)");
        add(item, *setting, setting->write(bits), since_of(item));
    }

    // Version 0 has an item a suite, later ones have one item with all.
    void read_suites(const xml_node& group) {
        schannel::WriteList list{.kind = schannel::WriteList::Kind::cipher_suites, .form = schannel::WriteList::Form::comma_separated, .names = {}, .places = {}};
        std::set<std::string> seen;
        std::optional<Span> origin;
        const auto add_name = [&](const xml_node& item, std::string_view word, std::string since) {
            const facts::CipherSuite* suite = facts::find_cipher_suite(word);
            if (suite == nullptr || !suite->in_schannel) {
                const std::string_view near = nearest(word, facts::cipher_suites(), &facts::CipherSuite::name);
                xml_.unknown(item, "Windows knows no cipher suite " + quote(word) + "; it is left out", near.empty() ? std::string{} : "did you mean " + quote(near) + "?");
                return;
            }
            if (!seen.insert(std::string(suite->name)).second) {
                xml_.unknown(item, "the cipher suite " + quote(suite->name) + " stands here a second time; the first one counts");
                return;
            }
            list.names.emplace_back(suite->name);
            list.places.push_back(xml_.place(item));
            list.since.push_back(std::move(since));
            if (!origin) origin = xml_.place(item);
        };
        read_items(group, "cipherSuites", [&](const xml_node& item) {
            if (std::string_view(item.name()) != "templateItem") {
                const auto state = state_of(item);
                if (state && state->number != 0) add_name(item, name_of(item), state->since);
                else if (state && facts::find_cipher_suite(name_of(item)) == nullptr) xml_.unknown(item, "Windows knows no cipher suite " + quote(name_of(item)) + "; it is off here");
                return;
            }
            if (name_of(item) != "Configured Cipher Suites") {
                known_name(item, {}, "Configured Cipher Suites", "cipherSuites");
                return;
            }
            const std::string since = since_of(item);
            const std::string_view names = item.attribute("value").value();
            for (std::size_t start = 0; start < names.size();) {
                const std::size_t end = std::min(names.find(',', start), names.size());
                std::string_view word = names.substr(start, end - start);
                while (word.starts_with(' ')) word.remove_prefix(1);
                while (word.ends_with(' ')) word.remove_suffix(1);
                if (!word.empty()) add_name(item, word, since);
                start = end + 1;
            }
        });
        if (list.names.empty()) return;
        if (std::ranges::all_of(list.since, [&](const std::string& each) { return each == list.since.front(); })) {
            layer_.entries.push_back({.key = KeyPath(Root::local_machine, policy_key), .value_name = "Functions", .what = {}, .protocol = {}, .origin = *origin, .since = list.since.front()});
            list.since.clear();
        } else {
            layer_.entries.push_back({.key = KeyPath(Root::local_machine, policy_key), .value_name = "Functions", .what = {}, .protocol = {}, .origin = *origin});
        }
        layer_.entries.back().what = std::move(list);
    }

    Xml& xml_;
    std::string file_;
    schannel::Layer layer_;
    std::set<std::string> seen_;
    xml_node repeated_;
};

}  // namespace

bool is_iis_crypto(std::string_view bytes) {
    const std::string head = iis_crypto::utf8_of(bytes.substr(0, 4096));
    const std::size_t first = head.find_first_not_of(" \t\r\n");
    return first != std::string::npos && head[first] == '<' && head.find("<iisCryptoTemplate") != std::string::npos;
}

Decoded<IisCryptoTemplate> decode_iis_crypto(std::string_view bytes, const IisCryptoOptions& options) {
    Decoded<IisCryptoTemplate> decoded;
    if (bytes.size() > iis_crypto_max_size) {
        decoded.diagnostics.push_back({"ictpl-limit", Severity::error, {options.file}, "the file is larger than 1 MiB", "a template has some kilobytes"});
        return decoded;
    }
    Xml xml(iis_crypto::utf8_of(bytes), options.file, options.strict);
    TemplateReader reader(xml, options.file);
    const bool read = xml.parse() && reader.run();
    decoded.diagnostics = xml.take();
    if (!read || has_errors(decoded.diagnostics)) return decoded;
    Sha256 hash;
    hash.update(bytes);
    reader.result.profile.sha256 = hash.finish();
    decoded.value = std::move(reader.result);
    return decoded;
}

}  // namespace schancfg::codec
