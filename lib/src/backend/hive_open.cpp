// How a HiveRegistry comes about: which hive a file is, what its logs hold, which control set is the current one.
#include <algorithm>
#include <array>

#include "hive_registry.hpp"
#include "schancfg/ascii.hpp"
#include "schancfg/backend/hive_files.hpp"
#include "schancfg/codec/regf_log.hpp"
#include "schancfg/files/file.hpp"
#include "schancfg/files/folder.hpp"
#include "schancfg/files/path.hpp"
#include "schancfg/text.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::backend {

using registry::KeyPath;
using registry::Root;

namespace {

std::unexpected<Error> in_file(const std::string& path, Error error) {
    return fail(error.code, path + ": " + error.message, std::nullopt, error.os_code);
}

// The system keeps the hives that it runs on to itself.
std::unexpected<Error> not_opened(Error error) {
    constexpr std::uint32_t sharing_violation = 32;
    if (error.os_code == sharing_violation) error.message += "; a hive that is loaded belongs to the system that runs: `live` reads and writes that";
    return std::unexpected(std::move(error));
}

bool is_control_set(std::string_view name) {
    return name.size() == 13 && utf::equal_no_case(name.substr(0, 10), "ControlSet") &&
           std::ranges::all_of(name.substr(10), ascii::is_digit<char>);
}

std::string numbered(std::uint32_t number) {
    std::string digits = std::to_string(number);
    if (digits.size() < 3) digits.insert(0, 3 - digits.size(), '0');
    return "ControlSet" + digits;
}

}  // namespace

Result<HiveRegistry::HiveKind> HiveRegistry::kind_of(const codec::Hive& hive) {
    const auto children = hive.children(hive.root());
    if (!children) return std::unexpected(children.error());
    const auto has = [&](std::string_view name) { return std::ranges::any_of(*children, [&](const codec::HiveChild& each) { return utf::equal_no_case(each.name, name); }); };
    const bool has_set = std::ranges::any_of(*children, [](const codec::HiveChild& each) { return is_control_set(each.name); });
    if (has("Select") || has_set) return HiveKind::system;
    if (has("Software") && (has("Environment") || has("Control Panel"))) {
        return fail(ErrorCode::malformed, "this is the hive of a user; TLS settings are in those of the machine, SYSTEM and SOFTWARE");
    }
    if (has("Microsoft") || has("Wow6432Node")) return HiveKind::software;
    return fail(ErrorCode::malformed, "this is neither a SYSTEM nor a SOFTWARE hive: it has no control set, and no key Microsoft");
}

Result<std::string> HiveRegistry::control_set_of(const codec::Hive& hive, const std::string& path, Diagnostics& diagnostics) {
    const auto children = hive.children(hive.root());
    if (!children) return std::unexpected(children.error());
    std::vector<std::string> sets;
    const codec::HiveChild* select = nullptr;
    for (const codec::HiveChild& each : *children) {
        if (is_control_set(each.name)) sets.push_back(each.name);
        if (utf::equal_no_case(each.name, "Select")) select = &each;
    }
    std::vector<codec::HiveValue> values;
    if (select != nullptr) {
        auto held = hive.values(select->cell);
        if (!held) return std::unexpected(std::move(held.error()));
        values = std::move(*held);
    }
    // The set that a value of Select names, where it is there.
    const auto named = [&](std::string_view name) -> std::string {
        for (const codec::HiveValue& each : values) {
            if (!utf::equal_no_case(each.value.name, name)) continue;
            const auto number = each.value.value.as_dword();
            if (!number || *number == 0) return {};
            const auto found = std::ranges::find_if(sets, [&](const std::string& set) { return utf::equal_no_case(set, numbered(*number)); });
            return found == sets.end() ? std::string{} : *found;
        }
        return {};
    };
    const std::string now = named("Current");
    const std::string next = named("Default");
    if (!now.empty()) {
        if (!next.empty() && next != now) {
            diagnostics.push_back({"hive-control-set", Severity::warning, {path},
                                   now + " is the current control set, and " + next + " is what the next start uses (Select\\Current, Select\\Default); " + now + " is read", {}});
        }
        return now;
    }
    if (sets.empty()) return fail(ErrorCode::malformed, "the hive has no control set (ControlSet001), so it holds no settings");
    const std::string& chosen = !next.empty() ? next : sets.front();
    if (next.empty() && sets.size() > 1) {
        std::string names;
        for (const std::string& set : sets) (names += names.empty() ? "" : ", ") += set;
        return fail(ErrorCode::malformed, "there are several control sets (" + shorten(names, 200) + "), and Select\\Current names none of them");
    }
    diagnostics.push_back({"hive-control-set", Severity::note, {path},
                           "Select\\Current names no control set; " + chosen + " is read, " + (next.empty() ? "the only one" : "which Select\\Default names"), {}});
    return chosen;
}

codec::Hive::Bring HiveRegistry::bring_of(files::PagedFile* pages) {
    if (pages == nullptr) return {};
    return [pages](std::size_t at, std::size_t size) { return pages->bring(at, size); };
}

Result<void> HiveRegistry::recover(Mounted& mounted, const std::string& named, bool writing, Diagnostics& diagnostics) {
    const auto names = logs_of(named);
    if (!names) return std::unexpected(names.error());
    std::vector<files::PagedFile> files;
    files.reserve(names->size());  // views of short ones do not outlive a move
    for (const std::string& name : *names) {
        auto log = files::PagedFile::open(name, codec::hive_max_file);
        // One that is there and can't be read may hold what the hive lacks.
        if (!log) return std::unexpected(std::move(log.error()));
        files.push_back(std::move(*log));
    }
    const auto checked = [&]() -> Result<void> {
        for (std::size_t i = 0; i < files.size(); ++i) {
            if (auto whole = files[i].check((*names)[i]); !whole) return whole;
        }
        return mounted.check();
    };
    const auto note_newer = [&] {
        diagnostics.push_back({"hive-log-ignored", Severity::note, {mounted.path}, "a log beside it goes on from this hive; the hive is complete, so Windows ignores the log, and so does this", {}});
    };
    const auto bring_all = [](files::PagedFile& file) { return file.bring(0, file.bytes().size()); };
    if (!writing) {
        // What is clean needs nothing of its logs.
        if (!mounted.pages->bring(0, std::min<std::size_t>(mounted.stored().size(), 4096))) return mounted.check();
        if (const auto header = codec::read_hive_header(mounted.stored()); header && !header->is_dirty()) {
            const bool newer = std::ranges::any_of(files, [&](files::PagedFile& log) { return codec::goes_on_from(log.bytes(), header->secondary, bring_of(&log)); });
            if (newer) note_newer();
            return checked();
        }
        if (!bring_all(*mounted.pages)) return mounted.check();
    }
    std::vector<std::string_view> logs;
    for (files::PagedFile& log : files) {
        if (!bring_all(log)) return checked();
        logs.push_back(log.bytes());
    }
    auto recovered = codec::recover_hive(mounted.stored(), logs);
    if (!recovered) return in_file(mounted.path, std::move(recovered.error()));
    mounted.last_sequence = recovered->last_sequence;
    switch (recovered->recovery) {
        case codec::HiveRecovery::clean:
            if (recovered->log_is_newer) note_newer();
            break;
        case codec::HiveRecovery::replayed:
            mounted.replayed = std::move(recovered->bytes);
            diagnostics.push_back({"hive-replayed", Severity::note, {mounted.path},
                                   "the hive was left in the middle of a write; what its logs hold is taken into account (" + std::to_string(recovered->entries) +
                                       (recovered->entries == 1 ? " entry)" : " entries)"), {}});
            break;
        case codec::HiveRecovery::without_log: {
            const std::string what = "the hive was left in the middle of a write, and " + std::string(logs.empty() ? "its logs (.LOG1, .LOG2) are not beside it" : "no log beside it fits");
            if (writing) return fail(ErrorCode::conflict, mounted.path + ": " + what + "; what it lacks would be lost for good, so it is not written; bring its logs, or let Windows start from it once");
            diagnostics.push_back({"hive-stale", Severity::warning, {mounted.path}, what + ": VALUES MAY BE OLD OR MISSING; expected SYSTEM.LOG1 and SYSTEM.LOG2 from the same folder", {}});
            break;
        }
    }
    return {};
}

Result<std::unique_ptr<HiveRegistry::Mounted>> HiveRegistry::mount(const std::string& path, const HiveOptions& options, Diagnostics& diagnostics) {
    auto out = std::make_unique<Mounted>();
    out->path = files::full_path(path);
    // First: of a system that runs, the hive and hiberfil.sys are both in use, and that it is loaded is the reason.
    if (options.writing) {
        auto locked = files::lock_file(path, false);
        if (!locked) return not_opened(std::move(locked.error()));
        out->file = std::move(*locked);
        auto bytes = out->file->read(codec::hive_max_file);
        if (!bytes) return not_opened(std::move(bytes.error()));
        out->bytes = std::move(*bytes);
    } else {
        auto pages = files::PagedFile::open(path, codec::hive_max_file);
        if (!pages) return not_opened(std::move(pages.error()));
        out->pages = std::make_unique<files::PagedFile>(std::move(*pages));
    }
    const auto hibernation = hibernation_of(path);
    if (!hibernation && options.writing) {
        return fail(ErrorCode::conflict, path + ": whether the system of this hive is hibernated is not known, so it is not written: " + hibernation.error().message);
    }
    if (hibernation && *hibernation) {
        const std::string what = "the system of this hive is hibernated (" + **hibernation + "; fast startup leaves it so)";
        if (options.writing) {
            return fail(ErrorCode::conflict, path + ": " + what + ", and goes on with the registry that it has in memory; start it and shut it down (`shutdown /s /t 0`, without fast startup)");
        }
        diagnostics.push_back({"hive-hibernated", Severity::warning, {path}, what + ": what it has in memory may be newer than this file", {}});
    }
    if (auto recovered = recover(*out, path, options.writing, diagnostics); !recovered) return std::unexpected(std::move(recovered.error()));
    auto hive = out->replayed.empty() ? codec::Hive::open(out->stored(), bring_of(out->pages.get())) : codec::Hive::open(out->replayed);
    if (auto whole = out->check(); !whole) return std::unexpected(std::move(whole.error()));
    if (!hive) return in_file(path, std::move(hive.error()));
    out->hive = std::make_unique<codec::Hive>(std::move(*hive));
    out->editor = std::make_unique<codec::HiveEditor>(*out->hive);
    const auto kind = kind_of(*out->hive);
    if (auto whole = out->check(); !whole) return std::unexpected(std::move(whole.error()));
    if (!kind) return in_file(path, kind.error());
    out->kind = *kind;
    if (*kind == HiveKind::system) {
        auto set = control_set_of(*out->hive, path, diagnostics);
        if (!set) return in_file(path, std::move(set.error()));
        out->control_set = std::move(*set);
    }
    return out;
}

Result<std::unique_ptr<HiveRegistry>> HiveRegistry::open(const std::vector<std::string>& files, std::string label, const HiveOptions& options, Diagnostics& diagnostics) {
    std::unique_ptr<HiveRegistry> out(new HiveRegistry(std::move(label), options.keep_original));
    std::vector<KeyPath> covered;
    for (const std::string& file : files) {
        auto mounted = mount(file, options, diagnostics);
        if (!mounted) return std::unexpected(std::move(mounted.error()));
        const bool system = (*mounted)->kind == HiveKind::system;
        if (std::ranges::any_of(out->mounted_, [&](const auto& each) { return each->kind == (*mounted)->kind; })) {
            return fail(ErrorCode::malformed, file + " is a " + (system ? "SYSTEM" : "SOFTWARE") + " hive as well; expected one of SYSTEM and one of SOFTWARE");
        }
        covered.emplace_back(Root::local_machine, system ? "SYSTEM" : "SOFTWARE");
        out->mounted_.push_back(std::move(*mounted));
    }
    std::ranges::sort(out->mounted_, {}, [](const auto& each) { return each->kind; });
    out->coverage_ = registry::Coverage::of(std::move(covered));
    return out;
}

}  // namespace schancfg::backend
