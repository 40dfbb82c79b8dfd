#include "hive_registry.hpp"

#include <algorithm>
#include <chrono>

#include "names.hpp"
#include "schancfg/files/file.hpp"
#include "schancfg/files/folder.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::backend {

using registry::KeyPath;
using registry::Root;
using codec::HiveEditor;

namespace {

const KeyPath& key_of_system() {
    static const KeyPath key(Root::local_machine, "SYSTEM");
    return key;
}
const KeyPath& key_of_software() {
    static const KeyPath key(Root::local_machine, "SOFTWARE");
    return key;
}

constexpr std::string_view current = "CurrentControlSet";

// 100 ns since 1601.
std::uint64_t filetime_now() {
    constexpr std::uint64_t from_1601_to_1970 = 116444736000000000;
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return from_1601_to_1970 + static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::nanoseconds>(since).count() / 100);
}

// Is it to be kept? False where an interrupted run has done it.
Result<bool> has_original_to_keep(const std::string& hive, std::string_view stored) {
    const std::string copy = hive + ".bak";
    if (!files::exists(copy)) return true;
    if (const auto there = files::read_file(copy, codec::hive_max_file); there && *there == stored) return false;
    return fail(ErrorCode::conflict, copy + " exists, and is not replaced");
}

void insert_sorted(std::vector<std::string>& names, std::string_view name) {
    const auto less = [](const std::string& a, std::string_view b) { return utf::compare_no_case(a, b) < 0; };
    names.insert(std::lower_bound(names.begin(), names.end(), name, less), std::string(name));
}

}  // namespace

Result<HiveRegistry::Place> HiveRegistry::place_of(const KeyPath& key) const {
    if (auto valid = check_key(key); !valid) return std::unexpected(std::move(valid.error()));
    for (const auto& each : mounted_) {
        const KeyPath& at = each->kind == HiveKind::system ? key_of_system() : key_of_software();
        if (!key.is_within(at)) continue;
        if (each->is_broken) return fail(ErrorCode::io, each->path + " could not be written as a whole and is not used any more");
        Place out{each.get(), key.components()};
        out.path.erase(out.path.begin());
        if (each->kind != HiveKind::system || out.path.empty() || !utf::equal_no_case(out.path.front(), current)) return out;
        out.path.front() = each->control_set;
        return out;
    }
    return no_such_key(key);
}

Result<HiveRegistry::Place> HiveRegistry::writable_place_of(const KeyPath& key) const {
    auto place = place_of(key);
    if (place || place.error().code != ErrorCode::not_found || key.is_root()) return place;
    return fail(ErrorCode::unsupported, label_ + " does not hold " + key.to_string() + "; expected a key below " +
                                            (mounted_.size() == 2 ? "HKLM\\SYSTEM or HKLM\\SOFTWARE"
                                                                  : mounted_.front()->kind == HiveKind::system ? "HKLM\\SYSTEM; hive:SYSTEM,SOFTWARE holds both"
                                                                                                               : "HKLM\\SOFTWARE; hive:SYSTEM,SOFTWARE holds both"));
}

KeyContent HiveRegistry::read_machine() const {
    KeyContent out;
    for (const auto& each : mounted_) insert_sorted(out.children, each->kind == HiveKind::system ? "SYSTEM" : "SOFTWARE");
    return out;
}

Result<KeyContent> HiveRegistry::read(const KeyPath& key) const { return read_part(key, codec::HivePart::whole); }

Result<KeyContent> HiveRegistry::read_alone(const KeyPath& key) const { return read_part(key, codec::HivePart::without_children); }

Result<KeyContent> HiveRegistry::read_part(const KeyPath& key, codec::HivePart part) const {
    if (key.is_root()) return key.root() == Root::local_machine ? read_machine() : KeyContent{};
    const auto place = place_of(key);
    if (!place) return std::unexpected(place.error());
    auto found = place->mounted->editor->read(place->path, part);
    if (auto whole = place->mounted->check(); !whole) return std::unexpected(std::move(whole.error()));
    if (!found) return std::unexpected(std::move(found.error()));
    if (!*found) return no_such_key(key);
    codec::HiveKey& there = **found;
    if (place->path.empty() && !place->mounted->control_set.empty()) {
        std::erase_if(there.children, [](const std::string& name) { return utf::equal_no_case(name, current); });
        insert_sorted(there.children, current);
    }
    return KeyContent{std::move(there.values), std::move(there.children), there.written, there.is_link};
}

Result<void> HiveRegistry::create(const KeyPath& key) {
    if (auto valid = check_key(key); !valid) return valid;
    if (key.is_root()) return {};
    const auto place = writable_place_of(key);
    if (!place) return std::unexpected(place.error());
    auto made = place->mounted->editor->create(place->path);
    if (!made) return std::unexpected(std::move(made.error()));
    return {};
}

Result<void> HiveRegistry::set(const KeyPath& key, std::string_view name, const registry::Value& value) {
    if (auto valid = check_key(key); !valid) return valid;
    if (auto valid = check_value_name(name); !valid) return valid;
    const auto place = place_of(key);
    if (!place) return std::unexpected(place.error());
    const auto answer = place->mounted->editor->set(place->path, name, value);
    if (!answer) return std::unexpected(answer.error());
    if (*answer == HiveEditor::Answer::no_key) return no_such_key(key);
    return {};
}

Result<void> HiveRegistry::unset(const KeyPath& key, std::string_view name) {
    if (auto valid = check_key(key); !valid) return valid;
    if (auto valid = check_value_name(name); !valid) return valid;
    const auto place = place_of(key);
    if (!place) return std::unexpected(place.error());
    const auto answer = place->mounted->editor->unset(place->path, name);
    if (!answer) return std::unexpected(answer.error());
    if (*answer == HiveEditor::Answer::no_key) return no_such_key(key);
    if (*answer == HiveEditor::Answer::no_value) return no_such_value(key, name);
    return {};
}

Result<void> HiveRegistry::erase(const KeyPath& key) {
    if (auto valid = check_key(key); !valid) return valid;
    if (key.is_root()) return is_a_root(key);
    const auto place = place_of(key);
    if (!place) return std::unexpected(place.error());
    if (place->path.empty() || (place->path.size() == 1 && place->path.front() == place->mounted->control_set)) {
        return fail(ErrorCode::unsupported, key.to_string() + " cannot be removed from a hive");
    }
    const auto answer = place->mounted->editor->erase(place->path);
    if (!answer) return std::unexpected(answer.error());
    if (*answer == HiveEditor::Answer::no_key) return no_such_key(key);
    if (*answer == HiveEditor::Answer::has_children) return has_children(key);
    return {};
}

bool HiveRegistry::writes_at_commit() const {
    return std::ranges::none_of(mounted_, [](const auto& each) { return each->is_broken; });
}

Result<void> HiveRegistry::commit() {
    // Everything is encoded and checked before the first file is touched.
    std::vector<std::pair<Mounted*, std::string>> changed;
    const std::uint64_t now = filetime_now();
    for (const auto& each : mounted_) {
        if (!each->editor->is_changed()) continue;
        if (!each->file) return fail(ErrorCode::unsupported, each->path + " was opened for reading alone");
        auto bytes = each->editor->encode(now, each->last_sequence + 1);
        if (!bytes) return fail(bytes.error().code, each->path + ": " + bytes.error().message);
        if (*bytes != each->hive->bytes()) changed.emplace_back(each.get(), std::move(*bytes));
    }
    // What takes space comes first, so that between the two there is a renaming alone.
    for (const auto& [mounted, bytes] : changed) {
        if (auto prepared = mounted->file->prepare(bytes); !prepared) return prepared;
    }
    if (keep_original_) {
        std::vector<Mounted*> kept;
        for (const auto& [mounted, bytes] : changed) {
            const auto asked = has_original_to_keep(mounted->path, mounted->stored());
            if (!asked) return std::unexpected(asked.error());
            if (*asked) kept.push_back(mounted);
        }
        for (Mounted* each : kept) {
            if (auto written = files::write_new_file(each->path + ".bak", each->stored(), files::Readers::owner); !written) return written;
        }
        keep_original_ = false;
    }
    for (std::size_t i = 0; i < changed.size(); ++i) {
        auto written = changed[i].first->file->place();
        if (written) continue;
        // Both or none: the one before is as it was again, or is known to be not.
        for (std::size_t done = 0; done < i; ++done) {
            Mounted& before = *changed[done].first;
            if (!before.file->replace(before.stored())) before.is_broken = true;
        }
        return written;
    }
    for (auto& [mounted, bytes] : changed) {
        mounted->editor.reset();
        mounted->hive.reset();
        mounted->bytes = std::move(bytes);
        mounted->replayed.clear();
        auto again = codec::Hive::open(mounted->bytes);
        if (!again) return std::unexpected(std::move(again.error()));
        mounted->hive = std::make_unique<codec::Hive>(std::move(*again));
        mounted->editor = std::make_unique<HiveEditor>(*mounted->hive);
        ++mounted->last_sequence;
    }
    return {};
}

}  // namespace schancfg::backend
