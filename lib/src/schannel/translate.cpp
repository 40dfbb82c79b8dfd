#include "schancfg/schannel/translate.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "schancfg/facts/advance_names.hpp"
#include "schancfg/facts/cipher_suites.hpp"
#include "schancfg/facts/curves.hpp"
#include "schancfg/facts/protocols.hpp"
#include "schancfg/schannel/computed_list.hpp"
#include "schancfg/schannel/defaults.hpp"
#include "schancfg/schannel/protocol_state.hpp"
#include "schancfg/schannel/spelling.hpp"
#include "schancfg/text.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::schannel {
namespace {

using registry::Meets;
using registry::Value;
using registry::WantedValue;

struct ByValue {
    bool operator()(const Entry* a, const Entry* b) const {
        if (const auto order = a->key <=> b->key; order != 0) return order < 0;
        return utf::compare_no_case(a->value_name, b->value_name) < 0;
    }
};
struct Merged {
    const Entry* entry = nullptr;
    bool exact = false;  // of its layer
    std::vector<Span> overridden;
};

std::string what_is(const Entry& entry) { return entry.key.to_string() + " " + quote(entry.value_name); }

bool knows_protocol(const facts::Release& release, std::string_view protocol) {
    for (const facts::Role role : {facts::Role::client, facts::Role::server}) {
        const facts::ProtocolDefault* row = facts::protocol_default(release, role, protocol);
        if (row == nullptr || row->state != facts::DefaultState::not_supported) return true;
    }
    return false;
}

// The lists of a machine; nobody but Windows may take them away (contract: nothing ever deletes the values under Local\SSL).
bool is_local_list(const registry::KeyPath& key) {
    static const registry::KeyPath local(registry::Root::local_machine,
                                         "SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL");
    return key.is_within(local);
}

// Does an untouched installation of any release hold this value?
bool is_held_untouched(const registry::KeyPath& key, std::string_view name) {
    static const auto held = [] {
        std::set<std::string> all;
        for (const facts::Release& release : facts::releases()) {
            untouched(release).for_each([&](const registry::KeyPath& path, const registry::Key& content) {
                for (const registry::NamedValue& value : content.values) {
                    all.insert(utf::fold_case(path.to_string()) + '\n' + utf::fold_case(value.name));
                }
            });
        }
        return all;
    }();
    return held.contains(utf::fold_case(key.to_string()) + '\n' + utf::fold_case(name));
}

class Translation {
public:
    explicit Translation(const facts::Release* release) : release_(release) {}

    void add(const Merged& merged) {
        const Entry& entry = *merged.entry;
        if (is_before(entry.since)) {
            note(entry.origin, for_later("this", entry.since));
            return;
        }
        WantedValue item{.key = entry.key, .name = entry.value_name, .value = {}, .origin = entry.origin,
                         .overridden = merged.overridden};
        if (const auto* write = std::get_if<Write>(&entry.what)) {
            if (!entry.protocol.empty() && !is_known(entry)) return;
            item.value = write->value;
            item.meets = write->meets;
        } else if (const auto* list = std::get_if<WriteList>(&entry.what)) {
            if (!add_list(entry, *list, item)) return;
        } else if (const auto* computed = std::get_if<ComputedList>(&entry.what)) {
            if (!add_computed(entry, *computed, item)) return;
        } else if (std::holds_alternative<FollowDefault>(entry.what)) {
            if (!add_default(entry, item)) return;
        } else {
            return;  // unmanaged
        }
        if (merged.exact) item.meets = Meets::exact;
        else if (!entry.raw) worded_.insert(wanted_.values.size());
        wanted_.values.push_back(std::move(item));
    }

    Decoded<registry::Wanted> finish() {
        std::ranges::stable_sort(diagnostics_, [](const Diagnostic& a, const Diagnostic& b) {
            return std::tie(a.span.file, a.span.line, a.span.column) < std::tie(b.span.file, b.span.line, b.span.column);
        });
        Decoded<registry::Wanted> decoded;
        decoded.diagnostics = std::move(diagnostics_);
        if (has_errors(decoded.diagnostics)) return decoded;
        join_switches();
        wanted_.sort();
        decoded.value = std::move(wanted_);
        return decoded;
    }

private:
    void note(const Span& place, std::string message) {
        const bool said = std::ranges::any_of(
            diagnostics_, [&](const Diagnostic& other) { return other.span == place && other.message == message; });
        if (!said) diagnostics_.push_back({"unknown-to-release", Severity::note, place, std::move(message), {}});
    }
    void error(std::string rule, const Span& place, std::string message, std::string fix) {
        diagnostics_.push_back({std::move(rule), Severity::error, place, std::move(message), std::move(fix)});
    }
    [[nodiscard]] std::string release_name() const { return std::string(release_->name); }

    [[nodiscard]] bool is_before(std::string_view since) const {
        const facts::Release* first = since.empty() ? nullptr : facts::find_release(since);
        return release_ != nullptr && first != nullptr && release_->build < first->build;
    }

    [[nodiscard]] std::string for_later(const std::string& what, std::string_view since) const {
        return what + " is left out: it is for " + std::string(facts::find_release(since)->name) + " and later, not for " + release_name();
    }

    bool is_known(const Entry& entry) {
        if (release_ == nullptr || knows_protocol(*release_, entry.protocol)) return true;
        note(entry.origin, quote(entry.protocol) + " is left out: " + release_name() + " does not know it");
        return false;
    }

    [[nodiscard]] bool is_known(WriteList::Kind kind, std::string_view name) const {
        if (release_ == nullptr) return true;
        switch (kind) {
            // Without a table for the release nothing can be said against a name.
            case WriteList::Kind::cipher_suites:
                return facts::suites_of(*release_).empty() || facts::knows_suite(*release_, name);
            case WriteList::Kind::curves: return facts::knows_curve(*release_, name);
            case WriteList::Kind::protocols: break;
        }
        return knows_protocol(*release_, name);
    }

    // What the two values of a protocol switch are together documented to mean (TLS registry settings, text of 2019; KB245030;
    // win32: tls-10-11-deprecation-in-windows): Enabled = 0 is off whatever DisabledByDefault says.
    void join_switches() {
        for (const std::size_t index : worded_) {
            WantedValue& item = wanted_.values[index];
            if (!utf::equal_no_case(item.name, "DisabledByDefault") || !item.value) continue;
            const auto switched = protocol_switch(item.key);
            const auto by_default = item.value->as_dword();
            if (!switched || !by_default) continue;
            // They came in by key and name, so the other one follows.
            for (std::size_t other = index + 1; other < wanted_.values.size() && wanted_.values[other].key == item.key; ++other) {
                WantedValue& enabled = wanted_.values[other];
                if (!worded_.contains(other) || !utf::equal_no_case(enabled.name, "Enabled") || !enabled.value) continue;
                join(*switched, enabled, item, *by_default != 0);
            }
        }
    }
    void join(const ProtocolSwitch& of, WantedValue& enabled, WantedValue& by_default, bool is_off_by_default) const {
        if (enabled.value->as_dword().value_or(1) == 0) {
            by_default.companion = {.name = "Enabled", .numbers = {0}};
            return;
        }
        if (release_ == nullptr) return;
        if (is_off_by_default) {
            // The text of 2019 takes it out of the default set and leaves it to programs that name it, where Windows has it on at all.
            const ProtocolState untouched = default_state(release_, of.role, of.protocol);
            if (untouched == ProtocolState::on || untouched == ProtocolState::on_request) {
                enabled.companion = {.name = "DisabledByDefault", .numbers = {1}, .absent_only = true};
            }
        } else if (release_->build >= facts::Build{6, 2, 0}) {
            by_default.companion = {.name = "Enabled", .numbers = {1, 0xFFFFFFFF}, .absent_only = true};
        } else {
            // For Windows 7 and Server 2008 R2 KB245030 names DisabledByDefault = 0 alone; whether Enabled = 1 alone is enough is not documented.
            enabled.companion = {.name = "DisabledByDefault", .numbers = {0}, .absent_only = true};
        }
    }

    bool add_computed(const Entry& entry, const ComputedList& list, WantedValue& item) {
        if (release_ == nullptr) {
            error("default-needs-release", entry.origin, "this list is computed from the list of the release, and the release is not known",
                  "name the release");
            return false;
        }
        const bool curves = list.kind == WriteList::Kind::curves;
        if (curves && !facts::has_curve_list(*release_)) {
            note(entry.origin, "the list of elliptic curves is left out: " + release_name() + " has none");
            return false;
        }
        const auto computed = compute(list, *release_);
        if (!computed) {
            error("default-unknown", entry.origin, "the list that " + release_name() + " comes with is not known",
                  "name what the list should hold with order");
            return false;
        }
        if (computed->names.empty()) {
            error("nothing-left", entry.origin, "nothing is left of the list of " + release_name(), "take less out");
            return false;
        }
        std::string unmatched;
        for (const ComputedList::Pattern* pattern : computed->unmatched) {
            unmatched += (unmatched.empty() ? "" : ", ") + quote(pattern->text);
        }
        if (!unmatched.empty()) {
            note(computed->unmatched.front()->place, release_name() + " has no " + (curves ? "curve" : "cipher suite") +
                                                         " in its list that matches " + unmatched);
        }
        item.value = encode(list.form, computed->names);
        item.meets = Meets::same_strings;
        return true;
    }

    bool add_list(const Entry& entry, const WriteList& list, WantedValue& item) {
        if (list.kind == WriteList::Kind::curves && release_ != nullptr && !facts::has_curve_list(*release_)) {
            note(entry.origin, "the list of elliptic curves is left out: " + release_name() + " has none");
            return false;
        }
        std::vector<std::string> known;
        std::string unknown;
        std::size_t unknown_count = 0;
        Span first_unknown;
        bool is_shortened = false;
        for (std::size_t i = 0; i < list.names.size(); ++i) {
            if (i < list.since.size() && is_before(list.since[i])) {
                note(i < list.places.size() ? list.places[i] : entry.origin, for_later(list.names[i], list.since[i]));
                is_shortened = true;
                continue;
            }
            if (is_known(list.kind, list.names[i])) {
                known.push_back(list.names[i]);
                continue;
            }
            if (unknown.empty()) first_unknown = i < list.places.size() ? list.places[i] : entry.origin;
            unknown += (unknown.empty() ? "" : ", ") + list.names[i];
            ++unknown_count;
        }
        if (known.empty() && unknown.empty() && is_shortened) return false;
        if (known.empty()) {
            error("nothing-left", entry.origin, "of this list " + release_name() + " knows nothing: " + unknown,
                  "name something that it knows");
            return false;
        }
        if (unknown_count != 0) {
            const bool one = unknown_count == 1;
            note(first_unknown, unknown + (one ? " is" : " are") + " left out: " + release_name() + " does not know " + (one ? "it" : "them"));
        }
        item.value = encode(list.form, known);
        item.meets = list.form == WriteList::Form::client_bits ? Meets::exact : Meets::same_strings;
        return true;
    }

    static Value encode(WriteList::Form form, const std::vector<std::string>& names) {
        if (form == WriteList::Form::multi_sz) return Value::multi_sz(names);
        std::uint32_t bits = 0;
        std::string joined;
        for (const std::string& name : names) {
            if (const facts::Protocol* protocol = facts::find_protocol(name)) bits |= protocol->client_bit;
            joined += (joined.empty() ? "" : ",") + name;
        }
        return form == WriteList::Form::client_bits ? Value::dword(bits) : Value::sz(joined);
    }

    // Lists of suites came with Vista (CNG), lists of curves with Windows 10.
    [[nodiscard]] bool has_no_such_list(const Entry& entry) const {
        if (utf::equal_no_case(entry.value_name, "EccCurves")) return !facts::has_curve_list(*release_);
        return release_->build < facts::Build{6, 0, 0};
    }

    bool add_default(const Entry& entry, WantedValue& item) {
        if (release_ == nullptr) {
            if (!is_held_untouched(entry.key, entry.value_name)) return true;
            error("default-needs-release", entry.origin,
                  what_is(entry) + " has a default that differs from release to release", "name the release");
            return false;
        }
        if (!untouched_) untouched_ = untouched(*release_);
        if (const Value* value = untouched_->find_value(entry.key, entry.value_name)) {
            item.value = *value;
            item.meets = value->type == registry::reg_multi_sz ? Meets::same_strings : Meets::exact;
            // Nothing uses them there: a list that lacks them is left alone, and not every installation has them.
            const std::span<const std::string_view> advance = facts::advance_names(*release_).names;
            if (is_local_list(entry.key) && !utf::equal_no_case(entry.value_name, "EccCurves")) item.only_where_held.assign(advance.begin(), advance.end());
            return true;
        }
        if (!is_local_list(entry.key)) return true;
        if (has_no_such_list(entry)) {
            note(entry.origin, what_is(entry) + " is left alone: " + release_name() + " has no such list");
        } else {
            error("default-unknown", entry.origin,
                  "what an untouched " + release_name() + " holds in " + what_is(entry) + " is not known",
                  "name what it should hold, or leave it out");
        }
        return false;
    }

    const facts::Release* release_;
    std::optional<registry::Tree> untouched_;  // made when the first default is asked for
    registry::Wanted wanted_;
    std::set<std::size_t> worded_;  // of wanted_.values: those that named words asked for, in files that are not exact
    Diagnostics diagnostics_;
};

}  // namespace

Decoded<registry::Wanted> translate(const Profile& profile, const TranslateOptions& options) {
    std::map<const Entry*, Merged, ByValue> merged;
    for (const Layer& layer : profile.layers) {
        for (const Entry& entry : layer.entries) {
            Merged& item = merged[&entry];
            if (item.entry != nullptr) item.overridden.push_back(item.entry->origin);
            item.entry = &entry;
            item.exact = layer.exact;
        }
    }
    Translation translation(options.release);
    for (const auto& [id, item] : merged) translation.add(item);
    return translation.finish();
}

std::optional<bool> is_for(const Profile& profile, const facts::Release& release) {
    if (profile.windows.empty()) return std::nullopt;
    return std::ranges::all_of(profile.windows, [&](const WindowsCondition& condition) {
        using Kind = WindowsCondition::Kind;
        if (condition.kind == Kind::client) return !release.server;
        if (condition.kind == Kind::server) return release.server;
        const facts::Release* other = facts::find_release(condition.release);
        if (other == nullptr) return false;
        switch (condition.kind) {
            case Kind::equal: return release.id == other->id;
            case Kind::less: return release.build < other->build;
            case Kind::less_equal: return release.build <= other->build;
            case Kind::greater: return release.build > other->build;
            default: return release.build >= other->build;
        }
    });
}

}  // namespace schancfg::schannel
