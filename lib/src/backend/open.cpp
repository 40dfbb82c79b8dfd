#include "schancfg/backend/open.hpp"

#include <algorithm>

#include "file_registry.hpp"
#include "hive_registry.hpp"
#include "names.hpp"
#include "open_error.hpp"
#include "schancfg/backend/hive_files.hpp"
#include "schancfg/backend/live.hpp"
#include "schancfg/backend/machine.hpp"
#include "schancfg/backend/memory.hpp"
#include "schancfg/backend/policy.hpp"
#include "schancfg/backend/profiles.hpp"
#include "schancfg/codec/memory_json.hpp"
#include "schancfg/codec/reg_text.hpp"
#include "schancfg/files/file.hpp"
#include "schancfg/files/lock.hpp"
#include "schancfg/files/mapped.hpp"
#include "schancfg/files/path.hpp"
#include "schancfg/registry/overlay.hpp"
#include "schancfg/schannel/defaults.hpp"
#include "schancfg/schannel/managed.hpp"
#include "schancfg/schannel/translate.hpp"
#include "schancfg/text.hpp"
#include "schancfg/utf.hpp"
#include "schancfg/backend/control_sets.hpp"
#include "spelling.hpp"

namespace schancfg::backend {
namespace {

using registry::KeyPath;
using registry::Root;
using registry::Tree;

constexpr std::size_t max_memory_file = 64u << 20;

void append(Diagnostics& all, Diagnostics more) {
    all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

/// What every kind of source has in common until it becomes a Source or a Target.
struct Found {
    Kind kind = Kind::live;
    std::string label;
    const facts::Release* release = nullptr;
    std::string machine;
    Diagnostics diagnostics;
    Tree tree;                           // of everything that is read whole
    registry::Coverage coverage = {};    // of a file that names some keys
    registry::Coverage written = {};     // the same, as the file says it: what is written back says no more
    std::unique_ptr<Target> own;         // of a registry that is not read whole: live, remote, hive
    std::unique_ptr<files::LockedFile> file;    // of files opened for writing
    bool is_new = false;                 // there is no such file yet
    std::string memory_os;               // what the file itself says
};

class Opening {
public:
    Opening(std::string_view text, const OpenOptions& options, bool writing) : text_(text), options_(options), writing_(writing) {}

    std::expected<Found, OpenError> open() {
        auto spelling = parse_spelling(text_);
        if (!spelling) return refused(std::move(spelling.error()));
        spelling_ = std::move(*spelling);
        if (spelling_.release != nullptr && options_.os != nullptr && spelling_.release != options_.os) {
            return bad_usage("'" + shorten(text_, 400) + "' says its release, and " + std::string(options_.os->id) + " is another");
        }
        found_.release = spelling_.release != nullptr ? spelling_.release : options_.os;
        if (writing_ && (spelling_.scheme == Scheme::os || spelling_.scheme == Scheme::profile || spelling_.scheme == Scheme::policy || spelling_.scheme == Scheme::standard_input)) {
            return bad_usage("'" + shorten(text_, 400) + "' cannot be written; live, live:HOST, reg:FILE, hive:DIR and memory:FILE.json can");
        }
        std::expected<void, OpenError> opened;
        switch (spelling_.scheme) {
            case Scheme::live: opened = open_machine(); break;
            case Scheme::reg_file: opened = open_reg(); break;
            case Scheme::hive: opened = open_hive(); break;
            case Scheme::os: opened = open_os(); break;
            case Scheme::profile: opened = open_profile(); break;
            case Scheme::memory: opened = open_memory(); break;
            case Scheme::policy: opened = open_policy_files(); break;
            case Scheme::standard_input: opened = open_standard_input(); break;
        }
        if (!opened) return std::unexpected(std::move(opened.error()));
        return std::move(found_);
    }

private:
    using Opened = std::expected<void, OpenError>;

    // The source says what it is: anyone who says otherwise is wrong.
    Opened settle_release(const facts::Release* own, const std::string& by) {
        if (found_.release != nullptr && found_.release != own) {
            return bad_usage(by + " is " + std::string(own->id) + ", and cannot be taken for " + std::string(found_.release->id));
        }
        found_.release = own;
        return {};
    }

    Opened open_machine() {
        const std::string& host = spelling_.rest;
        auto opened = open_live(host, writing_ ? Access::write : Access::read);
        if (!opened) {
            const bool never_here = opened.error().code == ErrorCode::unsupported;
            return std::unexpected(OpenError{never_here, std::move(opened.error()), {}});
        }
        found_.kind = host.empty() ? Kind::live : Kind::remote;
        found_.label = host.empty() ? "live" : "live:" + host;
        found_.machine = machine_identity(**opened);
        const DetectedRelease detected = detect_release(**opened);
        found_.own = std::move(*opened);
        if (detected.exact) return settle_release(detected.release, found_.label);
        // Nobody knows this build better than the one who says what it is.
        if (found_.release == nullptr) {
            found_.release = detected.release;
            found_.diagnostics.push_back({"release-not-exact", Severity::note, {}, detected.note, {}});
        }
        return {};
    }

    void set_file(Kind kind, const std::string& prefix) {
        found_.kind = kind;
        found_.machine = files::full_path(spelling_.rest);
        found_.label = prefix + found_.machine;
    }

    std::unexpected<OpenError> missing(Error error) const {
        if (error.code == ErrorCode::not_found) error.message += misspelt_release(text_);
        return refused(std::move(error));
    }

    // The text of the file; nullopt: there is none yet, and it may be made.
    std::expected<std::optional<std::string>, OpenError> read_text(std::size_t max_size, bool create) {
        if (writing_) {
            auto locked = files::lock_file(spelling_.rest, create);
            if (!locked) return missing(std::move(locked.error()));
            found_.file = std::move(*locked);
            if (!found_.file->exists()) return std::nullopt;
            auto text = found_.file->read(max_size);
            if (!text) return refused(std::move(text.error()));
            return std::move(*text);
        }
        auto text = files::read_file(spelling_.rest, max_size);
        if (text) return std::move(*text);
        if (create && text.error().code == ErrorCode::not_found) return std::nullopt;
        return missing(std::move(text.error()));
    }

    Opened take_reg(std::string_view bytes, const std::string& file) {
        // What is written back has to hold all that was there, and who is strict wants every line looked at.
        const registry::AreaIndex* only = writing_ || options_.strict ? nullptr : &keys_of_exports();
        auto decoded = codec::decode_reg_state(bytes, {.file = file, .strict = options_.strict, .count_elsewhere = true, .only = only, .counted = options_.counted});
        if (!decoded) return bad_text(std::move(decoded.diagnostics));
        found_.tree = std::move(decoded.value->tree);
        found_.written = std::move(decoded.value->coverage);
        if (!options_.whole) found_.coverage = found_.written;
        append(found_.diagnostics, std::move(decoded.diagnostics));
        append(found_.diagnostics, numbered_control_sets(found_.tree, file));
        return take_release_of_export(file);
    }

    // An export that holds CurrentVersion says which Windows it is of, and is not to be taken for another.
    Opened take_release_of_export(const std::string& file) {
        const KeyPath version(Root::local_machine, "SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion");
        const registry::Value* build = found_.tree.find_value(version, "CurrentBuildNumber");
        if (build == nullptr) return {};
        registry::Tree only;
        for (const registry::NamedValue& value : found_.tree.find(version)->values) only.set_value(version, value.name, value.value);
        return take_release(detect_release(MemoryRegistry(std::move(only))), file);
    }

    Opened take_release(const DetectedRelease& detected, const std::string& file) {
        if (detected.exact) return settle_release(detected.release, file);
        if (found_.release == nullptr && detected.release != nullptr) {
            found_.release = detected.release;
            found_.diagnostics.push_back({"release-not-exact", Severity::note, {file}, detected.note, {}});
        }
        return {};
    }

    Opened open_hive() {
        auto files = find_hives(spelling_.rest);
        if (!files) {
            if (files.error().code == ErrorCode::not_found) files.error().message += misspelt_release(text_);
            return refused(std::move(files.error()));
        }
        std::string label = "hive:";
        if (!files->folder.empty()) label += files::full_path(spelling_.rest);
        else for (const std::string& file : files->files) (label += label.size() == 5 ? "" : ",") += files::full_path(file);
        auto opened = HiveRegistry::open(files->files, label, {.writing = writing_, .keep_original = options_.keep_original}, found_.diagnostics);
        if (!opened) return refused(std::move(opened.error()));
        found_.kind = Kind::hive;
        found_.label = std::move(label);
        found_.machine = (*opened)->first_file();
        const DetectedRelease detected = detect_release(**opened);
        found_.own = std::move(*opened);
        return take_release(detected, found_.label);
    }

    Opened open_reg() {
        set_file(Kind::reg_file, "reg:");
        if (!writing_) {
            if (options_.content) return take_reg(*options_.content, spelling_.rest);
            auto mapped = files::MappedFile::open(spelling_.rest, codec::reg_max_file);
            if (!mapped) return missing(std::move(mapped.error()));
            auto taken = take_reg(mapped->bytes(), spelling_.rest);
            if (auto whole = mapped->check(spelling_.rest); !whole) return refused(std::move(whole.error()));
            return taken;
        }
        auto text = read_text(codec::reg_max_file, false);
        if (!text) return std::unexpected(std::move(text.error()));
        return take_reg(**text, spelling_.rest);
    }

    Opened open_standard_input() {
        found_.kind = Kind::standard_input;
        found_.label = found_.machine = "-";
        return take_reg(options_.standard_input, "-");
    }

    Opened open_os() {
        const facts::Release* release = facts::find_release(spelling_.rest);
        if (release == nullptr) {
            if (const std::string several = facts::releases_called(spelling_.rest); !several.empty()) {
                return bad_usage("'" + spelling_.rest + "' is not one release; name one of " + several);
            }
            const std::string_view nearest = facts::nearest_release(spelling_.rest);
            return bad_usage("'" + spelling_.rest + "' is not a Windows release" +
                         (nearest.empty() ? "; `releases` lists them" : "; the nearest is " + std::string(nearest)));
        }
        found_.kind = Kind::os;
        found_.label = found_.machine = "os:" + std::string(release->id);
        found_.tree = schannel::untouched(*release, options_.updates, options_.updates_complete);
        return settle_release(release, found_.label);
    }

    // As a command takes it that is asked to bring it about.
    std::expected<registry::Wanted, OpenError> profile_wanted() {
        auto opened = backend::open_profile(spelling_.rest, {.strict = options_.strict, .standard_input = options_.standard_input});
        if (!opened) return std::unexpected(std::move(opened.error()));
        append(found_.diagnostics, std::move(opened->diagnostics));
        if (auto note = left_out_note(*opened)) found_.diagnostics.push_back(std::move(*note));
        if (!opened->profile) return std::move(opened->lines);
        auto wanted = schannel::translate(*opened->profile, {.release = found_.release});
        if (!wanted) return bad_text(std::move(wanted.diagnostics));
        append(found_.diagnostics, std::move(wanted.diagnostics));
        return std::move(*wanted.value);
    }

    Opened open_profile() {
        if (found_.release == nullptr) return bad_usage("'" + shorten(text_, 400) + "' needs a Windows release", Remedy::name_release);
        auto wanted = profile_wanted();
        if (!wanted) return std::unexpected(std::move(wanted.error()));
        found_.kind = Kind::profile;
        found_.label = found_.machine = "profile:" + spelling_.rest;
        found_.tree = schannel::untouched(*found_.release, options_.updates, options_.updates_complete);
        registry::overlay(found_.tree, *wanted);
        return {};
    }

    // What a machine holds that had nothing, and then applied the policy.
    Opened open_policy_files() {
        set_file(Kind::policy, "gpo:");
        auto policy = open_policy(spelling_.rest);
        if (!policy) {
            if (policy.error().error.code == ErrorCode::not_found) policy.error().error.message += misspelt_release(text_);
            return std::unexpected(std::move(policy.error()));
        }
        append(found_.diagnostics, std::move(policy->diagnostics));
        if (auto note = targeting_note(policy->lines, {found_.release})) found_.diagnostics.push_back(std::move(*note));
        const registry::Patch lines = codec::lines_on(policy->lines, found_.release);
        registry::replay(lines, found_.tree);
        if (!options_.whole) found_.coverage = codec::coverage_of(lines);
        return {};
    }

    Opened open_memory() {
        set_file(Kind::memory, "memory:");
        auto text = read_text(max_memory_file, options_.create);
        if (!text) return std::unexpected(std::move(text.error()));
        if (!*text) {
            if (found_.release == nullptr) {
                return bad_usage(spelling_.rest + " does not exist; making it needs a Windows release", Remedy::name_release);
            }
            found_.is_new = true;
            found_.memory_os = found_.release->id;
            found_.tree = schannel::untouched(*found_.release, options_.updates, options_.updates_complete);
            return {};
        }
        auto decoded = codec::decode_memory(**text, spelling_.rest);
        if (!decoded) return refused(std::move(decoded.error()));
        found_.tree = std::move(decoded->tree);
        found_.memory_os = std::move(decoded->os);
        if (found_.memory_os.empty()) return {};
        const facts::Release* own = facts::find_release(found_.memory_os);
        if (own == nullptr) {
            Error error{.code = ErrorCode::malformed, .message = "\"os\" is '" + found_.memory_os + "', which is not a Windows release",
                        .where = Span{spelling_.rest}};
            if (const auto nearest = facts::nearest_release(found_.memory_os); !nearest.empty()) error.message += "; the nearest is " + std::string(nearest);
            return refused(std::move(error));
        }
        return settle_release(own, spelling_.rest);
    }

    std::string_view text_;
    const OpenOptions& options_;
    bool writing_;
    Spelling spelling_;
    Found found_;
};

FileRegistry::Encode encoder(Kind kind, const std::string& memory_os, registry::Coverage written) {
    if (kind == Kind::memory) {
        return [memory_os](const Tree& tree) { return codec::encode_memory(memory_os, tree); };
    }
    return [written = std::move(written)](const Tree& tree) { return codec::encode_reg(tree, written); };
}

}  // namespace

const registry::AreaIndex& keys_of_exports() {
    static const registry::AreaIndex keys = [] {
        std::vector<registry::Area> areas = schannel::managed_keys();
        areas.insert(areas.end(), machine_keys().begin(), machine_keys().end());
        return registry::AreaIndex(areas);
    }();
    return keys;
}

std::expected<OpenedSource, OpenError> open_source(std::string_view spelling, const OpenOptions& options) {
    auto found = Opening(spelling, options, false).open();
    if (!found) return std::unexpected(std::move(found.error()));
    std::unique_ptr<Source> source = std::move(found->own);
    if (!source) source = std::make_unique<MemoryRegistry>(std::move(found->tree), found->label, std::move(found->coverage));
    return OpenedSource{std::move(source), found->kind, found->label, found->release, found->machine, std::move(found->diagnostics)};
}

std::expected<OpenedTarget, OpenError> open_target(std::string_view spelling, const OpenOptions& options) {
    auto found = Opening(spelling, options, true).open();
    if (!found) return std::unexpected(std::move(found.error()));
    std::unique_ptr<Target> target = std::move(found->own);
    if (!target) {
        target = std::make_unique<FileRegistry>(std::move(found->tree), found->label, std::move(found->coverage), std::move(found->file),
                                                encoder(found->kind, found->memory_os, std::move(found->written)), found->is_new,
                                                found->kind == Kind::memory ? max_memory_file : codec::reg_max_file);
    }
    return OpenedTarget{std::move(target), found->kind, found->label, found->release, found->machine, std::move(found->diagnostics)};
}

}  // namespace schancfg::backend
